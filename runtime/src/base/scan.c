/* The tokens of scripts. */
#include "base/scan.h"

#include <string.h>
#include <strings.h>

bool ar_scan_is_space(char character)
{
    return character != '\0' && strchr(" \t\r\n\f\v", character) != NULL;
}

static bool begins_word(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_' ||
           (unsigned char)character >= 0x80;
}

static bool continues_word(char character)
{
    return begins_word(character) || (character >= '0' && character <= '9') || character == '$';
}

static const char *skip_word(const char *at)
{
    while (continues_word(*at))
        at++;
    return at;
}

/* The functions below return the end of a token, or NULL if it has none. */

static const char *end_of_quoted(const char *at, char quote, bool has_backslashes)
{
    for (at++; *at != '\0'; at++) {
        bool is_escaped = has_backslashes && *at == '\\' && at[1] != '\0';
        if (is_escaped || (*at == quote && at[1] == quote))
            at++;
        else if (*at == quote)
            return at + 1;
    }
    return NULL;
}

static const char *end_of_comment(const char *at, bool nests)
{
    unsigned depth = 1;

    for (at += 2; *at != '\0'; at++) {
        if (nests && strncmp(at, "/*", 2) == 0) {
            depth++;
            at++;
        } else if (strncmp(at, "*/", 2) == 0) {
            at++;
            if (--depth == 0)
                return at + 1;
        }
    }
    return NULL;
}

/* Return the length of `$tag$`, or 0 if there is none. */
static size_t dollar_quote(const char *at)
{
    const char *end = at + 1;

    if (begins_word(*end))
        while (continues_word(*end) && *end != '$')
            end++;
    return *end == '$' ? (size_t)(end + 1 - at) : 0;
}

static const char *end_of_dollars(const char *at, size_t length)
{
    for (const char *end = strchr(at + length, '$'); end != NULL; end = strchr(end + 1, '$'))
        if (strncmp(end, at, length) == 0)
            return end + length;
    return NULL;
}

static bool is_escape_string(enum script_language language, const char *at)
{
    return language == SCRIPT_POSTGRESQL && (*at == 'e' || *at == 'E') && at[1] == '\'';
}

/* Return the kind of the token at `at` by its first characters. */
static enum token kind_of(enum script_language language, const char *at)
{
    bool is_postgresql = language == SCRIPT_POSTGRESQL;

    if (*at == '\0')
        return TOKEN_END;
    if (ar_scan_is_space(*at))
        return TOKEN_SPACE;
    if (strncmp(at, "--", 2) == 0)
        return TOKEN_LINE_COMMENT;
    if (strncmp(at, "/*", 2) == 0)
        return TOKEN_COMMENT;
    if (*at == '\'' || is_escape_string(language, at) || (is_postgresql && *at == '$' && dollar_quote(at) > 0))
        return TOKEN_STRING;
    if (*at == '"' || (!is_postgresql && (*at == '`' || *at == '[')))
        return TOKEN_NAME;
    if (begins_word(*at))
        return TOKEN_WORD;
    if (*at == '(' || *at == ')')
        return *at == '(' ? TOKEN_OPEN : TOKEN_CLOSE;
    return *at == ';' ? TOKEN_SEMICOLON : TOKEN_OTHER;
}

static const char *end_of_string(enum script_language language, const char *at)
{
    if (*at == '$')
        return end_of_dollars(at, dollar_quote(at));
    return is_escape_string(language, at) ? end_of_quoted(at + 1, '\'', true) : end_of_quoted(at, '\'', false);
}

static const char *end_of_name(const char *at)
{
    const char *bracket = *at == '[' ? strchr(at, ']') : NULL;

    if (*at == '[')
        return bracket != NULL ? bracket + 1 : NULL;
    return end_of_quoted(at, *at, false);
}

const char *ar_scan_token(enum script_language language, const char *at, enum token *kind)
{
    const char *end = at + 1;

    *kind = kind_of(language, at);
    if (*kind == TOKEN_END)
        end = at;
    else if (*kind == TOKEN_LINE_COMMENT)
        end = at + strcspn(at, "\n");
    else if (*kind == TOKEN_COMMENT)
        end = end_of_comment(at, language == SCRIPT_POSTGRESQL);
    else if (*kind == TOKEN_STRING)
        end = end_of_string(language, at);
    else if (*kind == TOKEN_NAME)
        end = end_of_name(at);
    else if (continues_word(*at) && *at != '$') /* a word or a number */
        end = skip_word(at);
    if (end == NULL)
        *kind = TOKEN_BROKEN;
    return end;
}

bool ar_scan_is_word(const char *at, size_t length, const char *word)
{
    return strlen(word) == length && strncasecmp(at, word, length) == 0;
}
