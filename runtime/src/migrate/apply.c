/* Applying the next steps of migrations. */
#include "migrate/apply.h"

#include "link/run.h"
#include "migrate/backup.h"
#include "migrate/execute.h"
#include "migrate/history.h"
#include "migrate/outside.h"
#include "migrate/steps.h"
#include "migrate/transaction.h"
#include "model/row.h"

/* The steps of the next migration that remain. */
struct remaining {
    const struct ar_migration *migration;
    struct steps steps;
    enum step_item item; /* the next one: STEP_FOUND or STEP_END */
    struct step step;
    unsigned count; /* of the migration's steps */
};

static enum ar_status open_remaining(struct migrator *m, struct remaining *out)
{
    const struct ar_migration *migration = ar_migrator_next(m);
    const char *script = ar_migrator_script(m, migration);
    enum ar_status status;

    *out = (struct remaining){.migration = migration};
    status = ar_steps_check(migration, script, m->language, &out->count, m->failure);
    if (status != AR_OK)
        return status;
    ar_steps_open(&out->steps, script, m->language);
    do
        out->item = ar_steps_next(&out->steps, &out->step);
    while (out->item == STEP_FOUND && out->step.number <= m->at.step);
    return AR_OK;
}

/* ---- Foreign keys ------------------------------------------------------------------------------------------------ */

/* A row refers to a missing row. */
static enum ar_status take_dangling(void *payload, const struct row *row)
{
    struct migrator *m = payload;
    struct ar_value table, parent;

    if (!row->methods->value(row, 0, &table) || !row->methods->value(row, 2, &parent))
        return ar_fail_no_memory(m->failure);
    return ar_fail(m->failure, AR_CONSTRAINT, NULL, NULL,
                   "migration %u %s: afterwards, rows of %s would refer to missing rows of %s",
                   ar_migrator_next(m)->number, ar_migrator_next(m)->name,
                   table.kind == AR_VALUE_TEXT ? (const char *)table.bytes.data : "?",
                   parent.kind == AR_VALUE_TEXT ? (const char *)parent.bytes.data : "?");
}

static enum ar_status check_foreign_keys(struct migrator *m)
{
    const struct statement statement = {
        .sql = m->driver->dialect.migration.dangling,
        .is_constant = true,
        .on_row = take_dangling,
        .payload = m,
        .reason = AR_REASON_SCHEMA,
    };

    return ar_run(&m->s->link, &statement, NULL);
}

/* ---- In a transaction -------------------------------------------------------------------------------------------- */

/* Run the steps up to one that must be outside of the transaction, and record them. */
static enum ar_status run_steps(struct migrator *m, struct remaining *remaining, bool checks_foreign_keys)
{
    enum ar_status status = AR_OK;
    struct history_entry entry = {.migration = remaining->migration, .step = m->at.step};

    while (status == AR_OK && remaining->item == STEP_FOUND && !remaining->step.is_outside) {
        status = ar_migrate_execute(m, remaining->migration, &remaining->step, remaining->count);
        entry.step = remaining->step.number;
        remaining->item = ar_steps_next(&remaining->steps, &remaining->step);
    }
    if (status == AR_OK && checks_foreign_keys)
        status = check_foreign_keys(m);
    entry.is_done = remaining->item == STEP_END;
    if (status == AR_OK)
        status = ar_history_record(m, &entry);
    if (status == AR_OK && entry.is_done && m->at.index + 1 == m->migrations->count)
        status = ar_migrate_forget_backup(m);
    return status;
}

static enum ar_status run_transaction(struct migrator *m, struct remaining *remaining, bool checks_foreign_keys)
{
    bool is_same;
    enum ar_status status = ar_migrate_begin(m, &is_same);

    if (status != AR_OK)
        return status;
    if (is_same)
        status = run_steps(m, remaining, checks_foreign_keys);
    status = ar_migrate_end(m, status);
    if (status == AR_OK && is_same && remaining->item == STEP_END)
        ar_migrate_report_done(m, remaining->migration, remaining->count);
    return status;
}

/* SQLite changes the enforcement of foreign keys outside of transactions only. */
static enum ar_status run_rebuild(struct migrator *m, struct remaining *remaining)
{
    const struct migration_sql *sql = &m->driver->dialect.migration;
    enum ar_status status = ar_run_script(&m->s->link, sql->stop_foreign_keys, NULL);
    struct failure first;

    if (status != AR_OK)
        return status;
    status = run_transaction(m, remaining, true);
    first = *m->failure;
    if (m->s->link.connection != NULL && ar_run_script(&m->s->link, sql->resume_foreign_keys, NULL) != AR_OK &&
        status == AR_OK)
        return m->failure->error.status;
    ar_failure_restore(m->failure, &first);
    return status;
}

enum ar_status ar_migrate_apply(struct migrator *m)
{
    struct remaining remaining;
    enum ar_status status = open_remaining(m, &remaining);

    if (status != AR_OK)
        return status;
    if (remaining.item == STEP_FOUND && remaining.step.is_outside)
        status = ar_migrate_run_outside(m, &remaining.step, remaining.step.number == remaining.count, remaining.count);
    else if (remaining.steps.is_rebuild && !m->s->link.db->options.no_foreign_keys)
        status = run_rebuild(m, &remaining);
    else
        status = run_transaction(m, &remaining, false);
    if (status == AR_OK)
        status = ar_history_read(m);
    return status;
}

/* ---- The baseline ------------------------------------------------------------------------------------------------ */

static enum ar_status record_up_to(struct migrator *m, unsigned number)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < m->migrations->count && status == AR_OK; i++) {
        const struct ar_migration *migration = &m->migrations->items[i];
        const char *script = ar_migrator_script(m, migration);
        struct history_entry entry = {.migration = migration, .is_done = true};
        if (migration->number > number)
            break;
        status = ar_steps_check(migration, script, m->language, &entry.step, m->failure);
        if (status == AR_OK)
            status = ar_history_record(m, &entry);
    }
    return status;
}

enum ar_status ar_migrate_record_baseline(struct migrator *m)
{
    bool is_same;
    enum ar_status status;

    if (m->options.baseline == 0 || m->at.has_baseline)
        return AR_OK;
    status = ar_migrate_begin(m, &is_same);
    if (status != AR_OK)
        return status;
    if (m->at.is_recorded)
        status = ar_fail(m->failure, AR_CONFLICT, NULL, NULL,
                         "the database has recorded migrations, so that it needs no baseline");
    if (status == AR_OK)
        status = record_up_to(m, m->options.baseline);
    status = ar_migrate_end(m, status);
    return status == AR_OK ? ar_history_read(m) : status;
}
