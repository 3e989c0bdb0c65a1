/* What the session allows user SQL to do. */
#ifndef AR_EXECUTE_H
#define AR_EXECUTE_H

#include <armature/status.h>

#include <stdbool.h>

struct ar_session;

/* Refuse user SQL that only a standby would refuse, so that it also fails on a primary that takes its place. `call`
 * names the function. */
enum ar_status ar_execute_refuse_on_replica(struct ar_session *s, const char *call);

/* Refuse user SQL of which it is unknown which shards it reads, if the session has .scope or .one_shard. */
enum ar_status ar_execute_refuse_if_limited(struct ar_session *s, const char *call);

/* Fail if user SQL has begun or ended a transaction: the session does not know of it, so that later writes would be
 * committed or lost without notice. */
enum ar_status ar_execute_check_transaction(struct ar_session *s, const char *call);

/* Return true if the user SQL may write, see base/may_write.h. */
bool ar_execute_may_write(const struct ar_session *s, const char *sql);

/* Drop all cached relations and let records be refreshed: user SQL may have changed any row. */
void ar_execute_expire(struct ar_session *s);

#endif
