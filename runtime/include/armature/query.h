/** @file
 * Queries. The generated `<model>_query`, `_where`, `_all` and so on call these functions.
 *
 * A query belongs to its session, as do all records, lists and strings that it returns. It can be run any number of
 * times, and is never NULL. The functions that build a query report no errors: the query keeps the first one, and every
 * function that runs it returns it.
 *
 * @code
 * struct post_query *q = post_query(s);
 * struct post_list posts;
 *
 * post_where(q, ar_eq(post_column.status, "draft"));
 * post_order_by(q, ar_desc(post_column.id));
 * post_limit(q, 10);
 * post_with_comments(q);
 * status = post_all(q, &posts);
 * @endcode */
#ifndef ARMATURE_QUERY_H
#define ARMATURE_QUERY_H

#include <armature/aggregate.h>
#include <armature/condition.h>
#include <armature/session.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

struct ar_query;

/** A list of records. It belongs to the session and must not be changed. */
struct ar_list {
    void *const *items; /**< `count` records, of which none is NULL */
    size_t count;       /**< number of records */
};

/** Return a new query of all rows of a model. Lack of memory is reported when the query runs. */
struct ar_query *ar_query_open(struct ar_session *s, const struct ar_model *model);

/** Return a new query of the rows related to one record. An unsaved record, or a null foreign key, has none. */
struct ar_query *ar_query_relation(struct ar_session *s, const struct ar_relation *relation, const void *record);

/** Add a condition. A row must meet all conditions.
 *
 * Errors when the query runs: AR_MISUSE if a column belongs to another model or the condition is too large; AR_INVALID
 * if a value cannot be compared with its column.
 *
 * @param q          query
 * @param condition  copied, with everything that it refers to */
void ar_query_where(struct ar_query *q, const struct ar_condition *condition);

/** Add a sort key after those added before. AR_MISUSE when the query runs: the column belongs to another model. */
void ar_query_order_by(struct ar_query *q, struct ar_order order);

/** Return at most `limit` rows. In a sub-query of a _with_, the limit counts per parent. */
void ar_query_limit(struct ar_query *q, uint64_t limit);

/** Skip the first `offset` rows. In a sub-query of a _with_, the offset counts per parent. */
void ar_query_offset(struct ar_query *q, uint64_t offset);

/** Make lazy loads of the returned records an error (AR_MISUSE) that names relation and model. */
void ar_query_strict(struct ar_query *q);

/** Include rows that are deleted by a time (AR_DELETED_AT). To select only those, add a condition on the column.
 *
 * In the sub-query of an eager load, this applies to the rows that it loads; in that of an aggregate, it is AR_MISUSE.
 * Rows of other models, and those that conditions of the query look at, are not affected. */
void ar_query_with_deleted(struct ar_query *q);

/** How a query locks the rows that it returns. */
enum ar_lock {
    AR_LOCK_UPDATE, /**< to write them: other transactions that lock or write them wait */
    AR_LOCK_SHARE   /**< to rely on them: other transactions that write them or lock them for update wait */
};

/** What a query does with a row that another transaction has locked. */
enum ar_lock_wait {
    AR_LOCK_WAIT,   /**< wait until that transaction ends */
    AR_LOCK_NOWAIT, /**< return AR_BUSY at once; on PostgreSQL, the transaction can then only be rolled back */
    AR_LOCK_SKIP    /**< leave the row out, and take the next one if there is a limit */
};

/** Lock the rows that ar_query_all, _first and _one read until the transaction ends. The last call counts.
 *
 * On SQLite, a transaction that may write excludes all other writers from its ar_begin on. No row is ever locked by
 * another one, so that every lock is granted at once and none is skipped; what waits, up to busy_timeout_ms, is
 * ar_begin.
 *
 * AR_MISUSE when the query runs: no transaction is open, the transaction or session is read-only, the query is a
 * sub-query of a _with_, or `lock` or `wait` is not a value of its enum.
 *
 * @code
 * job_where(q, ar_eq(job_column.state, "new"));
 * job_limit(q, 1);
 * job_lock(q, AR_LOCK_UPDATE, AR_LOCK_SKIP); // each job is taken by one worker
 * status = job_first(q, &job);
 * @endcode
 *
 * @param q     query
 * @param lock  for what the rows are locked
 * @param wait  what to do if one is locked already */
void ar_query_lock(struct ar_query *q, enum ar_lock lock, enum ar_lock_wait wait);

/** Lock rows to write them, and wait for other transactions: ar_query_lock with AR_LOCK_UPDATE and AR_LOCK_WAIT. */
void ar_query_for_update(struct ar_query *q);

/** Eager-load a relation of the rows of this query, in one extra statement.
 *
 * @param q         query
 * @param relation  of the query's model; AR_MISUSE when the query runs if it is more than 1,000 levels deep
 * @return  the sub-query that loads it, to be refined; repeated calls return the same one */
struct ar_query *ar_query_with_relation(struct ar_query *q, const struct ar_relation *relation);

/** Eager-load relations by name, for paths known only at run time.
 *
 * @code
 * status = ar_query_with(users, "posts.comments");
 * @endcode
 *
 * @param query  a query of any generated type
 * @param path   names of relations, separated by dots; may be untrusted
 * @retval AR_MISUSE  a segment is not the name of a relation, or the tree of relations would exceed 1,000 levels; the
 *                    message names path, segment and model, and the query is unchanged */
AR_MUST_CHECK enum ar_status ar_query_with(void *query, const char *path);

/** How a tree of relations is loaded from PostgreSQL, where each statement takes a round trip. In every plan, if a
 * level is a whole table and its children cannot lack a parent, all rows of the children's table are read, without
 * keys. If the conditions of a query fix the key of a relation, as ar_eq of the primary key does, and the key is not a
 * string, the relation is read in the round trip of the query. */
enum ar_plan {
    /** One trip if each level is a whole table. Otherwise, whichever is expected to be faster by the times of earlier
     * runs of the same tree on this database, and by the recently measured time of a round trip. Outside transactions,
     * what belongs to a record that is found by its primary key, and to the targets of its foreign keys, is read in its
     * round trip in either case. */
    AR_PLAN_AUTO,
    /** Level by level: one round trip per level whose keys are unknown before the level above is read. */
    AR_PLAN_WAVES,
    /** All levels in one round trip, each repeating the conditions of the levels above. Falls back to AR_PLAN_WAVES for
     * a limit per parent, for keys that differ in their bytes but compare equal (char(n), a case-insensitive
     * collation), for more than 16 levels, and for ar_query_first and ar_query_one. */
    AR_PLAN_ONE_TRIP
};

/** Choose the plan of a query and its tree. SQLite has no round trips and ignores it.
 *
 * In a transaction, AR_PLAN_AUTO loads level by level unless each level is a whole table. AR_PLAN_ONE_TRIP in a
 * transaction below REPEATABLE READ may miss children of a row that another session changes at the same time.
 *
 * @param query  a query of any generated type, but not a sub-query of a _with_
 * @param plan   AR_PLAN_AUTO by default */
void ar_query_plan(void *query, enum ar_plan plan);

/** Describe, for people, how the query would run and why: for each relation, indented below its parent, how its rows
 * would be found and fetched, the SQL, and the values of its conditions.
 *
 * The query is not run, but a connection is taken to find out the round-trip time, the indexes and the cached
 * statements. The plan may change when the query runs: SQLite also scans the whole table for a level whose keys turn
 * out to be a third of all keys; PostgreSQL returns rows in parts unless the last run returned few.
 *
 * @param query  a query of any generated type
 * @param out    receives a string that belongs to the session; it contains values of conditions. NULL on failure.
 * @return  as ar_query_all */
AR_MUST_CHECK enum ar_status ar_explain(void *query, const char **out);

/** Return all rows.
 *
 * @param q    query
 * @param out  receives the list; empty on failure
 * @return  the first error of the functions that built the query, or see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_query_all(struct ar_query *q, struct ar_list *out);

/** Return the first row, by primary key if the query has no order.
 *
 * @param q    query
 * @param out  receives the record; NULL if there is no row, which is AR_OK, and on failure
 * @return  as ar_query_all */
AR_MUST_CHECK enum ar_status ar_query_first(struct ar_query *q, void **out);

/** Return the only row.
 *
 * @param q    query
 * @param out  receives the record; NULL on failure
 * @retval AR_NOT_FOUND  there is no row
 * @retval AR_MISUSE     there is more than one row
 * @return  otherwise as ar_query_all */
AR_MUST_CHECK enum ar_status ar_query_one(struct ar_query *q, void **out);

/** Return the number of rows. Limit and offset apply.
 *
 * @param q    query
 * @param out  receives the number; 0 on failure
 * @return  as ar_query_all */
AR_MUST_CHECK enum ar_status ar_query_count(struct ar_query *q, int64_t *out);

/** Return true if there is any row. Limit and offset apply.
 *
 * @param q    query
 * @param out  receives the answer; false on failure
 * @return  as ar_query_all */
AR_MUST_CHECK enum ar_status ar_query_exists(struct ar_query *q, bool *out);

/** Compute the sum, average, minimum or maximum of one column. SQL NULL is ignored.
 *
 * @param q          query
 * @param aggregate  SUM, AVG, MIN or MAX
 * @param column     of the query's model
 * @param out        receives the value, or SQL NULL if no row matches and on failure; a string belongs to the session
 * @retval AR_DATABASE  the sum overflows
 * @retval AR_MISUSE    the column belongs to another model
 * @return  otherwise as ar_query_all */
AR_MUST_CHECK enum ar_status ar_query_aggregate(struct ar_query *q, enum ar_aggregate aggregate,
                                                const struct ar_column *column, struct ar_value *out);

/** @cond
 * The generated <model>_sum and so on, which take a handle. */
#define ar_query_sum(q, handle, out) ar_query_aggregate(q, AR_AGGREGATE_SUM, ar_number_column(handle), (out))
#define ar_query_avg(q, handle, out) ar_query_aggregate(q, AR_AGGREGATE_AVG, ar_number_column(handle), (out))
#define ar_query_min(q, handle, out) ar_query_aggregate(q, AR_AGGREGATE_MIN, ar_ordered_column(handle), (out))
#define ar_query_max(q, handle, out) ar_query_aggregate(q, AR_AGGREGATE_MAX, ar_ordered_column(handle), (out))
/** @endcond */

/** Delete all rows of the query in one statement, without loading them. Records of the session keep their values. If
 * the model has an AR_DELETED_AT, rows are only marked as deleted.
 *
 * @param q        query
 * @param changed  receives the number of rows; may be NULL
 * @retval AR_CONSTRAINT  other rows refer to one of them; none was deleted
 * @return  otherwise as ar_query_all */
AR_MUST_CHECK enum ar_status ar_query_delete_all(struct ar_query *q, int64_t *changed);

/** Like ar_query_delete_all, but remove the rows of a model with an AR_DELETED_AT from the database. */
AR_MUST_CHECK enum ar_status ar_query_erase_all(struct ar_query *q, int64_t *changed);

/** Update all rows of the query in one statement, without loading them.
 *
 * The rules of the columns are checked, and AR_UPDATED_AT and AR_VERSION maintained. Records of the session keep their
 * values until they are read again.
 *
 * @param q        query
 * @param set      the columns and their new values, from ar_set or ar_sets; copied
 * @param changed  receives the number of rows; may be NULL
 * @retval AR_INVALID     a value violates a rule
 * @retval AR_CONSTRAINT  a constraint of the database is violated; no row was changed
 * @retval AR_MISUSE      a column belongs to another model, or there are more than AR_ASSIGNMENT_COLUMNS
 * @return  otherwise as ar_query_all */
AR_MUST_CHECK enum ar_status ar_query_update_all(struct ar_query *q, const struct ar_assignment *set, int64_t *changed);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
