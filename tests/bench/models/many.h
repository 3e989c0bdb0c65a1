/* A hundred models, each with a list in one more: a program of this size needs as many statements. Their number is in
 * two digits: HUNDRED(each) expands to each(00) … each(99). */
#ifndef BENCH_MANY_H
#define BENCH_MANY_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

#define TEN(each, ten) each(ten##0) each(ten##1) each(ten##2) each(ten##3) each(ten##4) \
                       each(ten##5) each(ten##6) each(ten##7) each(ten##8) each(ten##9)
#define HUNDRED(each) TEN(each, 0) TEN(each, 1) TEN(each, 2) TEN(each, 3) TEN(each, 4) \
                      TEN(each, 5) TEN(each, 6) TEN(each, 7) TEN(each, 8) TEN(each, 9)

#define KIND(number)                           \
    struct kind_##number {                     \
        int64_t     id AR_PRIMARY_KEY;         \
        int64_t     hub_id;                    \
        const char *name;                      \
    } AR_TABLE(kinds_##number)                 \
      AR_BELONGS_TO(hub, hub_id, kinds_##number);
#define KINDS(number) AR_HAS_MANY(kinds_##number, hub_id, hub)

struct hub {
    int64_t     id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(hubs)
  HUNDRED(KINDS);

HUNDRED(KIND)

#endif
