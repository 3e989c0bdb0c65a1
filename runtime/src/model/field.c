/* Fields of structs: read as values, written from values, compared. */
#include "model/field.h"

#include "base/timestamp.h"
#include "model/enum.h"

#include <float.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <string.h>

static const void *address(const struct ar_column *column, const void *record)
{
    return (const char *)record + column->offset;
}

/* Fields are read and written by memcpy: the struct is the program's, and its types are not ours. */
#define LOAD(type, from) (*(type *)memcpy(&(type){0}, (from), sizeof(type)))
#define STORE(type, to, value) ((void)memcpy((to), &(type){(type)(value)}, sizeof(type)))

static int64_t load_integer(const struct ar_column *column, const void *from)
{
    switch ((enum ar_type)column->type) {
    case AR_TYPE_BOOL:
        return LOAD(uint8_t, from) != 0;
    case AR_TYPE_INT8:
        return LOAD(int8_t, from);
    case AR_TYPE_INT16:
        return LOAD(int16_t, from);
    case AR_TYPE_INT32:
    case AR_TYPE_ENUM_TEXT:
        return LOAD(int32_t, from);
    case AR_TYPE_UINT8:
        return LOAD(uint8_t, from);
    case AR_TYPE_UINT16:
        return LOAD(uint16_t, from);
    case AR_TYPE_UINT32:
        return LOAD(uint32_t, from);
    default:
        return LOAD(int64_t, from);
    }
}

static struct ar_value enum_value(const struct ar_column *column, const void *from)
{
    const char *name = ar_enum_name(column, load_integer(column, from));

    return name != NULL ? ar_value_text(name) : (struct ar_value){.kind = AR_VALUE_OUT_OF_RANGE};
}

static struct ar_value chars_value(const struct ar_column *column, const void *from)
{
    const char *end = memchr(from, '\0', column->size);

    if (end == NULL)
        return (struct ar_value){.kind = AR_VALUE_OUT_OF_RANGE};
    return ar_value_bytes(AR_VALUE_TEXT, from, (size_t)(end - (const char *)from));
}

static struct ar_value timespec_value(const void *from)
{
    struct timespec time = LOAD(struct timespec, from);

    if (time.tv_nsec < 0 || time.tv_nsec >= 1000000000)
        return (struct ar_value){.kind = AR_VALUE_OUT_OF_RANGE};
    return ar_value_timespec(time);
}

static struct ar_value raw_value(const struct ar_column *column, const void *from)
{
    switch ((enum ar_type)column->type) {
    case AR_TYPE_UINT64:
        return ar_value_unsigned(LOAD(uint64_t, from));
    case AR_TYPE_FLOAT:
        return ar_value_real((double)LOAD(float, from));
    case AR_TYPE_DOUBLE:
        return ar_value_real(LOAD(double, from));
    case AR_TYPE_TEXT:
        return ar_value_text(LOAD(const char *, from));
    case AR_TYPE_CHARS:
        return chars_value(column, from);
    case AR_TYPE_BLOB: {
        struct ar_blob blob = LOAD(struct ar_blob, from);
        return ar_value_bytes(AR_VALUE_BLOB, blob.data, blob.size);
    }
    case AR_TYPE_UUID:
        return ar_value_uuid(from);
    case AR_TYPE_TIME:
        return ar_value_time(LOAD(time_t, from));
    case AR_TYPE_TIMESPEC:
        return timespec_value(from);
    case AR_TYPE_ENUM_TEXT:
        return enum_value(column, from);
    default:
        return ar_value_integer(load_integer(column, from));
    }
}

static bool is_zero(const struct ar_column *column, const void *from)
{
    const unsigned char *bytes = from;

    /* The zero value of a char[N] is the empty text, whatever lies behind the terminator. */
    if (column->type == AR_TYPE_CHARS)
        return bytes[0] == 0;
    for (size_t i = 0; i < column->size; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

struct ar_value ar_field_value(const struct ar_column *column, const void *record)
{
    const void *from = address(column, record);

    if ((column->flags & AR_COLUMN_NULL_FLAG) != 0) {
        if (LOAD(uint8_t, (const char *)record + column->null_offset) == 0)
            return ar_value_null();
    } else if ((column->flags & AR_COLUMN_NULLABLE) != 0 && is_zero(column, from)) {
        return ar_value_null();
    }
    return raw_value(column, from);
}

/* ---- Values into fields ------------------------------------------------------------------------------------------ */

static enum ar_status refuse(const struct field_reader *reader, const struct ar_column *column, const char *what)
{
    return ar_fail(reader->failure, AR_INVALID, column->model, column, "column %s of table %s holds %s", column->name,
                   column->model->table, what);
}

struct integer_range {
    int64_t minimum;
    int64_t maximum;
};

static struct integer_range integer_range(enum ar_type type)
{
    switch (type) {
    case AR_TYPE_BOOL:
        return (struct integer_range){0, 1};
    case AR_TYPE_INT8:
        return (struct integer_range){INT8_MIN, INT8_MAX};
    case AR_TYPE_INT16:
        return (struct integer_range){INT16_MIN, INT16_MAX};
    case AR_TYPE_INT32:
        return (struct integer_range){INT32_MIN, INT32_MAX};
    case AR_TYPE_UINT8:
        return (struct integer_range){0, UINT8_MAX};
    case AR_TYPE_UINT16:
        return (struct integer_range){0, UINT16_MAX};
    case AR_TYPE_UINT32:
        return (struct integer_range){0, UINT32_MAX};
    case AR_TYPE_UINT64:
        return (struct integer_range){0, INT64_MAX};
    default:
        return (struct integer_range){INT64_MIN, INT64_MAX};
    }
}

int64_t ar_field_largest(const struct ar_column *column)
{
    return integer_range(column->type).maximum;
}

int64_t ar_field_next_version(const struct ar_column *version, const void *record)
{
    int64_t current = ar_field_value(version, record).integer;

    return current < ar_field_largest(version) ? current + 1 : 0;
}

static enum ar_status read_integer(const struct field_reader *reader, const struct ar_column *column,
                                   const struct ar_value *value, void *to)
{
    struct integer_range range = integer_range(column->type);

    if (value->kind != AR_VALUE_INTEGER)
        return refuse(reader, column, "a value that is no integer");
    if (value->integer < range.minimum || value->integer > range.maximum)
        return ar_fail(reader->failure, AR_INVALID, column->model, column,
                       "column %s of table %s holds %" PRId64 ", which the field cannot: it takes %" PRId64
                       " to %" PRId64,
                       column->name, column->model->table, value->integer, range.minimum, range.maximum);
    switch (column->size) {
    case 1:
        STORE(uint8_t, to, value->integer);
        break;
    case 2:
        STORE(uint16_t, to, value->integer);
        break;
    case 4:
        STORE(uint32_t, to, value->integer);
        break;
    default:
        STORE(int64_t, to, value->integer);
    }
    return AR_OK;
}

static enum ar_status read_real(const struct field_reader *reader, const struct ar_column *column,
                                const struct ar_value *value, void *to)
{
    double real = value->kind == AR_VALUE_INTEGER ? (double)value->integer : value->real;

    if (value->kind != AR_VALUE_REAL && value->kind != AR_VALUE_INTEGER)
        return refuse(reader, column, "a value that is no number");
    if (column->type == AR_TYPE_DOUBLE) {
        STORE(double, to, real);
        return AR_OK;
    }
    if (isfinite(real) && fabs(real) > (double)FLT_MAX)
        return refuse(reader, column, "a number that is too large for a float");
    if (real != 0 && (float)real == 0)
        return refuse(reader, column, "a number that is too close to 0 for a float");
    STORE(float, to, real);
    return AR_OK;
}

static enum ar_status check_text(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value)
{
    if (value->kind != AR_VALUE_TEXT)
        return refuse(reader, column, "a value that is no text");
    if (value->bytes.size > 0 && memchr(value->bytes.data, '\0', value->bytes.size) != NULL)
        return refuse(reader, column, "a text with a zero byte, which a C string cannot hold");
    return AR_OK;
}

static enum ar_status read_text(const struct field_reader *reader, const struct ar_column *column,
                                const struct ar_value *value, void *to)
{
    enum ar_status status = check_text(reader, column, value);
    const char *text;

    if (status != AR_OK)
        return status;
    text = ar_arena_copy_text(reader->text, value->bytes.data, value->bytes.size);
    if (text == NULL)
        return ar_fail_no_memory(reader->failure);
    STORE(const char *, to, text);
    return AR_OK;
}

static enum ar_status read_chars(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *to)
{
    enum ar_status status = check_text(reader, column, value);

    if (status != AR_OK)
        return status;
    if (value->bytes.size >= column->size)
        return ar_fail(reader->failure, AR_INVALID, column->model, column,
                       "column %s of table %s holds a text of %zu bytes; the field takes %u", column->name,
                       column->model->table, value->bytes.size, (unsigned)column->size - 1);
    memset(to, 0, column->size);
    memcpy(to, value->bytes.data, value->bytes.size);
    return AR_OK;
}

static enum ar_status read_blob(const struct field_reader *reader, const struct ar_column *column,
                                const struct ar_value *value, void *to)
{
    struct ar_blob blob = {.size = value->bytes.size};

    if (value->kind != AR_VALUE_BLOB)
        return refuse(reader, column, "a value that is no blob");
    blob.data = ar_arena_copy_text(reader->text, value->bytes.data, blob.size);
    if (blob.data == NULL)
        return ar_fail_no_memory(reader->failure);
    memcpy(to, &blob, sizeof blob);
    return AR_OK;
}

static enum ar_status read_uuid(const struct field_reader *reader, const struct ar_column *column,
                                const struct ar_value *value, void *to)
{
    if (value->kind != AR_VALUE_BLOB || value->bytes.size != 16)
        return refuse(reader, column, "a value that is not a UUID of 16 bytes");
    memcpy(to, value->bytes.data, 16);
    return AR_OK;
}

/* A time read in the other form would be compared and written in the column's form: conditions would match the wrong
 * rows, and a save would change the form of the row for other programs. */
static enum ar_status refuse_time(const struct field_reader *reader, const struct ar_column *column,
                                  const struct ar_value *value)
{
    struct ar_instant ignored;

    if (value->kind == AR_VALUE_INTEGER)
        return refuse(reader, column, "a number, but AR_STORED_AS declares its times as strings: remove the attribute");
    if (value->kind != AR_VALUE_TEXT)
        return refuse(reader, column, "a value that is not a timestamp");
    if (!ar_timestamp_parse(value->bytes.data, value->bytes.size, &ignored))
        return refuse(reader, column, "a string that is not a timestamp: expected YYYY-MM-DD HH:MM:SS");
    return refuse(
        reader, column,
        value->bytes.size > strlen("YYYY-MM-DD")
            ? "a time stored as a string: declare the field AR_STORED_AS(text)"
            : "a date stored as a string: declare the field AR_STORED_AS(date), or AR_STORED_AS(text) if other rows "
              "have a time of day");
}

/* A number is seconds for a time_t and nanoseconds for a struct timespec, as the SQLite driver writes them. */
static enum ar_status read_time(const struct field_reader *reader, const struct ar_column *column,
                                const struct ar_value *value, void *to)
{
    const int64_t billion = 1000000000;
    bool is_text = (column->flags & AR_COLUMN_TIME_TEXT) != 0;
    struct ar_instant instant = {0};

    if (value->kind == AR_VALUE_TIME) {
        instant = value->time;
    } else if (value->kind != (is_text ? AR_VALUE_TEXT : AR_VALUE_INTEGER)) {
        return refuse_time(reader, column, value);
    } else if (is_text) {
        if (!ar_timestamp_parse(value->bytes.data, value->bytes.size, &instant))
            return refuse_time(reader, column, value);
    } else if (column->type == AR_TYPE_TIME) {
        instant.seconds = value->integer;
    } else {
        int64_t rest = value->integer % billion;
        instant.seconds = value->integer / billion - (rest < 0);
        instant.nanoseconds = (int32_t)(rest + (rest < 0 ? billion : 0));
    }
    if (column->type == AR_TYPE_TIME) {
        STORE(time_t, to, instant.seconds);
    } else {
        struct timespec timespec = {.tv_sec = (time_t)instant.seconds, .tv_nsec = instant.nanoseconds};
        memcpy(to, &timespec, sizeof timespec);
    }
    return AR_OK;
}

static enum ar_status read_enum(const struct field_reader *reader, const struct ar_column *column,
                                const struct ar_value *value, void *to)
{
    const struct ar_enum_name *constant;

    if (value->kind != AR_VALUE_TEXT)
        return refuse(reader, column, "a value that is no text");
    constant = ar_enum_find(column, value->bytes.data, value->bytes.size);
    if (constant != NULL) {
        STORE(uint32_t, to, constant->value);
        return AR_OK;
    }
    return ar_fail(reader->failure, AR_INVALID, column->model, column,
                   "column %s of table %s holds \"%.*s\", which is no constant of the enum", column->name,
                   column->model->table, (int)(value->bytes.size < 60 ? value->bytes.size : 60),
                   (const char *)value->bytes.data);
}

static enum ar_status read_null(const struct field_reader *reader, const struct ar_column *column, void *to)
{
    bool holds_null =
        (column->flags & AR_COLUMN_NULLABLE) != 0 || column->type == AR_TYPE_TEXT || column->type == AR_TYPE_BLOB;

    if (!holds_null)
        return refuse(reader, column, "NULL, and the field has no NULL: say AR_NULLABLE or AR_NULLABLE_BY");
    memset(to, 0, column->size);
    return AR_OK;
}

enum ar_status ar_field_read(const struct field_reader *reader, const struct ar_column *column,
                             const struct ar_value *value, void *record)
{
    void *to = (char *)record + column->offset;

    if ((column->flags & AR_COLUMN_NULL_FLAG) != 0)
        STORE(uint8_t, (char *)record + column->null_offset, value->kind != AR_VALUE_NULL);
    if (value->kind == AR_VALUE_NULL)
        return read_null(reader, column, to);
    if (value->kind == AR_VALUE_OUT_OF_RANGE)
        return refuse(reader, column, "a number or time out of the range of its C type");
    switch ((enum ar_type)column->type) {
    case AR_TYPE_FLOAT:
    case AR_TYPE_DOUBLE:
        return read_real(reader, column, value, to);
    case AR_TYPE_TEXT:
        return read_text(reader, column, value, to);
    case AR_TYPE_CHARS:
        return read_chars(reader, column, value, to);
    case AR_TYPE_BLOB:
        return read_blob(reader, column, value, to);
    case AR_TYPE_UUID:
        return read_uuid(reader, column, value, to);
    case AR_TYPE_TIME:
    case AR_TYPE_TIMESPEC:
        return read_time(reader, column, value, to);
    case AR_TYPE_ENUM_TEXT:
        return read_enum(reader, column, value, to);
    default:
        return read_integer(reader, column, value, to);
    }
}

/* ---- Fields compared and copied ---------------------------------------------------------------------------------- */

static bool same_null(const struct ar_column *column, const void *a, const void *b)
{
    if ((column->flags & AR_COLUMN_NULL_FLAG) == 0)
        return true;
    return LOAD(uint8_t, (const char *)a + column->null_offset) == LOAD(uint8_t, (const char *)b + column->null_offset);
}

bool ar_field_identical(const struct ar_column *column, const void *a, const void *b)
{
    return same_null(column, a, b) && memcmp(address(column, a), address(column, b), column->size) == 0;
}

bool ar_field_equal_closely(const struct ar_column *column, const void *a, const void *b)
{
    const void *left = address(column, a), *right = address(column, b);

    if (!same_null(column, a, b))
        return false;
    if (memcmp(left, right, column->size) == 0)
        return true;
    if (column->type == AR_TYPE_TEXT) {
        const char *left_text = LOAD(const char *, left), *right_text = LOAD(const char *, right);
        return left_text != NULL && right_text != NULL && strcmp(left_text, right_text) == 0;
    }
    if (column->type == AR_TYPE_BLOB) {
        struct ar_blob left_blob = LOAD(struct ar_blob, left), right_blob = LOAD(struct ar_blob, right);
        return left_blob.data != NULL && right_blob.data != NULL && left_blob.size == right_blob.size &&
               memcmp(left_blob.data, right_blob.data, left_blob.size) == 0;
    }
    return column->type == AR_TYPE_CHARS && strncmp(left, right, column->size) == 0;
}

static int compare_bytes(const struct ar_bytes *a, const struct ar_bytes *b)
{
    int order = memcmp(a->data, b->data, a->size < b->size ? a->size : b->size);

    return order != 0 ? order : (a->size > b->size) - (a->size < b->size);
}

int ar_field_compare(const struct ar_column *column, const void *a, const void *b)
{
    struct ar_value left = ar_field_value(column, a), right = ar_field_value(column, b);

    if (left.kind != right.kind)
        return (left.kind > right.kind) - (left.kind < right.kind);
    switch (left.kind) {
    case AR_VALUE_INTEGER:
        return (left.integer > right.integer) - (left.integer < right.integer);
    case AR_VALUE_REAL:
        return (left.real > right.real) - (left.real < right.real);
    case AR_VALUE_TEXT:
    case AR_VALUE_BLOB:
        return compare_bytes(&left.bytes, &right.bytes);
    case AR_VALUE_TIME:
        if (left.time.seconds != right.time.seconds)
            return left.time.seconds > right.time.seconds ? 1 : -1;
        return (left.time.nanoseconds > right.time.nanoseconds) - (left.time.nanoseconds < right.time.nanoseconds);
    default:
        return 0;
    }
}

void ar_field_copy(const struct ar_column *column, const void *from, void *to)
{
    memcpy((char *)to + column->offset, address(column, from), column->size);
    if ((column->flags & AR_COLUMN_NULL_FLAG) != 0)
        STORE(uint8_t, (char *)to + column->null_offset, LOAD(uint8_t, (const char *)from + column->null_offset));
}

enum ar_status ar_field_own_other(const struct ar_column *column, struct arena *text, struct failure *failure,
                                  void *record)
{
    char *field = (char *)record + column->offset;

    if (column->type == AR_TYPE_BLOB) {
        struct ar_blob blob = LOAD(struct ar_blob, field);
        if (blob.data == NULL)
            return AR_OK;
        blob.data = ar_arena_copy_text(text, blob.data, blob.size);
        if (blob.data == NULL)
            return ar_fail_no_memory(failure);
        memcpy(field, &blob, sizeof blob);
    } else if (column->type == AR_TYPE_CHARS) {
        size_t length = strnlen(field, column->size);
        memset(field + length, 0, column->size - length);
    }
    return AR_OK;
}
