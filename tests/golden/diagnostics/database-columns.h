/* More columns than a PostgreSQL table can have. */
#include <armature/annotations.h>

#define TEN(name)                                                                                                      \
    int name##0, name##1, name##2, name##3, name##4, name##5, name##6, name##7, name##8, name##9;
#define HUNDRED(name)                                                                                                  \
    TEN(name##0) TEN(name##1) TEN(name##2) TEN(name##3) TEN(name##4)                                                   \
    TEN(name##5) TEN(name##6) TEN(name##7) TEN(name##8) TEN(name##9)
#define THOUSAND(name)                                                                                                 \
    HUNDRED(name##0) HUNDRED(name##1) HUNDRED(name##2) HUNDRED(name##3) HUNDRED(name##4)                               \
    HUNDRED(name##5) HUNDRED(name##6) HUNDRED(name##7) HUNDRED(name##8) HUNDRED(name##9)

struct wide {
    int id AR_PRIMARY_KEY;
    THOUSAND(a)
    HUNDRED(b) HUNDRED(c) HUNDRED(d) HUNDRED(e) HUNDRED(f) HUNDRED(g)
} AR_TABLE(wide);

struct fitting {
    int id AR_PRIMARY_KEY;
    THOUSAND(a)
    HUNDRED(b) HUNDRED(c) HUNDRED(d) HUNDRED(e) HUNDRED(f)
    TEN(g) TEN(h) TEN(i) TEN(j) TEN(k) TEN(l) TEN(m) TEN(n) TEN(o)
    int p0, p1, p2, p3, p4, p5, p6, p7, p8;
} AR_TABLE(fitting);

struct wide_row {
    THOUSAND(a)
    HUNDRED(b) HUNDRED(c) HUNDRED(d) HUNDRED(e) HUNDRED(f) HUNDRED(g) HUNDRED(h)
} AR_ROW;
