/* Tables in schemas, which SQLite does not have, and names that contain a dot. */
#include <armature/annotations.h>
#include <stdint.h>

struct order {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(sales.orders);

struct old_order {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(archive.orders);

struct new_order {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(orders);

struct plan {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(plans);

struct sales_plan {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(sales.plans);

struct total {
    int64_t id;
} AR_VIEW(shop.sales.totals);

struct table {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(pg_catalog.tables) AR_MANY_TO_MANY(plans, pg_temp.tables_of_plans, table_id, plan_id);

struct quoted {
    int64_t id     AR_PRIMARY_KEY;
    int64_t number AR_COLUMN(a.b);
} AR_TABLE("sales.orders");
