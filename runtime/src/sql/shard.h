/* The condition that limits a statement to the rows of the session's tenant (model/shard.h). */
#ifndef AR_SQL_SHARD_H
#define AR_SQL_SHARD_H

#include "sql/builder.h"

/* Add the condition on the model's shard key after `intro` (" WHERE ", " AND "), if the session has a .scope and the
 * model a shard key. Return the intro for a further condition. In a session that only has .one_shard, note that the
 * statement would run on several shards. */
const char *ar_sql_add_shard(struct sql *sql, const char *intro, const struct ar_model *model);

#endif
