/* Timestamps as strings: a small parser of ISO 8601, and writers of the forms of SQLite's datetime() and of ISO 8601.
 */
#include "base/timestamp.h"

#include "base/calendar.h"
#include "base/digits.h"

#include <stdio.h>

static bool read_zone(struct digits *digits, struct ar_instant *out)
{
    int hour, minute, sign = 1;

    if (digits->next == digits->end || ar_digits_skip(digits, 'Z'))
        return true;
    if (ar_digits_skip(digits, '-'))
        sign = -1;
    else if (!ar_digits_skip(digits, '+'))
        return false;
    if (!ar_digits_number(digits, 2, &hour))
        return false;
    minute = 0;
    if (digits->next < digits->end) {
        (void)ar_digits_skip(digits, ':');
        if (!ar_digits_number(digits, 2, &minute))
            return false;
    }
    out->seconds -= sign * (hour * 3600 + minute * 60);
    return hour <= 23 && minute <= 59;
}

bool ar_timestamp_parse(const char *text, size_t size, struct ar_instant *out)
{
    struct digits digits = {text, text + size};
    struct ar_time_of_day time;
    struct ar_date date;

    *out = (struct ar_instant){0};
    if (!ar_digits_date(&digits, &date) || !ar_date_exists(date))
        return false;
    out->seconds = ar_date_to_days(date) * 86400;
    if (digits.next == digits.end)
        return true;
    if (!ar_digits_skip(&digits, 'T') && !ar_digits_skip(&digits, ' '))
        return false;
    if (!ar_digits_clock(&digits, &time, &out->nanoseconds))
        return false;
    out->seconds += time.hour * 3600 + time.minute * 60 + time.second;
    return time.hour <= 23 && time.minute <= 59 && time.second <= 60 && read_zone(&digits, out) &&
           digits.next == digits.end;
}

/* ---- Writing ----------------------------------------------------------------------------------------------------- */

/* Write "2009-01-31 23:59:59" with this separator. Return the length; 0 if the year is not 0 to 9999. */
static int format_seconds(int64_t seconds, char separator, char out[AR_TIMESTAMP_SIZE])
{
    int second = (int)(seconds % 86400);
    struct ar_date date;

    second += second < 0 ? 86400 : 0;
    if (!ar_date_of_days((seconds - second) / 86400, &date))
        return 0;
    return snprintf(out, AR_TIMESTAMP_SIZE, "%04d-%02u-%02u%c%02d:%02d:%02d", date.year, date.month, date.day,
                    separator, second / 3600, second / 60 % 60, second % 60);
}

size_t ar_timestamp_format(const struct ar_instant *instant, char out[AR_TIMESTAMP_SIZE])
{
    bool is_whole = instant->nanoseconds % 1000 == 0;
    int length = format_seconds(instant->seconds, ' ', out);

    if (length > 0 && instant->nanoseconds != 0)
        length += snprintf(out + length, AR_TIMESTAMP_SIZE - (size_t)length, is_whole ? ".%06d" : ".%09d",
                           is_whole ? instant->nanoseconds / 1000 : instant->nanoseconds);
    return (size_t)length;
}

int32_t ar_timestamp_unit(unsigned digits)
{
    int32_t unit = 1000000000;

    for (; digits > 0; digits--)
        unit /= 10;
    return unit;
}

size_t ar_timestamp_format_iso(const struct ar_instant *instant, unsigned digits, char out[AR_TIMESTAMP_SIZE])
{
    int32_t unit = ar_timestamp_unit(digits);
    int length = format_seconds(instant->seconds, 'T', out);

    if (length == 0 || instant->nanoseconds % unit != 0)
        return 0;
    if (digits > 0)
        length += snprintf(out + length, AR_TIMESTAMP_SIZE - (size_t)length, ".%0*d", (int)digits,
                           instant->nanoseconds / unit);
    out[length++] = 'Z';
    out[length] = '\0';
    return (size_t)length;
}
