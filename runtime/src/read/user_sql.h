/* User SQL: statements of AR_SQL, and SQL that is only known at run time.
 *
 * The tool has already put numbered placeholders into the text of an AR_SQL, so that it runs as it is. Its columns are
 * matched with the fields by name (driver/by_name.h), and rows are read like those of a query: into the identity map
 * if they are a model's, otherwise into plain structs. */
#ifndef AR_USER_SQL_H
#define AR_USER_SQL_H

#include "driver/statement.h"
#include "session/session.h"

#include <armature/statement.h>

/* A statement that is ready to run. */
struct user_sql {
    const char *name; /* of the AR_SQL, or of the function that runs it */
    const char *sql;
    bool is_constant;
    bool has_dollars; /* placeholders of SQL that is only known at run time */
    bool writes;
    const struct ar_model *row; /* NULL: its rows are not read */
    struct parameter *parameters;
    size_t parameter_count;
    bool is_limited; /* it was found to keep to the session's shard */
};

/* Make a statement of an AR_SQL and its arguments, in an arena. Strings and lists are referenced. Return
 * AR_INVALID if a string does not have the form of its parameter, and AR_MISUSE as ar_user_sql_limit. */
enum ar_status ar_user_sql_make(struct ar_session *s, const struct ar_statement *statement, const void *arguments,
                                struct arena *arena, struct user_sql *out);

/* Make a statement of SQL and values that are given at run time. */
enum ar_status ar_user_sql_make_dynamic(struct ar_session *s, const struct ar_model *row, const char *sql,
                                        const struct ar_value *values, size_t count, struct user_sql *out);

/* Return AR_MISUSE if the session's .scope or .one_shard does not allow an AR_SQL; otherwise bind `:scope`, if it has
 * that, to the parameter after its arguments. */
enum ar_status ar_user_sql_limit(struct ar_session *s, const struct ar_statement *statement, struct user_sql *user);

/* Do the same for SQL that is given at run time: `:scope` becomes the placeholder after those of the values. */
enum ar_status ar_user_sql_limit_dynamic(struct ar_session *s, struct user_sql *user);

/* Return the type of a parameter without a column, by its value. */
enum ar_type ar_user_sql_type(const struct ar_value *value);

/* Copy the strings, blobs and lists that the parameters refer to. Return false if out of memory. */
bool ar_user_sql_own(struct user_sql *user, struct arena *objects, struct arena *text);

/* Return the statement for the link. The caller sets the callbacks. */
struct statement ar_user_sql_statement(const struct user_sql *user);

/* Return AR_MISUSE if the session does not allow the statement. If it writes, expire what it may change. */
enum ar_status ar_user_sql_begin(struct ar_session *s, const struct user_sql *user);

#endif
