/* Read transactions that the runtime begins by itself: around a tree of loads, or around all reads of a session with
 * .snapshot. */
#ifndef AR_SNAPSHOT_H
#define AR_SNAPSHOT_H

#include "link/link.h"

/* Return the statement that begins a snapshot; ar_snapshot_end ends it. */
struct statement ar_snapshot_begin(const struct link *link);

/* Return true if these statements run in the snapshot of a session with .snapshot: they are reads outside a
 * transaction. Any other statement ends the snapshot first. */
bool ar_snapshot_takes(const struct link *link, const struct statement *statements, size_t count);

/* Run such statements as the driver's `run` does. The snapshot begins with the first of them, in the same round
 * trip. */
enum ar_status ar_snapshot_run(struct link *link, const struct statement *statements, size_t count,
                               struct outcome *outcomes);

#endif
