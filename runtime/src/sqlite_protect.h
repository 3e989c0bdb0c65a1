/* What a database file can do to the program that opens it. */
#ifndef AR_SQLITE_PROTECT_H
#define AR_SQLITE_PROTECT_H

#include <sqlite3.h>
#include <stdbool.h>

/* Set what protects the program from the file, and more of it if the file is not trusted (ar_db_options.untrusted). To be
 * called before SQLite reads the file. Returns SQLite's code. */
int ar_sqlite_protect(sqlite3 *database, bool is_untrusted);

#endif
