/* The differences between two schemas: their enums, tables and views. */
#include "compare.h"

#include "compare_parts.h"
#include "normal.h"
#include "renames.h"

#include <stdlib.h>
#include <string.h>

struct difference *compare_add(struct comparison *comparison, enum difference_kind kind)
{
    struct difference *made = &list_add(comparison->arena, comparison->list.items, comparison->list.count);
    made->kind = kind;
    made->from = comparison->from;
    made->to = comparison->to;
    return made;
}

bool compare_sql(const struct comparison *comparison, const char *left, const char *right)
{
    if (left == NULL || right == NULL)
        return left == right;
    if (comparison->mode == COMPARE_EXACT)
        return strcmp(left, right) == 0;
    return normal_is_same_sql(comparison->arena, comparison->dialect,
                              comparison->to->is_loose ? NORMAL_LOOSE : NORMAL_STRICT, left, right);
}

/* Return true if the schemas are the same: by their names, or because one is the home of the other object. */
static bool is_same_schema(const char *left, const char *left_home, const char *right, const char *right_home)
{
    if (left == NULL && right == NULL)
        return true;
    if (left != NULL && right != NULL)
        return strcmp(left, right) == 0;
    const char *home = left == NULL ? left_home : right_home, *name = left == NULL ? right : left;
    return home != NULL && strcmp(home, name) == 0;
}

const struct schema_table *compare_find_table(const struct schema *schema, const struct schema_table *like)
{
    for (size_t i = 0; i < schema->table_count; i++) {
        const struct schema_table *each = &schema->tables[i];
        if (is_same_schema(each->schema, each->home, like->schema, like->home) &&
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
        if (is_same_schema(each->schema, each->home, like->schema, like->home) && strcmp(each->name, like->name) == 0)
            return each;
    }
    return NULL;
}

static void add_enum(struct comparison *comparison, enum difference_kind kind, const struct schema_enum *from,
                     const struct schema_enum *to)
{
    struct difference *made = compare_add(comparison, kind);
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

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

static void compare_key(struct comparison *comparison)
{
    const struct schema_names *from = &comparison->renamed->key, *to = &comparison->to->key;
    bool is_without = to->count == 0 && comparison->mode != COMPARE_EXACT; /* the model is only read */
    if (!is_without && !normal_are_same_names(comparison->dialect, from, to))
        compare_add(comparison, DIFFERENCE_KEY);
}

static void compare_tables(struct comparison *comparison)
{
    const struct schema_table *from = comparison->from, *to = comparison->to;
    if (!normal_is_same_name(comparison->dialect, from->name, to->name) ||
        !is_same_schema(from->schema, from->home, to->schema, to->home))
        compare_add(comparison, DIFFERENCE_TABLE_RENAMED);
    compare_columns(comparison);
    compare_key(comparison);
    compare_foreign_keys(comparison);
    compare_indexes(comparison);
    compare_checks(comparison);
}

static bool is_of_program(const struct comparison *comparison, const struct schema_table *table)
{
    return table->kind != SCHEMA_TABLE && table->view_sql == NULL && comparison->mode == COMPARE_EXACT;
}

/* The columns of a view that the program creates are all that is known of it. */
static void compare_views(struct comparison *comparison)
{
    if (comparison->to->view_sql == NULL && comparison->mode != COMPARE_EXACT)
        compare_view_columns(comparison);
    else if (!compare_sql(comparison, comparison->from->view_sql, comparison->to->view_sql))
        compare_add(comparison, DIFFERENCE_VIEW_CHANGED);
}

/* Return true if the model is of a table or a view, as far as it can tell: one that is only read may be either. */
static bool is_of_kind(const struct schema_table *from, const struct schema_table *to)
{
    bool is_view = to->kind != SCHEMA_TABLE;
    return (from->kind != SCHEMA_TABLE) == is_view || (!is_view && to->model != NULL && to->model->is_read_only);
}

/* Compare a table or view of `to` with the one of `from` that has its name, which may be NULL. */
static void compare_with(struct comparison *comparison, const struct schema_table *found)
{
    bool is_found = found != NULL && is_of_kind(found, comparison->to);
    comparison->renamed = found;
    if (!is_found && !is_of_program(comparison, comparison->to))
        compare_add(comparison, comparison->to->kind == SCHEMA_TABLE ? DIFFERENCE_TABLE_ADDED : DIFFERENCE_VIEW_ADDED);
    else if (is_found && comparison->to->kind != SCHEMA_TABLE)
        compare_views(comparison);
    else if (is_found && found->kind != SCHEMA_TABLE)
        compare_view_columns(comparison);
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
        if ((kept == NULL || !is_of_kind(&from->tables[i], kept)) && !is_of_program(comparison, &from->tables[i]))
            list_add(comparison->arena, dropped, count) = &from->tables[i];
    }
    if (count > 0)
        qsort(dropped, count, sizeof *dropped, compare_names);
    comparison->to = NULL;
    for (size_t i = 0; i < count; i++) {
        comparison->from = dropped[i];
        compare_add(comparison, dropped[i]->kind == SCHEMA_TABLE ? DIFFERENCE_TABLE_DROPPED : DIFFERENCE_VIEW_DROPPED);
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
