/* Timestamps as text, the way databases write them. */
#ifndef AR_TIMESTAMP_H
#define AR_TIMESTAMP_H

#include <armature/value.h>

#include <stdbool.h>

/* Reads ISO 8601 as SQLite writes it: "2009-01-31", then maybe "T" or a space and "23:59", ":59", ".123456789" and
 * "Z" or "+01:00". Without a zone it is UTC. False where the text is anything else. */
bool ar_timestamp_parse(const char *text, size_t size, struct ar_instant *out);

#endif
