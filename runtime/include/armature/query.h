/* Queries. The generated <model>_query, _where, _all and so on call these functions.
 *
 * A query belongs to its session and can be run any number of times. The functions that build it report no errors: the
 * query keeps the first one, and every function that runs it returns it. */
#ifndef ARMATURE_QUERY_H
#define ARMATURE_QUERY_H

#include <armature/condition.h>
#include <armature/session.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ar_query;

/* A list of records. It belongs to the session and must not be changed. */
struct ar_list {
    void *const *items;
    size_t count;
};

/* Return a new query of all rows of a model. Never NULL: lack of memory is reported when the query runs. */
struct ar_query *ar_query_open(struct ar_session *s, const struct ar_model *model);

/* Return a new query of the rows related to one record. An unsaved record, or a null foreign key, has none. */
struct ar_query *ar_query_relation(struct ar_session *s, const struct ar_relation *relation, const void *record);

/* Add a condition. A row must meet all conditions. The condition is copied, with everything it refers to. Errors when
 * the query runs: AR_MISUSE if a column belongs to another model or the condition is too large; AR_INVALID if a value
 * cannot be compared with its column. */
void ar_query_where(struct ar_query *q, const struct ar_condition *condition);

/* Add a sort key after those added before. */
void ar_query_order_by(struct ar_query *q, struct ar_order order);

/* Return at most `limit` rows, after skipping `offset` rows. In a sub-query of a _with_, both count per parent. */
void ar_query_limit(struct ar_query *q, uint64_t limit);
void ar_query_offset(struct ar_query *q, uint64_t offset);

/* Make lazy loads of the returned records an error (AR_MISUSE) that names relation and model. */
void ar_query_strict(struct ar_query *q);

/* Lock the rows that ar_query_all, _first and _one read until the transaction ends: other transactions that lock or
 * write them wait. On SQLite, a transaction that may write already excludes other writers. AR_MISUSE when the query
 * runs: no transaction is open, the transaction is read-only, or the query is a sub-query of a _with_. */
void ar_query_for_update(struct ar_query *q);

/* Eager-load `relation` with this query, in one extra statement. Return its sub-query so that it can be refined;
 * repeated calls return the same one. */
struct ar_query *ar_query_with_relation(struct ar_query *q, const struct ar_relation *relation);

/* Eager-load relations by name, for paths known only at run time: ar_query_with(q, "posts.comments").
 *   query   a query of any generated type
 *   path    names of relations, separated by dots
 * AR_MISUSE: a segment is not the name of a relation, or the tree of relations would exceed 1,000 levels; the message
 * names path, segment and model, and the query is unchanged. */
AR_MUST_CHECK enum ar_status ar_query_with(void *query, const char *path);

/* How a tree of relations is loaded from PostgreSQL, where each statement takes a round trip. In every plan, if a level
 * is a whole table and its children cannot lack a parent, all rows of the children's table are read, without keys. */
enum ar_plan {
    AR_PLAN_AUTO,    /* one trip if each level is a whole table; otherwise chosen by the recently measured time of a
                        round trip */
    AR_PLAN_WAVES,   /* level by level: one round trip per level, by the keys that the level above returned */
    AR_PLAN_ONE_TRIP /* all levels in one round trip, each repeating the conditions of the levels above; falls back to
                        AR_PLAN_WAVES for a limit per parent, for keys that differ in their bytes but compare equal
                        (char(n), a case-insensitive collation), for more than 16 levels, and for ar_query_first and
                        ar_query_one */
};

/* Choose the plan of a query and its tree. In a transaction, AR_PLAN_AUTO loads level by level unless each level is a
 * whole table. AR_PLAN_ONE_TRIP in a transaction below REPEATABLE READ may miss children of a row that another session
 * changes at the same time.
 *   query   a query of any generated type, but not a sub-query of a _with_ */
void ar_query_plan(void *query, enum ar_plan plan);

/* Describe, for people, how the query would run and why: for each relation, indented below its parent, how its rows
 * would be found and fetched, the SQL, and the values of its conditions. The query is not run, but a connection is
 * taken to find out the round-trip time, the indexes and the cached statements.
 *   query   a query of any generated type
 *   out     receives a string that belongs to the session; it contains values of conditions
 * The plan may change when the query runs: SQLite also scans the whole table for a level whose keys turn out to be a
 * third of all keys; PostgreSQL sends rows one by one unless the last run returned few. */
AR_MUST_CHECK enum ar_status ar_explain(void *query, const char **out);

/* Return all rows. On failure the list is empty. */
AR_MUST_CHECK enum ar_status ar_query_all(struct ar_query *q, struct ar_list *out);

/* Return the first row, by primary key if the query has no order. *out is NULL if there is no row, which is AR_OK. */
AR_MUST_CHECK enum ar_status ar_query_first(struct ar_query *q, void **out);

/* Return the only row. AR_NOT_FOUND: there is no row. AR_MISUSE: there is more than one. */
AR_MUST_CHECK enum ar_status ar_query_one(struct ar_query *q, void **out);

/* Return the number of rows, or true if there is any. Limit and offset apply. */
AR_MUST_CHECK enum ar_status ar_query_count(struct ar_query *q, int64_t *out);
AR_MUST_CHECK enum ar_status ar_query_exists(struct ar_query *q, bool *out);

enum ar_aggregate { AR_AGGREGATE_SUM, AR_AGGREGATE_AVG, AR_AGGREGATE_MIN, AR_AGGREGATE_MAX };

/* Compute the sum, average, minimum or maximum of one column.
 *   out   receives the value, or NULL if no row matches; a string belongs to the session
 * The sum of integers is an integer. AR_DATABASE: the sum overflows. */
AR_MUST_CHECK enum ar_status ar_query_aggregate(struct ar_query *q, enum ar_aggregate aggregate,
                                                const struct ar_column *column, struct ar_value *out);

/* Delete or update all rows of the query in one statement, without loading them. An update checks the rules of its
 * columns and maintains AR_UPDATED_AT and AR_VERSION. Records of the session keep their values until they are read
 * again.
 *   set       the columns and their new values; copied
 *   changed   receives the number of rows; may be NULL
 * AR_INVALID: a value violates a rule. AR_CONSTRAINT: a constraint of the database is violated. */
AR_MUST_CHECK enum ar_status ar_query_delete_all(struct ar_query *q, int64_t *changed);
AR_MUST_CHECK enum ar_status ar_query_update_all(struct ar_query *q, const struct ar_assignment *set, int64_t *changed);

#ifdef __cplusplus
}
#endif
#endif
