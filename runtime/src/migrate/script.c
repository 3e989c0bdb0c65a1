/* Reading of scripts. */
#include "migrate/script.h"

#include "base/body.h"

#include <string.h>

/* ---- Items ------------------------------------------------------------------------------------------------------- */

void ar_script_open(struct script *script, const char *text, enum script_language language)
{
    static const char mark[] = "\xef\xbb\xbf"; /* some editors begin a file with it */

    if (strncmp(text, mark, strlen(mark)) == 0)
        text += strlen(mark);
    *script = (struct script){.language = language, .text = text, .at = text, .line = 1};
}

static const char misplaced[] = "a directive must be on a separate line before its statement";

static void move_to(struct script *script, const char *end)
{
    for (; script->at < end; script->at++)
        script->line += *script->at == '\n';
}

static enum script_item fail(struct script *script, const char *error)
{
    script->item_line = script->line;
    script->error = error;
    return SCRIPT_ERROR;
}

static enum script_item fail_broken(struct script *script)
{
    return fail(script,
                strncmp(script->at, "/*", 2) == 0 ? "the comment has no end" : "the string or quoted name has no end");
}

/* Return what follows `-- armature:`, or NULL if the comment is not a directive. */
static const char *directive_text(const char *comment)
{
    static const char prefix[] = "armature:";

    comment += strlen("--");
    comment += strspn(comment, " \t");
    if (strncmp(comment, prefix, strlen(prefix)) != 0)
        return NULL;
    comment += strlen(prefix);
    return comment + strspn(comment, " \t");
}

/* Read the directive of a comment, whose text is `text`. Its argument is what follows its name. */
static enum script_item read_directive(struct script *script, const char *text, const char *end)
{
    static const struct {
        const char *name, *missing; /* the error if it has no argument; NULL: it takes none */
    } directives[] = {
        [SCRIPT_ALLOW] = {"allow", "the directive `allow` needs a rule and a reason: allow RULE: REASON"},
        [SCRIPT_ASSERT] = {"assert", "the directive `assert` needs a message"},
        [SCRIPT_OUTSIDE_TRANSACTION] = {"outside-transaction", NULL},
        [SCRIPT_REBUILD] = {"rebuild", NULL},
    };
    size_t count = sizeof directives / sizeof *directives, length = strcspn(text, " \t\r\n"), kind = 0;

    while (kind < count && !ar_scan_is_word(text, length, directives[kind].name))
        kind++;
    if (kind == count)
        return fail(script, "the directive is unknown: it is none of allow, assert, outside-transaction and rebuild");
    script->directive = (enum script_directive)kind;
    script->start = text + length + strspn(text + length, " \t");
    while (end > script->start && ar_scan_is_space(end[-1]))
        end--;
    script->length = end > script->start ? (size_t)(end - script->start) : 0;
    if (directives[kind].missing == NULL && script->length > 0)
        return fail(script, "the directive takes no argument");
    if (directives[kind].missing != NULL && script->length == 0)
        return fail(script, directives[kind].missing);
    if (kind == SCRIPT_REBUILD && script->has_statements)
        return fail(script, "the directive `rebuild` must be before the first statement");
    return SCRIPT_DIRECTIVE;
}

static bool begins_line(const struct script *script)
{
    const char *at = script->at;

    while (at > script->text && (at[-1] == ' ' || at[-1] == '\t'))
        at--;
    return at == script->text || at[-1] == '\n';
}

/* Read up to the end of the statement that begins here. */
static enum script_item read_statement(struct script *script)
{
    struct statement_body body = {.kind = BODY_UNKNOWN};
    const char *end;
    enum token kind;

    script->start = script->at;
    script->item_line = script->line;
    script->has_statements = true;
    for (;; move_to(script, end)) {
        end = ar_scan_token(script->language, script->at, &kind);
        if (kind == TOKEN_BROKEN)
            return fail_broken(script);
        if (kind == TOKEN_LINE_COMMENT && directive_text(script->at) != NULL)
            return fail(script, misplaced);
        if (kind == TOKEN_END || (kind == TOKEN_SEMICOLON && ar_body_ends(&body)))
            break;
        if (kind != TOKEN_SEMICOLON)
            ar_body_read(&body, script->language, kind, script->at, end);
    }
    script->length = (size_t)(script->at - script->start);
    while (script->length > 0 && ar_scan_is_space(script->start[script->length - 1]))
        script->length--;
    move_to(script, end);
    return SCRIPT_STATEMENT;
}

/* Read the directive at the reader, unless it is not at the beginning of a line. */
static enum script_item take_directive(struct script *script, const char *text, const char *end)
{
    enum script_item item;

    if (!begins_line(script))
        return fail(script, misplaced);
    item = read_directive(script, text, end);
    script->item_line = script->line;
    if (item == SCRIPT_DIRECTIVE)
        move_to(script, end);
    return item;
}

enum script_item ar_script_next(struct script *script)
{
    for (;;) {
        enum token kind;
        const char *end = ar_scan_token(script->language, script->at, &kind);
        const char *text = kind == TOKEN_LINE_COMMENT ? directive_text(script->at) : NULL;
        if (kind == TOKEN_BROKEN)
            return fail_broken(script);
        if (kind == TOKEN_END)
            return SCRIPT_END;
        if (text != NULL)
            return take_directive(script, text, end);
        if (kind != TOKEN_SPACE && kind != TOKEN_COMMENT && kind != TOKEN_LINE_COMMENT && kind != TOKEN_SEMICOLON)
            return read_statement(script);
        move_to(script, end);
    }
}

/* ---- Checksums --------------------------------------------------------------------------------------------------- */

uint64_t ar_script_checksum(const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (; *text != '\0'; text++) {
        if (*text == '\r' && text[1] == '\n')
            continue;
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    }
    return hash;
}
