/* The cached result of a check. */
#include "schema/fingerprint.h"

#include "link/run.h"
#include "schema/catalog.h"
#include "schema/check.h"
#include "session/session.h"
#include "session/transaction.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Must be raised if a check finds other differences than before in the same tables. */
enum { RULES_VERSION = 1 };

/* ---- The fingerprint of models ----------------------------------------------------------------------------------- */

/* FNV-1a, whose values are the same in every process. */
struct fingerprint {
    uint64_t hash;
};

static void add_bytes(struct fingerprint *fingerprint, const void *from, size_t size)
{
    const unsigned char *bytes = from;

    for (size_t i = 0; i < size; i++)
        fingerprint->hash = (fingerprint->hash ^ bytes[i]) * UINT64_C(0x100000001B3);
}

static void add_text(struct fingerprint *fingerprint, const char *text)
{
    if (text != NULL)
        add_bytes(fingerprint, text, strlen(text) + 1);
}

static void add_number(struct fingerprint *fingerprint, uint64_t number)
{
    for (int i = 0; i < 8; i++)
        add_bytes(fingerprint, &(unsigned char){(unsigned char)(number >> (8 * i))}, 1);
}

static void add_column(struct fingerprint *fingerprint, const struct ar_column *column)
{
    add_text(fingerprint, column->name);
    add_number(fingerprint, column->type);
    add_number(fingerprint, column->flags);
    add_number(fingerprint, column->cast != NULL);
    if (column->cast != NULL) {
        add_text(fingerprint, column->cast->type);
        add_text(fingerprint, column->cast->read);
    }
}

/* Add all members of the descriptor that the comparison reads. */
static void add_model(struct fingerprint *fingerprint, const struct ar_model *model)
{
    add_text(fingerprint, ar_models_table(true, model));
    add_number(fingerprint, model->is_read_only);
    add_number(fingerprint, model->column_count);
    for (size_t i = 0; i < model->column_count; i++)
        add_column(fingerprint, &model->columns[i]);
    add_number(fingerprint, model->key_count);
    for (size_t i = 0; i < model->key_count; i++)
        add_number(fingerprint, model->key[i]);
    for (size_t i = 0; i < model->unique_count; i++) {
        add_number(fingerprint, model->uniques[i].column_count);
        for (size_t j = 0; j < model->uniques[i].column_count; j++)
            add_number(fingerprint, model->uniques[i].columns[j]);
    }
    for (size_t i = 0; i < model->sibling_count; i++)
        for (size_t j = 0; j < model->siblings[i]->column_count; j++)
            add_text(fingerprint, model->siblings[i]->columns[j].name);
}

enum { TEXT_SIZE = 2 * sizeof(uint64_t) + 1 }; /* of a fingerprint in hexadecimal digits */

static void print_fingerprint(const struct model_list *models, char out[TEXT_SIZE])
{
    struct fingerprint fingerprint = {UINT64_C(0xCBF29CE484222325)};

    add_number(&fingerprint, RULES_VERSION);
    for (size_t i = 0; i < models->count; i++)
        add_model(&fingerprint, models->items[i]);
    (void)snprintf(out, TEXT_SIZE, "%016" PRIx64, fingerprint.hash);
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

static const char create_sql[] =
    "CREATE TABLE IF NOT EXISTS armature_schema (models text NOT NULL PRIMARY KEY, state text NOT NULL)";

static enum ar_status run(struct ar_session *s, const char *sql, const struct model_list *models,
                          struct outcome *outcome)
{
    static const struct ar_column text = {.type = AR_TYPE_TEXT};
    char fingerprint[TEXT_SIZE];
    struct key_set tables;
    struct parameter parameters[] = {{.keys = &tables}, {.column = &text}};
    const struct statement statement = {
        .sql = sql,
        .is_constant = true,
        .parameters = parameters,
        .parameter_count = 2,
        .reason = AR_REASON_SCHEMA,
    };

    print_fingerprint(models, fingerprint);
    parameters[1].value = ar_value_text(fingerprint);
    if (!ar_catalog_tables(&s->link, models, &tables))
        return ar_fail_no_memory(&s->store.failure);
    return ar_run(&s->link, &statement, outcome);
}

/* That the table does not exist is the usual failure. Others do not matter here, because the check that follows would
 * fail in the same way. */
static bool was_checked(struct ar_session *s, const struct model_list *models)
{
    struct outcome outcome = {.rows = 0};

    return run(s, s->link.db->driver->dialect.checked_query, models, &outcome) == AR_OK && outcome.rows > 0;
}

/* Check, and note that, in one transaction: so that what is noted is the state of the schema that was checked.
 * *is_noted: both succeeded. */
static enum ar_status check_and_note(struct ar_session *s, const struct model_list *models, bool *is_noted)
{
    static const struct ar_transaction_options options = {.isolation = AR_ISOLATION_REPEATABLE_READ};
    enum ar_status status = ar_begin_with(s, &options), note;

    *is_noted = false;
    if (status != AR_OK)
        return AR_OK;
    note = ar_run_script(&s->link, create_sql, NULL);
    if (note == AR_OK) {
        status = ar_check(s, models);
        note = status == AR_OK ? run(s, s->link.db->driver->dialect.note_checked, models, NULL) : status;
    }
    *is_noted = ar_transaction_end(s, note) == AR_OK;
    return status;
}

enum ar_status ar_check_by_fingerprint(struct ar_session *s, const struct model_list *models)
{
    bool is_noted = false;
    enum ar_status status = AR_OK;

    if (was_checked(s, models))
        return AR_OK;
    if (!s->link.db->options.read_only)
        status = check_and_note(s, models, &is_noted);
    return status == AR_OK && !is_noted ? ar_check(s, models) : status;
}
