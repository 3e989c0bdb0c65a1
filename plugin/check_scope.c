/* The checks of `.where` and `.order` of relations. A condition is prepared by SQLite as the WHERE of a query of the
 * target's table, which detects anything that is not a condition, and names that are not columns. Functions that SQLite
 * does not have may be those of PostgreSQL: they pass. */
#include "check.h"
#include "scope.h"
#include "sql.h"
#include "sql_database.h"
#include "sql_lexer.h"
#include "suggest.h"

/* ---- Names ------------------------------------------------------------------------------------------------------- */

void check_help_column(struct model_set *set, const struct model *model, const char *name)
{
    struct suggestion suggestion = {.wanted = name};
    const struct member *field = model_member(model, name);
    for (size_t i = 0; i < model->column_count; i++)
        suggestion_offer(&suggestion, model->columns[i]->name);
    if (field != NULL && member_is_mapped(field))
        diagnostic_help(set->diagnostics, "the column of the field `%s` is `%s`", field->field, field->name);
    else if (suggestion.name != NULL)
        diagnostic_help(set->diagnostics, "did you mean `%s`?", suggestion.name);
    else
        diagnostic_help(set->diagnostics, "name columns of `%s`; strings are in single quotes", model->name);
}

static void fail_column(struct model_set *set, const struct relation *relation, const char *option, const char *name)
{
    relation_fail(set, relation, "`%s` names `%s`, which is not a column of the table `%s`", option, name,
                  relation->target->table);
    check_help_column(set, relation->target, name);
}

/* ---- The condition ----------------------------------------------------------------------------------------------- */

static void fail_where(struct model_set *set, const struct relation *relation, const char *error)
{
    relation_fail(set, relation, "`.where`: `%s` %s", relation->where_sql, error);
    diagnostic_help(set->diagnostics,
                    "write one SQL condition on columns of `%s` that both databases accept: .where = \"%s = 1\"",
                    relation->target->table, relation->target->columns[0]->name);
}

static void parse_where(struct model_set *set, const struct relation *relation)
{
    sqlite3 *database = sql_database_of_columns(set->arena, relation->target);
    sqlite3_stmt *statement = NULL;
    const char *table = sql_name(set->arena, relation->target->table);
    const char *sql =
        arena_print(set->arena, "SELECT 1 FROM %s WHERE (%s\n)", table, scope_where_text(set->arena, relation, table));
    if (sql_database_prepare(set->arena, database, sql, &statement) != SQLITE_OK) {
        const char *name = sql_database_named(set->arena, database, "no such column: ");
        if (name != NULL)
            fail_column(set, relation, ".where", name);
        else
            fail_where(set, relation, arena_print(set->arena, "is not an SQL condition: %s", sqlite3_errmsg(database)));
    } else if (sqlite3_bind_parameter_count(statement) > 0) {
        fail_where(set, relation, "has a parameter, for which there is no value");
    }
    sqlite3_finalize(statement);
    sqlite3_close(database);
}

static void check_where(struct model_set *set, const struct relation *relation)
{
    struct sql_lexer lexer = {.at = relation->where_sql};
    while (sql_lexer_next(&lexer) != SQL_TOKEN_END)
        ;
    if (lexer.error != NULL)
        fail_where(set, relation, lexer.error);
    else
        parse_where(set, relation);
}

/* ---- The order --------------------------------------------------------------------------------------------------- */

static void check_order(struct model_set *set, const struct relation *relation)
{
    if (relation->has_wrong_order) {
        relation_fail(set, relation, "`.order`: `%s` is not a list of columns", relation->order_sql);
        diagnostic_help(set->diagnostics,
                        "write columns of `%s`, each with ASC or DESC or neither: .order = \"%s DESC\"",
                        relation->target->table, relation->target->columns[0]->name);
        return;
    }
    for (size_t i = 0; i < relation->order_count; i++) {
        if (relation->orders[i].column == NULL)
            fail_column(set, relation, ".order", relation->orders[i].name);
        for (size_t j = 0; j < i && relation->orders[i].column != NULL; j++)
            if (relation->orders[j].column == relation->orders[i].column)
                relation_fail(set, relation, "`.order` names `%s` twice", relation->orders[i].name);
    }
}

void check_scope(struct model_set *set, const struct relation *relation)
{
    if (relation->where_sql != NULL)
        check_where(set, relation);
    if (relation->order_sql != NULL)
        check_order(set, relation);
}
