/* The parameters of a statement, bound to its placeholders. */
#include "driver/sqlite/parameters.h"

#include "driver/sqlite/error.h"
#include "driver/sqlite/keys.h"
#include "driver/sqlite/plain.h"
#include "driver/sqlite/structs.h"
#include "driver/sqlite/value.h"

#include <stdio.h>

static int bind_parameter(sqlite3_stmt *handle, int index, const struct parameter *parameter)
{
    if (parameter->keys != NULL)
        return ar_sqlite_keys_bind(handle, index, parameter->keys);
    if (parameter->rows != NULL)
        return ar_sqlite_structs_bind(handle, index, parameter->rows);
    return ar_sqlite_bind(handle, index, &parameter->value, parameter->column);
}

/* Return the index of the parameter `$number` of user SQL: SQLite numbers it by its first occurrence. Return 0 if the
 * SQL does not contain it. */
static int find_placeholder(sqlite3_stmt *handle, size_t number)
{
    char name[24];

    (void)snprintf(name, sizeof name, "$%zu", number);
    return sqlite3_bind_parameter_index(handle, name);
}

enum ar_status ar_sqlite_check_placeholders(sqlite3_stmt *handle, const struct statement *statement,
                                            struct failure *failure)
{
    size_t count = (size_t)sqlite3_bind_parameter_count(handle), found = 0;

    for (size_t i = 0; i < statement->parameter_count; i++)
        found += find_placeholder(handle, i + 1) > 0;
    if (count == found && found == statement->parameter_count)
        return AR_OK;
    if (statement->parameter_count == 0)
        ar_fail(failure, AR_MISUSE, NULL, NULL, "the statement has placeholders, but no values are given");
    else
        ar_fail(failure, AR_MISUSE, NULL, NULL,
                "the placeholders of the statement are not $1 to $%zu, which are those of the %zu values",
                statement->parameter_count, statement->parameter_count);
    ar_failure_add_sql(failure, statement->sql);
    return AR_MISUSE;
}

/* Bind a parameter of user SQL, or a set of keys or structs. */
static int bind_unusual(struct connection *connection, sqlite3_stmt *handle, const struct statement *statement,
                        size_t i)
{
    const struct parameter *parameter = &statement->parameters[i];
    bool is_set = parameter->keys != NULL || parameter->rows != NULL;

    if (connection->is_plain && is_set)
        return ar_sqlite_plain_bind(handle, statement, i, &connection->memory);
    return bind_parameter(handle, statement->has_dollars ? find_placeholder(handle, i + 1) : (int)(i + 1), parameter);
}

static enum ar_status fail_to_bind(const struct connection *connection, const struct statement *statement,
                                   const struct parameter *parameter, int code, struct failure *failure)
{
    const struct ar_column *column = parameter->column;

    if (code == SQLITE_RANGE && parameter->rows != NULL)
        column = ar_sqlite_structs_refused(parameter->rows);
    if ((code != SQLITE_RANGE && code != SQLITE_TOOBIG) || column == NULL)
        return ar_sqlite_fail(connection, code, statement, failure);
    return ar_sqlite_refuse(column, statement, failure);
}

enum ar_status ar_sqlite_bind_all(struct connection *connection, sqlite3_stmt *handle,
                                  const struct statement *statement, struct failure *failure)
{
    for (size_t i = 0; i < statement->parameter_count; i++) {
        const struct parameter *parameter = &statement->parameters[i];
        bool is_usual = parameter->keys == NULL && parameter->rows == NULL && !statement->has_dollars;
        int code = is_usual ? ar_sqlite_bind(handle, (int)(i + 1), &parameter->value, parameter->column)
                            : bind_unusual(connection, handle, statement, i);
        if (code != SQLITE_OK)
            return fail_to_bind(connection, statement, parameter, code, failure);
    }
    return AR_OK;
}
