/* The models of the differential fuzzer: every kind of key (generated, string, composite with zeros, UUID, composite of
 * a UUID and a number), every kind of relation, null keys in every form, a tree, cache policies, versions that soon
 * wrap around, and enums and times stored as strings. */
#ifndef FUZZ_WORLD_H
#define FUZZ_WORLD_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct node {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     parent_id AR_NULLABLE;
    const char *label;
    int32_t     weight    AR_NULLABLE_BY(has_weight);
    bool        has_weight;
} AR_TABLE(nodes)
  AR_BELONGS_TO(parent, parent_id, children, .target = node)
  AR_HAS_MANY(children, parent_id, parent, .target = node, .cache = { .max_size = 2 })
  AR_HAS_MANY(tags, node_id, node, .cache = { .ttl = 0 })
  AR_HAS_MANY(crates, node_id, node);

struct shelf {
    const char *code AR_PRIMARY_KEY;
    const char *name;
    time_t      opened_at;
} AR_TABLE(shelves)
  AR_HAS_MANY(items, shelf_code, shelf)
  AR_HAS_ONE(first_item, shelf_code, .target = item);

struct item {
    int32_t     aisle AR_PRIMARY_KEY;
    int32_t     slot  AR_PRIMARY_KEY;
    const char *shelf_code;
    int64_t     amount;
} AR_TABLE(items)
  AR_BELONGS_TO(shelf, shelf_code, items, .cache = { .max_size = 3 })
  AR_HAS_MANY(tags, (item_aisle, item_slot), item);

struct tag {
    uint8_t     id[16]     AR_UUID AR_PRIMARY_KEY;
    int32_t     item_aisle AR_NULLABLE_BY(has_item_aisle);
    int32_t     item_slot  AR_NULLABLE_BY(has_item_slot);
    int64_t     node_id    AR_NULLABLE;
    const char *text;
    bool        has_item_aisle;
    bool        has_item_slot;
} AR_TABLE(tags)
  AR_BELONGS_TO(item, (item_aisle, item_slot), tags)
  AR_BELONGS_TO(node, node_id, tags, .cache = off)
  AR_HAS_MANY(notes, tag_id, tag, .load = one)
  AR_HAS_ONE(note, tag_id);

struct note {
    uint8_t     tag_id[16] AR_UUID AR_PRIMARY_KEY;
    int32_t     position   AR_PRIMARY_KEY;
    const char *text;
} AR_TABLE(notes)
  AR_BELONGS_TO(tag, tag_id, notes);

enum crate_state { CRATE_OPEN, CRATE_SEALED = 5, CRATE_LOST = -1 };

struct crate {
    const char      *code      AR_PRIMARY_KEY;
    enum crate_state state     AR_ENUM_TEXT;
    time_t           packed_at AR_STORED_AS(text);
    int64_t          node_id   AR_NULLABLE;
    int8_t           version   AR_VERSION;
} AR_TABLE(crates)
  AR_BELONGS_TO(node, node_id, crates);

/* clang-format on */

#endif
