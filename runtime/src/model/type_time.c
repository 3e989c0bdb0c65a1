/* Conversions of times, dates and times of day. */
#include "model/type_time.h"

#include "base/calendar.h"
#include "base/timestamp.h"
#include "model/time_text.h"
#include "model/type_field.h"

#include <armature/annotations.h>
#include <string.h>

/* ---- Times ------------------------------------------------------------------------------------------------------- */

struct ar_value ar_type_time_value(const struct ar_column *column, const void *field)
{
    (void)column;
    return ar_value_time(LOAD(time_t, field));
}

struct ar_value ar_type_timespec_value(const struct ar_column *column, const void *field)
{
    struct timespec time = LOAD(struct timespec, field);

    (void)column;
    if (time.tv_nsec < 0 || time.tv_nsec >= 1000000000)
        return (struct ar_value){.kind = AR_VALUE_OUT_OF_RANGE};
    return ar_value_timespec(time);
}

/* A time read in the other form would be compared and written in the column's form: conditions would match the wrong
 * rows, and a save would change the form of the row for other programs. */
static enum ar_status refuse_time(const struct field_reader *reader, const struct ar_column *column,
                                  const struct ar_value *value)
{
    struct ar_instant ignored;

    if (value->kind == AR_VALUE_INTEGER)
        return ar_type_refuse(reader, column,
                              "has a number, but AR_STORED_AS declares its times as strings: remove the attribute");
    if (value->kind != AR_VALUE_TEXT)
        return ar_type_refuse(reader, column, "has a value that is not a timestamp");
    if (!ar_timestamp_parse(value->bytes.data, value->bytes.size, &ignored))
        return ar_type_refuse(reader, column,
                              (column->flags & AR_COLUMN_TIME_ISO) != 0
                                  ? "has a string that is not a timestamp: expected YYYY-MM-DDTHH:MM:SSZ"
                                  : "has a string that is not a timestamp: expected YYYY-MM-DD HH:MM:SS");
    return ar_type_refuse(
        reader, column,
        value->bytes.size > strlen("YYYY-MM-DD")
            ? "has a time stored as a string: declare the field AR_STORED_AS(text), or AR_STORED_AS(iso) if it has a T"
            : "has a date stored as a string: declare the field AR_STORED_AS(date), or AR_STORED_AS(text) if other rows "
              "have a time of day");
}

/* Rows with different keys must not become one record: refuse a value of a key that the field would write back in
 * another form or without its fraction. */
static enum ar_status check_key_time(const struct field_reader *reader, const struct ar_column *column,
                                     const struct ar_value *value, const struct ar_instant *time)
{
    char text[AR_TIMESTAMP_SIZE];
    struct ar_instant whole = *time;
    size_t length;

    if ((column->flags & AR_COLUMN_EXACT) == 0)
        return AR_OK;
    if (column->type == AR_TYPE_TIME)
        whole.nanoseconds = 0;
    if (value->kind == AR_VALUE_TEXT) {
        length = ar_time_text(&whole, column, text);
        if (length == value->bytes.size && memcmp(text, value->bytes.data, length) == 0)
            return AR_OK;
    } else if (whole.nanoseconds == time->nanoseconds) {
        return AR_OK;
    }
    return ar_type_refuse(reader, column,
                          value->kind == AR_VALUE_TEXT
                              ? "is part of a key, but has a string that AR_STORED_AS would write differently"
                              : "is part of a key, but has a fraction of a second: declare the field struct timespec");
}

/* Read a time that the database has, or one that is stored in the form of the column. If that is a number, store it in
 * *number and set *is_number. */
static enum ar_status read_instant(const struct field_reader *reader, const struct ar_column *column,
                                   const struct ar_value *value, struct ar_instant *out, bool *is_number)
{
    bool is_text = (column->flags & AR_COLUMN_TIME_TEXT) != 0;

    *is_number = !is_text && value->kind == AR_VALUE_INTEGER;
    if (value->kind == AR_VALUE_TIME)
        *out = value->time;
    else if (value->kind == AR_VALUE_DATE)
        *out = (struct ar_instant){.seconds = ar_date_to_days(value->date) * 86400};
    else if (!*is_number && (!is_text || value->kind != AR_VALUE_TEXT ||
                             !ar_timestamp_parse(value->bytes.data, value->bytes.size, out)))
        return refuse_time(reader, column, value);
    return *is_number ? AR_OK : check_key_time(reader, column, value, out);
}

/* A number is in seconds. */
enum ar_status ar_type_read_time(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *field)
{
    struct ar_instant instant = {0};
    bool is_number;
    enum ar_status status = read_instant(reader, column, value, &instant, &is_number);

    if (status == AR_OK)
        STORE(time_t, field, is_number ? value->integer : instant.seconds);
    return status;
}

/* A number is in nanoseconds. */
enum ar_status ar_type_read_timespec(const struct field_reader *reader, const struct ar_column *column,
                                     const struct ar_value *value, void *field)
{
    const int64_t billion = 1000000000;
    struct ar_instant instant = {0};
    struct timespec time;
    bool is_number;
    enum ar_status status = read_instant(reader, column, value, &instant, &is_number);

    if (status != AR_OK)
        return status;
    if (is_number) {
        int64_t rest = value->integer % billion;
        instant.seconds = value->integer / billion - (rest < 0);
        instant.nanoseconds = (int32_t)(rest + (rest < 0 ? billion : 0));
    }
    time = (struct timespec){.tv_sec = (time_t)instant.seconds, .tv_nsec = instant.nanoseconds};
    memcpy(field, &time, sizeof time);
    return AR_OK;
}

/* ---- Dates and times of day -------------------------------------------------------------------------------------- */

struct ar_value ar_type_date_value(const struct ar_column *column, const void *field)
{
    struct ar_date date = LOAD(struct ar_date, field);

    (void)column;
    return ar_date_is_valid(date) ? ar_value_date(date) : (struct ar_value){.kind = AR_VALUE_OUT_OF_RANGE};
}

enum ar_status ar_type_read_date(const struct field_reader *reader, const struct ar_column *column,
                                 const struct ar_value *value, void *field)
{
    struct ar_date date = value->date;

    if (value->kind == AR_VALUE_TIME)
        return ar_type_refuse(reader, column, "has a time, or a date outside the years 1 to 9999");
    if (value->kind != AR_VALUE_DATE && value->kind != AR_VALUE_TEXT)
        return ar_type_refuse(reader, column, "has a value that is not a date");
    if (value->kind == AR_VALUE_TEXT && !ar_date_parse(value->bytes.data, value->bytes.size, &date))
        return ar_type_refuse(reader, column, "has a string that is not a date: expected YYYY-MM-DD");
    memcpy(field, &date, sizeof date);
    return AR_OK;
}

struct ar_value ar_type_time_of_day_value(const struct ar_column *column, const void *field)
{
    struct ar_time_of_day time = LOAD(struct ar_time_of_day, field);

    (void)column;
    return ar_time_of_day_is_valid(time) ? ar_value_time_of_day(time)
                                         : (struct ar_value){.kind = AR_VALUE_OUT_OF_RANGE};
}

/* Store the time with zeros in the padding of its struct. */
static void store_time_of_day(struct ar_time_of_day time, void *field)
{
    memset(field, 0, sizeof time);
    memcpy(field, &time, offsetof(struct ar_time_of_day, second) + sizeof time.second);
    memcpy((char *)field + offsetof(struct ar_time_of_day, microsecond), &time.microsecond, sizeof time.microsecond);
}

enum ar_status ar_type_read_time_of_day(const struct field_reader *reader, const struct ar_column *column,
                                        const struct ar_value *value, void *field)
{
    struct ar_time_of_day time = value->time_of_day;
    char text[AR_TIME_OF_DAY_SIZE];

    if (value->kind != AR_VALUE_TIME_OF_DAY && value->kind != AR_VALUE_TEXT)
        return ar_type_refuse(reader, column, "has a value that is not a time of day");
    if (value->kind == AR_VALUE_TEXT) {
        if (!ar_time_of_day_parse(value->bytes.data, value->bytes.size, &time))
            return ar_type_refuse(reader, column, "has a string that is not a time of day: expected HH:MM:SS");
        if ((column->flags & AR_COLUMN_EXACT) != 0 && (ar_time_of_day_format(time, text) != value->bytes.size ||
                                                       memcmp(text, value->bytes.data, value->bytes.size) != 0))
            return ar_type_refuse(reader, column,
                                  "is part of a key, but has a string other than HH:MM:SS or HH:MM:SS.ffffff");
    }
    store_time_of_day(time, field);
    return AR_OK;
}

bool ar_type_equal_times_of_day(const struct ar_column *column, const void *a, const void *b)
{
    struct ar_time_of_day left = LOAD(struct ar_time_of_day, a), right = LOAD(struct ar_time_of_day, b);

    (void)column;
    return left.hour == right.hour && left.minute == right.minute && left.second == right.second &&
           left.microsecond == right.microsecond;
}

enum ar_status ar_type_own_time_of_day(const struct ar_column *column, struct arena *text, struct failure *failure,
                                       void *field)
{
    (void)column, (void)text, (void)failure;
    store_time_of_day(LOAD(struct ar_time_of_day, field), field);
    return AR_OK;
}
