/* Dates of the Gregorian calendar and times of day: their limits, as numbers, and as strings that compare like them. */
#ifndef AR_CALENDAR_H
#define AR_CALENDAR_H

#include <armature/annotations.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Return true if the date exists: years 1 to 9999, whose strings compare like the dates. */
bool ar_date_is_valid(struct ar_date date);

/* Return true if the month has the day, in any year. */
bool ar_date_exists(struct ar_date date);

/* Return the days from 1970-01-01 to a date that exists. */
int64_t ar_date_to_days(struct ar_date date);

/* The inverse. Return false if the year is not 0 to 9999: a timestamp may be in year 0, but no valid date is. */
bool ar_date_of_days(int64_t days, struct ar_date *out);

/* Return true if the time of day exists: 00:00:00 to 23:59:59.999999. */
bool ar_time_of_day_is_valid(struct ar_time_of_day time);

/* Return the microseconds since midnight of a valid time of day. */
int64_t ar_time_of_day_to_microseconds(struct ar_time_of_day time);

/* The inverse. Return false if there is no such time of day. */
bool ar_time_of_day_of_microseconds(int64_t microseconds, struct ar_time_of_day *out);

/* Buffer sizes for the functions below. */
#define AR_DATE_SIZE 16
#define AR_TIME_OF_DAY_SIZE 24

/* Write "2009-01-31". Return the length; 0 if the date is not valid. */
size_t ar_date_format(struct ar_date date, char out[AR_DATE_SIZE]);

/* Read "2009-01-31". Return false for any other string. */
bool ar_date_parse(const char *text, size_t size, struct ar_date *out);

/* Write "23:59:59", or "23:59:59.500000" if there is a fraction. Return the length; 0 if the time is not valid. */
size_t ar_time_of_day_format(struct ar_time_of_day time, char out[AR_TIME_OF_DAY_SIZE]);

/* Read "23:59", "23:59:59" or "23:59:59.5" with up to six digits. Return false for any other string. */
bool ar_time_of_day_parse(const char *text, size_t size, struct ar_time_of_day *out);

#endif
