/* User SQL returns the columns of its model in any order: they are matched by name. */
#ifndef AR_BY_NAME_H
#define AR_BY_NAME_H

#include "base/error.h"

#include <armature/model.h>

/* The columns of a result. */
struct result_columns {
    const void *result;
    int count;
    const char *(*name)(const void *result, int number);
};

/* Find the number of the result's column for each column of the model; names are compared without case. Return the
 * first column that has none, or NULL. */
const struct ar_column *ar_match_columns(const struct result_columns *result, const struct ar_model *model,
                                         uint16_t *map);

/* Return true if each number is that of the model's column. */
bool ar_columns_are_in_order(const struct ar_model *model, const uint16_t *map);

/* Record that the SQL returns no column of this name. */
enum ar_status ar_fail_no_column(struct failure *failure, const struct ar_column *missing, const char *sql);

#endif
