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
    if (first.sqlstate[0] != '\0')
        ar_failure_add_sqlstate(&store->failure, first.sqlstate);
    ar_failure_add_detail(&store->failure, first.error.detail != NULL ? first.detail : NULL);
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

    ar_sql_add(&sql, "SELECT 1 FROM ", ar_sql_table(&sql, columns.model), " WHERE ", NULL);
    ar_sql_add_key(&sql, columns, values);
    return ar_sql_finish(&sql, &statement) == AR_OK && is_any(link, statement);
}

/* Return true if the database enforces the foreign key of the relation. */
static bool is_enforced(const struct ar_relation *relation)
{
    return ar_owner_has_foreign_key(relation) && relation->guard == NULL;
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
        if (!is_enforced(relation) || !is_dangling(write, relation))
            continue;
        column = &model->columns[relation->foreign_key[0]];
        replace(write->store, model, column, "%s.%s: no %s has this key (%s)", model->name, column->field,
                relation->target->name, ar_failure_reason(&write->store->failure));
        return;
    }
}

/* The database's text is "UNIQUE constraint failed: posts.code": only the part after the colon names columns. Of an
 * index on expressions it names the index. */
static void explain_unique(struct write *write)
{
    enum { VALUES_MAX = 8 };
    const struct ar_model *model = write->model;
    const struct ar_column *first = NULL;
    struct ar_value values[VALUES_MAX];
    const char *reason = ar_failure_reason(&write->store->failure), *colon = strchr(reason, ':');
    const char *names = colon != NULL ? colon : reason;
    bool is_of_expressions = strncmp(names, ": index '", strlen(": index '")) == 0;
    char text[512];
    size_t count = 0;

    for (size_t i = 0; i < model->column_count && !is_of_expressions && count < VALUES_MAX; i++) {
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

/* Return true if rows refer to the write's record by the foreign key of the relation. */
static bool has_referring_rows(struct write *write, const struct ar_relation *relation)
{
    const void *row = ar_write_row_before(write);
    struct ar_value values[AR_KEY_COLUMNS_MAX];

    ar_key_values(ar_referred_key(relation), row != NULL ? row : write->copy, values);
    return has_row(write->link, ar_foreign_key(relation), values);
}

/* Return true if the constraint that the database names can be that of the foreign key: of its table, and with the
 * names of its columns in the constraint's, as databases and the tool choose it. */
static bool is_named(const struct failure *failure, const struct ar_relation *relation)
{
    const struct key_columns foreign = ar_foreign_key(relation);

    if (strcmp(failure->table, foreign.model->table) != 0)
        return false;
    for (size_t i = 0; i < foreign.count; i++)
        if (strstr(failure->constraint, foreign.model->columns[foreign.columns[i]].name) == NULL)
            return false;
    return true;
}

/* Return a belongs_to over the same foreign key as a relation of the model, or NULL. */
static const struct ar_relation *find_belongs_to(const struct ar_model *model, const struct ar_relation *relation)
{
    for (size_t i = 0; i < model->referrer_count; i++)
        if (ar_owner_has_foreign_key(model->referrers[i]) &&
            ar_key_columns_equal(ar_foreign_key(model->referrers[i]), ar_foreign_key(relation)))
            return model->referrers[i];
    return NULL;
}

/* The foreign keys that may be the reason of a refusal. */
struct referrers {
    const struct failure *failure; /* names the constraint; NULL if it does not */
    const struct ar_model *model;  /* whose rows were to be deleted */
    struct write *write;           /* whose record rows refer to; NULL if it is unknown which rows */
    struct text_buffer list;
    size_t count;
};

/* Return true if the database would delete or change rows of the model by itself. */
static bool is_cascaded(const struct ar_model *deleted, const struct ar_model *model)
{
    for (size_t i = 0; i < deleted->cascaded_count; i++)
        if (deleted->cascaded[i] == model)
            return true;
    return false;
}

static void list_one(struct referrers *referrers, const struct ar_relation *relation)
{
    const struct key_columns foreign = ar_foreign_key(relation);

    if (referrers->failure == NULL && is_cascaded(referrers->model, foreign.model))
        return;
    if (referrers->failure != NULL && !is_named(referrers->failure, relation))
        return;
    if (referrers->write != NULL && !has_referring_rows(referrers->write, relation))
        return;
    ar_text_buffer_add(&referrers->list, "%s%s.%s (%s.%s)", referrers->count++ > 0 ? ", " : "", relation->owner->name,
                       relation->name, foreign.model->name, foreign.model->columns[foreign.columns[0]].field);
}

/* List the relations over foreign keys that refer to the model, each key once. */
static void list_referrers(struct referrers *referrers, const struct ar_model *model)
{
    for (size_t i = 0; i < model->referrer_count; i++)
        if (is_enforced(model->referrers[i]) && find_belongs_to(model, model->referrers[i]) == model->referrers[i])
            list_one(referrers, model->referrers[i]);
    for (size_t i = 0; i < model->relation_count; i++)
        if (!ar_owner_has_foreign_key(model->relations[i]) && !ar_has_path(model->relations[i]) &&
            model->relations[i]->guard == NULL && find_belongs_to(model, model->relations[i]) == NULL)
            list_one(referrers, model->relations[i]);
}

/* List the foreign keys that refer to the rows of the model, or to those that the database deletes with them. */
static void list_all(struct referrers *referrers)
{
    list_referrers(referrers, referrers->model);
    referrers->write = NULL;
    for (size_t i = 0; i < referrers->model->cascaded_count && referrers->count == 0; i++)
        if (referrers->model->cascaded[i] != referrers->model)
            list_referrers(referrers, referrers->model->cascaded[i]);
}

/* Return the failure if it names the constraint. */
static const struct failure *naming(const struct store *store)
{
    return store->failure.table[0] != '\0' ? &store->failure : NULL;
}

void ar_write_explain_refused_delete(struct write *write)
{
    char text[512] = "";
    const struct failure *failure = naming(write->store);
    struct referrers referrers = {failure, write->model, failure == NULL ? write : NULL, {text, sizeof text, 0}, 0};

    if (write->store->failure.violation != VIOLATION_FOREIGN_KEY)
        return;
    list_all(&referrers);
    if (referrers.count > 0)
        replace(write->store, write->model, NULL,
                "this %s was not deleted: rows refer to it by %s: delete them first, or declare .dependent or "
                ".on_delete (%s)",
                write->model->name, text, ar_failure_reason(&write->store->failure));
}

void ar_explain_refused_delete_all(struct store *store, const struct ar_model *model)
{
    char text[512] = "";
    struct referrers referrers = {naming(store), model, NULL, {text, sizeof text, 0}, 0};

    if (store->failure.violation != VIOLATION_FOREIGN_KEY)
        return;
    list_all(&referrers);
    if (referrers.count > 0)
        replace(store, model, NULL, "rows of table %s are referred to by %s: delete those first (%s)", model->table,
                text, ar_failure_reason(&store->failure));
}
