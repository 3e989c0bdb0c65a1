/* The file of a trace: a SQLite database. docs/report.md describes its tables for users. */
#ifndef AR_TRACE_FILE_H
#define AR_TRACE_FILE_H

#include "base/error.h"
#include "trace/batch.h"

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;

/* The layout of the tables, in PRAGMA user_version. PRAGMA application_id marks the file as a trace: "ArTr". */
enum { AR_TRACE_VERSION = 1, AR_TRACE_APPLICATION = 0x41725472 };

/* All zero is closed. */
struct trace_file {
    sqlite3 *db;
    sqlite3_stmt *add_text, *find_text, *add_statement, *add_read;
};

/* Create the file, or replace what it contains. `database` is the name of the dialect whose statements it records. */
enum ar_status ar_trace_file_open(struct trace_file *file, const char *path, const char *database,
                                  struct failure *failure);

/* Write a batch in one transaction. `opened` is the time by the monotonic clock at which the trace began. */
enum ar_status ar_trace_file_write(struct trace_file *file, const struct trace_batch *batch, uint64_t opened,
                                   struct failure *failure);

/* Note the end of the trace, and why it has stopped, or NULL. */
enum ar_status ar_trace_file_finish(struct trace_file *file, const char *error, struct failure *failure);

void ar_trace_file_close(struct trace_file *file);

#endif
