/* Open addressing with linear probing; a removal moves the following items back, so that there are no tombstones. */
#include "table.h"

#include <stdlib.h>
#include <string.h>

static size_t home(const struct table *table, uint64_t hash)
{
    return (size_t)(hash >> table->shift);
}

bool ar_table_grow(struct table *table)
{
    struct table grown = {
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

bool ar_key_store_bytes(struct stored_key *stored, const struct key *key, struct arena *arena)
{
    struct key_bytes *bytes = ar_arena_allocate(arena, sizeof *bytes + key->size);

    stored->bytes = bytes;
    if (bytes == NULL)
        return false;
    bytes->size = key->size;
    memcpy(bytes->bytes, key->bytes, key->size);
    return true;
}

struct key ar_key_of_stored(const struct stored_key *stored, bool is_integer, uint64_t hash)
{
    struct key key = {.hash = hash};

    if (is_integer) {
        key.integer = stored->integer;
    } else {
        key.bytes = stored->bytes->bytes;
        key.size = stored->bytes->size;
    }
    return key;
}
