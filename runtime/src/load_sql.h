/* The statements that load relations. */
#ifndef AR_LOAD_SQL_H
#define AR_LOAD_SQL_H

#include "sql.h"

/* The rows of a relation for keys, which are the first parameter; `q` refines it, or is NULL. */
struct sql ar_load_sql_by_keys(struct ar_session *s, const struct ar_relation *relation, const struct ar_query *q,
                               const struct key_set *keys);

/* The rows of a sub-query for whatever rows its parent has, which is asked for again as a sub-select. */
struct sql ar_load_sql_by_parent(struct ar_session *s, const struct ar_query *q);

/* Whether that is possible for a sub-query: not where a limit counts for each parent. */
bool ar_load_sql_can_repeat(const struct ar_query *q);

#endif
