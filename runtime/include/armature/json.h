/** @file
 * Conditions on parts of AR_JSON columns.
 *
 * @code
 * // users whose theme is dark, and who have at least three accounts
 * user_where(q, ar_and(ar_eq(ar_json_text(user_column.settings, "theme.color"), "dark"),
 *                      ar_ge(ar_json_number(user_column.settings, "limits.accounts"), 3)));
 * @endcode
 *
 * A path consists of the names of objects, with dots between them, and of indexes of arrays, which count from 0:
 * `theme.color`, `tags[0]`, `servers[2].address`. A name that has dots or brackets is in quotes: `"example.com".port`.
 * Names with quotes or backslashes in them cannot be written. The empty path is the whole value.
 *
 * A comparison is true if the document has a value of this type at the path, and the value compares so. Otherwise it is
 * false: if the column is NULL, nothing is at the path, or what is there has another type, such as null. ar_not of it
 * is then true. Both databases find the same rows: strings are compared byte by byte, numbers as the database compares
 * numbers of any width.
 *
 * AR_MISUSE when the query runs: the path is malformed, or the value is NULL. */
#ifndef ARMATURE_JSON_H
#define ARMATURE_JSON_H

#include <armature/condition.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

/** Return true if the string is JSON that an AR_JSON field can have: one value as in RFC 8259, in UTF-8, with
 * arrays and objects nested at most 512 deep, and without escapes of NUL or of half a surrogate pair. Return false for
 * NULL. */
bool ar_json_valid(const char *text);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif

/** Refer to the string at a path, for ar_eq, ar_lt, ar_in, ar_like and so on. The path is not copied: it
 * must stay valid until the condition is added to a query, like a string that is compared. */
static inline struct ar_json_text_at ar_json_text(struct ar_json_column column, const char *path)
{
    struct ar_json_text_at at;
    at.column = column.column;
    at.path = path;
    return at;
}

/** Refer to the number at a path, for ar_eq, ar_lt and so on with an integer or a double. */
static inline struct ar_json_number_at ar_json_number(struct ar_json_column column, const char *path)
{
    struct ar_json_number_at at;
    at.column = column.column;
    at.path = path;
    return at;
}

/** Refer to the boolean at a path, for ar_eq and ar_ne with a bool. */
static inline struct ar_json_bool_at ar_json_bool(struct ar_json_column column, const char *path)
{
    struct ar_json_bool_at at;
    at.column = column.column;
    at.path = path;
    return at;
}

/** Return the condition that there is a value at the path, of any type, including null. */
static inline struct ar_condition ar_json_exists(struct ar_json_column column, const char *path)
{
    return ar_condition_json(AR_JSON_EXISTS, column.column, path);
}

#endif
