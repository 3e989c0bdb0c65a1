/* The connection pool.
 *
 * A session takes a lease on a connection before its first statement and returns it when it is cleared or closed, or
 * when the connection is unusable. A lease is a connection with the facts about its server that outlive one session.
 *
 *     idle         leases that no session has, a stack: the one returned last, whose caches are the warmest, is taken
 *                  first, unless the session's previous connection is among them
 *     open_count   connections that exist, idle or taken, including those that are being opened; at most pool_size
 *
 * Opening a connection may take seconds, so it happens outside the mutex: incrementing open_count reserves the right to
 * open one, and a failure gives it back. If all connections are taken, the caller waits up to pool_wait_ms for one of
 * the two to become available. Idle connections are never closed to shrink the pool.
 *
 * A connection is checked twice, without a round trip. When it is returned, it is closed if it is known to be lost or
 * still in a transaction; if user SQL ran on it, its settings are reset, or it is closed if that is impossible. When it
 * is taken, it is replaced if the server has closed it meanwhile.
 *
 * The pools of several databases may share a budget of connections, which each of these counts in; while another
 * database waits for one, a returned connection is closed.
 *
 * The pool of standbys asks for a standby but accepts a primary if there is none; such a connection is replaced when it
 * is taken after ten seconds, because a standby may have come back. */
#include "link/pool.h"

#include "base/clock.h"
#include "link/budget.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void close_connection(const struct pool *pool, struct connection *connection)
{
    pool->driver->disconnect(connection);
    if (pool->budget != NULL)
        ar_budget_give_back(pool->budget);
}

enum ar_status ar_pool_open(struct pool *pool, struct failure *failure)
{
    pthread_condattr_t attributes;

    pool->idle = calloc(pool->options->pool_size, sizeof *pool->idle);
    if (pool->idle == NULL)
        return ar_fail_no_memory(failure);
    (void)pthread_mutex_init(&pool->mutex, NULL);
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&pool->returned, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    return AR_OK;
}

void ar_pool_close(struct pool *pool, bool is_inherited)
{
    if (pool->idle == NULL)
        return;
    if (!is_inherited) {
        for (unsigned i = 0; i < pool->idle_count; i++)
            close_connection(pool, pool->idle[i].connection);
        (void)pthread_cond_destroy(&pool->returned);
        (void)pthread_mutex_destroy(&pool->mutex);
    }
    free(pool->idle);
}

/* Take the wanted connection if it is idle, or the one that was returned last. */
static struct lease take_idle(struct pool *pool, const struct connection *wanted)
{
    struct lease *last = &pool->idle[--pool->idle_count], taken = *last;

    for (struct lease *each = pool->idle; each < last; each++) {
        if (each->connection == wanted) {
            taken = *each;
            *each = *last;
            break;
        }
    }
    return taken;
}

/* Take an idle connection, or the right to open one, which is a lease without connection. Return false if neither
 * became available in time. */
static bool reserve(struct pool *pool, const struct connection *wanted, struct lease *out)
{
    unsigned size = pool->options->pool_size;
    struct timespec deadline = {0};
    bool reserved = true;

    *out = (struct lease){.pool = pool};
    (void)pthread_mutex_lock(&pool->mutex);
    if (pool->idle_count == 0 && pool->open_count == size)
        deadline = ar_deadline_after(pool->options->pool_wait_ms);
    while (pool->idle_count == 0 && pool->open_count == size && reserved)
        reserved = pthread_cond_timedwait(&pool->returned, &pool->mutex, &deadline) != ETIMEDOUT;
    if (pool->idle_count > 0) {
        *out = take_idle(pool, wanted);
        reserved = true;
    } else if (pool->open_count < size) {
        pool->open_count++;
        reserved = true;
    }
    (void)pthread_mutex_unlock(&pool->mutex);
    return reserved;
}

/* Return true if the connection leads to a primary because there was no standby some time ago; there may be one now. */
static bool is_stopgap(const struct lease *lease)
{
    const uint64_t ten_seconds = UINT64_C(10000000000);

    return lease->pool->is_for_standbys && !lease->server.is_standby &&
           ar_clock_now(lease->pool->clock) - lease->made_at >= ten_seconds;
}

static enum ar_status connect_lease(struct lease *lease, struct failure *failure)
{
    const struct pool *pool = lease->pool;
    enum ar_status status;

    lease->server = (struct position){.is_standby = false};
    if (pool->budget != NULL && !ar_budget_take(pool->budget, pool->options->pool_wait_ms))
        return ar_fail(failure, AR_BUSY, NULL, NULL,
                       "all %u connections of the databases were in use for %u ms: close sessions earlier, or raise "
                       "connections_max",
                       pool->budget->max, pool->options->pool_wait_ms);
    status = pool->driver->connect(pool->location, pool->options, pool->is_for_standbys, &lease->connection, failure);
    if (status == AR_OK && pool->is_for_standbys)
        status = ar_position_query(pool->driver, lease->connection, &lease->server, failure);
    if (status != AR_OK) {
        if (lease->connection != NULL)
            pool->driver->disconnect(lease->connection);
        if (pool->budget != NULL)
            ar_budget_give_back(pool->budget);
        return status;
    }
    lease->made_at = ar_clock_now(pool->clock);
    return AR_OK;
}

enum ar_status ar_pool_take(struct pool *pool, const struct connection *wanted, struct lease *out,
                            struct failure *failure)
{
    enum ar_status status;

    if (!reserve(pool, wanted, out))
        return ar_fail(failure, AR_BUSY, NULL, NULL,
                       "all %u connections%s were in use for %u ms: close sessions earlier, or raise pool_size",
                       pool->options->pool_size, pool->is_for_standbys ? " to standbys" : "",
                       pool->options->pool_wait_ms);
    if (out->connection != NULL && pool->driver->take(out->connection) && !is_stopgap(out))
        return AR_OK;
    /* Replace a connection that broke while it was idle. */
    if (out->connection != NULL)
        close_connection(pool, out->connection);
    out->connection = NULL;
    status = connect_lease(out, failure);
    if (status != AR_OK) {
        (void)pthread_mutex_lock(&pool->mutex);
        pool->open_count--;
        (void)pthread_cond_signal(&pool->returned);
        (void)pthread_mutex_unlock(&pool->mutex);
    }
    return status;
}

bool ar_pool_shrink(struct pool *pool, unsigned kept)
{
    struct connection *oldest;
    bool is_closed = false;

    do {
        oldest = NULL;
        (void)pthread_mutex_lock(&pool->mutex);
        if (pool->idle_count > kept) {
            oldest = pool->idle[0].connection;
            pool->idle_count--;
            pool->open_count--;
            memmove(pool->idle, pool->idle + 1, pool->idle_count * sizeof *pool->idle);
            (void)pthread_cond_signal(&pool->returned);
        }
        (void)pthread_mutex_unlock(&pool->mutex);
        if (oldest != NULL) {
            close_connection(pool, oldest);
            is_closed = true;
        }
    } while (oldest != NULL);
    return is_closed;
}

void ar_pool_give_back(const struct lease *lease)
{
    struct pool *pool = lease->pool;
    const struct driver *driver = pool->driver;
    /* The connection is lost, a rollback failed, or user SQL changed settings: do not pass it to the next session. */
    bool is_usable = driver->reset(lease->connection);

    if (pool->budget != NULL && ar_budget_is_wanted(pool->budget))
        is_usable = false;

    if (!is_usable)
        close_connection(pool, lease->connection);
    (void)pthread_mutex_lock(&pool->mutex);
    if (is_usable)
        pool->idle[pool->idle_count++] = *lease;
    else
        pool->open_count--;
    (void)pthread_cond_signal(&pool->returned);
    (void)pthread_mutex_unlock(&pool->mutex);
}
