/* Databases: opening, options, closing. */
#include "link/db.h"

#include "base/hash.h"
#include "trace/trace.h"

#include <limits.h>
#include <stdlib.h>

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
unsigned ar_fork_count_now(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void)pthread_once(&once, count_forks);
    return atomic_load(&ar_fork_count);
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

static enum ar_status open_pool(struct ar_db *db, bool is_for_standbys, struct pool *pool)
{
    *pool = (struct pool){
        .driver = db->driver,
        .location = db->location,
        .options = &db->options,
        .clock = &db->clock,
        .is_for_standbys = is_for_standbys,
        .budget = db->budget,
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

/* Connect to the database that the URL names; `driver` may be NULL, with the failure recorded. */
static enum ar_status connect(struct ar_db *db, const struct driver *driver, const char *url)
{
    bool is_in_memory = false;
    struct lease first;
    enum ar_status status;

    db->driver = driver;
    if (driver != NULL)
        db->location = driver->locate(url, db, &is_in_memory, &db->failure);
    if (db->location == NULL)
        return db->failure.error.status;
    status = open_pools(db);
    if (status == AR_OK && is_in_memory)
        status = driver->connect(db->location, &db->options, false, &db->anchor, &db->failure);
    if (status == AR_OK)
        status = ar_pool_take(&db->primaries, NULL, &first, &db->failure);
    if (status == AR_OK)
        ar_pool_give_back(&first);
    db->is_open = status == AR_OK;
    return status;
}

struct ar_db *ar_db_make(void)
{
    struct ar_db *db = calloc(1, sizeof *db);

    if (db == NULL)
        return NULL;
    ar_hash_seed();
#ifndef NDEBUG
    ar_db_use_open(&db->use);
#endif
    ar_failure_reset(&db->failure);
    (void)pthread_mutex_init(&db->position_mutex, NULL);
    db->forks = ar_fork_count_now();
    return db;
}

enum ar_status ar_db_connect(const char *url, const struct ar_db_options *options, struct budget *budget,
                             struct ar_db **out)
{
    struct ar_db *db = ar_db_make();

    *out = db;
    if (db == NULL)
        return AR_NO_MEMORY;
    set_options(db, options);
    db->budget = budget;
    if (url == NULL)
        return ar_fail(&db->failure, AR_MISUSE, NULL, NULL, "the URL of the database is NULL");
    return connect(db, ar_driver_find(url, &db->options, &db->failure), url);
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
    if (!ar_db_is_inherited(db))
        ar_trace_free(atomic_load(&db->trace));
    ar_pool_close(&db->primaries, ar_db_is_inherited(db));
    ar_pool_close(&db->standbys, ar_db_is_inherited(db));
    (void)pthread_mutex_destroy(&db->position_mutex);
    ar_shared_free(&db->layouts);
    ar_shared_free(&db->by_key);
    ar_shared_free(&db->write_texts);
    free(atomic_load(&db->tree_history));
    free(atomic_load(&db->spare));
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
