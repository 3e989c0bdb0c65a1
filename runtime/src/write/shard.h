/* Shard keys of records that are written. */
#ifndef AR_WRITE_SHARD_H
#define AR_WRITE_SHARD_H

#include "store/store.h"

/* Return AR_MISUSE if the caller changed the shard key of a record of the session: with its key, the struct would be
 * the row of another shard. */
enum ar_status ar_write_check_shard_key(struct store *store, const struct ar_model *model, const void *record);

/* In a session with .scope, set a shard key that is zero or NULL to that of the session. */
enum ar_status ar_write_fill_shard(struct store *store, const struct ar_model *model, void *record);

/* Do the same, and return AR_MISUSE if it is set to that of another tenant. Other writes need not call this: the link
 * checks what they bind. A graph would overwrite it by that of another record. */
enum ar_status ar_write_take_shard(struct store *store, const struct ar_model *model, void *record);

#endif
