/* Results of statements on the models of another header. */
#ifndef REPORTS_H
#define REPORTS_H

#include "shop.h"

struct total {
    const char *name;
    int64_t orders;
    double cents AR_NULLABLE_BY(has_cents);
    bool has_cents;
} AR_ROW
  AR_SQL(totals, (time_t since, const enum state states[] AR_ENUM_TEXT, const char *const names[]),
         "SELECT customers.name, count(orders.id) AS orders, sum(orders.cents) AS cents"
         "  FROM customers LEFT JOIN orders ON orders.customer_id = customers.id"
         "   AND orders.placed_at >= :since AND orders.state IN (:states)"
         " WHERE customers.name NOT IN (:names) GROUP BY customers.id, customers.name ORDER BY customers.id")
  AR_SQL(total_of, (int64_t id),
         "SELECT name || ':id isn''t a \"parameter\" here' AS name, 1 AS orders, 0.0 AS cents"
         "  FROM customers WHERE id = :id",
         .postgresql = "SELECT name || $$:id$$::text AS name, 1 AS orders, CAST(0 AS double precision) AS cents"
                       "  FROM customers WHERE id = :id",
         .one = true);

typedef struct AR_ROW
  AR_SQL(gifts, (bool is_gift, float weight, unsigned char least, uint16_t small, unsigned long large,
                 time_t until, const digest digests[], const digest digest_of, struct ar_blob blob),
         "SELECT id FROM orders WHERE is_gift = :is_gift AND weight > :weight AND cents > :least + :small"
         "   AND cents < :large AND placed_at < :until AND :digest_of IN (:digests) AND :blob IS NOT NULL")
{
    int64_t id;
} gift_t;

/* For SQL that is only known at run time. */
struct pair {
    const char *key;
    int32_t value AR_NULLABLE;
} AR_ROW;

#endif
