/* Rows as SQLite gives them. */
#ifndef AR_SQLITE_ROW_H
#define AR_SQLITE_ROW_H

#include "model/row.h"

#include <sqlite3.h>

/* A row: the arguments of a function that takes it, or the statement that stands on it. */
struct sqlite_row {
    struct row base;        /* must be first */
    sqlite3_value **values; /* the first column's, before which the others' lie; NULL: the statement's columns */
    sqlite3_stmt *handle;
};

extern const struct row_methods ar_sqlite_rows;

#endif
