/* Looking up the check that a database reports, and describing it. */
#include "model/check.h"

#include <string.h>

const struct ar_check *ar_check_find(const struct ar_model *model, const char *constraint)
{
    for (size_t i = 0; constraint != NULL && i < model->check_count; i++)
        if (strcmp(model->checks[i].constraint, constraint) == 0)
            return &model->checks[i];
    return NULL;
}

enum ar_status ar_fail_check(struct failure *failure, const struct ar_model *model, const struct ar_check *check,
                             const char *message)
{
    return ar_fail(failure, AR_CONSTRAINT, model, check->column, "%s%s%s: the row does not meet AR_CHECK(\"%s\") (%s)",
                   model->name, check->column != NULL ? "." : "", check->column != NULL ? check->column->field : "",
                   check->sql, message);
}
