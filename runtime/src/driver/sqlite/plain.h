/* Statements for connections that have no virtual tables, functions and collations of this process, because the engine
 * is elsewhere, or its library has none.
 *
 * The SQL of the runtime and of generated code has sets of keys and of rows as table functions, temp.armature_keys(?)
 * and temp.armature_rows(?). Here, these become sub-selects with the same columns:
 *
 *     SQLITE_JSON   (SELECT key AS ordinal, value AS k0 FROM temp.json_each(?1))     keys, see json_keys.h
 *     SQLITE_LIST   (SELECT column1 AS c0, column2 AS c1, column3 AS ordinal FROM (VALUES (?2, ?3, 0), (?4, ?5, 1)))
 *
 * The text with JSON is the same for any number of keys, so that the prepared statement is found by the original SQL.
 * Lists have a text for each number of values, whose parameters follow those of the statement. */
#ifndef AR_SQLITE_PLAIN_H
#define AR_SQLITE_PLAIN_H

#include "base/arena.h"
#include "driver/driver.h"

#include <sqlite3.h>

/* The number of values with which lists of rows are fastest: with more, preparing the statement takes longer than
 * running others. */
enum { ROW_VALUES_MAX = 1000 };

/* The message of a failed check of a range contains it, because SQL without functions has no other error. */
#define SQLITE_OUT_OF_RANGE "armature_out_of_range"

enum sqlite_set_kind {
    SQLITE_NO_SETS,   /* the statement has none */
    SQLITE_JSON_SETS, /* its text depends on its SQL alone */
    SQLITE_LIST_SETS  /* its text depends on the values, too */
};

/* Return how the sets of a statement are bound. */
enum sqlite_set_kind ar_sqlite_plain_kind(const struct statement *statement);

/* Return the SQL with sub-selects instead of table functions, allocated in the arena; NULL if out of memory. *count
 * becomes the number of parameters. */
const char *ar_sqlite_plain_sql(const struct statement *statement, struct arena *arena, size_t *count);

/* Bind the set of keys or rows that is the parameter with this index to the placeholders of the SQL. What is allocated
 * in the arena must not be freed before the statement is reset. Return SQLite's result code. */
int ar_sqlite_plain_bind(sqlite3_stmt *handle, const struct statement *statement, size_t index, struct arena *arena);

/* The driver's choose: the driver for connections with .sqlite_plain. */
const struct driver *ar_sqlite_choose_driver(const struct ar_db_options *options);

#endif
