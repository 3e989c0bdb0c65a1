/* Sets of keys as JSON. */
#include "driver/sqlite/json_keys.h"

#include "base/arena_text.h"
#include "driver/sqlite/value.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- The form ---------------------------------------------------------------------------------------------------- */

/* Return true if the value can be in JSON. Add the column to those with blobs if it is one. */
static bool note_value(const struct ar_value *value, const struct ar_column *column, uint32_t bit,
                       struct key_form *form)
{
    struct sqlite_stored stored;

    if (!ar_sqlite_store(value, column, &stored))
        return true;
    switch (stored.value.kind) {
    case AR_VALUE_TEXT:
        return memchr(stored.value.bytes.data, '\0', stored.value.bytes.size) == NULL;
    case AR_VALUE_BLOB:
        form->in_bytes |= bit;
        return true;
    case AR_VALUE_NULL:
    case AR_VALUE_INTEGER:
        return true;
    case AR_VALUE_REAL:
    case AR_VALUE_ARRAY:
    case AR_VALUE_TIME:
    case AR_VALUE_DATE:
    case AR_VALUE_TIME_OF_DAY:
    case AR_VALUE_DECIMAL:
    case AR_VALUE_OUT_OF_RANGE:
    case AR_VALUE_OTHER:
        break;
    }
    return false;
}

struct key_form ar_sqlite_key_form(const struct key_set *keys)
{
    struct key_form form = {.is_json = true};

    if (keys->integers != NULL)
        return form;
    for (size_t i = 0; i < keys->count && form.is_json; i++)
        for (size_t part = 0; part < keys->column_count && form.is_json; part++)
            form.is_json = note_value(&keys->values[i * keys->column_count + part], keys->columns[part],
                                      UINT32_C(1) << part, &form);
    return form;
}

/* ---- Writing ----------------------------------------------------------------------------------------------------- */

enum { INTEGER_SIZE = 21 }; /* of a number of 64 bits with a sign and a comma */

static char *write_integer(char *out, int64_t integer)
{
    char digits[INTEGER_SIZE], *first = digits + sizeof digits;
    uint64_t rest = integer < 0 ? -(uint64_t)integer : (uint64_t)integer;
    size_t length;

    do
        *--first = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (integer < 0)
        *--first = '-';
    length = (size_t)(digits + sizeof digits - first);
    memcpy(out, first, length);
    return out + length;
}

static bool write_integers(const struct key_set *keys, struct arena *arena, struct ar_bytes *json)
{
    char *text = ar_arena_allocate_text(arena, keys->count * INTEGER_SIZE + 2), *next = text;

    if (text == NULL)
        return false;
    *next++ = '[';
    for (size_t i = 0; i < keys->count; i++) {
        if (i > 0)
            *next++ = ',';
        next = write_integer(next, keys->integers[i]);
    }
    *next++ = ']';
    *json = (struct ar_bytes){text, (size_t)(next - text)};
    return true;
}

static void add_integer(struct arena_text *json, int64_t integer)
{
    char text[INTEGER_SIZE + 1], *end = write_integer(text, integer);

    *end = '\0';
    ar_arena_text_append(json, text, (size_t)(end - text));
}

static bool must_escape(char character)
{
    return (unsigned char)character < ' ' || character == '"' || character == '\\';
}

static void add_string(struct arena_text *json, const struct ar_bytes *string)
{
    const char *next = string->data, *end = next + string->size;

    ar_arena_text_add(json, "\"", NULL);
    while (next < end) {
        const char *start = next;
        char escape[8];
        while (next < end && !must_escape(*next))
            next++;
        ar_arena_text_append(json, start, (size_t)(next - start));
        if (next == end)
            break;
        (void)snprintf(escape, sizeof escape, "\\u%04x", (unsigned)(unsigned char)*next++);
        ar_arena_text_add(json, escape, NULL);
    }
    ar_arena_text_add(json, "\"", NULL);
}

static void add_bytes(struct arena_text *json, const struct ar_bytes *blob, char *bytes, size_t *used)
{
    ar_arena_text_add(json, "[", NULL);
    add_integer(json, (int64_t)*used + 1);
    ar_arena_text_add(json, ",", NULL);
    add_integer(json, (int64_t)blob->size);
    ar_arena_text_add(json, "]", NULL);
    if (bytes != NULL && blob->size > 0)
        memcpy(bytes + *used, blob->data, blob->size);
    *used += blob->size;
}

static void add_value(struct arena_text *json, const struct ar_value *value, const struct ar_column *column,
                      char *bytes, size_t *used)
{
    struct sqlite_stored stored;

    if (!ar_sqlite_store(value, column, &stored))
        stored.value.kind = AR_VALUE_NULL;
    if (stored.value.kind == AR_VALUE_INTEGER)
        add_integer(json, stored.value.integer);
    else if (stored.value.kind == AR_VALUE_TEXT)
        add_string(json, &stored.value.bytes);
    else if (stored.value.kind == AR_VALUE_BLOB)
        add_bytes(json, &stored.value.bytes, bytes, used);
    else
        ar_arena_text_add(json, "null", NULL);
}

static size_t size_of_blobs(const struct key_set *keys)
{
    size_t size = 0;

    for (size_t i = 0; i < keys->count * keys->column_count; i++)
        size += keys->values[i].kind == AR_VALUE_BLOB ? keys->values[i].bytes.size : 0;
    return size;
}

bool ar_sqlite_write_keys(const struct key_set *keys, struct key_form form, struct arena *arena, struct ar_bytes *json,
                          struct ar_bytes *bytes)
{
    struct arena_text text = {.arena = arena};
    bool is_row = keys->column_count > 1;
    char *blobs = NULL;
    size_t used = 0;

    if (keys->integers != NULL)
        return write_integers(keys, arena, json);
    if (form.in_bytes != 0 && (blobs = ar_arena_allocate(arena, size_of_blobs(keys) + 1)) == NULL)
        return false;
    ar_arena_text_add(&text, "[", NULL);
    for (size_t i = 0; i < keys->count; i++) {
        ar_arena_text_add(&text, i > 0 ? "," : "", is_row ? "[" : "", NULL);
        for (size_t part = 0; part < keys->column_count; part++) {
            ar_arena_text_add(&text, part > 0 ? "," : "", NULL);
            add_value(&text, &keys->values[i * keys->column_count + part], keys->columns[part], blobs, &used);
        }
        ar_arena_text_add(&text, is_row ? "]" : "", NULL);
    }
    ar_arena_text_add(&text, "]", NULL);
    *json = (struct ar_bytes){text.data, text.size};
    *bytes = (struct ar_bytes){blobs, used};
    return !text.out_of_memory;
}
