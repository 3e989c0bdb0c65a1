/** @file
 * Aggregates of the rows of a relation: their number, whether there is any, and the sum, average, minimum or maximum of
 * a column. The generated `<model>_<relation>_count` and so on call these functions.
 *
 * An aggregate is remembered and dropped like a loaded list: see armature/relation.h. It is computed without a
 * statement if the list itself is loaded, unless the database's own rules decide (strings, times of day).
 *
 * @code
 * struct user_query *q = user_query(s);
 * struct post_query *drafts = user_with_posts_count(q);
 *
 * post_where(drafts, ar_eq(post_column.status, "draft"));
 * status = user_all(q, &users);
 * …
 * status = user_posts_count(s, users.items[0], &count); // of the drafts, no statement
 * status = user_posts_aggregate(s, users.items[0], ar_max(post_column.created_at), &latest); // of all posts
 * @endcode */
#ifndef ARMATURE_AGGREGATE_H
#define ARMATURE_AGGREGATE_H

#include <armature/condition.h>
#include <armature/model.h>
#include <armature/status.h>
#include <armature/value.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

struct ar_query;
struct ar_session;

/** A function over rows, or over the values of one column. */
enum ar_aggregate {
    AR_AGGREGATE_SUM,   /**< the sum; of integers, an integer, in the unit of the field */
    AR_AGGREGATE_AVG,   /**< the average, a floating-point number in the unit of the field */
    AR_AGGREGATE_MIN,   /**< the smallest value */
    AR_AGGREGATE_MAX,   /**< the largest value */
    AR_AGGREGATE_COUNT, /**< the number of rows; takes no column */
    AR_AGGREGATE_EXISTS /**< 1 if there is any row, otherwise 0; takes no column */
};

/** An aggregate of the rows of a relation, as ar_sum and so on return it. */
struct ar_measure {
    enum ar_aggregate aggregate;    /**< the function */
    const struct ar_column *column; /**< of the relation's target; NULL for COUNT and EXISTS */
};

/** @cond */
static inline struct ar_measure ar_measure_of(enum ar_aggregate aggregate, const struct ar_column *column)
{
    struct ar_measure measure;
    measure.aggregate = aggregate;
    measure.column = column;
    return measure;
}
/** @endcond */

/** @name Measures
 * Sum and average take a column of numbers; minimum and maximum also strings and times. SQL NULL is ignored.
 * @{ */
#define ar_sum(handle) ar_measure_of(AR_AGGREGATE_SUM, ar_number_column(handle))  /**< the sum */
#define ar_avg(handle) ar_measure_of(AR_AGGREGATE_AVG, ar_number_column(handle))  /**< the average */
#define ar_min(handle) ar_measure_of(AR_AGGREGATE_MIN, ar_ordered_column(handle)) /**< the smallest value */
#define ar_max(handle) ar_measure_of(AR_AGGREGATE_MAX, ar_ordered_column(handle)) /**< the largest value */
#define ar_count() ar_measure_of(AR_AGGREGATE_COUNT, NULL)                        /**< the number of rows */
#define ar_exists() ar_measure_of(AR_AGGREGATE_EXISTS, NULL)                      /**< whether there is any row */
/** @} */

/** Return an aggregate of the rows that are related to one record. The first access computes it for all siblings of
 * `record` in one statement.
 *
 * @param s         session
 * @param relation  a relation that leads to a list
 * @param record    its owner; an unsaved record has no related rows
 * @param measure   the aggregate
 * @param out       receives the value: an integer for COUNT and EXISTS, otherwise SQL NULL if there is no value; SQL
 * NULL on failure. A string belongs to the session.
 * @retval AR_DATABASE  a sum overflows
 * @retval AR_INVALID   a sum, minimum or maximum is a number that the field cannot hold exactly
 * @retval AR_MISUSE    the session or query is strict and the aggregate is not loaded; the column belongs to another
 *                      model; or the relation leads to at most one record, which answers all that is asked here
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_relation_aggregate(struct ar_session *s, const struct ar_relation *relation,
                                                   const void *record, struct ar_measure measure, struct ar_value *out);

/** Return the number of related rows, as ar_relation_aggregate does. *out is 0 on failure. */
AR_MUST_CHECK enum ar_status ar_relation_count(struct ar_session *s, const struct ar_relation *relation,
                                               const void *record, int64_t *out);

/** Return true if there is any related row, as ar_relation_aggregate does. A known count answers as well. *out is false
 * on failure. */
AR_MUST_CHECK enum ar_status ar_relation_exists(struct ar_session *s, const struct ar_relation *relation,
                                                const void *record, bool *out);

/** Compute an aggregate for many records at once, in one statement, even if it is remembered.
 *
 * @param s         session
 * @param relation  a relation that leads to a list
 * @param records   array of `count` pointers to owners, of which none is NULL
 * @param count     number of owners; 0 does nothing
 * @param measure   the aggregate
 * @return  as ar_relation_aggregate */
AR_MUST_CHECK enum ar_status ar_relation_load_aggregate(struct ar_session *s, const struct ar_relation *relation,
                                                        const void *const *records, size_t count,
                                                        struct ar_measure measure);

/** Compute an aggregate of a relation for all rows of this query, in one extra statement.
 *
 * Conditions on the returned sub-query refine it: the aggregate is then that of the matching rows, as long as the owner
 * belongs to the result of this query. AR_MISUSE when the query runs: the sub-query has a limit, an offset or relations
 * of its own, or the measure cannot be taken, as in ar_relation_aggregate.
 *
 * @param q         query
 * @param relation  of the query's model, leading to a list
 * @param measure   the aggregate
 * @return  the sub-query of the rows that are aggregated; repeated calls return the same one */
struct ar_query *ar_query_with_aggregate(struct ar_query *q, const struct ar_relation *relation,
                                         struct ar_measure measure);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
