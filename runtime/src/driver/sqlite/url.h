/* SQLite URLs: sqlite:<file>, sqlite:file:<SQLite's own URI>, sqlite::memory:. */
#ifndef AR_SQLITE_URL_H
#define AR_SQLITE_URL_H

#include "base/error.h"

/* The driver's locate. */
char *ar_sqlite_locate(const char *url, const void *unique, bool *is_in_memory, struct failure *failure);

#endif
