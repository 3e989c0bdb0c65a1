/* The statements that load relations. */
#ifndef AR_LOAD_SQL_H
#define AR_LOAD_SQL_H

#include "read/query.h"
#include "sql/builder.h"
#include "store/cache.h"

/* The rows of a relation for keys, which are the first parameter; `q` refines it, or is NULL. */
struct sql ar_load_sql_by_keys(struct ar_session *s, const struct ar_relation *relation, const struct ar_query *q,
                               const struct key_set *keys);

/* Build the statement that selects the rows of a single key by comparison, for databases without arrays. Set *is_single
 * if it returns at most one row. */
struct sql ar_load_sql_by_key(struct ar_session *s, struct relation_cache *cache, const struct ar_query *q,
                              const struct key_set *keys, bool *is_single);

/* The same rows by a look at all: the keys are one integer each, and no limit counts for each of them. */
struct sql ar_load_sql_by_scan(struct ar_session *s, const struct ar_relation *relation, const struct ar_query *q,
                               const struct key_set *keys);

/* The rows of a relation for all owners there are. NULL is no key, whatever the model says. */
struct sql ar_load_sql_of_all(struct ar_session *s, const struct ar_relation *relation, const struct ar_query *q);

/* The rows of a sub-query for whatever rows its parent has, which is asked for again as a sub-select. */
struct sql ar_load_sql_by_parent(struct ar_session *s, const struct ar_query *q);

/* Whether a limit counts for each parent: then there is but one way, by keys. `q` may be NULL. */
bool ar_load_sql_is_limited(const struct ar_query *q);

#endif
