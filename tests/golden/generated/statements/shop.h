#ifndef SHOP_H
#define SHOP_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum state { OPEN, PAID, SENT };
typedef uint8_t digest[32];

struct customer {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
    uint8_t token[16] AR_UUID AR_NULLABLE;
} AR_TABLE(customers)
  AR_HAS_MANY(orders, customer_id, customer)
  AR_SQL(customers_named, (const char *pattern), "SELECT * FROM customers WHERE name LIKE :pattern ORDER BY id")
  AR_SQL(customers_of, (const int64_t ids[], const char *const limits[] AR_DECIMAL(40, 2)),
         "SELECT * FROM customers WHERE id IN ( :ids ) AND '1.00' NOT IN (:limits)")
  AR_SQL(customer_with_token, (const uint8_t token[16] AR_UUID), "SELECT * FROM customers WHERE token = :token",
         .one = true);

struct order {
    int64_t id AR_PRIMARY_KEY;
    int64_t customer_id;
    enum state state AR_ENUM_TEXT;
    int64_t cents;
    double weight;
    bool is_gift;
    time_t placed_at;
} AR_TABLE(orders)
  AR_BELONGS_TO(customer, customer_id, orders)
  /* rows changed */
  AR_SQL(set_states, (enum state state AR_ENUM_TEXT, const int64_t ids[]),
         "UPDATE orders SET state = :state WHERE id IN (:ids)")
  AR_SQL(delete_all_orders, (), "DELETE FROM orders")
  AR_SQL(truncate_orders, (), "DELETE FROM orders", .postgresql = "TRUNCATE TABLE orders")
  AR_SQL(delete_sent_orders, (),
         "WITH sent AS (SELECT id FROM orders WHERE state = 'SENT') DELETE FROM orders WHERE id IN (SELECT id FROM sent)")
  AR_SQL(copy_orders, (), "CREATE TABLE copies AS SELECT * FROM orders")
  AR_SQL(order_number, (int64_t id), "SELECT * FROM orders WHERE id IN (:id)")
  /* only read, although words that write are in them */
  AR_SQL(locked_orders, (), "SELECT * FROM orders",
         .postgresql = "WITH sent AS (SELECT id FROM orders WHERE state = 'SENT' FOR UPDATE)"
                       " SELECT * FROM orders WHERE id IN (SELECT id FROM sent) FOR UPDATE")
  AR_SQL(sorted_orders, (), "SELECT * FROM orders ORDER BY is_gift",
         .postgresql = "(SELECT * FROM orders WHERE is_gift) UNION ALL (SELECT * FROM orders WHERE NOT is_gift)")
  /* records that a write returns */
  AR_SQL(double_orders, (int32_t factor), "UPDATE orders SET cents = cents * :factor RETURNING *");

#endif
