/* Making and noting the backup. */
#include "migrate/backup.h"

#include "link/run.h"
#include "session/transaction.h"

#include <unistd.h>

static const struct ar_model backup_model = {.name = "armature_backup", .table = "armature_backup"};
static const struct ar_column path_column = {
    .model = &backup_model, .field = "path", .name = "path", .sql = "path", .type = AR_TYPE_TEXT};

/* Run a statement with the path as its parameter. */
static enum ar_status run_with_path(struct migrator *m, const char *sql, uint64_t *rows)
{
    const struct parameter path = {.value = ar_value_text(m->options.backup), .column = &path_column};
    const struct statement statement = {.sql = sql,
                                        .is_constant = true,
                                        .has_dollars = true,
                                        .parameters = &path,
                                        .parameter_count = 1,
                                        .reason = AR_REASON_SCHEMA};
    struct outcome outcome;
    enum ar_status status = ar_run(&m->s->link, &statement, &outcome);

    *rows = outcome.rows;
    return status;
}

/* Find out if an interrupted call has noted this path. */
static enum ar_status find_note(struct migrator *m, bool *out)
{
    const struct migration_sql *sql = &m->driver->dialect.migration;
    const struct statement exists = {.sql = sql->backup_exists, .is_constant = true, .reason = AR_REASON_SCHEMA};
    struct outcome outcome;
    uint64_t rows = 0;
    enum ar_status status = ar_run(&m->s->link, &exists, &outcome);

    if (status == AR_OK && outcome.rows > 0)
        status = run_with_path(m, sql->backup_find, &rows);
    *out = rows > 0;
    return status;
}

static enum ar_status add_note(struct migrator *m)
{
    const struct migration_sql *sql = &m->driver->dialect.migration;
    enum ar_status status = ar_begin(m->s);
    uint64_t rows;

    if (status != AR_OK)
        return status;
    status = ar_run_script(&m->s->link, sql->backup_drop, NULL); /* of another path */
    if (status == AR_OK)
        status = ar_run_script(&m->s->link, sql->backup_create, NULL);
    if (status == AR_OK)
        status = run_with_path(m, sql->backup_add, &rows);
    return ar_transaction_end(m->s, status);
}

static enum ar_status copy(struct migrator *m)
{
    const struct ar_migration_step step = {.event = AR_MIGRATION_BACKUP, .sql = m->options.backup};

    if (m->options.on_step != NULL)
        m->options.on_step(&step, m->options.payload);
    return m->driver->backup(m->s->link.connection, m->options.backup, m->failure);
}

enum ar_status ar_migrate_back_up(struct migrator *m)
{
    const char *path = m->options.backup;
    enum ar_status status;
    bool is_noted, exists;

    if (path == NULL)
        return AR_OK;
    do
        status = find_note(m, &is_noted);
    while (ar_migrator_may_wait(m, status));
    exists = access(path, F_OK) == 0;
    if (status == AR_OK && exists && !is_noted)
        return ar_fail(m->failure, AR_CONFLICT, NULL, NULL,
                       "the backup %s exists already: move it, or choose another file", path);
    while (status == AR_OK && !is_noted) {
        status = add_note(m);
        is_noted = status == AR_OK;
        if (ar_migrator_may_wait(m, status))
            status = AR_OK;
    }
    return status == AR_OK && !exists ? copy(m) : status;
}

enum ar_status ar_migrate_forget_backup(struct migrator *m)
{
    const char *sql = m->driver->dialect.migration.backup_drop;

    return sql != NULL ? ar_run_script(&m->s->link, sql, NULL) : AR_OK;
}
