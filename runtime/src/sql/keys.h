/* SQL that finds rows by a set of keys. */
#ifndef AR_SQL_KEYS_H
#define AR_SQL_KEYS_H

#include "sql/builder.h"

/* Add the name of a column of a table of keys: `name.k2`. */
void ar_sql_add_key_name(struct sql *sql, const char *name, size_t column);

/* Add the condition that the columns of a row are one of the keys. A single key is compared with its values. */
void ar_sql_add_in_keys(struct sql *sql, struct key_columns columns, const struct key_set *keys);

/* Add FROM and WHERE of an update of the rows with these keys, as `armature_rows` with the columns k0, k1, ….
 *   key       columns that find the rows
 *   columns   of the values of `keys`: those of the key, and others after them */
void ar_sql_add_from_keys(struct sql *sql, struct key_columns key, struct key_columns columns,
                          const struct key_set *keys);

/* Add a SELECT that locks the rows with these keys, or all rows if `keys` is NULL, by ascending key. It must be a
 * statement of its own: one that locked and updated them could deadlock on row versions that are older than its
 * lock. */
void ar_sql_add_lock_of_keys(struct sql *sql, struct key_columns key, const struct key_set *keys);

/* Return true if others can write while a transaction writes, so that rows must be locked. */
bool ar_sql_needs_locks(const struct sql *sql);

#endif
