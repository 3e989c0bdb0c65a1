/* Collects rows, in the order in which they are returned, as the records of one result. */
#ifndef AR_COLLECTOR_H
#define AR_COLLECTOR_H

#include "store/store.h"

struct row;

/* A piece of the list of rows; each has twice the capacity of the previous one. */
struct collected_rows {
    struct collected_rows *next;
    size_t count; /* of the last piece, only after ar_collector_count */
    size_t capacity;
    void *records[]; /* followed by as many key indexes, if the collector has them */
};

struct row_collector {
    struct store *store;
    struct identity *identity;
    struct result *result;
    bool has_indexes; /* each row is collected with the index of its key */
    struct collected_rows *first, *last;
    void **next, **limit; /* the free part of the last piece */
    size_t *next_index;
    size_t count; /* only after ar_collector_count */
};

/* Return a new empty result that is the root of a tree. If out of memory, set the failure and return NULL. */
struct result *ar_result_make(struct store *store, const struct ar_model *model);

/* Start to collect rows of a model; AR_NO_MEMORY if there was none for its identity map, which is NULL then. */
enum ar_status ar_collector_start(struct store *store, struct identity *identity, bool has_indexes,
                                  struct row_collector *out);

/* The on_row of a statement whose payload is a collector without indexes. */
enum ar_status ar_collect_row(void *payload, const struct row *row);

/* Set the counts after the last row. */
void ar_collector_count(struct row_collector *collector);

/* Move the collected records to the result. */
enum ar_status ar_collector_finish(struct row_collector *collector);

/* Reverse the order of a result's records. */
void ar_result_reverse(struct result *result);

/* Return the key indexes of a piece's records. */
static inline size_t *ar_collected_indexes(const struct collected_rows *piece)
{
    return (size_t *)(uintptr_t)(piece->records + piece->capacity);
}

/* The slow path of ar_collect. Return false if out of memory. */
bool ar_collector_add_piece(struct row_collector *collector);

static inline enum ar_status ar_collect(struct row_collector *collector, const struct record *record)
{
    if (collector->next == collector->limit && !ar_collector_add_piece(collector))
        return ar_fail_no_memory(&collector->store->failure);
    *collector->next++ = ar_record_data(record);
    return AR_OK;
}

static inline enum ar_status ar_collect_at(struct row_collector *collector, const struct record *record, size_t index)
{
    enum ar_status status = ar_collect(collector, record);

    if (status == AR_OK)
        *collector->next_index++ = index;
    return status;
}

#endif
