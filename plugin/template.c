/* Expands templates of C code, and breaks long lines. */
#include "template.h"

#include <stdbool.h>
#include <string.h>

static const size_t line_width = 120;

static const char *find_value(const struct placeholder *placeholders, char name)
{
    while (placeholders->name != '\0' && placeholders->name != name)
        placeholders++;
    return placeholders->name != '\0' ? placeholders->value : "";
}

static const char *expand_line(struct text *line, const char *source, const struct placeholder *placeholders)
{
    line->length = 0;
    text_add(line, "");
    while (*source != '\0' && *source != '\n') {
        size_t plain = strcspn(source, "@\n");
        text_print(line, "%.*s", (int)plain, source);
        source += plain;
        if (*source == '@') {
            text_add(line, find_value(placeholders, source[1]));
            source += 2;
        }
    }
    return *source == '\n' ? source + 1 : source;
}

static bool is_comment(const char *line)
{
    line += strspn(line, " ");
    return strncmp(line, "/*", 2) == 0 || strncmp(line, "* ", 2) == 0;
}

/* Return where to break the line within `width` columns: after the last comma outside quotes, or at the last space of a
 * comment; 0 if there is none. */
static size_t find_break(const char *line, size_t width, bool comment)
{
    size_t found = 0;
    bool quoted = false;
    for (size_t i = 0; line[i] != '\0' && i <= width; i++) {
        if (line[i] == '"')
            quoted = !quoted;
        if (line[i] == ' ' && i > 4 && (comment || (!quoted && line[i - 1] == ',')))
            found = i;
    }
    return found;
}

/* Write a macro that is too long with its replacement on a second line. Return false if the line is not one. */
static bool add_macro(struct text *out, const char *line)
{
    const char *head_end = strstr(line, ") ");
    if (strncmp(line, "#define ", 8) != 0 || strlen(line) <= line_width || head_end == NULL)
        return false;
    text_print(out, "%.*s \\\n    %s\n", (int)(head_end - line) + 1, line, head_end + 2);
    return true;
}

static void add_line(struct text *out, const char *line)
{
    if (add_macro(out, line))
        return;
    bool comment = is_comment(line);
    bool is_in_macro = out->length > 1 && strcmp(out->data + out->length - 2, "\\\n") == 0;
    size_t indent = strspn(line, " ") + (comment ? 0 : 4);
    size_t width = line_width - (is_in_macro ? 2 : 0);
    for (bool is_first = true;; is_first = false) {
        size_t left = is_first ? 0 : indent + (comment ? 3 : 0);
        size_t end = strlen(line) > width - left ? find_break(line, width - left, comment) : 0;
        if (!is_first)
            text_print(out, "%*s%s", (int)indent, "", comment ? " * " : "");
        if (end == 0)
            break;
        text_print(out, "%.*s%s\n", (int)end, line, is_in_macro ? " \\" : "");
        line += end + 1;
    }
    text_print(out, "%s\n", line);
}

/* Expand the first line, with a suffix. Return the next one. */
static const char *add_expanded(struct text *out, const char *source, const struct placeholder *placeholders,
                                const char *suffix)
{
    struct text line = {0};
    source = expand_line(&line, source, placeholders);
    text_add(&line, suffix);
    add_line(out, line.data);
    text_free(&line);
    return source;
}

void template_add(struct text *out, const char *source, const struct placeholder *placeholders)
{
    while (*source != '\0')
        source = add_expanded(out, source, placeholders, "");
}

/* ---- Functions --------------------------------------------------------------------------------------------------- */

static const char must_check[] = "AR_MUST_CHECK ";

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static const char *next_line(const char *source)
{
    const char *end = strchr(source, '\n');
    return end != NULL ? end + 1 : source + strlen(source);
}

/* Return the end of the function whose prototype is the first line; `source` if the line is not a prototype. */
static const char *end_of_function(const char *source)
{
    const char *line = next_line(source);
    if (!starts_with(line, "{\n"))
        return source;
    while (!starts_with(line, "}\n"))
        line = next_line(line);
    return next_line(line);
}

static void define(struct text *out, const char *source, const char *end, const struct placeholder *placeholders)
{
    source += starts_with(source, must_check) ? strlen(must_check) : 0;
    while (source < end)
        source = add_expanded(out, source, placeholders, "");
    text_add(out, "\n");
}

void template_add_functions(struct text *out, enum template_form form, const char *source,
                            const struct placeholder *placeholders)
{
    while (*source != '\0') {
        const char *end = end_of_function(source);
        bool is_function = end != source;
        if (form == TEMPLATE_DECLARATIONS)
            add_expanded(out, source, placeholders, is_function ? ";" : "");
        else if (is_function)
            define(out, source, end, placeholders);
        source = is_function ? end : next_line(source);
    }
}
