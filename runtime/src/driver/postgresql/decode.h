/* Decoding of the fields of a result. */
#ifndef AR_POSTGRESQL_DECODE_H
#define AR_POSTGRESQL_DECODE_H

#include "driver/postgresql/value.h"

#include <armature/value.h>
#include <stdbool.h>
#include <stddef.h>

/* Decode a field that is not NULL. `length` and the bytes come from the server and are not trusted: a field that is
 * malformed for its type is AR_VALUE_OTHER, as is a field of a type without a counterpart in C; a numeric is not parsed
 * yet. An interval is an integer, in microseconds, or AR_VALUE_OUT_OF_RANGE if it has months. The insignificant
 * trailing spaces of char(n) are removed. The value refers to the bytes of the field. */
void ar_pg_decode(Oid oid, const char *data, size_t length, struct ar_value *out);

/* Read an array of bigint, for which ar_pg_decode returned `array`. Return false unless it has one dimension of `count`
 * elements, none of them NULL. */
bool ar_pg_decode_integers(const struct ar_value *array, size_t count, int64_t *out);

#endif
