/* The connection of a link, and the end of the snapshot that is open on it. */
#include "link/connection.h"

#include "link/observe.h"

const struct statement ar_snapshot_end = {.sql = "COMMIT", .is_constant = true, .reason = AR_REASON_TRANSACTION};

static void set_connection(struct link *link, struct connection *connection)
{
    (void)pthread_mutex_lock(&link->mutex);
    link->connection = connection;
    (void)pthread_mutex_unlock(&link->mutex);
}

static enum ar_status connect_to(struct link *link, struct pool *pool)
{
    enum ar_status status = ar_pool_take(pool, link->lease.connection, &link->lease, link->failure);

    if (status != AR_OK)
        return status;
    link->db->driver->set_timeout(link->lease.connection, link->options.timeout_ms);
    set_connection(link, link->lease.connection);
    return AR_OK;
}

/* Return true if the link reads from standbys: .replica was set, and the database may have them. */
static bool wants_standby(const struct link *link)
{
    return link->options.replica && link->db->driver->dialect.position != NULL;
}

enum ar_status ar_link_connect(struct link *link)
{
    if (ar_db_is_inherited(link->db))
        return ar_fail(link->failure, AR_MISUSE, NULL, NULL,
                       "the database was opened by the parent process, before fork: open it again in the child");
    if (link->connection != NULL)
        return AR_OK;
    if (link->borrower != NULL)
        return ar_fail(link->failure, AR_MISUSE, NULL, NULL,
                       "a query of the session is delivering its rows to a function: within it, use the session that "
                       "the function was called with");
    return connect_to(link, wants_standby(link) ? &link->db->standbys : &link->db->primaries);
}

enum ar_status ar_link_connect_to_primary(struct link *link)
{
    ar_link_disconnect(link);
    return connect_to(link, &link->db->primaries);
}

void ar_link_leave_snapshot(struct link *link)
{
    const struct driver *driver = link->db->driver;
    struct outcome outcome = {.rows = 0};
    struct failure ignored;
    bool is_ended = false;
    uint64_t started;

    if (!link->has_snapshot)
        return;
    if (ar_db_is_inherited(link->db)) {
        ar_link_forget(link);
        return;
    }
    link->has_snapshot = false;
    started = ar_observe_start(link);
    if (driver->in_transaction(link->connection))
        is_ended = driver->run(link->connection, &ar_snapshot_end, 1, &outcome, &ignored) == AR_OK;
    ar_observe(link, &ar_snapshot_end, &outcome, 1, started);
    /* The pool closes a connection that is lost, or returned inside a transaction. */
    if (!is_ended && !driver->is_usable(link->connection))
        ar_link_disconnect(link);
}

void ar_link_disconnect(struct link *link)
{
    if (link->connection == NULL)
        return;
    if (ar_db_is_inherited(link->db)) {
        ar_link_forget(link);
        return;
    }
    ar_link_leave_snapshot(link);
    if (link->connection == NULL) /* given up, because the snapshot could not be ended */
        return;
    set_connection(link, NULL);
    ar_pool_give_back(&link->lease);
}

void ar_link_forget(struct link *link)
{
    link->connection = NULL;
    link->has_snapshot = false;
}

void ar_link_interrupt(struct link *link)
{
    (void)pthread_mutex_lock(&link->mutex);
    if (link->connection != NULL)
        link->db->driver->interrupt(link->connection);
    else if (link->borrower != NULL)
        ar_link_interrupt(link->borrower);
    (void)pthread_mutex_unlock(&link->mutex);
}
