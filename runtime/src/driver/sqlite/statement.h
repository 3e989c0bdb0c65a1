/* Prepared statements of SQLite, and the strategies to read their rows. */
#ifndef AR_SQLITE_STATEMENT_H
#define AR_SQLITE_STATEMENT_H

#include "driver/sqlite/row.h"
#include "driver/statement.h"

/* How rows are read, see statement.c. */
enum sqlite_strategy { SQLITE_FETCHED, SQLITE_AGGREGATED, SQLITE_CALLED };

struct sqlite_statement {
    sqlite3_stmt *handle;
    enum sqlite_strategy strategy;
    int argument_count; /* of the function that takes its rows; 0 if they are fetched */
    bool is_ordered;    /* the order of its rows matters */
    bool is_read_only;  /* it writes nothing */
    const void *reader; /* what its rows are prepared for, see prepare.c */
    uint16_t *map; /* of fetched rows: the number of the column with each column of the model; NULL: the same number */
};

/* A running statement whose rows are delivered to its callback. */
struct sqlite_reader {
    const struct statement *statement;
    struct sqlite_statement *prepared;
    struct sqlite_row row;
    uint64_t rows;
    enum ar_status status;           /* of the callback */
    bool is_stale;                   /* SQLite has re-prepared the statement: renew it; no row was delivered */
    const struct ar_column *missing; /* of the model, in the columns of a statement that SQLite has re-prepared */
};

/* Register the functions that receive rows; *current is the reader of the running statement. Functions that return an
 * int return SQLite's result code. */
int ar_sqlite_statement_register(sqlite3 *database, struct sqlite_reader **current);

/* Prepare a statement. Without functions, its rows are fetched. If it is matched by name and has no column for one of
 * the model's, return SQLITE_MISMATCH with that column in *missing; if its SQL is not exactly one statement,
 * SQLITE_MISUSE. */
int ar_sqlite_statement_prepare(sqlite3 *database, const struct statement *statement, bool has_functions,
                                struct sqlite_statement **out, const struct ar_column **missing);

/* Deliver the rows to the callback of the reader's statement. Return SQLITE_DONE on success; otherwise, reader->status
 * may have the callback's failure. */
int ar_sqlite_statement_step(struct sqlite_reader *reader);

/* Re-prepare the reader's statement so that its rows are fetched, and so that it cannot become stale again: SQLite
 * re-prepares some statements for each pattern of a LIKE. Return SQLITE_MISMATCH as ar_sqlite_statement_prepare does.
 */
int ar_sqlite_statement_renew(sqlite3 *database, struct sqlite_reader *reader, const struct ar_column **missing);

/* Return the memory that the statement uses, in bytes. */
size_t ar_sqlite_statement_size(const struct sqlite_statement *prepared);

/* Free a struct sqlite_statement. */
void ar_sqlite_statement_free(void *prepared);

#endif
