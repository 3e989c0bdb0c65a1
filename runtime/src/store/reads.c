/* Reads of loaded relations, for a trace. */
#include "store/reads.h"

#include "trace/trace.h"

static struct reads *reads_of(struct store *store, struct trace *trace)
{
    if (store->reads == NULL)
        store->reads = ar_arena_allocate_zero(&store->permanent, sizeof *store->reads);
    if (store->reads != NULL)
        store->reads->trace = trace;
    return store->reads;
}

struct traced_load *ar_reads_expect(struct store *store, struct trace *trace, struct relation_cache *cache,
                                    const struct result *result)
{
    struct reads *reads = ar_trace_is_recording(trace) ? reads_of(store, trace) : NULL;
    struct traced_load *load = reads != NULL ? ar_arena_allocate_zero(&store->objects, sizeof *load) : NULL;

    if (load == NULL || (result != NULL && !ar_pointer_map_add(&reads->loads, result, load)))
        return NULL;
    load->cache = cache;
    load->next = cache->unread;
    cache->unread = load;
    return load;
}

static void set_read(const struct store *store, struct traced_load *load)
{
    if (!load->is_read && load->statement != 0)
        ar_trace_add_read(store->reads->trace, load->statement);
    load->is_read = true;
}

static void set_all_read(const struct store *store, struct relation_cache *cache)
{
    for (struct traced_load *load = cache->unread; load != NULL; load = load->next)
        set_read(store, load);
    cache->unread = NULL;
}

void ar_reads_note(struct store *store, struct relation_cache *cache, struct relation_cache *whole, const void *record)
{
    const struct result *result = record != NULL ? ar_record_of(record)->result : NULL;
    struct traced_load *load = result != NULL ? ar_pointer_map_get(&store->reads->loads, result) : NULL;

    if (load != NULL && load->cache == cache)
        set_read(store, load);
    else if (whole != NULL && cache->unread == NULL)
        set_all_read(store, whole);
    else
        set_all_read(store, cache);
}

void ar_reads_clear(struct store *store)
{
    if (store->reads == NULL)
        return;
    ar_pointer_map_free(&store->reads->loads);
    store->reads->loads = (struct pointer_map){.count = 0};
    for (struct relation_cache *cache = store->caches.first; cache != NULL; cache = cache->next)
        cache->unread = NULL;
}

void ar_reads_free(struct store *store)
{
    if (store->reads != NULL)
        ar_pointer_map_free(&store->reads->loads);
}
