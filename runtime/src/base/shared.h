/* What is made once for a subject, a model or a relation, and then is the same for all sessions of a database: a
 * session that does little need not make it again.
 *
 * A hash table of lists that only grow, so that it is read without a lock. */
#ifndef AR_SHARED_H
#define AR_SHARED_H

#include <stdatomic.h>

/* What an item begins with. */
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

/* Add an item, which was allocated by malloc and is the map's from now on. Return the item that the subject has:
 * another, if another thread was faster, and then `item` is freed. */
void *ar_shared_add(struct shared_map *map, const void *subject, struct shared_item *item);

/* Free all items. */
void ar_shared_free(struct shared_map *map);

#endif
