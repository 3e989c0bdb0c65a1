/* The check of AR_DEFAULT: its string must be a single SQL expression that cannot terminate the statement it becomes
 * part of.
 *
 * A lexer for the tokens of both databases refuses comments, semicolons, and unbalanced quotes and parentheses. Then
 * SQLite parses the column's definition, which detects anything that is not an expression, and names in place of
 * values. It does not look up functions, so those of PostgreSQL pass. An expression with syntax that only PostgreSQL
 * has is checked by the lexer only. */
#include "check.h"
#include "output.h"
#include "sql.h"
#include "sql_database.h"
#include "sql_lexer.h"

#include <string.h>
#include <strings.h>

/* Return the error of the expression, or NULL. */
static const char *lex(const char *expression, bool *is_postgresql_only)
{
    struct sql_lexer lexer = {.at = expression};
    while (sql_lexer_next(&lexer) != SQL_TOKEN_END)
        ;
    *is_postgresql_only = sql_lexer_is_postgresql_only(&lexer);
    return lexer.error;
}

/* ---- SQLite's parser --------------------------------------------------------------------------------------------- */

/* Return SQLite's error for the expression as a default, or NULL. */
static const char *parse(struct arena *arena, sqlite3 *parser, const char *expression)
{
    sqlite3_stmt *statement = NULL;
    const char *sql = arena_print(arena, "CREATE TABLE t (c DEFAULT (%s\n))", expression);
    const char *error = NULL;
    if (sqlite3_prepare_v2(parser, sql, -1, &statement, NULL) != SQLITE_OK) {
        const char *message = sqlite3_errmsg(parser);
        bool is_name = strstr(message, "is not constant") != NULL;
        error =
            is_name ? "names a column or is not constant" : arena_print(arena, "is not an SQL expression: %s", message);
    }
    sqlite3_finalize(statement);
    return error;
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

/* Return the expression as an argument of AR_DEFAULT. */
static const char *as_argument(struct arena *arena, const char *expression)
{
    struct text literal = {0};
    text_add_literal(&literal, expression);
    const char *argument = arena_text(arena, literal.data);
    text_free(&literal);
    return argument;
}

static void check_default(struct model_set *set, sqlite3 *parser, const struct member *column)
{
    bool is_postgresql_only;
    const char *error = lex(column->default_sql, &is_postgresql_only);
    if (error == NULL && !is_postgresql_only)
        error = parse(set->arena, parser, column->default_sql);
    if (error == NULL || column->precision > 0 || column->type == AR_TYPE_INTERVAL) /* check_decimal is stricter */
        return;
    diagnostic_error(set->diagnostics, column->kind_at[ATTRIBUTE_DEFAULT], "AR_DEFAULT: `%s` %s", column->default_sql,
                     error);
    if (ar_type_is_text(column->type) && strpbrk(column->default_sql, "'\"") == NULL)
        diagnostic_help(set->diagnostics, "quote strings in SQL: AR_DEFAULT(%s)",
                        as_argument(set->arena, sql_string(set->arena, column->default_sql)));
    else
        diagnostic_help(set->diagnostics, "write one SQL expression without column names: AR_DEFAULT(\"0\"), "
                                          "AR_DEFAULT(\"'a string'\") or AR_DEFAULT(\"CURRENT_TIMESTAMP\")");
}

/* SQLite's uuidv7() returns bytes, as the function of the runtime knows no columns. */
static void check_uuid(struct model_set *set, const struct member *column)
{
    if (column->type != AR_TYPE_UUID_TEXT || strcasecmp(column->default_sql, "uuidv7()") != 0)
        return;
    diagnostic_error(set->diagnostics, column->kind_at[ATTRIBUTE_DEFAULT],
                     "AR_DEFAULT: `uuidv7()` is 16 bytes on SQLite, and `%s` is stored as text", column->field);
    diagnostic_help(set->diagnostics, "write AR_GENERATE_UUID(v7), or store it without AR_STORED_AS(text)");
}

void check_defaults(struct model_set *set)
{
    sqlite3 *parser = NULL;
    for (size_t i = 0; i < set->model_count; i++) {
        const struct model *model = set->models[i];
        for (size_t j = 0; j < model->column_count; j++) {
            if (model->columns[j]->default_sql == NULL)
                continue;
            if (parser == NULL)
                parser = sql_database_empty();
            check_default(set, parser, model->columns[j]);
            check_uuid(set, model->columns[j]);
        }
    }
    sqlite3_close(parser);
}
