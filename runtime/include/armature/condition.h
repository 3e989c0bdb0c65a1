/* Typed column handles, and the conditions, orders and assignments made from them.
 *
 * The generated `<model>_column` holds one handle per column: ar_eq(post_column.status, "draft"). A value of another
 * type than the column's does not compile. Conditions are values: they refer to the texts and operands they were made
 * from, and a query copies all of it when it takes them, so nothing has to outlive that call. */
#ifndef ARMATURE_CONDITION_H
#define ARMATURE_CONDITION_H

#include <armature/annotations.h>
#include <armature/model.h>
#include <armature/value.h>

enum ar_operator {
    AR_OP_EQ,
    AR_OP_NE,
    AR_OP_LT,
    AR_OP_LE,
    AR_OP_GT,
    AR_OP_GE,
    AR_OP_BETWEEN,
    AR_OP_LIKE,     /* the pattern as it stands: %, _ and backslash have their meaning */
    AR_OP_CONTAINS, /* the text is taken literally, here and below */
    AR_OP_STARTS_WITH,
    AR_OP_ENDS_WITH,
    AR_OP_IS_NULL,
    AR_OP_IS_NOT_NULL,
    AR_OP_IN,
    AR_OP_NOT_IN,
    AR_OP_AND,
    AR_OP_OR,
    AR_OP_NOT
};

/* What the items of an IN are. */
enum ar_items { AR_ITEMS_INT64, AR_ITEMS_UINT64, AR_ITEMS_DOUBLE, AR_ITEMS_TEXT, AR_ITEMS_UUID };

struct ar_condition {
    enum ar_operator op;
    const struct ar_column *column; /* NULL for AND, OR and NOT */
    struct ar_value low;            /* the value compared with; the lower bound */
    struct ar_value high;           /* the upper bound of BETWEEN */
    const void *items;              /* of IN; the operands (struct ar_condition) of AND, OR and NOT */
    size_t count;
    enum ar_items item_type;
};

struct ar_order {
    const struct ar_column *column;
    bool descending;
};

/* One or more columns and their new values, for update_all. */
struct ar_assignment {
    const struct ar_column *column; /* NULL for a list */
    struct ar_value value;
    const struct ar_assignment *items; /* of a list */
    size_t count;
};

/* One handle type per kind of value; `column` is never NULL. */
struct ar_int_column {
    const struct ar_column *column;
};
struct ar_uint_column {
    const struct ar_column *column;
};
struct ar_bool_column {
    const struct ar_column *column;
};
struct ar_real_column {
    const struct ar_column *column;
};
struct ar_text_column {
    const struct ar_column *column;
};
struct ar_blob_column {
    const struct ar_column *column;
};
struct ar_uuid_column {
    const struct ar_column *column;
};
struct ar_time_column {
    const struct ar_column *column;
};
struct ar_timespec_column {
    const struct ar_column *column;
};

static inline struct ar_condition ar_condition_of(enum ar_operator op, const struct ar_column *column,
                                                  struct ar_value low, struct ar_value high)
{
    struct ar_condition condition;
    memset(&condition, 0, sizeof condition);
    condition.op = op;
    condition.column = column;
    condition.low = low;
    condition.high = high;
    return condition;
}

static inline struct ar_condition ar_condition_in(enum ar_operator op, const struct ar_column *column,
                                                  enum ar_items type, const void *items, size_t count)
{
    struct ar_condition condition = ar_condition_of(op, column, ar_value_null(), ar_value_null());
    condition.item_type = type;
    condition.items = items;
    condition.count = count;
    return condition;
}

static inline struct ar_condition ar_condition_join(enum ar_operator op, const struct ar_condition *operands,
                                                    size_t count)
{
    struct ar_condition condition = ar_condition_of(op, NULL, ar_value_null(), ar_value_null());
    condition.items = operands;
    condition.count = count;
    return condition;
}

static inline struct ar_assignment ar_assignment_of(const struct ar_column *column, struct ar_value value)
{
    struct ar_assignment assignment;
    memset(&assignment, 0, sizeof assignment);
    assignment.column = column;
    assignment.value = value;
    return assignment;
}

static inline struct ar_assignment ar_assignment_join(const struct ar_assignment *items, size_t count)
{
    struct ar_assignment assignment = ar_assignment_of(NULL, ar_value_null());
    assignment.items = items;
    assignment.count = count;
    return assignment;
}

static inline struct ar_order ar_order_of(const struct ar_column *column, bool descending)
{
    struct ar_order order;
    order.column = column;
    order.descending = descending;
    return order;
}

/* For each kind of column: compare with a value, lie between two, and be set to one. */
#define AR_COLUMN_FUNCTIONS(kind, type, to_value)                                                                      \
    static inline struct ar_condition ar_##kind##_compare(enum ar_operator op, struct ar_##kind##_column column,       \
                                                          type value)                                                  \
    {                                                                                                                  \
        return ar_condition_of(op, column.column, to_value(value), ar_value_null());                                   \
    }                                                                                                                  \
    static inline struct ar_condition ar_##kind##_between(struct ar_##kind##_column column, type low, type high)       \
    {                                                                                                                  \
        return ar_condition_of(AR_OP_BETWEEN, column.column, to_value(low), to_value(high));                           \
    }                                                                                                                  \
    static inline struct ar_assignment ar_##kind##_set(struct ar_##kind##_column column, type value)                   \
    {                                                                                                                  \
        return ar_assignment_of(column.column, to_value(value));                                                       \
    }

#define AR_IN_FUNCTION(kind, type, item_type)                                                                          \
    static inline struct ar_condition ar_##kind##_in(enum ar_operator op, struct ar_##kind##_column column,            \
                                                     type items, size_t count)                                         \
    {                                                                                                                  \
        return ar_condition_in(op, column.column, item_type, items, count);                                            \
    }

#define AR_VALUE_OF_BLOB(blob) ar_value_bytes(AR_VALUE_BLOB, (blob).data, (blob).size)

AR_COLUMN_FUNCTIONS(int, int64_t, ar_value_integer)
AR_COLUMN_FUNCTIONS(uint, uint64_t, ar_value_unsigned)
AR_COLUMN_FUNCTIONS(bool, bool, ar_value_integer)
AR_COLUMN_FUNCTIONS(real, double, ar_value_real)
AR_COLUMN_FUNCTIONS(text, const char *, ar_value_text)
AR_COLUMN_FUNCTIONS(blob, struct ar_blob, AR_VALUE_OF_BLOB)
AR_COLUMN_FUNCTIONS(uuid, const uint8_t *, ar_value_uuid)
AR_COLUMN_FUNCTIONS(time, time_t, ar_value_time)
AR_COLUMN_FUNCTIONS(timespec, struct timespec, ar_value_timespec)

AR_IN_FUNCTION(int, const int64_t *, AR_ITEMS_INT64)
AR_IN_FUNCTION(uint, const uint64_t *, AR_ITEMS_UINT64)
AR_IN_FUNCTION(real, const double *, AR_ITEMS_DOUBLE)
AR_IN_FUNCTION(text, const char *const *, AR_ITEMS_TEXT)
AR_IN_FUNCTION(uuid, const uint8_t *, AR_ITEMS_UUID)

#undef AR_COLUMN_FUNCTIONS
#undef AR_IN_FUNCTION

static inline struct ar_condition ar_text_match(enum ar_operator op, struct ar_text_column column, const char *text)
{
    return ar_condition_of(op, column.column, ar_value_text(text), ar_value_null());
}

/* ---- What programs write ----------------------------------------------------------------------------------------- */

/* Like with a pattern of %, _ and \ (which takes the next character literally), and its three literal forms. Whether
 * case counts is the database's rule: SQLite ignores it for ASCII letters. */
#define ar_like(column, pattern) ar_text_match(AR_OP_LIKE, column, pattern)
#define ar_contains(column, text) ar_text_match(AR_OP_CONTAINS, column, text)
#define ar_starts_with(column, text) ar_text_match(AR_OP_STARTS_WITH, column, text)
#define ar_ends_with(column, text) ar_text_match(AR_OP_ENDS_WITH, column, text)

/* Of a column of any kind. */
#define ar_is_null(handle) ar_condition_of(AR_OP_IS_NULL, (handle).column, ar_value_null(), ar_value_null())
#define ar_is_not_null(handle) ar_condition_of(AR_OP_IS_NOT_NULL, (handle).column, ar_value_null(), ar_value_null())
#define ar_asc(handle) ar_order_of((handle).column, false)
#define ar_desc(handle) ar_order_of((handle).column, true)

/* Comparisons. ar_eq with a NULL text or blob is IS NULL, and ar_ne is IS NOT NULL. Integer columns of every width
 * take int64_t or uint64_t; an enum's column takes its constants, or with AR_ENUM_TEXT their names as texts: a constant
 * that is 0 is then NULL to the compiler, which may not say so. The zero of an AR_NULLABLE number is 0 here, not NULL:
 * that is ar_is_null. */
#define ar_eq(column, value) AR_COMPARE(AR_OP_EQ, column, value)
#define ar_ne(column, value) AR_COMPARE(AR_OP_NE, column, value)
#define ar_lt(column, value) AR_COMPARE(AR_OP_LT, column, value)
#define ar_le(column, value) AR_COMPARE(AR_OP_LE, column, value)
#define ar_gt(column, value) AR_COMPARE(AR_OP_GT, column, value)
#define ar_ge(column, value) AR_COMPARE(AR_OP_GE, column, value)

/* In an array of `count` values: const int64_t * for signed integers, const uint64_t * for unsigned ones, const
 * double *, const char *const *, or const uint8_t * (16 bytes each). Of an empty array, IN matches nothing and NOT IN
 * all. */
#define ar_in(column, items, count) AR_MEMBER(AR_OP_IN, column, items, count)
#define ar_not_in(column, items, count) AR_MEMBER(AR_OP_NOT_IN, column, items, count)

#ifndef __cplusplus

#define AR_CHOOSE(column, function)                                                                                    \
    _Generic((column), struct ar_int_column                                                                            \
             : ar_int_##function, struct ar_uint_column                                                                \
             : ar_uint_##function, struct ar_bool_column                                                               \
             : ar_bool_##function, struct ar_real_column                                                               \
             : ar_real_##function, struct ar_text_column                                                               \
             : ar_text_##function, struct ar_blob_column                                                               \
             : ar_blob_##function, struct ar_uuid_column                                                               \
             : ar_uuid_##function, struct ar_time_column                                                               \
             : ar_time_##function, struct ar_timespec_column                                                           \
             : ar_timespec_##function)

#define AR_COMPARE(op, column, value) AR_CHOOSE(column, compare)(op, column, value)
#define AR_MEMBER(op, column, items, count)                                                                            \
    _Generic((column), struct ar_int_column                                                                            \
             : ar_int_in, struct ar_uint_column                                                                        \
             : ar_uint_in, struct ar_real_column                                                                       \
             : ar_real_in, struct ar_text_column                                                                       \
             : ar_text_in, struct ar_uuid_column                                                                       \
             : ar_uuid_in)(op, column, items, count)

/* low <= column <= high. */
#define ar_between(column, low, high) AR_CHOOSE(column, between)(column, low, high)

/* The column's new value, for update_all; ar_sets(ar_set(…), ar_set(…)) for several columns. */
#define ar_set(column, value) AR_CHOOSE(column, set)(column, value)
#define ar_sets(...)                                                                                                   \
    ar_assignment_join((const struct ar_assignment[]){__VA_ARGS__},                                                    \
                       sizeof((const struct ar_assignment[]){__VA_ARGS__}) / sizeof(struct ar_assignment))

/* Conditions joined: all of them, any of them, not this one. */
#define ar_and(...) AR_JOIN(AR_OP_AND, __VA_ARGS__)
#define ar_or(...) AR_JOIN(AR_OP_OR, __VA_ARGS__)
#define ar_not(condition) AR_JOIN(AR_OP_NOT, condition)
#define AR_JOIN(op, ...)                                                                                               \
    ar_condition_join(op, (const struct ar_condition[]){__VA_ARGS__},                                                  \
                      sizeof((const struct ar_condition[]){__VA_ARGS__}) / sizeof(struct ar_condition))

#elif __cplusplus < 201703L
#error "Armature's conditions need C++17: an older C++ copies what refers to itself"
#else /* C++ has no _Generic and no compound literals: overloads, and operands that live to the end of the expression */

#define AR_COLUMN_OVERLOADS(kind, type)                                                                                \
    static inline ar_condition ar_compare_any(ar_operator op, ar_##kind##_column column, type value)                   \
    {                                                                                                                  \
        return ar_##kind##_compare(op, column, value);                                                                 \
    }                                                                                                                  \
    static inline ar_condition ar_between(ar_##kind##_column column, type low, type high)                              \
    {                                                                                                                  \
        return ar_##kind##_between(column, low, high);                                                                 \
    }                                                                                                                  \
    static inline ar_assignment ar_set(ar_##kind##_column column, type value)                                          \
    {                                                                                                                  \
        return ar_##kind##_set(column, value);                                                                         \
    }

AR_COLUMN_OVERLOADS(int, int64_t)
AR_COLUMN_OVERLOADS(uint, uint64_t)
AR_COLUMN_OVERLOADS(bool, bool)
AR_COLUMN_OVERLOADS(real, double)
AR_COLUMN_OVERLOADS(text, const char *)
AR_COLUMN_OVERLOADS(blob, ar_blob)
AR_COLUMN_OVERLOADS(uuid, const uint8_t *)
AR_COLUMN_OVERLOADS(time, time_t)
AR_COLUMN_OVERLOADS(timespec, timespec)
#undef AR_COLUMN_OVERLOADS

#define AR_IN_OVERLOAD(kind, type)                                                                                     \
    static inline ar_condition ar_member_any(ar_operator op, ar_##kind##_column column, type items, size_t count)      \
    {                                                                                                                  \
        return ar_##kind##_in(op, column, items, count);                                                               \
    }

AR_IN_OVERLOAD(int, const int64_t *)
AR_IN_OVERLOAD(uint, const uint64_t *)
AR_IN_OVERLOAD(real, const double *)
AR_IN_OVERLOAD(text, const char *const *)
AR_IN_OVERLOAD(uuid, const uint8_t *)
#undef AR_IN_OVERLOAD

#define AR_COMPARE(op, column, value) ar_compare_any(op, column, value)
#define AR_MEMBER(op, column, items, count) ar_member_any(op, column, items, count)

template <size_t count_> struct ar_condition_operands : ar_condition {
    ar_condition operands[count_];
    template <class... conditions>
    explicit ar_condition_operands(ar_operator op, const conditions &...each) : ar_condition(), operands{each...}
    {
        *static_cast<ar_condition *>(this) = ar_condition_join(op, operands, count_);
    }
    ar_condition_operands(const ar_condition_operands &) = delete;
};

template <class... conditions> ar_condition_operands<sizeof...(conditions)> ar_and(const conditions &...each)
{
    return ar_condition_operands<sizeof...(conditions)>(AR_OP_AND, each...);
}

template <class... conditions> ar_condition_operands<sizeof...(conditions)> ar_or(const conditions &...each)
{
    return ar_condition_operands<sizeof...(conditions)>(AR_OP_OR, each...);
}

static inline ar_condition_operands<1> ar_not(const ar_condition &condition)
{
    return ar_condition_operands<1>(AR_OP_NOT, condition);
}

template <size_t count_> struct ar_assignment_items : ar_assignment {
    ar_assignment each_item[count_];
    template <class... assignments>
    explicit ar_assignment_items(const assignments &...each) : ar_assignment(), each_item{each...}
    {
        *static_cast<ar_assignment *>(this) = ar_assignment_join(each_item, count_);
    }
    ar_assignment_items(const ar_assignment_items &) = delete;
};

template <class... assignments> ar_assignment_items<sizeof...(assignments)> ar_sets(const assignments &...each)
{
    return ar_assignment_items<sizeof...(assignments)>(each...);
}

#endif

#endif
