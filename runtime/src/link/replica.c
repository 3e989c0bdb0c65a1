/* Read your own writes on standbys.
 *
 * Writers only count. ar_db.writes is the number of writes that may have been committed; querying the position after
 * each commit would cost writers a round trip. A reader compares it with ar_db.position_writes, the number of writes
 * that the last known position of the primary, ar_db.position, includes:
 *
 *   1. If the position is too old, query the primary, once for all writes until then; all sessions share the answer.
 *   2. If the reader's own server has not reached the position (lease.server is the last known one), poll it, at
 * growing intervals.
 *   3. If it does not reach the position within replica_wait_ms, replace the connection with one to the primary. The
 *      session keeps that one until it is cleared.
 *
 * Usually neither query is needed: nothing was written since the last read. The count is read before the position is
 * queried, so that a write that is counted meanwhile leads to another query instead of being missed. A position of
 * another process is passed as .after.
 *
 * Outages. If the primary cannot be reached in step 1 or 3, the read fails: returning old rows without notice would be
 * worse. With .max_staleness_ms the caller accepts them, up to an age. How much a standby misses cannot be known
 * without the primary, but it is limited: a standby has everything up to the last transaction that it has replayed, and
 * so misses at most what was committed since then. The time since this transaction is therefore compared with the
 * limit. It exceeds what is missing if nothing was written before the outage, never the reverse, apart from the
 * difference of the two clocks. The time at which this process last saw a position of the primary replayed would need
 * no clock of another machine, but would be longer: a position is only queried after a write, which is such a
 * transaction, too.
 *
 * Connecting to a primary that is gone can take connect_timeout_ms. So a session with .max_staleness_ms that did not
 * reach it notes that in ar_db.outage_until; others like it do not try before, and meanwhile none but the one that is
 * trying. */
#include "link/replica.h"

#include "base/clock.h"
#include "link/connection.h"
#include "link/position.h"

#include <inttypes.h>

void ar_replica_note_write(struct ar_db *db)
{
    (void)atomic_fetch_add(&db->writes, 1);
}

/* ---- The primary ------------------------------------------------------------------------------------------------- */

enum { OUTAGE_MS = 1000 };

static void note_outage(struct ar_db *db, uint64_t until)
{
    (void)pthread_mutex_lock(&db->position_mutex);
    db->outage_until = until;
    (void)pthread_mutex_unlock(&db->position_mutex);
}

/* Return AR_UNAVAILABLE if the session need not try to reach the primary now. Otherwise it must call end_attempt. */
static enum ar_status begin_attempt(struct link *link)
{
    struct ar_db *db = link->db;
    uint64_t now = ar_microseconds_now();
    bool is_out;

    if (link->options.max_staleness_ms == 0)
        return AR_OK;
    (void)pthread_mutex_lock(&db->position_mutex);
    is_out = now < db->outage_until;
    /* Others do not wait for this attempt, if there was an outage. */
    if (!is_out && db->outage_until != 0)
        db->outage_until = now + ((uint64_t)db->options.connect_timeout_ms + OUTAGE_MS) * 1000;
    (void)pthread_mutex_unlock(&db->position_mutex);
    return is_out ? ar_fail(link->failure, AR_UNAVAILABLE, NULL, NULL, "the primary could not be reached just now")
                  : AR_OK;
}

static void end_attempt(struct link *link, enum ar_status status)
{
    if (link->options.max_staleness_ms > 0)
        note_outage(link->db, status == AR_UNAVAILABLE ? ar_microseconds_now() + OUTAGE_MS * 1000 : 0);
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

static enum ar_status query_primary(struct link *link, struct position *out)
{
    struct ar_db *db = link->db;
    struct lease lease;
    enum ar_status status = ar_pool_take(&db->primaries, NULL, &lease, link->failure);

    if (status != AR_OK)
        return status;
    status = ar_position_query(db->driver, lease.connection, out, link->failure);
    ar_pool_give_back(&lease);
    return status;
}

/* Query the position of the primary. Writes that were counted before are either committed, and before that position, or
 * never will be. */
static enum ar_status update_position(struct link *link, struct ar_position *out)
{
    struct ar_db *db = link->db;
    uint64_t writes = atomic_load(&db->writes);
    struct position primary = {.is_standby = false};
    enum ar_status status = begin_attempt(link);

    if (status == AR_OK) {
        status = query_primary(link, &primary);
        end_attempt(link, status);
    }
    if (status != AR_OK)
        return explain_need(link);
    *out = ar_token_of(&primary.at);
    (void)pthread_mutex_lock(&db->position_mutex);
    /* The newest count decides, not the highest position: a primary that takes over may begin at a lower one. */
    if (writes > db->position_writes) {
        db->position_writes = writes;
        db->position = *out;
    }
    (void)pthread_mutex_unlock(&db->position_mutex);
    return AR_OK;
}

/* Find a position that includes everything that sessions of this database have written. */
static enum ar_status find_position(struct link *link, struct ar_position *out)
{
    struct ar_db *db = link->db;
    uint64_t writes = atomic_load(&db->writes);
    bool is_known;

    (void)pthread_mutex_lock(&db->position_mutex);
    is_known = db->position_writes >= writes;
    *out = db->position;
    (void)pthread_mutex_unlock(&db->position_mutex);
    return is_known ? AR_OK : update_position(link, out);
}

/* ---- Waiting for it ---------------------------------------------------------------------------------------------- */

/* Return true if the link's server is a primary, or has reached the position and .after. It cannot have reached the
 * position of another system. */
static bool is_current(const struct link *link, const struct ar_position *position)
{
    const struct position *server = &link->lease.server;
    struct place first = ar_token_get(position, 0);

    return !server->is_standby ||
           ((first.system == 0 || first.system == server->at.system) && ar_position_has_reached(server, position) &&
            ar_position_has_reached(server, &link->options.after));
}

/* Query the position of the link's own server. Give up a connection that breaks. */
static enum ar_status query_own_server(struct link *link)
{
    struct position server = {.is_standby = false};
    enum ar_status status = ar_position_query(link->db->driver, link->connection, &server, link->failure);

    if (status == AR_OK)
        link->lease.server = server;
    else if (!link->db->driver->is_usable(link->connection))
        ar_link_disconnect(link);
    return status;
}

static enum ar_status connect_to_primary(struct link *link)
{
    enum ar_status status = begin_attempt(link);

    if (status != AR_OK)
        return status;
    status = ar_link_connect_to_primary(link);
    end_attempt(link, status);
    return status;
}

/* Return true if it is known that the primary cannot be reached, so that the standby cannot catch up. */
static bool is_outage(struct link *link)
{
    bool is_out;

    (void)pthread_mutex_lock(&link->db->position_mutex);
    is_out = ar_microseconds_now() < link->db->outage_until;
    (void)pthread_mutex_unlock(&link->db->position_mutex);
    return is_out && link->options.max_staleness_ms > 0;
}

static enum ar_status wait_for(struct link *link, const struct ar_position *position)
{
    enum { FIRST_PAUSE = 50, LONGEST_PAUSE = 10000 }; /* microseconds */
    uint64_t deadline = ar_microseconds_now() + (uint64_t)link->db->options.replica_wait_ms * 1000;

    for (uint64_t pause = FIRST_PAUSE;; pause = pause < LONGEST_PAUSE / 2 ? 2 * pause : LONGEST_PAUSE) {
        enum ar_status status = query_own_server(link);
        uint64_t now = ar_microseconds_now();
        if (status != AR_OK || is_current(link, position))
            return status;
        if (now >= deadline || is_outage(link))
            return connect_to_primary(link);
        ar_pause(pause < deadline - now ? pause : deadline - now);
    }
}

/* ---- Outages ----------------------------------------------------------------------------------------------------- */

/* Return AR_OK if the standby may be read although the primary cannot be reached, else the reason. */
static enum ar_status check_staleness(struct link *link)
{
    const struct position *server = &link->lease.server;
    const struct failure first = *link->failure;

    if (!server->is_standby)
        return AR_OK;
    if (!ar_position_has_reached(server, &link->options.after))
        return ar_fail(link->failure, AR_UNAVAILABLE, NULL, NULL,
                       "the standby has not reached the position of .after, and the primary cannot be reached: %s",
                       first.message);
    if (server->age_ms <= (int64_t)link->options.max_staleness_ms)
        return AR_OK;
    if (server->age_ms == INT64_MAX)
        return ar_fail(link->failure, AR_UNAVAILABLE, NULL, NULL,
                       "the standby has not replayed any transaction since it was started, so that it may miss more "
                       "than max_staleness_ms: %s",
                       first.message);
    return ar_fail(link->failure, AR_UNAVAILABLE, NULL, NULL,
                   "the standby may miss what was committed in the last %" PRId64 " ms, more than max_staleness_ms "
                   "(%u): %s",
                   server->age_ms, link->options.max_staleness_ms, first.message);
}

/* The primary could not be reached: read from the standby if the session accepts that. */
static enum ar_status read_stale(struct link *link, const struct failure *before)
{
    const struct failure outage = *link->failure;
    enum ar_status status = ar_link_connect(link);

    if (status == AR_OK)
        status = query_own_server(link);
    if (status != AR_OK)
        return status;
    ar_failure_restore(link->failure, &outage);
    status = check_staleness(link);
    if (status == AR_OK)
        ar_failure_restore(link->failure, before);
    return status;
}

static enum ar_status catch_up(struct link *link)
{
    struct ar_position position;
    enum ar_status status = find_position(link, &position);

    if (status != AR_OK || is_current(link, &position))
        return status;
    return wait_for(link, &position);
}

static enum ar_status catch_up_unless_outage(struct link *link)
{
    const struct failure before = *link->failure;
    enum ar_status status = catch_up(link);

    return status == AR_UNAVAILABLE ? read_stale(link, &before) : status;
}

enum ar_status ar_replica_catch_up(struct link *link)
{
    enum ar_status status;

    /* A transaction stays on the server where it began. */
    if (!link->lease.server.is_standby || link->db->driver->in_transaction(link->connection))
        return AR_OK;
    status = ar_position_check_engine(link->db->driver, link->connection, link->failure);
    if (status != AR_OK)
        return status;
    return link->options.max_staleness_ms > 0 ? catch_up_unless_outage(link) : catch_up(link);
}
