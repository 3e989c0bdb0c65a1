/* Sort keys: a column, or a column or number of related rows. */
#ifndef AR_ORDER_INTERNAL_H
#define AR_ORDER_INTERNAL_H

#include "sql/builder.h"

#include <armature/condition.h>

/* Check a sort key of rows of the model: each relation of its path must lead to one row, and the last one to many if
 * these are counted. */
enum ar_status ar_order_check(const struct ar_model *model, const struct ar_order *order, struct failure *failure);

/* Add the value of a sort key in the rows of `table`, a name or alias. */
void ar_sql_add_order_value(struct sql *sql, const struct ar_order *order, const char *table);

/* Return true if the value may be NULL. */
bool ar_order_may_be_null(const struct ar_order *order);

/* Add a sort key of the rows of `table`, a name or alias, with its direction or the reverse one. NULL is the smallest
 * value. */
void ar_sql_add_order(struct sql *sql, const struct ar_order *order, bool is_reversed, const char *table);

#endif
