/* The backup before the first change.
 *
 * A call that is interrupted after it made the backup must not make another one, which would have half of the changes,
 * nor refuse to continue because the file exists. Therefore the table armature_backup has the path of the backup from
 * before it is made until all migrations are complete. */
#ifndef AR_MIGRATE_BACKUP_H
#define AR_MIGRATE_BACKUP_H

#include "migrate/migrator.h"

/* Make the backup of the options, if there is one and an interrupted call has not made it. */
enum ar_status ar_migrate_back_up(struct migrator *m);

/* Forget the path, in the transaction that completes the last migration. */
enum ar_status ar_migrate_forget_backup(struct migrator *m);

#endif
