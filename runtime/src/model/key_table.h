/* A hash table from keys to items. It owns neither: an item begins with its stored key. */
#ifndef AR_KEY_TABLE_H
#define AR_KEY_TABLE_H

#include "model/key.h"

/* Open addressing with linear probing. Nine bytes per slot, a pointer and a tag: a search reads the tags, which share
 * few cache lines, and follows a pointer only if the tag matches. (Tags of this kind are in Kulukundis, Designing a
 * Fast, Efficient, Cache-friendly Hash Table, Step by Step, CppCon 2017.) All zero is an empty table. */
struct key_table {
    struct stored_key **items; /* undefined if the slot is free */
    unsigned char *tags;       /* in the same memory: 0x80 with seven bits of the hash, or 0 if the slot is free */
    size_t capacity;           /* a power of two, or 0 */
    size_t count;
    size_t limit;   /* of the count, until the table grows: four fifths of the capacity */
    unsigned shift; /* 64 minus the binary logarithm of the capacity */
    bool has_integers;
    bool is_lent; /* the memory is not the table's own */
};

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
    return (unsigned char)(0x80 | hash >> 32);
}

/* Return the slot of the item with this key, or the free slot for it. It is valid until the table changes. The table
 * must have a free slot, so that the search ends. */
static inline size_t ar_key_table_slot(const struct key_table *table, const struct key *key)
{
    size_t i = (size_t)(key->hash >> table->shift);
    unsigned char tag = ar_key_table_tag(key->hash);

    while (table->tags[i] != 0 && (table->tags[i] != tag || !ar_key_is_stored(key, table->items[i])))
        i = (i + 1) & (table->capacity - 1);
    return i;
}

/* Return the item in a slot, or NULL. */
static inline void *ar_key_table_at(const struct key_table *table, size_t slot)
{
    return table->tags[slot] != 0 ? table->items[slot] : NULL;
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

/* Double the capacity. Return false if out of memory. */
bool ar_key_table_grow(struct key_table *table);

/* Make room for one more item, so that the next ar_key_table_insert cannot fail. Return false if out of memory. A table
 * is at most four fifths full; a failing search then takes 13 steps on average. */
static inline bool ar_key_table_reserve(struct key_table *table)
{
    return table->count < table->limit || ar_key_table_grow(table);
}

/* Insert an item, or replace the one with this key. Room must have been reserved. */
void ar_key_table_insert(struct key_table *table, const struct key *key, struct stored_key *item);

/* Remove the item with this key, if there is one. */
void ar_key_table_remove(struct key_table *table, const struct key *key);

/* Remove the items for which `drop` returns true; it may be called more than once for an item. */
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
