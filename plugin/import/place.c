/* Where something is inserted into a header. */
#include "place.h"

#include <string.h>

/* Return the offset of a place, which counts lines and bytes from 1. */
static size_t offset_of(const struct text *header, struct location at)
{
    const char *text = header->data, *line = text;
    for (unsigned number = 1; number < at.line && strchr(line, '\n') != NULL; number++)
        line = strchr(line, '\n') + 1;
    size_t offset = (size_t)(line - text) + at.column - 1;
    return offset < header->length ? offset : header->length;
}

/* Skip a string or character literal. */
static const char *after_literal(const char *at)
{
    char quote = *at++;
    while (*at != '\0' && *at != quote)
        at += *at == '\\' && at[1] != '\0' ? 2 : 1;
    return *at != '\0' ? at + 1 : at;
}

static const char *after_comment(const char *at)
{
    const char *end = at[1] == '*' ? strstr(at + 2, "*/") : strchr(at, '\n');
    if (end == NULL)
        return at + strlen(at);
    return at[1] == '*' ? end + 2 : end;
}

/* Return the end of a macro's call, or of its name if it has no arguments. */
static const char *after_macro(const char *at)
{
    at += strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    const char *open = at + strspn(at, " \t\n");
    size_t depth = 0;
    if (*open != '(')
        return at;
    for (at = open; *at != '\0';) {
        if (*at == '"' || *at == '\'') {
            at = after_literal(at);
            continue;
        }
        if (*at == '/' && (at[1] == '*' || at[1] == '/')) {
            at = after_comment(at);
            continue;
        }
        depth += *at == '(';
        if (*at++ == ')' && --depth == 0)
            break;
    }
    return at;
}

/* Return the start of the brace's line if nothing else precedes it there; else the place of the brace. */
size_t place_before_brace(const struct text *header, const struct model *model)
{
    size_t brace = offset_of(header, model->end), start;
    const char *text = header->data;
    while (brace > 0 && text[brace] != '}')
        brace--;
    start = brace;
    while (start > 0 && (text[start - 1] == ' ' || text[start - 1] == '\t'))
        start--;
    return start == 0 || text[start - 1] == '\n' ? start : brace;
}

/* Return the end of the last attribute of the struct. */
size_t place_after_attributes(const struct text *header, const struct model *model)
{
    size_t last = 0;
    for (size_t i = 0; i < model->attributes.count; i++) {
        size_t offset = offset_of(header, model->attributes.items[i].at);
        last = offset > last ? offset : last;
    }
    return (size_t)(after_macro(header->data + last) - header->data);
}

/* Return the offset of the last line that begins with the word, up to `end`; `otherwise` if there is none. */
size_t place_of_last_line(const struct text *header, const char *word, size_t end, size_t otherwise)
{
    const char *text = header->data;
    size_t found = otherwise;
    for (const char *line = text; line < text + end;) {
        if (strncmp(line, word, strlen(word)) == 0)
            found = (size_t)(line - text);
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return found;
}

/* Return true if the first directives are those of an include guard. */
static bool has_guard(const struct text *header)
{
    const char *text = header->data;
    const char *first = strncmp(text, "#", 1) == 0 ? text : strstr(text, "\n#");
    if (first == NULL)
        return false;
    first += *first == '\n';
    const char *second = strstr(first, "\n#");
    return strncmp(first, "#ifndef", 7) == 0 && second != NULL && strncmp(second, "\n#define", 8) == 0;
}

/* Return the end of what the guard includes, before a clang-format that is there. */
size_t place_of_end(const struct text *header)
{
    size_t end = header->length;
    if (!has_guard(header))
        return end;
    end = place_of_last_line(header, "#endif", end, end);
    size_t format = place_of_last_line(header, "/* clang-format on */", end, end);
    const char *rest = header->data + format + (format < end ? strlen("/* clang-format on */") : 0);
    return rest + strspn(rest, "\n") == header->data + end ? format : end;
}

static size_t start_of_line(const char *text, size_t offset)
{
    while (offset > 0 && text[offset - 1] != '\n')
        offset--;
    return offset;
}

/* Return the start of the comment that ends in the line before the offset, or the offset if there is none. */
static size_t start_of_comment(const char *text, size_t offset)
{
    size_t end = offset, start = offset > 0 ? start_of_line(text, offset - 1) : offset;
    const char *line = text + start + strspn(text + start, " \t");
    if (strncmp(line, "//", 2) == 0)
        return start;
    while (end > start && strchr(" \t\r\n", text[end - 1]) != NULL)
        end--;
    if (end < start + 2 || strncmp(text + end - 2, "*/", 2) != 0)
        return offset;
    for (size_t at = end - 2; at-- > 0;)
        if (strncmp(text + at, "/*", 2) == 0)
            return strspn(text + start_of_line(text, at), " \t") == at - start_of_line(text, at)
                       ? start_of_line(text, at)
                       : offset;
    return offset;
}

/* Return the start of the first struct, or of the comment before it. */
size_t place_before_structs(const struct text *header, const struct model_set *set)
{
    const char *text = header->data;
    size_t offset = header->length;
    for (size_t i = 0; i < set->model_count; i++) {
        size_t at = set->models[i]->is_join ? offset : offset_of(header, set->models[i]->at);
        offset = at < offset ? at : offset;
    }
    offset = start_of_line(text, offset);
    for (size_t before = start_of_comment(text, offset); before != offset; before = start_of_comment(text, offset))
        offset = before;
    return offset;
}
