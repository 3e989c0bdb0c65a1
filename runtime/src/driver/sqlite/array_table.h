/* Caller-owned arrays as tables: eponymous virtual tables over an array that is bound as a pointer
 * (https://sqlite.org/vtab.html, https://sqlite.org/bindptr.html). One statement works for any number of items; rows
 * are in the order of the items. */
#ifndef AR_SQLITE_ARRAY_TABLE_H
#define AR_SQLITE_ARRAY_TABLE_H

#include <sqlite3.h>
#include <stddef.h>

/* One kind of array: the table `name(?)`, with columns of a letter and a number (k0, k1, …), followed by the index of
 * the item, `ordinal`. */
struct array_table {
    const char *name; /* also the type of the pointer */
    char letter;
    int numbered;
    size_t (*count)(const void *items);
    /* Set the result of the context to a numbered column of an item. Return SQLite's result code. */
    int (*column)(const void *items, size_t position, int column, sqlite3_context *context);
};

/* Register the table. Return SQLite's result code. */
int ar_sqlite_array_table_register(sqlite3 *database, const struct array_table *table);

/* Bind the items, which must not change until the statement is reset. Return SQLite's result code. */
int ar_sqlite_array_table_bind(sqlite3_stmt *statement, int index, const struct array_table *table, const void *items);

#endif
