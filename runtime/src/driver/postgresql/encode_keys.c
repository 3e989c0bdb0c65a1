/* Encoding of sets of keys as arrays. */
#include "driver/postgresql/encode_keys.h"

#include "driver/postgresql/type.h"

#include <string.h>

static struct ar_value key_value(const struct key_set *keys, size_t column, size_t i)
{
    return keys->integers != NULL ? ar_value_integer(keys->integers[i]) : keys->values[i * keys->column_count + column];
}

static size_t array_size(const struct key_set *keys, size_t column)
{
    size_t size = AR_PG_ARRAY_HEADER;

    for (size_t i = 0; i < keys->count; i++) {
        struct ar_value value = key_value(keys, column, i);
        size += 4 + ar_pg_size(&value, keys->columns[column]);
    }
    return size;
}

static bool has_null(const struct key_set *keys, size_t column)
{
    for (size_t i = 0; i < keys->count; i++)
        if (key_value(keys, column, i).kind == AR_VALUE_NULL)
            return true;
    return false;
}

/* Write a quoted element, with at most two bytes for each byte of the value. */
static char *append_quoted(char *end, const struct ar_bytes *text)
{
    const char *from = text->data;

    *end++ = '"';
    for (size_t i = 0; i < text->size; i++) {
        if (from[i] == '"' || from[i] == '\\')
            *end++ = '\\';
        *end++ = from[i];
    }
    *end++ = '"';
    return end;
}

/* Write one element: a string in quotes, or NULL. */
static enum pg_encoding append_text(const struct ar_value *value, const struct ar_column *column, struct arena *arena,
                                    char **end)
{
    struct pg_parameter text = {.data = value->bytes.data, .length = (int)value->bytes.size};
    enum pg_encoding encoding = PG_ENCODED;
    struct ar_bytes bytes;

    if (value->kind == AR_VALUE_NULL) {
        *end = (char *)memcpy(*end, "NULL", 4) + 4;
        return PG_ENCODED;
    }
    if (ar_pg_is_formatted(value, column))
        encoding = ar_pg_encode_formatted(value, column, arena, &text);
    bytes = (struct ar_bytes){text.data, (size_t)text.length};
    if (encoding == PG_ENCODED)
        *end = append_quoted(*end, &bytes);
    return encoding;
}

/* Write strings in the form that array_in reads: {"a","b",NULL}. */
static enum pg_encoding encode_texts(const struct key_set *keys, size_t column, struct arena *arena,
                                     struct pg_parameter *out)
{
    size_t size = 3; /* braces and terminator; without backslashes */
    enum pg_encoding encoding = PG_ENCODED;
    char *data, *end;

    for (size_t i = 0; i < keys->count; i++) {
        struct ar_value value = key_value(keys, column, i);
        bool is_text = value.kind == AR_VALUE_TEXT || ar_pg_is_formatted(&value, keys->columns[column]);
        if (!is_text && value.kind != AR_VALUE_NULL)
            return PG_OUT_OF_RANGE;
        size += is_text ? ar_pg_size(&value, keys->columns[column]) + 3 : 5; /* quotes, or NULL, and a comma */
    }
    if (size > AR_PG_MESSAGE_MAX)
        return PG_TOO_LARGE;
    data = end = ar_arena_allocate(arena, 2 * size);
    if (data == NULL)
        return PG_NO_MEMORY;
    *end++ = '{';
    for (size_t i = 0; i < keys->count && encoding == PG_ENCODED; i++) {
        struct ar_value value = key_value(keys, column, i);
        if (i > 0)
            *end++ = ',';
        encoding = append_text(&value, keys->columns[column], arena, &end);
    }
    *end++ = '}';
    *end = '\0';
    *out = (struct pg_parameter){.data = data, .length = (int)(end - data)};
    return encoding != PG_ENCODED || end - data <= AR_PG_MESSAGE_MAX ? encoding : PG_TOO_LARGE;
}

/* One dimension: array_recv's format. */
static enum pg_encoding encode_array(const struct key_set *keys, size_t column, struct arena *arena,
                                     struct pg_parameter *out)
{
    struct pg_type type = ar_pg_type_of(keys->columns[column]);
    size_t size = array_size(keys, column);
    char *data = size <= AR_PG_MESSAGE_MAX ? ar_arena_allocate(arena, size) : NULL, *end = data;

    *out = (struct pg_parameter){.oid = type.array, .data = data};
    if (data == NULL)
        return size <= AR_PG_MESSAGE_MAX ? PG_NO_MEMORY : PG_TOO_LARGE;
    ar_pg_put_32(end, keys->count > 0);
    ar_pg_put_32(end + 4, has_null(keys, column));
    ar_pg_put_32(end + 8, type.oid);
    end += 12;
    if (keys->count > 0) {
        ar_pg_put_32(end, (uint32_t)keys->count);
        ar_pg_put_32(end + 4, 1);
        end += 8;
    }
    for (size_t i = 0; i < keys->count; i++) {
        struct ar_value value = key_value(keys, column, i);
        enum pg_encoding encoding = ar_pg_append(&value, keys->columns[column], type.oid, &end);
        if (encoding != PG_ENCODED)
            return encoding;
    }
    out->length = (int)(end - data);
    return PG_ENCODED;
}

enum pg_encoding ar_pg_encode_keys(const struct key_set *keys, size_t column, struct arena *arena,
                                   struct pg_parameter *out)
{
    if (keys->has_column_types && ar_pg_is_sent_as_text(keys->columns[column]))
        return encode_texts(keys, column, arena, out);
    return encode_array(keys, column, arena, out);
}
