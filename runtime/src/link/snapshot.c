/* Read transactions of the runtime's own. */
#include "link/snapshot.h"

#include "session/session.h"

#include <string.h>

struct statement ar_snapshot_begin(const struct ar_session *s)
{
    return (struct statement){
        .sql = s->link.db->driver->dialect.begin_snapshot, .is_constant = true, .reason = AR_REASON_TRANSACTION};
}

struct statement ar_snapshot_end(void)
{
    return (struct statement){.sql = "COMMIT", .is_constant = true, .reason = AR_REASON_TRANSACTION};
}

void ar_snapshot_abandon(struct ar_session *s)
{
    const struct statement rollback = {.sql = "ROLLBACK", .reason = AR_REASON_TRANSACTION};
    struct failure first = s->store.failure;

    /* The database may have ended the transaction with the failure; then there is nothing to roll back. */
    if (s->link.connection == NULL || !s->link.db->driver->in_transaction(s->link.connection))
        return;
    if (ar_session_run(s, &rollback, NULL) != AR_OK)
        ar_session_disconnect(s);
    ar_failure_restore(&s->store.failure, &first);
}

/* ---- Around all reads of a session ------------------------------------------------------------------------------- */

bool ar_snapshot_takes(const struct ar_session *s, const struct statement *statements, size_t count)
{
    if (s->link.transaction.depth > 0)
        return false;
    for (size_t i = 0; i < count; i++)
        if (statements[i].reason == AR_REASON_SAVE || statements[i].reason == AR_REASON_SCHEMA ||
            statements[i].reason == AR_REASON_TRANSACTION)
            return false;
    return true;
}

static enum ar_status run(struct ar_session *s, const struct statement *statements, size_t count,
                          struct outcome *outcomes)
{
    return s->link.db->driver->run(s->link.connection, statements, count, outcomes, &s->store.failure);
}

static enum ar_status run_first(struct ar_session *s, const struct statement *statements, size_t count,
                                struct outcome *outcomes)
{
    struct statement *all = ar_arena_allocate(&s->store.scratch, (count + 1) * sizeof *all);
    struct outcome *results = ar_arena_allocate_zero(&s->store.scratch, (count + 1) * sizeof *results);
    uint64_t started = ar_session_clock(s);
    enum ar_status status;

    if (all == NULL || results == NULL)
        return ar_session_no_memory(s);
    all[0] = ar_snapshot_begin(s);
    memcpy(all + 1, statements, count * sizeof *statements);
    status = run(s, all, count + 1, results);
    memcpy(outcomes, results + 1, count * sizeof *outcomes);
    s->link.has_snapshot = s->link.db->driver->in_transaction(s->link.connection);
    ar_session_observe(s, all, results, 1, started);
    return status;
}

enum ar_status ar_snapshot_run(struct ar_session *s, const struct statement *statements, size_t count,
                               struct outcome *outcomes)
{
    enum ar_status status;

    if (s->link.has_snapshot)
        return run(s, statements, count, outcomes);
    status = run_first(s, statements, count, outcomes);
    if (status == AR_OK || !s->store.failure.is_outdated || count > 1)
        return status;
    /* Nothing was read yet. Of several statements, the first may have read. */
    ar_snapshot_leave(s);
    if (s->link.connection == NULL)
        return status;
    memset(outcomes, 0, count * sizeof *outcomes);
    return run_first(s, statements, count, outcomes);
}

void ar_snapshot_leave(struct ar_session *s)
{
    const struct statement end = ar_snapshot_end();
    struct outcome outcome = {.rows = 0};
    struct failure ignored;
    uint64_t started;

    if (!s->link.has_snapshot)
        return;
    s->link.has_snapshot = false;
    started = ar_session_clock(s);
    if (s->link.db->driver->in_transaction(s->link.connection))
        (void)s->link.db->driver->run(s->link.connection, &end, 1, &outcome, &ignored);
    ar_session_observe(s, &end, &outcome, 1, started);
    /* The pool closes a connection that is lost, or returned inside a transaction. */
    if (!s->link.db->driver->is_usable(s->link.connection))
        ar_session_disconnect(s);
}
