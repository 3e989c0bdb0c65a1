/* Checks of models that are only read: views, and tables with `.read_only`. */
#include "check.h"
#include "dialect.h"
#include "sql_database.h"

#include <string.h>

static const char *kind_of(const struct model *model)
{
    return model->is_view ? "a view" : "`.read_only`";
}

/* A view has no constraints of its own. Those in an embedded struct are for the tables that have it, too. */
static void check_view_column(struct model_set *set, const struct model *model, const struct member *column)
{
    static const enum attribute_kind of_tables[] = {ATTRIBUTE_CHECK, ATTRIBUTE_UNIQUE, ATTRIBUTE_GENERATED};
    for (size_t i = 0; column->scope[0] == '\0' && i < sizeof of_tables / sizeof *of_tables; i++)
        if (member_has(column, of_tables[i]))
            diagnostic_error(set->diagnostics, column->kind_at[of_tables[i]], "%s: `%s` is a view",
                             attribute_table[of_tables[i]].macro, model->name);
}

static void check_attributes(struct model_set *set, const struct model *model)
{
    for (size_t i = 0; i < model->hook_count; i++)
        diagnostic_error(set->diagnostics, model->hooks[i].at, "%s: `%s` is never written, because it is %s",
                         attribute_table[model->hooks[i].kind->attribute].macro, model->name, kind_of(model));
    for (size_t i = 0; i < model->column_count; i++)
        if (member_has(model->columns[i], ATTRIBUTE_DELETED_AT))
            diagnostic_error(set->diagnostics, model->columns[i]->kind_at[ATTRIBUTE_DELETED_AT],
                             "AR_DELETED_AT: nothing is deleted from `%s`, because it is %s", model->name,
                             kind_of(model));
    for (size_t i = 0; model->is_view && i < model->own_index_count; i++)
        diagnostic_error(set->diagnostics, model->own_indexes[i].at, "AR_INDEX(%s): `%s` is a view",
                         model->own_indexes[i].name, model->name);
    for (size_t i = 0; model->is_view && i < model->check_count; i++)
        diagnostic_error(set->diagnostics, model->checks[i]->at, "AR_CHECK: `%s` is a view", model->name);
    for (size_t i = 0; model->is_view && i < model->column_count; i++)
        check_view_column(set, model, model->columns[i]);
    for (size_t i = 0; model->key_count == 0 && i < model->union_count; i++)
        relation_fail(set, &model->unions[i]->self, "`%s` has no key", model->name);
}

void check_read_only(struct model_set *set, const struct model *model)
{
    if (model->is_read_only)
        check_attributes(set, model);
    if (!model->has_own_views || model->view[DIALECT_SQLITE].text != NULL)
        return;
    diagnostic_error(set->diagnostics, model->table_at, "AR_VIEW: `%s` has a SELECT for PostgreSQL only", model->name);
    diagnostic_help(set->diagnostics, "write the SELECT for SQLite as the second argument");
}

/* ---- Relations --------------------------------------------------------------------------------------------------- */

/* Return the option by which writes or deletes of rows affect those of the other side, or NULL. */
static const char *writing_option(const struct relation *relation)
{
    bool has_view = relation->target->is_view || relation->owner->is_view;
    if (relation->dependent != AR_DEPENDENT_NONE)
        return "dependent";
    if (relation->touches)
        return "touch";
    if (relation->counter_name != NULL)
        return "counter";
    return has_view && relation->on_delete != ON_DELETE_UNSET ? "on_delete" : NULL;
}

static void check_writes(struct model_set *set, const struct relation *relation)
{
    const struct model *model = relation->target->is_read_only ? relation->target : relation->owner;
    const char *option = writing_option(relation);
    if (option != NULL && model->is_read_only)
        relation_fail(set, relation, "`.%s`: `%s` is never written, because it is %s", option, model->name,
                      kind_of(model));
}

/* A path and the first row of an owner need a key that identifies rows. */
static void check_keys(struct model_set *set, const struct relation *relation)
{
    const struct model *target = relation->target;
    for (size_t i = 0; relation->path != NULL && i < relation->path_count; i++) {
        const struct relation *hop = relation->path[i];
        const struct model *model = hop->target->key_count == 0 ? hop->target : hop->owner;
        if (model->key_count > 0)
            continue;
        relation_fail(set, relation, "it leads through `%s`, which has no key", model->name);
        return;
    }
    if (target->key_count == 0 && !relation->kind->is_list && relation->order_sql != NULL)
        relation_fail(set, relation, "`.order`: rows of `%s` have no key, so that there is no first one", target->name);
}

void check_relation_to_read_only(struct model_set *set, const struct relation *relation)
{
    if (relation->target == NULL)
        return;
    check_writes(set, relation);
    check_keys(set, relation);
}

/* ---- The SELECT of a view ---------------------------------------------------------------------------------------- */

static bool has_result(sqlite3_stmt *select, const char *name)
{
    for (int i = 0; i < sqlite3_column_count(select); i++)
        if (strcmp(sqlite3_column_name(select, i), name) == 0)
            return true;
    return false;
}

static void check_columns_of(struct model_set *set, const struct model *model, sqlite3_stmt *select)
{
    for (size_t i = 0; i < model->column_count; i++) {
        const struct member *column = model->columns[i];
        if (has_result(select, column->name))
            continue;
        diagnostic_error(set->diagnostics, column->at, "the SELECT of the view `%s` has no column `%s`", model->table,
                         column->name);
        diagnostic_help(set->diagnostics, "name an expression of the SELECT: AS %s", column->sql);
    }
    if (sqlite3_bind_parameter_count(select) > 0)
        diagnostic_error(set->diagnostics, model->table_at, "AR_VIEW: the SELECT of `%s` has a parameter",
                         model->table);
    if (!sqlite3_stmt_readonly(select) || sqlite3_column_count(select) == 0)
        diagnostic_error(set->diagnostics, model->table_at, "AR_VIEW: the definition of `%s` is not a SELECT",
                         model->table);
}

static void check_view(struct model_set *set, const struct model *model, sqlite3 *database)
{
    sqlite3_stmt *select = NULL;
    if (sql_database_prepare(set->arena, database, model->view[DIALECT_SQLITE].text, &select) == SQLITE_OK)
        check_columns_of(set, model, select);
    else
        diagnostic_error(set->diagnostics, model->table_at, "AR_VIEW: the SELECT of `%s`: %s", model->table,
                         sqlite3_errmsg(database));
    sqlite3_finalize(select);
}

void check_views(struct model_set *set)
{
    sqlite3 *database = NULL;
    for (size_t i = 0; i < set->model_count; i++) {
        if (set->models[i]->view[DIALECT_SQLITE].text == NULL)
            continue;
        database = database != NULL ? database : sql_database_open(set);
        check_view(set, set->models[i], database);
    }
    sqlite3_close(database);
}
