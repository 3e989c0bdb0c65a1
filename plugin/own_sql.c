/* Checks SQL in attributes. */
#include "own_sql.h"
#include "check.h"
#include "sql_database.h"
#include "sql_lexer.h"

#include <string.h>

static void fail_sql(struct model_set *set, const struct own_sql *own, const char *error)
{
    diagnostic_error(set->diagnostics, own->at, "%s: `%s` %s", own->subject, own->sql, error);
    diagnostic_help(set->diagnostics, "write one SQL %s on columns of `%s`, without queries",
                    strchr(own->article_and_kind, ' ') + 1, own->model->table);
}

static void parse_sql(struct model_set *set, const struct own_sql *own)
{
    if (own->model->key_count == 0 || own->model->is_broken)
        return;
    sqlite3 *database = sql_database_of_columns(set->arena, own->model);
    sqlite3_stmt *statement = NULL;
    if (sql_database_prepare(set->arena, database, own->statement, &statement) != SQLITE_OK) {
        const char *name = sql_database_named(set->arena, database, "no such column: ");
        if (name != NULL) {
            diagnostic_error(set->diagnostics, own->at, "%s names `%s`, which is not a column of the table `%s`",
                             own->subject, name, own->model->table);
            check_help_column(set, own->model, name);
        } else {
            fail_sql(set, own,
                     arena_print(set->arena, "is not %s: %s", own->article_and_kind, sqlite3_errmsg(database)));
        }
    }
    sqlite3_finalize(statement);
    sqlite3_close(database);
}

void own_sql_check(struct model_set *set, const struct own_sql *own)
{
    struct sql_lexer lexer = {.at = own->sql};
    while (sql_lexer_next(&lexer) != SQL_TOKEN_END)
        ;
    if (lexer.error != NULL)
        fail_sql(set, own, lexer.error);
    else if (!sql_lexer_is_postgresql_only(&lexer))
        parse_sql(set, own);
}
