/* The differences between two schemas: their enums, tables and views. */
#include "compare.h"

#include "compare_parts.h"
#include "normal.h"
#include "renames.h"

#include <stdlib.h>
#include <string.h>

static struct difference *add(struct comparison *comparison, enum difference_kind kind)
{
    struct difference *made = &list_add(comparison->arena, comparison->list.items, comparison->list.count);
    made->kind = kind;
    made->from = comparison->from;
    made->to = comparison->to;
    return made;
}

struct difference *compare_add(struct comparison *comparison, enum difference_kind kind)
{
    return add(comparison, kind);
}

bool compare_sql(const struct comparison *comparison, const char *left, const char *right)
{
    if (left == NULL || right == NULL)
        return left == right;
    if (comparison->mode == COMPARE_EXACT)
        return strcmp(left, right) == 0;
    return normal_is_same_sql(comparison->arena, comparison->dialect, left, right);
}

const struct schema_table *compare_find_table(const struct schema *schema, const struct schema_table *like)
{
    for (size_t i = 0; i < schema->table_count; i++) {
        const struct schema_table *each = &schema->tables[i];
        if (normal_is_same_name(schema->dialect, each->schema, like->schema) &&
            normal_is_same_name(schema->dialect, each->name, like->name))
            return each;
    }
    return NULL;
}

/* ---- Enum types -------------------------------------------------------------------------------------------------- */

static const struct schema_enum *find_enum(const struct schema *schema, const struct schema_enum *like)
{
    for (size_t i = 0; i < schema->enum_count; i++) {
        const struct schema_enum *each = &schema->enums[i];
        if (normal_is_same_name(schema->dialect, each->schema, like->schema) && strcmp(each->name, like->name) == 0)
            return each;
    }
    return NULL;
}

static void add_enum(struct comparison *comparison, enum difference_kind kind, const struct schema_enum *from,
                     const struct schema_enum *to)
{
    struct difference *made = add(comparison, kind);
    made->from_enum = from;
    made->to_enum = to;
}

static void compare_enums(struct comparison *comparison, const struct schema *from, const struct schema *to)
{
    for (size_t i = 0; i < to->enum_count; i++) {
        const struct schema_enum *wanted = &to->enums[i], *found = find_enum(from, wanted);
        if (found == NULL)
            add_enum(comparison, DIFFERENCE_ENUM_ADDED, NULL, wanted);
        else if (!schema_names_equal(&found->labels, &wanted->labels))
            add_enum(comparison, DIFFERENCE_ENUM_LABELS, found, wanted);
    }
}

static void add_dropped_enums(struct comparison *comparison, const struct schema *from, const struct schema *to)
{
    for (size_t i = 0; i < from->enum_count; i++)
        if (find_enum(to, &from->enums[i]) == NULL)
            add_enum(comparison, DIFFERENCE_ENUM_DROPPED, &from->enums[i], NULL);
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static void add_column(struct comparison *comparison, enum difference_kind kind, const struct schema_column *from,
                       const struct schema_column *to)
{
    struct difference *made = add(comparison, kind);
    made->from_column = from;
    made->to_column = to;
}

/* Return the column as it was before its rename. */
static const struct schema_column *original_column(const struct comparison *comparison,
                                                   const struct schema_column *column)
{
    return &comparison->from->columns[column - comparison->renamed->columns];
}

static bool is_same_type(const struct comparison *comparison, const struct schema_column *from,
                         const struct schema_column *to)
{
    if (comparison->mode == COMPARE_EXACT)
        return strcmp(from->type, to->type) == 0;
    return normal_is_same_type(comparison->arena, comparison->dialect, from->type, to->type);
}

static void compare_column(struct comparison *comparison, const struct schema_column *renamed,
                           const struct schema_column *to)
{
    const struct schema_column *from = original_column(comparison, renamed);
    if (!normal_is_same_name(comparison->dialect, from->name, to->name))
        add_column(comparison, DIFFERENCE_COLUMN_RENAMED, from, to);
    if (!is_same_type(comparison, renamed, to))
        add_column(comparison, DIFFERENCE_COLUMN_TYPE, from, to);
    if (comparison->mode == COMPARE_EXACT && renamed->labels.count > 0 && to->labels.count > 0 &&
        !schema_names_equal(&renamed->labels, &to->labels))
        add_column(comparison, DIFFERENCE_COLUMN_LABELS, from, to);
    if (comparison->mode == COMPARE_EXACT && renamed->digits != to->digits)
        add_column(comparison, DIFFERENCE_COLUMN_DIGITS, from, to);
    if (renamed->is_not_null != to->is_not_null)
        add_column(comparison, DIFFERENCE_COLUMN_NULL, from, to);
    if (!compare_sql(comparison, renamed->default_sql, to->default_sql))
        add_column(comparison, DIFFERENCE_COLUMN_DEFAULT, from, to);
    if (renamed->is_identity != to->is_identity)
        add_column(comparison, DIFFERENCE_COLUMN_IDENTITY, from, to);
    if (!compare_sql(comparison, renamed->generated_sql, to->generated_sql))
        add_column(comparison, DIFFERENCE_COLUMN_GENERATED, from, to);
    if (!normal_is_same_name(comparison->dialect, renamed->collation, to->collation))
        add_column(comparison, DIFFERENCE_COLUMN_COLLATION, from, to);
}

static const struct schema_column *find_column(const struct comparison *comparison, const struct schema_table *table,
                                               const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (normal_is_same_name(comparison->dialect, table->columns[i].name, name))
            return &table->columns[i];
    return NULL;
}

static void compare_columns(struct comparison *comparison)
{
    const struct schema_table *renamed = comparison->renamed, *to = comparison->to;
    for (size_t i = 0; i < to->column_count; i++) {
        const struct schema_column *found = find_column(comparison, renamed, to->columns[i].name);
        if (found != NULL)
            compare_column(comparison, found, &to->columns[i]);
        else
            add_column(comparison, DIFFERENCE_COLUMN_ADDED, NULL, &to->columns[i]);
    }
    for (size_t i = 0; i < renamed->column_count; i++)
        if (find_column(comparison, to, renamed->columns[i].name) == NULL)
            add_column(comparison, DIFFERENCE_COLUMN_DROPPED, &comparison->from->columns[i], NULL);
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

static void compare_tables(struct comparison *comparison)
{
    if (!normal_is_same_name(comparison->dialect, comparison->from->name, comparison->to->name) ||
        !normal_is_same_name(comparison->dialect, comparison->from->schema, comparison->to->schema))
        add(comparison, DIFFERENCE_TABLE_RENAMED);
    compare_columns(comparison);
    if (!normal_are_same_names(comparison->dialect, &comparison->renamed->key, &comparison->to->key))
        add(comparison, DIFFERENCE_KEY);
    compare_foreign_keys(comparison);
    compare_indexes(comparison);
    compare_checks(comparison);
}

static bool is_of_program(const struct comparison *comparison, const struct schema_table *table)
{
    return table->kind != SCHEMA_TABLE && table->view_sql == NULL && comparison->mode == COMPARE_EXACT;
}

static void compare_views(struct comparison *comparison)
{
    if (comparison->to->view_sql != NULL &&
        !compare_sql(comparison, comparison->from->view_sql, comparison->to->view_sql))
        add(comparison, DIFFERENCE_VIEW_CHANGED);
}

/* Compare a table or view of `to` with the one of `from` that has its name, which may be NULL. */
static void compare_with(struct comparison *comparison, const struct schema_table *found)
{
    bool is_view = comparison->to->kind != SCHEMA_TABLE;
    bool is_found = found != NULL && (found->kind != SCHEMA_TABLE) == is_view;
    comparison->renamed = found;
    if (!is_found && !is_of_program(comparison, comparison->to))
        add(comparison, is_view ? DIFFERENCE_VIEW_ADDED : DIFFERENCE_TABLE_ADDED);
    else if (is_found && is_view)
        compare_views(comparison);
    else if (is_found)
        compare_tables(comparison);
}

static int compare_names(const void *left, const void *right)
{
    const struct schema_table *a = *(const struct schema_table *const *)left;
    const struct schema_table *b = *(const struct schema_table *const *)right;
    int order = strcmp(a->schema != NULL ? a->schema : "", b->schema != NULL ? b->schema : "");
    return order != 0 ? order : strcmp(a->name, b->name);
}

static void add_dropped(struct comparison *comparison, const struct schema *from, const struct schema *renamed,
                        const struct schema *to)
{
    const struct schema_table **dropped = NULL;
    size_t count = 0;
    for (size_t i = 0; i < renamed->table_count; i++) {
        const struct schema_table *kept = compare_find_table(to, &renamed->tables[i]);
        bool is_view = renamed->tables[i].kind != SCHEMA_TABLE;
        if ((kept == NULL || (kept->kind != SCHEMA_TABLE) != is_view) && !is_of_program(comparison, &from->tables[i]))
            list_add(comparison->arena, dropped, count) = &from->tables[i];
    }
    if (count > 0)
        qsort(dropped, count, sizeof *dropped, compare_names);
    comparison->to = NULL;
    for (size_t i = 0; i < count; i++) {
        comparison->from = dropped[i];
        add(comparison, dropped[i]->kind == SCHEMA_TABLE ? DIFFERENCE_TABLE_DROPPED : DIFFERENCE_VIEW_DROPPED);
    }
    comparison->from = NULL;
}

struct difference_list schema_compare(struct arena *arena, const struct schema *from, const struct schema *to,
                                      enum compare_mode mode)
{
    const struct schema *renamed = renames_apply(arena, from, to);
    struct comparison comparison = {
        .arena = arena, .dialect = to->dialect, .mode = mode, .from_schema = renamed, .to_schema = to};
    compare_enums(&comparison, from, to);
    for (size_t i = 0; i < to->table_count; i++) {
        const struct schema_table *found = compare_find_table(renamed, &to->tables[i]);
        comparison.from = found != NULL ? &from->tables[found - renamed->tables] : NULL;
        comparison.to = &to->tables[i];
        compare_with(&comparison, found);
    }
    add_dropped(&comparison, from, renamed, to);
    add_dropped_enums(&comparison, from, to);
    return comparison.list;
}
