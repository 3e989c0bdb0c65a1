/* Beginning and ending transactions. */
#include "migrate/transaction.h"

#include "migrate/history.h"
#include "session/transaction.h"

enum ar_status ar_migrate_begin(struct migrator *m, bool *is_same)
{
    const struct migration_position before = m->at;
    enum ar_status status;

    *is_same = false;
    do
        status = ar_begin(m->s);
    while (ar_migrator_may_wait(m, status));
    if (status != AR_OK)
        return status;
    status = ar_history_create(m);
    if (status == AR_OK)
        status = ar_history_read(m);
    *is_same = m->at.index == before.index && m->at.step == before.step && m->at.is_running == before.is_running;
    return status == AR_OK ? AR_OK : ar_transaction_end(m->s, status);
}

enum ar_status ar_migrate_end(struct migrator *m, enum ar_status status)
{
    if (status != AR_OK)
        return ar_transaction_end(m->s, status);
    /* On SQLite without WAL, a commit waits for readers. */
    do
        status = ar_commit(m->s);
    while (ar_migrator_may_wait(m, status));
    return status == AR_OK ? AR_OK : ar_transaction_end(m->s, status);
}
