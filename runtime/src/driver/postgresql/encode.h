/* Encoding of values as parameters and as the elements of arrays and rows. */
#ifndef AR_POSTGRESQL_ENCODE_H
#define AR_POSTGRESQL_ENCODE_H

#include "base/arena.h"
#include "driver/postgresql/value.h"

#include <armature/model.h>
#include <armature/value.h>
#include <stdbool.h>
#include <stddef.h>

/* Maximum size of a message to the server, and therefore of all values of a statement: the server closes the connection
 * of a client that sends 1 GB. */
#define AR_PG_MESSAGE_MAX 0x3FFFFF00

/* A parameter in the form for libpq. A string is sent in text format and without a type: the server gives it the type
 * of the column that it is compared with, so that char(n) is compared as char(n), using the index. All other values are
 * binary. */
struct pg_parameter {
    Oid oid;          /* 0: the column's type, in text format */
    const char *data; /* NULL is SQL NULL; in text format with a zero byte at the end */
    int length;
};

enum pg_encoding {
    PG_ENCODED,
    PG_OUT_OF_RANGE, /* the value is outside the range of the type */
    PG_TOO_LARGE,    /* more bytes than AR_PG_MESSAGE_MAX */
    PG_NO_MEMORY
};

/* Encode a value for this column, or a plain number as bigint if the column is NULL. Numbers and times are allocated in
 * the arena; strings and blobs are not copied. */
enum pg_encoding ar_pg_encode(const struct ar_value *value, const struct ar_column *column, struct arena *arena,
                              struct pg_parameter *out);

/* Return the maximum number of bytes that ar_pg_append writes after the length. */
size_t ar_pg_size(const struct ar_value *value, const struct ar_column *column);

/* Append a value of the column as a field or array element of this type: its length in 4 bytes, then its bytes. */
enum pg_encoding ar_pg_append(const struct ar_value *value, const struct ar_column *column, Oid oid, char **end);

/* Return true if values of the column are sent in text format. */
bool ar_pg_is_sent_as_text(const struct ar_column *column);

/* Return true if the value is sent as a string that must be made: of a UUID, or of an array. */
bool ar_pg_is_formatted(const struct ar_value *value, const struct ar_column *column);

/* Make that string in the arena. */
enum pg_encoding ar_pg_encode_formatted(const struct ar_value *value, const struct ar_column *column,
                                        struct arena *arena, struct pg_parameter *out);

#endif
