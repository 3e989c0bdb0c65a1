/* PostgreSQL's errors as statuses, by SQLSTATE (https://www.postgresql.org/docs/15/errcodes-appendix.html). */
#include "postgresql_error.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* The longest prefix decides. */
static enum ar_status status_of(const char *sqlstate)
{
    static const struct {
        const char *prefix;
        enum ar_status status;
    } statuses[] = {
        {"40001", AR_BUSY},        /* serialization_failure */
        {"40P01", AR_BUSY},        /* deadlock_detected */
        {"55P03", AR_BUSY},        /* lock_not_available */
        {"25P02", AR_MISUSE},      /* in_failed_sql_transaction */
        {"25P03", AR_UNAVAILABLE}, /* idle_in_transaction_session_timeout: the connection is closed */
        {"57014", AR_INTERRUPTED}, /* query_canceled */
        {"57P", AR_UNAVAILABLE},   /* the server shuts down, crashed or is starting */
        {"53300", AR_UNAVAILABLE}, /* too_many_connections */
        {"08", AR_UNAVAILABLE},    /* connection exceptions */
        {"22", AR_INVALID},        /* data exceptions */
        {"23", AR_CONSTRAINT},
    };

    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
        if (strncmp(sqlstate, statuses[i].prefix, strlen(statuses[i].prefix)) == 0)
            return statuses[i].status;
    return AR_DATABASE;
}

/* The first column in a detail such as "Key (user_id)=(7) is not present …". What stands behind are values, as in every
 * other detail: a text may be called like a column. */
static const struct ar_column *find_key_column(const struct ar_model *model, const char *detail)
{
    char names[512];
    const char *end = detail != NULL ? strstr(detail, ")=(") : NULL;

    if (end == NULL || (size_t)(end - detail) >= sizeof names)
        return NULL;
    memcpy(names, detail, (size_t)(end - detail));
    names[end - detail] = '\0';
    return ar_column_in_message(model, names);
}

/* The column that a constraint is about: the server names it for NOT NULL; a key stands in the detail; a check's name
 * mostly holds its column's. */
static const struct ar_column *find_column(const struct ar_model *model, const PGresult *result)
{
    const char *name = PQresultErrorField(result, PG_DIAG_COLUMN_NAME);
    const char *constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
    const struct ar_column *found = name != NULL ? ar_column_in_message(model, name) : NULL;

    if (found == NULL)
        found = find_key_column(model, PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL));
    if (found != NULL)
        return found;
    for (size_t i = 0; constraint != NULL && i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        if (strstr(constraint, column->name) != NULL && (found == NULL || strlen(column->name) > strlen(found->name)))
            found = column;
    }
    return found;
}

static enum ar_status fail_connection(PGconn *server, const struct statement *statement, struct failure *failure)
{
    const char *message = PQerrorMessage(server);

    ar_fail(failure, AR_UNAVAILABLE, statement->model, NULL, "%s",
            *message != '\0' ? message : "the connection to the server is lost");
    ar_failure_add_sql(failure, statement->sql);
    return AR_UNAVAILABLE;
}

bool ar_pg_is_outdated(const struct failure *failure)
{
    return strcmp(failure->sqlstate, "0A000") == 0 || strcmp(failure->sqlstate, "26000") == 0;
}

enum ar_status ar_pg_check_commit(const PGresult *result, const struct statement *statement, struct failure *failure)
{
    if (strcmp(statement->sql, "COMMIT") != 0 || strcmp(PQcmdStatus((PGresult *)(uintptr_t)result), "ROLLBACK") != 0)
        return AR_OK;
    ar_fail(failure, AR_MISUSE, NULL, NULL,
            "a statement of this transaction failed: PostgreSQL has rolled all of it back, nothing was committed");
    ar_failure_add_sql(failure, statement->sql);
    return AR_MISUSE;
}

enum ar_status ar_pg_fail(PGconn *server, const PGresult *result, const struct statement *statement,
                          struct failure *failure)
{
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
    const struct ar_model *model = statement->model;
    const struct ar_column *column = NULL;
    enum ar_status status;

    if (sqlstate == NULL || message == NULL)
        return fail_connection(server, statement, failure);
    status = status_of(sqlstate);
    /* Where nothing is written, no value of the program's breaks a rule: a sum overflows, say. */
    if (status == AR_INVALID && statement->reason != AR_REASON_SAVE)
        status = AR_DATABASE;
    if (status == AR_CONSTRAINT && model != NULL)
        column = find_column(model, result);
    ar_fail(failure, status, model, column, "%s%s%s%s%s%s%s",
            model != NULL && status == AR_CONSTRAINT ? model->name : "", column != NULL ? "." : "",
            column != NULL ? column->field : "", model != NULL && status == AR_CONSTRAINT ? ": " : "", message,
            detail != NULL ? ". " : "", detail != NULL ? detail : "");
    ar_failure_add_sqlstate(failure, sqlstate);
    ar_failure_add_sql(failure, statement->sql);
    return status;
}
