/* Locking a database for migrations. */
#include "migrate/lock.h"

#include "link/run.h"
#include "model/row.h"

static enum ar_status take_truth(void *payload, const struct row *row)
{
    bool *is_true = payload;
    struct ar_value value;

    if (!row->methods->value(row, 0, &value))
        return AR_NO_MEMORY;
    *is_true = value.kind == AR_VALUE_INTEGER && value.integer != 0;
    return AR_OK;
}

enum ar_status ar_migrate_select_truth(struct migrator *m, const char *sql, bool *out)
{
    const struct statement statement = {
        .sql = sql, .on_row = take_truth, .payload = out, .reason = AR_REASON_SCHEMA, .has_dollars = true};
    struct outcome outcome;
    enum ar_status status;

    *out = false;
    status = ar_run(&m->s->link, &statement, &outcome);
    *out = *out && outcome.rows == 1;
    return status == AR_NO_MEMORY ? ar_fail_no_memory(m->failure) : status;
}

enum ar_status ar_migrate_lock(struct migrator *m)
{
    const char *lock = m->driver->dialect.migration.lock;
    enum ar_status status;
    bool is_locked;

    if (lock == NULL)
        return AR_OK;
    do {
        status = ar_migrate_select_truth(m, lock, &is_locked);
        if (status == AR_OK && !is_locked)
            status = AR_BUSY;
    } while (ar_migrator_may_wait(m, status));
    if (status != AR_BUSY)
        return status;
    return ar_fail(m->failure, AR_BUSY, NULL, NULL,
                   "another program is migrating the database: waited for %u ms (wait_ms)", m->options.wait_ms);
}

enum ar_status ar_migrate_unlock(struct migrator *m, enum ar_status status)
{
    const char *unlock = m->driver->dialect.migration.unlock;
    struct failure first = *m->failure;
    bool ignored;

    /* If the connection is lost, so is the lock. */
    if (unlock != NULL && m->s->link.connection != NULL)
        (void)ar_migrate_select_truth(m, unlock, &ignored);
    ar_failure_restore(m->failure, &first);
    return status;
}
