/* The checks of AR_INDEX. */
#include "check.h"
#include "name.h"
#include "own_sql.h"
#include "sql.h"
#include "suggest.h"

#include <string.h>

/* ---- Columns and SQL -------------------------------------------------------------------------------------------- */

__attribute__((format(printf, 3, 4))) static void index_fail(struct model_set *set, const struct table_index *index,
                                                             const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *message = arena_vprint(set->arena, format, arguments);
    va_end(arguments);
    diagnostic_error(set->diagnostics, index->at, "AR_INDEX(%s): %s", index->name, message);
}

static void check_part(struct model_set *set, const struct model *model, const struct table_index *index, size_t number)
{
    const struct index_part *part = &index->parts[number];
    if (part->column == NULL && part->is_string) {
        const char *table = sql_name(set->arena, model->table);
        own_sql_check(set,
                      &(const struct own_sql){
                          model, index->at, arena_print(set->arena, "AR_INDEX(%s)", index->name), part->text,
                          "an expression",
                          arena_print(set->arena, "CREATE INDEX armature_index ON %s ((%s\n))", table, part->text)});
        return;
    }
    if (part->column == NULL) {
        struct suggestion suggestion = {.wanted = part->text};
        for (size_t i = 0; i < model->column_count; i++)
            suggestion_offer(&suggestion, model->columns[i]->field);
        index_fail(set, index, "`%s` is not a field of `%s`", part->text, model->name);
        if (suggestion.name != NULL)
            diagnostic_help(set->diagnostics, "did you mean `%s`?", suggestion.name);
        return;
    }
    if (part->column->role != MEMBER_COLUMN)
        index_fail(set, index, "`%s` of `%s` is not a column", part->text, model->name);
    for (size_t i = 0; i < number; i++)
        if (index->parts[i].column == part->column)
            index_fail(set, index, "`%s` is repeated", part->text);
}

static void check_index_where(struct model_set *set, const struct model *model, const struct table_index *index)
{
    if (index->where_sql == NULL)
        return;
    own_sql_check(
        set, &(const struct own_sql){model, index->at, arena_print(set->arena, "AR_INDEX(%s): `.where`", index->name),
                                     index->where_sql, "a condition",
                                     arena_print(set->arena, "CREATE INDEX armature_index ON %s (%s) WHERE (%s\n)",
                                                 sql_name(set->arena, model->table),
                                                 sql_name(set->arena, model->columns[0]->name), index->where_sql)});
}

/* ---- Indexes that repeat others ---------------------------------------------------------------------------------- */

static bool is_same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool is_same_index(const struct table_index *a, const struct table_index *b)
{
    if (a->part_count != b->part_count || !is_same_text(a->where_sql, b->where_sql))
        return false;
    for (size_t i = 0; i < a->part_count; i++)
        if (a->parts[i].column != b->parts[i].column || a->parts[i].is_descending != b->parts[i].is_descending ||
            strcmp(a->parts[i].text, b->parts[i].text) != 0)
            return false;
    return true;
}

/* Return true if the index is on these columns, ascending. */
static bool is_on_columns(const struct table_index *index, struct member *const *columns, size_t count)
{
    if (index->part_count != count || !index_is_total(index))
        return false;
    for (size_t i = 0; i < count; i++)
        if (index->parts[i].column != columns[i] || index->parts[i].is_descending)
            return false;
    return true;
}

/* Return what already creates this index, or NULL. */
static const char *same_as(struct model_set *set, const struct model *model, size_t number)
{
    const struct table_index *index = &model->own_indexes[number];
    for (size_t i = 0; i < number; i++)
        if (is_same_index(&model->own_indexes[i], index))
            return arena_print(set->arena, "AR_INDEX(%s)", model->own_indexes[i].name);
    for (size_t i = 0; i < model->unique_key_count; i++)
        if (is_on_columns(index, model->unique_keys[i].columns, model->unique_keys[i].count))
            return "AR_UNIQUE_KEY";
    if (is_on_columns(index, model->keys, model->key_count))
        return "AR_PRIMARY_KEY";
    for (size_t i = 0; i < model->column_count; i++) {
        struct member *columns[2];
        if (member_has(model->columns[i], ATTRIBUTE_UNIQUE) &&
            is_on_columns(index, columns, model_unique_columns(model, model->columns[i], columns)))
            return "AR_UNIQUE";
    }
    return NULL;
}

/* ---- Names ------------------------------------------------------------------------------------------------------- */

/* The names of a database's objects, case-folded, each with what has it. */
struct object_names {
    struct model_set *set;
    struct name_map names;
};

static void add_object(struct object_names *objects, const char *name, const char *what)
{
    struct arena *arena = objects->set->arena;
    name_map_add(arena, &objects->names, name_folded(arena, name), arena_text(arena, what));
}

/* Add the table and what PostgreSQL creates with it. */
static void add_table(struct object_names *objects, const struct model *model)
{
    struct arena *arena = objects->set->arena;
    const struct member *key = model_generated_key(model);
    add_object(objects, model->table, arena_print(arena, "the table of `%s`", model->name));
    add_object(objects, sql_object_name(arena, model->table, NULL, "pkey"),
               arena_print(arena, "the primary key of `%s` on PostgreSQL", model->table));
    if (key != NULL)
        add_object(objects, sql_object_name(arena, model->table, key->name, "seq"),
                   arena_print(arena, "the key's sequence of `%s` on PostgreSQL", model->table));
}

static void check_index_name(struct object_names *objects, const struct table_index *index)
{
    struct model_set *set = objects->set;
    const char *folded = name_folded(set->arena, index->name);
    const char *other = name_map_find(&objects->names, folded);
    if (check_length(set, index->at, arena_print(set->arena, "AR_INDEX: the name `%s`", index->name), index->name))
        diagnostic_help(set->diagnostics, "give the index a shorter name");
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        if (dialects[i]->reserved_prefix != NULL &&
            strncmp(folded, dialects[i]->reserved_prefix, strlen(dialects[i]->reserved_prefix)) == 0)
            index_fail(set, index, "names that begin with `%s` are reserved for %s", dialects[i]->reserved_prefix,
                       dialects[i]->title);
    if (other != NULL) {
        index_fail(set, index, "this is the name of %s", other);
        diagnostic_help(set->diagnostics, "tables and indexes share one namespace in a database: rename the index");
    }
    add_object(objects, index->name, arena_print(set->arena, "the AR_INDEX at %s", model_location(set, index->at)));
}

static void check_index(struct object_names *objects, const struct model *model, size_t number)
{
    struct model_set *set = objects->set;
    const struct table_index *index = &model->own_indexes[number];
    check_index_name(objects, index);
    for (size_t i = 0; i < index->part_count; i++)
        check_part(set, model, index, i);
    check_index_where(set, model, index);
    const char *same = same_as(set, model, number);
    if (same != NULL)
        index_fail(set, index, "%s already creates this index", same);
}

void check_indexes(struct model_set *set)
{
    struct object_names objects = {.set = set};
    for (size_t i = 0; i < set->model_count; i++)
        if (set->models[i]->has_table)
            add_table(&objects, set->models[i]);
    for (size_t i = 0; i < set->join_count; i++)
        add_table(&objects, set->joins[i]);
    for (size_t i = 0; i < set->model_count; i++)
        for (size_t j = 0; set->models[i]->has_table && j < set->models[i]->own_index_count; j++)
            check_index(&objects, set->models[i], j);
}
