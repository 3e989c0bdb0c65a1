/* The literals of the generated source: strings, SQL over several lines, lists of column numbers. */
#include "emit_descriptor.h"
#include "sql.h"

#include <inttypes.h>
#include <string.h>

void emit_string_member(struct text *out, const char *indent, const char *member, const char *value)
{
    text_print(out, "%s.%s = ", indent, member);
    text_add_literal(out, value);
    text_add(out, ",\n");
}

/* Adjacent string literals, one per line, aligned with the first. */
struct literals {
    struct text *out;
    size_t indent;
    bool any;
};

static void add_literal_line(struct literals *literals, const char *line)
{
    if (literals->any)
        text_print(literals->out, "\n%*s", (int)literals->indent, "");
    text_add_literal(literals->out, line);
    literals->any = true;
}

/* Return how many of the `length` bytes fit into a literal of this width, ending at a space; all of them if there is no
 * space. */
static size_t fitting_length(const char *text, size_t length, size_t width)
{
    size_t end = 0, used = 0;
    for (size_t i = 0; i < length && used <= width; i++) {
        used += text[i] == '"' || text[i] == '\\' ? 2 : 1;
        if (text[i] == ' ' && i > 4)
            end = i + 1;
    }
    return used > width && end > 0 ? end : length;
}

/* Add a literal for each line of the SQL; a line that is too long is broken at a space. */
static void add_literals(struct literals *literals, const char *text)
{
    size_t room = 116 - literals->indent;
    while (*text != '\0') {
        size_t length = strcspn(text, "\n" SQL_BREAK);
        length += text[length] == '\n';
        length = fitting_length(text, length, room);
        struct text line = {0};
        text_print(&line, "%.*s", (int)length, text);
        add_literal_line(literals, line.data);
        text_free(&line);
        text += length;
        text += *text == SQL_BREAK[0];
    }
}

void emit_shared_sql(struct text *out, const char *member, const struct text *sql)
{
    size_t start = out->length;
    text_print(out, "    .%s = ARMATURE_SQL(", member);
    struct literals literals = {.out = out, .indent = out->length - start};
    add_literals(&literals, sql->data);
    text_add(out, "),\n");
}

/* Write a member that is one SQL text. */
void emit_sql_member(struct text *out, const char *indent, const char *member, const char *sql)
{
    size_t start = out->length;
    text_print(out, "%s.%s = ", indent, member);
    struct literals literals = {.out = out, .indent = out->length - start};
    add_literals(&literals, sql);
    text_add(out, ",\n");
}

static bool is_shared(const struct text sql[DIALECT_COUNT])
{
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        if (sql[i].length == 0 || strcmp(sql[i].data, sql[0].data) != 0)
            return false;
    return true;
}

void emit_sql(struct text *out, const char *member, struct text sql[DIALECT_COUNT])
{
    bool is_open = false;
    if (is_shared(sql)) {
        emit_shared_sql(out, member, &sql[0]);
        for (size_t i = 0; i < DIALECT_COUNT; i++)
            text_free(&sql[i]);
        return;
    }
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        if (sql[i].length > 0 && !is_open)
            text_print(out, "    .%s =\n        {\n", member);
        if (sql[i].length > 0)
            emit_sql_member(out, "            ", dialects[i]->name, sql[i].data);
        is_open = is_open || sql[i].length > 0;
        text_free(&sql[i]);
    }
    if (is_open)
        text_add(out, "        },\n");
}

void emit_integer(struct text *out, int64_t number)
{
    if (number == INT64_MIN)
        text_add(out, "INT64_MIN");
    else
        text_print(out, "%" PRId64, number);
}

void emit_column_numbers(struct text *out, const char *member, struct member *const *columns, size_t count)
{
    text_print(out, "    .%s = (const uint16_t[]){", member);
    for (size_t i = 0; i < count; i++)
        text_print(out, "%s%u", i == 0 ? "" : ", ", columns[i]->index);
    text_add(out, "},\n");
}
