/** @file
 * User SQL: statements of AR_SQL, which the tool checks, and SQL that is only known at run time.
 *
 * Programs call the typed function that is generated for each AR_SQL, which passes its descriptor and its arguments to
 * an ar_statement function, and, for SQL that is only known at run time, ar_sql_all and ar_execute_with. */
#ifndef ARMATURE_STATEMENT_H
#define ARMATURE_STATEMENT_H

#include <armature/model.h>
#include <armature/query.h>
#include <armature/value.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

/** A parameter of an AR_SQL: a member of its struct of arguments. */
struct ar_parameter {
    struct ar_column column; /**< its type, and its offset in the struct; of a list, the type of an element */
    bool is_list;            /**< the member is a struct with a pointer to the elements, and their number */
};

/** A statement of AR_SQL. */
struct ar_statement {
    const char *name;                      /**< of its function */
    const struct ar_model *row;            /**< the AR_ROW or model that it is declared on */
    struct ar_sql sql;                     /**< with numbered placeholders */
    const struct ar_parameter *parameters; /**< `parameter_count` parameters, in the order of their placeholders */
    uint16_t parameter_count;              /**< of `parameters` */
    bool returns_rows;                     /**< otherwise it only changes rows */
    bool writes;                           /**< it may change rows */
    /** The parameter `:scope`, whose placeholder is the last one: the session's .scope. NULL: the SQL has none. */
    const struct ar_column *scope;
    bool all_shards; /**< `.all_shards`: it reads or changes rows of sharded models without `:scope` */
};

/** Run a statement and return its rows: records of the session's identity map if it is declared on a model, otherwise
 * plain structs.
 *
 * Columns are matched with the fields by name, and may be in any order. If the statement writes, all cached relations
 * are dropped, and records are refreshed when they are next read.
 *
 * @param s          session
 * @param statement  descriptor, generated
 * @param arguments  struct of arguments, generated; NULL without parameters. Strings and lists are only read.
 * @param out        receives the rows, which belong to the session; empty on failure
 * @retval AR_INVALID  a column is missing, or a value does not fit its field
 * @retval AR_MISUSE   the statement writes, and the session is read-only or has .replica; it has `:scope`, and the
 *                     session no .scope; it has `.all_shards`, and the session .scope or .one_shard; or a row of a
 *                     model belongs to another tenant than that of .scope
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_statement_all(struct ar_session *s, const struct ar_statement *statement,
                                              const void *arguments, struct ar_list *out);

/** Run a statement and return its only row.
 *
 * @param s          session
 * @param statement  descriptor, generated
 * @param arguments  as for ar_statement_all
 * @param out        receives the row, which belongs to the session; NULL on failure
 * @retval AR_NOT_FOUND  there is no row
 * @retval AR_MISUSE     there are several
 * @return  otherwise as ar_statement_all */
AR_MUST_CHECK enum ar_status ar_statement_one(struct ar_session *s, const struct ar_statement *statement,
                                              const void *arguments, void **out);

/** Run a statement that returns no rows.
 *
 * @param s          session
 * @param statement  descriptor, generated
 * @param arguments  as for ar_statement_all
 * @param changed    receives the number of rows that were inserted, updated or deleted; may be NULL
 * @retval AR_CONSTRAINT  a constraint of the database is violated
 * @return  otherwise as ar_statement_all */
AR_MUST_CHECK enum ar_status ar_statement_run(struct ar_session *s, const struct ar_statement *statement,
                                              const void *arguments, int64_t *changed);

/** Return a query whose rows are those of a statement on a model, to load their relations eagerly.
 *
 * Arguments are copied. The query takes relations to load, ar_query_strict, and the calls that run it: all, first and
 * one. Conditions, orders, limits, counts and writes are AR_MISUSE: they belong in the statement.
 *
 * @param s          session
 * @param statement  descriptor, generated
 * @param arguments  as for ar_statement_all
 * @return  never NULL; it belongs to the session. If out of memory, running it fails. */
struct ar_query *ar_statement_query(struct ar_session *s, const struct ar_statement *statement, const void *arguments);

/** Describe how a statement would run, as ar_explain does for queries: its SQL, its arguments, and the database's plan.
 *
 * @param s          session
 * @param statement  descriptor, generated
 * @param arguments  as for ar_statement_all
 * @param out        receives a string that belongs to the session; NULL on failure
 * @return  as ar_statement_all */
AR_MUST_CHECK enum ar_status ar_statement_explain(struct ar_session *s, const struct ar_statement *statement,
                                                  const void *arguments, const char **out);

/** Run SQL that is only known at run time, and return its rows.
 *
 * @code
 * const struct ar_value values[] = {ar_value_text(word), ar_value_integer(10)};
 * struct ar_list list;
 * enum ar_status status =
 *     ar_sql_all(s, &commenter_row, "SELECT … WHERE username = $1 LIMIT $2", values, 2, &list);
 * for (size_t i = 0; i < list.count && status == AR_OK; i++)
 *     puts(((const struct commenter *)list.items[i])->username);
 * @endcode
 *
 * @param s       session
 * @param row     descriptor of an AR_ROW (`&commenter_row`) or of a model (`&post_model`), whose columns the statement
 *                must return
 * @param sql     trusted: one statement, in which `$1`, `$2`, … are its values, on both databases. In a session with
 *                .scope, it must have `:scope`, which is the tenant: compare the shard key of every table with it.
 * @param values  `count` values, bound in this order. On SQLite, a time is in whole seconds, or in nanoseconds if it
 * has a fraction. On PostgreSQL, integers are bigint (`CAST($1 AS integer)` for a function that takes no bigint), and
 * the statement decides the type of strings, blobs and NULL, as it does for a quoted literal: 16 bytes are a uuid or a
 * bytea.
 * @param count   number of values
 * @param out     receives the rows, which belong to the session; empty on failure
 * @retval AR_INVALID  a column is missing, or a value does not fit its field
 * @retval AR_MISUSE   the number of values differs from that of the placeholders; or the statement begins or ends a
 *                     transaction, or writes although the session is read-only or has .replica; the session has
 *                     .scope and the SQL no `:scope`, or .one_shard without .scope
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_sql_all(struct ar_session *s, const struct ar_model *row, const char *sql,
                                        const struct ar_value *values, size_t count, struct ar_list *out);

/** Run one statement of user SQL with values, and discard its rows. For several statements, see ar_execute.
 *
 * @param s        session
 * @param sql      trusted: one statement, in which `$1`, `$2`, … are its values, on both databases, and `:scope` as for
 *                 ar_sql_all
 * @param values   as for ar_sql_all
 * @param count    number of values
 * @param changed  receives the number of rows that were inserted, updated or deleted; may be NULL
 * @retval AR_CONSTRAINT  a constraint of the database is violated
 * @return  otherwise as ar_execute and ar_sql_all */
AR_MUST_CHECK enum ar_status ar_execute_with(struct ar_session *s, const char *sql, const struct ar_value *values,
                                             size_t count, int64_t *changed);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
