/* A scanner of SQL scripts: it distinguishes as many kinds of tokens as are needed to find the ends of statements. */
#ifndef AR_SCAN_H
#define AR_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* In PostgreSQL, strings may be in dollar quotes or have backslashes (E'…'), and comments nest. In SQLite, names may be
 * in square brackets. */
enum script_language { SCRIPT_SQLITE, SCRIPT_POSTGRESQL };

enum token {
    TOKEN_END,
    TOKEN_BROKEN, /* a string, name or comment without end */
    TOKEN_SPACE,
    TOKEN_LINE_COMMENT,
    TOKEN_COMMENT,
    TOKEN_WORD,
    TOKEN_NAME, /* in quotes */
    TOKEN_STRING,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_SEMICOLON,
    TOKEN_OTHER
};

/* Find the token at `at`, and return its end. With TOKEN_BROKEN, return NULL. */
const char *ar_scan_token(enum script_language language, const char *at, enum token *kind);

bool ar_scan_is_space(char character);

/* Return true if the token is this word, in any case. */
bool ar_scan_is_word(const char *at, size_t length, const char *word);

#endif
