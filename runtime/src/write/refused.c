/* Error messages for violated constraints. PostgreSQL reports constraints, tables and keys; SQLite's messages are
 * completed here, with a few queries after a failure. */
#include "write/refused.h"

#include "base/text_buffer.h"
#include "link/run.h"
#include "model/describe.h"
#include "model/field.h"
#include "model/row.h"
#include "sql/run.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum ar_status ar_note_row(void *payload, const struct row *row)
{
    (void)row;
    *(bool *)payload = true;
    return AR_OK;
}

/* ---- Inserts and updates ----------------------------------------------------------------------------------------- */

/* Replace the message of the failure and keep its other members. */
__attribute__((format(printf, 4, 5))) static void replace(struct failure *failure, const struct ar_model *model,
                                                          const struct ar_column *column, const char *format, ...)
{
    const struct failure first = *failure;
    char text[sizeof first.message];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    (void)ar_fail(failure, AR_CONSTRAINT, model, column, "%s", text);
    failure->violation = first.violation;
    failure->error.code = first.error.code;
    if (first.sqlstate[0] != '\0')
        ar_failure_add_sqlstate(failure, first.sqlstate);
    ar_failure_add_detail(failure, first.error.detail != NULL ? first.detail : NULL);
    ar_failure_add_sql(failure, first.sql);
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

/* Return true if a table has a row with these values of the columns, or, without values, with none that is NULL. */
static bool has_row(struct link *link, struct key_columns columns, const struct ar_value *values)
{
    struct sql sql = ar_sql_start(link);
    struct statement statement = {.model = columns.model};
    struct failure ignored;

    sql.failure = &ignored;
    ar_sql_add(&sql, "SELECT 1 FROM ", ar_sql_table(&sql, columns.model), " WHERE ", NULL);
    if (values != NULL)
        ar_sql_add_key(&sql, columns, values);
    for (size_t i = 0; i < columns.count && values == NULL; i++) {
        ar_sql_add(&sql, i > 0 ? " AND " : "", NULL);
        ar_sql_add_column(&sql, &columns.model->columns[columns.columns[i]]);
        ar_sql_add(&sql, " IS NOT NULL", NULL);
    }
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
        replace(&write->store->failure, model, column, "%s.%s: no %s has this key (%s)", model->name, column->field,
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
    replace(&write->store->failure, model, first, "%s.%s: another row has %s (%s)", model->name, first->field, text,
            reason);
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
    struct link *link;
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

/* Return true if rows refer to the write's record by the foreign key of the relation, or to any row if it is unknown
 * to which. */
static bool has_referring_rows(const struct referrers *referrers, const struct ar_relation *relation)
{
    const struct write *write = referrers->write;
    const void *row = write != NULL ? ar_write_row_before(write) : NULL;
    struct ar_value values[AR_KEY_COLUMNS_MAX];

    if (write != NULL)
        ar_key_values(ar_referred_key(relation), row != NULL ? row : write->copy, values);
    return has_row(referrers->link, ar_foreign_key(relation), write != NULL ? values : NULL);
}

/* Begin an item of the list. */
static void add_separator(struct referrers *referrers)
{
    bool is_sure = referrers->failure != NULL || referrers->write != NULL;

    if (referrers->count++ > 0)
        ar_text_buffer_add(&referrers->list, is_sure ? ", " : " or ");
}

static void list_one(struct referrers *referrers, const struct ar_relation *relation)
{
    const struct key_columns foreign = ar_foreign_key(relation);

    if (referrers->failure != NULL
            ? !is_named(referrers->failure, relation)
            : is_cascaded(referrers->model, foreign.model) || !has_referring_rows(referrers, relation))
        return;
    add_separator(referrers);
    ar_text_buffer_add(&referrers->list, "%s.%s (%s.%s)", relation->owner->name, relation->name, foreign.model->name,
                       foreign.model->columns[foreign.columns[0]].field);
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

/* Return true if a relation has its foreign key to the model in this table. */
static bool has_relation(const struct ar_model *model, const char *table)
{
    for (size_t i = 0; i < model->referrer_count; i++)
        if (strcasecmp(model->referrers[i]->owner->table, table) == 0)
            return true;
    for (size_t i = 0; i < model->relation_count; i++)
        if (!ar_owner_has_foreign_key(model->relations[i]) && !ar_has_path(model->relations[i]) &&
            strcasecmp(model->relations[i]->target->table, table) == 0)
            return true;
    return false;
}

/* Add the table in a row of dialect.refusing_query, unless it is one of those that list_referrers finds. */
static enum ar_status list_table(void *payload, const struct row *row)
{
    struct referrers *referrers = payload;
    const struct ar_model *model = referrers->model;
    struct ar_value name;
    char table[128];

    if (!row->methods->value(row, 0, &name))
        return AR_NO_MEMORY;
    (void)snprintf(table, sizeof table, "%.*s", (int)name.bytes.size, (const char *)name.bytes.data);
    if (has_relation(model, table))
        return AR_OK;
    for (size_t i = 0; i < model->cascaded_count; i++)
        if (has_relation(model->cascaded[i], table))
            return AR_OK;
    add_separator(referrers);
    ar_text_buffer_add(&referrers->list, "a foreign key of table %s", table);
    return AR_OK;
}

/* List the tables of no model. */
static void list_tables(struct referrers *referrers)
{
    const struct ar_model *model = referrers->model;
    const struct parameter table = {.value = ar_value_text(model->table)};
    const struct statement statement = {.sql = referrers->link->db->driver->dialect.refusing_query,
                                        .is_constant = true,
                                        .parameters = &table,
                                        .parameter_count = 1,
                                        .on_row = list_table,
                                        .payload = referrers,
                                        .model = model};
    struct failure ignored;

    if (statement.sql != NULL)
        (void)ar_run_probe(referrers->link, &statement, &ignored);
}

/* Return true if the list is known to have the reason. */
static bool is_known(const struct referrers *referrers)
{
    return referrers->count > 0 && (referrers->failure != NULL || referrers->write != NULL);
}

/* List the foreign keys that refer to the rows of the model, or to those that the database deletes with them. */
static void list_all(struct referrers *referrers)
{
    list_referrers(referrers, referrers->model);
    if (is_known(referrers))
        return;
    referrers->write = NULL;
    for (size_t i = 0; i < referrers->model->cascaded_count && !is_known(referrers); i++)
        if (referrers->model->cascaded[i] != referrers->model)
            list_referrers(referrers, referrers->model->cascaded[i]);
    if (referrers->failure == NULL)
        list_tables(referrers);
}

/* Return the failure if it names the constraint. */
static const struct failure *naming(const struct failure *failure)
{
    return failure->table[0] != '\0' ? failure : NULL;
}

void ar_write_explain_refused_delete(struct write *write)
{
    char text[512] = "";
    struct failure *failure = &write->store->failure;
    struct referrers referrers = {write->link, naming(failure), write->model, write, {text, sizeof text, 0}, 0};

    if (failure->violation != VIOLATION_FOREIGN_KEY)
        return;
    list_all(&referrers);
    if (referrers.count > 0)
        replace(failure, write->model, NULL,
                "this %s was not deleted: rows refer to it by %s: delete them first, or declare .dependent or "
                ".on_delete (%s)",
                write->model->name, text, ar_failure_reason(failure));
}

void ar_explain_refused_delete_all(struct link *link, const struct ar_model *model)
{
    char text[512] = "";
    struct referrers referrers = {link, naming(link->failure), model, NULL, {text, sizeof text, 0}, 0};

    if (link->failure->violation != VIOLATION_FOREIGN_KEY)
        return;
    list_all(&referrers);
    if (referrers.count > 0)
        replace(link->failure, model, NULL, "rows of table %s are referred to by %s: delete those first (%s)",
                model->table, text, ar_failure_reason(link->failure));
}
