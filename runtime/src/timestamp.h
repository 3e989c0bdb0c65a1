/* Timestamps as text, the way databases write them. */
#ifndef AR_TIMESTAMP_H
#define AR_TIMESTAMP_H

#include <armature/value.h>

#include <stdbool.h>

/* Reads ISO 8601 as SQLite writes it: "2009-01-31", then maybe "T" or a space and "23:59", ":59", ".123456789" and
 * "Z" or "+01:00". Without a zone it is UTC. False where the text is anything else. */
bool ar_timestamp_parse(const char *text, size_t size, struct ar_instant *out);

/* Room for what ar_timestamp_format writes. */
#define AR_TIMESTAMP_SIZE 40

/* Writes "2009-01-31 23:59:59" in UTC, followed by ".500000" if there is a fraction, with 9 digits if 6 do not hold it:
 * SQLite's datetime(), Django and Rails write the same, and texts of this form compare as the times do. Returns the
 * length; 0 if the year is not of 0 to 9999. */
size_t ar_timestamp_format(const struct ar_instant *instant, char out[AR_TIMESTAMP_SIZE]);

#endif
