/* Rows that are certain to exist: the one that an enforced foreign key refers to, if the key is not NULL. */
#include "sql_inference.h"

#include <string.h>
#include <strings.h>

/* Return true if it is a column of the table, which is that of a model. */
static bool is_of_table(const struct sql_expression *column, const struct sql_table *table)
{
    if (column->qualifier != NULL)
        return strcasecmp(column->qualifier, table->name) == 0;
    return infer_find_column(table, column->name) != NULL;
}

static bool is_reference(const struct infer *infer, const struct member *foreign_key, const struct model *target,
                         const struct member *referred)
{
    for (size_t i = 0; i < infer->set->model_count; i++) {
        const struct model *model = infer->set->models[i];
        for (size_t j = 0; j < model->reference_count; j++) {
            const struct relation *reference = model->references[j];
            if (reference->foreign_key_count == 1 && reference->foreign_key[0] == foreign_key &&
                reference->target == target && reference->referred_key[0] == referred)
                return true;
        }
    }
    return false;
}

bool infer_finds_row(struct infer *infer, const struct sql_scope *scope, const struct sql_table *table,
                     const struct sql_expression *condition)
{
    if (table->model == NULL || condition->kind != SQL_OPERATOR || strcmp(condition->name, "=") != 0)
        return false;
    for (size_t i = 0; i < 2; i++) {
        const struct sql_expression *own = condition->items[i], *other = condition->items[1 - i];
        if (own->kind != SQL_COLUMN || other->kind != SQL_COLUMN || !is_of_table(own, table))
            continue;
        struct sql_value referred = infer_column(infer, scope, own->qualifier, own->name);
        struct sql_value key = infer_column(infer, scope, other->qualifier, other->name);
        if (key.null != SQL_NULL_MAYBE && key.column != NULL &&
            is_reference(infer, key.column, table->model, referred.column))
            return true;
    }
    return false;
}

bool infer_is_found(struct infer *infer, const struct sql_scope *outer, const struct sql_query *query)
{
    const struct sql_select *select = query->select_count == 1 ? query->selects[0] : NULL;
    if (select == NULL || select->source_count != 1 || select->sources[0].name == NULL || select->filter_count != 1 ||
        select->filters[0]->kind != SQL_OPERATOR || select->has_groups || select->having != NULL ||
        query->offset != NULL || query->table_count > 0)
        return false;
    struct sql_scope scope = {.outer = outer};
    infer_scope(infer, &scope, select);
    return infer_finds_row(infer, &scope, &scope.tables[0], select->filters[0]);
}
