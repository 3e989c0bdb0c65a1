/* A table in a schema, which is a matter of the connection, and a name that contains a dot. */
#include <armature/annotations.h>
#include <stdint.h>

struct order {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(sales.orders);

struct total {
    int64_t id;
} AR_VIEW(sales.totals);

struct quoted {
    int64_t id     AR_PRIMARY_KEY;
    int64_t number AR_COLUMN(a.b);
} AR_TABLE("sales.orders");
