/* A hash table from keys to items. It owns neither: an item begins with its stored key. */
#ifndef AR_KEY_TABLE_H
#define AR_KEY_TABLE_H

#include "model/key.h"

/* Open addressing. Nine bytes per slot, a pointer and a tag: a search reads the tags, which share few cache lines, and
 * follows a pointer only if the tag matches. (Tags of this kind are in Kulukundis, Designing a Fast, Efficient,
 * Cache-friendly Hash Table, Step by Step, CppCon 2017.)
 *
 * An integer is its own hash: consecutive keys are side by side and do not collide, and because rows mostly come in the
 * order of their keys, a row rarely touches a new cache line. Keys that agree in the bits that choose the slot, which
 * may be chosen by an attacker, are spread by a second, secret hash, as in double hashing (Knuth, The Art of Computer
 * Programming, volume 3, section 6.4). It leaves pages of neighbours together.
 *
 * All zero is an empty table. */
struct key_table {
    struct stored_key **items; /* undefined if the slot is free */
    unsigned char *tags;       /* in the same memory: 0x80 with seven bits of the hash; or 0, or AR_REMOVED */
    size_t capacity;           /* a power of two, or 0 */
    size_t count;
    size_t removed; /* slots that are AR_REMOVED */
    size_t limit;   /* of the slots that are not 0: four fifths of the capacity */
    bool has_integers;
    bool is_lent; /* the memory is not the table's own */
};

/* The tag of a slot whose item was removed: a search continues after it. */
enum { AR_REMOVED = 1 };

/* Memory for a small table. */
enum { AR_FIRST_SLOTS = 16 };

struct table_slots {
    struct stored_key *items[AR_FIRST_SLOTS];
    unsigned char tags[AR_FIRST_SLOTS];
};

/* Return true if a stored key is this one. */
static inline bool ar_key_is_stored(const struct key *key, const struct stored_key *stored)
{
    if (key->size == 0)
        return stored->integer == key->integer;
    return stored->bytes->size == key->size && memcmp(stored->bytes->bytes, key->bytes, key->size) == 0;
}

static inline unsigned char ar_key_table_tag(uint64_t hash)
{
    return (unsigned char)(0x80 | hash * AR_HASH_GOLDEN >> 57);
}

/* Return the slot to search first. */
static inline size_t ar_key_table_home(const struct key_table *table, uint64_t hash)
{
    return (size_t)hash & (table->capacity - 1);
}

/* Return the slot to search after `n` others, of which the first is home. From place to place, the integers of a page
 * stay together. */
size_t ar_key_table_probe(const struct key_table *table, uint64_t hash, size_t n);

/* The slow path of ar_key_table_slot: another item has the home slot. */
size_t ar_key_table_search(const struct key_table *table, const struct key *key);

/* Return the slot of the item with this key, or the free slot for it. It is valid until the table changes. The table
 * must have a free slot, so that the search ends. */
static inline size_t ar_key_table_slot(const struct key_table *table, const struct key *key)
{
    size_t slot = ar_key_table_home(table, key->hash);
    unsigned char tag = table->tags[slot];

    if (tag == 0 || (tag == ar_key_table_tag(key->hash) && ar_key_is_stored(key, table->items[slot])))
        return slot;
    return ar_key_table_search(table, key);
}

/* Return the item in a slot, or NULL. */
static inline void *ar_key_table_at(const struct key_table *table, size_t slot)
{
    return table->tags[slot] > AR_REMOVED ? table->items[slot] : NULL;
}

/* Return the item with this key, or NULL. */
static inline void *ar_key_table_find(const struct key_table *table, const struct key *key)
{
    return table->capacity > 0 ? ar_key_table_at(table, ar_key_table_slot(table, key)) : NULL;
}

/* Put an item into the slot that ar_key_table_slot returned for its key. */
static inline void ar_key_table_fill(struct key_table *table, size_t slot, const struct key *key,
                                     struct stored_key *item)
{
    table->count += table->tags[slot] == 0;
    table->has_integers = key->size == 0;
    table->tags[slot] = ar_key_table_tag(key->hash);
    table->items[slot] = item;
}

/* Give an empty table its first memory, which is all zero and outlives the table. */
void ar_key_table_lend(struct key_table *table, struct table_slots *slots);

/* Make room for so many more items; slots of removed ones become free. Return false if out of memory. */
bool ar_key_table_grow(struct key_table *table, size_t more);

/* Make room for one more item, so that the next ar_key_table_insert cannot fail, or for several. Return false if out of
 * memory. A table is at most four fifths full; a failing search then takes five steps on average. */
static inline bool ar_key_table_reserve(struct key_table *table)
{
    return table->count + table->removed < table->limit || ar_key_table_grow(table, 1);
}

static inline bool ar_key_table_reserve_all(struct key_table *table, size_t more)
{
    return more <= table->limit - table->removed - table->count || ar_key_table_grow(table, more);
}

/* Insert an item, or replace the one with this key. Room must have been reserved. */
void ar_key_table_insert(struct key_table *table, const struct key *key, struct stored_key *item);

/* Remove the item with this key, if there is one. */
void ar_key_table_remove(struct key_table *table, const struct key *key);

/* Remove the items for which `drop` returns true. */
void ar_key_table_remove_if(struct key_table *table, bool (*drop)(void *item, void *payload), void *payload);

/* Remove all items. The memory is kept unless it is large or was mostly unused. */
void ar_key_table_clear(struct key_table *table);

void ar_key_table_free(struct key_table *table);

/* Return the memory that the table holds, in bytes, without what was lent to it. */
static inline size_t ar_key_table_size(const struct key_table *table)
{
    return table->is_lent ? 0 : table->capacity * (sizeof *table->items + sizeof *table->tags);
}

/* The slow path of ar_key_store. */
bool ar_key_store_bytes(struct stored_key *stored, const struct key *key, struct arena *arena);

/* Store a key, copying its bytes into the arena. Return false if out of memory. */
static inline bool ar_key_store(struct stored_key *stored, const struct key *key, struct arena *arena)
{
    if (key->size > 0)
        return ar_key_store_bytes(stored, key, arena);
    stored->integer = key->integer;
    return true;
}

/* Return a stored key; it refers to the stored bytes. */
struct key ar_key_of_stored(const struct stored_key *stored, bool is_integer);

#endif
