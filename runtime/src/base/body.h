/* The ends of SQL statements. A semicolon does not end one in parentheses, or in the body of a trigger or of a function
 * in standard SQL. */
#ifndef AR_BODY_H
#define AR_BODY_H

#include "base/scan.h"

/* The statement so far: what its semicolons mean. */
struct statement_body {
    enum { BODY_UNKNOWN, BODY_CREATE, BODY_NONE, BODY_TRIGGER, BODY_ROUTINE } kind;
    unsigned parentheses;
    unsigned blocks; /* of a routine: BEGIN and CASE without their END */
    /* Of a trigger: it ends with a semicolon, END and another semicolon. */
    enum { TRIGGER_INSIDE, TRIGGER_AFTER_SEMICOLON, TRIGGER_AFTER_END } trigger;
};

/* Read the next token of the statement, which is not a semicolon. */
void ar_body_read(struct statement_body *body, enum script_language language, enum token kind, const char *at,
                  const char *end);

/* Read a semicolon. Return true if it ends the statement. */
bool ar_body_ends(struct statement_body *body);

/* Return the end of the statement at `at`, before its semicolon, or of the text, if that is broken or has no other
 * statement. *next is the beginning of the next one, NULL if there is none. */
const char *ar_body_skip(enum script_language language, const char *at, const char **next);

#endif
