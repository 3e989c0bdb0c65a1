/** @file
 * Assignments of `<model>_update_all` and `<model>_assign` besides ar_set: arithmetic with the column's own value, and
 * NULL.
 *
 * @code
 * // One statement, whatever other sessions do at the same time: no view is lost.
 * post_where(q, ar_eq(post_column.id, 7));
 * status = post_update_all(q, ar_sets(ar_add(post_column.views, 1), ar_set_null(post_column.reviewer_id)), NULL);
 * status = post_assign(s, post, ar_add(post_column.views, 1)); // the same for one record; post->views is the new value
 * @endcode */
#ifndef ARMATURE_ASSIGN_H
#define ARMATURE_ASSIGN_H

#include <armature/condition.h>

/** @cond
 * Implementation. */
#ifdef __cplusplus /* overloads */
#define AR_ASSIGNS_NAME(name) ar_assign_by
#else
#define AR_ASSIGNS_NAME(name) name
#endif
#define AR_ASSIGNS(name, handle, type, to_value)                                                                       \
    static inline struct ar_assignment AR_ASSIGNS_NAME(name)(enum ar_assignment_kind kind,                             \
                                                             struct ar_##handle##_column column, type value)           \
    {                                                                                                                  \
        return ar_assignment_by(kind, column.column, to_value(value));                                                 \
    }

AR_ASSIGNS(ar_int_assign_by, int, int64_t, ar_value_integer)
AR_ASSIGNS(ar_uint_assign_by, uint, uint64_t, ar_value_unsigned)
AR_ASSIGNS(ar_real_assign_by, real, double, ar_value_real)
#undef AR_ASSIGNS
#undef AR_ASSIGNS_NAME

#ifndef __cplusplus
#define ar_assign_by(kind, column, value)                                                                              \
    _Generic((column), struct ar_int_column                                                                            \
             : ar_int_assign_by, struct ar_uint_column                                                                 \
             : ar_uint_assign_by, struct ar_real_column                                                                \
             : ar_real_assign_by)(kind, column, value)
#endif
/** @endcond */

/** @name Arithmetic
 * Change a column of numbers by a value. NULL stays NULL.
 *
 * AR_INVALID when it runs: the result for some row is outside the range of the field, or of its AR_RANGE. No
 * row is changed.
 * @{ */
#define ar_add(column, value) ar_assign_by(AR_ASSIGN_ADD, column, value)           /**< column = column + value */
#define ar_subtract(column, value) ar_assign_by(AR_ASSIGN_SUBTRACT, column, value) /**< column = column - value */
#define ar_multiply(column, value) ar_assign_by(AR_ASSIGN_MULTIPLY, column, value) /**< column = column * value */
/** @} */

/** Set a column to NULL. AR_INVALID when it runs: the column is not nullable. */
#define ar_set_null(handle) ar_assignment_by(AR_ASSIGN_NULL, (handle).column, ar_value_null())

#endif
