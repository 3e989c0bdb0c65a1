/* The choice between receiving a result whole and in parts.
 *
 * In parts, records are created while the server still produces the following rows, and the rows are not held in memory
 * twice. Whole, libpq executes half as many instructions per row if a part is a single row (before libpq 17), but glibc
 * may return the memory of the result to the kernel and pay page faults for the next one. What is faster depends on the
 * processors that client and server have to themselves: for 10,000 users, with two processors, single rows take 3.5 ms,
 * the whole 5.2 ms; with one, 5.9 and 4.7 ms.
 *
 *     unknown size     in parts
 *     small            whole: the result arrives at once
 *     medium           whichever took less time per row in the last few runs; the other one is tried again now and then
 *     large            in parts, because of the memory
 *
 * The size of the previous result is the best prediction. Chunks cost no more than the whole. */
#include "driver/postgresql/parts.h"

#include "driver/postgresql/libpq.h"

enum { SMALL_SIZE_MAX = 32 << 10, MEDIUM_SIZE_MAX = 32 << 20, TRIALS = 3, RUNS_BETWEEN_TRIALS = 32 };

/* The shortest of the last few: the others may include time spent waiting for a processor. */
static uint64_t cost_of(const struct part_costs *costs)
{
    uint64_t lowest = UINT64_MAX;

    for (unsigned i = 0; i < AR_PG_COSTS_KEPT && i < costs->count; i++)
        if (costs->last[i] < lowest)
            lowest = costs->last[i];
    return lowest;
}

bool ar_pg_measures_parts(const struct part_history *history)
{
    return AR_PG_PART_ROWS_MAX == 1 && history->rows_size > SMALL_SIZE_MAX && history->rows_size <= MEDIUM_SIZE_MAX;
}

bool ar_pg_prefers_parts(const struct part_history *history)
{
    unsigned run_count = history->whole.count + history->parts.count;
    bool is_faster;

    if (!ar_pg_measures_parts(history))
        return history->rows_size > SMALL_SIZE_MAX;
    if (history->whole.count < TRIALS || history->parts.count < TRIALS)
        return history->whole.count > history->parts.count;
    is_faster = cost_of(&history->parts) < cost_of(&history->whole);
    return run_count % RUNS_BETWEEN_TRIALS == 0 ? !is_faster : is_faster;
}

int ar_pg_rows_of_part(const struct part_history *history)
{
    enum { PART_SIZE = 64 << 10, GUESS = 16 };
    size_t count = history != NULL && history->row_size > 0 ? PART_SIZE / history->row_size : GUESS;

    if (count > AR_PG_PART_ROWS_MAX)
        return AR_PG_PART_ROWS_MAX;
    return count > 0 ? (int)count : 1;
}

void ar_pg_note_received(struct part_history *history, const struct received *received)
{
    struct part_costs *costs = received->in_parts ? &history->parts : &history->whole;

    if (ar_pg_measures_parts(history) && received->row_count > 0)
        costs->last[costs->count++ % AR_PG_COSTS_KEPT] = received->nanoseconds * 1000 / received->row_count;
    history->rows_size = received->rows_size;
    history->row_size = received->row_count > 0 ? (size_t)(received->rows_size / received->row_count) : 0;
}
