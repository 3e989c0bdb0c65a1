/* Prepared statements of SQLite, and the way in which their rows come. */
#ifndef AR_SQLITE_STATEMENT_H
#define AR_SQLITE_STATEMENT_H

#include "driver/sqlite/row.h"
#include "driver/statement.h"

/* How rows come, see sqlite_statement.c. */
enum sqlite_way { SQLITE_FETCHED, SQLITE_AGGREGATED, SQLITE_CALLED };

struct sqlite_statement {
    sqlite3_stmt *handle;
    enum sqlite_way way;
};

/* Who takes the rows of a statement that runs. */
struct sqlite_reader {
    const struct statement *statement;
    struct sqlite_statement *prepared;
    struct sqlite_row row;
    uint64_t rows;
    enum ar_status status; /* the callback's */
    bool is_stale;         /* the statement is another than was prepared: it must be renewed; no row was taken */
};

/* Makes the functions that take rows; `*current` is the reader of the statement that runs. What returns an int here
 * returns a code of SQLite's. */
int ar_sqlite_statement_register(sqlite3 *database, struct sqlite_reader **current);

int ar_sqlite_statement_prepare(sqlite3 *database, const struct statement *statement, struct sqlite_statement **out);

/* Hands the rows to the reader's statement. SQLITE_DONE; on another code, `reader->status` may say more. */
int ar_sqlite_statement_step(struct sqlite_reader *reader);

/* Re-prepare the reader's statement so that its rows are fetched, and so that it cannot become stale again: SQLite
 * re-prepares some statements for each pattern of a LIKE. */
int ar_sqlite_statement_renew(sqlite3 *database, struct sqlite_reader *reader);

/* Return the memory that the statement uses, in bytes. */
size_t ar_sqlite_statement_size(const struct sqlite_statement *prepared);

/* A struct sqlite_statement. */
void ar_sqlite_statement_free(void *prepared);

#endif
