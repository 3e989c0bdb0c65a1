/* The check of JSON. It does not recurse: a bit for each enclosing value tells objects from arrays. */
#include "model/json.h"

#include "base/digits.h"
#include "base/utf8.h"

#include <armature/json.h>
#include <stdint.h>
#include <string.h>

/* What may come next. */
enum expected { VALUE, VALUE_OR_END, NAME, NAME_OR_END, SEPARATOR };

struct parser {
    const char *at, *end;
    const char *error; /* what is wrong at `at`, or NULL */
    size_t depth;
    unsigned char objects[JSON_DEPTH_MAX / 8]; /* a bit for each level: it is an object */
};

static bool fail(struct parser *parser, const char *error)
{
    parser->error = error;
    return false;
}

/* Return the next byte, or 0 at the end, which no rule accepts. */
static char peek(const struct parser *parser)
{
    if (parser->at == parser->end)
        return '\0';
    return *parser->at;
}

static void skip_space(struct parser *parser)
{
    while (peek(parser) == ' ' || peek(parser) == '\t' || peek(parser) == '\n' || peek(parser) == '\r')
        parser->at++;
}

/* ---- Strings ----------------------------------------------------------------------------------------------------- */

/* Take the four digits of \uXXXX. */
static bool take_hex(struct parser *parser, unsigned *out)
{
    *out = 0;
    for (int i = 0; i < 4; i++) {
        char byte = peek(parser);
        unsigned digit = ar_is_digit(byte) ? (unsigned)(byte - '0') : (unsigned)((byte | 0x20) - 'a') + 10;
        if (digit > 15 || (!ar_is_digit(byte) && digit < 10))
            return fail(parser, "\\u without four hexadecimal digits");
        *out = *out << 4 | digit;
        parser->at++;
    }
    return true;
}

/* Take what follows \u. A character above U+FFFF is a pair of escapes. */
static bool take_unicode(struct parser *parser)
{
    unsigned first, second;

    if (!take_hex(parser, &first))
        return false;
    if (first == 0)
        return fail(parser, "a NUL character");
    if (first < 0xD800 || first > 0xDFFF)
        return true;
    if (first > 0xDBFF || parser->end - parser->at < 2 || parser->at[0] != '\\' || parser->at[1] != 'u')
        return fail(parser, "half of a surrogate pair");
    parser->at += 2;
    if (!take_hex(parser, &second))
        return false;
    return (second >= 0xDC00 && second <= 0xDFFF) || fail(parser, "half of a surrogate pair");
}

static bool take_escape(struct parser *parser)
{
    char byte = peek(parser);

    if (byte == '\0' || strchr("\"\\/bfnrtu", byte) == NULL)
        return fail(parser, "an unknown escape");
    parser->at++;
    return byte != 'u' || take_unicode(parser);
}

/* Take a string, of which the first quote is next. */
static bool take_string(struct parser *parser)
{
    parser->at++;
    while (parser->at < parser->end) {
        unsigned char byte = (unsigned char)*parser->at;
        if (byte < 0x20)
            return fail(parser, "a control character in a string");
        parser->at++;
        if (byte == '"')
            return true;
        if (byte == '\\' && !take_escape(parser))
            return false;
    }
    return fail(parser, "an unterminated string");
}

/* ---- Numbers and words ------------------------------------------------------------------------------------------- */

static bool take_digits(struct parser *parser)
{
    if (!ar_is_digit(peek(parser)))
        return fail(parser, "a number that lacks a digit");
    while (ar_is_digit(peek(parser)))
        parser->at++;
    return true;
}

static bool take_number(struct parser *parser)
{
    if (peek(parser) == '-')
        parser->at++;
    if (peek(parser) == '0')
        parser->at++;
    else if (!take_digits(parser))
        return false;
    if (peek(parser) == '.') {
        parser->at++;
        if (!take_digits(parser))
            return false;
    }
    if (peek(parser) != 'e' && peek(parser) != 'E')
        return true;
    parser->at++;
    if (peek(parser) == '+' || peek(parser) == '-')
        parser->at++;
    return take_digits(parser);
}

static bool take_word(struct parser *parser)
{
    static const char *const words[] = {"true", "false", "null"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        if ((size_t)(parser->end - parser->at) >= length && memcmp(parser->at, words[i], length) == 0) {
            parser->at += length;
            return true;
        }
    }
    return fail(parser, parser->at < parser->end ? "a value is expected" : "the text ends where a value is expected");
}

/* ---- Arrays and objects ------------------------------------------------------------------------------------------ */

static bool is_in_object(const struct parser *parser)
{
    size_t level = parser->depth - 1;

    return (parser->objects[level / 8] >> level % 8 & 1) != 0;
}

static bool open_container(struct parser *parser, bool is_object, enum expected *expected)
{
    size_t level = parser->depth;

    if (level == JSON_DEPTH_MAX)
        return fail(parser, "arrays and objects nested more than 512 deep");
    parser->objects[level / 8] &= (unsigned char)~(1u << level % 8);
    parser->objects[level / 8] |= (unsigned char)((unsigned)is_object << level % 8);
    parser->depth++;
    parser->at++;
    *expected = is_object ? NAME_OR_END : VALUE_OR_END;
    return true;
}

static bool take_value(struct parser *parser, enum expected *expected)
{
    char byte = peek(parser);

    if (byte == '{' || byte == '[')
        return open_container(parser, byte == '{', expected);
    *expected = SEPARATOR;
    if (byte == '"')
        return take_string(parser);
    return byte == '-' || ar_is_digit(byte) ? take_number(parser) : take_word(parser);
}

/* Take a name of an object, and the colon. */
static bool take_name(struct parser *parser, enum expected *expected)
{
    if (peek(parser) != '"')
        return fail(parser, "a name in quotes is expected");
    if (!take_string(parser))
        return false;
    skip_space(parser);
    if (peek(parser) != ':')
        return fail(parser, "a colon is expected");
    parser->at++;
    *expected = VALUE;
    return true;
}

/* Take the comma or the end after a value. */
static bool take_separator(struct parser *parser, enum expected *expected)
{
    bool is_object = is_in_object(parser);

    if (peek(parser) == ',')
        *expected = is_object ? NAME : VALUE;
    else if (peek(parser) == (is_object ? '}' : ']'))
        parser->depth--;
    else
        return fail(parser, is_object ? "a comma or } is expected" : "a comma or ] is expected");
    parser->at++;
    return true;
}

static bool take_next(struct parser *parser, enum expected *expected)
{
    char closing = *expected == NAME_OR_END ? '}' : ']';

    switch (*expected) {
    case VALUE_OR_END:
    case NAME_OR_END:
        if (peek(parser) == closing) {
            parser->at++;
            parser->depth--;
            *expected = SEPARATOR;
            return true;
        }
        return *expected == NAME_OR_END ? take_name(parser, expected) : take_value(parser, expected);
    case VALUE:
        return take_value(parser, expected);
    case NAME:
        return take_name(parser, expected);
    case SEPARATOR:
        break;
    }
    return take_separator(parser, expected);
}

const char *ar_json_check(const char *text, size_t size, size_t *offset)
{
    struct parser parser = {.at = text, .end = text + size};
    enum expected expected = VALUE;
    bool is_valid = true;

    *offset = 0;
    if (!ar_utf8_is_valid(text, size))
        return "bytes that are not UTF-8";
    do {
        skip_space(&parser);
        is_valid = take_next(&parser, &expected);
    } while (is_valid && (expected != SEPARATOR || parser.depth > 0));
    if (is_valid)
        skip_space(&parser);
    if (is_valid && parser.at < parser.end)
        (void)fail(&parser, "something after the value");
    *offset = (size_t)(parser.at - text);
    return parser.error;
}

bool ar_json_valid(const char *text)
{
    size_t offset;

    return text != NULL && ar_json_check(text, strlen(text), &offset) == NULL;
}
