/* Timestamps as strings: a small parser of ISO 8601, and a writer in the form of SQLite's datetime(). */
#include "base/timestamp.h"

#include <stdio.h>

struct reader {
    const char *next;
    const char *end;
};

/* Read exactly `digits` digits. Return false if there are fewer. */
static bool read_number(struct reader *reader, int digits, int *out)
{
    *out = 0;
    for (; digits > 0; digits--, reader->next++) {
        if (reader->next == reader->end || *reader->next < '0' || *reader->next > '9')
            return false;
        *out = *out * 10 + (*reader->next - '0');
    }
    return true;
}

static bool skip(struct reader *reader, char expected)
{
    if (reader->next == reader->end || *reader->next != expected)
        return false;
    reader->next++;
    return true;
}

/* Days since 1970-01-01 in the Gregorian calendar (Howard Hinnant, chrono-Compatible Low-Level Date Algorithms). */
static int64_t days_from_civil(int year, int month, int day)
{
    int64_t shifted = year - (month <= 2);
    int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    int64_t year_of_era = shifted - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

static bool is_date(int year, int month, int day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    if (month < 1 || month > 12 || day < 1)
        return false;
    return day <= lengths[month - 1] + (month == 2 && leap);
}

static bool read_fraction(struct reader *reader, int32_t *nanoseconds)
{
    int32_t unit = 100000000;
    const char *start = reader->next;

    for (; reader->next < reader->end && *reader->next >= '0' && *reader->next <= '9'; reader->next++) {
        *nanoseconds += (*reader->next - '0') * unit;
        unit /= 10;
    }
    return reader->next > start;
}

static bool read_clock(struct reader *reader, struct ar_instant *out)
{
    int hour, minute, second = 0;

    if (!read_number(reader, 2, &hour) || !skip(reader, ':') || !read_number(reader, 2, &minute))
        return false;
    if (skip(reader, ':')) {
        if (!read_number(reader, 2, &second))
            return false;
        if (skip(reader, '.') && !read_fraction(reader, &out->nanoseconds))
            return false;
    }
    out->seconds += hour * 3600 + minute * 60 + second;
    return hour <= 23 && minute <= 59 && second <= 60;
}

static bool read_zone(struct reader *reader, struct ar_instant *out)
{
    int hour, minute, sign = 1;

    if (reader->next == reader->end || skip(reader, 'Z'))
        return true;
    if (skip(reader, '-'))
        sign = -1;
    else if (!skip(reader, '+'))
        return false;
    if (!read_number(reader, 2, &hour))
        return false;
    minute = 0;
    if (reader->next < reader->end) {
        (void)skip(reader, ':');
        if (!read_number(reader, 2, &minute))
            return false;
    }
    out->seconds -= sign * (hour * 3600 + minute * 60);
    return hour <= 23 && minute <= 59;
}

bool ar_timestamp_parse(const char *text, size_t size, struct ar_instant *out)
{
    struct reader reader = {text, text + size};
    int year, month, day;

    *out = (struct ar_instant){0};
    if (!read_number(&reader, 4, &year) || !skip(&reader, '-') || !read_number(&reader, 2, &month) ||
        !skip(&reader, '-') || !read_number(&reader, 2, &day) || !is_date(year, month, day))
        return false;
    out->seconds = days_from_civil(year, month, day) * 86400;
    if (reader.next == reader.end)
        return true;
    if (!skip(&reader, 'T') && !skip(&reader, ' '))
        return false;
    return read_clock(&reader, out) && read_zone(&reader, out) && reader.next == reader.end;
}

/* ---- Writing ----------------------------------------------------------------------------------------------------- */

struct civil {
    int64_t year;
    int month, day;
};

/* The inverse of days_from_civil, by the same author. */
static struct civil civil_from_days(int64_t days)
{
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted_month = (int)((5 * day_of_year + 2) / 153);
    int month = shifted_month + (shifted_month < 10 ? 3 : -9);

    return (struct civil){
        .year = year_of_era + era * 400 + (month <= 2),
        .month = month,
        .day = (int)(day_of_year - (153 * shifted_month + 2) / 5 + 1),
    };
}

size_t ar_timestamp_format(const struct ar_instant *instant, char out[AR_TIMESTAMP_SIZE])
{
    /* 0000-01-01 00:00:00 to 9999-12-31 23:59:59: the range in which strings compare like times. */
    const int64_t first = INT64_C(-62167219200), last = INT64_C(253402300799);
    bool is_whole = instant->nanoseconds % 1000 == 0;
    struct civil date;
    int64_t days;
    int second, length;

    if (instant->seconds < first || instant->seconds > last)
        return 0;
    days = (instant->seconds - first) / 86400 + first / 86400;
    second = (int)(instant->seconds - days * 86400);
    date = civil_from_days(days);
    length = snprintf(out, AR_TIMESTAMP_SIZE, "%04d-%02d-%02d %02d:%02d:%02d", (int)date.year, date.month, date.day,
                      second / 3600, second / 60 % 60, second % 60);
    if (instant->nanoseconds != 0)
        length += snprintf(out + length, AR_TIMESTAMP_SIZE - (size_t)length, is_whole ? ".%06d" : ".%09d",
                           is_whole ? instant->nanoseconds / 1000 : instant->nanoseconds);
    return (size_t)length;
}
