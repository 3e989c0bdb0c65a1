/* Rows of a SQLite statement. */
#ifndef AR_SQLITE_ROW_H
#define AR_SQLITE_ROW_H

#include "model/row.h"

#include <sqlite3.h>

/* A row: the arguments of the function that receives it, or the current row of a statement. */
struct sqlite_row {
    struct row base;        /* must be first */
    sqlite3_value **values; /* of the first column, preceded by the others; NULL: the statement's columns */
    sqlite3_stmt *handle;
    const uint16_t *map; /* the number of the statement's column that is read as column i; NULL: see `first` */
    size_t first;        /* of the statement's columns, the one that is read as column 0 */
};

extern const struct row_methods ar_sqlite_row_methods;

#endif
