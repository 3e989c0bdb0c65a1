/* Building queries: their conditions, orders and sub-queries. Nothing is run here; see fetch.c, aggregate.c and
 * write/update_all.c. */
#include "read/query.h"

#include "model/field.h"
#include "read/condition.h"
#include "read/measure.h"
#include "read/order.h"
#include "read/user_sql.h"
#include "session/session.h"
#include "session/use.h"
#include "store/identity.h"
#include "store/partial_row.h"

#include <pthread.h>
#include <string.h>

/* The session has memory for two queries that can always be returned. They are stubs, see ar_query_is_stub. */
_Static_assert(sizeof(struct ar_query) <= AR_SPARE_QUERY_SIZE, "a query fits into the memory of a spare query");

static struct ar_query query_of(struct ar_session *s)
{
    return (struct ar_query){.s = s, .store = &s->store, .link = &s->link};
}

static struct ar_query *failed_query(struct ar_session *s)
{
    *s->spare_query = query_of(s);
    s->spare_query->status = AR_NO_MEMORY;
    return s->spare_query;
}

#ifndef NDEBUG
/* Several threads may be refused the same session at once. */
static struct ar_query *refused_query(struct ar_session *s)
{
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    struct ar_query *q = s->refused_query;

    (void)pthread_mutex_lock(&mutex);
    if (q->s == NULL) {
        *q = query_of(s);
        q->failure = &s->use.refused;
        q->status = ar_fail(&s->use.refused, AR_MISUSE, NULL, NULL,
                            "the query was created while its session was closed or used by another thread");
    }
    (void)pthread_mutex_unlock(&mutex);
    return q;
}
#endif

static struct ar_query *make_query(struct ar_session *s, const struct ar_model *model)
{
    struct ar_query *q = ar_arena_allocate(&s->store.objects, sizeof *q);

    if (q == NULL)
        return failed_query(s);
    memset(q, 0, sizeof *q);
    q->s = s;
    q->store = &s->store;
    q->link = &s->link;
    q->model = model;
    return q;
}

struct ar_query *ar_query_open(struct ar_session *s, const struct ar_model *model)
{
    AR_USE(s, refused_query(s));
    return make_query(s, model);
}

void ar_query_keep_failure(struct ar_query *q, enum ar_status status, const struct failure *failure)
{
    if (status == AR_OK || q->status != AR_OK)
        return;
    q->status = status;
    q->failure = status != AR_NO_MEMORY ? ar_arena_allocate(&q->store->objects, sizeof *q->failure) : NULL;
    if (q->failure != NULL)
        ar_failure_restore(q->failure, failure);
    else
        q->status = AR_NO_MEMORY;
}

/* Copy the values of the scope: the record may change or be freed. */
static enum ar_status bind_scope(struct ar_query *q, struct key_columns from, const void *record)
{
    struct ar_value *values = ar_arena_allocate(&q->store->objects, from.count * sizeof *values);

    q->scope_values = values;
    if (values == NULL)
        return AR_NO_MEMORY;
    ar_key_values(from, record, values);
    for (size_t i = 0; i < from.count; i++) {
        if (values[i].kind != AR_VALUE_TEXT && values[i].kind != AR_VALUE_BLOB)
            continue;
        values[i].bytes.data = ar_arena_copy_text(&q->store->text, values[i].bytes.data, values[i].bytes.size);
        if (values[i].bytes.data == NULL)
            return AR_NO_MEMORY;
    }
    return AR_OK;
}

struct ar_query *ar_query_relation(struct ar_session *s, const struct ar_relation *relation, const void *record)
{
    AR_USE(s, refused_query(s));
    struct ar_query *q = make_query(s, relation->target);
    struct key_columns from = ar_owner_columns(relation);
    struct key key;
    enum key_state state;

    if (q == s->spare_query)
        return q;
    state = ar_identity_key(&s->store, relation->owner, record, &key);
    if (state == KEY_SET && s->store.has_partials && ar_partial_check(&s->store, relation, record) != AR_OK) {
        ar_query_keep_failure(q, AR_MISUSE, &s->store.failure);
        (void)ar_session_done(s, AR_OK);
        return q;
    }
    if (state == KEY_SET && !ar_is_found_by_primary_key(relation))
        state = ar_key_of_record(from, record, &s->store.scratch, &key);
    q->matches_nothing = state == KEY_ZERO || state == KEY_NULL;
    q->scope_relation = relation;
    q->scope = ar_target_columns(relation);
    if (state == KEY_NO_MEMORY || (state == KEY_SET && bind_scope(q, from, record) != AR_OK))
        q->status = AR_NO_MEMORY;
    (void)ar_session_done(s, AR_OK);
    return q;
}

void ar_query_where(struct ar_query *q, const struct ar_condition *condition)
{
    struct query_condition *node;
    struct failure failure;
    enum ar_status status;

    if (q->status != AR_OK)
        return;
    node = ar_arena_allocate_zero(&q->store->objects, sizeof *node);
    status = node != NULL ? ar_condition_copy(q->store, q->model, condition, &node->terms, &failure) : AR_NO_MEMORY;
    if (status != AR_OK) {
        ar_query_keep_failure(q, status, &failure);
        return;
    }
    *(q->last_condition != NULL ? &q->last_condition->next : &q->conditions) = node;
    q->last_condition = node;
}

void ar_query_order_by(struct ar_query *q, struct ar_order order)
{
    struct query_order *node;
    struct failure failure;
    enum ar_status status;

    if (q->status != AR_OK)
        return;
    node = ar_arena_allocate_zero(&q->store->objects, sizeof *node);
    status = node != NULL ? ar_order_check(q->model, &order, &failure) : AR_NO_MEMORY;
    if (status != AR_OK) {
        ar_query_keep_failure(q, status, &failure);
        return;
    }
    node->order = order;
    *(q->last_order != NULL ? &q->last_order->next : &q->orders) = node;
    q->last_order = node;
}

bool ar_query_check_column(struct ar_query *q, const struct ar_column *column)
{
    struct failure failure;
    enum ar_status status = ar_condition_check_column(q->model, column, &failure);

    ar_query_keep_failure(q, status, &failure);
    return status == AR_OK;
}

void ar_query_limit(struct ar_query *q, uint64_t limit)
{
    q->has_limit = true;
    q->limit = limit;
}

void ar_query_offset(struct ar_query *q, uint64_t offset)
{
    q->offset = offset;
}

void ar_query_strict(struct ar_query *q)
{
    q->is_strict = true;
}

void ar_query_with_deleted(struct ar_query *q)
{
    struct failure failure;

    q->has_deleted = true;
    if (q->measure != NULL)
        ar_query_keep_failure(
            q,
            ar_fail(&failure, AR_MISUSE, q->model, NULL,
                    "%s: the aggregate of a relation leaves deleted rows out: load the rows, or count those of "
                    "the relation's query",
                    q->model->name),
            &failure);
}

static enum ar_status check_lock(const struct ar_query *q, enum ar_lock lock, enum ar_lock_wait wait,
                                 struct failure *failure)
{
    if (q->parent != NULL)
        return ar_fail(failure, AR_MISUSE, q->model, NULL,
                       "%s: a query returned by a _with_ cannot lock rows: lock those of the outer query",
                       q->model->name);
    if ((unsigned)lock <= AR_LOCK_SHARE && (unsigned)wait <= AR_LOCK_SKIP)
        return AR_OK;
    return ar_fail(failure, AR_MISUSE, q->model, NULL,
                   "%s: %d and %d are not values of enum ar_lock and enum ar_lock_wait", q->model->name, (int)lock,
                   (int)wait);
}

void ar_query_lock(struct ar_query *q, enum ar_lock lock, enum ar_lock_wait wait)
{
    struct failure failure;
    enum ar_status status;

    if (q->status != AR_OK)
        return;
    status = check_lock(q, lock, wait, &failure);
    if (status != AR_OK) {
        ar_query_keep_failure(q, status, &failure);
        return;
    }
    q->is_locked = true;
    q->lock = lock;
    q->lock_wait = wait;
}

void ar_query_for_update(struct ar_query *q)
{
    ar_query_lock(q, AR_LOCK_UPDATE, AR_LOCK_WAIT);
}

static void append_child(struct ar_query *q, struct ar_query *child)
{
    child->parent = q;
    *(q->last_child != NULL ? &q->last_child->next : &q->first_child) = child;
    q->last_child = child;
}

static bool is_measured_by(const struct ar_query *q, const struct ar_measure *measure)
{
    if (q->measure == NULL || measure == NULL)
        return q->measure == measure;
    return q->measure->aggregate == measure->aggregate && q->measure->column == measure->column;
}

/* Return the sub-query that loads the relation, or the aggregate of it; it is made if necessary. */
static struct ar_query *sub_query(struct ar_query *q, const struct ar_relation *relation,
                                  const struct ar_measure *measure)
{
    struct ar_query *child;

    for (child = q->first_child; child != NULL; child = child->next)
        if (child->relation == relation && is_measured_by(child, measure))
            return child;
    if (q->level == AR_LEVELS_MAX) {
        struct failure failure;
        enum ar_status status = ar_fail(&failure, AR_MISUSE, q->model, NULL,
                                        "relations can be loaded at most %d levels deep", AR_LEVELS_MAX);
        ar_query_keep_failure(q, status, &failure);
        child = failed_query(q->s);
        child->status = q->status;
        child->failure = q->failure;
        return child;
    }
    child = make_query(q->s, relation->target);
    if (child == q->s->spare_query) {
        q->status = q->status != AR_OK ? q->status : AR_NO_MEMORY;
        return child;
    }
    child->relation = relation;
    child->measure = measure;
    child->level = q->level + 1;
    append_child(q, child);
    return child;
}

struct ar_query *ar_query_with_relation(struct ar_query *q, const struct ar_relation *relation)
{
    return ar_query_is_stub(q) ? q : sub_query(q, relation, NULL);
}

struct ar_query *ar_query_with_aggregate(struct ar_query *q, const struct ar_relation *relation,
                                         struct ar_measure measure)
{
    struct ar_measure *kept;
    struct failure failure;

    if (ar_query_is_stub(q))
        return q;
    kept = ar_arena_allocate(&q->store->objects, sizeof *kept);
    if (kept == NULL) {
        q->status = q->status != AR_OK ? q->status : AR_NO_MEMORY;
        return failed_query(q->s);
    }
    *kept = measure;
    ar_query_keep_failure(q, ar_measure_check_relation(relation, measure, &failure), &failure);
    return sub_query(q, relation, kept);
}

/* An aggregate is that of all rows that meet the conditions, and leads no further. */
static enum ar_status check_measured(const struct ar_query *q)
{
    const struct ar_relation *relation = q->relation;

    if (q->measure == NULL || (q->orders == NULL && !q->has_limit && q->offset == 0 && !ar_query_is_page(q) &&
                               q->first_child == NULL && q->columns == NULL && !q->has_deleted))
        return AR_OK;
    return ar_fail(
        &q->store->failure, AR_MISUSE, q->model, NULL,
        "the %s of %s.%s can be refined by conditions only, not by an order, a page, a limit, columns, deleted rows or "
        "relations",
        ar_measure_name(*q->measure), relation->owner->name, relation->name);
}

struct ar_query *ar_query_copy(struct ar_session *s, const struct ar_query *q)
{
    struct ar_query *copy = ar_arena_allocate(&s->store.objects, sizeof *copy);

    if (copy == NULL)
        return NULL;
    *copy = *q;
    copy->s = s;
    copy->store = &s->store;
    copy->link = &s->link;
    copy->first_child = copy->last_child = copy->next = NULL;
    for (const struct ar_query *each = q->first_child; each != NULL; each = each->next) {
        struct ar_query *child = ar_query_copy(s, each);
        if (child == NULL)
            return NULL;
        append_child(copy, child);
    }
    return copy;
}

/* User SQL is complete: nothing can be added to it. */
static enum ar_status check_user_sql(const struct ar_query *q)
{
    if (q->user_sql == NULL || !(ar_query_is_refined(q) || q->is_locked || q->columns != NULL))
        return AR_OK;
    return ar_fail(
        &q->store->failure, AR_MISUSE, q->model, NULL,
        "a query of the statement %s takes neither conditions, orders, limits, locks nor columns: write them "
        "into the statement",
        q->user_sql->name);
}

enum ar_status ar_query_check_parts(const struct ar_query *q, const char *what)
{
    enum ar_status status = ar_query_check(q);

    if (status != AR_OK || q->user_sql == NULL)
        return status;
    return ar_fail(&q->store->failure, AR_MISUSE, q->model, NULL,
                   "a query of the statement %s cannot %s: declare another statement for it", q->user_sql->name, what);
}

enum ar_status ar_query_check(const struct ar_query *q)
{
    if (q->status != AR_OK) {
        if (q->failure == NULL)
            return ar_fail_no_memory(&q->store->failure);
        ar_failure_restore(&q->store->failure, q->failure);
        return q->status;
    }
    for (const struct ar_query *child = q->first_child; child != NULL; child = child->next) {
        enum ar_status status = ar_query_check(child);
        if (status == AR_OK)
            status = check_measured(child);
        if (status != AR_OK)
            return status;
    }
    return check_user_sql(q);
}

void ar_query_plan(void *query, enum ar_plan plan)
{
    ((struct ar_query *)query)->plan = plan;
}
