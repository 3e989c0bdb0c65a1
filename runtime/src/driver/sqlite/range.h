/* The function armature_in_range. */
#ifndef AR_SQLITE_RANGE_H
#define AR_SQLITE_RANGE_H

#include <sqlite3.h>

/* Register the function; return a result code. */
int ar_sqlite_range_register(sqlite3 *database);

#endif
