/* A hash table from keys to items. It owns neither: an item begins with its stored key. */
#ifndef AR_TABLE_H
#define AR_TABLE_H

#include "model/key.h"

/* Nine bytes a slot: where to look is found in few lines of the processor's cache, and only an item that most probably
 * is the wanted one is looked at. (Kulukundis, Designing a Fast, Efficient, Cache-friendly Hash Table, Step by Step,
 * CppCon 2017, has tags of this kind.) All zero is an empty table. */
struct table {
    struct stored_key **items; /* anything where the slot is free */
    unsigned char *tags; /* in the same memory: seven bits of the hash and one more, or 0 where the slot is free */
    size_t capacity;     /* a power of two, or 0 */
    size_t count;
    size_t limit;   /* of the count, until the table grows: four fifths of the capacity */
    unsigned shift; /* 64 less the logarithm of the capacity */
    bool has_integers;
    bool is_lent; /* the memory is not the table's own */
};

/* Memory for a small table. */
enum { AR_FIRST_SLOTS = 16 };

struct table_slots {
    struct stored_key *items[AR_FIRST_SLOTS];
    unsigned char tags[AR_FIRST_SLOTS];
};

/* Whether a stored key is this one. */
static inline bool ar_key_is_stored(const struct key *key, const struct stored_key *stored)
{
    if (key->size == 0)
        return stored->integer == key->integer;
    return stored->bytes->size == key->size && memcmp(stored->bytes->bytes, key->bytes, key->size) == 0;
}

static inline unsigned char ar_table_tag(uint64_t hash)
{
    return (unsigned char)(0x80 | hash >> 32);
}

/* The slot of a key: that of its item, or the free one where it would go. There must be room. Valid until the next
 * change of the table. The table is never full: the search ends. */
static inline size_t ar_table_slot(const struct table *table, const struct key *key)
{
    size_t i = (size_t)(key->hash >> table->shift);
    unsigned char tag = ar_table_tag(key->hash);

    while (table->tags[i] != 0 && (table->tags[i] != tag || !ar_key_is_stored(key, table->items[i])))
        i = (i + 1) & (table->capacity - 1);
    return i;
}

/* The item in a slot, or NULL. */
static inline void *ar_table_at(const struct table *table, size_t slot)
{
    return table->tags[slot] != 0 ? table->items[slot] : NULL;
}

/* The item with this key, or NULL. */
static inline void *ar_table_find(const struct table *table, const struct key *key)
{
    return table->capacity > 0 ? ar_table_at(table, ar_table_slot(table, key)) : NULL;
}

/* Puts an item into the slot that ar_table_slot gave for its key. */
static inline void ar_table_fill(struct table *table, size_t slot, const struct key *key, struct stored_key *item)
{
    table->count += table->tags[slot] == 0;
    table->has_integers = key->size == 0;
    table->tags[slot] = ar_table_tag(key->hash);
    table->items[slot] = item;
}

/* Give an empty table its first memory, which is all zero and outlives the table. */
void ar_table_lend(struct table *table, struct table_slots *slots);

/* Doubles the table; false when out of memory. */
bool ar_table_grow(struct table *table);

/* Makes room for one item more, so that the next ar_table_insert cannot fail; false when out of memory. A table is at
 * most four fifths full: with linear probing, a key that is not there is then found out in 13 steps on average. */
static inline bool ar_table_reserve(struct table *table)
{
    return table->count < table->limit || ar_table_grow(table);
}

/* Puts an item under its key: in place of one that is there, or beside the others, in the room reserved. */
void ar_table_insert(struct table *table, const struct key *key, struct stored_key *item);

/* Removes the item with this key, if there is one. */
void ar_table_remove(struct table *table, const struct key *key);

/* Removes the items of which `drop` says so; it may be called more than once for an item. */
void ar_table_remove_if(struct table *table, bool (*drop)(void *item, void *payload), void *payload);

/* Removes all items; the memory is kept, unless it is huge, or was of no use lately. */
void ar_table_clear(struct table *table);

void ar_table_free(struct table *table);

/* Return the memory that the table holds, in bytes, without what was lent to it. */
static inline size_t ar_table_size(const struct table *table)
{
    return table->is_lent ? 0 : table->capacity * (sizeof *table->items + sizeof *table->tags);
}

/* The rest of ar_key_store. */
bool ar_key_store_bytes(struct stored_key *stored, const struct key *key, struct arena *arena);

/* A key as it is stored, its bytes copied into the arena; false when out of memory. */
static inline bool ar_key_store(struct stored_key *stored, const struct key *key, struct arena *arena)
{
    if (key->size > 0)
        return ar_key_store_bytes(stored, key, arena);
    stored->integer = key->integer;
    return true;
}

/* The other way round; it refers to the stored key's bytes. */
struct key ar_key_of_stored(const struct stored_key *stored, bool is_integer);

#endif
