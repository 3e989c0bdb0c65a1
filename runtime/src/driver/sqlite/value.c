/* Conversion of values to the form that SQLite stores, for statements, functions and virtual tables. */
#include "driver/sqlite/value.h"

#include "base/calendar.h"
#include "base/uuid.h"
#include "model/array.h"
#include "model/time_text.h"
#include "model/type_info.h"

#include <math.h>
#include <string.h>

/* A date or time in the form that its column stores. */
struct stored_time {
    bool is_text;
    int64_t number; /* seconds for a time_t, nanoseconds for a struct timespec (years 1677 to 2262) */
    size_t length;
    char text[AR_TIMESTAMP_SIZE];
};

static bool store_text(size_t length, struct stored_time *out)
{
    out->is_text = true;
    out->length = length;
    return length > 0;
}

static bool store_time(struct ar_instant time, const struct ar_column *column, struct stored_time *out)
{
    const int64_t billion = 1000000000;
    int64_t ticks;

    if (column == NULL)
        return false;
    ticks = ar_type_info_of(column)->ticks_per_second;
    if (ticks == 1)
        time.nanoseconds = 0;
    if ((column->flags & AR_COLUMN_TIME_TEXT) != 0)
        return store_text(ar_time_text(&time, column, out->text), out);
    out->is_text = false;
    return ticks > 0 && !__builtin_mul_overflow(time.seconds, ticks, &out->number) &&
           !__builtin_add_overflow(out->number, time.nanoseconds / (billion / ticks), &out->number);
}

/* Return false if the form cannot represent the value, a date or time. */
static bool store(const struct ar_value *value, const struct ar_column *column, struct stored_time *out)
{
    if (value->kind == AR_VALUE_DATE)
        return store_text(ar_date_format(value->date, out->text), out);
    if (value->kind == AR_VALUE_TIME_OF_DAY)
        return store_text(ar_time_of_day_format(value->time_of_day, out->text), out);
    return store_time(value->time, column, out);
}

static bool is_date_or_time(const struct ar_value *value)
{
    return value->kind == AR_VALUE_TIME || value->kind == AR_VALUE_DATE || value->kind == AR_VALUE_TIME_OF_DAY;
}

bool ar_sqlite_holds(const struct ar_value *value, const struct ar_column *column)
{
    struct stored_time time;

    if (value->kind == AR_VALUE_REAL)
        return !isnan(value->real); /* SQLite would silently store NULL */
    if (is_date_or_time(value))
        return store(value, column, &time);
    return value->kind != AR_VALUE_DECIMAL && value->kind != AR_VALUE_OUT_OF_RANGE && value->kind != AR_VALUE_OTHER;
}

/* Return true if the column stores its bytes as the string of a UUID, and write that. */
static bool is_uuid_text(const struct ar_value *value, const struct ar_column *column, char out[AR_UUID_LENGTH + 1])
{
    if (column == NULL || column->type != AR_TYPE_UUID_TEXT || value->bytes.size != 16)
        return false;
    ar_uuid_format(value->bytes.data, out);
    return true;
}

bool ar_sqlite_store(const struct ar_value *value, const struct ar_column *column, struct sqlite_stored *out)
{
    struct stored_time time;

    out->value = *value;
    if (is_date_or_time(value)) {
        if (!store(value, column, &time))
            return false;
        if (time.is_text)
            memcpy(out->text, time.text, time.length);
        out->value = time.is_text ? (struct ar_value){.kind = AR_VALUE_TEXT, .bytes = {out->text, time.length}}
                                  : ar_value_integer(time.number);
        return true;
    }
    if (!ar_sqlite_holds(value, column))
        return false;
    if (value->kind == AR_VALUE_BLOB && is_uuid_text(value, column, out->text))
        out->value = (struct ar_value){.kind = AR_VALUE_TEXT, .bytes = {out->text, AR_UUID_LENGTH}};
    return true;
}

static void return_blob(sqlite3_context *context, const struct ar_value *value, const struct ar_column *column)
{
    char uuid[AR_UUID_LENGTH + 1];

    if (is_uuid_text(value, column, uuid))
        sqlite3_result_text(context, uuid, AR_UUID_LENGTH, SQLITE_TRANSIENT);
    else if (value->bytes.size == 0)
        sqlite3_result_zeroblob(context, 0);
    else
        sqlite3_result_blob64(context, value->bytes.data, value->bytes.size, SQLITE_STATIC);
}

static int bind_blob(sqlite3_stmt *handle, int index, const struct ar_value *value, const struct ar_column *column)
{
    char uuid[AR_UUID_LENGTH + 1];

    if (is_uuid_text(value, column, uuid))
        return sqlite3_bind_text(handle, index, uuid, AR_UUID_LENGTH, SQLITE_TRANSIENT);
    if (value->bytes.size == 0)
        return sqlite3_bind_zeroblob(handle, index, 0);
    return sqlite3_bind_blob64(handle, index, value->bytes.data, value->bytes.size, SQLITE_STATIC);
}

/* Return the array as JSON, which the caller frees by sqlite3_free; NULL if out of memory. */
static char *json_of(const struct ar_value *value, const struct ar_column *column, size_t *size)
{
    char *json = sqlite3_malloc64(ar_array_text_size(column->type, value, ARRAY_JSON));

    *size = json != NULL ? (size_t)(ar_array_write(column->type, value, ARRAY_JSON, json) - json) : 0;
    return json;
}

static void return_array(sqlite3_context *context, const struct ar_value *value, const struct ar_column *column)
{
    size_t size;
    char *json = json_of(value, column, &size);

    if (json != NULL)
        sqlite3_result_text64(context, json, size, sqlite3_free, SQLITE_UTF8);
    else
        sqlite3_result_error_nomem(context);
}

static int bind_array(sqlite3_stmt *handle, int index, const struct ar_value *value, const struct ar_column *column)
{
    size_t size;
    char *json = json_of(value, column, &size);

    return json != NULL ? sqlite3_bind_text64(handle, index, json, size, sqlite3_free, SQLITE_UTF8) : SQLITE_NOMEM;
}

static bool return_time(sqlite3_context *context, const struct ar_value *value, const struct ar_column *column)
{
    struct stored_time stored;

    if (!store(value, column, &stored))
        return false;
    if (stored.is_text)
        sqlite3_result_text(context, stored.text, (int)stored.length, SQLITE_TRANSIENT);
    else
        sqlite3_result_int64(context, stored.number);
    return true;
}

bool ar_sqlite_result(sqlite3_context *context, const struct ar_value *value, const struct ar_column *column)
{
    switch (value->kind) {
    case AR_VALUE_NULL:
        break;
    case AR_VALUE_INTEGER:
        sqlite3_result_int64(context, value->integer);
        break;
    case AR_VALUE_REAL:
        if (isnan(value->real))
            return false;
        sqlite3_result_double(context, value->real);
        break;
    case AR_VALUE_TEXT:
        sqlite3_result_text64(context, value->bytes.data, value->bytes.size, SQLITE_STATIC, SQLITE_UTF8);
        break;
    case AR_VALUE_BLOB:
        return_blob(context, value, column);
        break;
    case AR_VALUE_ARRAY:
        return_array(context, value, column);
        break;
    case AR_VALUE_TIME:
    case AR_VALUE_DATE:
    case AR_VALUE_TIME_OF_DAY:
        return return_time(context, value, column);
    case AR_VALUE_DECIMAL:
    case AR_VALUE_OUT_OF_RANGE:
    case AR_VALUE_OTHER:
        return false;
    }
    return true;
}

static int bind_time(sqlite3_stmt *handle, int index, const struct ar_value *value, const struct ar_column *column)
{
    struct stored_time stored;

    /* A time_t is usually stored as it is. */
    if (value->kind == AR_VALUE_TIME && column != NULL && column->type == AR_TYPE_TIME &&
        (column->flags & AR_COLUMN_TIME_TEXT) == 0)
        return sqlite3_bind_int64(handle, index, value->time.seconds);
    if (!store(value, column, &stored))
        return SQLITE_RANGE;
    if (stored.is_text)
        return sqlite3_bind_text(handle, index, stored.text, (int)stored.length, SQLITE_TRANSIENT);
    return sqlite3_bind_int64(handle, index, stored.number);
}

int ar_sqlite_bind(sqlite3_stmt *handle, int index, const struct ar_value *value, const struct ar_column *column)
{
    switch (value->kind) {
    case AR_VALUE_NULL:
        return sqlite3_bind_null(handle, index);
    case AR_VALUE_INTEGER:
        return sqlite3_bind_int64(handle, index, value->integer);
    case AR_VALUE_REAL:
        return isnan(value->real) ? SQLITE_RANGE : sqlite3_bind_double(handle, index, value->real);
    case AR_VALUE_TEXT:
        return sqlite3_bind_text64(handle, index, value->bytes.data, value->bytes.size, SQLITE_STATIC, SQLITE_UTF8);
    case AR_VALUE_BLOB:
        return bind_blob(handle, index, value, column);
    case AR_VALUE_ARRAY:
        return bind_array(handle, index, value, column);
    case AR_VALUE_TIME:
    case AR_VALUE_DATE:
    case AR_VALUE_TIME_OF_DAY:
        return bind_time(handle, index, value, column);
    case AR_VALUE_DECIMAL:
    case AR_VALUE_OUT_OF_RANGE:
    case AR_VALUE_OTHER:
        break;
    }
    return SQLITE_RANGE;
}
