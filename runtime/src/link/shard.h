/* The check of statements on a link whose session has .scope or .one_shard (model/shard.h). */
#ifndef AR_LINK_SHARD_H
#define AR_LINK_SHARD_H

#include "link/link.h"

/* Return AR_MISUSE if a statement binds a value to a shard key that is not that of the session, if it binds several, or
 * if it is about a model with a shard key and binds none. Call it for limited links. */
enum ar_status ar_shard_check(struct link *link, const struct statement *statements, size_t count);

#endif
