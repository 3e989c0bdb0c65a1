/* Checks of AR_WAS: two columns, tables or labels cannot have had the same name. */
#include "check.h"
#include "name.h"

#include <string.h>

static void check_former_columns(struct model_set *set, const struct model *model)
{
    for (size_t i = 0; i < model->column_count; i++)
        for (size_t j = 0; model->columns[i]->was != NULL && j < i; j++) {
            const struct member *earlier = model->columns[j], *column = model->columns[i];
            if (earlier->was == NULL || strcmp(earlier->was, column->was) != 0)
                continue;
            diagnostic_error(set->diagnostics, column->kind_at[ATTRIBUTE_WAS],
                             "AR_WAS: the column `%s` is now `%s`, at %s", column->was, earlier->name,
                             model_location(set, earlier->at));
            break;
        }
}

void check_was(struct model_set *set, const struct model *model)
{
    check_former_columns(set, model);
    for (size_t i = 0; model->was != NULL && set->models[i] != model; i++) {
        const struct model *earlier = set->models[i];
        if (earlier->was == NULL || earlier->main == model->main || strcmp(earlier->was, model->was) != 0 ||
            !name_is_same(earlier->was_schema, model->was_schema))
            continue;
        diagnostic_error(set->diagnostics, model->table_at, "AR_WAS: the table `%s` is now `%s`, at %s", model->was,
                         earlier->table, model_location(set, earlier->at));
        return;
    }
}
