/* The limit of a session to the rows of one tenant, or of its statements to one shard each.
 *
 * A session with .scope is limited in two ways, which do not rely on each other:
 *   - The layers above add what is needed: SQL of a model with a shard key has a condition on it (sql/shard.h) unless
 *     it finds rows by keys that contain it, and inserts fill it in (write/shard.h).
 *   - The link checks every statement before it is sent (link/shard.h): all values that it binds to shard keys must be
 *     that of the session, and there must be one. Code that adds nothing therefore fails instead of reading or writing
 *     rows of other tenants. The store checks the shard key of every row that becomes a record.
 *
 * Relations need no condition: both sides have a shard key or neither has one, and it is a part of the foreign key. So
 * rows that are found from rows of one tenant, or by keys of it, are rows of that tenant. The tool checks this. */
#ifndef AR_SHARD_H
#define AR_SHARD_H

#include "base/error.h"

#include <armature/value.h>

struct shard_limit {
    bool is_any;           /* one of the next two */
    bool is_scoped;        /* the session is that of one tenant */
    bool is_one_shard;     /* each statement must be limited to one value */
    struct ar_value value; /* of a scoped session; NULL: what the caller passed is no tenant, and fits no column */
};

/* Return true if statements on the model are limited. */
static inline bool ar_shard_limits(const struct shard_limit *limit, const struct ar_model *model)
{
    return limit->is_any && model->shard_key != NULL;
}

/* Return true if the column can have the scope's value. */
bool ar_shard_fits(const struct shard_limit *limit, const struct ar_column *shard_key);

/* Return true if a value of the shard key is that of the scope. */
bool ar_shard_has(const struct shard_limit *limit, const struct ar_column *shard_key, const struct ar_value *value);

/* Return AR_MISUSE, because the column has another type than the scope, or another value. */
enum ar_status ar_shard_refuse_type(const struct shard_limit *limit, const struct ar_column *shard_key,
                                    struct failure *failure);
enum ar_status ar_shard_refuse_value(const struct shard_limit *limit, const struct ar_column *shard_key,
                                     const struct ar_value *value, struct failure *failure);

#endif
