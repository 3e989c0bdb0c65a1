/* Items that all sessions of a database share. */
#include "base/shared.h"

#include "base/hash.h"

#include <stdlib.h>

static size_t bucket_of(const void *subject)
{
    return (size_t)(ar_hash_pointer(subject) >> (64 - AR_SHARED_BUCKET_BITS));
}

static struct shared_item *find(struct shared_item *first, const void *subject)
{
    while (first != NULL && first->subject != subject)
        first = first->next;
    return first;
}

void *ar_shared_find(const struct shared_map *map, const void *subject)
{
    return find(atomic_load_explicit(&map->buckets[bucket_of(subject)], memory_order_acquire), subject);
}

void *ar_shared_add(struct shared_map *map, const void *subject, struct shared_item *item)
{
    _Atomic(struct shared_item *) *bucket = &map->buckets[bucket_of(subject)];
    struct shared_item *first = atomic_load_explicit(bucket, memory_order_acquire), *known;

    item->subject = subject;
    while ((known = find(first, subject)) == NULL) {
        item->next = first;
        if (atomic_compare_exchange_weak_explicit(bucket, &first, item, memory_order_acq_rel, memory_order_acquire))
            return item;
    }
    free(item);
    return known;
}

void ar_shared_add_another(struct shared_map *map, const void *subject, struct shared_item *item)
{
    _Atomic(struct shared_item *) *bucket = &map->buckets[bucket_of(subject)];

    item->subject = subject;
    item->next = atomic_load_explicit(bucket, memory_order_acquire);
    while (!atomic_compare_exchange_weak_explicit(bucket, &item->next, item, memory_order_acq_rel,
                                                  memory_order_acquire)) {}
}

void *ar_shared_next(const struct shared_item *item)
{
    return find(item->next, item->subject);
}

void ar_shared_free(struct shared_map *map)
{
    for (size_t i = 0; i < sizeof map->buckets / sizeof *map->buckets; i++) {
        struct shared_item *next, *each = atomic_load(&map->buckets[i]);
        for (; each != NULL; each = next) {
            next = each->next;
            free(each);
        }
    }
}
