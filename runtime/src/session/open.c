/* Opening, clearing and closing sessions. */
#include "store/open.h"
#include "base/memory_check.h"
#include "link/connection.h"
#include "link/lend.h"
#include "session/changes.h"
#include "session/hook.h"
#include "session/lend.h"
#include "session/session.h"
#include "session/transaction.h"
#include "session/use.h"
#include "store/cache.h"
#include "store/identity.h"

#include <stdlib.h>
#include <string.h>

/* A session is allocated together with the first memory of its store, and with its spare queries. All sizes are
 * multiples of 16, so that each part is aligned for any type. */
enum {
    SESSION_SIZE = (sizeof(struct ar_session) + 15) / 16 * 16,
#ifdef NDEBUG
    SPARE_SIZE = AR_SPARE_QUERY_SIZE
#else
    SPARE_SIZE = 2 * AR_SPARE_QUERY_SIZE
#endif
};

/* ---- Memory ------------------------------------------------------------------------------------------------------ */

static void *take_memory(struct ar_db *db)
{
    void *spare = atomic_exchange(&db->spare, NULL);

    return spare != NULL ? spare : malloc(SESSION_SIZE + AR_STORE_MEMORY + SPARE_SIZE);
}

/* Keep the memory of the last closed session for the next one, so that a session per request does not allocate it.
 * Tools that detect the use of a closed session need it freed. */
static void give_back_memory(struct ar_session *s)
{
#if defined(NDEBUG) && !defined(AR_HAS_ASAN)
    free(atomic_exchange(&s->link.db->spare, s));
#else
    free(s);
#endif
}

/* ---- Opening ----------------------------------------------------------------------------------------------------- */

static struct link_options link_options(const struct ar_db *db, const struct ar_session_options *options)
{
    return (struct link_options){
        .timeout_ms = options->timeout_ms != 0 ? options->timeout_ms : db->options.timeout_ms,
        .replica = options->replica,
        .snapshot = options->snapshot,
        .after = options->after,
        .max_staleness_ms = options->max_staleness_ms,
        .read_only = options->read_only || options->replica || db->options.read_only,
    };
}

static struct store_options store_options(struct ar_db *db, const struct ar_session_options *options)
{
    return (struct store_options){
        .is_read_only = options->read_only || options->replica,
        .cache_policy = {.off = options->cache_off,
                         .ttl = options->cache_ttl > 0 ? (int32_t)options->cache_ttl : AR_CACHE_FOREVER,
                         .max_size = options->cache_max_size},
        .clock = &db->clock,
        .layouts = &db->layouts,
    };
}

/* Initialize a session in its memory. */
static void set_up(struct ar_session *s, struct ar_db *db, const struct link_options *link,
                   const struct store_options *store)
{
    char *spare = (char *)s + SESSION_SIZE + AR_STORE_MEMORY;

    memset(s, 0, offsetof(struct ar_session, store.failure));
    s->link.db = db;
    s->link.options = *link;
    s->link.failure = &s->store.failure;
    s->link.scratch = &s->store.scratch;
    (void)pthread_mutex_init(&s->link.mutex, NULL);
    ar_store_open(&s->store, store, (char *)s + SESSION_SIZE);
    s->spare_query = (struct ar_query *)(void *)spare;
#ifndef NDEBUG
    s->refused_query = memset(spare + AR_SPARE_QUERY_SIZE, 0, AR_SPARE_QUERY_SIZE);
    ar_use_session_open(s);
#endif
}

static bool is_tenant(const struct ar_value *value)
{
    static const uint8_t no_uuid[16] = {0};

    switch (value->kind) {
    case AR_VALUE_INTEGER:
        return value->integer != 0;
    case AR_VALUE_TEXT:
        return value->bytes.size > 0;
    case AR_VALUE_BLOB:
        return value->bytes.size == sizeof no_uuid && memcmp(value->bytes.data, no_uuid, sizeof no_uuid) != 0;
    case AR_VALUE_NULL:
    case AR_VALUE_REAL:
    case AR_VALUE_ARRAY:
    case AR_VALUE_TIME:
    case AR_VALUE_DATE:
    case AR_VALUE_TIME_OF_DAY:
    case AR_VALUE_DECIMAL:
    case AR_VALUE_OUT_OF_RANGE:
    case AR_VALUE_OTHER:
        break;
    }
    return false;
}

/* Apply .scope and .one_shard. A session whose scope is not a tenant has one without a value, so that it reaches no
 * model with a shard key, should the program use it nevertheless. */
static enum ar_status limit_to_shard(struct ar_session *s, const struct ar_session_options *options)
{
    struct shard_limit limit = {.is_any = true,
                                .is_scoped = options->scope.is_set,
                                .is_one_shard = options->one_shard,
                                .value = options->scope.value};
    enum ar_status status = AR_OK;

    if (limit.is_scoped && !is_tenant(&limit.value)) {
        limit.value = ar_value_null();
        status = ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                         "the .scope of a session must be a tenant: a number from 1 to INT64_MAX, a string that is not "
                         "empty, or a UUID that is not all zero");
    } else if (limit.value.kind == AR_VALUE_TEXT || limit.value.kind == AR_VALUE_BLOB) {
        limit.value.bytes.data =
            ar_arena_copy_text(&s->store.permanent, limit.value.bytes.data, limit.value.bytes.size);
        status = limit.value.bytes.data != NULL ? AR_OK : AR_NO_MEMORY;
    }
    s->link.options.shard = s->store.options.shard = limit;
    return status;
}

enum ar_status ar_session_open(struct ar_db *db, const struct ar_session_options *options, struct ar_session **out)
{
    static const struct ar_session_options defaults = {.strict = false};
    struct ar_session *s = db != NULL && db->is_open ? take_memory(db) : NULL;
    struct link_options link;
    struct store_options store;

    *out = s;
    if (db == NULL || !db->is_open)
        return AR_MISUSE;
    if (s == NULL)
        return AR_NO_MEMORY;
    if (options == NULL)
        options = &defaults;
    link = link_options(db, options);
    store = store_options(db, options);
    set_up(s, db, &link, &store);
    s->is_strict = options->strict;
    s->loads_one = options->load_one;
    s->delete_chunk = options->delete_chunk;
    if (options->scope.is_set || options->one_shard) {
        enum ar_status status = limit_to_shard(s, options);
        if (status == AR_NO_MEMORY) {
            ar_session_close(s);
            *out = NULL;
        }
        if (status != AR_OK)
            return status;
    }
    if (!options->replica || options->read_only)
        return AR_OK;
    return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                   "a session with .replica reads from standbys, which cannot be written: set .read_only as well");
}

/* ---- Lending ----------------------------------------------------------------------------------------------------- */

struct ar_session *ar_session_lend(struct ar_session *s)
{
    struct ar_session *borrower = take_memory(s->link.db);

    if (borrower == NULL)
        return NULL;
    set_up(borrower, s->link.db, &s->link.options, &s->store.options);
    borrower->is_strict = s->is_strict;
    borrower->loads_one = s->loads_one;
    borrower->delete_chunk = s->delete_chunk;
    borrower->changes = s->changes;
    s->changes = (struct change_log){.newest = NULL};
    ar_link_lend(&s->link, &borrower->link);
    return borrower;
}

void ar_session_take_back(struct ar_session *s, struct ar_session *borrower)
{
    ar_transaction_abandon(borrower);
    /* The borrower may have changed rows that the session knows, as user SQL might. */
    if (ar_link_take_back(&s->link, &borrower->link)) {
        ar_caches_drop_all(&s->store.caches);
        ar_identities_expire(&s->store);
    }
    s->changes = borrower->changes;
    borrower->changes = (struct change_log){.newest = NULL};
    ar_session_close(borrower);
}

/* Refuse to clear or close a session while its rows are delivered to a function, or that of the function. */
static bool is_refused(struct ar_session *s)
{
    if (!ar_link_is_shared(&s->link))
        return false;
    (void)ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                  "a session cannot be cleared or closed while a query delivers its rows to a function");
    return true;
}

/* ---- Clearing and closing ---------------------------------------------------------------------------------------- */

static void clear(struct ar_session *s)
{
    /* Roll back nothing: the transaction belongs to the parent. */
    if (ar_db_is_inherited(s->link.db)) {
        ar_link_forget(&s->link);
        s->link.transaction = (struct transaction){.depth = 0};
        ar_changes_forget(&s->changes);
    }
    ar_transaction_abandon(s);
    ar_link_disconnect(&s->link);
    ar_store_clear(&s->store);
    s->link.traced_as = 0;
}

size_t ar_session_memory(const struct ar_session *s)
{
    return ar_store_size(&s->store);
}

/* A hook is called in the middle of a call that uses the session's memory, and so is the function of ar_transaction. */
static bool refuse_in_call(struct ar_session *s, const char *call)
{
    if (s->floor > 0)
        (void)ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL,
                      "%s: a function that ar_transaction has called is running", call);
    if (s->hook == NULL)
        return s->floor > 0;
    (void)ar_fail(&s->store.failure, AR_MISUSE, s->hook->model, NULL, "%s: the hook %s of %s is running", call,
                  s->hook->hook->name, s->hook->model->name);
    return true;
}

void ar_session_clear(struct ar_session *s)
{
    AR_USE(s, );
    if (!refuse_in_call(s, "ar_session_clear") && !is_refused(s))
        clear(s);
}

/* Free a closed session. */
static void free_session(struct ar_session *s)
{
    (void)pthread_mutex_destroy(&s->link.mutex);
    give_back_memory(s);
}

void ar_session_close(struct ar_session *s)
{
    if (s == NULL || refuse_in_call(s, "ar_session_close") || is_refused(s))
        return;
#ifndef NDEBUG
    if (!ar_use_begin_close(s))
        return;
#endif
    clear(s);
    ar_arena_free(&s->violations.memory);
    ar_store_free(&s->store);
#ifndef NDEBUG
    ar_use_session_close(s, free_session);
#else
    free_session(s);
#endif
}

const struct ar_error *ar_session_error(const struct ar_session *s)
{
    const struct ar_error *refusal = ar_use_refusal(s);

    return refusal != NULL ? refusal : &s->store.failure.error;
}

void ar_session_interrupt(struct ar_session *s)
{
    ar_link_interrupt(&s->link);
}
