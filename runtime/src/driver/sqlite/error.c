/* SQLite's result codes as statuses, and its messages as failures. */
#include "driver/sqlite/error.h"

#include "driver/by_name.h"
#include "driver/sqlite/plain.h"
#include "model/check.h"

#include <string.h>

static enum ar_status status_of(int code)
{
    if (code == SQLITE_IOERR_NOMEM)
        return AR_NO_MEMORY;
    switch (code & 0xFF) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return AR_OK;
    case SQLITE_NOMEM:
        return AR_NO_MEMORY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return AR_BUSY;
    case SQLITE_CONSTRAINT:
        return AR_CONSTRAINT;
    case SQLITE_INTERRUPT:
        return AR_INTERRUPTED;
    case SQLITE_TOOBIG:
    case SQLITE_RANGE: /* of armature_in_range */
        return AR_INVALID;
    case SQLITE_CANTOPEN:
    case SQLITE_NOTADB:
        return AR_UNAVAILABLE;
    default:
        return AR_DATABASE;
    }
}

/* By the extended result code. ON DELETE RESTRICT is a trigger, whose message is that of a foreign key. */
static enum violation violation_of(int code, const char *message)
{
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return VIOLATION_UNIQUE;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return VIOLATION_FOREIGN_KEY;
    case SQLITE_CONSTRAINT_TRIGGER:
        return strcmp(message, "FOREIGN KEY constraint failed") == 0 ? VIOLATION_FOREIGN_KEY : VIOLATION_UNKNOWN;
    default:
        return VIOLATION_UNKNOWN;
    }
}

static const char *file_name(const struct connection *connection)
{
    const char *name = sqlite3_db_filename(connection->database, "main");

    return name != NULL && name[0] != '\0' ? name : "the database";
}

/* Record a violated constraint, by the message "UNIQUE constraint failed: users.email" and the like. */
static void fail_constraint(const struct connection *connection, const struct ar_model *model, struct failure *failure)
{
    const char *message = sqlite3_errmsg(connection->database), *list = strchr(message, ':');
    const struct ar_column *column = list != NULL ? ar_column_in_message(model, list) : NULL;
    const char *field = column != NULL ? column->field : "", *dot = column != NULL ? "." : "";
    bool is_check = sqlite3_extended_errcode(connection->database) == SQLITE_CONSTRAINT_CHECK && list != NULL;
    const struct ar_check *check = is_check ? ar_check_find(model, list + 2) : NULL;

    if (check != NULL) {
        (void)ar_fail_check(failure, model, check, message);
        return;
    }
    ar_fail(failure, AR_CONSTRAINT, model, column, "%s%s%s: %s", model->name, dot, field, message);
    ar_failure_set_violation(failure, violation_of(sqlite3_extended_errcode(connection->database), message),
                             strlen(model->name) + strlen(dot) + strlen(field) + strlen(": "));
}

enum ar_status ar_sqlite_fail_open(const struct connection *connection, const char *name, const struct ar_model *model,
                                   struct failure *failure)
{
    bool is_of_system = (sqlite3_errcode(connection->database) & 0xff) == SQLITE_CANTOPEN;
    int number = is_of_system ? sqlite3_system_errno(connection->database) : 0;
    char reason[128];

    (void)ar_fail(failure, AR_UNAVAILABLE, model, NULL, "cannot open %s: %s", name,
                  sqlite3_errmsg(connection->database));
    if (number != 0 && strerror_r(number, reason, sizeof reason) == 0)
        ar_failure_add_text(failure, ": %s", reason);
    return AR_UNAVAILABLE;
}

enum ar_status ar_sqlite_fail(const struct connection *connection, int code, const struct statement *statement,
                              struct failure *failure)
{
    const struct ar_model *model = statement->model;
    const char *message = sqlite3_errmsg(connection->database);
    enum ar_status status;

    if (connection->is_plain && strstr(message, SQLITE_OUT_OF_RANGE) != NULL)
        code = SQLITE_RANGE;
    status = status_of(code);

    /* If nothing is written, the result is too large. */
    if (status == AR_INVALID && statement->reason != AR_REASON_SAVE)
        status = AR_DATABASE;
    if (status == AR_NO_MEMORY) {
        ar_fail_no_memory(failure);
    } else if (status == AR_INTERRUPTED && connection->is_timed_out) {
        ar_fail(failure, status, model, NULL, "the statement exceeded the session's timeout_ms of %u ms",
                connection->timeout);
    } else if (status == AR_INTERRUPTED) {
        ar_fail(failure, status, model, NULL, "ar_session_interrupt ended the statement");
    } else if (status == AR_UNAVAILABLE) {
        (void)ar_sqlite_fail_open(connection, file_name(connection), model, failure);
    } else if (status == AR_CONSTRAINT && model != NULL) {
        fail_constraint(connection, model, failure);
    } else {
        ar_fail(failure, status, model, NULL, "%s", message);
        if (code == SQLITE_BUSY)
            ar_failure_add_text(failure, ": another connection holds the lock; busy_timeout_ms is %u",
                                connection->busy_timeout);
        if (strncmp(message, "no such table", 13) == 0)
            ar_failure_add_missing_table(failure, model);
        if (strncmp(message, "no such column", 14) == 0 || strstr(message, " has no column named ") != NULL)
            ar_failure_add_missing_column(failure, model);
        if (strncmp(message, "unsafe use of ", 14) == 0)
            ar_failure_add_text(failure, ": no file's schema is trusted by default; docs/sqlite.md describes "
                                         "PRAGMA trusted_schema");
    }
    if (code == SQLITE_RANGE)
        failure->violation = VIOLATION_RANGE;
    failure->error.code = sqlite3_extended_errcode(connection->database);
    ar_failure_add_sql(failure, statement->sql);
    return status;
}

enum ar_status ar_sqlite_refuse(const struct ar_column *column, const struct statement *statement,
                                struct failure *failure)
{
    ar_fail(
        failure, AR_INVALID, column->model, column,
        "%s.%s: SQLite cannot store this value: NaN, a number, date or time out of range, or more than its limit of 1 GB",
        column->model->name, column->field);
    ar_failure_add_sql(failure, statement->sql);
    return AR_INVALID;
}
