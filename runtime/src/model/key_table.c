/* The parts of the hash table that are not inline. */
#include "model/key_table.h"

#include <stdlib.h>
#include <string.h>

static size_t limit_of(size_t capacity)
{
    return capacity - capacity / 5;
}

void ar_key_table_lend(struct key_table *table, struct table_slots *slots)
{
    *table = (struct key_table){
        .items = slots->items,
        .tags = slots->tags,
        .capacity = AR_FIRST_SLOTS,
        .limit = limit_of(AR_FIRST_SLOTS),
        .is_lent = true,
    };
}

static void free_slots(struct key_table *table)
{
    if (!table->is_lent)
        free(table->items);
}

size_t ar_key_table_probe(const struct key_table *table, uint64_t hash, size_t n)
{
    enum { PAGE = 64, NEIGHBOURS = 2 };
    size_t place = (size_t)hash / PAGE * PAGE;

    if (n >= NEIGHBOURS) {
        uint64_t spread = ar_hash_integer(hash / PAGE);
        size_t step = (size_t)(spread >> 32) | 1; /* odd, so that all slots are searched in the end */
        place = (size_t)spread + (n / NEIGHBOURS - 1) * step;
    }
    return (place ^ hash % PAGE ^ n % NEIGHBOURS) & (table->capacity - 1);
}

size_t ar_key_table_search(const struct key_table *table, const struct key *key)
{
    size_t n = 1, slot = ar_key_table_probe(table, key->hash, n);
    unsigned char tag = ar_key_table_tag(key->hash);

    while (table->tags[slot] != 0 && (table->tags[slot] != tag || !ar_key_is_stored(key, table->items[slot])))
        slot = ar_key_table_probe(table, key->hash, ++n);
    return slot;
}

/* Add an item that is not in the table, from which nothing has been removed. */
static void add(struct key_table *table, struct stored_key *item)
{
    const uint64_t hash = ar_key_of_stored(item, table->has_integers).hash;
    size_t slot = ar_key_table_home(table, hash);

    for (size_t n = 1; table->tags[slot] != 0; n++)
        slot = ar_key_table_probe(table, hash, n);
    table->items[slot] = item;
    table->tags[slot] = ar_key_table_tag(hash);
}

/* If most slots are those of removed items, the capacity stays. */
bool ar_key_table_grow(struct key_table *table, size_t more)
{
    struct key_table grown = *table;
    void *memory;

    if (table->capacity == 0)
        grown.capacity = AR_FIRST_SLOTS;
    else if (table->count > table->capacity / 2)
        grown.capacity *= 2;
    while (limit_of(grown.capacity) < table->count + more && grown.capacity < SIZE_MAX / 32)
        grown.capacity *= 2;
    grown.limit = limit_of(grown.capacity);
    grown.removed = 0;
    grown.is_lent = false;
    memory = malloc(grown.capacity * (sizeof *grown.items + sizeof *grown.tags));
    if (memory == NULL)
        return false;
    grown.items = memory;
    grown.tags = memset(grown.items + grown.capacity, 0, grown.capacity * sizeof *grown.tags);
    for (size_t i = 0; i < table->capacity; i++)
        if (ar_key_table_at(table, i) != NULL)
            add(&grown, table->items[i]);
    free_slots(table);
    *table = grown;
    return true;
}

void ar_key_table_insert(struct key_table *table, const struct key *key, struct stored_key *item)
{
    ar_key_table_fill(table, ar_key_table_slot(table, key), key, item);
}

static void remove_at(struct key_table *table, size_t slot)
{
    table->tags[slot] = AR_REMOVED;
    table->removed++;
    table->count--;
}

void ar_key_table_remove(struct key_table *table, const struct key *key)
{
    size_t slot = table->capacity > 0 ? ar_key_table_slot(table, key) : 0;

    if (table->capacity > 0 && ar_key_table_at(table, slot) != NULL)
        remove_at(table, slot);
}

void ar_key_table_remove_if(struct key_table *table, bool (*drop)(void *item, void *payload), void *payload)
{
    for (size_t i = 0; i < table->capacity; i++) {
        void *item = ar_key_table_at(table, i);
        if (item != NULL && drop(item, payload))
            remove_at(table, i);
    }
}

/* Clearing writes a byte per slot, growing again moves every item: keep the memory for as many items as there were, up
 * to about two megabytes. */
void ar_key_table_clear(struct key_table *table)
{
    enum { KEPT_CAPACITY = 1 << 10, KEPT_CAPACITY_MAX = 1 << 18 };
    bool is_wide = table->capacity > KEPT_CAPACITY && table->count < table->capacity / 8;

    if (is_wide || table->capacity > KEPT_CAPACITY_MAX)
        ar_key_table_free(table);
    else if (table->count + table->removed > 0)
        memset(table->tags, 0, table->capacity * sizeof *table->tags);
    table->count = table->removed = 0;
}

void ar_key_table_free(struct key_table *table)
{
    free_slots(table);
    *table = (struct key_table){0};
}

bool ar_key_store_bytes(struct stored_key *stored, const struct key *key, struct arena *arena)
{
    struct key_bytes *bytes = ar_arena_allocate(arena, sizeof *bytes + key->size);

    stored->bytes = bytes;
    if (bytes == NULL)
        return false;
    bytes->size = key->size;
    bytes->hash = key->hash;
    memcpy(bytes->bytes, key->bytes, key->size);
    return true;
}

struct key ar_key_of_stored(const struct stored_key *stored, bool is_integer)
{
    if (is_integer)
        return ar_key_of_integer(stored->integer);
    return (struct key){.bytes = stored->bytes->bytes, .size = stored->bytes->size, .hash = stored->bytes->hash};
}
