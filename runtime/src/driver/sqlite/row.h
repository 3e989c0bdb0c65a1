/* Rows as SQLite gives them. */
#ifndef AR_SQLITE_ROW_H
#define AR_SQLITE_ROW_H

#include "driver/driver.h"

#include <sqlite3.h>

/* A row: the arguments of a function that takes it, or the statement that stands on it. */
struct sqlite_row {
    struct row base;        /* must be first */
    sqlite3_value **values; /* the first column's, before which the others' lie; NULL: the statement's columns */
    sqlite3_stmt *handle;
};

/* `value` and `read` of the driver. */
bool ar_sqlite_value(const struct row *row, size_t column, struct ar_value *out);
enum ar_status ar_sqlite_read(const struct row *row, const struct ar_model *model, const struct field_reader *reader,
                              void *record);

#endif
