/* The table armature_migrations. */
#include "migrate/history.h"

#include "link/run.h"
#include "model/row.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { CHECKSUM_SIZE = 17 };

static void print_checksum(char out[CHECKSUM_SIZE], const char *script)
{
    (void)snprintf(out, CHECKSUM_SIZE, "%016" PRIx64, ar_script_checksum(script));
}

/* ---- Comparing --------------------------------------------------------------------------------------------------- */

struct comparison {
    struct migrator *m;
    size_t index; /* of the program's next migration */
    enum ar_status (*visit)(void *payload, const struct ar_migration *migration, const struct ar_migration_state *state,
                            bool is_running);
    void *payload;
};

/* A row of the table. */
struct history_row {
    unsigned number;
    const char *name, *checksum;
    unsigned step;
    bool is_running;
    const char *applied; /* NULL: it is not complete */
};

static unsigned number_of(const struct ar_value *value)
{
    return value->kind == AR_VALUE_INTEGER && value->integer >= 0 && value->integer <= UINT32_MAX
               ? (unsigned)value->integer
               : 0;
}

static const char *text_of(const struct ar_value *value)
{
    return value->kind == AR_VALUE_TEXT ? value->bytes.data : NULL;
}

static bool read_row(const struct row *row, struct history_row *out)
{
    enum { NUMBER, NAME, CHECKSUM, STEP, IS_RUNNING, APPLIED, COLUMNS };
    struct ar_value values[COLUMNS];

    if (!ar_row_values(row, COLUMNS, values))
        return false;
    *out = (struct history_row){
        .number = number_of(&values[NUMBER]),
        .name = text_of(&values[NAME]),
        .checksum = text_of(&values[CHECKSUM]),
        .step = number_of(&values[STEP]),
        .is_running = number_of(&values[IS_RUNNING]) != 0,
        .applied = text_of(&values[APPLIED]),
    };
    return true;
}

static bool is_changed(const struct migrator *m, const struct ar_migration *migration,
                       const struct history_row *recorded)
{
    const char *script = ar_migrator_script(m, migration);
    char checksum[CHECKSUM_SIZE];

    if (script == NULL || recorded->name == NULL || recorded->checksum == NULL)
        return true;
    print_checksum(checksum, script);
    return strcmp(recorded->name, migration->name) != 0 || strcmp(recorded->checksum, checksum) != 0;
}

static enum ar_status visit_missing(struct comparison *comparison, enum ar_migration_condition condition)
{
    const struct ar_migration *migration = &comparison->m->migrations->items[comparison->index++];
    const struct ar_migration_state state = {
        .number = migration->number, .name = migration->name, .condition = condition};

    return comparison->visit(comparison->payload, migration, &state, false);
}

static enum ar_status visit_recorded(struct comparison *comparison, const struct history_row *recorded)
{
    const struct migrator *m = comparison->m;
    const struct ar_migration *migration = NULL;
    struct ar_migration_state state = {.number = recorded->number, .applied = recorded->applied};

    if (comparison->index < m->migrations->count && m->migrations->items[comparison->index].number == recorded->number)
        migration = &m->migrations->items[comparison->index++];
    state.name = migration != NULL ? migration->name : recorded->name != NULL ? recorded->name : "";
    if (migration == NULL)
        state.condition = AR_MIGRATION_UNKNOWN;
    else if (is_changed(m, migration, recorded))
        state.condition = AR_MIGRATION_CHANGED;
    else if (recorded->applied == NULL)
        state.condition = AR_MIGRATION_INCOMPLETE;
    else
        state.condition = AR_MIGRATION_APPLIED;
    state.statements = state.condition == AR_MIGRATION_INCOMPLETE ? recorded->step : 0;
    return comparison->visit(comparison->payload, migration, &state, recorded->is_running);
}

static enum ar_status take_record(void *payload, const struct row *row)
{
    struct comparison *comparison = payload;
    const struct ar_migrations *migrations = comparison->m->migrations;
    enum ar_status status = AR_OK;
    struct history_row recorded;

    if (!read_row(row, &recorded))
        return ar_fail_no_memory(comparison->m->failure);
    while (status == AR_OK && comparison->index < migrations->count &&
           migrations->items[comparison->index].number < recorded.number)
        status = visit_missing(comparison, AR_MIGRATION_OUT_OF_ORDER);
    return status == AR_OK ? visit_recorded(comparison, &recorded) : status;
}

static enum ar_status read_records(struct comparison *comparison)
{
    const struct migration_sql *sql = &comparison->m->driver->dialect.migration;
    struct link *link = &comparison->m->s->link;
    const struct statement exists = {.sql = sql->exists, .is_constant = true, .reason = AR_REASON_SCHEMA};
    const struct statement select = {
        .sql = sql->select,
        .is_constant = true,
        .on_row = take_record,
        .payload = comparison,
        .reason = AR_REASON_SCHEMA,
    };
    struct outcome outcome;
    enum ar_status status = ar_run(link, &exists, &outcome);

    return status == AR_OK && outcome.rows > 0 ? ar_run(link, &select, NULL) : status;
}

enum ar_status ar_history_compare(struct migrator *m,
                                  enum ar_status (*visit)(void *payload, const struct ar_migration *migration,
                                                          const struct ar_migration_state *state, bool is_running),
                                  void *payload)
{
    struct comparison comparison = {.m = m, .visit = visit, .payload = payload};
    enum ar_status status = read_records(&comparison);

    while (status == AR_OK && comparison.index < m->migrations->count)
        status = visit_missing(&comparison, AR_MIGRATION_PENDING);
    return status;
}

/* ---- The position ------------------------------------------------------------------------------------------------ */

static enum ar_status fail_unknown(struct migrator *m, const struct ar_migration_state *state)
{
    size_t count = m->migrations->count;

    if (count == 0 || state->number > m->migrations->items[count - 1].number)
        return ar_fail(
            m->failure, AR_CONFLICT, NULL, NULL,
            "the database was written by a newer program: it has migration %u %s, and this program ends with "
            "%u %s",
            state->number, state->name, count > 0 ? m->migrations->items[count - 1].number : 0,
            count > 0 ? m->migrations->items[count - 1].name : "(none)");
    return ar_fail(m->failure, AR_CONFLICT, NULL, NULL,
                   "the database has migration %u %s, which this program does not have", state->number, state->name);
}

static enum ar_status fail_condition(struct migrator *m, const struct ar_migration_state *state)
{
    if (state->condition == AR_MIGRATION_UNKNOWN)
        return fail_unknown(m, state);
    if (state->condition == AR_MIGRATION_CHANGED)
        return ar_fail(m->failure, AR_CONFLICT, NULL, NULL,
                       "migration %u %s was changed after the database had applied it: restore it, and write another "
                       "migration for the change",
                       state->number, state->name);
    return ar_fail(m->failure, AR_CONFLICT, NULL, NULL,
                   "migration %u %s is not applied, but a later one is: give it a higher number than those",
                   state->number, state->name);
}

static enum ar_status find_position(void *payload, const struct ar_migration *migration,
                                    const struct ar_migration_state *state, bool is_running)
{
    struct migrator *m = payload;
    struct migration_position *at = &m->at;

    at->is_recorded |= state->condition != AR_MIGRATION_PENDING;
    switch (state->condition) {
    case AR_MIGRATION_APPLIED:
        at->has_baseline |= state->number == m->options.baseline;
        return AR_OK;
    case AR_MIGRATION_INCOMPLETE:
    case AR_MIGRATION_PENDING:
        if (ar_migrator_is_done(m)) {
            at->index = (size_t)(migration - m->migrations->items);
            at->step = state->statements;
            at->is_running = is_running;
        }
        return AR_OK;
    case AR_MIGRATION_CHANGED:
    case AR_MIGRATION_OUT_OF_ORDER:
    case AR_MIGRATION_UNKNOWN:
        break;
    }
    return fail_condition(m, state);
}

enum ar_status ar_history_read(struct migrator *m)
{
    m->at = (struct migration_position){.index = m->migrations->count};
    return ar_history_compare(m, find_position, m);
}

/* ---- Recording --------------------------------------------------------------------------------------------------- */

enum ar_status ar_history_create(struct migrator *m)
{
    return ar_run_script(&m->s->link, m->driver->dialect.migration.create, NULL);
}

static const struct ar_model history_model = {.name = "armature_migrations", .table = "armature_migrations"};
static const struct ar_column text_column = {
    .model = &history_model, .field = "name", .name = "name", .sql = "name", .type = AR_TYPE_TEXT};

static enum ar_status record(struct migrator *m, const struct history_entry *entry, const char *checksum)
{
    static const char sql[] = "INSERT INTO armature_migrations (number, name, checksum, step, is_running, applied_at)"
                              " VALUES ($1, $2, $3, $4, $5, NULL) ON CONFLICT (number) DO UPDATE SET"
                              " step = excluded.step, is_running = excluded.is_running";
    static const char sql_done[] =
        "INSERT INTO armature_migrations (number, name, checksum, step, is_running, applied_at)"
        " VALUES ($1, $2, $3, $4, $5, CURRENT_TIMESTAMP) ON CONFLICT (number) DO UPDATE SET"
        " step = excluded.step, is_running = excluded.is_running, applied_at = excluded.applied_at";
    const struct parameter parameters[] = {
        {.value = ar_value_integer(entry->migration->number)},
        {.value = ar_value_text(entry->migration->name), .column = &text_column},
        {.value = ar_value_text(checksum), .column = &text_column},
        {.value = ar_value_integer(entry->step)},
        {.value = ar_value_integer(entry->is_running)},
    };
    const struct statement statement = {
        .sql = entry->is_done ? sql_done : sql,
        .is_constant = true,
        .has_dollars = true,
        .parameters = parameters,
        .parameter_count = sizeof parameters / sizeof *parameters,
        .reason = AR_REASON_SCHEMA,
    };

    return ar_run(&m->s->link, &statement, NULL);
}

enum ar_status ar_history_record(struct migrator *m, const struct history_entry *entry)
{
    char checksum[CHECKSUM_SIZE];

    print_checksum(checksum, ar_migrator_script(m, entry->migration));
    return record(m, entry, checksum);
}
