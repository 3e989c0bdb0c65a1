/* The scripts that lint reads: their statements as tokens, with the directives before them. */
#ifndef ARMATURE_PLUGIN_MIGRATE_LINT_SCRIPT_H
#define ARMATURE_PLUGIN_MIGRATE_LINT_SCRIPT_H

#include "diagnostic.h"
#include "dialect.h"
#include "migrate/script.h"

struct lint_token {
    enum token kind;
    const char *start;
    size_t length;
};

/* `-- armature: allow RULE: REASON`. */
struct lint_allow {
    const char *rule;
    struct location at;
    bool is_used;
};

struct lint_statement {
    struct lint_token *tokens; /* without spaces and comments */
    size_t count;
    struct location at;
    bool is_assert;
    bool is_outside; /* of the transaction */
    struct lint_allow *allows;
    size_t allow_count;
};

struct lint_script {
    const struct dialect *dialect;
    struct lint_statement *statements;
    size_t count;
};

/* Read the script. Return false after adding an error. */
bool lint_read(struct lint_script *out, struct diagnostics *diagnostics, const struct dialect *dialect,
               const char *file, const char *text);

/* A place in a statement. */
struct lint_cursor {
    struct arena *arena;
    const struct lint_statement *statement;
    size_t at;
};

/* Take the words, which are separated by spaces, if they follow. */
bool lint_take(struct lint_cursor *cursor, const char *words);

/* Take a name, which may have a schema. Return it without quotes, and in lower case if it has none; or NULL if none
 * follows. */
const char *lint_take_name(struct lint_cursor *cursor);

/* Take a symbol, such as a parenthesis or a comma, if it follows. */
bool lint_take_symbol(struct lint_cursor *cursor, char symbol);

bool lint_is_at_end(const struct lint_cursor *cursor);

/* Move to the next comma, or to the closing parenthesis or end that this part is in; what is in parentheses is skipped.
 */
void lint_skip_part(struct lint_cursor *cursor);

/* Return true if the words follow each other in these tokens. */
bool lint_has_words(const struct lint_statement *statement, size_t from, size_t to, const char *words);

/* Return true if a token of these is the name. */
bool lint_has_name(struct arena *arena, const struct lint_statement *statement, size_t from, size_t to,
                   const char *name);

#endif
