/* Queries: what the caller asked for, and a tree of sub-queries, one per relation to load eagerly. */
#ifndef AR_QUERY_INTERNAL_H
#define AR_QUERY_INTERNAL_H

#include "driver/driver.h"
#include "store/identity.h"

#include <armature/query.h>

/* One ar_query_where. The terms were made by ar_condition_copy. */
struct query_condition {
    struct query_condition *next;
    const struct ar_term *terms;
};

struct query_order {
    struct query_order *next;
    struct ar_order order;
};

/* Maximum number of levels of a tree of queries below its root, because it is walked recursively. */
enum { AR_LEVELS_MAX = 1000 };

struct ar_query {
    struct ar_session *s;
    struct store *store; /* of the session */
    struct link *link;
    const struct ar_model *model;
    const struct ar_relation *relation; /* that a sub-query loads; NULL for a root */
    const struct ar_measure *measure;   /* that it loads of the relation, instead of its records; or NULL */
    struct ar_query *parent;            /* of a sub-query */
    unsigned level;                     /* the number of queries above it */
    enum ar_plan plan;
    const struct user_sql *user_sql;                  /* that returns its rows; NULL: they are those of the model */
    struct ar_query *first_child, *last_child, *next; /* sub-queries, in the order of their creation */
    struct query_condition *conditions, *last_condition;
    struct query_order *orders, *last_order;
    uint64_t limit, offset;
    /* Of a page, see page.h: the records after and before which its rows are, as values of all columns; or NULL. */
    const struct ar_value *after, *before;
    bool is_chunk;     /* of a stream: its limit counts from the beginning */
    uint64_t *columns; /* that it loads, see only.h; NULL: all */
    bool has_limit;
    bool is_strict;
    bool has_deleted; /* with rows that are deleted by a time */
    bool is_locked;   /* as the next two say */
    enum ar_lock lock;
    enum ar_lock_wait lock_wait;
    bool matches_nothing;
    /* Of ar_query_relation: columns of the foreign key or the primary key, and the values that they must equal. */
    const struct ar_relation *scope_relation; /* or NULL */
    struct key_columns scope;
    const struct ar_value *scope_values;
    enum ar_status status;   /* of the first failure */
    struct failure *failure; /* the first failure; NULL if out of memory */
};

/* Store the first failure; the call that runs the query returns it. */
void ar_query_keep_failure(struct ar_query *q, enum ar_status status, const struct failure *failure);

/* Return true if this is the placeholder that is returned if no query can be made; its status is the reason. */
static inline bool ar_query_is_stub(const struct ar_query *q)
{
    return q->model == NULL;
}

static inline bool ar_query_is_page(const struct ar_query *q)
{
    return q->after != NULL || q->before != NULL;
}

/* Return true if the limit counts backwards, from the record before which the page ends. */
static inline bool ar_query_is_backward(const struct ar_query *q)
{
    return q->before != NULL && q->after == NULL && !q->is_chunk && (q->has_limit || q->offset > 0);
}

/* Return true if a sub-query has conditions, an order or a limit, so that what it loads is not the whole relation. */
static inline bool ar_query_is_refined(const struct ar_query *q)
{
    return q->has_deleted || q->conditions != NULL || q->orders != NULL || q->has_limit || q->offset > 0 ||
           ar_query_is_page(q);
}

/* Copy a query with its sub-queries, to run it in another session while the original exists. Return NULL if out of
 * memory. */
struct ar_query *ar_query_copy(struct ar_session *s, const struct ar_query *q);

/* Return true if the column belongs to the query's model; otherwise the query keeps the failure. */
bool ar_query_check_column(struct ar_query *q, const struct ar_column *column);

/* Return the first failure of a query or its sub-queries and store it in the session; AR_OK if there is none. */
enum ar_status ar_query_check(const struct ar_query *q);

/* Do the same for a call that needs SQL made of the query's parts: AR_MISUSE if user SQL returns its rows. `what` is
 * what the call does. */
enum ar_status ar_query_check_parts(const struct ar_query *q, const char *what);

#endif
