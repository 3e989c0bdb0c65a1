/* Read your writes on standbys: a write is counted when it is done; a reader that finds the count higher than the last
 * position it knows of asks the primary where that is, once for all that was written until then, and waits until its
 * own server has got there. Writers pay for none of it. */
#include "link/replica.h"

#include "base/clock.h"
#include "model/row.h"
#include "session/session.h"

static enum ar_status take_position(void *payload, const struct row *row)
{
    struct position *position = payload;
    struct ar_value reached, is_standby;

    if (!row->methods->value(row, 0, &reached) || !row->methods->value(row, 1, &is_standby))
        return AR_NO_MEMORY;
    /* NULL: a standby that has just started and replayed nothing. */
    position->reached = reached.kind == AR_VALUE_INTEGER ? (uint64_t)reached.integer : 0;
    position->is_standby = is_standby.kind == AR_VALUE_INTEGER && is_standby.integer != 0;
    return AR_OK;
}

static struct statement position_statement(const struct ar_db *db, struct position *out)
{
    return (struct statement){
        .sql = db->driver->dialect.position, .on_row = take_position, .payload = out, .reason = AR_REASON_TRANSACTION};
}

enum ar_status ar_position_ask(const struct ar_db *db, struct connection *connection, struct position *out,
                               struct failure *failure)
{
    const struct statement statement = position_statement(db, out);
    struct outcome outcome = {.rows = 0};

    return db->driver->run(connection, &statement, 1, &outcome, failure);
}

enum ar_status ar_session_position(struct ar_session *s, uint64_t *out)
{
    AR_USE(s, (*out = 0, AR_MISUSE));
    struct position position = {.reached = 0};
    enum ar_status status = AR_OK;

    if (s->link.db->driver->dialect.position != NULL) {
        const struct statement statement = position_statement(s->link.db, &position);
        status = ar_session_run(s, &statement, NULL);
    }
    *out = position.reached;
    return ar_session_done(s, status);
}

bool ar_replica_is_wanted(const struct ar_session *s)
{
    return s->options.replica && s->link.db->driver->dialect.position != NULL;
}

void ar_replica_note_write(struct ar_db *db)
{
    (void)atomic_fetch_add(&db->writes, 1);
}

/* ---- What has been written --------------------------------------------------------------------------------------- */

/* Who only reads from a standby may wonder why the primary matters. */
static enum ar_status explain_need(struct ar_session *s)
{
    const struct failure first = s->store.failure;

    return ar_fail(&s->store.failure, first.error.status, NULL, NULL,
                   "the standby may lack what was written here before, and the primary cannot be asked: %s",
                   first.message);
}

/* Asks the primary. What was counted before is committed, or never will be, and so before the position. */
static enum ar_status ask_primary(struct ar_session *s, uint64_t *out)
{
    struct ar_db *db = s->link.db;
    uint64_t writes = atomic_load(&db->writes);
    struct position position = {.reached = 0};
    struct lease lease;
    enum ar_status status = ar_pool_take(&db->primaries, NULL, &lease, &s->store.failure);

    if (status != AR_OK)
        return explain_need(s);
    status = ar_position_ask(db, lease.connection, &position, &s->store.failure);
    ar_pool_give_back(&lease);
    if (status != AR_OK)
        return explain_need(s);
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

/* The position that holds all that this database's sessions have written, and what .after asks for. */
static enum ar_status find_position(struct ar_session *s, uint64_t *out)
{
    struct ar_db *db = s->link.db;
    uint64_t writes = atomic_load(&db->writes);
    enum ar_status status = AR_OK;
    bool is_known;

    (void)pthread_mutex_lock(&db->position_mutex);
    is_known = db->position_writes >= writes;
    *out = db->position;
    (void)pthread_mutex_unlock(&db->position_mutex);
    if (!is_known)
        status = ask_primary(s, out);
    if (*out < s->options.after)
        *out = s->options.after;
    return status;
}

/* ---- Waiting for it ---------------------------------------------------------------------------------------------- */

/* Asks the session's own server; a connection that breaks is given up. */
static enum ar_status ask_own_server(struct ar_session *s)
{
    struct position position = {.reached = 0};
    enum ar_status status = ar_position_ask(s->link.db, s->link.connection, &position, &s->store.failure);

    if (status == AR_OK)
        s->link.lease.replayed = position.is_standby ? position.reached : NO_STANDBY;
    else if (!s->link.db->driver->is_usable(s->link.connection))
        ar_session_disconnect(s);
    return status;
}

static enum ar_status wait_for(struct ar_session *s, uint64_t position)
{
    enum { FIRST_PAUSE = 50, LONGEST_PAUSE = 10000 }; /* microseconds */
    uint64_t deadline = ar_microseconds_now() + (uint64_t)s->link.db->options.replica_wait_ms * 1000;

    for (uint64_t pause = FIRST_PAUSE;; pause = pause < LONGEST_PAUSE / 2 ? 2 * pause : LONGEST_PAUSE) {
        enum ar_status status = ask_own_server(s);
        uint64_t now = ar_microseconds_now();
        if (status != AR_OK || s->link.lease.replayed >= position)
            return status;
        if (now >= deadline)
            return ar_session_connect_to_primary(s);
        ar_pause(pause < deadline - now ? pause : deadline - now);
    }
}

enum ar_status ar_replica_catch_up(struct ar_session *s)
{
    uint64_t position;
    enum ar_status status;

    /* A transaction goes on as it began. */
    if (s->link.lease.replayed == NO_STANDBY || s->link.db->driver->in_transaction(s->link.connection))
        return AR_OK;
    status = find_position(s, &position);
    if (status != AR_OK)
        return status;
    return s->link.lease.replayed >= position ? AR_OK : wait_for(s, position);
}
