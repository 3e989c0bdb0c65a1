/* Sessions: opening, clearing, and the one way in which statements run. */
#include "session/session.h"

#include "base/clock.h"
#include "store/open.h"

#include <stdlib.h>
#include <string.h>

/* A session and the first memory of its store are allocated together: size of the session, aligned for any type. */
enum { SESSION_SIZE = (sizeof(struct ar_session) + 15) / 16 * 16 };

static struct store_options store_options(const struct ar_session *s)
{
    const struct ar_session_options *options = &s->options;
    struct ar_db *db = s->link.db;

    return (struct store_options){
        .is_read_only = options->read_only,
        .cache_policy = {.off = options->cache_off,
                         .ttl = options->cache_ttl > 0 ? (int32_t)options->cache_ttl : AR_CACHE_FOREVER,
                         .max_size = options->cache_max_size},
        .clock = &db->clock,
        .layouts = &db->layouts,
    };
}

enum ar_status ar_session_open(struct ar_db *db, const struct ar_session_options *options, struct ar_session **out)
{
    struct ar_session *s = malloc(SESSION_SIZE + AR_STORE_MEMORY);
    struct store_options store;
    bool options_fit;

    *out = s;
    if (s == NULL)
        return AR_NO_MEMORY;
    memset(s, 0, offsetof(struct ar_session, store.failure));
    s->link.db = db;
    if (options != NULL)
        s->options = *options;
    if (s->options.timeout_ms == 0)
        s->options.timeout_ms = db->options.timeout_ms;
    (void)pthread_mutex_init(&s->link.mutex, NULL);
#ifndef NDEBUG
    ar_use_session_open(s);
#endif
    s->failed_query.s = s;
    s->failed_query.status = AR_NO_MEMORY;
    options_fit = !s->options.replica || s->options.read_only;
    s->options.read_only |= s->options.replica;
    store = store_options(s);
    ar_store_open(&s->store, &store, (char *)s + SESSION_SIZE);
    if (options_fit)
        return AR_OK;
    return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                   "a session with .replica reads from standbys, where nothing can be written: set .read_only as well");
}

/* Send nothing to the database: everything open belongs to the parent. */
static void forget_connection(struct ar_session *s)
{
    s->link.connection = NULL;
    s->link.has_snapshot = false;
}

static void clear(struct ar_session *s)
{
    /* Roll back nothing: the transaction belongs to the parent. */
    if (ar_db_is_inherited(s->link.db)) {
        forget_connection(s);
        s->link.transaction = (struct transaction){.depth = 0};
    }
    ar_transaction_abandon(s);
    ar_session_disconnect(s);
    ar_store_clear(&s->store);
}

size_t ar_session_memory(const struct ar_session *s)
{
    return ar_store_size(&s->store);
}

void ar_session_clear(struct ar_session *s)
{
    AR_USE(s, );
    clear(s);
}

void ar_session_free(struct ar_session *s)
{
    (void)pthread_mutex_destroy(&s->link.mutex);
    free(s);
}

void ar_session_close(struct ar_session *s)
{
    if (s == NULL)
        return;
#ifndef NDEBUG
    if (!ar_use_begin_close(s))
        return;
#endif
    clear(s);
    ar_store_free(&s->store);
#ifndef NDEBUG
    ar_use_session_close(s);
#else
    ar_session_free(s);
#endif
}

const struct ar_error *ar_session_error(const struct ar_session *s)
{
    const struct ar_error *refusal = ar_use_refusal(s);

    return refusal != NULL ? refusal : &s->store.failure.error;
}

enum ar_status ar_session_check_writable(struct ar_session *s, const struct ar_model *model)
{
    if (s->link.transaction.is_read_only)
        return ar_fail(&s->store.failure, AR_MISUSE, model, NULL,
                       "%s cannot be written: the transaction was begun with read_only", model->name);
    if (!s->store.options.is_read_only)
        return AR_OK;
    return ar_fail(&s->store.failure, AR_MISUSE, model, NULL,
                   "%s cannot be written: the session was opened with read_only", model->name);
}

enum ar_status ar_session_no_memory(struct ar_session *s)
{
    return ar_fail_no_memory(&s->store.failure);
}

const char *ar_session_sql(const struct ar_session *s, const struct ar_sql *sql)
{
    return s->link.db->driver->pick(sql);
}

/* ---- Statements -------------------------------------------------------------------------------------------------- */

static void set_connection(struct ar_session *s, struct connection *connection)
{
    (void)pthread_mutex_lock(&s->link.mutex);
    s->link.connection = connection;
    (void)pthread_mutex_unlock(&s->link.mutex);
}

static enum ar_status connect_to(struct ar_session *s, struct pool *pool)
{
    enum ar_status status = ar_pool_take(pool, s->link.lease.connection, &s->link.lease, &s->store.failure);

    if (status != AR_OK)
        return status;
    s->link.db->driver->set_timeout(s->link.lease.connection, s->options.timeout_ms);
    set_connection(s, s->link.lease.connection);
    return AR_OK;
}

enum ar_status ar_session_connect(struct ar_session *s)
{
    if (ar_db_is_inherited(s->link.db))
        return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                       "the database was opened by the parent process, before fork: open it again in the child");
    if (s->link.connection != NULL)
        return AR_OK;
    return connect_to(s, ar_replica_is_wanted(s) ? &s->link.db->standbys : &s->link.db->primaries);
}

enum ar_status ar_session_connect_to_primary(struct ar_session *s)
{
    ar_session_disconnect(s);
    return connect_to(s, &s->link.db->primaries);
}

void ar_session_disconnect(struct ar_session *s)
{
    if (s->link.connection == NULL)
        return;
    if (ar_db_is_inherited(s->link.db)) {
        forget_connection(s);
        return;
    }
    ar_snapshot_leave(s);
    if (s->link.connection == NULL) /* given up, because it could not leave the snapshot */
        return;
    set_connection(s, NULL);
    ar_pool_give_back(&s->link.lease);
}

void ar_session_interrupt(struct ar_session *s)
{
    (void)pthread_mutex_lock(&s->link.mutex);
    if (s->link.connection != NULL)
        s->link.db->driver->interrupt(s->link.connection);
    (void)pthread_mutex_unlock(&s->link.mutex);
}

uint64_t ar_session_clock(const struct ar_session *s)
{
    return s->link.db->observer != NULL ? ar_microseconds_now() : 0;
}

static void observe(const struct ar_session *s, const struct statement *statement, const struct outcome *outcome,
                    uint64_t started)
{
    const struct ar_event event = {
        .reason = statement->reason,
        .status = outcome->status,
        .sql = statement->sql,
        .model = statement->model,
        .relation = statement->relation,
        .rows = outcome->rows > 0 ? outcome->rows : outcome->changes,
        .microseconds = (outcome->finished > 0 ? outcome->finished : ar_microseconds_now()) - started,
    };

    s->link.db->observer(&event, s->link.db->observer_payload);
}

void ar_session_observe(const struct ar_session *s, const struct statement *statements, const struct outcome *outcomes,
                        size_t count, uint64_t started)
{
    for (size_t i = 0; i < count && s->link.db->observer != NULL; i++) {
        if (!outcomes[i].is_done)
            continue;
        observe(s, &statements[i], &outcomes[i], started);
        if (outcomes[i].finished > 0)
            started = outcomes[i].finished; /* each one's time starts at the end of the previous one */
    }
}

/* A connection that failed for good is given up; the next statement outside a transaction gets another. */
static void note_failure(struct ar_session *s)
{
    ar_snapshot_leave(s);
    ar_transaction_note_failure(s);
    if (s->link.connection == NULL || s->link.transaction.depth > 0 ||
        s->link.db->driver->in_transaction(s->link.connection) || s->link.db->driver->is_usable(s->link.connection))
        return;
    ar_session_disconnect(s);
}

/* Has a connection that sees what was written before. */
static enum ar_status prepare_to_run(struct ar_session *s)
{
    enum ar_status status = ar_transaction_check(s);

    if (status == AR_OK)
        status = ar_session_connect(s);
    return status == AR_OK && s->options.replica ? ar_replica_catch_up(s) : status;
}

/* Has sessions that read from standbys know of what this one wrote, as soon as it may be committed. */
static void note_write(struct ar_session *s, enum ar_reason reason)
{
    s->link.has_written |= reason == AR_REASON_SAVE || reason == AR_REASON_SCHEMA;
    if (!s->link.has_written || s->link.db->driver->in_transaction(s->link.connection))
        return;
    s->link.has_written = false;
    ar_replica_note_write(s->link.db);
}

enum ar_status ar_session_run_all(struct ar_session *s, const struct statement *statements, size_t count,
                                  struct outcome *outcomes)
{
    bool is_of_snapshot = s->options.snapshot && ar_snapshot_takes(s, statements, count);
    uint64_t started = ar_session_clock(s);
    enum ar_status status;

    memset(outcomes, 0, count * sizeof *outcomes);
    if (s->link.has_snapshot && !is_of_snapshot)
        ar_snapshot_leave(s);
    status = prepare_to_run(s);
    if (status != AR_OK)
        return status;
    if (is_of_snapshot)
        status = ar_snapshot_run(s, statements, count, outcomes);
    else
        status = s->link.db->driver->run(s->link.connection, statements, count, outcomes, &s->store.failure);
    for (size_t i = 0; i < count; i++)
        note_write(s, statements[i].reason);
    ar_session_observe(s, statements, outcomes, count, started);
    if (status != AR_OK)
        note_failure(s);
    return status;
}

enum ar_status ar_session_run(struct ar_session *s, const struct statement *statement, struct outcome *outcome)
{
    struct outcome ignored;

    return ar_session_run_all(s, statement, 1, outcome != NULL ? outcome : &ignored);
}

enum ar_status ar_session_probe(struct ar_session *s, const struct statement *statement, struct failure *failure)
{
    struct outcome outcome = {.rows = 0};

    return s->link.db->driver->run(s->link.connection, statement, 1, &outcome, failure);
}

/* ---- What the driver knows --------------------------------------------------------------------------------------- */

/* It may ask the database, outside of any statement. */
static enum ar_status start_asking(struct ar_session *s)
{
    enum ar_status status = ar_transaction_check(s);

    return status == AR_OK ? ar_session_connect(s) : status;
}

static enum ar_status end_asking(struct ar_session *s, enum ar_status status)
{
    if (status != AR_OK)
        note_failure(s);
    return status;
}

enum ar_status ar_session_tells_key(struct ar_session *s, const struct ar_model *model, bool *out)
{
    enum ar_status status = start_asking(s);

    *out = false;
    if (status != AR_OK || s->link.db->driver->tells_key == NULL)
        return status;
    return end_asking(s, s->link.db->driver->tells_key(s->link.connection, model, out, &s->store.failure));
}

enum ar_status ar_session_next_keys(struct ar_session *s, const struct ar_model *model, size_t count, int64_t *first)
{
    enum ar_status status = start_asking(s);

    *first = 0;
    if (status != AR_OK || s->link.db->driver->next_keys == NULL)
        return status;
    return end_asking(s, s->link.db->driver->next_keys(s->link.connection, model, count, first, &s->store.failure));
}

enum ar_status ar_session_compares_by_rules(struct ar_session *s, const struct ar_relation *relation, bool *out)
{
    enum ar_status status;

    *out = ar_key_has_text(ar_target_columns(relation));
    if (!*out)
        return AR_OK;
    status = start_asking(s);
    if (status != AR_OK)
        return status;
    return end_asking(s, s->link.db->driver->compares_by_rules(s->link.connection, relation, out, &s->store.failure));
}

enum ar_status ar_session_choose_access_path(struct ar_session *s, const struct ar_relation *relation, size_t key_count,
                                             enum access_path *out)
{
    enum ar_status status = start_asking(s);

    *out = ACCESS_BY_KEY;
    if (status != AR_OK || s->link.db->driver->choose_access_path == NULL)
        return status;
    return end_asking(
        s, s->link.db->driver->choose_access_path(s->link.connection, relation, key_count, out, &s->store.failure));
}

enum ar_status ar_session_describe(struct ar_session *s, const struct statement *statement, const char **out)
{
    enum ar_status status = start_asking(s);

    if (status != AR_OK)
        return status;
    return end_asking(s, s->link.db->driver->describe(s->link.connection, statement, out, &s->store.failure));
}

/* ---- SQL of the program's own ------------------------------------------------------------------------------------ */

/* What a standby would refuse, and a primary in its place would not. */
static enum ar_status refuse_on_replica(struct ar_session *s, const char *call)
{
    if (!s->options.replica)
        return AR_OK;
    return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL, "%s may write: a session with .replica only reads", call);
}

static enum ar_status run_script(struct ar_session *s, const char *sql, const struct ar_model *model)
{
    const struct statement statement = {.sql = sql, .reason = AR_REASON_SCHEMA, .model = model};
    uint64_t started = ar_session_clock(s);
    struct outcome outcome = {.is_done = true};
    enum ar_status status;

    ar_snapshot_leave(s);
    status = prepare_to_run(s);
    if (status != AR_OK)
        return status;
    status = s->link.db->driver->run_script(s->link.connection, sql, &s->store.failure);
    note_write(s, AR_REASON_SCHEMA);
    outcome.status = status;
    ar_session_observe(s, &statement, &outcome, 1, started);
    if (status != AR_OK)
        note_failure(s);
    return status;
}

/* A transaction that SQL of the program's own began or ended is none that the session knows: what follows would be
 * committed, or lost, with nobody told. */
static enum ar_status check_transaction(struct ar_session *s)
{
    bool is_open = s->link.connection != NULL && s->link.db->driver->in_transaction(s->link.connection);
    struct failure failure;

    if (is_open == (s->link.transaction.depth > 0))
        return AR_OK;
    if (is_open)
        (void)s->link.db->driver->run_script(s->link.connection, "ROLLBACK", &failure);
    else
        s->link.transaction.is_broken = true;
    return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                   "ar_execute cannot begin or end a transaction: call ar_begin, ar_commit or ar_rollback");
}

enum ar_status ar_execute(struct ar_session *s, const char *sql)
{
    AR_USE(s, AR_MISUSE);
    enum ar_status status = refuse_on_replica(s, "ar_execute");

    if (status != AR_OK)
        return ar_session_done(s, status);
    status = run_script(s, sql, NULL);
    if (status == AR_OK)
        status = check_transaction(s);

    /* Even a script that failed may have changed something before. */
    ar_caches_drop_all(&s->store.caches);
    ar_identities_expire(&s->store);
    return ar_session_done(s, status);
}

enum ar_status ar_create_table_list(struct ar_session *s, const struct ar_model *const *models, size_t count)
{
    AR_USE(s, AR_MISUSE);
    enum ar_status status = refuse_on_replica(s, "ar_create_tables");

    if (status == AR_OK)
        status = ar_begin(s);
    if (status != AR_OK)
        return ar_session_done(s, status);
    for (size_t i = 0; i < count && status == AR_OK; i++)
        status = run_script(s, ar_session_sql(s, &models[i]->create), models[i]);
    for (size_t i = 0; i < count && status == AR_OK; i++)
        if (ar_session_sql(s, &models[i]->constrain) != NULL)
            status = run_script(s, ar_session_sql(s, &models[i]->constrain), models[i]);
    return ar_session_done(s, ar_transaction_end(s, status));
}
