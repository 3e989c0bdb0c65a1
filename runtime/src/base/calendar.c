/* Dates and times of day. */
#include "base/calendar.h"

#include "base/digits.h"

#include <stdio.h>

/* ---- Dates ------------------------------------------------------------------------------------------------------- */

static bool is_leap_year(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool ar_date_exists(struct ar_date date)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    if (date.month < 1 || date.month > 12 || date.day < 1)
        return false;
    return date.day <= lengths[date.month - 1] + (date.month == 2 && is_leap_year(date.year));
}

bool ar_date_is_valid(struct ar_date date)
{
    return date.year >= 1 && date.year <= 9999 && ar_date_exists(date);
}

/* Howard Hinnant, chrono-Compatible Low-Level Date Algorithms. */
int64_t ar_date_to_days(struct ar_date date)
{
    int month = date.month;
    int64_t shifted = date.year - (month <= 2);
    int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    int64_t year_of_era = shifted - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

/* The inverse, by the same author. */
bool ar_date_of_days(int64_t days, struct ar_date *out)
{
    const int64_t first = -719528, last = 2932896; /* 0000-01-01 and 9999-12-31 */
    int64_t shifted = days + 719468;
    int64_t era, day_of_era, year_of_era, day_of_year;
    int shifted_month, month;

    if (days < first || days > last)
        return false;
    era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    day_of_era = shifted - era * 146097;
    year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    shifted_month = (int)((5 * day_of_year + 2) / 153);
    month = shifted_month + (shifted_month < 10 ? 3 : -9);
    *out = (struct ar_date){
        .year = (int16_t)(year_of_era + era * 400 + (month <= 2)),
        .month = (uint8_t)month,
        .day = (uint8_t)(day_of_year - (153 * shifted_month + 2) / 5 + 1),
    };
    return true;
}

size_t ar_date_format(struct ar_date date, char out[AR_DATE_SIZE])
{
    if (!ar_date_is_valid(date))
        return 0;
    return (size_t)snprintf(out, AR_DATE_SIZE, "%04d-%02u-%02u", date.year, date.month, date.day);
}

bool ar_date_parse(const char *text, size_t size, struct ar_date *out)
{
    struct digits digits = {text, text + size};

    return ar_digits_date(&digits, out) && digits.next == digits.end && ar_date_is_valid(*out);
}

/* ---- Times of day ------------------------------------------------------------------------------------------------ */

bool ar_time_of_day_is_valid(struct ar_time_of_day time)
{
    return time.hour <= 23 && time.minute <= 59 && time.second <= 59 && time.microsecond <= 999999;
}

int64_t ar_time_of_day_to_microseconds(struct ar_time_of_day time)
{
    return (time.hour * INT64_C(3600) + time.minute * INT64_C(60) + time.second) * 1000000 + time.microsecond;
}

bool ar_time_of_day_of_microseconds(int64_t microseconds, struct ar_time_of_day *out)
{
    int64_t seconds = microseconds / 1000000;

    if (microseconds < 0 || seconds >= 86400)
        return false;
    *out = (struct ar_time_of_day){
        .hour = (uint8_t)(seconds / 3600),
        .minute = (uint8_t)(seconds / 60 % 60),
        .second = (uint8_t)(seconds % 60),
        .microsecond = (uint32_t)(microseconds % 1000000),
    };
    return true;
}

size_t ar_time_of_day_format(struct ar_time_of_day time, char out[AR_TIME_OF_DAY_SIZE])
{
    int length;

    if (!ar_time_of_day_is_valid(time))
        return 0;
    length = snprintf(out, AR_TIME_OF_DAY_SIZE, "%02u:%02u:%02u", time.hour, time.minute, time.second);
    if (time.microsecond != 0)
        length += snprintf(out + length, AR_TIME_OF_DAY_SIZE - (size_t)length, ".%06u", (unsigned)time.microsecond);
    return (size_t)length;
}

bool ar_time_of_day_parse(const char *text, size_t size, struct ar_time_of_day *out)
{
    struct digits digits = {text, text + size};
    int32_t nanoseconds = 0;

    *out = (struct ar_time_of_day){0};
    if (!ar_digits_clock(&digits, out, &nanoseconds) || digits.next != digits.end || nanoseconds % 1000 != 0)
        return false;
    out->microsecond = (uint32_t)nanoseconds / 1000;
    return ar_time_of_day_is_valid(*out);
}
