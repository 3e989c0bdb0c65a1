/* The ends of SQL statements. */
#include "base/body.h"

#include <string.h>

/* The first words decide if the statement has a body. */
static void read_first_word(struct statement_body *body, enum script_language language, const char *at, size_t length)
{
    static const char *const between[] = {"or", "replace", "temp", "temporary"};

    if (body->kind == BODY_UNKNOWN) {
        body->kind = ar_scan_is_word(at, length, "create") ? BODY_CREATE : BODY_NONE;
        return;
    }
    for (size_t i = 0; i < sizeof between / sizeof *between; i++)
        if (ar_scan_is_word(at, length, between[i]))
            return;
    body->kind = BODY_NONE;
    if (language == SCRIPT_SQLITE && ar_scan_is_word(at, length, "trigger"))
        body->kind = BODY_TRIGGER;
    else if (language == SCRIPT_POSTGRESQL &&
             (ar_scan_is_word(at, length, "function") || ar_scan_is_word(at, length, "procedure")))
        body->kind = BODY_ROUTINE;
}

/* Blocks of a routine begin with BEGIN and, in one, with CASE. */
static bool begins_block(const struct statement_body *body, const char *at, size_t length)
{
    return ar_scan_is_word(at, length, "begin") || (body->blocks > 0 && ar_scan_is_word(at, length, "case"));
}

static void read_word(struct statement_body *body, enum script_language language, const char *at, size_t length)
{
    bool is_end = ar_scan_is_word(at, length, "end");

    if (body->kind == BODY_UNKNOWN || body->kind == BODY_CREATE)
        read_first_word(body, language, at, length);
    else if (body->kind == BODY_TRIGGER)
        body->trigger = is_end && body->trigger == TRIGGER_AFTER_SEMICOLON ? TRIGGER_AFTER_END : TRIGGER_INSIDE;
    else if (body->kind == BODY_ROUTINE && begins_block(body, at, length))
        body->blocks++;
    else if (body->kind == BODY_ROUTINE && body->blocks > 0 && is_end)
        body->blocks--;
}

bool ar_body_ends(struct statement_body *body)
{
    if (body->kind != BODY_TRIGGER)
        return body->parentheses == 0 && body->blocks == 0;
    if (body->trigger == TRIGGER_AFTER_END)
        return true;
    body->trigger = TRIGGER_AFTER_SEMICOLON;
    return false;
}

void ar_body_read(struct statement_body *body, enum script_language language, enum token kind, const char *at,
                  const char *end)
{
    if (kind == TOKEN_SPACE || kind == TOKEN_COMMENT || kind == TOKEN_LINE_COMMENT)
        return;
    if (kind == TOKEN_WORD) {
        read_word(body, language, at, (size_t)(end - at));
        return;
    }
    body->trigger = TRIGGER_INSIDE;
    if (kind == TOKEN_OPEN)
        body->parentheses++;
    else if (kind == TOKEN_CLOSE && body->parentheses > 0)
        body->parentheses--;
}

/* Return true if the text has only spaces, comments and semicolons. */
static bool is_empty(enum script_language language, const char *at)
{
    enum token kind = TOKEN_SPACE;

    while (kind == TOKEN_SPACE || kind == TOKEN_COMMENT || kind == TOKEN_LINE_COMMENT || kind == TOKEN_SEMICOLON)
        at = ar_scan_token(language, at, &kind);
    return kind == TOKEN_END;
}

const char *ar_body_skip(enum script_language language, const char *at, const char **next)
{
    struct statement_body body = {.kind = BODY_UNKNOWN};
    const char *end;
    enum token kind;

    *next = NULL;
    for (;; at = end) {
        end = ar_scan_token(language, at, &kind);
        if (kind == TOKEN_BROKEN)
            return at + strlen(at);
        if (kind == TOKEN_END)
            return at;
        if (kind == TOKEN_SEMICOLON && ar_body_ends(&body)) {
            *next = is_empty(language, end) ? NULL : end;
            return at;
        }
        if (kind != TOKEN_SEMICOLON)
            ar_body_read(&body, language, kind, at, end);
    }
}
