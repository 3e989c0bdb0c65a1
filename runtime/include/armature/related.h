/** @file
 * Conditions on related rows, and orders by them. The generated `<model>_has_<relation>`, `<model>_by_<relation>` and
 * so on are made of these.
 *
 * @code
 * // Users with a published post on which somebody commented, those with most posts first.
 * user_where(q, user_has_posts(ar_and(ar_eq(post_column.status, "published"), post_has_comments())));
 * user_order_by(q, user_by_posts_count(AR_DESC));
 *
 * // Users with at least three drafts.
 * user_where(q, user_has_posts_count(AR_GE, 3, ar_eq(post_column.status, "draft")));
 *
 * // Posts by the name of their author.
 * post_order_by(q, post_by_author(ar_asc(user_column.name)));
 * @endcode
 *
 * Like every condition, these are plain values. They may be nested and joined like any other: the inner condition is
 * one on rows of the relation's target. */
#ifndef ARMATURE_RELATED_H
#define ARMATURE_RELATED_H

#include <armature/condition.h>

/** The direction of a sort key. */
enum ar_direction {
    AR_ASC, /**< smallest value first */
    AR_DESC /**< largest value first */
};

/** @cond
 * Implementation. */

/* No condition, where one is optional. */
static inline struct ar_condition ar_condition_none(void)
{
    struct ar_condition none;
    none.count = 0;
    return none;
}

static inline struct ar_condition ar_condition_related(enum ar_operator op, struct ar_related related,
                                                       const struct ar_condition *operand)
{
    struct ar_condition condition = ar_condition_of(op, NULL, ar_value_null());
    condition.terms[0].related = related;
    if (operand->count > 0)
        ar_condition_append(&condition, operand);
    return condition;
}

static inline struct ar_condition ar_has(const struct ar_relation *relation, const struct ar_condition *operand)
{
    struct ar_related related;
    related.relation = relation;
    related.count = 0;
    related.comparison = AR_GT;
    return ar_condition_related(AR_OP_HAS, related, operand);
}

static inline struct ar_condition ar_has_count(const struct ar_relation *relation, enum ar_comparison comparison,
                                               int64_t count, const struct ar_condition *operand)
{
    struct ar_related related;
    related.relation = relation;
    related.count = count;
    related.comparison = comparison;
    return ar_condition_related(AR_OP_HAS_COUNT, related, operand);
}

/** @endcond */

/** Order by a relation to one row: by a column of that row, or by whatever else orders the target.
 *
 * A row without a related one counts as NULL. The generated `<model>_by_<relation>(order)` calls it.
 *
 * @param relation  of the ordered model, leading to one row; AR_MISUSE when the query runs if it leads to many
 * @param order     an order of the relation's target; at most AR_ORDER_RELATIONS relations may be nested */
static inline struct ar_order ar_order_through(const struct ar_relation *relation, struct ar_order order)
{
    struct ar_order through = order;
    through.path[0] = relation;
    for (size_t i = 1; i < AR_ORDER_RELATIONS && i <= order.path_count; i++)
        through.path[i] = order.path[i - 1];
    if (order.path_count <= AR_ORDER_RELATIONS)
        through.path_count = (uint8_t)(order.path_count + 1);
    return through;
}

/** Order by the number of related rows. The generated `<model>_by_<relation>_count(direction)` calls it. */
static inline struct ar_order ar_order_by_count(const struct ar_relation *relation, enum ar_direction direction)
{
    return ar_order_through(relation, ar_order_of(NULL, direction == AR_DESC));
}

#ifndef __cplusplus

/** Some row of the relation satisfies the condition; without a condition, there is a row.
 *
 * The generated `<model>_has_<relation>(…)` calls it. Of a relation to one row, that row must satisfy it.
 *
 * AR_MISUSE when the query runs: the relation or the condition belongs to another model. */
#define AR_HAS(relation, ...) ar_has(relation, AR_OPTIONAL(__VA_ARGS__))

/** Compare the number of rows of the relation that satisfy the condition; without a condition, of all its rows.
 *
 * The generated `<model>_has_<relation>_count(comparison, count, …)` calls it. The arguments after the comparison are
 * the count, an int64_t, and the optional condition. */
#define AR_HAS_COUNT(relation, comparison, ...)                                                                        \
    ar_has_count(relation, comparison, AR_FIRST(__VA_ARGS__, ), AR_OPTIONAL(AR_REST(__VA_ARGS__, )))

/** @cond
 * The address of the condition in the arguments. If there is none, the second element is zero: an empty condition. */
#define AR_OPTIONAL(...) (&((const struct ar_condition[2]){ar_condition_none(), __VA_ARGS__})[1])
#define AR_FIRST(first, ...) (first)
#define AR_REST(first, ...) __VA_ARGS__
/** @endcond */

#else /* C++ has overloads instead */

/** @cond */
struct ar_has_rows {
    const ar_relation *relation;
    ar_condition operator()() const
    {
        const ar_condition none = ar_condition_none();
        return ar_has(relation, &none);
    }
    ar_condition operator()(const ar_condition &condition) const
    {
        return ar_has(relation, &condition);
    }
};

struct ar_has_number_of_rows {
    const ar_relation *relation;
    ar_comparison comparison;
    ar_condition operator()(int64_t count) const
    {
        const ar_condition none = ar_condition_none();
        return ar_has_count(relation, comparison, count, &none);
    }
    ar_condition operator()(int64_t count, const ar_condition &condition) const
    {
        return ar_has_count(relation, comparison, count, &condition);
    }
};
/** @endcond */

#define AR_HAS(relation, ...) ar_has_rows{relation}(__VA_ARGS__)
#define AR_HAS_COUNT(relation, comparison, ...) ar_has_number_of_rows{relation, comparison}(__VA_ARGS__)

#endif

#endif
