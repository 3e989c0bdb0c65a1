/* The prepared statement for a statement: found in the connection's cache, or prepared and added to it. */
#include "driver/sqlite/prepare.h"

#include "driver/by_name.h"
#include "driver/sqlite/affinity.h"
#include "driver/sqlite/error.h"
#include "driver/sqlite/plain.h"

static enum ar_status refuse_form(const struct ar_column *column, struct failure *failure)
{
    bool is_text = (column->flags & AR_COLUMN_TIME_TEXT) != 0;

    if ((column->flags & AR_COLUMN_TIME_ISO) != 0)
        return ar_fail(
            failure, AR_INVALID, column->model, column,
            "column %s of table %s does not store times as YYYY-MM-DDTHH:MM:SSZ: remove AR_STORED_AS from the "
            "field if they are numbers, or declare it AR_STORED_AS(text)",
            column->name, column->model->table);
    return ar_fail(failure, AR_INVALID, column->model, column, "column %s of table %s stores times as %s: %s",
                   column->name, column->model->table, is_text ? "numbers" : "strings",
                   is_text ? "remove AR_STORED_AS from the field"
                           : "declare the field AR_STORED_AS(text), or AR_STORED_AS(date) if they are dates");
}

/* Return what the rows of a statement are prepared for: user SQL with the same text may be read into several structs,
 * in whose order its columns are, or only be counted. */
static const void *reader_of(const struct statement *statement)
{
    static const char own; /* the runtime's own statements */

    if (statement->on_row == NULL)
        return NULL;
    return statement->is_by_name ? (const void *)statement->model : &own;
}

/* Find the statement in the cache. If its SQL has another reader there, set *key to the one that it has for this
 * reader, to be freed by sqlite3_free; otherwise to NULL, as its SQL is its key. Return false if out of memory. */
static bool find_prepared(struct connection *connection, const struct statement *statement,
                          struct sqlite_statement **out, char **key)
{
    const void *reader = reader_of(statement);

    *key = NULL;
    *out = ar_statement_cache_find(&connection->statements, statement->sql, statement->is_constant);
    if (*out == NULL || (*out)->reader == reader)
        return true;
    *key = sqlite3_mprintf("%p %s", reader, statement->sql);
    *out = *key != NULL ? ar_statement_cache_find(&connection->statements, *key, false) : NULL;
    return *key != NULL;
}

static enum ar_status prepare_new(struct connection *connection, const struct statement *statement,
                                  struct sqlite_statement **out, struct failure *failure)
{
    const struct ar_column *mistaken, *missing;
    int code = ar_sqlite_statement_prepare(connection->database, statement, !connection->is_plain, out, &missing);

    if (missing != NULL)
        return ar_fail_no_column(failure, missing, statement->sql);
    if (code == SQLITE_MISUSE) {
        ar_fail(failure, AR_DATABASE, statement->model, NULL,
                "the SQL is not exactly one statement; ar_execute runs several");
        ar_failure_add_sql(failure, statement->sql);
        return AR_DATABASE;
    }
    if (code != SQLITE_OK)
        return ar_sqlite_fail(connection, code, statement, failure);
    (*out)->reader = reader_of(statement);
    code = ar_sqlite_find_other_form(&connection->schema, statement, &mistaken);
    if (code != SQLITE_OK || mistaken != NULL) {
        ar_sqlite_statement_free(*out);
        return code != SQLITE_OK ? ar_sqlite_fail(connection, code, statement, failure)
                                 : refuse_form(mistaken, failure);
    }
    return AR_OK;
}

/* Replace the SQL by the one for a connection without table functions. */
static enum ar_status make_plain(struct connection *connection, struct statement *statement, struct failure *failure)
{
    size_t count, most = (size_t)sqlite3_limit(connection->database, SQLITE_LIMIT_VARIABLE_NUMBER, -1);
    const char *original = statement->sql;

    statement->sql = ar_sqlite_plain_sql(statement, &connection->memory, &count);
    statement->is_constant = false;
    if (statement->sql == NULL)
        return ar_fail_no_memory(failure);
    if (count <= most)
        return AR_OK;
    ar_fail(failure, AR_INVALID, statement->model, NULL,
            "the statement has %zu values, but SQLite takes at most %zu: without virtual tables, keys that are "
            "floating-point numbers are bound one by one",
            count, most);
    ar_failure_add_sql(failure, original);
    return AR_INVALID;
}

/* Find the statement in the cache by the SQL of `cached`, or prepare it. */
static enum ar_status prepare_cached(struct connection *connection, const struct statement *cached, bool is_translated,
                                     struct sqlite_statement **out, struct failure *failure)
{
    struct statement statement = *cached;
    enum ar_status status = AR_OK;
    char *key;

    if (!find_prepared(connection, cached, out, &key))
        return ar_fail_no_memory(failure);
    if (*out == NULL) {
        if (is_translated)
            status = make_plain(connection, &statement, failure);
        if (status == AR_OK)
            status = prepare_new(connection, &statement, out, failure);
        if (status == AR_OK &&
            !ar_statement_cache_add(&connection->statements, key != NULL ? key : cached->sql,
                                    key == NULL && cached->is_constant, *out, ar_sqlite_statement_size(*out))) {
            ar_sqlite_statement_free(*out);
            status = ar_fail_no_memory(failure);
        }
    }
    sqlite3_free(key);
    return status;
}

/* Do what ar_sqlite_prepare does, if its first search has not found the statement. */
static enum ar_status prepare_unusual(struct connection *connection, const struct statement *statement,
                                      struct sqlite_statement **out, struct failure *failure)
{
    enum sqlite_set_kind kind = connection->is_plain ? ar_sqlite_plain_kind(statement) : SQLITE_NO_SETS;
    struct statement plain = *statement;
    enum ar_status status = AR_OK;

    if (kind == SQLITE_LIST_SETS)
        status = make_plain(connection, &plain, failure);
    if (status != AR_OK)
        return status;
    return prepare_cached(connection, &plain, kind == SQLITE_JSON_SETS, out, failure);
}

enum ar_status ar_sqlite_prepare(struct connection *connection, const struct statement *statement,
                                 struct sqlite_statement **out, struct failure *failure)
{
    if (connection->is_plain)
        return prepare_unusual(connection, statement, out, failure);
    *out = ar_statement_cache_find(&connection->statements, statement->sql, statement->is_constant);
    if (*out != NULL && (*out)->reader == reader_of(statement))
        return AR_OK;
    return prepare_unusual(connection, statement, out, failure);
}
