/* SQL that finds rows by a set of keys. */
#ifndef AR_SQL_KEYS_H
#define AR_SQL_KEYS_H

#include "sql/builder.h"

/* Add the name of a column of a table of keys: `name.k2`. */
void ar_sql_add_key_name(struct sql *sql, const char *name, size_t column);

/* Add the condition that the columns of a row are one of the keys. A single key is compared with its values. */
void ar_sql_add_in_keys(struct sql *sql, struct key_columns columns, const struct key_set *keys);

/* Add FROM and WHERE of an update of the rows with these keys, as `armature_rows` with the columns k0, k1, …. If other
 * transactions can write at the same time, the rows are locked by ascending key first.
 *   key       columns that find the rows
 *   columns   of the values of `keys`: those of the key, and others after them */
void ar_sql_add_locked_rows(struct sql *sql, struct key_columns key, struct key_columns columns,
                            const struct key_set *keys);

#endif
