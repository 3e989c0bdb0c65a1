/* The choice between receiving a result whole and in parts, by what earlier runs of the statement have cost. */
#ifndef AR_POSTGRESQL_PARTS_H
#define AR_POSTGRESQL_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { AR_PG_COSTS_KEPT = 4 };

/* The recent costs of one way, in picoseconds per row. */
struct part_costs {
    uint64_t last[AR_PG_COSTS_KEPT];
    unsigned count;
};

/* The results of a prepared statement. */
struct part_history {
    size_t rows_size; /* size of the last result, in bytes; SIZE_MAX: it has not run */
    size_t row_size;  /* average size of its rows; 0: there were none */
    struct part_costs whole, parts;
};

/* A result that was received. */
struct received {
    uint64_t row_count, nanoseconds;
    size_t rows_size; /* memory of all rows in libpq, in bytes */
    bool in_parts;
};

/* Return true if the next result should be received in parts. */
bool ar_pg_prefers_parts(const struct part_history *history);

/* Return true if the time of the next result has to be measured. */
bool ar_pg_measures_parts(const struct part_history *history);

/* Return the number of rows in each part. A part fits into the processor's cache, and does not hold many large values;
 * the first run guesses. `history` may be NULL. */
int ar_pg_rows_of_part(const struct part_history *history);

/* Note what the next run of the statement should expect. */
void ar_pg_note_received(struct part_history *history, const struct received *received);

#endif
