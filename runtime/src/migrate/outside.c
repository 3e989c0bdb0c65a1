/* Running steps outside of a transaction. */
#include "migrate/outside.h"

#include "base/arena_text.h"
#include "link/run.h"
#include "migrate/backup.h"
#include "migrate/execute.h"
#include "migrate/history.h"
#include "migrate/recognize.h"
#include "migrate/transaction.h"
#include "model/row.h"

#include <stdio.h>

static const struct ar_model settings_model = {.name = "the statement", .table = "the statement"};
static const struct ar_column text_column = {
    .model = &settings_model, .field = "value", .name = "value", .sql = "value", .type = AR_TYPE_TEXT};

/* ---- The record -------------------------------------------------------------------------------------------------- */

/* Record the state of the step, unless another program has got further meanwhile: *is_same is false. */
static enum ar_status record(struct migrator *m, const struct history_entry *entry, bool *is_same)
{
    bool is_last = m->at.index + 1 == m->migrations->count && entry->is_done;
    enum ar_status status = ar_migrate_begin(m, is_same);

    if (status != AR_OK)
        return status;
    if (*is_same)
        status = ar_history_record(m, entry);
    if (*is_same && is_last && status == AR_OK)
        status = ar_migrate_forget_backup(m);
    status = ar_migrate_end(m, status);
    if (status == AR_OK && *is_same)
        m->at.is_running = entry->is_running;
    return status;
}

/* ---- Indexes ----------------------------------------------------------------------------------------------------- */

/* The index of a CREATE INDEX CONCURRENTLY, as the database has it. */
struct index_state {
    struct arena *arena;
    bool is_valid;
    char *name; /* with its schema; NULL: it does not exist */
};

static enum ar_status take_state(void *payload, const struct row *row)
{
    struct index_state *state = payload;
    enum { IS_VALID, NAME, COLUMNS };
    struct ar_value values[COLUMNS];

    if (!ar_row_values(row, COLUMNS, values))
        return AR_NO_MEMORY;
    if (values[IS_VALID].kind != AR_VALUE_INTEGER || values[NAME].kind != AR_VALUE_TEXT)
        return AR_OK;
    state->is_valid = values[IS_VALID].integer != 0;
    state->name = ar_arena_copy_text(state->arena, values[NAME].bytes.data, values[NAME].bytes.size);
    return state->name != NULL ? AR_OK : AR_NO_MEMORY;
}

/* Find the index `name` of a table, both as they are written. */
static enum ar_status select_state(struct migrator *m, const char *table, const char *name, struct index_state *out)
{
    const struct parameter parameters[] = {
        {.value = ar_value_text(table), .column = &text_column},
        {.value = ar_value_text(name), .column = &text_column},
    };
    const struct statement statement = {
        .sql = m->driver->dialect.migration.index_state,
        .is_constant = true,
        .has_dollars = true,
        .parameters = parameters,
        .parameter_count = sizeof parameters / sizeof *parameters,
        .on_row = take_state,
        .payload = out,
        .reason = AR_REASON_SCHEMA,
    };

    return ar_run(&m->s->link, &statement, NULL);
}

static enum ar_status find_index(struct migrator *m, const struct concurrent_index *index, struct index_state *out)
{
    const char *name = ar_arena_copy_text(out->arena, index->name, index->name_length);
    struct arena_text table = {.arena = out->arena};
    enum ar_status status = AR_NO_MEMORY;

    ar_arena_text_append(&table, index->schema, index->schema_length);
    ar_arena_text_add(&table, index->schema_length > 0 ? "." : "", NULL);
    ar_arena_text_append(&table, index->table, index->table_length);
    if (name != NULL && !table.out_of_memory)
        status = select_state(m, table.data, name, out);
    return status == AR_NO_MEMORY ? ar_fail_no_memory(m->failure) : status;
}

static enum ar_status drop_index(struct migrator *m, const char *name)
{
    struct arena_text sql = {.arena = &m->s->store.scratch};

    ar_arena_text_add(&sql, m->driver->dialect.migration.drop_index, name, NULL);
    return sql.out_of_memory ? ar_fail_no_memory(m->failure) : ar_run_script(&m->s->link, sql.data, NULL);
}

/* Find out what an earlier call has left of the step: *is_done if it has completed it. */
static enum ar_status clean_up(struct migrator *m, const struct step *step, bool was_running, bool *is_done)
{
    struct index_state state = {.arena = &m->s->store.scratch};
    struct concurrent_index index;
    enum ar_status status;

    *is_done = false;
    if (m->driver->dialect.migration.index_state == NULL ||
        !ar_recognize_concurrent_index(step->sql, step->length, &index))
        return AR_OK;
    status = find_index(m, &index, &state);
    *is_done = status == AR_OK && was_running && state.name != NULL && state.is_valid;
    if (status != AR_OK || state.name == NULL || state.is_valid)
        return status;
    return drop_index(m, state.name);
}

/* ---- The step ---------------------------------------------------------------------------------------------------- */

static enum ar_status set_patience(struct migrator *m, unsigned milliseconds)
{
    char text[16];
    const struct parameter parameter = {
        .value = ar_value_bytes(AR_VALUE_TEXT, text, (size_t)snprintf(text, sizeof text, "%u", milliseconds)),
        .column = &text_column};
    const struct statement statement = {
        .sql = m->driver->dialect.migration.set_patience,
        .is_constant = true,
        .has_dollars = true,
        .parameters = &parameter,
        .parameter_count = 1,
        .reason = AR_REASON_SCHEMA,
    };

    return statement.sql != NULL ? ar_run(&m->s->link, &statement, NULL) : AR_OK;
}

/* Run the step, which does not block others while it waits, with more patience. */
static enum ar_status run_patiently(struct migrator *m, const struct step *step, bool was_running, unsigned count)
{
    enum ar_status status = set_patience(m, m->options.wait_ms);
    bool is_done = false;

    if (status == AR_OK)
        status = clean_up(m, step, was_running, &is_done);
    if (status == AR_OK && !is_done)
        status = ar_migrate_execute(m, ar_migrator_next(m), step, count);
    /* If this fails, later statements wait longer. */
    if (status == AR_OK)
        (void)set_patience(m, m->s->link.db->options.busy_timeout_ms);
    return ar_session_done(m->s, status);
}

/* Return true if the database has reported the failure of the step: it had no effect, and does not run any more. After
 * others, such as a lost connection or a lack of memory for the answer, it may have been completed. */
static bool is_refused(const struct migrator *m, enum ar_status status)
{
    return m->failure->sqlstate[0] != '\0' && status != AR_UNAVAILABLE && m->s->link.connection != NULL;
}

/* Note that the step does not run if the database has refused it, and keep its failure. */
static enum ar_status note_failure(struct migrator *m, struct history_entry entry, enum ar_status status)
{
    struct failure first = *m->failure;
    bool ignored;

    entry.is_running = false;
    if (is_refused(m, status))
        (void)record(m, &entry, &ignored);
    ar_failure_restore(m->failure, &first);
    return status;
}

enum ar_status ar_migrate_run_outside(struct migrator *m, const struct step *step, bool is_last, unsigned count)
{
    struct history_entry entry = {.migration = ar_migrator_next(m), .step = m->at.step, .is_running = true};
    bool was_running = m->at.is_running, is_same;
    enum ar_status status = record(m, &entry, &is_same);

    if (status != AR_OK || !is_same)
        return status;
    status = run_patiently(m, step, was_running, count);
    if (status != AR_OK)
        return note_failure(m, entry, status);
    entry = (struct history_entry){.migration = entry.migration, .step = step->number, .is_done = is_last};
    status = record(m, &entry, &is_same);
    if (status == AR_OK && is_same && is_last)
        ar_migrate_report_done(m, entry.migration, count);
    return status;
}
