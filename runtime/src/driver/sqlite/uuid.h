/* The function uuidv7(), which PostgreSQL 18 has, for columns with AR_DEFAULT("uuidv7()"). */
#ifndef AR_SQLITE_UUID_H
#define AR_SQLITE_UUID_H

#include <sqlite3.h>

/* Register it. Return SQLite's result code. */
int ar_sqlite_uuid_register(sqlite3 *database);

#endif
