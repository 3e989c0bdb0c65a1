/* Arrays of the program's as tables for SQLite: eponymous virtual tables over what is bound as a pointer
 * (https://sqlite.org/vtab.html, https://sqlite.org/bindptr.html). One statement text serves any number of items, and
 * rows come in the items' order. */
#ifndef AR_SQLITE_TABLE_H
#define AR_SQLITE_TABLE_H

#include <sqlite3.h>
#include <stddef.h>

/* One kind of array: the table `name(?)`, with columns that are numbered behind a letter (k0, k1, …) and, behind them,
 * the place of each item as `ordinal`. */
struct array_table {
    const char *name; /* of the pointer's type as well */
    char letter;
    int numbered;
    size_t (*count)(const void *items);
    /* Has the context return a numbered column of one item; SQLite's code. */
    int (*column)(const void *items, size_t position, int column, sqlite3_context *context);
};

/* Registers the table; returns SQLite's code. */
int ar_sqlite_table_register(sqlite3 *database, const struct array_table *table);

/* Binds the items, which must stay as they are until the statement is reset; returns SQLite's code. */
int ar_sqlite_table_bind(sqlite3_stmt *statement, int index, const struct array_table *table, const void *items);

#endif
