/* Columns and keys of bytes, and a join table with such a key. */
#ifndef VALUES_H
#define VALUES_H

#include <armature/annotations.h>
#include <stdint.h>

struct object {
    uint8_t hash[32] AR_PRIMARY_KEY;
    uint8_t token[16] AR_NULLABLE AR_UNIQUE;
} AR_TABLE(objects)
  AR_MANY_TO_MANY(parts, object_parts, whole, part, .target = object);

#endif
