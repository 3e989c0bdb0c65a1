/* Checks of what a database would reject or interpret differently: the names and the number of tables and columns. The
 * generated SQL is for all databases, so all must accept it. */
#include "check.h"
#include "name.h"
#include "sql.h"

#include <string.h>
#include <strings.h>

enum { RELATIONS_MAX = UINT16_MAX };

/* Return the dialect whose tables have the fewest columns. */
static const struct dialect *least_columns(void)
{
    const struct dialect *least = dialects[0];
    for (size_t i = 1; i < DIALECT_COUNT; i++)
        if (dialects[i]->column_max < least->column_max)
            least = dialects[i];
    return least;
}

bool check_counts(struct model_set *set, const struct model *model)
{
    const struct dialect *least = least_columns();
    if (model->relation_count > RELATIONS_MAX || model->referrer_count > RELATIONS_MAX)
        diagnostic_error(set->diagnostics, model->table_at, "AR_TABLE: `%s` has more than %d relations", model->name,
                         RELATIONS_MAX);
    if (model->column_count <= least->column_max)
        return true;
    diagnostic_error(set->diagnostics, model->columns[least->column_max]->at,
                     "`%s` has %zu columns; a table has at most %zu on %s", model->name, model->column_count,
                     least->column_max, least->title);
    diagnostic_help(set->diagnostics,
                    "exclude fields with AR_TRANSIENT, or split the struct and connect its parts with AR_HAS_ONE");
    return false;
}

bool check_length(struct model_set *set, struct location at, const char *what, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        if (dialects[i]->name_max != 0 && length > dialects[i]->name_max) {
            diagnostic_error(set->diagnostics, at, "%s has %zu bytes, but %s truncates names to %zu", what, length,
                             dialects[i]->title, dialects[i]->name_max);
            return true;
        }
    return false;
}

static bool check_prefix(struct model_set *set, const struct model *model, const char *prefix, const char *owner)
{
    if (strncasecmp(model->table, prefix, strlen(prefix)) != 0)
        return false;
    diagnostic_error(set->diagnostics, model->table_at, "AR_TABLE: names that begin with `%s` are reserved for %s",
                     prefix, owner);
    diagnostic_help(set->diagnostics, "rename the table");
    return true;
}

/* Return true after reporting that the name of the table is reserved. */
static bool check_reserved(struct model_set *set, const struct model *model)
{
    bool is_reserved = check_prefix(set, model, "armature_", "Armature");
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        if (dialects[i]->reserved_prefix != NULL)
            is_reserved = check_prefix(set, model, dialects[i]->reserved_prefix, dialects[i]->title) || is_reserved;
    return is_reserved;
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

/* PostgreSQL creates an index and a sequence with a table. A table with the same name could then not be created. */
static void check_created_name(struct model_set *set, const struct model *model, const char *name, const char *what)
{
    const struct model *other = name_map_find(&set->models_by_table, name_folded(set->arena, name));
    if (other == NULL || other == model) /* PostgreSQL chooses a different name for objects of the table itself */
        return;
    diagnostic_error(set->diagnostics, other->table_at,
                     "AR_TABLE: PostgreSQL gives the name `%s` to the %s of the table `%s` (%s)", other->table, what,
                     model->table, model_location(set, model->at));
    diagnostic_help(set->diagnostics, "rename one of the tables");
}

bool check_schema_name(struct model_set *set, struct location at, const char *schema)
{
    if (schema == NULL)
        return true;
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        const char *prefix = dialects[i]->reserved_schema;
        if (prefix == NULL || strncmp(name_folded(set->arena, schema), prefix, strlen(prefix)) != 0)
            continue;
        diagnostic_error(set->diagnostics, at, "the schema `%s`: names that begin with `%s` are reserved for %s",
                         schema, prefix, dialects[i]->title);
        return false;
    }
    return !check_length(set, at, "the schema's name", schema);
}

void check_table(struct model_set *set, const struct model *model)
{
    check_schema_name(set, model->table_at, model->schema);
    if (!check_reserved(set, model) && check_length(set, model->table_at, "AR_TABLE: the table's name", model->table))
        diagnostic_help(set->diagnostics, "give the table a shorter name");
    const struct member *key = model_generated_key(model);
    check_created_name(set, model, sql_object_name(set->arena, model->table, NULL, "pkey"), "primary key's index");
    if (key != NULL)
        check_created_name(set, model, sql_object_name(set->arena, model->table, key->name, "seq"), "key's sequence");
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

/* Return a dialect that has a system column of this name, or NULL. */
static const struct dialect *dialect_with_column(const char *name)
{
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        if (name_is_in(dialects[i]->system_columns, name))
            return dialects[i];
    return NULL;
}

void check_column_name(struct model_set *set, const struct model *model, const struct member *column)
{
    struct location at = member_has(column, ATTRIBUTE_COLUMN) ? column->kind_at[ATTRIBUTE_COLUMN] : column->at;
    const struct dialect *owner = dialect_with_column(column->name);
    const char *what = arena_print(set->arena, "the column's name `%s` of `%s`", column->name, model->name);
    if (owner != NULL)
        diagnostic_error(set->diagnostics, at, "`%s` is a system column of every %s table", column->name, owner->title);
    else if (!check_length(set, at, what, column->name))
        return;
    diagnostic_help(set->diagnostics, "AR_COLUMN(name) gives the column a name other than the field's");
}
