/* Running statements on a SQLite connection. */
#ifndef AR_SQLITE_RUN_H
#define AR_SQLITE_RUN_H

#include "base/error.h"
#include "driver/sqlite/connection.h"

/* The driver's run, run_script and set_timeout. Statements run one after the other: there are no round trips to
 * save. */
enum ar_status ar_sqlite_run(struct connection *connection, const struct statement *statements, size_t count,
                             struct outcome *outcomes, struct failure *failure);
enum ar_status ar_sqlite_run_script(struct connection *connection, const char *sql, struct failure *failure);
void ar_sqlite_set_timeout(struct connection *connection, unsigned milliseconds);

/* Start the time that the next statement or schema query may take. */
void ar_sqlite_start_clock(struct connection *connection);

#endif
