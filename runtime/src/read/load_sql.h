/* The SQL of the statements that load relations; loading.h explains when each is used. */
#ifndef AR_LOAD_SQL_H
#define AR_LOAD_SQL_H

#include "read/query.h"
#include "sql/builder.h"
#include "store/cache.h"

/* Build the statement that selects rows by a set of keys, its first parameter. `q` is the sub-query that refines the
 * relation, or NULL. A limit applies to each key. */
struct sql ar_load_sql_by_keys(const struct link *link, const struct ar_relation *relation, const struct ar_query *q,
                               const struct key_set *keys);

/* Let a statement select the rows of a single key by comparison. */
enum ar_status ar_load_sql_by_key(const struct link *link, struct relation_cache *cache, const struct ar_query *q,
                                  const struct key_set *keys, struct statement *statement);

/* Build the statement that selects the same rows by a full table scan. Keys are integers, and there is no limit. */
struct sql ar_load_sql_by_scan(const struct link *link, const struct ar_relation *relation, const struct ar_query *q,
                               const struct key_set *keys);

/* Build the statement that selects the rows of all owners: all rows with a key that is not NULL. */
struct sql ar_load_sql_of_all(const struct link *link, const struct ar_relation *relation, const struct ar_query *q);

/* Build the statement that selects the rows of a sub-query by the conditions of its parents, as nested sub-selects. */
struct sql ar_load_sql_by_parent(const struct link *link, const struct ar_query *q);

/* Add IN, or = for a single owner, and the sub-select of the keys by which rows of the relation belong to rows of the
 * sub-query's parent. */
void ar_load_sql_add_in_owners(struct sql *sql, const struct ar_query *q);

/* Return true if a limit applies to each key: the relation leads to the first row, or the sub-query `q` has a limit. */
bool ar_load_sql_limits_keys(const struct ar_relation *relation, const struct ar_query *q);

/* Add the condition that the rank of a row among those of its key, which is the column armature_rank, is within that
 * limit. */
void ar_load_sql_add_rank_limit(struct sql *sql, const struct ar_relation *relation, const struct ar_query *q);

/* Return true if the rows of the relation, refined by `q` or NULL, have an order. */
bool ar_load_sql_is_ordered(const struct ar_relation *relation, const struct ar_query *q);

/* Return true if `q` is a sub-query whose limit applies to each key, so that rows can only be selected by keys. `q` may
 * be NULL. */
bool ar_load_sql_is_limited(const struct ar_query *q);

#endif
