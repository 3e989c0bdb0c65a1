/** @file
 * Typed column handles, and the conditions, orders and assignments made from them.
 *
 * The generated `<model>_column` holds one handle per column. A value whose type does not match the column does not
 * compile.
 *
 * @code
 * static struct ar_condition is_recent_draft(time_t since)
 * {
 *     return ar_and(ar_eq(post_column.status, "draft"), ar_ge(post_column.created_at, since));
 * }
 * …
 * post_where(q, is_recent_draft(time(NULL) - 86400));
 * @endcode
 *
 * Conditions and assignments are plain values that contain their operands: a function may build and return one, and
 * nothing has to be freed. Strings, blobs, UUIDs and the arrays of ar_in, ar_all_of and ar_any_of are only referenced:
 * they must stay valid until the condition or assignment is passed to a query, which copies everything.
 *
 * Nothing here fails by itself. A mistake is reported when the query runs, such as AR_MISUSE for a condition or
 * assignment that is too large. */
#ifndef ARMATURE_CONDITION_H
#define ARMATURE_CONDITION_H

#include <armature/annotations.h>
#include <armature/model.h>
#include <armature/value.h>

#ifdef __cplusplus
#include <type_traits>
#endif

/** Maximum number of comparisons, ANDs, ORs and NOTs of a condition. An array of ar_all_of or ar_any_of counts as one,
 * and may have any size. */
#define AR_CONDITION_TERMS 24

/** Maximum number of columns of an assignment. */
#define AR_ASSIGNMENT_COLUMNS 32

/** @cond
 * The contents of conditions, orders and assignments, which only the functions below use. */
enum ar_operator {
    AR_OP_EQ,
    AR_OP_NE,
    AR_OP_LT,
    AR_OP_LE,
    AR_OP_GT,
    AR_OP_GE,
    AR_OP_LIKE,     /* a pattern with %, _ and backslash */
    AR_OP_CONTAINS, /* a literal string, like the next two */
    AR_OP_STARTS_WITH,
    AR_OP_ENDS_WITH,
    AR_OP_IS_NULL,
    AR_OP_IS_NOT_NULL,
    AR_OP_IN,
    AR_OP_NOT_IN,
    AR_OP_HAS_ITEM,  /* an array contains the value */
    AR_OP_COLUMNS,   /* one column compared with another */
    AR_OP_JSON,      /* the operand, of which the column is a part of a JSON column: see armature/json.h */
    AR_OP_HAS,       /* there are related rows that satisfy the operand, if it has one */
    AR_OP_HAS_COUNT, /* the number of such rows, compared */
    AR_OP_AND,       /* of the terms that follow, like the next two */
    AR_OP_OR,
    AR_OP_NOT,
    AR_OP_ALL_OF, /* AND of the conditions in a caller-owned array */
    AR_OP_ANY_OF  /* OR of them */
};

/* The type of the items of an IN. */
enum ar_items {
    AR_ITEMS_INT64,
    AR_ITEMS_UINT64,
    AR_ITEMS_DOUBLE,
    AR_ITEMS_TEXT,
    AR_ITEMS_BYTES,
    AR_ITEMS_TIME,
    AR_ITEMS_TIMESPEC,
    AR_ITEMS_DATE,
    AR_ITEMS_TIME_OF_DAY
};

/* What a condition on a part of a JSON column is about. */
enum ar_json_kind {
    AR_JSON_TEXT,
    AR_JSON_NUMBER,
    AR_JSON_BOOL,
    AR_JSON_EXISTS /* has no operand */
};

/* Which letters are equal in a comparison of strings. */
enum ar_letter_case {
    AR_CASE_DEFAULT, /* as the database's operator compares them */
    AR_CASE_EXACT,   /* only the same ones */
    AR_CASE_IGNORED  /* A to Z and a to z */
};
/** @endcond */

/** A comparison of numbers. */
enum ar_comparison {
    AR_EQ, /**< = */
    AR_NE, /**< <> */
    AR_LT, /**< < */
    AR_LE, /**< <= */
    AR_GT, /**< > */
    AR_GE  /**< >= */
};

/** @cond
 * The related rows of HAS and HAS_COUNT. */
struct ar_related {
    const struct ar_relation *relation;
    int64_t count; /* of HAS_COUNT, like `comparison` */
    enum ar_comparison comparison;
};

/* One comparison, or one AND, OR, NOT or condition on related rows. */
struct ar_term {
    enum ar_operator op;
    union {
        uint32_t operand_count;          /* of AND, OR, NOT, HAS and HAS_COUNT */
        enum ar_items item_type;         /* of IN and NOT IN */
        enum ar_comparison comparison;   /* of COLUMNS */
        enum ar_json_kind json_kind;     /* of JSON */
        enum ar_letter_case letter_case; /* of EQ, LIKE, CONTAINS, STARTS_WITH and ENDS_WITH */
    };
    const struct ar_column *column; /* NULL unless this is a comparison */
    union {
        struct ar_value value;         /* the right side; for an array, `bytes.size` counts items; of JSON: the path */
        const struct ar_column *other; /* of COLUMNS: the right side */
        struct ar_related related;     /* of HAS and HAS_COUNT */
    };
};
/** @endcond */

/** A condition on the rows of one model, as ar_eq, ar_and and so on return it. */
struct ar_condition {
    /** @cond
     * An expression in prefix notation: each AND, OR, NOT and HAS is followed by its operands. The operand of a HAS is
     * a condition on rows of the relation's target. */
    size_t count; /* of terms; 0: empty; above AR_CONDITION_TERMS: too large */
    struct ar_term terms[AR_CONDITION_TERMS];
    /** @endcond */
};

/** @cond
 * What is assigned to a column. */
enum ar_assignment_kind {
    AR_ASSIGN_VALUE, /* the value */
    AR_ASSIGN_NULL,  /* NULL, which the column must allow */
    AR_ASSIGN_ADD,   /* the sum of the column's own value and this one, and so on */
    AR_ASSIGN_SUBTRACT,
    AR_ASSIGN_MULTIPLY
};
/** @endcond */

/** Columns and their new values, as ar_set, ar_add, ar_sets and so on return them. */
struct ar_assignment {
    /** @cond */
    size_t count; /* above AR_ASSIGNMENT_COLUMNS: too large */
    struct {
        const struct ar_column *column;
        enum ar_assignment_kind kind;
        struct ar_value value;
    } columns[AR_ASSIGNMENT_COLUMNS];
    /** @endcond */
};

/** @cond
 * One handle type per kind of value; `column` is never NULL. */
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
struct ar_enum_column { /* of an AR_ENUM_TEXT */
    const struct ar_column *column;
};
struct ar_blob_column {
    const struct ar_column *column;
};
struct ar_json_column { /* of an AR_JSON */
    const struct ar_column *column;
};
struct ar_bytes_column { /* of a uint8_t[N] */
    const struct ar_column *column;
};
struct ar_uuid_column {
    const struct ar_column *column;
};
struct ar_int64s_column {
    const struct ar_column *column;
};
struct ar_texts_column {
    const struct ar_column *column;
};
struct ar_time_column {
    const struct ar_column *column;
};
struct ar_timespec_column {
    const struct ar_column *column;
};
struct ar_date_column {
    const struct ar_column *column;
};
struct ar_time_of_day_column {
    const struct ar_column *column;
};

/* A part of an AR_JSON column, as armature/json.h makes it. */
struct ar_json_text_at {
    const struct ar_column *column;
    const char *path;
};
struct ar_json_number_at {
    const struct ar_column *column;
    const char *path;
};
struct ar_json_bool_at {
    const struct ar_column *column;
    const char *path;
};

/* ---- Implementation: construction of the values ------------------------------------------------------------------ */

/* Unused terms are left uninitialized: clearing them would take longer than everything else. */
static inline struct ar_condition ar_condition_of(enum ar_operator op, const struct ar_column *column,
                                                  struct ar_value value)
{
    struct ar_condition condition;
    condition.count = 1;
    condition.terms[0].op = op;
    condition.terms[0].operand_count = 0;
    condition.terms[0].column = column;
    condition.terms[0].value = value;
    return condition;
}

static inline struct ar_condition ar_condition_in(enum ar_operator op, const struct ar_column *column,
                                                  enum ar_items type, const void *items, size_t count)
{
    struct ar_condition condition = ar_condition_of(op, column, ar_value_bytes(AR_VALUE_BLOB, items, count));
    condition.terms[0].item_type = type;
    return condition;
}

/* Add an operand to an AND, OR, NOT or HAS. An AND inside an AND, or an OR inside an OR, is flattened: its operands are
 * added instead. */
static inline void ar_condition_append(struct ar_condition *condition, const struct ar_condition *operand)
{
    struct ar_term *join = &condition->terms[0];
    size_t left_out = 0, added = 1;

    if (condition->count == 0 || operand->count == 0) {
        condition->count = 0;
        return;
    }
    if (operand->terms[0].op == join->op && (join->op == AR_OP_AND || join->op == AR_OP_OR)) {
        left_out = 1;
        added = operand->terms[0].operand_count;
    }
    if (condition->count > AR_CONDITION_TERMS || operand->count > AR_CONDITION_TERMS ||
        condition->count + operand->count - left_out > AR_CONDITION_TERMS) {
        condition->count = AR_CONDITION_TERMS + 1;
        return;
    }
    memcpy(&condition->terms[condition->count], &operand->terms[left_out],
           (operand->count - left_out) * sizeof operand->terms[0]);
    condition->count += operand->count - left_out;
    join->operand_count += (uint32_t)added;
}

static inline struct ar_condition ar_condition_join(enum ar_operator op, const struct ar_condition *operands,
                                                    size_t count)
{
    struct ar_condition condition = ar_condition_of(op, NULL, ar_value_null());
    for (size_t i = 0; i < count; i++)
        ar_condition_append(&condition, &operands[i]);
    return condition;
}

static inline struct ar_condition ar_condition_list(enum ar_operator op, const struct ar_condition *conditions,
                                                    size_t count)
{
    return ar_condition_of(op, NULL, ar_value_bytes(AR_VALUE_BLOB, conditions, count));
}

/* A condition on a part of a JSON column; its operand is added by ar_condition_append. */
static inline struct ar_condition ar_condition_json(enum ar_json_kind kind, const struct ar_column *column,
                                                    const char *path)
{
    struct ar_condition condition = ar_condition_of(AR_OP_JSON, column, ar_value_text(path));
    condition.terms[0].json_kind = kind;
    return condition;
}

static inline struct ar_condition ar_condition_json_of(enum ar_json_kind kind, const struct ar_column *column,
                                                       const char *path, const struct ar_condition *operand)
{
    struct ar_condition condition = ar_condition_json(kind, column, path);
    condition.count = 2;
    condition.terms[1] = operand->terms[0];
    return condition;
}

static inline struct ar_assignment ar_assignment_by(enum ar_assignment_kind kind, const struct ar_column *column,
                                                    struct ar_value value)
{
    struct ar_assignment assignment;
    assignment.count = 1;
    assignment.columns[0].column = column;
    assignment.columns[0].kind = kind;
    assignment.columns[0].value = value;
    return assignment;
}

static inline struct ar_assignment ar_assignment_of(const struct ar_column *column, struct ar_value value)
{
    return ar_assignment_by(AR_ASSIGN_VALUE, column, value);
}

static inline struct ar_assignment ar_assignment_join(const struct ar_assignment *assignments, size_t count)
{
    struct ar_assignment joined;
    joined.count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct ar_assignment *each = &assignments[i];
        if (joined.count > AR_ASSIGNMENT_COLUMNS || each->count > AR_ASSIGNMENT_COLUMNS - joined.count) {
            joined.count = AR_ASSIGNMENT_COLUMNS + 1;
            break;
        }
        memcpy(&joined.columns[joined.count], each->columns, each->count * sizeof each->columns[0]);
        joined.count += each->count;
    }
    return joined;
}

static inline struct ar_order ar_order_of(const struct ar_column *column, bool descending)
{
    struct ar_order order;
    order.column = column;
    order.descending = descending;
    order.path_count = 0;
    return order;
}

/* For each kind of column and value: a comparison and an assignment. */
#define AR_COLUMN_FUNCTIONS(kind, suffix, type, to_value)                                                              \
    static inline struct ar_condition ar_##kind##_compare##suffix(enum ar_operator op,                                 \
                                                                  struct ar_##kind##_column column, type value)        \
    {                                                                                                                  \
        return ar_condition_of(op, column.column, to_value(value));                                                    \
    }                                                                                                                  \
    static inline struct ar_assignment ar_##kind##_set##suffix(struct ar_##kind##_column column, type value)           \
    {                                                                                                                  \
        return ar_assignment_of(column.column, to_value(value));                                                       \
    }

#define AR_IN_FUNCTION(kind, suffix, type, item_type)                                                                  \
    static inline struct ar_condition ar_##kind##_in##suffix(enum ar_operator op, struct ar_##kind##_column column,    \
                                                             type items, size_t count)                                 \
    {                                                                                                                  \
        return ar_condition_in(op, column.column, item_type, items, count);                                            \
    }

#define AR_VALUE_OF_BLOB(blob) ar_value_bytes(AR_VALUE_BLOB, (blob).data, (blob).size)
#define AR_VALUE_OF_ARRAY(array) ar_value_bytes(AR_VALUE_ARRAY, (array).items, (array).count)
#define AR_VALUE_OF_BYTES(bytes) ar_value_fixed(bytes, column.column->size)

AR_COLUMN_FUNCTIONS(int, , int64_t, ar_value_integer)
AR_COLUMN_FUNCTIONS(uint, , uint64_t, ar_value_unsigned)
AR_COLUMN_FUNCTIONS(bool, , bool, ar_value_integer)
AR_COLUMN_FUNCTIONS(real, , double, ar_value_real)
AR_COLUMN_FUNCTIONS(text, , const char *, ar_value_text)
AR_COLUMN_FUNCTIONS(enum, , int64_t, ar_value_integer)
AR_COLUMN_FUNCTIONS(enum, _name, const char *, ar_value_text)
AR_COLUMN_FUNCTIONS(blob, , struct ar_blob, AR_VALUE_OF_BLOB)
AR_COLUMN_FUNCTIONS(bytes, , const uint8_t *, AR_VALUE_OF_BYTES)
AR_COLUMN_FUNCTIONS(uuid, , const uint8_t *, ar_value_uuid)
AR_COLUMN_FUNCTIONS(int64s, , struct ar_int64s, AR_VALUE_OF_ARRAY)
AR_COLUMN_FUNCTIONS(texts, , struct ar_texts, AR_VALUE_OF_ARRAY)
AR_COLUMN_FUNCTIONS(time, , time_t, ar_value_time)
AR_COLUMN_FUNCTIONS(timespec, , struct timespec, ar_value_timespec)
AR_COLUMN_FUNCTIONS(date, , struct ar_date, ar_value_date)
AR_COLUMN_FUNCTIONS(time_of_day, , struct ar_time_of_day, ar_value_time_of_day)

AR_IN_FUNCTION(int, , const int64_t *, AR_ITEMS_INT64)
AR_IN_FUNCTION(uint, , const uint64_t *, AR_ITEMS_UINT64)
AR_IN_FUNCTION(real, , const double *, AR_ITEMS_DOUBLE)
AR_IN_FUNCTION(text, , const char *const *, AR_ITEMS_TEXT)
AR_IN_FUNCTION(enum, , const int64_t *, AR_ITEMS_INT64)
AR_IN_FUNCTION(enum, _name, const char *const *, AR_ITEMS_TEXT)
AR_IN_FUNCTION(bytes, , const uint8_t *, AR_ITEMS_BYTES)
AR_IN_FUNCTION(uuid, , const uint8_t *, AR_ITEMS_BYTES)
AR_IN_FUNCTION(time, , const time_t *, AR_ITEMS_TIME)
AR_IN_FUNCTION(timespec, , const struct timespec *, AR_ITEMS_TIMESPEC)
AR_IN_FUNCTION(date, , const struct ar_date *, AR_ITEMS_DATE)
AR_IN_FUNCTION(time_of_day, , const struct ar_time_of_day *, AR_ITEMS_TIME_OF_DAY)

#undef AR_COLUMN_FUNCTIONS
#undef AR_IN_FUNCTION

static inline struct ar_condition ar_text_match(enum ar_operator op, enum ar_letter_case letter_case,
                                                const struct ar_column *column, const char *text)
{
    struct ar_condition condition = ar_condition_of(op, column, ar_value_text(text));
    condition.terms[0].letter_case = letter_case;
    return condition;
}

/* What ar_contains tests: a part of a string, or an item of an array. */
static inline struct ar_condition ar_text_contains(struct ar_text_column column, const char *text)
{
    return ar_text_match(AR_OP_CONTAINS, AR_CASE_DEFAULT, column.column, text);
}
static inline struct ar_condition ar_enum_contains(struct ar_enum_column column, const char *text)
{
    return ar_text_match(AR_OP_CONTAINS, AR_CASE_DEFAULT, column.column, text);
}
static inline struct ar_condition ar_texts_contains(struct ar_texts_column column, const char *text)
{
    return ar_condition_of(AR_OP_HAS_ITEM, column.column, ar_value_text(text));
}
static inline struct ar_condition ar_int64s_contains(struct ar_int64s_column column, int64_t item)
{
    return ar_condition_of(AR_OP_HAS_ITEM, column.column, ar_value_integer(item));
}

static inline struct ar_condition ar_text_column_match(enum ar_operator op, enum ar_letter_case letter_case,
                                                       struct ar_text_column column, const char *text)
{
    return ar_text_match(op, letter_case, column.column, text);
}

static inline struct ar_condition ar_enum_column_match(enum ar_operator op, enum ar_letter_case letter_case,
                                                       struct ar_enum_column column, const char *text)
{
    return ar_text_match(op, letter_case, column.column, text);
}

static inline struct ar_condition ar_json_text_match(enum ar_operator op, enum ar_letter_case letter_case,
                                                     struct ar_json_text_at at, const char *text)
{
    struct ar_condition operand = ar_text_match(op, letter_case, at.column, text);
    return ar_condition_json_of(AR_JSON_TEXT, at.column, at.path, &operand);
}

static inline struct ar_condition ar_json_text_contains(struct ar_json_text_at at, const char *text)
{
    return ar_json_text_match(AR_OP_CONTAINS, AR_CASE_DEFAULT, at, text);
}

static inline struct ar_condition ar_json_text_in(enum ar_operator op, struct ar_json_text_at at,
                                                  const char *const *items, size_t count)
{
    struct ar_condition operand = ar_condition_in(op, at.column, AR_ITEMS_TEXT, items, count);
    return ar_condition_json_of(AR_JSON_TEXT, at.column, at.path, &operand);
}

/* Comparisons with a part of a JSON column. */
#define AR_JSON_FUNCTION(name, kind, handle, type, to_value)                                                           \
    static inline struct ar_condition name(enum ar_operator op, struct handle at, type value)                          \
    {                                                                                                                  \
        struct ar_condition operand = ar_condition_of(op, at.column, to_value(value));                                 \
        return ar_condition_json_of(kind, at.column, at.path, &operand);                                               \
    }

AR_JSON_FUNCTION(ar_json_text_compare, AR_JSON_TEXT, ar_json_text_at, const char *, ar_value_text)
AR_JSON_FUNCTION(ar_json_number_compare, AR_JSON_NUMBER, ar_json_number_at, int64_t, ar_value_integer)
AR_JSON_FUNCTION(ar_json_number_compare_unsigned, AR_JSON_NUMBER, ar_json_number_at, uint64_t, ar_value_unsigned)
AR_JSON_FUNCTION(ar_json_number_compare_real, AR_JSON_NUMBER, ar_json_number_at, double, ar_value_real)
AR_JSON_FUNCTION(ar_json_bool_compare, AR_JSON_BOOL, ar_json_bool_at, bool, ar_value_integer)
#undef AR_JSON_FUNCTION

static inline struct ar_assignment ar_json_set(struct ar_json_column column, const char *value)
{
    return ar_assignment_of(column.column, ar_value_text(value));
}

/** @endcond */

/* ---- Public interface -------------------------------------------------------------------------------------------- */

/** @name Comparisons
 * Compare a column with a value.
 *
 * Integer columns of any width take int64_t or uint64_t. Columns of enums take the constants; with AR_ENUM_TEXT also
 * their names as strings, but not NULL. Comparing an AR_NULLABLE number with 0 does not find NULL: use ar_is_null.
 *
 * With a NULL string or blob, ar_eq is IS NULL and ar_ne is IS NOT NULL. The number 0 is not a NULL string and does not
 * compile; in C++, neither does NULL: write nullptr.
 *
 * AR_INVALID when the query runs: the value is NaN, a string that is not UTF-8, a date or time of day that does not
 * exist, or too large for an SQL integer.
 * @{ */
#define ar_eq(column, value) AR_COMPARE(AR_OP_EQ, column, value) /**< column = value */
#define ar_ne(column, value) AR_COMPARE(AR_OP_NE, column, value) /**< column <> value */
#define ar_lt(column, value) AR_COMPARE(AR_OP_LT, column, value) /**< column < value */
#define ar_le(column, value) AR_COMPARE(AR_OP_LE, column, value) /**< column <= value */
#define ar_gt(column, value) AR_COMPARE(AR_OP_GT, column, value) /**< column > value */
#define ar_ge(column, value) AR_COMPARE(AR_OP_GE, column, value) /**< column >= value */
/** @} */

/** @name Parts of strings
 * Match a column of strings or of AR_ENUM_TEXT.
 *
 * Case sensitivity depends on the database: SQLite ignores the case of ASCII letters, PostgreSQL does not. The
 * functions with `_exact` and `_nocase` match the same rows on both.
 *
 * AR_INVALID when the query runs: the string is not UTF-8, or a pattern ends with a backslash that escapes nothing.
 * @{ */
/** LIKE, with % for any characters, _ for one, and a backslash that escapes the next one. */
#define ar_like(column, pattern) AR_MATCH(AR_OP_LIKE, AR_CASE_DEFAULT, column, pattern)
/** Match strings that contain `value`, literally; of a struct ar_texts or ar_int64s, the arrays that have it as an
 * item.
 */
#define ar_contains(column, value) AR_CONTAINS(column, value)
/** Match strings that start with `text`, literally. */
#define ar_starts_with(column, text) AR_MATCH(AR_OP_STARTS_WITH, AR_CASE_DEFAULT, column, text)
/** Match strings that end with `text`, literally. */
#define ar_ends_with(column, text) AR_MATCH(AR_OP_ENDS_WITH, AR_CASE_DEFAULT, column, text)
/** @} */

/** @name Parts of strings, case-sensitive
 * As above, but a letter matches only itself, on every database.
 * @{ */
#define ar_like_exact(column, pattern) AR_MATCH(AR_OP_LIKE, AR_CASE_EXACT, column, pattern)         /**< as ar_like */
#define ar_contains_exact(column, text) AR_MATCH(AR_OP_CONTAINS, AR_CASE_EXACT, column, text)       /**< ar_contains */
#define ar_starts_with_exact(column, text) AR_MATCH(AR_OP_STARTS_WITH, AR_CASE_EXACT, column, text) /**< … */
#define ar_ends_with_exact(column, text) AR_MATCH(AR_OP_ENDS_WITH, AR_CASE_EXACT, column, text)     /**< … */
/** @} */

/** @name Strings without regard to case
 * Match a column of strings or of AR_ENUM_TEXT; the letters A to Z equal a to z, on every database.
 *
 * Other letters equal only themselves: their folding depends on locale and version of a database, so that rows and
 * indexes would differ. For these, fold the string in the program and store it in a column of its own.
 *
 * Indexes: on SQLite, `(column COLLATE NOCASE)` serves ar_eq_nocase and ar_starts_with_nocase; on PostgreSQL,
 * `(lower(column COLLATE "C"))` does.
 * @{ */
/** column = text; IS NULL if `text` is NULL. */
#define ar_eq_nocase(column, text) AR_MATCH(AR_OP_EQ, AR_CASE_IGNORED, column, text)
#define ar_like_nocase(column, pattern) AR_MATCH(AR_OP_LIKE, AR_CASE_IGNORED, column, pattern)   /**< as ar_like */
#define ar_contains_nocase(column, text) AR_MATCH(AR_OP_CONTAINS, AR_CASE_IGNORED, column, text) /**< ar_contains */
#define ar_starts_with_nocase(column, text) AR_MATCH(AR_OP_STARTS_WITH, AR_CASE_IGNORED, column, text) /**< … */
#define ar_ends_with_nocase(column, text) AR_MATCH(AR_OP_ENDS_WITH, AR_CASE_IGNORED, column, text)     /**< … */
/** @} */

/** column IS NULL, for a column of any kind. */
#define ar_is_null(handle) ar_condition_of(AR_OP_IS_NULL, (handle).column, ar_value_null())
/** column IS NOT NULL, for a column of any kind. */
#define ar_is_not_null(handle) ar_condition_of(AR_OP_IS_NOT_NULL, (handle).column, ar_value_null())

/** @name Sort keys
 * NULL sorts as the smallest value on every database. On PostgreSQL, an index on a nullable column can serve this order
 * only if it was created with CREATE INDEX … (column NULLS FIRST).
 * @{ */
#define ar_asc(handle) ar_order_of((handle).column, false) /**< ascending, NULL first */
#define ar_desc(handle) ar_order_of((handle).column, true) /**< descending, NULL last */
/** @} */

/** @name Lists of values
 * Test whether a column is in an array.
 *
 * The array holds `count` items of the column's type: `const int64_t *` for signed integers and enums,
 * `const uint64_t *` for unsigned integers, `const double *`, `const char *const *` for strings and names of enums,
 * `const uint8_t *` for UUIDs and arrays of bytes, one after the other, `const time_t *`, `const struct timespec *`,
 * `const struct ar_date *` or `const struct ar_time_of_day *`.
 *
 * AR_INVALID when the query runs: an item is NaN, a string that is not UTF-8, or too large for an SQL integer.
 * @{ */
/** Match the items; an empty array matches no row. */
#define ar_in(column, items, count) AR_MEMBER(AR_OP_IN, column, items, count)
/** Match everything but the items; an empty array matches every row. */
#define ar_not_in(column, items, count) AR_MEMBER(AR_OP_NOT_IN, column, items, count)
/** @} */

/** AND of an array of `count` conditions (`const struct ar_condition *`); true if it is empty. */
#define ar_all_of(conditions, count) ar_condition_list(AR_OP_ALL_OF, conditions, count)
/** OR of an array of `count` conditions (`const struct ar_condition *`); false if it is empty. */
#define ar_any_of(conditions, count) ar_condition_list(AR_OP_ANY_OF, conditions, count)

#ifndef __cplusplus

/** @cond
 * A constant 0 would convert to a null pointer, so values that are not declared as pointers select these functions.
 * They are not defined: they exist for the compiler's error message, which shows their names and parameters. */
struct ar_takes_a_text {
    char unused;
};
struct ar_takes_bytes {
    char unused;
};
struct ar_takes_16_bytes {
    char unused;
};
struct ar_condition ar_text_compare_takes_a_text(enum ar_operator op, struct ar_text_column column,
                                                 struct ar_takes_a_text value);
struct ar_assignment ar_text_set_takes_a_text(struct ar_text_column column, struct ar_takes_a_text value);
struct ar_condition ar_bytes_compare_takes_bytes(enum ar_operator op, struct ar_bytes_column column,
                                                 struct ar_takes_bytes value);
struct ar_assignment ar_bytes_set_takes_bytes(struct ar_bytes_column column, struct ar_takes_bytes value);
struct ar_condition ar_uuid_compare_takes_16_bytes(enum ar_operator op, struct ar_uuid_column column,
                                                   struct ar_takes_16_bytes value);
struct ar_assignment ar_uuid_set_takes_16_bytes(struct ar_uuid_column column, struct ar_takes_16_bytes value);

struct ar_takes_a_path {
    char unused;
};
struct ar_condition ar_json_compare(enum ar_operator op, struct ar_takes_a_path column, ...);
struct ar_assignment ar_json_text_set(struct ar_takes_a_path column, ...);
struct ar_assignment ar_json_number_set(struct ar_takes_a_path column, ...);
struct ar_assignment ar_json_number_set_unsigned(struct ar_takes_a_path column, ...);
struct ar_assignment ar_json_number_set_real(struct ar_takes_a_path column, ...);
struct ar_assignment ar_json_bool_set(struct ar_takes_a_path column, ...);

#define AR_IF_TEXT(value, text, other)                                                                                 \
    _Generic((value), char * : (text), const char * : (text), void * : (text), default : (other))
#define AR_IF_BYTES(value, bytes, other)                                                                               \
    _Generic((value), uint8_t * : (bytes), const uint8_t * : (bytes), void * : (bytes), default : (other))
#define AR_IF_NUMBER(value, integer, large, real)                                                                      \
    _Generic((value), float                                                                                            \
             : (real), double                                                                                          \
             : (real), unsigned long                                                                                   \
             : (large), unsigned long long                                                                             \
             : (large), default                                                                                        \
             : (integer))
#define AR_IF_NAME(value, name, other) _Generic((value), char * : (name), const char * : (name), default : (other))

struct ar_condition ar_text_contains_takes_a_text(struct ar_text_column column, struct ar_takes_a_text value);
struct ar_condition ar_enum_contains_takes_a_text(struct ar_enum_column column, struct ar_takes_a_text value);
struct ar_condition ar_texts_contains_takes_a_text(struct ar_texts_column column, struct ar_takes_a_text value);

#define AR_CONTAINS(column, value)                                                                                     \
    _Generic((column), struct ar_text_column                                                                           \
             : AR_IF_TEXT(value, ar_text_contains, ar_text_contains_takes_a_text), struct ar_enum_column               \
             : AR_IF_TEXT(value, ar_enum_contains, ar_enum_contains_takes_a_text), struct ar_texts_column              \
             : AR_IF_TEXT(value, ar_texts_contains, ar_texts_contains_takes_a_text), struct ar_int64s_column           \
             : ar_int64s_contains, struct ar_json_text_at                                                              \
             : AR_IF_TEXT(value, ar_json_text_contains, ar_text_contains_takes_a_text))(column, value)

#define AR_CHOOSE(column, function, value)                                                                             \
    _Generic((column), struct ar_int_column                                                                            \
             : ar_int_##function, struct ar_uint_column                                                                \
             : ar_uint_##function, struct ar_bool_column                                                               \
             : ar_bool_##function, struct ar_real_column                                                               \
             : ar_real_##function, struct ar_text_column                                                               \
             : AR_IF_TEXT(value, ar_text_##function, ar_text_##function##_takes_a_text), struct ar_enum_column         \
             : AR_IF_NAME(value, ar_enum_##function##_name, ar_enum_##function), struct ar_blob_column                 \
             : ar_blob_##function, struct ar_bytes_column                                                              \
             : AR_IF_BYTES(value, ar_bytes_##function, ar_bytes_##function##_takes_bytes), struct ar_uuid_column       \
             : AR_IF_BYTES(value, ar_uuid_##function, ar_uuid_##function##_takes_16_bytes), struct ar_int64s_column    \
             : ar_int64s_##function, struct ar_texts_column                                                            \
             : ar_texts_##function, struct ar_time_column                                                              \
             : ar_time_##function, struct ar_timespec_column                                                           \
             : ar_timespec_##function, struct ar_date_column                                                           \
             : ar_date_##function, struct ar_time_of_day_column                                                        \
             : ar_time_of_day_##function, struct ar_json_column                                                        \
             : ar_json_##function, struct ar_json_text_at                                                              \
             : AR_IF_TEXT(value, ar_json_text_##function, ar_text_##function##_takes_a_text), struct ar_json_number_at \
             : AR_IF_NUMBER(value, ar_json_number_##function, ar_json_number_##function##_unsigned,                    \
                            ar_json_number_##function##_real),                                                         \
               struct ar_json_bool_at                                                                                  \
             : ar_json_bool_##function)

#define AR_COMPARE(op, column, value) AR_CHOOSE(column, compare, value)(op, column, value)
#define AR_MEMBER(op, column, items, count)                                                                            \
    _Generic((column), struct ar_int_column                                                                            \
             : ar_int_in, struct ar_uint_column                                                                        \
             : ar_uint_in, struct ar_real_column                                                                       \
             : ar_real_in, struct ar_text_column                                                                       \
             : ar_text_in, struct ar_enum_column                                                                       \
             : _Generic((items), int64_t *                                                                             \
                        : ar_enum_in, const int64_t *                                                                  \
                        : ar_enum_in, default                                                                          \
                        : ar_enum_in_name), struct ar_bytes_column                                                     \
             : ar_bytes_in, struct ar_uuid_column                                                                      \
             : ar_uuid_in, struct ar_time_column                                                                       \
             : ar_time_in, struct ar_timespec_column                                                                   \
             : ar_timespec_in, struct ar_date_column                                                                   \
             : ar_date_in, struct ar_time_of_day_column                                                                \
             : ar_time_of_day_in, struct ar_json_text_at                                                               \
             : ar_json_text_in)(op, column, items, count)
#define AR_MATCH(op, letter_case, handle, text)                                                                        \
    _Generic((handle), struct ar_text_column                                                                           \
             : ar_text_column_match, struct ar_enum_column                                                             \
             : ar_enum_column_match, struct ar_json_text_at                                                            \
             : ar_json_text_match)(op, letter_case, handle,                                                            \
                                   _Generic((text), char * : (text), const char * : (text), void * : (text)))

/** @endcond */

/** low <= column <= high; as two comparisons. */
#define ar_between(column, low, high) ar_and(ar_ge(column, low), ar_le(column, high))

/** Set a column to a value, for `<model>_update_all`. Values are those of the comparisons. */
#define ar_set(column, value) AR_CHOOSE(column, set, value)(column, value)

/** Set several columns: `ar_sets(ar_set(…), ar_set(…))`. */
#define ar_sets(...)                                                                                                   \
    ar_assignment_join((const struct ar_assignment[]){__VA_ARGS__},                                                    \
                       sizeof((const struct ar_assignment[]){__VA_ARGS__}) / sizeof(struct ar_assignment))

/** AND of one or more conditions. */
#define ar_and(...) AR_JOIN(AR_OP_AND, __VA_ARGS__)
/** OR of one or more conditions. */
#define ar_or(...) AR_JOIN(AR_OP_OR, __VA_ARGS__)
/** NOT of one condition. */
#define ar_not(condition) AR_JOIN(AR_OP_NOT, condition)

/** @cond */
#define AR_JOIN(op, ...)                                                                                               \
    ar_condition_join(op, (const struct ar_condition[]){__VA_ARGS__},                                                  \
                      sizeof((const struct ar_condition[]){__VA_ARGS__}) / sizeof(struct ar_condition))

/* The column of a handle: of numbers, for sums and averages; of values with an order, for minimum and maximum. */
#define ar_number_column(handle)                                                                                       \
    _Generic((handle), struct ar_int_column                                                                            \
             : (handle).column, struct ar_uint_column                                                                  \
             : (handle).column, struct ar_real_column                                                                  \
             : (handle).column)
#define ar_ordered_column(handle)                                                                                      \
    _Generic((handle), struct ar_int_column                                                                            \
             : (handle).column, struct ar_uint_column                                                                  \
             : (handle).column, struct ar_real_column                                                                  \
             : (handle).column, struct ar_text_column                                                                  \
             : (handle).column, struct ar_enum_column                                                                  \
             : (handle).column, struct ar_time_column                                                                  \
             : (handle).column, struct ar_timespec_column                                                              \
             : (handle).column, struct ar_date_column                                                                  \
             : (handle).column, struct ar_time_of_day_column                                                           \
             : (handle).column)
/** @endcond */

#else /* C++ has no _Generic and no compound literals: overloads and templates */

#define AR_COLUMN_OVERLOADS(kind, suffix, type)                                                                        \
    static inline ar_condition ar_compare_any(ar_operator op, ar_##kind##_column column, type value)                   \
    {                                                                                                                  \
        return ar_##kind##_compare##suffix(op, column, value);                                                         \
    }                                                                                                                  \
    static inline ar_assignment ar_set(ar_##kind##_column column, type value)                                          \
    {                                                                                                                  \
        return ar_##kind##_set##suffix(column, value);                                                                 \
    }

AR_COLUMN_OVERLOADS(int, , int64_t)
AR_COLUMN_OVERLOADS(uint, , uint64_t)
AR_COLUMN_OVERLOADS(bool, , bool)
AR_COLUMN_OVERLOADS(real, , double)
AR_COLUMN_OVERLOADS(text, , const char *)
AR_COLUMN_OVERLOADS(enum, _name, const char *)
AR_COLUMN_OVERLOADS(blob, , ar_blob)
AR_COLUMN_OVERLOADS(bytes, , const uint8_t *)
AR_COLUMN_OVERLOADS(uuid, , const uint8_t *)
AR_COLUMN_OVERLOADS(int64s, , ar_int64s)
AR_COLUMN_OVERLOADS(texts, , ar_texts)
AR_COLUMN_OVERLOADS(time, , time_t)
AR_COLUMN_OVERLOADS(timespec, , timespec)
AR_COLUMN_OVERLOADS(date, , ar_date)
AR_COLUMN_OVERLOADS(time_of_day, , ar_time_of_day)
#undef AR_COLUMN_OVERLOADS

static inline ar_assignment ar_set(ar_json_column column, const char *value)
{
    return ar_json_set(column, value);
}
static inline ar_condition ar_compare_any(ar_operator op, ar_json_text_at at, const char *value)
{
    return ar_json_text_compare(op, at, value);
}
static inline ar_condition ar_compare_any(ar_operator op, ar_json_bool_at at, bool value)
{
    return ar_json_bool_compare(op, at, value);
}
template <class number> ar_condition ar_compare_any(ar_operator op, ar_json_number_at at, number value)
{
    static_assert(std::is_arithmetic<number>::value, "a number at a path is compared with a number");
    if (std::is_floating_point<number>::value)
        return ar_json_number_compare_real(op, at, static_cast<double>(value));
    if (std::is_unsigned<number>::value)
        return ar_json_number_compare_unsigned(op, at, static_cast<uint64_t>(value));
    return ar_json_number_compare(op, at, static_cast<int64_t>(value));
}

/* Do not let the constant 0 convert to a null pointer. */
template <class number>
using ar_if_number = typename std::enable_if<std::is_integral<number>::value || std::is_enum<number>::value, int>::type;

template <class number, ar_if_number<number> = 0>
ar_condition ar_compare_any(ar_operator op, ar_text_column column, number value) = delete;
template <class number, ar_if_number<number> = 0> ar_assignment ar_set(ar_text_column column, number value) = delete;
template <class number, ar_if_number<number> = 0>
ar_condition ar_compare_any(ar_operator op, ar_bytes_column column, number value) = delete;
template <class number, ar_if_number<number> = 0> ar_assignment ar_set(ar_bytes_column column, number value) = delete;
template <class number, ar_if_number<number> = 0>
ar_condition ar_compare_any(ar_operator op, ar_uuid_column column, number value) = delete;
template <class number, ar_if_number<number> = 0> ar_assignment ar_set(ar_uuid_column column, number value) = delete;

template <class number, ar_if_number<number> = 0>
ar_condition ar_compare_any(ar_operator op, ar_enum_column column, number value)
{
    return ar_enum_compare(op, column, static_cast<int64_t>(value));
}
template <class number, ar_if_number<number> = 0> ar_assignment ar_set(ar_enum_column column, number value)
{
    return ar_enum_set(column, static_cast<int64_t>(value));
}

#define AR_IN_OVERLOAD(kind, suffix, type)                                                                             \
    static inline ar_condition ar_member_any(ar_operator op, ar_##kind##_column column, type items, size_t count)      \
    {                                                                                                                  \
        return ar_##kind##_in##suffix(op, column, items, count);                                                       \
    }

AR_IN_OVERLOAD(int, , const int64_t *)
AR_IN_OVERLOAD(uint, , const uint64_t *)
AR_IN_OVERLOAD(real, , const double *)
AR_IN_OVERLOAD(text, , const char *const *)
AR_IN_OVERLOAD(enum, , const int64_t *)
AR_IN_OVERLOAD(enum, _name, const char *const *)
AR_IN_OVERLOAD(bytes, , const uint8_t *)
AR_IN_OVERLOAD(uuid, , const uint8_t *)
AR_IN_OVERLOAD(time, , const time_t *)
AR_IN_OVERLOAD(timespec, , const timespec *)
AR_IN_OVERLOAD(date, , const ar_date *)
AR_IN_OVERLOAD(time_of_day, , const ar_time_of_day *)
#undef AR_IN_OVERLOAD
static inline ar_condition ar_member_any(ar_operator op, ar_json_text_at at, const char *const *items, size_t count)
{
    return ar_json_text_in(op, at, items, count);
}

static inline ar_condition ar_match_any(ar_operator op, ar_letter_case letter_case, ar_text_column column,
                                        const char *text)
{
    return ar_text_match(op, letter_case, column.column, text);
}
static inline ar_condition ar_match_any(ar_operator op, ar_letter_case letter_case, ar_enum_column column,
                                        const char *text)
{
    return ar_text_match(op, letter_case, column.column, text);
}
static inline ar_condition ar_match_any(ar_operator op, ar_letter_case letter_case, ar_json_text_at at,
                                        const char *text)
{
    return ar_json_text_match(op, letter_case, at, text);
}
template <class handle, class number, ar_if_number<number> = 0>
ar_condition ar_match_any(ar_operator op, ar_letter_case letter_case, handle column, number value) = delete;

/* Do the same for ar_contains. */
#define AR_CONTAINS_OVERLOAD(kind, type)                                                                               \
    static inline ar_condition ar_contains_any(ar_##kind##_column column, type value)                                  \
    {                                                                                                                  \
        return ar_##kind##_contains(column, value);                                                                    \
    }

AR_CONTAINS_OVERLOAD(text, const char *)
AR_CONTAINS_OVERLOAD(enum, const char *)
AR_CONTAINS_OVERLOAD(texts, const char *)
AR_CONTAINS_OVERLOAD(int64s, int64_t)
#undef AR_CONTAINS_OVERLOAD
static inline ar_condition ar_contains_any(ar_json_text_at at, const char *value)
{
    return ar_json_text_contains(at, value);
}
template <class number, ar_if_number<number> = 0>
ar_condition ar_contains_any(ar_text_column column, number value) = delete;
template <class number, ar_if_number<number> = 0>
ar_condition ar_contains_any(ar_enum_column column, number value) = delete;
template <class number, ar_if_number<number> = 0>
ar_condition ar_contains_any(ar_texts_column column, number value) = delete;

#define AR_CONTAINS(column, value) ar_contains_any(column, value)
#define AR_COMPARE(op, column, value) ar_compare_any(op, column, value)
#define AR_MEMBER(op, column, items, count) ar_member_any(op, column, items, count)
#define AR_MATCH(op, letter_case, column, text) ar_match_any(op, letter_case, column, text)

template <class... conditions> ar_condition ar_and(const conditions &...each)
{
    const ar_condition operands[] = {each...};
    return ar_condition_join(AR_OP_AND, operands, sizeof...(conditions));
}

template <class... conditions> ar_condition ar_or(const conditions &...each)
{
    const ar_condition operands[] = {each...};
    return ar_condition_join(AR_OP_OR, operands, sizeof...(conditions));
}

static inline ar_condition ar_not(const ar_condition &condition)
{
    return ar_condition_join(AR_OP_NOT, &condition, 1);
}

template <class handle, class lower, class upper>
ar_condition ar_between(handle column, const lower &low, const upper &high)
{
    return ar_and(ar_ge(column, low), ar_le(column, high));
}

template <class... assignments> ar_assignment ar_sets(const assignments &...each)
{
    const ar_assignment list[] = {each...};
    return ar_assignment_join(list, sizeof...(assignments));
}

#define AR_HANDLE_OVERLOAD(function, kind)                                                                             \
    static inline const ar_column *function(ar_##kind##_column handle)                                                 \
    {                                                                                                                  \
        return handle.column;                                                                                          \
    }

AR_HANDLE_OVERLOAD(ar_number_column, int)
AR_HANDLE_OVERLOAD(ar_number_column, uint)
AR_HANDLE_OVERLOAD(ar_number_column, real)
AR_HANDLE_OVERLOAD(ar_ordered_column, int)
AR_HANDLE_OVERLOAD(ar_ordered_column, uint)
AR_HANDLE_OVERLOAD(ar_ordered_column, real)
AR_HANDLE_OVERLOAD(ar_ordered_column, text)
AR_HANDLE_OVERLOAD(ar_ordered_column, enum)
AR_HANDLE_OVERLOAD(ar_ordered_column, time)
AR_HANDLE_OVERLOAD(ar_ordered_column, timespec)
AR_HANDLE_OVERLOAD(ar_ordered_column, date)
AR_HANDLE_OVERLOAD(ar_ordered_column, time_of_day)
#undef AR_HANDLE_OVERLOAD

#endif

#include <armature/json.h>

#endif
