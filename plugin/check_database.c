/* Checks of what a database would reject or interpret differently: the names and the number of tables and columns. The
 * generated SQL is for all databases, so all must accept it. */
#include "check.h"
#include "name.h"
#include "sql.h"

#include <string.h>
#include <strings.h>

enum {
    COLUMNS_MAX = 1600, /* PostgreSQL's limit; SQLite's is 2000 */
    RELATIONS_MAX = UINT16_MAX
};

bool check_counts(struct model_set *set, const struct model *model)
{
    if (model->relation_count > RELATIONS_MAX || model->referrer_count > RELATIONS_MAX)
        diagnostic_error(set->diagnostics, model->table_at, "AR_TABLE: `%s` has more than %d relations", model->name,
                         RELATIONS_MAX);
    if (model->column_count <= COLUMNS_MAX)
        return true;
    diagnostic_error(set->diagnostics, model->columns[COLUMNS_MAX]->at,
                     "`%s` has %zu columns; a table has at most %d on PostgreSQL and 2000 on SQLite", model->name,
                     model->column_count, COLUMNS_MAX);
    diagnostic_help(set->diagnostics,
                    "exclude fields with AR_TRANSIENT, or split the struct and connect its parts with AR_HAS_ONE");
    return false;
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
                     model->table, model_location(set, model, model->at));
    diagnostic_help(set->diagnostics, "rename one of the tables");
}

void check_table(struct model_set *set, const struct model *model)
{
    size_t length = strlen(model->table);
    if (strncasecmp(model->table, "armature_", strlen("armature_")) == 0) {
        diagnostic_error(set->diagnostics, model->table_at,
                         "AR_TABLE: names that begin with `armature_` are reserved for Armature");
        diagnostic_help(set->diagnostics, "rename the table");
    } else if (strncasecmp(model->table, "sqlite_", strlen("sqlite_")) == 0)
        diagnostic_error(set->diagnostics, model->table_at,
                         "AR_TABLE: names that begin with `sqlite_` are reserved for SQLite");
    else if (length > SQL_NAME_MAX) {
        diagnostic_error(set->diagnostics, model->table_at,
                         "AR_TABLE: the table's name has %zu bytes, but PostgreSQL truncates names to %d", length,
                         SQL_NAME_MAX);
        diagnostic_help(set->diagnostics, "give the table a shorter name");
    }
    const struct member *key = model_generated_key(model);
    check_created_name(set, model, sql_object_name(set->arena, model->table, NULL, "pkey"), "primary key's index");
    if (key != NULL)
        check_created_name(set, model, sql_object_name(set->arena, model->table, key->name, "seq"), "key's sequence");
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static bool is_system_column(const char *name)
{
    static const char *const names[] = {"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

void check_column_name(struct model_set *set, const struct model *model, const struct member *column)
{
    struct location at = member_has(column, ATTRIBUTE_COLUMN) ? column->kind_at[ATTRIBUTE_COLUMN] : column->at;
    size_t length = strlen(column->name);
    if (is_system_column(column->name))
        diagnostic_error(set->diagnostics, at, "`%s` is a system column of every PostgreSQL table", column->name);
    else if (length > SQL_NAME_MAX)
        diagnostic_error(set->diagnostics, at,
                         "the column's name `%s` of `%s` has %zu bytes, but PostgreSQL truncates names to %d",
                         column->name, model->name, length, SQL_NAME_MAX);
    else
        return;
    diagnostic_help(set->diagnostics, "AR_COLUMN(name) gives the column a name other than the field's");
}
