/* The shard of a query in sessions with .scope or .one_shard. */
#include "read/shard.h"

#include "read/fixed.h"

bool ar_query_is_on_shard(const struct ar_query *q, const struct shard_limit *limit)
{
    struct ar_value ignored;

    /* A sub-query is limited by its relation, and so is a query of the rows related to a record. */
    if (limit == NULL || !ar_shard_limits(limit, q->model) || q->relation != NULL)
        return true;
    return q->scope.count > 0 || (!limit->is_scoped && ar_query_fixes(q, q->model->shard_key, &ignored));
}
