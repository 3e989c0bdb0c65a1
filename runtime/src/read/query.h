/* A query from the inside: a tree of queries, one per relation to load. */
#ifndef AR_QUERY_INTERNAL_H
#define AR_QUERY_INTERNAL_H

#include "driver/driver.h"
#include "store/identity.h"

#include <armature/query.h>

/* The terms are those of ar_condition_copy. */
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
    const struct ar_model *model;
    const struct ar_relation *relation; /* that a sub-query loads; otherwise NULL */
    struct ar_query *parent;            /* of a sub-query */
    unsigned level;                     /* of a sub-query: the number of queries above it */
    enum ar_plan plan;
    struct ar_query *first_child, *last_child, *next; /* sub-queries, in the order they were asked for */
    struct query_condition *conditions, *last_condition;
    struct query_order *orders, *last_order;
    uint64_t limit, offset;
    bool has_limit;
    bool is_strict;
    bool is_for_update;
    bool matches_nothing;
    /* What ar_query_relation binds the query to: columns and the values they must have. */
    struct key_columns scope;
    const struct ar_value *scope_values;
    enum ar_status status;   /* of the first failure, and … */
    struct failure *failure; /* … the failure; NULL when out of memory */
};

/* Return true if this is the query returned in place of a new one if the session must not be used; its status says
 * why. */
static inline bool ar_query_is_stub(const struct ar_query *q)
{
    return q->model == NULL;
}

/* Whether a sub-query loads less than, or in another order than, the relation itself. */
bool ar_query_is_refined(const struct ar_query *q);

/* The first failure of a query or its sub-queries, told as the session's; AR_OK if there is none. */
enum ar_status ar_query_check(const struct ar_query *q);

#endif
