/* The collation armature_decimal, which compares decimals that are stored as strings. Only statements name it, so that
 * other programs can read and write the tables. */
#ifndef AR_SQLITE_COLLATION_H
#define AR_SQLITE_COLLATION_H

#include <sqlite3.h>

/* Register it. Return SQLite's result code. */
int ar_sqlite_collation_register(sqlite3 *database);

#endif
