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

#include <sqlite3.h>
#include <string.h>
#include <strings.h>

struct lexer {
    const char *at;
    unsigned depth;             /* open parentheses */
    bool has_value;             /* there is a string, a number or a parenthesis */
    bool has_postgresql_syntax; /* that SQLite does not have */
    bool has_postgresql_word;   /* the same, but only next to a value: "at home" is not an expression */
    const char *error;
};

/* Words that are values in PostgreSQL and names in SQLite. */
static const char *const value_words[] = {
    "current_catalog", "current_role",   "current_schema", "current_user",
    "localtime",       "localtimestamp", "session_user",   "system_user",
};

/* Words that begin or join expressions only in PostgreSQL. */
static const char *const syntax_words[] = {
    "any",       "array", "at",        "b",           "both",     "date",     "e",       "for",
    "from",      "ilike", "interval",  "leading",     "placing",  "row",      "similar", "some",
    "symmetric", "time",  "timestamp", "timestamptz", "trailing", "variadic",
};

static bool is_any_of(const char *const *words, size_t count, const char *start, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i]) == length && strncasecmp(words[i], start, length) == 0)
            return true;
    return false;
}

static bool is_word(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '_' || (unsigned char)character >= 0x80;
}

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

static void fail(struct lexer *lexer, const char *error)
{
    lexer->error = error;
}

/* A doubled quote is part of the string; so is one after a backslash in an escape string of PostgreSQL. */
static void take_quoted(struct lexer *lexer, char quote, bool has_escapes)
{
    lexer->has_value = true;
    for (lexer->at++; *lexer->at != '\0'; lexer->at++) {
        if (has_escapes && *lexer->at == '\\' && lexer->at[1] != '\0')
            lexer->at++;
        else if (*lexer->at == quote && *++lexer->at != quote)
            return;
    }
    fail(lexer, quote == '\'' ? "has a string without its closing '" : "has a quoted name without its closing quote");
}

static void take_word(struct lexer *lexer)
{
    const char *start = lexer->at;
    while (is_word(*lexer->at))
        lexer->at++;
    size_t length = (size_t)(lexer->at - start);
    if (length == strlen("select") && strncasecmp(start, "select", length) == 0)
        fail(lexer, "has a query, which a default must not contain");
    if (is_any_of(value_words, sizeof value_words / sizeof *value_words, start, length))
        lexer->has_postgresql_syntax = true;
    if (is_any_of(syntax_words, sizeof syntax_words / sizeof *syntax_words, start, length))
        lexer->has_postgresql_word = true;
    if (*lexer->at == '\'' && length == 1 && (*start == 'e' || *start == 'E'))
        take_quoted(lexer, '\'', true);
}

/* Decimal, as every version of both databases reads it. */
static void take_number(struct lexer *lexer)
{
    lexer->has_value = true;
    lexer->at += strspn(lexer->at, "0123456789");
    if (*lexer->at == '.')
        lexer->at += 1 + strspn(lexer->at + 1, "0123456789");
    if (*lexer->at == 'e' || *lexer->at == 'E') {
        lexer->at++;
        lexer->at += *lexer->at == '+' || *lexer->at == '-';
        lexer->at += strspn(lexer->at, "0123456789");
    }
    if (is_word(*lexer->at))
        fail(lexer, "has a number that is not decimal");
}

/* $tag$string$tag$ of PostgreSQL. The parser refuses any other $. */
static void take_dollar(struct lexer *lexer)
{
    const char *start = lexer->at++;
    while (is_word(*lexer->at))
        lexer->at++;
    if (*lexer->at != '$')
        return;
    size_t length = (size_t)(++lexer->at - start);
    lexer->has_postgresql_syntax = true;
    while (*lexer->at != '\0' && strncmp(lexer->at, start, length) != 0)
        lexer->at++;
    if (*lexer->at == '\0')
        fail(lexer, "has a dollar-quoted string without its end");
    else
        lexer->at += length;
}

static void take_symbol(struct lexer *lexer)
{
    const char *at = lexer->at++;
    bool is_pair = strncmp(at, "::", 2) == 0 || strncmp(at, "=>", 2) == 0;
    lexer->has_postgresql_syntax = lexer->has_postgresql_syntax || is_pair;
    lexer->has_value = lexer->has_value || *at == '(';
    lexer->at += is_pair;
    if (strncmp(at, "--", 2) == 0 || strncmp(at, "/*", 2) == 0)
        fail(lexer, "has a comment, which would truncate the statement");
    else if (*at == ';')
        fail(lexer, "has a `;`, which would end the statement");
    else if (*at == '(')
        lexer->depth++;
    else if (*at == ')' && lexer->depth-- == 0)
        fail(lexer, "closes a parenthesis that it does not open");
}

static void take_token(struct lexer *lexer)
{
    char character = *lexer->at;
    if (character == '\'' || character == '"' || character == '`')
        take_quoted(lexer, character, false);
    else if (character == '$')
        take_dollar(lexer);
    else if (is_digit(character) || (character == '.' && is_digit(lexer->at[1])))
        take_number(lexer);
    else if (is_word(character))
        take_word(lexer);
    else
        take_symbol(lexer);
}

/* Return the error of the expression, or NULL. */
static const char *lex(const char *expression, bool *is_postgresql_only)
{
    struct lexer lexer = {.at = expression};
    while (*lexer.at != '\0' && lexer.error == NULL)
        take_token(&lexer);
    if (lexer.error == NULL && lexer.depth > 0)
        fail(&lexer, "opens a parenthesis that it does not close");
    *is_postgresql_only = lexer.has_postgresql_syntax || (lexer.has_postgresql_word && lexer.has_value);
    return lexer.error;
}

/* ---- SQLite's parser --------------------------------------------------------------------------------------------- */

/* Make double-quoted strings names, as in PostgreSQL. Return NULL if out of memory. */
static sqlite3 *open_parser(void)
{
    sqlite3 *parser = NULL;
    if (sqlite3_open_v2(":memory:", &parser, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, NULL) == SQLITE_OK)
        sqlite3_db_config(parser, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    return parser;
}

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
    if (error == NULL)
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

void check_defaults(struct model_set *set)
{
    sqlite3 *parser = NULL;
    for (size_t i = 0; i < set->model_count; i++) {
        const struct model *model = set->models[i];
        for (size_t j = 0; j < model->column_count; j++) {
            if (model->columns[j]->default_sql == NULL)
                continue;
            if (parser == NULL)
                parser = open_parser();
            check_default(set, parser, model->columns[j]);
        }
    }
    sqlite3_close(parser);
}
