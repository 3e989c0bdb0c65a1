/* Views and tables without a key: models that are only read. */
#include <armature/annotations.h>
#include <stdint.h>

struct buyer {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(buyers) AR_HAS_MANY(orders, buyer_id, buyer, .target = purchase)
    AR_HAS_ONE(spent, buyer_id, buyer, .target = buyer_total)
        AR_HAS_MANY(sales, buyer_id, buyer, .target = sale, .order = "price DESC")
            AR_HAS_MANY(visits, buyer_id, buyer, .target = visit_entry);

struct purchase {
    int64_t id AR_PRIMARY_KEY;
    int64_t buyer_id;
    int64_t price;
} AR_TABLE(purchases) AR_BELONGS_TO(buyer, buyer_id, orders) AR_BELONGS_TO(total, buyer_id, .target = buyer_total);

/* With a key. */
struct buyer_total {
    int64_t buyer_id AR_PRIMARY_KEY;
    int64_t total;
    int64_t count AR_COLUMN("number of orders");
} AR_VIEW(buyer_totals,
          "SELECT purchases.buyer_id, CAST(sum(price) AS integer) AS total,"
          " count(*) AS \"number of orders\" FROM purchases GROUP BY buyer_id",
          .postgresql = "SELECT purchases.buyer_id, CAST(sum(price) AS bigint) AS total,"
                        " count(*) AS \"number of orders\" FROM purchases GROUP BY buyer_id")
    AR_BELONGS_TO(buyer, buyer_id, spent) AR_HAS_MANY(orders, buyer_id, .target = purchase);

/* Without a key, of another view. */
struct sale {
    int64_t buyer_id;
    const char *name;
    int64_t price;
} AR_VIEW(sales,
          "SELECT buyers.id AS buyer_id, buyers.name, purchases.price FROM purchases"
          " JOIN buyers ON buyers.id = purchases.buyer_id JOIN buyer_totals ON buyer_totals.buyer_id = buyers.id")
    AR_BELONGS_TO(buyer, buyer_id, sales);

/* A table without a key. */
struct visit_entry {
    int64_t buyer_id AR_NULLABLE;
    const char *page;
} AR_TABLE(visit_log, .read_only = true) AR_BELONGS_TO(buyer, buyer_id, visits);
