/* The one path on which statements run: on a connection that sees what was written before, in a snapshot or transaction
 * that is still good, reported to the observer. */
#ifndef AR_RUN_H
#define AR_RUN_H

#include "link/link.h"

/* The statement that commits the transaction that ar_begin began. */
extern const char ar_commit_sql[];

/* Run one statement. `outcome` may be NULL. AR_UNKNOWN_OUTCOME if it may have committed a write, but was not
 * answered. */
enum ar_status ar_run(struct link *link, const struct statement *statement, struct outcome *outcome);

/* Run several statements, in one round trip if the database needs any. The first failure ends it. */
enum ar_status ar_run_all(struct link *link, const struct statement *statements, size_t count,
                          struct outcome *outcomes);

/* Run a script without parameters and rows, which may write.
 *   model   whose schema it changes, for the observer; or NULL */
enum ar_status ar_run_script(struct link *link, const char *sql, const struct ar_model *model);

/* Run one statement that explains a failure: it is not reported to the observer, and sets `failure`, not the link's. */
enum ar_status ar_run_probe(struct link *link, const struct statement *statement, struct failure *failure);

/* Return AR_MISUSE if the database has rolled the transaction back, so that no statement may run. */
enum ar_status ar_run_check_transaction(struct link *link);

/* Return true if statements that failed with this status may be run again: a table was altered after a statement was
 * prepared, and the caller has not begun a transaction. */
bool ar_run_may_repeat(const struct link *link, enum ar_status status);

/* Must be called after a failure: give up what is unusable now, the snapshot, the transaction or the connection. */
void ar_run_note_failure(struct link *link);

/* Roll back a snapshot around statements that failed. Their failure is kept. */
void ar_run_abandon_snapshot(struct link *link);

#endif
