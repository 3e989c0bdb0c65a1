/* PostgreSQL's errors as statuses, by SQLSTATE (https://www.postgresql.org/docs/15/errcodes-appendix.html). */
#include "driver/postgresql/error.h"

#include "base/utf8.h"
#include "driver/postgresql/report.h"
#include "model/check.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
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
        {"25P04", AR_UNAVAILABLE}, /* transaction_timeout, of PostgreSQL 17: likewise */
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

/* Return the first column in a detail such as "Key (user_id)=(7) is not present …", or NULL. Only the part before the
 * values is searched: a string may equal the name of a column. */
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

/* Return the column that a constraint is about, or NULL. For NOT NULL the server names it; for a key it is in the
 * detail; the name of a check usually contains the column's. */
static const struct ar_column *find_column(const struct ar_model *model, const struct pg_report *report)
{
    const char *constraint = report->constraint;
    const struct ar_column *found = report->column != NULL ? ar_column_in_message(model, report->column) : NULL;

    if (found == NULL)
        found = find_key_column(model, report->detail);
    if (found != NULL)
        return found;
    for (size_t i = 0; constraint != NULL && i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        if (strstr(constraint, column->name) != NULL && (found == NULL || strlen(column->name) > strlen(found->name)))
            found = column;
    }
    return found;
}

void ar_pg_copy_message(const char *message, char *out, size_t size)
{
    size_t length = 0;

    for (; *message != '\0' && length + 1 < size; message++) {
        bool is_space = *message == '\n' || *message == '\t';
        if (!is_space)
            out[length++] = *message;
        else if (length > 0 && out[length - 1] != ' ')
            out[length++] = ' ';
    }
    while (length > 0 && out[length - 1] == ' ')
        length--;
    out[length] = '\0';
    ar_utf8_trim(out);
}

static enum ar_status fail_connection(const struct connection *connection, const struct statement *statement,
                                      struct failure *failure)
{
    const struct fatal_notice *notice = &connection->fatal_notice;
    char message[512];
    enum ar_status status = AR_UNAVAILABLE;

    ar_pg_copy_message(notice->message[0] != '\0' ? notice->message : PQerrorMessage(connection->server), message,
                       sizeof message);
    if (connection->is_timed_out)
        status = ar_fail(failure, AR_INTERRUPTED, statement->model, NULL,
                         "the server did not answer within the %u ms of timeout_ms: the connection is closed",
                         connection->timeout);
    else
        ar_fail(failure, status, statement->model, NULL, "%s",
                *message != '\0' ? message : "the connection to the server is lost");
    if (!connection->is_timed_out && notice->sqlstate[0] != '\0')
        ar_failure_add_sqlstate(failure, notice->sqlstate);
    ar_failure_add_sql(failure, statement->sql);
    failure->is_unanswered = true;
    return status;
}

enum ar_status ar_pg_fail_to_send(struct connection *connection, const struct statement *statement,
                                  struct failure *failure)
{
    bool is_connected = ar_pg_is_connected(connection);
    enum ar_status status;

    connection->is_lost = true;
    /* libpq accepts data even if the connection breaks, so the cause is lack of memory. */
    status = is_connected ? ar_fail_no_memory(failure) : fail_connection(connection, statement, failure);
    failure->is_unanswered = false;
    return status;
}

enum ar_status ar_pg_refuse(const struct statement *statement, const struct ar_column *column, size_t number,
                            enum pg_encoding encoding, struct failure *failure)
{
    char parameter[40] = "";

    if (number > 0)
        (void)snprintf(parameter, sizeof parameter, "parameter %zu: ", number);
    ar_fail(failure, AR_INVALID, statement->model, column, "%s%s%s%s%s%s", column != NULL ? column->model->name : "",
            column != NULL ? "." : "", column != NULL ? column->field : "", column != NULL ? ": " : "", parameter,
            encoding == PG_TOO_LARGE
                ? "the value is too large: PostgreSQL accepts less than 1 GB per statement"
                : "PostgreSQL cannot store this value: a number, date or time out of range, or a time "
                  "with a fraction of a microsecond");
    ar_failure_add_sql(failure, statement->sql);
    return AR_INVALID;
}

/* Return true if a prepared statement no longer exists, or returns different columns than when it was prepared. The
 * server has no SQLSTATE for the latter, but the name of the function that reports it is the same in every version. */
static bool is_outdated(const PGresult *result, const char *sqlstate)
{
    const char *function = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);

    if (strcmp(sqlstate, "0A000") == 0)
        return function == NULL || strcmp(function, "RevalidateCachedQuery") == 0;
    return strcmp(sqlstate, "26000") == 0;
}

/* Return true if a lock was waited for, rather than refused at once (AR_LOCK_NOWAIT). */
static bool was_waiting(const PGresult *result)
{
    const char *function = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);

    return function != NULL && strcmp(function, "ProcessInterrupts") == 0;
}

/* Return true if a fatal error, which ends the connection, does not answer the statement: a pooler sends one when it
 * has lost the server. A server that is shut down (admin_shutdown) does not interrupt a commit: it rolls back, or
 * completes the commit and reports that first. */
static bool is_no_answer(const PGresult *result, const char *sqlstate)
{
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);

    if (severity == NULL) /* PgBouncer sends only this one, which it does not translate */
        severity = PQresultErrorField(result, PG_DIAG_SEVERITY);
    return severity != NULL && (strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0) &&
           strcmp(sqlstate, "57P01") != 0;
}

enum ar_status ar_pg_fail_outdated(struct failure *failure)
{
    ar_failure_add_text(failure,
                        ": the table was altered after the statement was prepared. Call ar_rollback and run the "
                        "transaction again; in a session with .snapshot, read again");
    failure->error.status = AR_BUSY;
    return AR_BUSY;
}

enum ar_status ar_pg_check_commit(const PGresult *result, const struct statement *statement, struct failure *failure)
{
    if (strcmp(statement->sql, "COMMIT") != 0 || strcmp(PQcmdStatus((PGresult *)(uintptr_t)result), "ROLLBACK") != 0)
        return AR_OK;
    ar_fail(failure, AR_MISUSE, NULL, NULL,
            "a statement of this transaction failed: PostgreSQL has rolled it back, nothing was committed");
    ar_failure_add_sql(failure, statement->sql);
    return AR_MISUSE;
}

/* A cancelled statement: by ar_session_interrupt or by the server. */
static enum ar_status fail_canceled(struct connection *connection, const char *message,
                                    const struct statement *statement, struct failure *failure)
{
    if (ar_pg_was_interrupted(connection))
        ar_fail(failure, AR_INTERRUPTED, statement->model, NULL, "ar_session_interrupt ended the statement: %s",
                message);
    else if (connection->timeout > 0 && connection->timeout == connection->server_timeout)
        ar_fail(failure, AR_INTERRUPTED, statement->model, NULL,
                "the server ended the statement; the session's timeout_ms is %u: %s", connection->timeout, message);
    else
        ar_fail(failure, AR_INTERRUPTED, statement->model, NULL, "the server ended the statement: %s", message);
    ar_failure_add_sqlstate(failure, "57014");
    ar_failure_add_sql(failure, statement->sql);
    return AR_INTERRUPTED;
}

/* Record a violated constraint, of the model if it is one of its table. */
static void fail_constraint(const struct ar_model *model, const struct pg_report *report, struct failure *failure)
{
    const char *message = report->message;
    bool is_own = report->table != NULL && strcmp(report->table, model->table) == 0;
    const struct ar_check *check = is_own ? ar_check_find(model, report->constraint) : NULL;
    const struct ar_column *column = check == NULL ? find_column(model, report) : NULL;

    if (check != NULL)
        (void)ar_fail_check(failure, model, check, message);
    else
        ar_fail(failure, AR_CONSTRAINT, model, column, "%s%s%s: %s", model->name, column != NULL ? "." : "",
                column != NULL ? column->field : "", *message != '\0' ? message : "the server gave no reason");
}

/* Return true if the server refuses a write of a program that has not asked for that: a pooler has led it to a standby,
 * as after a failover, or the server is closed for writes. */
static bool is_closed_for_writes(const struct connection *connection, const struct statement *statement,
                                 const char *sqlstate)
{
    return strcmp(sqlstate, "25006") == 0 && !connection->is_read_only &&
           (statement->reason == AR_REASON_SAVE || statement->reason == AR_REASON_SCHEMA);
}

/* Return the column of the first string that is not UTF-8; NULL if there is none outside of arrays. */
static const struct ar_column *find_malformed_text(const struct statement *statement)
{
    for (size_t i = 0; i < statement->parameter_count; i++) {
        const struct parameter *each = &statement->parameters[i];
        if (each->column != NULL && each->keys == NULL && each->rows == NULL && each->value.kind == AR_VALUE_TEXT &&
            !ar_utf8_is_valid(each->value.bytes.data, each->value.bytes.size))
            return each->column;
    }
    return NULL;
}

/* Return the column of the only string that is longer than the type in a message such as "value too long for type
 * character varying(20)"; NULL if there are several, or none. */
static const struct ar_column *find_long_text(const struct statement *statement, const char *message)
{
    const char *type = strrchr(message, '(');
    unsigned long long limit = type != NULL ? strtoull(type + 1, NULL, 10) : 0;
    const struct ar_column *found = NULL;

    for (size_t i = 0; i < statement->parameter_count && limit > 0; i++) {
        const struct parameter *each = &statement->parameters[i];
        if (each->column == NULL || each->keys != NULL || each->rows != NULL || each->value.kind != AR_VALUE_TEXT ||
            ar_utf8_count(each->value.bytes.data, each->value.bytes.size) <= limit)
            continue;
        if (found != NULL && found != each->column)
            return NULL;
        found = each->column;
    }
    return found;
}

/* Return the column of a value that the server refused without naming a column, or NULL. */
static const struct ar_column *find_refused_value(const PGresult *result, const struct pg_report *report,
                                                  const struct statement *statement)
{
    if (strcmp(report->sqlstate, "22021") == 0) /* character_not_in_repertoire */
        return find_malformed_text(statement);
    /* string_data_right_truncation, but not of what a trigger writes */
    if (strcmp(report->sqlstate, "22001") == 0 && PQresultErrorField(result, PG_DIAG_CONTEXT) == NULL)
        return find_long_text(statement, report->message);
    return NULL;
}

/* Record a failure that needs no other explanation than the server's. */
static void fail_plainly(enum ar_status status, const PGresult *result, const struct pg_report *report,
                         const struct statement *statement, struct failure *failure)
{
    const struct ar_column *column = find_refused_value(result, report, statement);
    const char *message = *report->message != '\0' ? report->message : "the server gave no reason";

    if (column != NULL)
        ar_fail(failure, status, column->model, column, "%s.%s: %s", column->model->name, column->field, message);
    else
        ar_fail(failure, status, statement->model, NULL, "%s", message);
}

enum ar_status ar_pg_fail(struct connection *connection, const PGresult *result, const struct statement *statement,
                          struct failure *failure)
{
    const struct ar_model *model = statement->model;
    const char *sqlstate, *message;
    struct pg_report report;
    enum ar_status status;

    ar_pg_read_report(connection, result, statement, &report);
    sqlstate = report.sqlstate;
    message = report.message;
    if (sqlstate == NULL || message == NULL)
        return fail_connection(connection, statement, failure);
    status = status_of(sqlstate);
    if (is_closed_for_writes(connection, statement, sqlstate)) {
        status = AR_UNAVAILABLE;
        connection->is_lost = true; /* the next one may lead to the primary */
    }
    if (statement->has_dollars && strcmp(sqlstate, "08P01") == 0) /* protocol_violation: another number of values */
        status = AR_MISUSE;
    if (status == AR_INTERRUPTED)
        return fail_canceled(connection, message, statement, failure);
    /* If nothing is written, it is not the caller's value that is invalid: for example, a sum overflows. */
    if (status == AR_INVALID && statement->reason != AR_REASON_SAVE)
        status = AR_DATABASE;
    if (status == AR_CONSTRAINT && model != NULL)
        fail_constraint(model, &report, failure);
    else
        fail_plainly(status, result, &report, statement, failure);
    if (strcmp(sqlstate, "25P02") == 0) /* in_failed_sql_transaction */
        ar_failure_add_text(failure,
                            ": an earlier statement failed: call ar_rollback; run a statement that may fail in a "
                            "savepoint, by calling ar_begin inside the transaction");
    if (strcmp(sqlstate, "55P03") == 0 && was_waiting(result)) /* lock_not_available */
        ar_failure_add_text(failure, ": another connection holds the lock; busy_timeout_ms is %u",
                            connection->lock_timeout);
    if (strcmp(sqlstate, "25006") == 0 && status == AR_UNAVAILABLE) /* read_only_sql_transaction */
        ar_failure_add_text(failure, ": the server is a standby, or has default_transaction_read_only");
    /* invalid_sql_statement_name, duplicate_prepared_statement */
    if (connection->is_pooled && (strcmp(sqlstate, "26000") == 0 || strcmp(sqlstate, "42P05") == 0))
        ar_failure_add_text(failure, ": the pooler does not know the prepared statements of its clients: set "
                                     "max_prepared_statements in PgBouncer 1.21 or newer, or no_named_statements");
    if (strcmp(sqlstate, "42P01") == 0) /* undefined_table */
        ar_failure_add_missing_table(failure, model);
    if (strcmp(sqlstate, "42703") == 0) /* undefined_column */
        ar_failure_add_missing_column(failure, model);
    ar_failure_add_detail(failure, report.detail);
    ar_failure_add_sqlstate(failure, sqlstate);
    ar_failure_add_sql(failure, statement->sql);
    if (strcmp(sqlstate, "23505") == 0) /* unique_violation */
        failure->violation = VIOLATION_UNIQUE;
    /* foreign_key_violation; restrict_violation, of ON DELETE RESTRICT */
    if (strcmp(sqlstate, "23503") == 0 || strcmp(sqlstate, "23001") == 0)
        failure->violation = VIOLATION_FOREIGN_KEY;
    if (strcmp(sqlstate, "22003") == 0 || strcmp(sqlstate, "22012") == 0) /* overflow, or division by zero */
        failure->violation = VIOLATION_RANGE;
    ar_failure_set_constraint(failure, report.constraint, report.table);
    failure->is_outdated = is_outdated(result, sqlstate);
    failure->is_unanswered = is_no_answer(result, sqlstate);
    return status;
}
