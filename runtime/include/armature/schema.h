/** @file
 * The tables of models: creating them, and checking that those of a database are the ones that the program expects.
 *
 * The check finds differences that would otherwise appear at the first row, or at the first insert: a missing table or
 * column, a column of another type, NULL that a field cannot hold. It is made by ar_check_tables, or when the database
 * is opened (ar_db_options.schema). The generated header has a list of all its models: `blog_models`, with
 * `blog_model_count` items, for blog.h. */
#ifndef ARMATURE_SCHEMA_H
#define ARMATURE_SCHEMA_H

#include <armature/model.h>
#include <armature/status.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

struct ar_session;

/** Create the tables and indexes of the models that do not exist yet, in one transaction. The order of the models does
 * not matter.
 *
 * On a PostgreSQL server with the extension Citus, tables of models with an AR_SHARD_KEY are distributed by it, and
 * those with AR_REFERENCE_TABLE are copied to all servers, unless they are already. All sharded tables are colocated
 * with that of the first sharded model of the headers, which is created before the others, or in the same call.
 *
 * A table that exists is not changed. If it lacks a column of its model, the call fails and creates nothing; other
 * differences are those of ar_check_tables.
 *
 * @code
 * status = ar_create_tables(s, &user_model, &post_model);
 * @endcode
 *
 * @param s    session
 * @param ...  one or more models (const struct ar_model *)
 * @return  as ar_create_table_list */
#ifdef __cplusplus
#define ar_create_tables(s, ...) ar_create_tables_of(s, __VA_ARGS__)
#else
#define ar_create_tables(s, ...)                                                                                       \
    ar_create_table_list(s, (const struct ar_model *const[]){__VA_ARGS__},                                             \
                         sizeof((const struct ar_model *const[]){__VA_ARGS__}) / sizeof(const struct ar_model *))
#endif

/** Like ar_create_tables, with an array of models: `ar_create_table_list(s, blog_models, blog_model_count)`.
 *
 * @param s       session
 * @param models  array of `count` models
 * @param count   number of models
 * @retval AR_CONFLICT  a table exists, but lacks a column of its model
 * @retval AR_DATABASE  the database refused a statement, or the name of a table or unique index belongs to another kind
 *                      of relation
 * @retval AR_MISUSE    the session has .replica
 * @return  otherwise as ar_begin and ar_commit */
AR_MUST_CHECK enum ar_status ar_create_table_list(struct ar_session *s, const struct ar_model *const *models,
                                                  size_t count);

/** Check that the database has the tables of the models, in one round trip. Nothing is changed, and no rows are read.
 *
 * These are differences, for a table or view:
 *   - it does not exist, or lacks a column
 *   - a column has a type whose values the field cannot read, or that does not accept the field's values; an enum type
 *     lacks a label
 *   - NULL is allowed in the database, but not in the model, or the other way round
 *   - a column is computed by the database, but is not AR_GENERATED, or the other way round; the database does not make
 *     the key of new rows, or makes it always
 *   - a column that the model does not have is NOT NULL and has no default, so that no row could be inserted
 *   - the columns of the primary key, of an AR_UNIQUE or an AR_UNIQUE_KEY are not unique
 *
 * Of a view, only the columns and their types are compared; of a model that only reads, nothing about writes. These are
 * no differences: equivalent types, other columns and labels, their order, and missing foreign keys, checks and other
 * indexes. Join tables of AR_MANY_TO_MANY are checked with the models that declare them.
 *
 * @code
 * status = ar_check_tables(s, &user_model, &post_model);
 * if (status == AR_CONFLICT)
 *     fprintf(stderr, "%s\n", ar_session_error(s)->message); // posts.status: the column is missing (and 3 more …)
 * @endcode
 *
 * @param s    session
 * @param ...  one or more models (const struct ar_model *)
 * @return  as ar_check_table_list */
#ifdef __cplusplus
#define ar_check_tables(s, ...) ar_check_tables_of(s, __VA_ARGS__)
#else
#define ar_check_tables(s, ...)                                                                                        \
    ar_check_table_list(s, (const struct ar_model *const[]){__VA_ARGS__},                                              \
                        sizeof((const struct ar_model *const[]){__VA_ARGS__}) / sizeof(const struct ar_model *))
#endif

/** Like ar_check_tables, with an array of models: `ar_check_table_list(s, blog_models, blog_model_count)`.
 *
 * @param s       session
 * @param models  array of `count` models
 * @param count   number of models
 * @retval AR_CONFLICT  the database differs; the message names the first difference and the number of others, and the
 *                      error has its model and, if the model has the column, the field
 * @retval AR_DATABASE  the database refused the query; on SQLite, a view refers to something that does not exist
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_check_table_list(struct ar_session *s, const struct ar_model *const *models,
                                                 size_t count);

#pragma GCC visibility pop
#ifdef __cplusplus
}

template <class... models> enum ar_status ar_create_tables_of(struct ar_session *s, const models *...each)
{
    const struct ar_model *const list[] = {each...};
    return ar_create_table_list(s, list, sizeof...(models));
}

template <class... models> enum ar_status ar_check_tables_of(struct ar_session *s, const models *...each)
{
    const struct ar_model *const list[] = {each...};
    return ar_check_table_list(s, list, sizeof...(models));
}
#endif
#endif
