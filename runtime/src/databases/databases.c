/* Many databases of one form.
 *
 *     buckets   the open databases by name, and those that a thread is opening, whose `db` is NULL
 *     idle      those without users, by their last use
 *     count     both, at most open_max
 *     budget    the right to connections of all of them
 *
 * A database is opened and closed outside the mutex. A thread that opens one enters it first, so that others who want
 * the same wait for it, and gives up the entry if that fails; they then try for themselves, and get an error of their
 * own. One that is closed has left the table before: its file may be opened again at the same time, which is harmless.
 *
 * The mutex may be held while that of a pool is taken, not the other way round. */
#include "base/clock.h"
#include "base/hash.h"
#include "base/use_list.h"
#include "databases/name.h"
#include "link/budget.h"
#include "link/db.h"
#include "schema/open.h"

#include <armature/databases.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct tenant {
    struct use_link use; /* must be first; in the list while it is idle */
    struct tenant *next; /* in its bucket */
    struct ar_db *db;    /* NULL while it is being opened */
    unsigned users;
    char name[AR_DATABASE_NAME_MAX + 1];
};

struct ar_databases {
    struct ar_databases_options options;
    char *pattern;
    struct failure failure; /* of ar_databases_open */
    unsigned forks;         /* the fork count when it was made */
    struct budget budget;
    pthread_mutex_t mutex; /* guards the following members */
    pthread_cond_t changed;
    struct tenant **buckets;
    size_t bucket_count; /* a power of two */
    unsigned count;
    struct use_list idle;
};

static bool is_inherited(const struct ar_databases *databases)
{
    return atomic_load_explicit(&ar_fork_count, memory_order_relaxed) != databases->forks;
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

static struct tenant **place_of(const struct ar_databases *databases, const char *name)
{
    struct tenant **place = &databases->buckets[ar_hash_bytes(name, strlen(name)) & (databases->bucket_count - 1)];

    while (*place != NULL && strcmp((*place)->name, name) != 0)
        place = &(*place)->next;
    return place;
}

static void remove_tenant(struct ar_databases *databases, const struct tenant *tenant)
{
    *place_of(databases, tenant->name) = tenant->next;
    databases->count--;
    (void)pthread_cond_broadcast(&databases->changed);
}

/* Remove the database that has been idle for the longest time, and return it to be closed; or NULL. */
static struct tenant *remove_idle(struct ar_databases *databases)
{
    struct tenant *oldest = (struct tenant *)databases->idle.oldest;

    if (oldest != NULL) {
        ar_use_list_remove(&databases->idle, &oldest->use);
        remove_tenant(databases, oldest);
    }
    return oldest;
}

static void close_tenant(struct tenant *tenant)
{
    if (tenant == NULL)
        return;
    ar_db_close(tenant->db);
    free(tenant);
}

/* Close idle connections of databases that are in use. */
static bool shrink_all(struct ar_databases *databases)
{
    bool is_closed = false;

    for (size_t i = 0; i < databases->bucket_count; i++)
        for (struct tenant *each = databases->buckets[i]; each != NULL; each = each->next)
            if (each->db != NULL && ar_pool_shrink(&each->db->primaries, 0))
                is_closed = true;
    return is_closed;
}

/* The budget's make_room. */
static bool make_room(void *payload)
{
    struct ar_databases *databases = payload;
    struct tenant *idle;
    bool is_closed;

    (void)pthread_mutex_lock(&databases->mutex);
    idle = remove_idle(databases);
    is_closed = idle != NULL || shrink_all(databases);
    (void)pthread_mutex_unlock(&databases->mutex);
    close_tenant(idle);
    return is_closed;
}

/* ---- Opening and closing ----------------------------------------------------------------------------------------- */

static void set_options(struct ar_databases *databases, const struct ar_databases_options *given)
{
    struct ar_databases_options *options = &databases->options;

    if (given != NULL)
        *options = *given;
    if (options->open_max == 0)
        options->open_max = 100;
    if (options->connections_max == 0)
        options->connections_max = options->open_max < UINT32_MAX / 2 ? options->open_max * 2 : UINT32_MAX;
    if (options->statement_memory == 0)
        options->statement_memory = 64 << 20;
    if (options->wait_ms == 0)
        options->wait_ms = 5000;
    options->db.no_create = !options->create;
    /* A limit of 0 would be the default. */
    options->db.statement_cache_memory = options->statement_memory / options->connections_max + 1;
}

static enum ar_status check_pattern(struct ar_databases *databases, const char *pattern)
{
    if ((pattern != NULL) == (databases->options.locate != NULL))
        return ar_fail(&databases->failure, AR_MISUSE, NULL, NULL,
                       "ar_databases_open takes a pattern or .locate, but %s",
                       pattern != NULL ? "both are given" : "none is given");
    if (pattern == NULL)
        return AR_OK;
    if (strstr(pattern, NAME_PLACE) == NULL)
        return ar_fail(&databases->failure, AR_MISUSE, NULL, NULL,
                       "the pattern of the databases has no " NAME_PLACE ": all names would be the same database");
    databases->pattern = strdup(pattern);
    return databases->pattern != NULL ? AR_OK : ar_fail_no_memory(&databases->failure);
}

static void open_locks(struct ar_databases *databases)
{
    pthread_condattr_t attributes;

    (void)pthread_mutex_init(&databases->mutex, NULL);
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&databases->changed, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    ar_budget_open(&databases->budget, databases->options.connections_max);
    databases->budget.make_room = make_room;
    databases->budget.payload = databases;
}

enum ar_status ar_databases_open(const char *pattern, const struct ar_databases_options *options,
                                 struct ar_databases **out)
{
    struct ar_databases *databases = calloc(1, sizeof *databases);
    enum ar_status status;

    *out = databases;
    if (databases == NULL)
        return AR_NO_MEMORY;
    ar_hash_seed();
    ar_failure_reset(&databases->failure);
    databases->forks = ar_fork_count_now();
    set_options(databases, options);
    open_locks(databases);
    status = check_pattern(databases, pattern);
    if (status != AR_OK)
        return status;
    databases->bucket_count = 16;
    while (databases->bucket_count < databases->options.open_max && databases->bucket_count < 1 << 20)
        databases->bucket_count *= 2;
    databases->buckets = calloc(databases->bucket_count, sizeof(struct tenant *));
    return databases->buckets != NULL ? AR_OK : ar_fail_no_memory(&databases->failure);
}

const struct ar_error *ar_databases_error(const struct ar_databases *databases)
{
    return databases != NULL ? &databases->failure.error : ar_db_error(NULL);
}

void ar_databases_close(struct ar_databases *databases)
{
    if (databases == NULL)
        return;
    for (size_t i = 0; databases->buckets != NULL && i < databases->bucket_count; i++) {
        struct tenant *next, *each = databases->buckets[i];
        for (; each != NULL; each = next) {
            next = each->next;
            close_tenant(each);
        }
    }
    /* After fork(), another thread of the parent may have held them. */
    if (!is_inherited(databases)) {
        ar_budget_close(&databases->budget);
        (void)pthread_cond_destroy(&databases->changed);
        (void)pthread_mutex_destroy(&databases->mutex);
    }
    free(databases->buckets);
    free(databases->pattern);
    free(databases);
}

size_t ar_databases_count(struct ar_databases *databases)
{
    size_t count;

    if (is_inherited(databases))
        return databases->count;
    (void)pthread_mutex_lock(&databases->mutex);
    count = databases->count;
    (void)pthread_mutex_unlock(&databases->mutex);
    return count;
}

/* ---- Taking ------------------------------------------------------------------------------------------------------ */

enum reserved { FOUND, ENTERED, NO_PLACE, OTHER_OPENS, NO_MEMORY };

/* Enter a database that this thread will open. */
static enum reserved enter(struct ar_databases *databases, const char *name, struct tenant **out)
{
    struct tenant *tenant = calloc(1, sizeof *tenant);

    *out = tenant;
    if (tenant == NULL)
        return NO_MEMORY;
    memcpy(tenant->name, name, strlen(name) + 1);
    tenant->users = 1;
    *place_of(databases, name) = tenant;
    databases->count++;
    return ENTERED;
}

/* Use an open database. */
static enum reserved use(struct ar_databases *databases, struct tenant *tenant)
{
    if (tenant->users++ == 0)
        ar_use_list_remove(&databases->idle, &tenant->use);
    return FOUND;
}

/* Find the open database, or enter it, or wait until one of both is possible. *idle is one that must be closed. */
static enum reserved reserve(struct ar_databases *databases, const char *name, struct tenant **out,
                             struct tenant **idle)
{
    struct timespec deadline = {0};
    bool is_late = false;

    for (;;) {
        *out = *place_of(databases, name);
        if (*out != NULL && (*out)->db != NULL)
            return use(databases, *out);
        if (*out == NULL && databases->count >= databases->options.open_max && *idle == NULL)
            *idle = remove_idle(databases);
        if (*out == NULL && databases->count < databases->options.open_max)
            return enter(databases, name, out);
        if (is_late)
            return *out != NULL ? OTHER_OPENS : NO_PLACE;
        if (deadline.tv_sec == 0)
            deadline = ar_deadline_after(databases->options.wait_ms);
        is_late = pthread_cond_timedwait(&databases->changed, &databases->mutex, &deadline) == ETIMEDOUT;
    }
}

static enum ar_status fail_to_reserve(const struct ar_databases *databases, enum reserved reserved, const char *name,
                                      struct failure *failure)
{
    unsigned wait_ms = databases->options.wait_ms;

    if (reserved == NO_PLACE)
        return ar_fail(failure, AR_BUSY, NULL, NULL,
                       "all %u databases were in use for %u ms: give them back earlier, or raise open_max",
                       databases->options.open_max, wait_ms);
    if (reserved == OTHER_OPENS)
        return ar_fail(failure, AR_BUSY, NULL, NULL, "another thread has been opening the database %s for %u ms", name,
                       wait_ms);
    return ar_fail_no_memory(failure);
}

/* Open the database without its entry. */
static enum ar_status open_database(struct ar_databases *databases, const char *name, struct failure *failure,
                                    struct ar_db **out)
{
    const struct ar_databases_options *options = &databases->options;
    char url[4096];
    enum ar_status status;

    if (options->locate != NULL && !options->locate(name, url, sizeof url, options->payload))
        return ar_fail(failure, AR_NOT_FOUND, NULL, NULL, "there is no database %s", name);
    if (options->locate == NULL && !ar_database_name_insert(databases->pattern, name, url, sizeof url))
        return ar_fail(failure, AR_MISUSE, NULL, NULL, "the URL of the database %s is too long", name);
    status = ar_db_open_within(url, &options->db, &databases->budget, out);
    if (status != AR_OK || options->on_open == NULL)
        return status;
    status = options->on_open(*out, name, options->payload);
    if (status != AR_OK && (*out)->failure.error.status != status)
        (void)ar_fail(&(*out)->failure, status, NULL, NULL, "on_open of the database %s returned %s", name,
                      ar_status_name(status));
    return status;
}

/* Enter the opened database, or give up its entry. */
static void finish(struct ar_databases *databases, struct tenant *tenant, struct ar_db *db)
{
    if (db != NULL)
        db->tenant = tenant;
    (void)pthread_mutex_lock(&databases->mutex);
    tenant->db = db;
    if (db == NULL)
        remove_tenant(databases, tenant);
    else
        (void)pthread_cond_broadcast(&databases->changed);
    (void)pthread_mutex_unlock(&databases->mutex);
    if (db == NULL)
        free(tenant);
}

/* Without a database in *out, `failure` has the error. */
static enum ar_status take(struct ar_databases *databases, const char *name, struct failure *failure,
                           struct ar_db **out)
{
    struct tenant *tenant, *idle = NULL;
    enum reserved reserved;
    enum ar_status status;

    (void)pthread_mutex_lock(&databases->mutex);
    reserved = reserve(databases, name, &tenant, &idle);
    (void)pthread_mutex_unlock(&databases->mutex);
    close_tenant(idle);
    if (reserved == FOUND)
        *out = tenant->db;
    if (reserved == FOUND)
        return AR_OK;
    if (reserved != ENTERED)
        return fail_to_reserve(databases, reserved, name, failure);
    status = open_database(databases, name, failure, out);
    finish(databases, tenant, status == AR_OK ? *out : NULL);
    return status;
}

static enum ar_status check(const struct ar_databases *databases, const char *name, struct failure *failure)
{
    if (is_inherited(databases))
        return ar_fail(failure, AR_MISUSE, NULL, NULL,
                       "the databases were opened by the parent process, before fork: open them again in the child");
    return ar_database_name_check(name, failure);
}

enum ar_status ar_databases_take(struct ar_databases *databases, const char *name, struct ar_db **out)
{
    struct failure failure;
    enum ar_status status;

    *out = NULL;
    ar_failure_reset(&failure);
    status = check(databases, name, &failure);
    if (status == AR_OK)
        status = take(databases, name, &failure, out);
    if (status == AR_OK || *out != NULL)
        return status;
    *out = status != AR_NO_MEMORY ? ar_db_make() : NULL;
    if (*out == NULL)
        return AR_NO_MEMORY;
    ar_failure_restore(&(*out)->failure, &failure);
    return status;
}

/* ---- Giving back ------------------------------------------------------------------------------------------------- */

void ar_databases_give_back(struct ar_databases *databases, struct ar_db *db)
{
    struct tenant *tenant = db != NULL ? db->tenant : NULL;

    if (tenant == NULL)
        ar_db_close(db);
    if (tenant == NULL || is_inherited(databases))
        return;
    (void)ar_pool_shrink(&db->primaries, 1);
    (void)pthread_mutex_lock(&databases->mutex);
    if (--tenant->users == 0) {
        ar_use_list_add(&databases->idle, &tenant->use);
        (void)pthread_cond_broadcast(&databases->changed);
    }
    (void)pthread_mutex_unlock(&databases->mutex);
}
