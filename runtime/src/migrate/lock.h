/* The lock that lets one program at a time migrate a database.
 *
 * On SQLite, a transaction that may write is the lock. On PostgreSQL it is an advisory lock of the connection, because
 * it must be held between transactions. A program does not wait for it in a statement, which would be a transaction:
 * the holder's CREATE INDEX CONCURRENTLY waits for the end of all transactions, so that each would wait for the other.
 * It asks again and again instead. */
#ifndef AR_MIGRATE_LOCK_H
#define AR_MIGRATE_LOCK_H

#include "migrate/migrator.h"

/* Take the lock, if the database has one. AR_BUSY if another program had it for longer than wait_ms. */
enum ar_status ar_migrate_lock(struct migrator *m);

/* Release it, and keep the failure of `status`, which is returned. */
enum ar_status ar_migrate_unlock(struct migrator *m, enum ar_status status);

/* Select one value, and find out if it is true. */
enum ar_status ar_migrate_select_truth(struct migrator *m, const char *sql, bool *out);

#endif
