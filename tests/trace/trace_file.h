/* Reads the file of a trace as a user would, by SQL. */
#ifndef TRACE_FILE_H
#define TRACE_FILE_H

#include "support.h"

/* Return the path of this program's trace, which does not exist. */
const char *new_trace(void);

/* Open and close a trace; print the message if that fails. */
void open_trace(struct fixture *f, const char *path);
void close_trace(struct fixture *f);

/* Return the result of a query: one line per row, its columns separated by '|'. NULL is "". The string is valid until
 * the next call. */
const char *query_trace(const char *path, const char *sql);

/* Assert the result of a query. */
#define assert_trace(path, sql, expected) assert_string_equal(query_trace((path), (sql)), (expected))

#endif
