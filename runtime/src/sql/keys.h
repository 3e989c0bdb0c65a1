/* SQL that finds rows by a set of keys.
 *
 * Keys of several columns. A table may be partitioned, or distributed over servers, by one column of the key, the
 * routing column (ar_key_routing). The planner then reads only the partitions or shards of the keys, provided that the
 * statement compares this column with values: joining it with unnested arrays does not tell which they are.
 *
 * The keys of a set usually agree in it, because records of a tenant refer to records of the same tenant. On databases
 * with arrays, such a set is split: `tenant = $1 AND number = ANY ($2)`. This is the fastest form on any table: one
 * search in an index, where the join searches it for each key. Otherwise, only servers that shard get `tenant = ANY
 * ($1) AND …`: on others this is slower by a factor of up to 5, because the index is searched by it instead of by the
 * key. */
#ifndef AR_SQL_KEYS_H
#define AR_SQL_KEYS_H

#include "sql/builder.h"

/* Add the name of a column of a table of keys: `name.k2`. */
void ar_sql_add_key_name(struct sql *sql, const char *name, size_t column);

/* A set of keys that agree in the routing column. */
struct split_keys {
    const struct ar_column *routing;
    const struct ar_column *from; /* the column that its value was read from */
    struct ar_value value;
    struct key_columns others;
    struct key_set *keys; /* of the other columns */
    uint16_t numbers[AR_KEY_COLUMNS_MAX];
};

/* Split a set of keys. Return false if that is impossible, or if memory ran out, which is noted in `sql`.
 *   columns   those that are compared with the keys */
bool ar_sql_split_keys(struct sql *sql, struct key_columns columns, const struct key_set *keys, struct split_keys *out);

/* Add the condition that the columns of a row are one of the keys that were split. */
void ar_sql_add_in_split_keys(struct sql *sql, const struct split_keys *split);

/* Add AND and the condition that rows have the keys' value of the routing column. */
void ar_sql_add_routing_value(struct sql *sql, const struct split_keys *split);

/* After rows were joined with a set of keys, whose placeholders begin with `first`: add AND and a condition on the
 * routing column if that saves partitions or shards. */
void ar_sql_add_routing(struct sql *sql, struct key_columns columns, const struct key_set *keys, size_t first);

/* Add the condition that the columns of a row are one of the keys. */
void ar_sql_add_in_key_set(struct sql *sql, struct key_columns columns, const struct key_set *keys);

/* Do the same, but compare a single key with its values. */
void ar_sql_add_in_keys(struct sql *sql, struct key_columns columns, const struct key_set *keys);

/* Add a condition that the columns of `table` (NULL: of the statement's table) are one of the keys, which uses no
 * index.
 */
void ar_sql_add_key_test(struct sql *sql, const char *table, struct key_columns columns, const struct key_set *keys);

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
