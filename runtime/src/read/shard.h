/* The shard of a query in sessions with .scope or .one_shard (model/shard.h). */
#ifndef AR_READ_SHARD_H
#define AR_READ_SHARD_H

#include "model/shard.h"
#include "read/query.h"

/* Return true if the query needs no condition on its shard key: it has none, its rows are found by a relation, or, in a
 * session that only has .one_shard, its conditions compare it with one value. `limit` may be NULL. */
bool ar_query_is_on_shard(const struct ar_query *q, const struct shard_limit *limit);

#endif
