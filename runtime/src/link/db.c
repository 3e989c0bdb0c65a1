/* Databases: URLs and options. */
#include "link/db.h"

#include "base/hash.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef ARMATURE_POSTGRESQL
static const struct driver *const postgresql = &ar_driver_postgresql;
#else
static const struct driver *const postgresql = NULL;
#endif

atomic_uint ar_fork_count;

static void count_fork(void)
{
    (void)atomic_fetch_add(&ar_fork_count, 1);
}

static void count_forks(void)
{
    (void)pthread_atfork(NULL, NULL, count_fork);
}

/* Comparing getpid() instead would take a system call each time. */
static void note_forks(struct ar_db *db)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void)pthread_once(&once, count_forks);
    db->forks = atomic_load(&ar_fork_count);
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
    /* Databases take an int, which is enough for 24 days. */
    if (db->options.busy_timeout_ms > INT_MAX)
        db->options.busy_timeout_ms = INT_MAX;
    if (db->options.replica_wait_ms == 0)
        db->options.replica_wait_ms = 1000;
    if (db->options.clock != NULL)
        db->clock = (struct clock){db->options.clock, db->options.clock_payload};
    else
        db->clock = (struct clock){.read = ar_monotonic_clock};
}

static bool is_in_memory(const char *url)
{
    return strcmp(url, "sqlite::memory:") == 0;
}

/* Quote only the scheme of the URL: the rest may contain a password. */
static enum ar_status refuse_url(struct ar_db *db, const char *url)
{
    size_t length = strspn(url, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    return ar_fail(&db->failure, AR_MISUSE, NULL, NULL,
                   "\"%.*s%s\" is not a database URL: expected sqlite:<file>, sqlite::memory: or postgresql://…",
                   length < 32 ? (int)length : 32, url, url[length] != '\0' ? "…" : "");
}

/* SQLite creates a file with almost any name: refuse names that are probably mistakes. Return how to fix the URL, or
 * NULL. */
static const char *mistake_in_path(const char *path)
{
    if (path[0] == ':')
        return "write sqlite::memory: for a database in memory, or sqlite:./:name for a file with this name";
    if (strncmp(path, "memory:", 7) == 0)
        return "write sqlite::memory: for a database in memory";
    if (strncmp(path, "file:", 5) != 0 && strchr(path, '?') != NULL)
        return "parameters need SQLite's own URI, sqlite:file:blog.db?mode=ro; write a ? of the file's name as %3F";
    if (strncmp(path, "//", 2) == 0)
        return "write sqlite:blog.db for a file, or sqlite:/var/lib/blog.db for an absolute path, without //";
    if (strncmp(path, "file:", 5) == 0 &&
        (strstr(path, "mode=memory") != NULL || strstr(path, ":memory:") != NULL || strstr(path, "memdb") != NULL ||
         strncmp(path + 5, "?", 1) == 0 || path[5] == '\0'))
        return "each connection would open a separate database: write sqlite::memory: for a database in memory";
    return NULL;
}

/* Choose the driver and set the location for it. A database in memory gets a unique name in SQLite's memdb, by which
 * all connections of this process share it (https://sqlite.org/src/file/src/memdb.c). */
static enum ar_status locate(struct ar_db *db, const char *url)
{
    static const char sqlite[] = "sqlite:";
    const char *path = url + strlen(sqlite), *mistake;
    size_t size;

    if (strncmp(url, "postgresql://", 13) == 0 || strncmp(url, "postgres://", 11) == 0) {
        if (postgresql == NULL)
            return ar_fail(&db->failure, AR_MISUSE, NULL, NULL,
                           "the URL names a PostgreSQL database, and this Armature was built without PostgreSQL: "
                           "build it with -DARMATURE_POSTGRESQL=ON");
        db->driver = postgresql;
        db->location = strdup(url);
        return db->location != NULL ? AR_OK : ar_fail_no_memory(&db->failure);
    }
    if (strncmp(url, sqlite, strlen(sqlite)) != 0 || *path == '\0')
        return refuse_url(db, url);
    mistake = is_in_memory(url) ? NULL : mistake_in_path(path);
    if (mistake != NULL)
        return ar_fail(&db->failure, AR_MISUSE, NULL, NULL, "the SQLite URL is not a database: %s", mistake);
    db->driver = &ar_driver_sqlite;
    size = strlen(path) + 64;
    db->location = malloc(size);
    if (db->location == NULL)
        return ar_fail_no_memory(&db->failure);
    if (is_in_memory(url))
        (void)snprintf(db->location, size, "file:/armature-%p?vfs=memdb", (void *)db);
    else
        (void)snprintf(db->location, size, "%s", path);
    return AR_OK;
}

static enum ar_status open_pool(struct ar_db *db, bool is_for_standbys, struct pool *pool)
{
    *pool = (struct pool){
        .driver = db->driver,
        .location = db->location,
        .options = &db->options,
        .clock = &db->clock,
        .is_for_standbys = is_for_standbys,
    };
    return ar_pool_open(pool, &db->failure);
}

static enum ar_status open_pools(struct ar_db *db)
{
    enum ar_status status = open_pool(db, false, &db->primaries);

    if (status == AR_OK && db->driver->dialect.position != NULL)
        status = open_pool(db, true, &db->standbys);
    return status;
}

enum ar_status ar_db_open(const char *url, const struct ar_db_options *options, struct ar_db **out)
{
    struct ar_db *db = calloc(1, sizeof *db);
    struct lease first;
    enum ar_status status;

    *out = db;
    if (db == NULL)
        return AR_NO_MEMORY;
    ar_hash_seed();
#ifndef NDEBUG
    ar_db_use_open(&db->use);
#endif
    ar_failure_reset(&db->failure);
    (void)pthread_mutex_init(&db->position_mutex, NULL);
    set_options(db, options);
    note_forks(db);
    status = locate(db, url);
    if (status == AR_OK)
        status = open_pools(db);
    if (status == AR_OK && is_in_memory(url))
        status = db->driver->connect(db->location, &db->options, false, &db->anchor, &db->failure);
    if (status == AR_OK)
        status = ar_pool_take(&db->primaries, NULL, &first, &db->failure);
    if (status == AR_OK)
        ar_pool_give_back(&first);
    return status;
}

const struct ar_error *ar_db_error(const struct ar_db *db)
{
    static const struct ar_error no_memory = {.status = AR_NO_MEMORY, .sqlstate = "", .message = "out of memory"};

    return db != NULL ? &db->failure.error : &no_memory;
}

void ar_db_free(struct ar_db *db)
{
#ifndef NDEBUG
    ar_db_use_free(&db->use);
#endif
    if (db->anchor != NULL && !ar_db_is_inherited(db))
        db->driver->disconnect(db->anchor);
    ar_pool_close(&db->primaries, ar_db_is_inherited(db));
    ar_pool_close(&db->standbys, ar_db_is_inherited(db));
    (void)pthread_mutex_destroy(&db->position_mutex);
    ar_shared_free(&db->layouts);
    ar_shared_free(&db->by_key);
    free(db->location);
    free(db);
}

void ar_db_close(struct ar_db *db)
{
    if (db == NULL)
        return;
#ifndef NDEBUG
    if (!ar_db_use_close(&db->use))
        return;
#endif
    ar_db_free(db);
}

void ar_db_observe(struct ar_db *db, void (*callback)(const struct ar_event *event, void *payload), void *payload)
{
    db->observer = callback;
    db->observer_payload = payload;
}
