/* Connecting to PostgreSQL servers, and internal statements between runs. */
#ifndef AR_POSTGRESQL_CONNECT_H
#define AR_POSTGRESQL_CONNECT_H

#include "driver/postgresql/connection.h"

/* The driver's connect and reset. */
enum ar_status ar_pg_connect(const char *location, const struct ar_db_options *options, bool to_standby,
                             struct connection **out, struct failure *failure);
bool ar_pg_reset(struct connection *connection);

/* Send what must precede the next run, in the same round trip: deallocate dropped prepared statements and set the
 * session's timeout. Return the number of answers to receive. */
size_t ar_pg_send_housekeeping(struct connection *connection);

/* Receive these answers. */
void ar_pg_receive_housekeeping(struct connection *connection, size_t count);

/* Do the same in a separate round trip, for runs outside the pipeline. */
void ar_pg_run_housekeeping(struct connection *connection);

/* Return the SQL of settings that the open transaction, or the one that the next statement begins, lacks; or NULL.
 * Through a pooler, they are set for each transaction, in the round trip of its first statement. Sending them is noted
 * in has_settings. */
const char *ar_pg_missing_settings(struct connection *connection);

#endif
