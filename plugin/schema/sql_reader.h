/* A reader of SQL that a database or a dump contains: CREATE statements and whole scripts, of which it makes no tree.
 *
 * It knows the tokens of both databases, and skips comments. It never reads beyond the terminating zero: a string, name
 * or comment without its end ends with the text. Parentheses are counted, so that deep ones need no stack. */
#ifndef ARMATURE_PLUGIN_SQL_READER_H
#define ARMATURE_PLUGIN_SQL_READER_H

#include "dialect.h"
#include "memory.h"
#include "sql_lexer.h"

struct sql_reader {
    struct arena *arena;
    enum dialect_id dialect;
    const char *at; /* the text after the current token */

    /* The current token. */
    enum sql_token kind;
    const char *start;
    size_t length;

    const char *previous_end; /* of the token before */
    bool is_cut;              /* the text ended within a token */
};

/* Start with the first token of the text. */
void sql_reader_start(struct sql_reader *reader, struct arena *arena, enum dialect_id dialect, const char *text);

/* Go to the next token. */
void sql_reader_next(struct sql_reader *reader);

/* Return true if the current token is this symbol or word, in any case. Quoted names are not words. */
bool sql_reader_is(const struct sql_reader *reader, const char *token);

/* Skip the token if it is the current one. Return true if it was. */
bool sql_reader_take(struct sql_reader *reader, const char *token);

/* Skip all words, separated by spaces in `words`, or none of them. Return true if they were there. */
bool sql_reader_take_words(struct sql_reader *reader, const char *words);

/* Skip a name, quoted or not. Return it without quotes, folded as the database does; NULL if there is none. */
const char *sql_reader_name(struct sql_reader *reader);

/* Skip names in parentheses; all of them are added. Return false, at any place, if it is not such a list. */
bool sql_reader_names(struct sql_reader *reader, const char ***names, size_t *count);

/* Skip what is in parentheses. Return it on one line, without them and without comments; NULL if there are none. */
const char *sql_reader_parenthesized(struct sql_reader *reader);

/* Skip tokens until one that is outside of parentheses and satisfies `is_end`, or is a comma, a semicolon, or closes
 * parentheses that it did not open. Return them on one line, without comments. */
const char *sql_reader_until(struct sql_reader *reader, bool (*is_end)(const struct sql_reader *reader));

/* Return the value of the string, without quotes and escapes, if it is the current token of a kind SQL_TOKEN_STRING. */
const char *sql_reader_string(const struct sql_reader *reader);

/* Return SQL on one line, without comments. */
const char *sql_on_one_line(struct arena *arena, enum dialect_id dialect, const char *sql);

/* Return the expression without parentheses around all of it. */
const char *sql_without_parentheses(struct arena *arena, enum dialect_id dialect, const char *sql);

#endif
