/* Files that are found by their hash: keys, foreign keys and a join table of bytes. */
#ifndef VALUES_ARCHIVE_H
#define VALUES_ARCHIVE_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>

/* clang-format off */

/* A file, and the version of it that came before. */
struct object {
    uint8_t     hash[32]     AR_PRIMARY_KEY;
    uint8_t     previous[32] AR_NULLABLE;
    uint8_t     checksum[4]  AR_UNIQUE;
    uint8_t     seal[16]     AR_NULLABLE_BY(has_seal);
    bool        has_seal;
    const char *path;
} AR_TABLE(objects)
  AR_BELONGS_TO(previous_object, previous, next_objects, .target = object)
  AR_HAS_MANY(next_objects, previous, previous_object, .target = object)
  AR_MANY_TO_MANY(shelves, object_shelves, object_hash, shelf_id, objects, .target = shelf);

struct shelf {
    int64_t     id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(shelves)
  AR_MANY_TO_MANY(objects, object_shelves, shelf_id, object_hash, shelves, .target = object);

/* A part of a file, by a composite key. */
struct piece {
    uint8_t object_hash[32] AR_PRIMARY_KEY;
    int32_t number          AR_PRIMARY_KEY;
    int64_t size;
} AR_TABLE(pieces)
  AR_BELONGS_TO(object, object_hash, .on_delete = cascade);

/* clang-format on */

#endif
