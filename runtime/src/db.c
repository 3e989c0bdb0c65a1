/* Databases: URLs, options, and the connection pool. */
#include "db.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- Opening ----------------------------------------------------------------------------------------------------- */

static uint64_t monotonic_clock(void *payload)
{
    struct timespec now;

    (void)payload;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void set_options(struct ar_db *db, const struct ar_db_options *options)
{
    if (options != NULL)
        db->options = *options;
    if (db->options.pool_size == 0)
        db->options.pool_size = 16;
    if (db->options.pool_wait_ms == 0)
        db->options.pool_wait_ms = 5000;
    if (db->options.connect_timeout_ms == 0)
        db->options.connect_timeout_ms = 10000;
    if (db->options.busy_timeout_ms == 0)
        db->options.busy_timeout_ms = 5000;
    if (db->options.statement_cache_size == 0)
        db->options.statement_cache_size = 128;
    if (db->options.clock == NULL)
        db->options.clock = monotonic_clock;
}

static bool is_in_memory(const char *url)
{
    return strcmp(url, "sqlite::memory:") == 0;
}

/* Where the database is, in the driver's words. A database in memory gets a name of its own in SQLite's memdb, which
 * all connections of this process share by that name (https://sqlite.org/src/file/src/memdb.c). */
static enum ar_status locate(struct ar_db *db, const char *url)
{
    static const char sqlite[] = "sqlite:";
    const char *path = url + strlen(sqlite);
    size_t size;

    if (strncmp(url, "postgresql://", 13) == 0 || strncmp(url, "postgres://", 11) == 0) {
        db->driver = &ar_driver_postgresql;
        db->location = strdup(url);
        return db->location != NULL ? AR_OK : ar_fail_no_memory(&db->failure);
    }
    if (strncmp(url, sqlite, strlen(sqlite)) != 0 || *path == '\0')
        return ar_fail(&db->failure, AR_MISUSE, NULL, NULL,
                       "\"%s\" is no database: expected sqlite:<file>, sqlite::memory: or postgresql://…", url);
    db->driver = &ar_driver_sqlite;
    size = strlen(path) + 64;
    db->location = malloc(size);
    if (db->location == NULL)
        return ar_fail_no_memory(&db->failure);
    if (is_in_memory(url))
        (void)snprintf(db->location, size, "file:/armature-%p?vfs=memdb", (void *)db);
    else if (strncmp(path, "file:", 5) == 0)
        (void)snprintf(db->location, size, "./%s", path); /* a file of that name, not SQLite's own URI */
    else
        (void)snprintf(db->location, size, "%s", path);
    return AR_OK;
}

static enum ar_status open_pool(struct ar_db *db)
{
    pthread_condattr_t attributes;

    db->idle = calloc(db->options.pool_size, sizeof(struct connection *));
    if (db->idle == NULL)
        return ar_fail_no_memory(&db->failure);
    (void)pthread_mutex_init(&db->mutex, NULL);
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&db->returned, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    return AR_OK;
}

enum ar_status ar_db_open(const char *url, const struct ar_db_options *options, struct ar_db **out)
{
    struct ar_db *db = calloc(1, sizeof *db);
    struct connection *first;
    enum ar_status status;

    *out = db;
    if (db == NULL)
        return AR_NO_MEMORY;
    ar_failure_reset(&db->failure);
    set_options(db, options);
    status = locate(db, url);
    if (status == AR_OK)
        status = open_pool(db);
    if (status == AR_OK && is_in_memory(url))
        status = db->driver->connect(db->location, &db->options, &db->anchor, &db->failure);
    if (status == AR_OK)
        status = ar_db_take(db, &first, &db->failure);
    if (status == AR_OK)
        ar_db_give_back(db, first);
    return status;
}

const struct ar_error *ar_db_error(const struct ar_db *db)
{
    static const struct ar_error no_memory = {.status = AR_NO_MEMORY, .sqlstate = "", .message = "out of memory"};

    return db != NULL ? &db->failure.error : &no_memory;
}

void ar_db_close(struct ar_db *db)
{
    if (db == NULL)
        return;
    if (db->anchor != NULL)
        db->driver->disconnect(db->anchor);
    if (db->idle != NULL) {
        for (unsigned i = 0; i < db->idle_count; i++)
            db->driver->disconnect(db->idle[i]);
        (void)pthread_cond_destroy(&db->returned);
        (void)pthread_mutex_destroy(&db->mutex);
    }
    free(db->idle);
    free(db->location);
    free(db);
}

void ar_db_observe(struct ar_db *db, void (*callback)(const struct ar_event *event, void *payload), void *payload)
{
    db->observer = callback;
    db->observer_payload = payload;
}

/* ---- The pool ---------------------------------------------------------------------------------------------------- */

static struct timespec deadline_after(unsigned milliseconds)
{
    struct timespec deadline;

    (void)clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += milliseconds / 1000;
    deadline.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (deadline.tv_nsec >= 1000000000) {
        deadline.tv_sec++;
        deadline.tv_nsec -= 1000000000;
    }
    return deadline;
}

/* Takes an idle connection, or the right to make one (NULL); false where neither came free in time. */
static bool reserve(struct ar_db *db, struct connection **out)
{
    struct timespec deadline = deadline_after(db->options.pool_wait_ms);
    bool reserved = true;

    *out = NULL;
    (void)pthread_mutex_lock(&db->mutex);
    while (db->idle_count == 0 && db->open_count == db->options.pool_size && reserved)
        reserved = pthread_cond_timedwait(&db->returned, &db->mutex, &deadline) != ETIMEDOUT;
    if (db->idle_count > 0) {
        *out = db->idle[--db->idle_count];
        reserved = true;
    } else if (db->open_count < db->options.pool_size) {
        db->open_count++;
        reserved = true;
    }
    (void)pthread_mutex_unlock(&db->mutex);
    return reserved;
}

enum ar_status ar_db_take(struct ar_db *db, struct connection **out, struct failure *failure)
{
    enum ar_status status;

    if (!reserve(db, out))
        return ar_fail(failure, AR_BUSY, NULL, NULL,
                       "all %u connections were in use for %u ms: close sessions earlier, or raise pool_size",
                       db->options.pool_size, db->options.pool_wait_ms);
    if (*out != NULL && db->driver->is_usable(*out))
        return AR_OK;
    /* One that broke while it lay idle is replaced. */
    if (*out != NULL)
        db->driver->disconnect(*out);
    status = db->driver->connect(db->location, &db->options, out, failure);
    if (status != AR_OK) {
        (void)pthread_mutex_lock(&db->mutex);
        db->open_count--;
        (void)pthread_cond_signal(&db->returned);
        (void)pthread_mutex_unlock(&db->mutex);
    }
    return status;
}

void ar_db_give_back(struct ar_db *db, struct connection *connection)
{
    /* A connection that is lost, or a rollback that failed: the next session must not inherit it. */
    bool is_usable = db->driver->is_usable(connection);

    if (!is_usable)
        db->driver->disconnect(connection);
    (void)pthread_mutex_lock(&db->mutex);
    if (is_usable)
        db->idle[db->idle_count++] = connection;
    else
        db->open_count--;
    (void)pthread_cond_signal(&db->returned);
    (void)pthread_mutex_unlock(&db->mutex);
}
