/* Aggregates of rows: their SQL, their values, and how they follow from records without SQL. */
#ifndef AR_MEASURE_H
#define AR_MEASURE_H

#include "model/row.h"
#include "sql/builder.h"
#include "store/store.h"

#include <armature/aggregate.h>

/* Check that the rows of this relation have the measure. */
enum ar_status ar_measure_check_relation(const struct ar_relation *relation, struct ar_measure measure,
                                         struct failure *failure);

/* Add the aggregate over the rows of the enclosing SELECT. That of EXISTS is a constant: the caller adds EXISTS around
 * the SELECT, or groups rows, so that there is a row only if it is true. */
void ar_sql_add_measure(struct sql *sql, struct ar_measure measure);

/* Read the aggregate from a column of a row. Strings are copied. */
enum ar_status ar_measure_take(struct store *store, const struct ar_model *model, struct ar_measure measure,
                               const struct row *row, size_t column, struct ar_value *out);

/* Return the aggregate of no rows. */
struct ar_value ar_measure_of_nothing(struct ar_measure measure);

/* Compute the aggregate of these records, by the values that the database has. Return false if only the database can:
 * it compares strings by its collation, and adds numbers of single precision in its own way. */
bool ar_measure_of_records(struct ar_measure measure, void *const *records, size_t count, struct ar_value *out);

/* Return the measure's name for messages: "count", "sum of views". */
const char *ar_measure_name(struct ar_measure measure);

#endif
