/* Objects and arrays need no stack: closing one leaves its parent with values, and only the depth decides the layout.
 */
#include "json_writer.h"

#include <inttypes.h>
#include <string.h>

/* ---- Strings ----------------------------------------------------------------------------------------------------- */

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

/* Return the length of the UTF-8 sequence, or 0 if it is not one: overlong, a surrogate, beyond U+10FFFF, cut off. */
static size_t sequence_length(const unsigned char *at)
{
    if (at[0] < 0x80)
        return 1;
    if (at[0] >= 0xc2 && at[0] <= 0xdf)
        return is_continuation(at[1]) ? 2 : 0;
    if ((at[0] & 0xf0) == 0xe0) {
        bool is_valid = (at[0] != 0xe0 || at[1] >= 0xa0) && (at[0] != 0xed || at[1] < 0xa0);
        return is_valid && is_continuation(at[1]) && is_continuation(at[2]) ? 3 : 0;
    }
    if (at[0] >= 0xf0 && at[0] <= 0xf4) {
        bool is_valid = (at[0] != 0xf0 || at[1] >= 0x90) && (at[0] != 0xf4 || at[1] < 0x90);
        return is_valid && is_continuation(at[1]) && is_continuation(at[2]) && is_continuation(at[3]) ? 4 : 0;
    }
    return 0;
}

static const char *short_escape(unsigned char byte)
{
    return byte == '"'    ? "\\\""
           : byte == '\\' ? "\\\\"
           : byte == '\n' ? "\\n"
           : byte == '\r' ? "\\r"
           : byte == '\t' ? "\\t"
                          : NULL;
}

/* Return true if an HTML parser could find an end tag or a comment here. */
static bool is_markup(const unsigned char *at)
{
    return at[0] == '<' && (at[1] == '/' || at[1] == '!');
}

void json_print_text(struct text *out, const char *value)
{
    text_add(out, "\"");
    for (const unsigned char *at = (const unsigned char *)value; *at != '\0';) {
        size_t length = sequence_length(at);
        if (length == 0)
            text_add(out, "\xef\xbf\xbd");
        else if (short_escape(*at) != NULL)
            text_add(out, short_escape(*at));
        else if (*at < ' ' || *at == 0x7f || is_markup(at))
            text_print(out, "\\u%04x", *at);
        else
            text_print(out, "%.*s", (int)length, (const char *)at);
        at += length == 0 ? 1 : length;
    }
    text_add(out, "\"");
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

static void start_line(struct json *json)
{
    text_print(json->out, "\n%*s", (int)json->depth * 2, "");
}

static bool is_on_one_line(const struct json *json)
{
    return json->line_depth > 0;
}

static void start_value(struct json *json, const char *name)
{
    if (json->has_values)
        text_add(json->out, is_on_one_line(json) ? ", " : ",");
    if (json->depth > 0 && !is_on_one_line(json))
        start_line(json);
    if (name != NULL) {
        json_print_text(json->out, name);
        text_add(json->out, ": ");
    }
    json->has_values = true;
}

static void open_bracket(struct json *json, const char *name, enum json_layout layout, const char *bracket)
{
    start_value(json, name);
    text_add(json->out, bracket);
    json->depth++;
    json->has_values = false;
    if (layout == JSON_LINE && !is_on_one_line(json))
        json->line_depth = json->depth;
}

static void close_bracket(struct json *json, const char *bracket)
{
    bool is_line = is_on_one_line(json);
    if (json->line_depth == json->depth)
        json->line_depth = 0;
    json->depth--;
    if (json->has_values && !is_line)
        start_line(json);
    text_add(json->out, bracket);
    json->has_values = true;
}

void json_open_object(struct json *json, const char *name, enum json_layout layout)
{
    open_bracket(json, name, layout, "{");
}

void json_close_object(struct json *json)
{
    close_bracket(json, "}");
}

void json_open_array(struct json *json, const char *name, enum json_layout layout)
{
    open_bracket(json, name, layout, "[");
}

void json_close_array(struct json *json)
{
    close_bracket(json, "]");
}

void json_add_text(struct json *json, const char *name, const char *value)
{
    start_value(json, name);
    if (value != NULL)
        json_print_text(json->out, value);
    else
        text_add(json->out, "null");
}

void json_add_integer(struct json *json, const char *name, int64_t value)
{
    start_value(json, name);
    text_print(json->out, "%" PRId64, value);
}

void json_add_bool(struct json *json, const char *name, bool value)
{
    start_value(json, name);
    text_add(json->out, value ? "true" : "false");
}

void json_end(struct json *json)
{
    text_add(json->out, "\n");
}
