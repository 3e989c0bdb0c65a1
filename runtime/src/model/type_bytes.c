/* Conversions of blobs, byte arrays, UUIDs and arrays. */
#include "model/type_bytes.h"

#include "base/uuid.h"
#include "model/array.h"
#include "model/type_field.h"

#include <armature/annotations.h>
#include <string.h>

/* ---- Blobs, arrays of bytes and UUIDs ---------------------------------------------------------------------------- */

struct ar_value ar_type_blob_value(const struct ar_column *column, const void *field)
{
    struct ar_blob blob = LOAD(struct ar_blob, field);

    (void)column;
    return ar_value_bytes(AR_VALUE_BLOB, blob.data, blob.size);
}

enum ar_status ar_type_read_blob(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *field)
{
    struct ar_blob blob = {.size = value->bytes.size};

    if (value->kind != AR_VALUE_BLOB)
        return ar_type_refuse(reader, column, "has a value that is not a blob");
    blob.data = ar_arena_copy_text(reader->text, value->bytes.data, blob.size);
    if (blob.data == NULL)
        return ar_fail_no_memory(reader->failure);
    memcpy(field, &blob, sizeof blob);
    return AR_OK;
}

bool ar_type_same_sized(const struct ar_column *column, const void *a, const void *b)
{
    struct ar_blob left = LOAD(struct ar_blob, a), right = LOAD(struct ar_blob, b);

    _Static_assert(sizeof left == sizeof(struct ar_int64s) && sizeof left == sizeof(struct ar_texts), "same layout");
    (void)column;
    return left.data == right.data && (left.data == NULL || left.size == right.size);
}

bool ar_type_equal_blobs(const struct ar_column *column, const void *a, const void *b)
{
    struct ar_blob left = LOAD(struct ar_blob, a), right = LOAD(struct ar_blob, b);

    (void)column;
    return left.data != NULL && right.data != NULL && left.size == right.size &&
           memcmp(left.data, right.data, left.size) == 0;
}

enum ar_status ar_type_own_blob(const struct ar_column *column, struct arena *text, struct failure *failure,
                                void *field)
{
    struct ar_blob blob = LOAD(struct ar_blob, field);

    (void)column;
    if (blob.data == NULL)
        return AR_OK;
    blob.data = ar_arena_copy_text(text, blob.data, blob.size);
    if (blob.data == NULL)
        return ar_fail_no_memory(failure);
    memcpy(field, &blob, sizeof blob);
    return AR_OK;
}

struct ar_value ar_type_bytes_value(const struct ar_column *column, const void *field)
{
    return ar_value_fixed(field, column->size);
}

enum ar_status ar_type_read_bytes(const struct field_reader *reader, const struct ar_column *column,
                                  const struct ar_value *value, void *field)
{
    if (value->kind != AR_VALUE_BLOB)
        return ar_type_refuse(reader, column, "has a value that is not a blob; for a UUID, declare the field AR_UUID");
    if (value->bytes.size != column->size)
        return ar_fail(reader->failure, AR_INVALID, column->model, column,
                       "column %s of table %s has a blob of %zu bytes, but the field takes exactly %u", column->name,
                       column->model->table, value->bytes.size, (unsigned)column->size);
    memcpy(field, value->bytes.data, column->size);
    return AR_OK;
}

enum ar_status ar_type_read_uuid(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *field)
{
    if (value->kind == AR_VALUE_TEXT)
        return ar_type_refuse(reader, column, "has a string: for a UUID, declare the field AR_UUID AR_STORED_AS(text)");
    if (value->kind != AR_VALUE_BLOB || value->bytes.size != 16)
        return ar_type_refuse(reader, column, "has a value that is not a UUID of 16 bytes");
    memcpy(field, value->bytes.data, 16);
    return AR_OK;
}

enum ar_status ar_type_read_uuid_text(const struct field_reader *reader, const struct ar_column *column,
                                      const struct ar_value *value, void *field)
{
    if (value->kind != AR_VALUE_TEXT)
        return ar_type_refuse(reader, column,
                              "has a value that is not a string: remove AR_STORED_AS(text) from the field");
    if (!ar_uuid_read(value->bytes.data, value->bytes.size, field))
        return ar_type_refuse(reader, column, "has a string that is not a UUID of 36 characters");
    return AR_OK;
}

/* ---- Arrays ------------------------------------------------------------------------------------------------------ */

struct ar_value ar_type_array_value(const struct ar_column *column, const void *field)
{
    return ar_array_value(column->type, field);
}

/* Read JSON, or take an array of the caller, which has the items already. */
enum ar_status ar_type_read_array(const struct field_reader *reader, const struct ar_column *column,
                                  const struct ar_value *value, void *field)
{
    if (value->kind == AR_VALUE_ARRAY) {
        ar_array_set(column->type, value, field);
        return AR_OK;
    }
    if (value->kind != AR_VALUE_TEXT)
        return ar_type_refuse(reader, column, "has a value that is not an array");
    switch (ar_array_read_json(column->type, value->bytes.data, value->bytes.size, reader->text, field)) {
    case ARRAY_READ:
        return AR_OK;
    case ARRAY_NO_MEMORY:
        return ar_fail_no_memory(reader->failure);
    case ARRAY_HAS_NULL:
        return ar_type_refuse(reader, column, "has an array with NULL among its items, which the field cannot hold");
    case ARRAY_OUT_OF_RANGE:
        return ar_type_refuse(reader, column, "has an array with an integer out of the range of int64_t");
    case ARRAY_WRONG:
        break;
    }
    return ar_type_refuse(reader, column,
                          column->type == AR_TYPE_INT64S ? "has a string that is not a JSON array of integers"
                                                         : "has a string that is not a JSON array of strings");
}

bool ar_type_equal_arrays(const struct ar_column *column, const void *a, const void *b)
{
    return ar_array_equal(column->type, a, b);
}

enum ar_status ar_type_own_array(const struct ar_column *column, struct arena *text, struct failure *failure,
                                 void *field)
{
    void *items = ar_arena_allocate_aligned(text, ar_array_size(column->type, field), AR_ARRAY_ALIGNMENT);

    if (items == NULL)
        return ar_fail_no_memory(failure);
    ar_array_move(column->type, items, field);
    return AR_OK;
}
