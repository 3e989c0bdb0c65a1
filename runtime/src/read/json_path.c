/* The parser of paths: theme.color, tags[0], "example.com".port. */
#include "read/json_path.h"

#include <string.h>

/* PostgreSQL's indexes are signed integers of 32 bits. */
enum { INDEX_DIGITS_MAX = 9 };

static bool is_name_byte(char byte)
{
    return (unsigned char)byte >= ' ' && byte != '"' && byte != '\\';
}

/* Parse `[12]`, of which the bracket was taken. */
static const char *parse_index(const char *at, struct json_step *out)
{
    size_t digits = strspn(at, "0123456789");

    if (digits == 0 || digits > INDEX_DIGITS_MAX || at[digits] != ']')
        return NULL;
    for (size_t i = 0; i < digits; i++)
        out->index = out->index * 10 + (uint32_t)(at[i] - '0');
    return at + digits + 1;
}

static const char *parse_name(const char *at, struct json_step *out)
{
    bool is_quoted = *at == '"';

    out->name = at += is_quoted;
    while (is_name_byte(*at) && (is_quoted || strchr(".[]", *at) == NULL))
        at++;
    out->size = (size_t)(at - out->name);
    if (out->size == 0 || (is_quoted && *at != '"'))
        return NULL;
    return at + is_quoted;
}

bool ar_json_path_next(const char **at, bool is_first, struct json_step *out)
{
    const char *end = NULL;

    *out = (struct json_step){.name = NULL};
    if (**at == '[')
        end = parse_index(*at + 1, out);
    else if (**at != '\0' && is_first)
        end = parse_name(*at, out);
    else if (**at == '.')
        end = parse_name(*at + 1, out);
    if (end != NULL)
        *at = end;
    return end != NULL;
}

bool ar_json_path_is_valid(const char *path)
{
    struct json_step step;
    const char *at = path;

    while (ar_json_path_next(&at, at == path, &step))
        ;
    return *at == '\0';
}
