/* Conversions of strings and of enums stored as strings. */
#include "model/type_text.h"

#include "base/utf8.h"
#include "model/decimal_text.h"
#include "model/enum.h"
#include "model/type_decimal.h"
#include "model/type_field.h"

#include <armature/annotations.h>
#include <string.h>

/* ---- Strings ----------------------------------------------------------------------------------------------------- */

struct ar_value ar_type_text_value(const struct ar_column *column, const void *field)
{
    (void)column;
    return ar_value_text(LOAD(const char *, field));
}

struct ar_value ar_type_chars_value(const struct ar_column *column, const void *field)
{
    const char *end = memchr(field, '\0', column->size);

    if (end == NULL)
        return (struct ar_value){.kind = AR_VALUE_OUT_OF_RANGE};
    return ar_value_bytes(AR_VALUE_TEXT, field, (size_t)(end - (const char *)field));
}

static enum ar_status check_text(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value)
{
    if (value->kind != AR_VALUE_TEXT)
        return ar_type_refuse(reader, column, "has a value that is not a string");
    if (ar_column_has_decimal_text(column) && !ar_decimal_text_has_form(column, &value->bytes))
        return ar_fail(reader->failure, AR_INVALID, column->model, column,
                       "column %s of table %s has \"%.*s\", which is not a number with %u digits after the point",
                       column->name, column->model->table,
                       (int)ar_utf8_prefix(value->bytes.data, value->bytes.size, 60), (const char *)value->bytes.data,
                       column->scale);
    if (value->bytes.size > 0 && memchr(value->bytes.data, '\0', value->bytes.size) != NULL)
        return ar_type_refuse(reader, column, "has a string with a zero byte, which would end a C string");
    return AR_OK;
}

enum ar_status ar_type_read_text(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *field)
{
    enum ar_status status = check_text(reader, column, value);
    const char *text;

    if (status != AR_OK)
        return status;
    text = ar_arena_copy_text(reader->text, value->bytes.data, value->bytes.size);
    if (text == NULL)
        return ar_fail_no_memory(reader->failure);
    STORE(const char *, field, text);
    return AR_OK;
}

enum ar_status ar_type_read_chars(const struct field_reader *reader, const struct ar_column *column,
                                  const struct ar_value *value, void *field)
{
    enum ar_status status = check_text(reader, column, value);

    if (status != AR_OK)
        return status;
    if (value->bytes.size >= column->size)
        return ar_fail(reader->failure, AR_INVALID, column->model, column,
                       "column %s of table %s has a string of %zu bytes, but the field takes at most %u", column->name,
                       column->model->table, value->bytes.size, (unsigned)column->size - 1);
    memset(field, 0, column->size);
    memcpy(field, value->bytes.data, value->bytes.size);
    return AR_OK;
}

bool ar_type_equal_texts(const struct ar_column *column, const void *a, const void *b)
{
    const char *left = LOAD(const char *, a), *right = LOAD(const char *, b);

    (void)column;
    return left != NULL && right != NULL && strcmp(left, right) == 0;
}

bool ar_type_equal_chars(const struct ar_column *column, const void *a, const void *b)
{
    return strncmp(a, b, column->size) == 0;
}

enum ar_status ar_type_own_text(const struct ar_column *column, struct arena *text, struct failure *failure,
                                void *field)
{
    (void)column;
    return ar_field_own_text(text, failure, field);
}

/* Zero the bytes after the terminator. */
enum ar_status ar_type_own_chars(const struct ar_column *column, struct arena *text, struct failure *failure,
                                 void *field)
{
    size_t length = strnlen(field, column->size);

    (void)text, (void)failure;
    memset((char *)field + length, 0, column->size - length);
    return AR_OK;
}

/* ---- Enums ------------------------------------------------------------------------------------------------------- */

struct ar_value ar_type_enum_value(const struct ar_column *column, const void *field)
{
    const char *name = ar_enum_name(column, LOAD(int32_t, field));

    return name != NULL ? ar_value_text(name) : (struct ar_value){.kind = AR_VALUE_OUT_OF_RANGE};
}

enum ar_status ar_type_read_enum(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *field)
{
    const struct ar_enum_name *constant;

    /* A driver does not know the types that CREATE TYPE … AS ENUM makes; their binary form is the label. */
    if (value->kind != AR_VALUE_TEXT && (value->kind != AR_VALUE_OTHER || column->cast == NULL))
        return ar_type_refuse(reader, column, "has a value that is not a string");
    constant = ar_enum_find(column, value->bytes.data, value->bytes.size);
    if (constant != NULL) {
        STORE(uint32_t, field, constant->value);
        return AR_OK;
    }
    return ar_fail(reader->failure, AR_INVALID, column->model, column,
                   "column %s of table %s has \"%.*s\", which is not a constant of the enum", column->name,
                   column->model->table, (int)ar_utf8_prefix(value->bytes.data, value->bytes.size, 60),
                   (const char *)value->bytes.data);
}
