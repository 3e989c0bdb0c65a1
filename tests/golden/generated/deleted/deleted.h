/* Models whose rows are deleted by a time: one with a flag of NULL, one with a composite key. */
#ifndef DELETED_H
#define DELETED_H
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct shelf {
    int64_t id         AR_PRIMARY_KEY;
    int64_t jars_count;
    time_t  deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(shelves)
  AR_HAS_MANY(jars, shelf_id, shelf, .dependent = destroy);

struct jar {
    const char     *label   AR_PRIMARY_KEY;
    int32_t         number  AR_PRIMARY_KEY;
    int64_t         shelf_id;
    struct timespec removed AR_COLUMN("Removed") AR_NULLABLE_BY(is_removed) AR_DELETED_AT;
    bool            is_removed;
} AR_TABLE(jars)
  AR_BELONGS_TO(shelf, shelf_id, jars, .counter = jars_count);

/* A tree, and a counter of rows that stay. */
struct folder {
    int64_t id             AR_PRIMARY_KEY;
    int64_t parent_id      AR_NULLABLE;
    int64_t children_count;
    time_t  deleted_at     AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(folders)
  AR_BELONGS_TO(parent, parent_id, children, .target = folder, .counter = children_count)
  AR_HAS_MANY(children, parent_id, parent, .target = folder, .dependent = destroy);
#endif
