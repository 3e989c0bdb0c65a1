/* Read transactions that the runtime begins by itself, so that several reads see one state of the database.
 *
 * There are two kinds. The first is around one tree of loads: read/tree.c sends ar_snapshot_begin with the first level
 * and ar_snapshot_end with the last, as statements of its own, and this file keeps no state. The second is that of a
 * session with .snapshot: link.has_snapshot is true from its first read until the session is cleared, writes, begins a
 * transaction, or fails to read. ar_run_all calls ar_snapshot_takes for each run and, depending on the answer,
 * ar_snapshot_run or ar_link_leave_snapshot. A tree in such a session, or in a transaction, begins no snapshot.
 *
 * A snapshot costs no round trip to begin: BEGIN precedes the first read in the same run. It ends by COMMIT, which
 * cannot fail in a way that matters, because nothing was written; if the connection is unusable afterwards, it is given
 * up. After a failure the snapshot ends too, because PostgreSQL accepts no more statements in it. */
#include "link/snapshot.h"

#include "link/connection.h"
#include "link/observe.h"

#include <string.h>

struct statement ar_snapshot_begin(const struct link *link)
{
    return (struct statement){
        .sql = link->db->driver->dialect.begin_snapshot, .is_constant = true, .reason = AR_REASON_TRANSACTION};
}

bool ar_snapshot_takes(const struct link *link, const struct statement *statements, size_t count)
{
    if (link->transaction.depth > 0)
        return false;
    for (size_t i = 0; i < count; i++)
        if (statements[i].reason == AR_REASON_SAVE || statements[i].reason == AR_REASON_SCHEMA ||
            statements[i].reason == AR_REASON_TRANSACTION)
            return false;
    return true;
}

static enum ar_status run(struct link *link, const struct statement *statements, size_t count, struct outcome *outcomes)
{
    return link->db->driver->run(link->connection, statements, count, outcomes, link->failure);
}

static enum ar_status run_first(struct link *link, const struct statement *statements, size_t count,
                                struct outcome *outcomes)
{
    struct statement *all = ar_arena_allocate(link->scratch, (count + 1) * sizeof *all);
    struct outcome *results = ar_arena_allocate_zero(link->scratch, (count + 1) * sizeof *results);
    uint64_t started = ar_observe_start(link);
    enum ar_status status;

    if (all == NULL || results == NULL)
        return ar_fail_no_memory(link->failure);
    for (size_t i = 0; i <= count; i++)
        results[i].is_timed = started > 0;
    all[0] = ar_snapshot_begin(link);
    memcpy(all + 1, statements, count * sizeof *statements);
    status = run(link, all, count + 1, results);
    memcpy(outcomes, results + 1, count * sizeof *outcomes);
    link->has_snapshot = link->db->driver->in_transaction(link->connection);
    ar_observe(link, all, results, 1, started);
    return status;
}

enum ar_status ar_snapshot_run(struct link *link, const struct statement *statements, size_t count,
                               struct outcome *outcomes)
{
    enum ar_status status;

    if (link->has_snapshot)
        return run(link, statements, count, outcomes);
    status = run_first(link, statements, count, outcomes);
    if (status == AR_OK || !link->failure->is_outdated || count > 1)
        return status;
    /* A single statement has read nothing yet, so that it can be run again. */
    ar_link_leave_snapshot(link);
    if (link->connection == NULL)
        return status;
    memset(outcomes, 0, count * sizeof *outcomes);
    return run_first(link, statements, count, outcomes);
}
