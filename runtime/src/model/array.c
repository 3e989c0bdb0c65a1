/* Arrays in fields. */
#include "model/array.h"

#include "base/digits.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Both structs have the same layout: a pointer to the items, and their number. */
struct items {
    const void *items;
    size_t count;
};

static struct items items_of(const void *field)
{
    struct items items;

    _Static_assert(sizeof items == sizeof(struct ar_int64s) && sizeof items == sizeof(struct ar_texts), "same layout");
    memcpy(&items, field, sizeof items);
    return items;
}

static const char *text_at(const void *items, size_t i)
{
    return ((const char *const *)items)[i];
}

struct ar_value ar_array_value(enum ar_type type, const void *field)
{
    struct items items = items_of(field);

    if (items.items == NULL)
        return ar_value_null();
    for (size_t i = 0; type == AR_TYPE_TEXTS && i < items.count; i++)
        if (text_at(items.items, i) == NULL)
            return (struct ar_value){.kind = AR_VALUE_OUT_OF_RANGE};
    return ar_value_bytes(AR_VALUE_ARRAY, items.items, items.count);
}

void ar_array_set(enum ar_type type, const struct ar_value *value, void *field)
{
    const struct items items = {value->bytes.data, value->bytes.size};

    (void)type;
    memcpy(field, &items, sizeof items);
}

bool ar_array_equal(enum ar_type type, const void *a, const void *b)
{
    struct items left = items_of(a), right = items_of(b);

    if (left.items == NULL || right.items == NULL || left.count != right.count)
        return false;
    if (type == AR_TYPE_INT64S)
        return memcmp(left.items, right.items, left.count * sizeof(int64_t)) == 0;
    for (size_t i = 0; i < left.count; i++) {
        const char *one = text_at(left.items, i), *other = text_at(right.items, i);
        if (one == NULL || other == NULL || strcmp(one, other) != 0)
            return false;
    }
    return true;
}

/* ---- Copies ------------------------------------------------------------------------------------------------------ */

size_t ar_array_size(enum ar_type type, const void *field)
{
    struct items items = items_of(field);
    size_t size;

    if (items.items == NULL)
        return 0;
    if (type == AR_TYPE_INT64S)
        return items.count * sizeof(int64_t);
    size = items.count * sizeof(char *);
    for (size_t i = 0; i < items.count; i++)
        size += text_at(items.items, i) != NULL ? strlen(text_at(items.items, i)) + 1 : 0;
    return size;
}

void ar_array_move(enum ar_type type, void *to, void *field)
{
    struct items items = items_of(field);
    const char **texts = to;
    char *end = (char *)(texts + items.count);

    if (items.items == NULL)
        return;
    if (type == AR_TYPE_INT64S && items.count > 0)
        memcpy(to, items.items, items.count * sizeof(int64_t));
    for (size_t i = 0; type == AR_TYPE_TEXTS && i < items.count; i++) {
        const char *text = text_at(items.items, i);
        size_t size = text != NULL ? strlen(text) + 1 : 0;
        texts[i] = text != NULL ? memcpy(end, text, size) : NULL;
        end += size;
    }
    items.items = to;
    memcpy(field, &items, sizeof items);
}

/* ---- Strings ----------------------------------------------------------------------------------------------------- */

enum { INTEGER_SIZE = sizeof "-9223372036854775808," - 1, ESCAPE_SIZE = sizeof "\\u001f" - 1 };

size_t ar_array_text_size(enum ar_type type, const struct ar_value *value, enum array_form form)
{
    enum { BRACKETS = 2, QUOTES_AND_COMMA = 3 };
    size_t size = BRACKETS, widest = form == ARRAY_JSON ? ESCAPE_SIZE : 2;

    if (type == AR_TYPE_INT64S)
        return size + value->bytes.size * INTEGER_SIZE;
    for (size_t i = 0; i < value->bytes.size; i++)
        size += widest * strlen(text_at(value->bytes.data, i)) + QUOTES_AND_COMMA;
    return size;
}

static char *write_integer(int64_t integer, char *to)
{
    char text[INTEGER_SIZE + 1];
    int length = snprintf(text, sizeof text, "%" PRId64, integer);

    return (char *)memcpy(to, text, (size_t)length) + length;
}

static char *write_text(const char *text, enum array_form form, char *to)
{
    static const char digits[] = "0123456789abcdef", prefix[] = {'\\', 'u', '0', '0'};

    *to++ = '"';
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if (form == ARRAY_JSON && byte < ' ') {
            to = (char *)memcpy(to, prefix, sizeof prefix) + sizeof prefix;
            *to++ = digits[byte >> 4];
            *to++ = digits[byte & 15];
            continue;
        }
        if (byte == '"' || byte == '\\')
            *to++ = '\\';
        *to++ = *text;
    }
    *to++ = '"';
    return to;
}

char *ar_array_write(enum ar_type type, const struct ar_value *value, enum array_form form, char *to)
{
    *to++ = form == ARRAY_JSON ? '[' : '{';
    for (size_t i = 0; i < value->bytes.size; i++) {
        if (i > 0)
            *to++ = ',';
        to = type == AR_TYPE_INT64S ? write_integer(((const int64_t *)value->bytes.data)[i], to)
                                    : write_text(text_at(value->bytes.data, i), form, to);
    }
    *to++ = form == ARRAY_JSON ? ']' : '}';
    return to;
}

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

/* A string that is being read. It is not terminated. */
struct json {
    const char *at, *end;
};

static void skip_spaces(struct json *json)
{
    while (json->at < json->end && *json->at != '\0' && strchr(" \t\r\n", *json->at) != NULL)
        json->at++;
}

static bool take(struct json *json, char expected)
{
    skip_spaces(json);
    if (json->at == json->end || *json->at != expected)
        return false;
    json->at++;
    return true;
}

static enum array_reading read_integer(struct json *json, int64_t *out)
{
    bool is_negative = take(json, '-');
    const char *start = json->at;

    *out = 0;
    for (; json->at < json->end && ar_is_digit(*json->at); json->at++) {
        int64_t digit = *json->at - '0';
        if (__builtin_mul_overflow(*out, INT64_C(10), out) ||
            __builtin_add_overflow(*out, is_negative ? -digit : digit, out))
            return ARRAY_OUT_OF_RANGE;
    }
    if (json->at == start || (*start == '0' && json->at - start > 1))
        return ARRAY_WRONG;
    return ARRAY_READ;
}

/* Read four hexadecimal digits. */
static bool read_hex(struct json *json, uint32_t *out)
{
    *out = 0;
    if (json->end - json->at < 4)
        return false;
    for (int i = 0; i < 4; i++, json->at++) {
        const char *found = *json->at != '\0' ? strchr("0123456789abcdef0123456789ABCDEF", *json->at) : NULL;
        if (found == NULL)
            return false;
        *out = *out << 4 | ((uint32_t)(found - "0123456789abcdef0123456789ABCDEF") & 15);
    }
    return true;
}

/* Read the number of a character after \u, which may be two surrogates. */
static bool read_escaped(struct json *json, uint32_t *out)
{
    uint32_t low;

    if (!read_hex(json, out) || *out == 0 || (*out >= 0xDC00 && *out <= 0xDFFF))
        return false;
    if (*out < 0xD800 || *out > 0xDBFF)
        return true;
    if (json->end - json->at < 2 || json->at[0] != '\\' || json->at[1] != 'u')
        return false;
    json->at += 2;
    if (!read_hex(json, &low) || low < 0xDC00 || low > 0xDFFF)
        return false;
    *out = 0x10000 + ((*out - 0xD800) << 10) + (low - 0xDC00);
    return true;
}

/* Write a character as UTF-8, which takes no more bytes than its escape. */
static char *write_character(uint32_t character, char *to)
{
    if (character < 0x80) {
        *to++ = (char)character;
    } else if (character < 0x800) {
        *to++ = (char)(unsigned char)(0xC0 | character >> 6);
    } else if (character < 0x10000) {
        *to++ = (char)(unsigned char)(0xE0 | character >> 12);
        *to++ = (char)(unsigned char)(0x80 | (character >> 6 & 0x3F));
    } else {
        *to++ = (char)(unsigned char)(0xF0 | character >> 18);
        *to++ = (char)(unsigned char)(0x80 | (character >> 12 & 0x3F));
        *to++ = (char)(unsigned char)(0x80 | (character >> 6 & 0x3F));
    }
    if (character >= 0x80)
        *to++ = (char)(unsigned char)(0x80 | (character & 0x3F));
    return to;
}

static bool read_escape(struct json *json, char **to)
{
    static const char names[] = "\"\\/bfnrt", characters[] = "\"\\/\b\f\n\r\t";
    const char *name;
    uint32_t character;

    if (json->at == json->end || *json->at == '\0')
        return false;
    if (*json->at == 'u') {
        json->at++;
        if (!read_escaped(json, &character))
            return false;
        *to = write_character(character, *to);
        return true;
    }
    name = strchr(names, *json->at++);
    if (name == NULL)
        return false;
    *(*to)++ = characters[name - names];
    return true;
}

/* Read a string to *to, terminate it, and move *to past it. */
static bool read_text(struct json *json, char **to)
{
    if (!take(json, '"'))
        return false;
    while (json->at < json->end && *json->at != '"') {
        char byte = *json->at++;
        if ((unsigned char)byte < ' ')
            return false;
        if (byte != '\\')
            *(*to)++ = byte;
        else if (!read_escape(json, to))
            return false;
    }
    *(*to)++ = '\0';
    return take(json, '"');
}

/* Return the largest possible number of items: one more than there are commas. */
static size_t count_items(const char *json, size_t size)
{
    size_t count = 1;

    for (size_t i = 0; i < size; i++)
        count += json[i] == ',';
    return count;
}

/* Read one item; the strings go to *texts. */
static enum array_reading read_item(struct json *json, enum ar_type type, void *items, size_t i, char **texts)
{
    skip_spaces(json);
    if (json->end - json->at >= 4 && memcmp(json->at, "null", 4) == 0)
        return ARRAY_HAS_NULL;
    if (type == AR_TYPE_INT64S)
        return read_integer(json, &((int64_t *)items)[i]);
    ((const char **)items)[i] = *texts;
    return read_text(json, texts) ? ARRAY_READ : ARRAY_WRONG;
}

enum array_reading ar_array_read_json(enum ar_type type, const char *text, size_t size, struct arena *arena,
                                      void *field)
{
    size_t most = count_items(text, size), item_size = type == AR_TYPE_INT64S ? sizeof(int64_t) : sizeof(char *);
    size_t text_size = type == AR_TYPE_INT64S ? 0 : size; /* a string takes less than with its quotes */
    void *items = ar_arena_allocate_aligned(arena, most * item_size + text_size, AR_ARRAY_ALIGNMENT);
    char *texts = items != NULL ? (char *)items + most * item_size : NULL;
    struct json json = {text, text + size};
    struct items read = {items, 0};
    enum array_reading reading = ARRAY_READ;

    if (items == NULL)
        return ARRAY_NO_MEMORY;
    if (!take(&json, '['))
        return ARRAY_WRONG;
    if (!take(&json, ']')) {
        do
            reading = read_item(&json, type, items, read.count++, &texts);
        while (reading == ARRAY_READ && take(&json, ','));
        if (reading == ARRAY_READ && !take(&json, ']'))
            reading = ARRAY_WRONG;
    }
    skip_spaces(&json);
    if (reading == ARRAY_READ && json.at != json.end)
        reading = ARRAY_WRONG;
    if (reading == ARRAY_READ)
        memcpy(field, &read, sizeof read);
    return reading;
}
