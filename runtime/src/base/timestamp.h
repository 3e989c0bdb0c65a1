/* Timestamps as strings, in the form that databases write. */
#ifndef AR_TIMESTAMP_H
#define AR_TIMESTAMP_H

#include <armature/value.h>

#include <stdbool.h>

/* Parse ISO 8601 as SQLite writes it: "2009-01-31", optionally followed by "T" or a space and "23:59", then optionally
 * ":59", ".123456789", and "Z" or "+01:00". Without a zone it is UTC. Return false for any other string. */
bool ar_timestamp_parse(const char *text, size_t size, struct ar_instant *out);

/* Buffer size for ar_timestamp_format. */
#define AR_TIMESTAMP_SIZE 40

/* Write "2009-01-31 23:59:59" in UTC, followed by a fraction, if there is one, with 6 digits (".500000") or 9. SQLite's
 * datetime(), Django and Rails write the same form, and its strings compare like the times. Return the length; 0 if the
 * year is not between 0 and 9999. */
size_t ar_timestamp_format(const struct ar_instant *instant, char out[AR_TIMESTAMP_SIZE]);

/* Write "2009-01-31T23:59:59Z", with a fraction of 0 to 9 digits: always the same number of them, because otherwise the
 * strings of a column would not compare like the times. Return the length; 0 if the year is not between 0 and 9999, or
 * if the time needs more digits. */
size_t ar_timestamp_format_iso(const struct ar_instant *instant, unsigned digits, char out[AR_TIMESTAMP_SIZE]);

/* Return the nanoseconds that one unit of the last digit of a fraction has. A fraction has at most 9 digits. */
int32_t ar_timestamp_unit(unsigned digits);

#endif
