/* Read transactions of the runtime's own: around one tree of loads, or around all reads of a session with .snapshot. */
#ifndef AR_SNAPSHOT_H
#define AR_SNAPSHOT_H

#include "driver/driver.h"

struct ar_session;

/* The statements around a tree of loads that reads one state of the database. */
struct statement ar_snapshot_begin(const struct ar_session *s);
struct statement ar_snapshot_end(void);

/* Leaves it after a failure, which stays the session's. */
void ar_snapshot_abandon(struct ar_session *s);

/* Return true if these statements run in the snapshot of a session with .snapshot: they are reads outside a
 * transaction. Any other statement ends the snapshot first. */
bool ar_snapshot_takes(const struct ar_session *s, const struct statement *statements, size_t count);

/* Run such statements as the driver's `run` does. The snapshot begins with the first of them, in the same round
 * trip. */
enum ar_status ar_snapshot_run(struct ar_session *s, const struct statement *statements, size_t count,
                               struct outcome *outcomes);

/* End the session's snapshot, if it has one; the next read begins another. If that fails, close the connection; the
 * session then has none. */
void ar_snapshot_leave(struct ar_session *s);

#endif
