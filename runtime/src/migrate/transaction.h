/* Transactions of a migrator: they wait for other programs, and begin where the database is. */
#ifndef AR_MIGRATE_TRANSACTION_H
#define AR_MIGRATE_TRANSACTION_H

#include "migrate/migrator.h"

/* Begin a transaction, create the table of the record, and read the position. *is_same: it is as before; otherwise
 * another program has migrated meanwhile. After a failure no transaction is open. */
enum ar_status ar_migrate_begin(struct migrator *m, bool *is_same);

/* Commit, or roll back after a failure, which is kept. */
enum ar_status ar_migrate_end(struct migrator *m, enum ar_status status);

#endif
