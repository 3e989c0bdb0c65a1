/* The parser: one function for each kind of value. Each returns false at an error, and leaves `at` behind the value. */
#include "json_value.h"

#include <string.h>

struct parser {
    struct arena *arena;
    const char *at;
    unsigned depth;
};

enum { DEPTH_MAX = 64 };

static void skip_space(struct parser *parser)
{
    parser->at += strspn(parser->at, " \t\r\n");
}

/* Move behind the character, if it is next. */
static bool take(struct parser *parser, char character)
{
    skip_space(parser);
    if (*parser->at != character)
        return false;
    parser->at++;
    return true;
}

static bool is_escape(const char *at)
{
    if (at[1] == 'u')
        return strspn(at + 2, "0123456789abcdefABCDEF") >= 4;
    return at[1] != '\0' && strchr("\"\\/bfnrt", at[1]) != NULL;
}

static bool parse_text(struct parser *parser, const char **out)
{
    if (!take(parser, '"'))
        return false;
    const char *start = parser->at;
    while (*parser->at != '"') {
        if ((unsigned char)*parser->at < ' ' || (*parser->at == '\\' && !is_escape(parser->at)))
            return false;
        parser->at += *parser->at == '\\' ? 2 : 1;
    }
    *out = arena_copy(parser->arena, start, (size_t)(parser->at - start));
    parser->at++;
    return true;
}

static bool parse_value(struct parser *parser, struct json_value *out);

static bool parse_items(struct parser *parser, struct json_value *out, char end)
{
    if (++parser->depth > DEPTH_MAX)
        return false;
    while (!take(parser, end)) {
        struct json_value item = {0};
        if (out->count > 0 && !take(parser, ','))
            return false;
        if (end == '}' && (!parse_text(parser, &item.name) || !take(parser, ':')))
            return false;
        if (!parse_value(parser, &item) || (end == '}' && json_value_member(out, item.name) != NULL))
            return false;
        list_add(parser->arena, out->items, out->count) = item;
    }
    parser->depth--;
    return true;
}

/* A word or a number. */
static bool parse_word(struct parser *parser, struct json_value *out)
{
    static const char *const words[] = {"null", "true", "false"};
    size_t length = strspn(parser->at, "-0123456789abcdefghijklmnopqrstuvwxyz");
    out->text = arena_copy(parser->arena, parser->at, length);
    parser->at += length;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(out->text, words[i]) == 0) {
            out->kind = i == 0 ? JSON_VALUE_NULL : JSON_VALUE_BOOL;
            return true;
        }
    const char *digits = out->text + (out->text[0] == '-');
    out->kind = JSON_VALUE_INTEGER;
    return digits[0] != '\0' && digits[strspn(digits, "0123456789")] == '\0' && (digits[0] != '0' || digits[1] == '\0');
}

static bool parse_value(struct parser *parser, struct json_value *out)
{
    skip_space(parser);
    out->text = "";
    if (*parser->at == '"') {
        out->kind = JSON_VALUE_TEXT;
        return parse_text(parser, &out->text);
    }
    if (take(parser, '[')) {
        out->kind = JSON_VALUE_ARRAY;
        return parse_items(parser, out, ']');
    }
    if (take(parser, '{')) {
        out->kind = JSON_VALUE_OBJECT;
        return parse_items(parser, out, '}');
    }
    return parse_word(parser, out);
}

const struct json_value *json_value_parse(struct arena *arena, const char *text)
{
    struct parser parser = {.arena = arena, .at = text};
    struct json_value *value = arena_take(arena, sizeof *value);
    if (!parse_value(&parser, value))
        return NULL;
    skip_space(&parser);
    return *parser.at == '\0' ? value : NULL;
}

const struct json_value *json_value_member(const struct json_value *object, const char *name)
{
    for (size_t i = 0; object->kind == JSON_VALUE_OBJECT && i < object->count; i++)
        if (strcmp(object->items[i].name, name) == 0)
            return &object->items[i];
    return NULL;
}
