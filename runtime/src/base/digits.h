/* Digits, and a reader of those of dates and times. */
#ifndef AR_DIGITS_H
#define AR_DIGITS_H

#include <armature/annotations.h>

#include <stdbool.h>
#include <stdint.h>

static inline bool ar_is_digit(char character)
{
    return character >= '0' && character <= '9';
}

/* What is left of a string. */
struct digits {
    const char *next;
    const char *end;
};

/* Read exactly `count` digits. Return false if there are fewer. */
static inline bool ar_digits_number(struct digits *digits, int count, int *out)
{
    *out = 0;
    for (; count > 0; count--, digits->next++) {
        if (digits->next == digits->end || !ar_is_digit(*digits->next))
            return false;
        *out = *out * 10 + (*digits->next - '0');
    }
    return true;
}

/* Skip one character. Return false if the next one differs. */
static inline bool ar_digits_skip(struct digits *digits, char expected)
{
    if (digits->next == digits->end || *digits->next != expected)
        return false;
    digits->next++;
    return true;
}

/* Read "2009-01-31", whether or not the date exists. */
static inline bool ar_digits_date(struct digits *digits, struct ar_date *out)
{
    int year, month, day;

    if (!ar_digits_number(digits, 4, &year) || !ar_digits_skip(digits, '-') || !ar_digits_number(digits, 2, &month) ||
        !ar_digits_skip(digits, '-') || !ar_digits_number(digits, 2, &day))
        return false;
    *out = (struct ar_date){.year = (int16_t)year, .month = (uint8_t)month, .day = (uint8_t)day};
    return true;
}

/* Read one or more digits after a decimal point; those after the ninth are ignored. */
static inline bool ar_digits_fraction(struct digits *digits, int32_t *nanoseconds)
{
    int32_t unit = 100000000;
    const char *start = digits->next;

    for (; digits->next < digits->end && ar_is_digit(*digits->next); digits->next++) {
        *nanoseconds += (*digits->next - '0') * unit;
        unit /= 10;
    }
    return digits->next > start;
}

/* Read "23:59", "23:59:59" or "23:59:59.5", whether or not the time exists. The fraction goes to *nanoseconds only. */
static inline bool ar_digits_clock(struct digits *digits, struct ar_time_of_day *out, int32_t *nanoseconds)
{
    int hour, minute, second = 0;

    if (!ar_digits_number(digits, 2, &hour) || !ar_digits_skip(digits, ':') || !ar_digits_number(digits, 2, &minute))
        return false;
    if (ar_digits_skip(digits, ':')) {
        if (!ar_digits_number(digits, 2, &second))
            return false;
        if (ar_digits_skip(digits, '.') && !ar_digits_fraction(digits, nanoseconds))
            return false;
    }
    *out = (struct ar_time_of_day){.hour = (uint8_t)hour, .minute = (uint8_t)minute, .second = (uint8_t)second};
    return true;
}

#endif
