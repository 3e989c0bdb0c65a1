/* ar_migrate and ar_migration_status. */
#include "migrate/apply.h"
#include "migrate/backup.h"
#include "migrate/execute.h"
#include "migrate/history.h"
#include "migrate/lock.h"
#include "migrate/steps.h"

/* ---- Checks ------------------------------------------------------------------------------------------------------ */

/* Find out if the list has a migration with the number of the baseline. */
static enum ar_status check_baseline(struct migrator *m)
{
    for (size_t i = 0; i < m->migrations->count; i++)
        if (m->migrations->items[i].number == m->options.baseline)
            return AR_OK;
    if (m->options.baseline == 0)
        return AR_OK;
    return ar_fail(m->failure, AR_MISUSE, NULL, NULL, "the baseline is %u, but no migration has this number",
                   m->options.baseline);
}

static enum ar_status check_database(struct migrator *m)
{
    const struct ar_db_options *options = &m->s->link.db->options;

    if (options->read_only && !m->options.dry_run)
        return ar_fail(m->failure, AR_MISUSE, NULL, NULL,
                       "migration %u %s is to be applied, but the database was opened with read_only",
                       ar_migrator_next(m)->number, ar_migrator_next(m)->name);
    if (options->pooled || options->no_named_statements)
        return ar_fail(m->failure, AR_MISUSE, NULL, NULL,
                       "migrations need a lock of the connection, which a pooler may give to another client: open the "
                       "database without the pooler, and without pooled and no_named_statements");
    if (m->options.backup != NULL && m->driver->backup == NULL)
        return ar_fail(m->failure, AR_MISUSE, NULL, NULL,
                       "ar_migrate makes backups of SQLite databases only: use pg_dump");
    return check_baseline(m);
}

/* Read the scripts that will run, so that none fails after others ran. */
static enum ar_status check_scripts(struct migrator *m)
{
    enum ar_status status = AR_OK;
    unsigned ignored;

    for (size_t i = m->at.index; i < m->migrations->count && status == AR_OK; i++) {
        const struct ar_migration *migration = &m->migrations->items[i];
        const char *script = ar_migrator_script(m, migration);
        if (script == NULL)
            return ar_fail(m->failure, AR_MISUSE, NULL, NULL, "migration %u %s has no script for this database",
                           migration->number, migration->name);
        status = ar_steps_check(migration, script, m->language, &ignored, m->failure);
    }
    return status;
}

/* ---- Applying ---------------------------------------------------------------------------------------------------- */

/* Report the steps that remain. */
static enum ar_status report_all(struct migrator *m)
{
    enum ar_status status = AR_OK;

    for (size_t i = m->at.index; i < m->migrations->count; i++) {
        const struct ar_migration *migration = &m->migrations->items[i];
        const char *script = ar_migrator_script(m, migration);
        unsigned count, done = i == m->at.index ? m->at.step : 0;
        struct steps steps;
        struct step step;
        if (migration->number <= m->options.baseline)
            continue;
        status = ar_steps_check(migration, script, m->language, &count, m->failure);
        ar_steps_open(&steps, script, m->language);
        while (status == AR_OK && ar_steps_next(&steps, &step) == STEP_FOUND)
            if (step.number > done)
                status = ar_migrate_execute(m, migration, &step, count);
        if (status != AR_OK)
            return status;
    }
    return AR_OK;
}

/* Apply all migrations, with the lock. */
static enum ar_status apply_all(struct migrator *m)
{
    enum ar_status status = ar_history_read(m);

    if (status == AR_OK)
        status = ar_migrate_record_baseline(m);
    if (status == AR_OK && !ar_migrator_is_done(m))
        status = ar_migrate_back_up(m);
    while (status == AR_OK && !ar_migrator_is_done(m))
        status = ar_migrate_apply(m);
    return status;
}

static enum ar_status migrate(struct migrator *m)
{
    enum ar_status status;

    do
        status = ar_history_read(m);
    while (ar_migrator_may_wait(m, status));
    if (status == AR_OK && ar_migrator_is_done(m) && (m->options.baseline == 0 || m->at.has_baseline))
        return AR_OK;
    if (status == AR_OK)
        status = check_database(m);
    if (status == AR_OK)
        status = check_scripts(m);
    if (status != AR_OK)
        return status;
    if (m->options.dry_run)
        return report_all(m);
    status = ar_migrate_lock(m);
    return status == AR_OK ? ar_migrate_unlock(m, apply_all(m)) : status;
}

enum ar_status ar_migrate(struct ar_db *db, const struct ar_migrations *migrations,
                          const struct ar_migrate_options *options)
{
    struct migrator m;
    enum ar_status status = ar_migrator_open(&m, db, migrations, options);

    return ar_migrator_close(&m, db, status == AR_OK ? migrate(&m) : status);
}

/* ---- Status ------------------------------------------------------------------------------------------------------ */

struct listener {
    void (*callback)(const struct ar_migration_state *state, void *payload);
    void *payload;
};

static enum ar_status pass_on(void *payload, const struct ar_migration *migration,
                              const struct ar_migration_state *state, bool is_running)
{
    const struct listener *listener = payload;

    (void)migration;
    (void)is_running;
    listener->callback(state, listener->payload);
    return AR_OK;
}

enum ar_status ar_migration_status(struct ar_db *db, const struct ar_migrations *migrations,
                                   void (*callback)(const struct ar_migration_state *state, void *payload),
                                   void *payload)
{
    struct migrator m;
    struct listener listener = {callback, payload};
    enum ar_status status = ar_migrator_open(&m, db, migrations, NULL);

    return ar_migrator_close(&m, db, status == AR_OK ? ar_history_compare(&m, pass_on, &listener) : status);
}
