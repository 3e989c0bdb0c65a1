/* Encoding of sets of keys as arrays. */
#ifndef AR_POSTGRESQL_ENCODE_KEYS_H
#define AR_POSTGRESQL_ENCODE_KEYS_H

#include "driver/postgresql/encode.h"
#include "driver/statement.h"

/* Encode one column of a key set as an array; its values may be NULL. Strings have the column's type if the set has
 * column types, otherwise text. */
enum pg_encoding ar_pg_encode_keys(const struct key_set *keys, size_t column, struct arena *arena,
                                   struct pg_parameter *out);

#endif
