/* Collects rows: first in pieces of scratch memory, finally in one array. */
#include "store/collector.h"

#include "store/identity_row.h"

struct result *ar_result_make(struct store *store, const struct ar_model *model)
{
    struct result *result = ar_arena_allocate_zero(&store->objects, sizeof *result);

    if (result == NULL) {
        ar_fail_no_memory(&store->failure);
        return NULL;
    }
    result->model = model;
    result->tree = result;
    return result;
}

enum ar_status ar_collector_start(struct store *store, struct identity *identity, bool has_indexes,
                                  struct row_collector *out)
{
    *out = (struct row_collector){.store = store, .identity = identity, .has_indexes = has_indexes};
    if (identity != NULL)
        out->result = ar_result_make(store, identity->layout.model);
    return out->result != NULL ? AR_OK : AR_NO_MEMORY;
}

bool ar_collector_add_piece(struct row_collector *collector)
{
    struct collected_rows *last = collector->last;
    size_t capacity = last != NULL ? last->capacity * 2 : 16;
    size_t size = capacity * (sizeof(void *) + (collector->has_indexes ? sizeof(size_t) : 0));
    struct collected_rows *piece = ar_arena_allocate(&collector->store->scratch, sizeof *piece + size);

    if (piece == NULL)
        return false;
    *piece = (struct collected_rows){.count = capacity, .capacity = capacity};
    *(last != NULL ? &last->next : &collector->first) = piece;
    collector->last = piece;
    collector->next = piece->records;
    collector->limit = piece->records + capacity;
    collector->next_index = ar_collected_indexes(piece);
    return true;
}

enum ar_status ar_collect_row(void *payload, const struct row *row)
{
    struct row_collector *collector = payload;
    struct record *record;
    enum ar_status status =
        ar_identity_take_row(collector->store, collector->identity, row, collector->result, &record);

    return status == AR_OK ? ar_collect(collector, record) : status;
}

void ar_collector_count(struct row_collector *collector)
{
    collector->count = 0;
    if (collector->last != NULL)
        collector->last->count = (size_t)(collector->next - collector->last->records);
    for (const struct collected_rows *piece = collector->first; piece != NULL; piece = piece->next)
        collector->count += piece->count;
}

enum ar_status ar_collector_finish(struct row_collector *collector)
{
    void **records, **next;

    ar_collector_count(collector);
    if (collector->count == 0)
        return AR_OK;
    records = next = ar_arena_allocate(&collector->store->objects, collector->count * sizeof *records);
    if (records == NULL)
        return ar_fail_no_memory(&collector->store->failure);
    for (const struct collected_rows *piece = collector->first; piece != NULL;
         next += piece->count, piece = piece->next)
        memcpy(next, piece->records, piece->count * sizeof *next);
    collector->result->records = records;
    collector->result->count = collector->count;
    return AR_OK;
}

void ar_result_reverse(struct result *result)
{
    void **records = (void **)(uintptr_t)result->records;

    for (size_t i = 0, j = result->count; i + 1 < j; i++) {
        void *last = records[--j];
        records[j] = records[i];
        records[i] = last;
    }
}
