/* The fields of views, by their SELECT.
 *
 * Databases say little about the columns of a view: any can be NULL, and SQLite has no types for those that are
 * expressions. What follows from the SELECT and the tables is inferred as it is for user SQL; the rest stays as the
 * database says. */
#include "import.h"
#include "sql_infer.h"
#include "sql_parse.h"

#include <string.h>

/* The types of SQLite for classes of values; NULL: it has none. */
static const char *const types[] = {
    [SQL_CLASS_UNKNOWN] = NULL,      [SQL_CLASS_NULL] = NULL,   [SQL_CLASS_BOOLEAN] = "BOOLEAN",
    [SQL_CLASS_INTEGER] = "INTEGER", [SQL_CLASS_REAL] = "REAL", [SQL_CLASS_TEXT] = "TEXT",
    [SQL_CLASS_BLOB] = "BLOB",       [SQL_CLASS_TIME] = NULL};

/* Return true if the field has another type or NULL now. */
static bool apply(struct import *import, struct import_model *model, const struct sql_column *result)
{
    struct import_field *field = import_find_field(model, result->name);
    if (field == NULL)
        return false;
    const char *type = field->column->type[0] == '\0' ? types[result->value.class] : NULL;
    bool is_not_null = result->value.null == SQL_NULL_NEVER && !field->column->is_not_null;
    if (type == NULL && !is_not_null)
        return false;
    struct schema_column *column = arena_take(import->arena, sizeof *column);
    *column = *field->column;
    if (is_not_null)
        column->is_not_null = true;
    column->type = type != NULL ? type : column->type;
    field->column = column;
    import_reset_field(import, model, field);
    return true;
}

bool import_infer_views(struct import *import, const struct model_set *set)
{
    bool is_changed = false;
    for (size_t i = 0; i < import->model_count; i++) {
        struct import_model *model = import->models[i];
        if (model->table->kind != SCHEMA_VIEW || model->table->view_sql == NULL || model->merged != NULL)
            continue;
        const struct name_map no_parameters = {0};
        const char *sql = model->table->view_sql;
        struct sql_inference inference = sql_infer(set, &no_parameters, sql, sql_parse(set->arena, sql));
        for (size_t j = 0; !inference.row.is_unknown && j < inference.row.count; j++)
            is_changed = apply(import, model, &inference.row.columns[j]) || is_changed;
    }
    return is_changed;
}
