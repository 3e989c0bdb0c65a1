/* Matching the columns of user SQL with those of a model. */
#include "driver/by_name.h"

#include <strings.h>

static bool find_column(const struct result_columns *result, const char *name, size_t expected, uint16_t *out)
{
    for (int tries = 0; tries < result->count; tries++) {
        int number = (int)((expected + (size_t)tries) % (size_t)result->count);
        const char *each = result->name(result->result, number);
        *out = (uint16_t)number;
        if (each != NULL && strcasecmp(each, name) == 0)
            return true;
    }
    return false;
}

const struct ar_column *ar_match_columns(const struct result_columns *result, const struct ar_model *model,
                                         uint16_t *map)
{
    for (size_t i = 0; i < model->column_count; i++)
        if (!find_column(result, model->columns[i].name, i, &map[i]))
            return &model->columns[i];
    return NULL;
}

bool ar_columns_are_in_order(const struct ar_model *model, const uint16_t *map)
{
    for (size_t i = 0; i < model->column_count; i++)
        if (map[i] != i)
            return false;
    return true;
}

enum ar_status ar_fail_no_column(struct failure *failure, const struct ar_column *missing, const char *sql)
{
    ar_fail(failure, AR_INVALID, missing->model, missing,
            "the statement returns no column %s, which %s has: add it to the SELECT, or name one so with AS",
            missing->name, missing->model->name);
    ar_failure_add_sql(failure, sql);
    return AR_INVALID;
}
