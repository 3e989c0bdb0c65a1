/* The queries of SQLite's catalog, for the dialect. */
#ifndef AR_SQLITE_CATALOG_H
#define AR_SQLITE_CATALOG_H

extern const char ar_sqlite_columns_query[], ar_sqlite_keys_query[], ar_sqlite_refusing_query[];
extern const char ar_sqlite_checked_query[], ar_sqlite_note_checked[];

#endif
