/* Open addressing with linear probing; a removal moves the following items back, so that there are no tombstones. */
#include "model/key_table.h"

#include <stdlib.h>
#include <string.h>

/* Return the slot of an item in an otherwise empty table. */
static size_t home(const struct key_table *table, const struct stored_key *item)
{
    return (size_t)(ar_key_of_stored(item, table->has_integers).hash >> table->shift);
}

enum { FIRST_SHIFT = 64 - 4 }; /* 2^4 = AR_FIRST_SLOTS */

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
        .shift = FIRST_SHIFT,
        .is_lent = true,
    };
}

static void free_slots(struct key_table *table)
{
    if (!table->is_lent)
        free(table->items);
}

bool ar_key_table_grow(struct key_table *table)
{
    struct key_table grown = *table;
    void *memory;

    grown.capacity = table->capacity > 0 ? table->capacity * 2 : AR_FIRST_SLOTS;
    grown.limit = limit_of(grown.capacity);
    grown.shift = table->capacity > 0 ? table->shift - 1 : FIRST_SHIFT;
    grown.is_lent = false;
    memory = malloc(grown.capacity * (sizeof *grown.items + sizeof *grown.tags));
    if (memory == NULL)
        return false;
    grown.items = memory;
    grown.tags = memset(grown.items + grown.capacity, 0, grown.capacity * sizeof *grown.tags);
    for (size_t i = 0; i < table->capacity; i++) {
        size_t to;
        if (table->tags[i] == 0)
            continue;
        for (to = home(&grown, table->items[i]); grown.tags[to] != 0;)
            to = (to + 1) & (grown.capacity - 1);
        grown.items[to] = table->items[i];
        grown.tags[to] = table->tags[i];
    }
    free_slots(table);
    *table = grown;
    return true;
}

void ar_key_table_insert(struct key_table *table, const struct key *key, struct stored_key *item)
{
    ar_key_table_fill(table, ar_key_table_slot(table, key), key, item);
}

/* Free slot `i` and close the gap: a following item moves back unless that would put it before its home. */
static void remove_at(struct key_table *table, size_t i)
{
    size_t mask = table->capacity - 1;

    for (size_t next = (i + 1) & mask; table->tags[next] != 0; next = (next + 1) & mask) {
        size_t distance = (next - home(table, table->items[next])) & mask;
        if (distance >= ((next - i) & mask)) {
            table->items[i] = table->items[next];
            table->tags[i] = table->tags[next];
            i = next;
        }
    }
    table->tags[i] = 0;
    table->count--;
}

void ar_key_table_remove(struct key_table *table, const struct key *key)
{
    size_t slot;

    if (table->capacity == 0)
        return;
    slot = ar_key_table_slot(table, key);
    if (table->tags[slot] != 0)
        remove_at(table, slot);
}

void ar_key_table_remove_if(struct key_table *table, bool (*drop)(void *item, void *payload), void *payload)
{
    for (size_t i = 0; i < table->capacity;) {
        /* A removal may move another item into this slot: check it again. */
        if (table->tags[i] != 0 && drop(table->items[i], payload))
            remove_at(table, i);
        else
            i++;
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
    else if (table->count > 0)
        memset(table->tags, 0, table->capacity * sizeof *table->tags);
    table->count = 0;
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
