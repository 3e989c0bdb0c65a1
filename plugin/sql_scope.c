/* Names of tables and columns in the scope of an expression. */
#include "sql_inference.h"

#include <string.h>
#include <strings.h>

struct sql_table *infer_table(const struct sql_scope *scope, const char *name)
{
    for (size_t i = 0; i < scope->count; i++)
        if (scope->tables[i].name != NULL && strcasecmp(scope->tables[i].name, name) == 0)
            return &scope->tables[i];
    return NULL;
}

struct sql_row infer_model_row(struct arena *arena, const struct model *model)
{
    struct sql_row row = {.columns = arena_take(arena, model->column_count * sizeof *row.columns),
                          .count = model->column_count};
    for (size_t i = 0; i < row.count; i++) {
        const struct member *column = model->columns[i];
        struct sql_value value = {.class = sql_class_of(column), .column = column};
        if (member_is_nullable(column)) {
            value.null = SQL_NULL_MAYBE;
            value.reason = arena_print(arena, "the column `%s` of `%s` is nullable", column->name, model->table);
        }
        row.columns[i] = (struct sql_column){.name = column->name, .value = value};
    }
    return row;
}

struct sql_column *infer_find_column(const struct sql_table *table, const char *name)
{
    for (size_t i = 0; i < table->row.count; i++)
        if (table->row.columns[i].name != NULL && strcasecmp(table->row.columns[i].name, name) == 0)
            return &table->row.columns[i];
    return NULL;
}

static struct sql_value value_in(struct infer *infer, const struct sql_table *table, const struct sql_column *column)
{
    struct sql_value value = column->value;
    if (table->absent <= value.null)
        return value;
    value.null = table->absent;
    if (table->absent == SQL_NULL_MAYBE)
        value.reason = table->name != NULL
                           ? arena_print(infer->arena, "the outer join may find no row of `%s`", table->name)
                           : "the outer join may find no row";
    return value;
}

/* Return the value of the column in the table; unknown if the table's columns are, or if it is SQLite's row number. */
static struct sql_value value_of(struct infer *infer, const struct sql_table *table, const char *name)
{
    const struct sql_column *column = infer_find_column(table, name);
    return column != NULL ? value_in(infer, table, column) : (struct sql_value){.null = SQL_NULL_UNKNOWN};
}

bool infer_merges(const struct sql_table *table, const char *name)
{
    for (size_t i = 0; i < table->source->merged_count; i++)
        if (name != NULL && strcasecmp(table->source->merged[i], name) == 0)
            return true;
    return false;
}

bool infer_is_merged(const struct sql_scope *scope, const char *name)
{
    for (size_t i = 0; i < scope->count; i++)
        if (infer_merges(&scope->tables[i], name))
            return true;
    return false;
}

/* Return true if a table of the scope has the column, or if it may have it. */
static bool find_unqualified(struct infer *infer, const struct sql_scope *scope, const char *name,
                             struct sql_value *out)
{
    bool is_unknown = false;
    const struct sql_table *found = NULL;
    for (size_t i = 0; i < scope->count; i++) {
        const struct sql_table *table = &scope->tables[i];
        is_unknown = is_unknown || table->row.is_unknown;
        if (infer_find_column(table, name) == NULL)
            continue;
        is_unknown = is_unknown || found != NULL;
        found = table;
    }
    *out = (struct sql_value){.null = SQL_NULL_UNKNOWN};
    if (found != NULL && !is_unknown) /* a column of USING is found twice */
        *out = value_of(infer, found, name);
    return found != NULL || is_unknown;
}

struct sql_value infer_column(struct infer *infer, const struct sql_scope *scope, const char *qualifier,
                              const char *name)
{
    struct sql_value value = {.null = SQL_NULL_UNKNOWN};
    for (; scope != NULL; scope = scope->outer) {
        const struct sql_table *table = qualifier != NULL ? infer_table(scope, qualifier) : NULL;
        if (table != NULL)
            return value_of(infer, table, name);
        if (qualifier == NULL && find_unqualified(infer, scope, name, &value))
            return value;
    }
    return value;
}
