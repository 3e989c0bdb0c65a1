/* PostgreSQL's binary formats: values as parameters, and fields of rows as values. */
#ifndef AR_POSTGRESQL_VALUE_H
#define AR_POSTGRESQL_VALUE_H

#include "arena.h"
#include "driver.h"

#include <libpq-fe.h>

/* A parameter as libpq takes it, always binary. */
struct pg_parameter {
    Oid oid;
    const char *data; /* NULL is SQL NULL */
    int length;
};

enum pg_encoding {
    PG_ENCODED,
    PG_OUT_OF_RANGE, /* PostgreSQL has no such value */
    PG_NO_MEMORY
};

/* Encodes a value for a column of this type; what it needs is allocated in `arena`, texts and blobs stay where they
 * are. */
enum pg_encoding ar_pg_encode(const struct ar_value *value, enum ar_type type, struct arena *arena,
                              struct pg_parameter *out);

/* Encodes one column of a key set as an array; its values may be NULL. */
enum pg_encoding ar_pg_encode_keys(const struct key_set *keys, size_t column, struct arena *arena,
                                   struct pg_parameter *out);

/* Reads a field that is not NULL. Numbers, texts, bytes, times and UUIDs of every type that has a counterpart here;
 * any other type comes as its bytes. The value's bytes are the field's own. */
void ar_pg_decode(Oid oid, const char *data, size_t length, struct ar_value *out);

#endif
