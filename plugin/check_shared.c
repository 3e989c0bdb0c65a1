/* Checks of several models of one table. The one with most columns is the main model, whose DDL creates the table; each
 * of the others has some of its columns. */
#include "check.h"
#include "name.h"

#include <string.h>

static void fail_missing(struct model_set *set, const struct model *model, const struct member *column)
{
    const struct model *main = model->main;
    diagnostic_error(set->diagnostics, column->at, "`%s` has the table `%s` of `%s`, which has no column `%s`",
                     model->name, main->table, main->name, column->name);
    diagnostic_help(set->diagnostics,
                    "add the column to `%s` at %s: of the structs of one table, the largest has all columns",
                    main->c_type, model_location(set, main->at));
}

static void check_column(struct model_set *set, const struct model *model, const struct member *column)
{
    const struct member *other = model_column(model->main, column->name);
    if (other == NULL) {
        fail_missing(set, model, column);
        return;
    }
    if (column->unmapped != NULL || other->unmapped != NULL)
        return;
    const char *location = model_location(set, other->at);
    bool is_same = true;
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        is_same = is_same && strcmp(dialects[i]->column_type(column), dialects[i]->column_type(other)) == 0;
    if (!is_same)
        diagnostic_error(set->diagnostics, column->at,
                         "the column `%s` is %s (`%s`) in `%s`, but %s (`%s`) in `%s` (%s)", column->name,
                         column_type(column->type)->description, column->spelling, model->name,
                         column_type(other->type)->description, other->spelling, model->main->name, location);
    else if (member_is_nullable(column) != member_is_nullable(other))
        diagnostic_error(set->diagnostics, column->at, "the column `%s` can%s be NULL in `%s`, but can%s in `%s` (%s)",
                         column->name, member_is_nullable(column) ? "" : "not", model->name,
                         member_is_nullable(other) ? "" : "not", model->main->name, location);
}

static bool has_same_key(const struct model *model)
{
    bool is_same = model->key_count == model->main->key_count;
    for (size_t i = 0; is_same && i < model->key_count; i++)
        is_same = strcmp(model->keys[i]->name, model->main->keys[i]->name) == 0;
    return is_same;
}

/* A write that does not know of these columns would undo what they are for. */
static void check_kept_columns(struct model_set *set, const struct model *model)
{
    static const enum attribute_kind kinds[] = {ATTRIBUTE_VERSION, ATTRIBUTE_UPDATED_AT, ATTRIBUTE_DELETED_AT,
                                                ATTRIBUTE_SHARD_KEY};
    for (size_t i = 0; i < model->main->column_count; i++) {
        const struct member *column = model->main->columns[i], *own = model_column(model, column->name);
        for (size_t j = 0; j < sizeof kinds / sizeof *kinds; j++) {
            bool is_of_reads = kinds[j] == ATTRIBUTE_DELETED_AT || kinds[j] == ATTRIBUTE_SHARD_KEY;
            bool is_kept = own != NULL ? member_has(own, kinds[j]) : model->is_read_only && !is_of_reads;
            if (!member_has(column, kinds[j]) || is_kept)
                continue;
            diagnostic_error(set->diagnostics, model->table_at, "AR_TABLE: `%s` lacks `%s`, the %s of `%s` (%s)",
                             model->name, column->name, attribute_table[kinds[j]].macro, model->main->name,
                             model_location(set, column->at));
            diagnostic_help(set->diagnostics, "add the field with this attribute%s",
                            !is_of_reads ? ", or write .read_only = true" : "");
        }
    }
}

/* The rows of one table are in shards, or they are not. */
static void check_shard_key(struct model_set *set, const struct model *model)
{
    const struct member *column = model_shard_key(model);
    const struct member *other = column != NULL ? model_column(model->main, column->name) : NULL;
    if (other == NULL || member_has(other, ATTRIBUTE_SHARD_KEY))
        return;
    diagnostic_error(set->diagnostics, column->kind_at[ATTRIBUTE_SHARD_KEY],
                     "AR_SHARD_KEY: `%s` has the table of `%s`, in which `%s` is not the shard key (%s)", model->name,
                     model->main->name, other->field, model_location(set, other->at));
    diagnostic_help(set->diagnostics, "all structs of one table have the same shard key");
}

static bool has_value_without_insert(const struct model *main, const struct member *column)
{
    return member_is_nullable(column) || column->default_sql != NULL || column == model_generated_key(main);
}

/* Strings are nullable unless they are AR_NOT_NULL, and numbers are not unless they are AR_NULLABLE. */
static void note_inserts(struct model_set *set, const struct model *model)
{
    for (size_t i = 0; i < model->main->column_count; i++) {
        const struct member *column = model->main->columns[i];
        if (model_column(model, column->name) != NULL || has_value_without_insert(model->main, column))
            continue;
        diagnostic_note(set->diagnostics, model->table_at,
                        "AR_TABLE: inserts of `%s` fail, because `%s` of `%s` cannot be NULL and has no default",
                        model->name, column->field, model->main->name);
        diagnostic_help(set->diagnostics, "insert records of `%s`, or write .read_only = true", model->main->name);
        return;
    }
}

/* The main model alone creates the table. */
static void check_schema_attributes(struct model_set *set, const struct model *model)
{
    const char *main = model->main->name;
    for (size_t i = 0; i < model->own_index_count; i++)
        diagnostic_error(set->diagnostics, model->own_indexes[i].at,
                         "AR_INDEX(%s): write it at `%s`, which creates the table", model->own_indexes[i].name, main);
    if (model->is_reference)
        diagnostic_error(set->diagnostics, model->reference_at,
                         "AR_REFERENCE_TABLE: write it at `%s`, which creates the table", main);
    for (size_t i = 0; i < model->check_count; i++)
        diagnostic_error(set->diagnostics, model->checks[i]->at, "AR_CHECK: write it at `%s`, which creates the table",
                         main);
}

/* SQLite has no schemas. */
static void fail_other_schema(struct model_set *set, const struct model *model)
{
    const struct model *main = model->main;
    diagnostic_error(set->diagnostics, model->table_at,
                     "AR_TABLE: the table `%s` already has a model, `%s` at %s, in %s", model->table, main->name,
                     model_location(set, main->at),
                     main->schema == NULL ? "no schema" : arena_print(set->arena, "the schema `%s`", main->schema));
    diagnostic_help(
        set->diagnostics,
        "SQLite has no schemas: both would be one table there; if they are one table, write AR_TABLE(%s%s%s)",
        main->schema != NULL ? main->schema : "", main->schema != NULL ? "." : "", main->table);
}

void check_shared_table(struct model_set *set, const struct model *model)
{
    const struct model *main = model->main;
    if (strcmp(model->table, main->table) != 0) {
        diagnostic_error(set->diagnostics, model->table_at, "AR_TABLE: the table `%s` already has a model, `%s` at %s",
                         model->table, main->name, model_location(set, main->at));
        diagnostic_help(set->diagnostics, "names of tables differ by more than case; for the same table, write `%s`",
                        main->table);
        return;
    }
    if (!name_is_same(model->schema, main->schema)) {
        fail_other_schema(set, model);
        return;
    }
    if (model->is_view || main->is_view) {
        diagnostic_error(set->diagnostics, model->table_at, "%s: `%s` already has a model, `%s` at %s",
                         model->is_view ? "AR_VIEW" : "AR_TABLE", model->table, main->name,
                         model_location(set, main->at));
        return;
    }
    for (size_t i = 0; i < model->column_count; i++)
        if (model->columns[i]->field[0] != '\0')
            check_column(set, model, model->columns[i]);
    if (!has_same_key(model) && (model->key_count > 0 || !model->is_read_only))
        diagnostic_error(set->diagnostics, model->table_at, "AR_TABLE: the key of `%s` is not that of `%s` (%s)",
                         model->name, main->name, model_location(set, main->at));
    check_kept_columns(set, model);
    check_shard_key(set, model);
    check_schema_attributes(set, model);
    if (!model->is_read_only)
        note_inserts(set, model);
}
