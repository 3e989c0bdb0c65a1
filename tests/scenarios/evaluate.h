/* Relations, conditions and orders, evaluated in C over rows in memory: what databases must agree with. It knows the
 * descriptors, and nothing of SQL or the runtime. */
#ifndef SCENARIO_EVALUATE_H
#define SCENARIO_EVALUATE_H

#include <armature/armature.h>

/* The rows of a table, as an array of structs in the order of their keys. */
struct table {
    const struct ar_model *model;
    const void *rows;
    size_t count;
};

struct world {
    const struct table *tables;
    size_t count;
};

/* SQL's logic of three values. */
enum truth { TRUTH_FALSE, TRUTH_UNKNOWN, TRUTH_TRUE };

/* Return the table of a model. */
const struct table *world_table(const struct world *world, const struct ar_model *model);

/* Return the row at an index of a table. */
const void *table_row(const struct table *table, size_t index);

/* List the indexes of the related rows of a row in the target's table, in its order; return their number. A relation to
 * one row has at most one. `out` has room for all rows of the table. */
size_t world_related(const struct world *world, const struct ar_relation *relation, const void *row, size_t *out);

/* Evaluate a condition on a row. */
enum truth world_evaluate(const struct world *world, const struct ar_condition *condition, const void *row);

/* Return a number less than, equal to or greater than 0 if the order puts row `a` before, with or after `b`. */
int world_compare(const struct world *world, const struct ar_order *order, const void *a, const void *b);

#endif
