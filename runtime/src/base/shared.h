/* Items that all sessions of a database share, such as the layout of a model, so that a short session need not create
 * them.
 *
 * A hash table of lists that only grow, so that it is read without a lock. */
#ifndef AR_SHARED_H
#define AR_SHARED_H

#include <stdatomic.h>

/* The beginning of every item. */
struct shared_item {
    const void *subject;
    struct shared_item *next;
};

enum { AR_SHARED_BUCKET_BITS = 6 };

/* All zero is an empty map. */
struct shared_map {
    _Atomic(struct shared_item *) buckets[1 << AR_SHARED_BUCKET_BITS];
};

/* Return the item of a subject, or NULL. */
void *ar_shared_find(const struct shared_map *map, const void *subject);

/* Add an item that was allocated by malloc; the map takes ownership. Return the item of the subject, which is a
 * different one if another thread has added it first; `item` is then freed. */
void *ar_shared_add(struct shared_map *map, const void *subject, struct shared_item *item);

/* Add an item that was allocated by malloc to those of the subject. The map takes ownership. */
void ar_shared_add_another(struct shared_map *map, const void *subject, struct shared_item *item);

/* Return the next item of the same subject, which was added before, or NULL. */
void *ar_shared_next(const struct shared_item *item);

/* Free all items. */
void ar_shared_free(struct shared_map *map);

#endif
