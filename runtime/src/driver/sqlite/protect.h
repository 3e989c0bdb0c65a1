/* Protection against a malicious database file. */
#ifndef AR_SQLITE_PROTECT_H
#define AR_SQLITE_PROTECT_H

#include <sqlite3.h>
#include <stdbool.h>

/* Restrict what the file can do, and more so if it is untrusted (ar_db_options.untrusted). Call this before SQLite
 * reads the file. Return SQLite's result code. */
int ar_sqlite_protect(sqlite3 *database, bool is_untrusted);

#endif
