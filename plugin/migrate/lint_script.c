/* Reads scripts for lint. */
#include "lint_script.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* ---- Scripts ----------------------------------------------------------------------------------------------------- */

static void read_tokens(struct arena *arena, const struct script *script, struct lint_statement *statement)
{
    const char *at = script->start, *end = at + script->length;
    while (at < end) {
        struct lint_token token = {.start = at};
        at = ar_scan_token(script->language, at, &token.kind);
        token.length = (size_t)(at - token.start);
        if (token.kind != TOKEN_SPACE && token.kind != TOKEN_COMMENT && token.kind != TOKEN_LINE_COMMENT)
            list_add(arena, statement->tokens, statement->count) = token;
    }
}

/* Return the location of the reader's item, or of its error. */
static struct location location_of(const struct script *script, const char *file)
{
    const char *at = script->error != NULL ? script->at : script->start, *line = at;
    while (line > script->text && line[-1] != '\n')
        line--;
    return (struct location){.file = file, .line = script->item_line, .column = (unsigned)(at - line) + 1};
}

static void read_directive(struct arena *arena, const struct script *script, const char *file,
                           struct lint_statement *statement)
{
    const char *colon = memchr(script->start, ':', script->length);
    switch (script->directive) {
    case SCRIPT_ALLOW:
        list_add(arena, statement->allows, statement->allow_count) = (struct lint_allow){
            .rule = arena_copy(arena, script->start, (size_t)(colon - script->start)), .at = location_of(script, file)};
        break;
    case SCRIPT_ASSERT:
        statement->is_assert = true;
        break;
    case SCRIPT_OUTSIDE_TRANSACTION:
        statement->is_outside = true;
        break;
    case SCRIPT_REBUILD:
        break;
    }
}

static bool has_reason(const struct script *script)
{
    const char *colon = memchr(script->start, ':', script->length);
    if (colon == NULL)
        return false;
    for (const char *at = colon + 1; at < script->start + script->length; at++)
        if (!ar_scan_is_space(*at))
            return true;
    return false;
}

bool lint_read(struct lint_script *out, struct diagnostics *diagnostics, const struct dialect *dialect,
               const char *file, const char *text)
{
    static const enum script_language languages[DIALECT_COUNT] = {
        [DIALECT_SQLITE] = SCRIPT_SQLITE,
        [DIALECT_POSTGRESQL] = SCRIPT_POSTGRESQL,
    };
    struct script script;
    struct lint_statement next = {0};
    out->dialect = dialect;
    ar_script_open(&script, text, languages[dialect->id]);
    for (enum script_item item; (item = ar_script_next(&script)) != SCRIPT_END;) {
        if (item == SCRIPT_ERROR ||
            (item == SCRIPT_DIRECTIVE && script.directive == SCRIPT_ALLOW && !has_reason(&script))) {
            diagnostic_error(diagnostics, location_of(&script, file), "%s",
                             item == SCRIPT_ERROR ? script.error : "`allow` has no reason: allow RULE: REASON");
            return false;
        }
        if (item == SCRIPT_DIRECTIVE) {
            read_directive(diagnostics->arena, &script, file, &next);
            continue;
        }
        next.at = location_of(&script, file);
        read_tokens(diagnostics->arena, &script, &next);
        list_add(diagnostics->arena, out->statements, out->count) = next;
        next = (struct lint_statement){0};
    }
    return true;
}

/* ---- Cursors ----------------------------------------------------------------------------------------------------- */

/* Return the number of tokens from this one on that are the words, or 0. */
static size_t match(const struct lint_statement *statement, size_t at, const char *words)
{
    size_t count = 0;
    while (*words != '\0') {
        size_t length = strcspn(words, " ");
        const struct lint_token *token = &statement->tokens[at + count];
        if (at + count >= statement->count || token->kind != TOKEN_WORD || token->length != length ||
            strncasecmp(token->start, words, length) != 0)
            return 0;
        count++;
        words += length + strspn(words + length, " ");
    }
    return count;
}

bool lint_take(struct lint_cursor *cursor, const char *words)
{
    size_t count = match(cursor->statement, cursor->at, words);
    cursor->at += count;
    return count > 0;
}

bool lint_is_at_end(const struct lint_cursor *cursor)
{
    return cursor->at >= cursor->statement->count;
}

bool lint_take_symbol(struct lint_cursor *cursor, char symbol)
{
    const struct lint_token *token = &cursor->statement->tokens[cursor->at];
    if (lint_is_at_end(cursor) || token->length != 1 || token->start[0] != symbol)
        return false;
    cursor->at++;
    return true;
}

/* Return the token as a name, or NULL. */
static const char *name_of(struct arena *arena, const struct lint_token *token)
{
    if (token->kind == TOKEN_NAME)
        return arena_copy(arena, token->start + 1, token->length - 2);
    if (token->kind != TOKEN_WORD)
        return NULL;
    char *name = arena_copy(arena, token->start, token->length);
    for (char *at = name; *at != '\0'; at++)
        *at = (char)tolower((unsigned char)*at);
    return name;
}

const char *lint_take_name(struct lint_cursor *cursor)
{
    if (lint_is_at_end(cursor))
        return NULL;
    const char *name = name_of(cursor->arena, &cursor->statement->tokens[cursor->at]);
    if (name == NULL)
        return NULL;
    cursor->at++;
    if (!lint_take_symbol(cursor, '.'))
        return name;
    const char *rest = lint_take_name(cursor);
    return rest != NULL ? arena_print(cursor->arena, "%s.%s", name, rest) : name;
}

void lint_skip_part(struct lint_cursor *cursor)
{
    unsigned depth = 0;
    for (; !lint_is_at_end(cursor); cursor->at++) {
        const struct lint_token *token = &cursor->statement->tokens[cursor->at];
        if (token->kind == TOKEN_OPEN)
            depth++;
        else if (depth == 0 && (token->kind == TOKEN_CLOSE || (token->length == 1 && token->start[0] == ',')))
            return;
        else if (token->kind == TOKEN_CLOSE)
            depth--;
    }
}

bool lint_has_words(const struct lint_statement *statement, size_t from, size_t to, const char *words)
{
    for (size_t i = from; i < to && i < statement->count; i++)
        if (match(statement, i, words) > 0)
            return true;
    return false;
}

bool lint_has_name(struct arena *arena, const struct lint_statement *statement, size_t from, size_t to,
                   const char *name)
{
    for (size_t i = from; i < to && i < statement->count; i++) {
        const char *each = name_of(arena, &statement->tokens[i]);
        if (each != NULL && strcmp(each, name) == 0)
            return true;
    }
    return false;
}
