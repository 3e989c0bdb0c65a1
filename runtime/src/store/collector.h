/* Rows in the order they come, as records of one result. */
#ifndef AR_COLLECTOR_H
#define AR_COLLECTOR_H

#include "session/session.h"
#include "store/identity.h"

/* A piece of the rows, with room for twice as many as the one before. */
struct collected_rows {
    struct collected_rows *next;
    size_t count; /* of the last piece, once all rows are there */
    size_t capacity;
    void *records[]; /* behind them, in a load, as many places */
};

struct row_collector {
    struct ar_session *s;
    struct identity *identity;
    struct result *result;
    bool has_places; /* each row is collected with the place of its key */
    struct collected_rows *first, *last;
    void **next, **limit; /* what is free of the last */
    size_t *next_place;   /* where the next place goes */
    size_t count;         /* once all rows are there */
};

/* Return a new empty result that is the root of a tree. If out of memory, set the session's failure and return NULL. */
struct result *ar_result_make(struct ar_session *s, const struct ar_model *model);

/* Starts a collector for rows of `model`. */
enum ar_status ar_collector_start(struct ar_session *s, const struct ar_model *model, bool has_places,
                                  struct row_collector *out);

/* The on_row of a statement whose payload is a collector without places. */
enum ar_status ar_collect_row(void *payload, const struct row *row);

/* All rows are there: says how many. */
void ar_collector_count(struct row_collector *collector);

/* Has the result hold what was collected. */
enum ar_status ar_collector_finish(struct row_collector *collector);

/* The places of a piece's records. */
static inline size_t *ar_collected_places(const struct collected_rows *piece)
{
    return (size_t *)(uintptr_t)(piece->records + piece->capacity);
}

/* The rest of ar_collect. */
bool ar_collector_add_piece(struct row_collector *collector);

static inline enum ar_status ar_collect(struct row_collector *collector, const struct record *record)
{
    if (collector->next == collector->limit && !ar_collector_add_piece(collector))
        return ar_session_no_memory(collector->s);
    *collector->next++ = ar_record_data(record);
    return AR_OK;
}

static inline enum ar_status ar_collect_at(struct row_collector *collector, const struct record *record, size_t place)
{
    enum ar_status status = ar_collect(collector, record);

    if (status == AR_OK)
        *collector->next_place++ = place;
    return status;
}

#endif
