/* Copies of a database file. */
#ifndef AR_SQLITE_BACKUP_H
#define AR_SQLITE_BACKUP_H

#include "base/error.h"

#include <sqlite3.h>

/* Copy the database to a new file. The copy is made under the name PATH.partial, and gets its name when it is complete
 * and on the disk; an unfinished copy of an earlier call is replaced. AR_CONFLICT if `path` exists. */
enum ar_status ar_sqlite_backup(sqlite3 *source, const char *path, struct failure *failure);

#endif
