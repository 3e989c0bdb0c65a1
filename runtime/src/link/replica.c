/* Read your own writes on standbys.
 *
 * Writers only count. ar_db.writes is the number of writes that may have been committed; querying the WAL position
 * after each commit would cost writers a round trip. A reader compares it with ar_db.position_writes, the number of
 * writes that the last known position of the primary, ar_db.position, includes:
 *
 *   1. If the position is too old, query the primary, once for all writes until then; all sessions share the answer.
 * The read fails if the primary cannot be reached: returning old rows without notice would be worse.
 *   2. If the reader's own server has not reached the position (lease.replayed is the last known value), poll it, at
 *      growing intervals.
 *   3. If it does not reach the position within replica_wait_ms, replace the connection with one to the primary. The
 *      session keeps that one until it is cleared.
 *
 * Usually neither query is needed: nothing was written since the last read. The count is read before the position is
 * queried, so that a write that is counted meanwhile leads to another query instead of being missed. A position of
 * another process is passed as .after. */
#include "link/replica.h"

#include "base/clock.h"
#include "link/connection.h"
#include "link/position.h"

void ar_replica_note_write(struct ar_db *db)
{
    (void)atomic_fetch_add(&db->writes, 1);
}

/* ---- The position to reach --------------------------------------------------------------------------------------- */

/* Explain why a session that only reads from a standby needs the primary. */
static enum ar_status explain_need(struct link *link)
{
    const struct failure first = *link->failure;

    return ar_fail(link->failure, first.error.status, NULL, NULL,
                   "the standby may lack earlier writes, and the primary's WAL position cannot be read: %s",
                   first.message);
}

/* Query the position of the primary. Writes that were counted before are either committed, and before that position, or
 * never will be. */
static enum ar_status query_primary(struct link *link, uint64_t *out)
{
    struct ar_db *db = link->db;
    uint64_t writes = atomic_load(&db->writes);
    struct position position = {.reached = 0};
    struct lease lease;
    enum ar_status status = ar_pool_take(&db->primaries, NULL, &lease, link->failure);

    if (status != AR_OK)
        return explain_need(link);
    status = ar_position_query(db->driver, lease.connection, &position, link->failure);
    ar_pool_give_back(&lease);
    if (status != AR_OK)
        return explain_need(link);
    (void)pthread_mutex_lock(&db->position_mutex);
    /* The newest count decides, not the highest position: a primary that takes over may begin at a lower one. */
    if (writes > db->position_writes) {
        db->position_writes = writes;
        db->position = position.reached;
    }
    (void)pthread_mutex_unlock(&db->position_mutex);
    *out = position.reached;
    return AR_OK;
}

/* Find a position that includes everything that sessions of this database have written, and that of .after. */
static enum ar_status find_position(struct link *link, uint64_t *out)
{
    struct ar_db *db = link->db;
    uint64_t writes = atomic_load(&db->writes);
    enum ar_status status = AR_OK;
    bool is_known;

    (void)pthread_mutex_lock(&db->position_mutex);
    is_known = db->position_writes >= writes;
    *out = db->position;
    (void)pthread_mutex_unlock(&db->position_mutex);
    if (!is_known)
        status = query_primary(link, out);
    if (*out < link->options.after)
        *out = link->options.after;
    return status;
}

/* ---- Waiting for it ---------------------------------------------------------------------------------------------- */

/* Query the position of the link's own server. Give up a connection that breaks. */
static enum ar_status query_own_server(struct link *link)
{
    struct position position = {.reached = 0};
    enum ar_status status = ar_position_query(link->db->driver, link->connection, &position, link->failure);

    if (status == AR_OK)
        link->lease.replayed = position.is_standby ? position.reached : NO_STANDBY;
    else if (!link->db->driver->is_usable(link->connection))
        ar_link_disconnect(link);
    return status;
}

static enum ar_status wait_for(struct link *link, uint64_t position)
{
    enum { FIRST_PAUSE = 50, LONGEST_PAUSE = 10000 }; /* microseconds */
    uint64_t deadline = ar_microseconds_now() + (uint64_t)link->db->options.replica_wait_ms * 1000;

    for (uint64_t pause = FIRST_PAUSE;; pause = pause < LONGEST_PAUSE / 2 ? 2 * pause : LONGEST_PAUSE) {
        enum ar_status status = query_own_server(link);
        uint64_t now = ar_microseconds_now();
        if (status != AR_OK || link->lease.replayed >= position)
            return status;
        if (now >= deadline)
            return ar_link_connect_to_primary(link);
        ar_pause(pause < deadline - now ? pause : deadline - now);
    }
}

enum ar_status ar_replica_catch_up(struct link *link)
{
    uint64_t position;
    enum ar_status status;

    /* A transaction stays on the server where it began. */
    if (link->lease.replayed == NO_STANDBY || link->db->driver->in_transaction(link->connection))
        return AR_OK;
    status = find_position(link, &position);
    if (status != AR_OK)
        return status;
    return link->lease.replayed >= position ? AR_OK : wait_for(link, position);
}
