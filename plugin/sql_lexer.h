/* A lexer for SQL expressions in attributes, with the tokens of all databases. It refuses what could end or truncate
 * the statement that an expression becomes part of: comments, semicolons, and unbalanced quotes and parentheses. */
#ifndef ARMATURE_PLUGIN_SQL_LEXER_H
#define ARMATURE_PLUGIN_SQL_LEXER_H

#include <stdbool.h>
#include <stddef.h>

enum sql_token {
    SQL_TOKEN_END, /* of the expression, or an error */
    SQL_TOKEN_WORD,
    SQL_TOKEN_NAME, /* in double quotes or backquotes */
    SQL_TOKEN_STRING,
    SQL_TOKEN_NUMBER,
    SQL_TOKEN_SYMBOL
};

/* Initialize it with `at`, and `is_statement` for a whole statement, which may contain queries. */
struct sql_lexer {
    const char *at; /* the rest of the expression */
    bool is_statement;
    const char *start;          /* of the latest token */
    size_t length;              /* of the latest token */
    unsigned depth;             /* open parentheses */
    bool has_value;             /* there is a string, a number or a parenthesis */
    bool has_postgresql_syntax; /* that SQLite does not have */
    bool has_postgresql_word;   /* the same, but only next to a value: "at home" is not an expression */
    const char *error;          /* the first one, after "`expression` "; or NULL */
};

/* Read the next token. */
enum sql_token sql_lexer_next(struct sql_lexer *lexer);

/* Return true if the expression, of which all tokens were read, can be parsed by PostgreSQL only. */
bool sql_lexer_is_postgresql_only(const struct sql_lexer *lexer);

/* Return true if the latest token is this word, in any case. */
bool sql_lexer_is_word(const struct sql_lexer *lexer, const char *word);

#endif
