/* Runs of statements in pipeline mode. */
#ifndef AR_POSTGRESQL_PIPELINE_H
#define AR_POSTGRESQL_PIPELINE_H

#include "driver/postgresql/connection.h"

/* Run statements in one round trip, as the driver's `run` does. */
enum ar_status ar_pg_run_pipeline(struct connection *connection, const struct statement *statements, size_t count,
                                  struct outcome *outcomes, struct failure *failure);

/* Leave pipeline mode, for what it does not support; enter it again. Entering does nothing on a lost connection. */
enum ar_status ar_pg_leave_pipeline(struct connection *connection, const struct statement *statement,
                                    struct failure *failure);
void ar_pg_enter_pipeline(struct connection *connection);

/* Return true if the statement's rows are received in parts. `prepared` may be NULL. */
bool ar_pg_takes_parts(const struct statement *statement, const struct prepared *prepared);

#endif
