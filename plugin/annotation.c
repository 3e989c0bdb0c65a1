/* The parser of attribute strings. The preprocessor made each from a macro's arguments: a single space replaces any
 * white space of the source, and comments are removed. */
#include "annotation.h"

#include <string.h>

struct parser {
    struct arena *arena;
    const char *at;
    const char *error; /* or NULL */
    size_t literals;   /* number of string literals parsed so far */
};

static bool fail(struct parser *parser, const char *error)
{
    parser->error = error;
    return false;
}

static void skip_space(struct parser *parser)
{
    parser->at += strspn(parser->at, " \t\r\n\v\f");
}

static bool take(struct parser *parser, char character)
{
    skip_space(parser);
    if (*parser->at != character)
        return false;
    parser->at++;
    return true;
}

static bool is_letter(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_' ||
           (unsigned char)character >= 0x80; /* part of a UTF-8 character */
}

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

static const char *parse_word(struct parser *parser)
{
    const char *start = parser->at;
    while (is_letter(*parser->at) || (parser->at > start && is_digit(*parser->at)))
        parser->at++;
    return arena_copy(parser->arena, start, (size_t)(parser->at - start));
}

/* Parse an identifier, or several joined by dots. */
static struct annotation_value parse_path(struct parser *parser)
{
    struct annotation_value value = {.kind = VALUE_WORD, .text = parse_word(parser)};
    while (parser->at[0] == '.' && is_letter(parser->at[1])) {
        parser->at++;
        value.text = arena_print(parser->arena, "%s.%s", value.text, parse_word(parser));
        value.kind = VALUE_PATH;
    }
    return value;
}

/* Return the character that the escape sequence represents, or 0 if it is not supported. */
static char unescape(char character)
{
    switch (character) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case '"':
    case '\'':
    case '\\':
    case '?':
        return character;
    default:
        return '\0';
    }
}

/* Parse one string literal, or several adjacent ones, which C concatenates. */
static bool parse_string(struct parser *parser, struct annotation_value *out)
{
    char *text = arena_take(parser->arena, strlen(parser->at) + 1);
    size_t length = 0, literal = parser->literals;
    for (; take(parser, '"'); parser->literals++) {
        while (*parser->at != '"') {
            char character = *parser->at++;
            if (character == '\0')
                return fail(parser, "the string has no closing quote");
            if (character == '\\') {
                character = unescape(*parser->at);
                if (character == '\0')
                    return fail(parser, "the only escapes in a string are \\\\, \\\", \\', \\?, \\n and \\t");
                parser->at++;
            }
            text[length++] = character;
        }
        parser->at++;
    }
    *out = (struct annotation_value){.kind = VALUE_STRING, .text = text, .literal = literal};
    return true;
}

static bool parse_number(struct parser *parser, struct annotation_value *out)
{
    const char *start = parser->at;
    if (*parser->at == '-' || *parser->at == '+')
        parser->at++;
    if (*parser->at == ' ') /* as in `- 1` */
        return fail(parser, "the number has a space after its sign");
    while (is_letter(*parser->at) || is_digit(*parser->at) || *parser->at == '.' ||
           ((*parser->at == '-' || *parser->at == '+') && (parser->at[-1] == 'e' || parser->at[-1] == 'E')))
        parser->at++;
    *out = (struct annotation_value){.kind = VALUE_NUMBER,
                                     .text = arena_copy(parser->arena, start, (size_t)(parser->at - start))};
    return true;
}

static bool starts_number(const char *at)
{
    if (*at == '-' || *at == '+')
        at++;
    at += *at == ' ';
    return is_digit(*at) || (*at == '.' && is_digit(at[1]));
}

static bool parse_simple(struct parser *parser, struct annotation_value *out)
{
    skip_space(parser);
    if (*parser->at == '"')
        return parse_string(parser, out);
    if (starts_number(parser->at))
        return parse_number(parser, out);
    if (is_letter(*parser->at)) {
        *out = parse_path(parser);
        return true;
    }
    if (*parser->at == '\0' || *parser->at == ',' || *parser->at == ')')
        return fail(parser, "an argument is missing");
    return fail(parser, "an argument is not a name, a number or a \"string\"");
}

static bool parse_assigned(struct parser *parser, struct annotation_value *item)
{
    if (item->kind != VALUE_WORD || !take(parser, '='))
        return true;
    item->assigned = arena_take(parser->arena, sizeof *item->assigned);
    return parse_simple(parser, item->assigned);
}

static bool parse_tuple(struct parser *parser, struct annotation_value *out)
{
    *out = (struct annotation_value){.kind = VALUE_TUPLE};
    do {
        struct annotation_value item;
        if (!parse_simple(parser, &item) || !parse_assigned(parser, &item))
            return false;
        list_add(parser->arena, out->items, out->item_count) = item;
    } while (take(parser, ','));
    return take(parser, ')') || fail(parser, "a `)` is missing");
}

static bool parse_option_name(struct parser *parser, const char **out)
{
    skip_space(parser);
    if (!is_letter(*parser->at))
        return fail(parser, "an option has no name after its dot");
    *out = parse_word(parser);
    return take(parser, '=') || fail(parser, arena_print(parser->arena, "the option `.%s` has no `= value`", *out));
}

static bool parse_group(struct parser *parser, struct annotation_value *out)
{
    *out = (struct annotation_value){.kind = VALUE_GROUP};
    if (take(parser, '}'))
        return true;
    do {
        struct annotation_option option;
        if (!take(parser, '.'))
            return fail(parser, "braces contain options only: { .name = value }");
        if (!parse_option_name(parser, &option.name) || !parse_simple(parser, &option.value))
            return false;
        list_add(parser->arena, out->options, out->option_count) = option;
    } while (take(parser, ','));
    return take(parser, '}') || fail(parser, "a `}` is missing");
}

static bool parse_value(struct parser *parser, struct annotation_value *out)
{
    if (take(parser, '('))
        return parse_tuple(parser, out);
    if (take(parser, '{'))
        return parse_group(parser, out);
    return parse_simple(parser, out);
}

/* Return the first character after a declaration: a comma or the closing parenthesis; NULL if there is none. */
static const char *end_of_declaration(struct parser *parser, const char *at)
{
    unsigned depth = 0;
    for (; *at != '\0' && (depth > 0 || (*at != ',' && *at != ')')); at++) {
        if (*at == '"') {
            struct parser string = {.arena = parser->arena, .at = at};
            struct annotation_value ignored;
            if (!parse_string(&string, &ignored))
                return NULL;
            parser->literals += string.literals;
            at = string.at - 1;
        }
        depth += *at == '(';
        depth -= *at == ')';
    }
    return *at != '\0' ? at : NULL;
}

/* Parse declarations in parentheses, each as its text. */
static bool parse_declarations(struct parser *parser, struct annotation_value *out)
{
    *out = (struct annotation_value){.kind = VALUE_DECLARATIONS};
    if (!take(parser, '('))
        return fail(parser, "the parameters are not in parentheses");
    do {
        skip_space(parser);
        const char *end = end_of_declaration(parser, parser->at);
        if (end == NULL)
            return fail(parser, "a `)` is missing");
        size_t length = (size_t)(end - parser->at);
        while (length > 0 && parser->at[length - 1] == ' ')
            length--;
        list_add(parser->arena, out->items, out->item_count) =
            (struct annotation_value){.kind = VALUE_WORD, .text = arena_copy(parser->arena, parser->at, length)};
        parser->at = end;
    } while (take(parser, ','));
    parser->at++;
    if (out->item_count == 1 && (out->items[0].text[0] == '\0' || strcmp(out->items[0].text, "void") == 0))
        out->item_count = 0;
    return true;
}

static bool parse_argument(struct parser *parser, struct annotation *out)
{
    skip_space(parser);
    if (*parser->at == '.' && !is_digit(parser->at[1])) {
        struct annotation_option option;
        parser->at++;
        if (!parse_option_name(parser, &option.name) || !parse_value(parser, &option.value))
            return false;
        list_add(parser->arena, out->options, out->option_count) = option;
        return true;
    }
    struct annotation_value value = {0};
    bool is_declarations = out->attribute->declarations == out->value_count + 1;
    if (is_declarations ? !parse_declarations(parser, &value) : !parse_value(parser, &value))
        return false;
    skip_space(parser);
    if (out->attribute->has_directions && is_letter(*parser->at))
        value.direction = parse_word(parser);
    if (out->option_count > 0)
        return fail(parser, "an argument without a name follows an option; options come last");
    list_add(parser->arena, out->values, out->value_count) = value;
    return true;
}

static bool parse_arguments(struct parser *parser, struct annotation *out)
{
    skip_space(parser);
    if (*parser->at == '\0')
        return true;
    do {
        if (!parse_argument(parser, out))
            return false;
    } while (take(parser, ','));
    skip_space(parser);
    return *parser->at == '\0' || fail(parser, "a comma or quotes are missing");
}

static const char *check_count(struct arena *arena, const struct annotation *annotation)
{
    size_t count = annotation->value_count;
    size_t minimum = annotation->attribute->minimum, maximum = annotation->attribute->maximum;
    if (count >= minimum && count <= maximum)
        return NULL;
    return arena_print(arena, "%zu argument%s instead of %s%zu", count, count == 1 ? "" : "s",
                       count < minimum && minimum < maximum ? "at least " : "", count < minimum ? minimum : maximum);
}

const char *annotation_parse(struct arena *arena, const char *text, struct annotation *out)
{
    struct parser parser = {.arena = arena, .at = text};
    *out = (struct annotation){0};
    const char *keyword = parse_word(&parser);
    out->kind = attribute_of_keyword(keyword);
    if (out->kind == ATTRIBUTE_COUNT)
        return arena_print(arena, "`%s` is not an attribute of this version of armature", keyword);
    out->attribute = &attribute_table[out->kind];
    if (!parse_arguments(&parser, out))
        return parser.error;
    return check_count(arena, out);
}
