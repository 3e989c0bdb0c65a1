/* Timestamps as text: a small reader of ISO 8601. */
#include "timestamp.h"

struct reader {
    const char *next;
    const char *end;
};

/* Reads exactly `digits` digits; false where there are not so many. */
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
