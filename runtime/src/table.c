/* Open addressing with linear probing; a removal moves the following items back, so that there are no tombstones. */
#include "table.h"

#include <stdlib.h>
#include <string.h>

static size_t home(const struct table *table, uint64_t hash)
{
    return (size_t)(hash >> table->shift);
}

static bool matches(const struct table_slot *slot, const struct key *key)
{
    return slot->hash == key->hash && ar_key_is_stored(key, slot->item);
}

/* The table is never full: the search ends. */
struct table_slot *ar_table_slot(const struct table *table, const struct key *key)
{
    size_t i = home(table, key->hash);

    while (table->slots[i].item != NULL && !matches(&table->slots[i], key))
        i = (i + 1) & (table->capacity - 1);
    return &table->slots[i];
}

void *ar_table_find(const struct table *table, const struct key *key)
{
    return table->capacity > 0 ? ar_table_slot(table, key)->item : NULL;
}

bool ar_table_reserve(struct table *table)
{
    struct table grown;

    if (table->count < table->capacity - table->capacity / 4)
        return true;
    grown = (struct table){
        .capacity = table->capacity > 0 ? table->capacity * 2 : 16,
        .shift = table->capacity > 0 ? table->shift - 1 : 60,
        .count = table->count,
    };
    grown.slots = calloc(grown.capacity, sizeof *grown.slots);
    if (grown.slots == NULL)
        return false;
    for (size_t i = 0; i < table->capacity; i++) {
        size_t to;
        if (table->slots[i].item == NULL)
            continue;
        for (to = home(&grown, table->slots[i].hash); grown.slots[to].item != NULL;)
            to = (to + 1) & (grown.capacity - 1);
        grown.slots[to] = table->slots[i];
    }
    free(table->slots);
    *table = grown;
    return true;
}

void ar_table_fill(struct table *table, struct table_slot *slot, const struct key *key, struct stored_key *item)
{
    if (slot->item == NULL)
        table->count++;
    *slot = (struct table_slot){.hash = key->hash, .item = item};
}

void ar_table_insert(struct table *table, const struct key *key, struct stored_key *item)
{
    ar_table_fill(table, ar_table_slot(table, key), key, item);
}

/* Frees slot `i` and closes the gap: an item moves back unless that would put it before its home. */
static void remove_at(struct table *table, size_t i)
{
    size_t mask = table->capacity - 1;

    for (size_t next = (i + 1) & mask; table->slots[next].item != NULL; next = (next + 1) & mask) {
        size_t distance = (next - home(table, table->slots[next].hash)) & mask;
        if (distance >= ((next - i) & mask)) {
            table->slots[i] = table->slots[next];
            i = next;
        }
    }
    table->slots[i] = (struct table_slot){0};
    table->count--;
}

void ar_table_remove(struct table *table, const struct key *key)
{
    struct table_slot *slot;

    if (table->capacity == 0)
        return;
    slot = ar_table_slot(table, key);
    if (slot->item != NULL)
        remove_at(table, (size_t)(slot - table->slots));
}

void ar_table_remove_if(struct table *table, bool (*drop)(void *item, void *payload), void *payload)
{
    for (size_t i = 0; i < table->capacity;) {
        /* A removal may bring another item into this slot: look at it again. */
        if (table->slots[i].item != NULL && drop(table->slots[i].item, payload))
            remove_at(table, i);
        else
            i++;
    }
}

void ar_table_clear(struct table *table)
{
    enum { KEPT_CAPACITY_MAX = 1 << 16 };

    if (table->capacity > KEPT_CAPACITY_MAX)
        ar_table_free(table);
    else if (table->count > 0)
        memset(table->slots, 0, table->capacity * sizeof *table->slots);
    table->count = 0;
}

void ar_table_free(struct table *table)
{
    free(table->slots);
    *table = (struct table){0};
}

bool ar_key_store(struct stored_key *stored, const struct key *key, struct arena *arena)
{
    *stored = (struct stored_key){.size = key->size};
    if (key->size == 0) {
        stored->integer = key->integer;
        return true;
    }
    stored->bytes = ar_arena_copy_text(arena, key->bytes, key->size);
    return stored->bytes != NULL;
}

struct key ar_key_of_stored(const struct stored_key *stored, uint64_t hash)
{
    struct key key = {.size = stored->size, .hash = hash};

    if (stored->size == 0)
        key.integer = stored->integer;
    else
        key.bytes = stored->bytes;
    return key;
}

bool ar_key_is_stored(const struct key *key, const struct stored_key *stored)
{
    if (stored->size != key->size)
        return false;
    return key->size == 0 ? stored->integer == key->integer : memcmp(stored->bytes, key->bytes, key->size) == 0;
}
