/* Opening and closing migrators. */
#include "migrate/migrator.h"

#include "base/clock.h"

static enum ar_status check_numbers(struct migrator *m)
{
    unsigned last = 0;

    for (size_t i = 0; i < m->migrations->count; i++) {
        const struct ar_migration *migration = &m->migrations->items[i];
        if (migration->number <= last)
            return ar_fail(m->failure, AR_MISUSE, NULL, NULL,
                           "migration %u %s follows number %u: the numbers must be ascending, from 1",
                           migration->number, migration->name, last);
        last = migration->number;
    }
    return AR_OK;
}

enum ar_status ar_migrator_open(struct migrator *m, struct ar_db *db, const struct ar_migrations *migrations,
                                const struct ar_migrate_options *options)
{
    enum { WAIT_MS = 60000 };

    *m = (struct migrator){.driver = db->driver, .migrations = migrations};
    if (options != NULL)
        m->options = *options;
    if (m->options.wait_ms == 0)
        m->options.wait_ms = WAIT_MS;
    m->deadline = ar_microseconds_now() + (uint64_t)m->options.wait_ms * 1000;
    m->language = db->driver->dialect.has_dollar_quotes ? SCRIPT_POSTGRESQL : SCRIPT_SQLITE;
    if (ar_session_open(db, NULL, &m->s) != AR_OK)
        return AR_NO_MEMORY;
    m->failure = &m->s->store.failure;
    m->s->link.options.timeout_ms = 0; /* a change of a large table takes its time */
    return check_numbers(m);
}

enum ar_status ar_migrator_close(struct migrator *m, struct ar_db *db, enum ar_status status)
{
    if (status != AR_OK && m->s != NULL)
        ar_failure_restore(&db->failure, m->failure);
    else if (status != AR_OK)
        (void)ar_fail_no_memory(&db->failure);
    ar_session_close(m->s);
    return status;
}

bool ar_migrator_may_wait(struct migrator *m, enum ar_status status)
{
    enum { PAUSE_FIRST = 1000, PAUSE_MAX = 100000 }; /* microseconds */

    if (status != AR_BUSY || ar_microseconds_now() >= m->deadline)
        return false;
    m->pause = m->pause == 0 ? PAUSE_FIRST : m->pause < PAUSE_MAX / 2 ? m->pause * 2 : PAUSE_MAX;
    ar_pause(m->pause);
    return true;
}
