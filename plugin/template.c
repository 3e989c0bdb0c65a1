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

static size_t indent_of_rest(const char *line, bool comment)
{
    size_t indent = strspn(line, " ");
    if (comment)
        return indent;
    const char *parenthesis = strchr(line, '(');
    const char *must_check = strstr(line, "enum ar_status ");
    if (must_check != NULL)
        parenthesis = strchr(must_check, '(');
    return parenthesis != NULL ? (size_t)(parenthesis - line) + 1 : indent + 4;
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
    size_t indent = indent_of_rest(line, comment);
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

void template_add(struct text *out, const char *source, const struct placeholder *placeholders)
{
    struct text line = {0};
    while (*source != '\0') {
        source = expand_line(&line, source, placeholders);
        add_line(out, line.data);
    }
    text_free(&line);
}
