/* Assignments that depend on the row: arithmetic with a column's own value, whose result must fit. */
#ifndef AR_ASSIGN_INTERNAL_H
#define AR_ASSIGN_INTERNAL_H

#include "sql/builder.h"

#include <armature/assign.h>

/* Check that the column may be changed in this way by this value, and convert the value to the column's type. */
enum ar_status ar_assign_check(const struct ar_column *column, enum ar_assignment_kind kind, struct ar_value *value,
                               struct failure *failure);

/* Add `column + ?` or the like: an expression that fails with VIOLATION_RANGE if its result is outside the range of the
 * field or its rule. */
void ar_sql_add_arithmetic(struct sql *sql, const struct ar_column *column, enum ar_assignment_kind kind,
                           struct ar_value value);

/* Replace the message of a failure with VIOLATION_RANGE: name the columns that the assignment computes. The message
 * begins with the name of the call, and ends with `end`. */
void ar_assign_explain_range(const struct ar_model *model, const struct ar_assignment *set, struct failure *failure,
                             const char *call, const char *end);

#endif
