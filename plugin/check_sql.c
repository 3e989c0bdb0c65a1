/* The check of AR_SQL. Each statement is prepared by SQLite on a database with the tables of all models, which finds
 * wrong syntax and unknown names; then its parameters and columns are compared with the declarations. */
#include "check_sql.h"
#include "check.h"
#include "sql.h"
#include "sql_database.h"
#include "sql_lexer.h"
#include "sql_parse.h"
#include "statement.h"

#include <string.h>

void sql_fail(const struct sql_check *check, size_t offset, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *message = arena_vprint(check->set->arena, format, arguments);
    va_end(arguments);
    diagnostic_error(check->set->diagnostics, statement_location(check->set, check->statement, check->dialect, offset),
                     "AR_SQL(%s): %s", check->statement->name, message);
}

void sql_help_similar(const struct sql_check *check, const struct suggestion *suggestion, const char *other)
{
    if (suggestion->name != NULL)
        diagnostic_help(check->set->diagnostics, "did you mean `%s`?", suggestion->name);
    else if (other != NULL)
        diagnostic_help(check->set->diagnostics, "%s", other);
}

size_t sql_find(const struct sql_check *check, const char *name)
{
    const char *dot = strrchr(name, '.');
    const char *last = dot != NULL ? dot + 1 : name;
    struct sql_lexer lexer = {.at = check->sql, .is_statement = true};
    for (enum sql_token token; (token = sql_lexer_next(&lexer)) != SQL_TOKEN_END;) {
        bool is_quoted = token == SQL_TOKEN_NAME;
        const char *start = lexer.start + is_quoted;
        size_t length = lexer.length - (is_quoted ? 2 : 0);
        if (length == strlen(last) && strncmp(start, last, length) == 0)
            return (size_t)(lexer.start - check->sql);
    }
    return 0;
}

size_t sql_character(const char *sql, size_t number)
{
    size_t offset = 0, last = 0;
    for (size_t i = 0; sql[offset] != '\0' && i < number; offset++)
        if (((unsigned char)sql[offset] & 0xc0) != 0x80) {
            i++;
            last = offset;
        }
    return last;
}

/* Report what would end or truncate the statement. */
static bool check_tokens(const struct sql_check *check)
{
    struct sql_lexer lexer = {.at = check->sql, .is_statement = true};
    while (sql_lexer_next(&lexer) != SQL_TOKEN_END)
        ;
    if (lexer.error == NULL)
        return true;
    size_t offset = (size_t)(lexer.start - check->sql), length = strlen(check->sql);
    sql_fail(check, offset < length ? offset : length - 1, "the SQL %s", lexer.error);
    return false;
}

/* Refuse a string as an alias if PostgreSQL runs the text, too. Return false after an error. */
static bool check_alias(const struct sql_check *check)
{
    const struct sql_string_alias *alias = &check->tree->string_alias;
    if (alias->name == NULL || !check->statement->is_shared)
        return true;
    sql_fail(check, alias->start, "only SQLite takes a string for the name of a column");
    diagnostic_help(check->set->diagnostics, "write AS %s", sql_name(check->set->arena, alias->name));
    return false;
}

void sql_check_start(struct sql_check *check)
{
    const struct sql_statement *statement = check->statement;
    check->sql = statement->text[check->dialect].text;
    for (size_t i = 0; i < statement->parameter_count; i++)
        name_map_add(check->set->arena, &check->parameters, statement->parameters[i].member.field,
                     &statement->parameters[i].member);
    check->tree = sql_parse(check->set->arena, check->sql);
    check->inference = sql_infer(check->set, &check->parameters, check->sql, check->tree);
}

/* Return false after an error. */
static bool prepare(const struct sql_check *check, sqlite3_stmt **out)
{
    const char *tail = NULL;
    if (sqlite3_prepare_v2(check->database, check->sql, -1, out, &tail) != SQLITE_OK) {
        sql_fail_message(check);
        return false;
    }
    return true;
}

/* Return the names of the columns that SQLite reports. */
static struct sql_row prepared_row(const struct sql_check *check, sqlite3_stmt *prepared)
{
    struct arena *arena = check->set->arena;
    struct sql_row row = {.count = (size_t)sqlite3_column_count(prepared)};
    row.columns = arena_take(arena, (row.count + 1) * sizeof *row.columns);
    for (size_t i = 0; i < row.count; i++) {
        const char *name = sqlite3_column_name(prepared, (int)i);
        row.columns[i] = (struct sql_column){.name = arena_text(arena, name != NULL ? name : ""),
                                             .value = {.null = SQL_NULL_UNKNOWN}};
    }
    return row;
}

/* Check the text for one database, or for both. */
static void check_text(struct sql_check *check)
{
    sqlite3_stmt *prepared = NULL;
    sql_check_start(check);
    if (!check_tokens(check))
        return;
    if (!check_sql_parameters(check) || (check->dialect == DIALECT_SQLITE && !prepare(check, &prepared)))
        return;
    bool is_for_postgresql = check->dialect == DIALECT_POSTGRESQL || check->statement->is_shared;
    if (check_alias(check) && (!is_for_postgresql || check_sql_grammar(check))) {
        check_sql_uses(check);
        struct sql_row reported = prepared_row(check, prepared);
        if (check->statement->returns_rows)
            (void)check_sql_columns(check, prepared != NULL ? &reported : NULL);
    }
    sqlite3_finalize(prepared);
}

static void check_statement(struct model_set *set, sqlite3 *database, const struct sql_statement *statement)
{
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        if (i != DIALECT_SQLITE && statement->is_shared)
            continue;
        struct sql_check check = {
            .set = set, .database = database, .statement = statement, .dialect = (enum dialect_id)i};
        check_text(&check);
    }
}

static void check_model(struct model_set *set, sqlite3 **database, const struct model *model)
{
    for (size_t i = 0; i < model->statement_count; i++) {
        if (*database == NULL)
            *database = sql_database_open(set);
        check_statement(set, *database, &model->statements[i]);
    }
}

void check_sql(struct model_set *set)
{
    sqlite3 *database = NULL;
    for (size_t i = 0; i < set->model_count; i++)
        check_model(set, &database, set->models[i]);
    for (size_t i = 0; i < set->row_count; i++)
        check_model(set, &database, set->rows[i]);
    sqlite3_close(database);
}
