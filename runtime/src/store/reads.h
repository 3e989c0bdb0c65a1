/* Reads of loaded relations, noted while the statements of the database are recorded, so that a trace shows which
 * relations were loaded and never read. Nothing is noted of lazy loads, which begin with a read.
 *
 * A load is read when the program accesses the relation, and finds a record in the result of the load. If the access
 * finds no record, or one that other results contain as well, it may have been any load: all loads of the relation in
 * this session count as read. Therefore, a relation that is reported as never read was not. */
#ifndef AR_READS_H
#define AR_READS_H

#include "store/store.h"

struct trace;

/* A statement that has loaded a relation. */
struct traced_load {
    uint64_t statement; /* its number in the trace; 0: it was not recorded */
    const struct relation_cache *cache;
    struct traced_load *next; /* of the cache, in `unread` */
    bool is_read;
};

struct reads {
    struct trace *trace;
    struct pointer_map loads; /* by result */
};

/* Note that the relation of a cache is being loaded.
 *   result   will contain the records; NULL for an aggregate
 * Return the load, which is valid until the store is cleared; NULL if out of memory, or if nothing is recorded. */
struct traced_load *ar_reads_expect(struct store *store, struct trace *trace, struct relation_cache *cache,
                                    const struct result *result);

/* Note that the program reads the relation of a cache, and finds this record, or NULL.
 *   whole    for an aggregate: the cache of its relation; otherwise NULL */
void ar_reads_note(struct store *store, struct relation_cache *cache, struct relation_cache *whole, const void *record);

/* Forget all loads, whose memory is about to be freed. */
void ar_reads_clear(struct store *store);

void ar_reads_free(struct store *store);

#endif
