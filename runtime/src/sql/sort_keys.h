/* Lists of sort keys: orders, followed by the primary key, so that an order is total. */
#ifndef AR_SORT_KEYS_H
#define AR_SORT_KEYS_H

#include "sql/builder.h"

struct sort_keys {
    struct ar_order *items;
    size_t count;
};

/* Begin a list of orders of the model in the arena: `count` of them, and the key. Return false if out of memory. */
bool ar_sort_keys_start(const struct ar_model *model, size_t count, struct arena *arena, struct sort_keys *out);

/* Add those columns of the primary key that are not in the list, in the last order's direction, so that an index on
 * that column serves for both. */
void ar_sort_keys_add_key(const struct ar_model *model, struct sort_keys *keys);

/* List the sort keys of a relation, which may have no order of its own. Return false if out of memory. */
bool ar_relation_sort_keys(const struct ar_relation *relation, struct arena *arena, struct sort_keys *out);

/* Add ORDER BY with the sort keys of a relation. `table` is the name or alias of the target's table. */
void ar_sql_add_order_of_relation(struct sql *sql, const struct ar_relation *relation, const char *table);

/* Add the direction of a sort key after its expression, so that NULL, if it can be one, is the smallest value. */
void ar_sql_add_direction(struct sql *sql, bool descending, bool may_be_null);

#endif
