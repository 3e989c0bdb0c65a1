/* Statements, rows, views and the rules of fields, for their description. */
#ifndef STATEMENTS_H
#define STATEMENTS_H

#include <armature/annotations.h>
#include <armature/armature.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

enum grade { LOW, HIGH = 5 };

struct address {
    const char *street;
    char zip[8];
};

struct order {
    int64_t id            AR_PRIMARY_KEY;
    uint8_t token[16]     AR_UUID AR_GENERATE_UUID(database) AR_UNIQUE;
    const char *email     AR_NOT_NULL AR_EMAIL;
    const char *details   AR_JSON AR_COLUMN("Details \"1\"");
    int64_t total         AR_DECIMAL(10, 2) AR_RANGE(0, 100000) AR_DEFAULT("0");
    double discount       AR_RANGE(-1.5, 0x10) AR_NULLABLE_BY(has_discount);
    bool has_discount;
    int32_t doubled       AR_GENERATED("total * 2");
    enum grade grade;
    struct address home   AR_EMBED(home_);
    void *cached          AR_TRANSIENT;
    const char *note      AR_CHECK("note <> ''", .name = orders_note) AR_WAS(remark);
    time_t updated_at     AR_UPDATED_AT;
} AR_TABLE(sales.orders)
  AR_WAS(sales.purchases)
  AR_HAS_MANY(refunds, order_id, order, .full_scan = "there are few")
  AR_INDEX(orders_recent, updated_at desc, "lower(email)", .where = "total > 0")
  AR_CHECK("total >= 0")
  AR_VALIDATE(check_order)
  AR_SQL(orders_above, (int64_t least AR_DECIMAL(10, 2), const int64_t ids[]),
         "SELECT * FROM orders WHERE total > :least AND id IN (:ids)", .full_scan = "for a report")
  AR_SQL(orders_forget, (time_t before), "DELETE FROM orders WHERE updated_at < :before");

struct refund {
    int64_t id            AR_PRIMARY_KEY;
    int64_t order_id;
} AR_TABLE(refunds)
  AR_BELONGS_TO(order, order_id, refunds);

struct summary {
    const char *email;
    int64_t count;
} AR_ROW
  AR_SQL(order_summary, (const char *note AR_NULLABLE),
         "SELECT email, count(*) AS count FROM orders WHERE note = :note GROUP BY email LIMIT 1", .one = true);

struct open_order {
    int64_t id            AR_PRIMARY_KEY;
} AR_VIEW(open_orders, "SELECT id FROM orders WHERE total > 0");

#endif
