/** @file
 * Comparisons of two columns of the same row.
 *
 * @code
 * order_where(q, ar_lt_column(order_column.paid, order_column.total));
 * @endcode
 *
 * Both columns must hold the same kind of value: numbers of any width and sign, strings, enums of AR_ENUM_TEXT, times
 * of the same C type, and so on. Otherwise it does not compile. As in SQL, a comparison with NULL is not true. */
#ifndef ARMATURE_COMPARE_H
#define ARMATURE_COMPARE_H

#include <armature/condition.h>

/** @cond
 * Implementation. */
static inline struct ar_condition ar_condition_columns(enum ar_comparison comparison, const struct ar_column *column,
                                                       const struct ar_column *other)
{
    struct ar_condition condition = ar_condition_of(AR_OP_COLUMNS, column, ar_value_null());
    condition.terms[0].comparison = comparison;
    condition.terms[0].other = other;
    return condition;
}

#ifdef __cplusplus /* overloads */
#define AR_COLUMNS_NAME(name) ar_compare_columns
#else
#define AR_COLUMNS_NAME(name) name
#endif
#define AR_COLUMNS(name, kind, other_kind)                                                                             \
    static inline struct ar_condition AR_COLUMNS_NAME(name)(                                                           \
        enum ar_comparison comparison, struct ar_##kind##_column column, struct ar_##other_kind##_column other)        \
    {                                                                                                                  \
        return ar_condition_columns(comparison, column.column, other.column);                                          \
    }

AR_COLUMNS(ar_int_compare_int, int, int)
AR_COLUMNS(ar_int_compare_uint, int, uint)
AR_COLUMNS(ar_uint_compare_int, uint, int)
AR_COLUMNS(ar_uint_compare_uint, uint, uint)
AR_COLUMNS(ar_bool_compare_bool, bool, bool)
AR_COLUMNS(ar_real_compare_real, real, real)
AR_COLUMNS(ar_text_compare_text, text, text)
AR_COLUMNS(ar_enum_compare_enum, enum, enum)
AR_COLUMNS(ar_blob_compare_blob, blob, blob)
AR_COLUMNS(ar_bytes_compare_bytes, bytes, bytes)
AR_COLUMNS(ar_uuid_compare_uuid, uuid, uuid)
AR_COLUMNS(ar_time_compare_time, time, time)
AR_COLUMNS(ar_timespec_compare_timespec, timespec, timespec)
AR_COLUMNS(ar_date_compare_date, date, date)
AR_COLUMNS(ar_time_of_day_compare_time_of_day, time_of_day, time_of_day)
#undef AR_COLUMNS
#undef AR_COLUMNS_NAME

#ifndef __cplusplus
#define ar_compare_columns(comparison, handle, other)                                                                  \
    _Generic((handle), struct ar_int_column                                                                            \
             : _Generic((other), struct ar_uint_column                                                                 \
                        : ar_int_compare_uint, default                                                                 \
                        : ar_int_compare_int),                                                                         \
               struct ar_uint_column                                                                                   \
             : _Generic((other), struct ar_int_column                                                                  \
                        : ar_uint_compare_int, default                                                                 \
                        : ar_uint_compare_uint),                                                                       \
               struct ar_bool_column                                                                                   \
             : ar_bool_compare_bool, struct ar_real_column                                                             \
             : ar_real_compare_real, struct ar_text_column                                                             \
             : ar_text_compare_text, struct ar_enum_column                                                             \
             : ar_enum_compare_enum, struct ar_blob_column                                                             \
             : ar_blob_compare_blob, struct ar_bytes_column                                                            \
             : ar_bytes_compare_bytes, struct ar_uuid_column                                                           \
             : ar_uuid_compare_uuid, struct ar_time_column                                                             \
             : ar_time_compare_time, struct ar_timespec_column                                                         \
             : ar_timespec_compare_timespec, struct ar_date_column                                                     \
             : ar_date_compare_date, struct ar_time_of_day_column                                                      \
             : ar_time_of_day_compare_time_of_day)(comparison, handle, other)
#endif
/** @endcond */

/** @name Comparisons of columns
 * Compare a column with another column of the same model.
 *
 * AR_MISUSE when the query runs: a column belongs to another model, the columns hold different enums, or times that a
 * database stores in different forms: AR_STORED_AS or AR_WITHOUT_ZONE of one of them only.
 * @{ */
#define ar_eq_column(column, other) ar_compare_columns(AR_EQ, column, other) /**< column = other */
#define ar_ne_column(column, other) ar_compare_columns(AR_NE, column, other) /**< column <> other */
#define ar_lt_column(column, other) ar_compare_columns(AR_LT, column, other) /**< column < other */
#define ar_le_column(column, other) ar_compare_columns(AR_LE, column, other) /**< column <= other */
#define ar_gt_column(column, other) ar_compare_columns(AR_GT, column, other) /**< column > other */
#define ar_ge_column(column, other) ar_compare_columns(AR_GE, column, other) /**< column >= other */
/** @} */

#endif
