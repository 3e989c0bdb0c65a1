/* Error messages for violated constraints. PostgreSQL reports constraints, tables and keys; SQLite's messages are
 * completed here, with a few queries after a failure. */
#include "write/refused.h"

#include "base/text_buffer.h"
#include "link/run.h"
#include "model/describe.h"
#include "model/field.h"
#include "sql/run.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum ar_status ar_note_row(void *payload, const struct row *row)
{
    (void)row;
    *(bool *)payload = true;
    return AR_OK;
}

/* ---- Inserts and updates ----------------------------------------------------------------------------------------- */

/* Replace the message of the failure and keep its other members. */
__attribute__((format(printf, 4, 5))) static void replace(struct store *store, const struct ar_model *model,
                                                          const struct ar_column *column, const char *format, ...)
{
    const struct failure first = store->failure;
    char text[sizeof first.message];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    (void)ar_fail(&store->failure, AR_CONSTRAINT, model, column, "%s", text);
    store->failure.violation = first.violation;
    store->failure.error.code = first.error.code;
    ar_failure_add_sql(&store->failure, first.sql);
}

/* Return true if the query returns a row; false if not, or if it fails. Does not change the session's failure. */
static bool is_any(struct link *link, struct statement statement)
{
    struct failure ignored;
    bool is_found = false;

    statement.on_row = ar_note_row;
    statement.payload = &is_found;
    statement.is_single = true;
    return ar_run_probe(link, &statement, &ignored) == AR_OK && is_found;
}

/* Return true if a table has a row with these values of the columns. */
static bool has_row(struct link *link, struct key_columns columns, const struct ar_value *values)
{
    struct sql sql = ar_sql_start(link);
    struct statement statement = {.model = columns.model};

    ar_sql_add(&sql, "SELECT 1 FROM ", columns.model->sql, " WHERE ", NULL);
    ar_sql_add_key(&sql, columns, values);
    return ar_sql_finish(&sql, &statement) == AR_OK && is_any(link, statement);
}

/* Return true if a foreign key of the record refers to a missing row. */
static bool is_dangling(const struct write *write, const struct ar_relation *relation)
{
    struct key_columns columns = ar_foreign_key(relation);
    struct ar_value values[AR_KEY_COLUMNS_MAX];

    ar_key_values(columns, write->copy, values);
    for (size_t i = 0; i < columns.count; i++)
        if (values[i].kind == AR_VALUE_NULL)
            return false;
    return !has_row(write->link, ar_referred_key(relation), values);
}

static void explain_foreign_key(struct write *write)
{
    const struct ar_model *model = write->model;

    for (size_t i = 0; i < model->relation_count; i++) {
        const struct ar_relation *relation = model->relations[i];
        const struct ar_column *column;
        if (!ar_owner_has_foreign_key(relation) || !is_dangling(write, relation))
            continue;
        column = &model->columns[relation->foreign_key[0]];
        replace(write->store, model, column, "%s.%s: no %s has this key (%s)", model->name, column->field,
                relation->target->name, ar_failure_reason(&write->store->failure));
        return;
    }
}

/* The database's text is "UNIQUE constraint failed: posts.code": only the part after the colon names columns. */
static void explain_unique(struct write *write)
{
    enum { VALUES_MAX = 8 };
    const struct ar_model *model = write->model;
    const struct ar_column *first = NULL;
    struct ar_value values[VALUES_MAX];
    const char *reason = ar_failure_reason(&write->store->failure), *colon = strchr(reason, ':');
    const char *names = colon != NULL ? colon : reason;
    char text[512];
    size_t count = 0;

    for (size_t i = 0; i < model->column_count && count < VALUES_MAX; i++) {
        const struct ar_column *column = &model->columns[i];
        if (!ar_message_names_column(names, column) || ar_write_omits(write, column))
            continue;
        first = first != NULL ? first : column;
        values[count++] = ar_field_value(column, write->copy);
    }
    if (first == NULL)
        return;
    ar_describe_values(values, count, text, sizeof text);
    replace(write->store, model, first, "%s.%s: another row has %s (%s)", model->name, first->field, text, reason);
}

/* Return the violation that the session's failure is about, unless the database explains it. */
static enum violation unexplained(const struct store *store, const struct link *link)
{
    return link->db->driver->dialect.explains_violations ? VIOLATION_UNKNOWN : store->failure.violation;
}

void ar_write_explain_refusal(struct write *write)
{
    switch (unexplained(write->store, write->link)) {
    case VIOLATION_UNIQUE:
        explain_unique(write);
        break;
    case VIOLATION_FOREIGN_KEY:
        explain_foreign_key(write);
        break;
    case VIOLATION_RANGE:
    case VIOLATION_UNKNOWN:
        break;
    }
}

/* ---- Deletes ----------------------------------------------------------------------------------------------------- */

static bool has_referring_rows(struct write *write, const struct ar_relation *relation)
{
    struct ar_value values[AR_KEY_COLUMNS_MAX];

    ar_key_values(ar_referred_key(relation), write->copy, values);
    return has_row(write->link, ar_foreign_key(relation), values);
}

/* List the foreign keys that refer to the model: those of rows that refer to the write's record, or all of them. */
static size_t list_referrers(const struct ar_model *model, struct write *write, struct text_buffer *list)
{
    size_t count = 0;

    for (size_t i = 0; i < model->referrer_count; i++) {
        const struct ar_relation *relation = model->referrers[i];
        if (!ar_owner_has_foreign_key(relation) || (write != NULL && !has_referring_rows(write, relation)))
            continue;
        ar_text_buffer_add(list, "%s%s.%s", count > 0 ? ", " : "", relation->owner->name,
                           relation->owner->columns[relation->foreign_key[0]].field);
        count++;
    }
    return count;
}

void ar_write_explain_refused_delete(struct write *write)
{
    char text[512] = "";
    struct text_buffer list = {text, sizeof text, 0};

    if (unexplained(write->store, write->link) == VIOLATION_FOREIGN_KEY &&
        list_referrers(write->model, write, &list) > 0)
        replace(write->store, write->model, NULL,
                "this %s was not deleted: rows refer to it by %s (%s): delete them first", write->model->name, text,
                ar_failure_reason(&write->store->failure));
}

void ar_explain_refused_delete_all(struct store *store, struct link *link, const struct ar_model *model)
{
    char text[512] = "";
    struct text_buffer list = {text, sizeof text, 0};

    if (unexplained(store, link) == VIOLATION_FOREIGN_KEY && list_referrers(model, NULL, &list) > 0)
        replace(store, model, NULL, "rows of table %s are referred to by %s (%s): delete those first", model->table,
                text, ar_failure_reason(&store->failure));
}
