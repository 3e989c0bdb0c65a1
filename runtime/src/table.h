/* A hash table from keys to items. It owns neither: an item begins with its stored key. */
#ifndef AR_TABLE_H
#define AR_TABLE_H

#include "key.h"

/* A key as it lies in an item; its hash is in the table. */
struct stored_key {
    union {
        int64_t integer;
        const void *bytes;
    };
    size_t size;
};

struct table_slot {
    uint64_t hash;
    struct stored_key *item; /* NULL: free */
};

/* All zero is an empty table. */
struct table {
    struct table_slot *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
    unsigned shift; /* 64 less the logarithm of the capacity */
};

/* The item with this key, or NULL. */
void *ar_table_find(const struct table *table, const struct key *key);

/* The slot of a key: that of its item, or the free one where it would go. There must be room. Valid until the next
 * change of the table. */
struct table_slot *ar_table_slot(const struct table *table, const struct key *key);

/* Puts an item into the slot that ar_table_slot gave for its key. */
void ar_table_fill(struct table *table, struct table_slot *slot, const struct key *key, struct stored_key *item);

/* Makes room for one item more, so that the next ar_table_insert cannot fail; false when out of memory. */
bool ar_table_reserve(struct table *table);

/* Puts an item under its key: in place of one that is there, or beside the others, in the room reserved. */
void ar_table_insert(struct table *table, const struct key *key, struct stored_key *item);

/* Removes the item with this key, if there is one. */
void ar_table_remove(struct table *table, const struct key *key);

/* Removes the items of which `drop` says so; it may be called more than once for an item. */
void ar_table_remove_if(struct table *table, bool (*drop)(void *item, void *payload), void *payload);

/* Removes all items; the memory of a table that is not huge is kept. */
void ar_table_clear(struct table *table);

void ar_table_free(struct table *table);

/* A key as it is stored, its bytes copied into the arena; false when out of memory. */
bool ar_key_store(struct stored_key *stored, const struct key *key, struct arena *arena);

/* The other way round; it refers to the stored key's bytes. */
struct key ar_key_of_stored(const struct stored_key *stored, uint64_t hash);

/* Whether a stored key is this one. */
bool ar_key_is_stored(const struct key *key, const struct stored_key *stored);

#endif
