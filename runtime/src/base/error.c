/* Names of statuses, and recording of failures. */
#include "base/error.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* All control characters, for strpbrk. */
static const char controls[] = "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15"
                               "\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f";

const char *ar_status_name(enum ar_status status)
{
    switch (status) {
    case AR_OK:
        return "AR_OK";
    case AR_NOT_FOUND:
        return "AR_NOT_FOUND";
    case AR_INVALID:
        return "AR_INVALID";
    case AR_CONFLICT:
        return "AR_CONFLICT";
    case AR_CONSTRAINT:
        return "AR_CONSTRAINT";
    case AR_BUSY:
        return "AR_BUSY";
    case AR_UNAVAILABLE:
        return "AR_UNAVAILABLE";
    case AR_NO_MEMORY:
        return "AR_NO_MEMORY";
    case AR_INTERRUPTED:
        return "AR_INTERRUPTED";
    case AR_MISUSE:
        return "AR_MISUSE";
    case AR_DATABASE:
        return "AR_DATABASE";
    case AR_UNKNOWN_OUTCOME:
        return "AR_UNKNOWN_OUTCOME";
    }
    return "unknown status";
}

void ar_failure_reset(struct failure *failure)
{
    failure->message[0] = '\0';
    failure->detail[0] = '\0';
    failure->sql[0] = '\0';
    failure->sqlstate[0] = '\0';
    failure->constraint[0] = '\0';
    failure->table[0] = '\0';
    failure->violation = VIOLATION_UNKNOWN;
    failure->reason = 0;
    failure->is_outdated = false;
    failure->is_unanswered = false;
    failure->error = (struct ar_error){.status = AR_OK, .sqlstate = "", .message = failure->message};
}

/* Escape the control characters of a string in its buffer. Truncate the result if it does not fit. */
static void escape_controls(char *text, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    char copy[1024];
    size_t length = 0;

    if (strpbrk(text, controls) == NULL)
        return;
    (void)snprintf(copy, sizeof copy, "%s", text);
    for (const char *from = copy; *from != '\0' && length + sizeof "\\x1b" < size; from++) {
        unsigned char byte = (unsigned char)*from;
        if (byte >= ' ' && byte != 0x7f) {
            text[length++] = *from;
            continue;
        }
        text[length++] = '\\';
        if (byte == '\n' || byte == '\t' || byte == '\r') {
            text[length++] = (char)(byte == '\n' ? 'n' : byte == '\t' ? 't' : 'r');
            continue;
        }
        text[length++] = 'x';
        text[length++] = digits[byte >> 4];
        text[length++] = digits[byte & 15];
    }
    text[length] = '\0';
    ar_utf8_trim(text);
}

/* libpq ends its messages with a line break. */
static void trim_end(char *text)
{
    size_t length = strlen(text);

    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == ' '))
        text[--length] = '\0';
}

enum ar_status ar_fail(struct failure *failure, enum ar_status status, const struct ar_model *model,
                       const struct ar_column *column, const char *format, ...)
{
    va_list arguments;

    ar_failure_reset(failure);
    failure->error.status = status;
    failure->error.model = model != NULL ? model->name : NULL;
    failure->error.column = column != NULL ? column->field : NULL;
    va_start(arguments, format);
    (void)vsnprintf(failure->message, sizeof failure->message, format, arguments);
    va_end(arguments);
    ar_utf8_trim(failure->message);
    trim_end(failure->message);
    escape_controls(failure->message, sizeof failure->message);
    return status;
}

void ar_failure_add_text(struct failure *failure, const char *format, ...)
{
    size_t size = strlen(failure->message);
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(failure->message + size, sizeof failure->message - size, format, arguments);
    va_end(arguments);
    ar_utf8_trim(failure->message);
}

void ar_failure_add_missing_table(struct failure *failure, const struct ar_model *model)
{
    /* A foreign key may refer to the missing table: it need not be the model's own. */
    bool is_its_table = model != NULL && strstr(failure->message, model->table) != NULL;

    if (is_its_table && model->is_join)
        ar_failure_add_text(failure, ": ar_create_tables creates it with the table of a model that declares it");
    else if (is_its_table)
        ar_failure_add_text(failure, ": ar_create_tables(s, &%s_model) creates the table of %s", model->name,
                            model->name);
    else
        ar_failure_add_text(failure, ": ar_create_tables creates the tables of models");
}

void ar_failure_add_missing_column(struct failure *failure, const struct ar_model *model)
{
    /* A struct without a key may be a row of user SQL, which has no table. */
    if (model != NULL && model->key_count > 0 && ar_column_in_message(model, failure->message) != NULL)
        ar_failure_add_text(failure, ": the table differs from the model: ar_check_tables(s, &%s_model) reports how",
                            model->name);
}

void ar_failure_add_sql(struct failure *failure, const char *sql)
{
    (void)snprintf(failure->sql, sizeof failure->sql, "%s", sql);
    ar_utf8_trim(failure->sql);
    failure->error.sql = failure->sql;
}

void ar_failure_add_detail(struct failure *failure, const char *detail)
{
    if (detail == NULL)
        return;
    (void)snprintf(failure->detail, sizeof failure->detail, "%s", detail);
    ar_utf8_trim(failure->detail);
    escape_controls(failure->detail, sizeof failure->detail);
    failure->error.detail = failure->detail;
}

void ar_failure_add_sqlstate(struct failure *failure, const char *sqlstate)
{
    (void)snprintf(failure->sqlstate, sizeof failure->sqlstate, "%s", sqlstate);
    failure->error.sqlstate = failure->sqlstate;
}

void ar_failure_set_constraint(struct failure *failure, const char *constraint, const char *table)
{
    (void)snprintf(failure->constraint, sizeof failure->constraint, "%s", constraint != NULL ? constraint : "");
    (void)snprintf(failure->table, sizeof failure->table, "%s", table != NULL ? table : "");
}

void ar_failure_set_violation(struct failure *failure, enum violation violation, size_t reason)
{
    size_t length = strlen(failure->message);

    failure->violation = violation;
    failure->reason = reason < length ? reason : length;
}

const char *ar_failure_reason(const struct failure *failure)
{
    return failure->message + failure->reason;
}

bool ar_message_names_column(const char *message, const struct ar_column *column)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    size_t size = strlen(column->name);

    for (const char *at = strstr(message, column->name); at != NULL; at = strstr(at + 1, column->name)) {
        bool begins = at == message || strchr(letters, at[-1]) == NULL;
        bool ends = at[size] == '\0' || strchr(letters, at[size]) == NULL;
        /* A dot follows the name of a table: "users.email". */
        if (begins && ends && at[size] != '.')
            return true;
    }
    return false;
}

const struct ar_column *ar_column_in_message(const struct ar_model *model, const char *message)
{
    for (size_t i = 0; i < model->column_count; i++)
        if (ar_message_names_column(message, &model->columns[i]))
            return &model->columns[i];
    return NULL;
}

void ar_failure_restore(struct failure *failure, const struct failure *copy)
{
    *failure = *copy;
    failure->error.message = failure->message;
    failure->error.sqlstate = copy->sqlstate[0] != '\0' ? failure->sqlstate : "";
    failure->error.sql = copy->error.sql != NULL ? failure->sql : NULL;
    failure->error.detail = copy->error.detail != NULL ? failure->detail : NULL;
}

void ar_failure_set_no_memory(struct failure *failure)
{
    (void)ar_fail(failure, AR_NO_MEMORY, NULL, NULL, "out of memory");
}
