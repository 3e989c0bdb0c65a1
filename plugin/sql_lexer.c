/* The tokens of SQL expressions. */
#include "sql_lexer.h"

#include <string.h>
#include <strings.h>

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

static enum sql_token fail(struct sql_lexer *lexer, const char *error)
{
    lexer->error = error;
    return SQL_TOKEN_END;
}

/* A doubled quote is part of the string; so is one after a backslash in an escape string of PostgreSQL. */
static enum sql_token take_quoted(struct sql_lexer *lexer, char quote, bool has_escapes)
{
    lexer->has_value = true;
    for (lexer->at++; *lexer->at != '\0'; lexer->at++) {
        if (has_escapes && *lexer->at == '\\' && lexer->at[1] != '\0')
            lexer->at++;
        else if (*lexer->at == quote && *++lexer->at != quote)
            return quote == '\'' ? SQL_TOKEN_STRING : SQL_TOKEN_NAME;
    }
    return fail(lexer,
                quote == '\'' ? "has a string without its closing '" : "has a quoted name without its closing quote");
}

static enum sql_token take_word(struct sql_lexer *lexer)
{
    const char *start = lexer->at;
    while (is_word(*lexer->at))
        lexer->at++;
    size_t length = (size_t)(lexer->at - start);
    if (!lexer->is_statement && length == strlen("select") && strncasecmp(start, "select", length) == 0)
        return fail(lexer, "has a query, which is not allowed here");
    if (is_any_of(value_words, sizeof value_words / sizeof *value_words, start, length))
        lexer->has_postgresql_syntax = true;
    if (is_any_of(syntax_words, sizeof syntax_words / sizeof *syntax_words, start, length))
        lexer->has_postgresql_word = true;
    if (*lexer->at == '\'' && length == 1 && (*start == 'e' || *start == 'E'))
        return take_quoted(lexer, '\'', true);
    return SQL_TOKEN_WORD;
}

/* Decimal, as every version of both databases reads it. */
static enum sql_token take_number(struct sql_lexer *lexer)
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
        return fail(lexer, "has a number that is not decimal");
    return SQL_TOKEN_NUMBER;
}

/* $tag$string$tag$ of PostgreSQL. The parser refuses any other $. */
static enum sql_token take_dollar(struct sql_lexer *lexer)
{
    const char *start = lexer->at++;
    while (is_word(*lexer->at))
        lexer->at++;
    if (*lexer->at != '$')
        return SQL_TOKEN_SYMBOL;
    size_t length = (size_t)(++lexer->at - start);
    lexer->has_postgresql_syntax = true;
    while (*lexer->at != '\0' && strncmp(lexer->at, start, length) != 0)
        lexer->at++;
    if (*lexer->at == '\0')
        return fail(lexer, "has a dollar-quoted string without its end");
    lexer->at += length;
    return SQL_TOKEN_STRING;
}

static enum sql_token take_symbol(struct sql_lexer *lexer)
{
    const char *at = lexer->at++;
    bool is_pair = strncmp(at, "::", 2) == 0 || strncmp(at, "=>", 2) == 0;
    lexer->has_postgresql_syntax = lexer->has_postgresql_syntax || is_pair;
    lexer->has_value = lexer->has_value || *at == '(';
    lexer->at += is_pair;
    if (strncmp(at, "--", 2) == 0 || strncmp(at, "/*", 2) == 0)
        return fail(lexer, "has a comment, which would truncate the statement");
    if (*at == ';')
        return fail(lexer, "has a `;`, which would end the statement");
    if (*at == '(')
        lexer->depth++;
    else if (*at == ')' && lexer->depth-- == 0)
        return fail(lexer, "closes a parenthesis that it does not open");
    return SQL_TOKEN_SYMBOL;
}

static enum sql_token take_token(struct sql_lexer *lexer)
{
    char character = *lexer->at;
    if (character == '\'' || character == '"' || character == '`')
        return take_quoted(lexer, character, false);
    if (character == '$')
        return take_dollar(lexer);
    if (is_digit(character) || (character == '.' && is_digit(lexer->at[1])))
        return take_number(lexer);
    return is_word(character) ? take_word(lexer) : take_symbol(lexer);
}

enum sql_token sql_lexer_next(struct sql_lexer *lexer)
{
    lexer->at += strspn(lexer->at, " \t\r\n\v\f");
    lexer->start = lexer->at;
    if (*lexer->at == '\0' && lexer->depth > 0)
        return fail(lexer, "opens a parenthesis that it does not close");
    enum sql_token token = *lexer->at != '\0' ? take_token(lexer) : SQL_TOKEN_END;
    lexer->length = (size_t)(lexer->at - lexer->start);
    return token;
}

bool sql_lexer_is_postgresql_only(const struct sql_lexer *lexer)
{
    return lexer->has_postgresql_syntax || (lexer->has_postgresql_word && lexer->has_value);
}

bool sql_lexer_is_word(const struct sql_lexer *lexer, const char *word)
{
    return is_any_of(&word, 1, lexer->start, lexer->length);
}
