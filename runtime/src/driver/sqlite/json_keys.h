/* A set of keys as a JSON array, for connections without virtual tables of this process. Statements read it by
 * temp.json_each, which a table of this name in the file cannot hide.
 *
 *     [7, 8, null]                       keys of one column
 *     [["de", 7], ["at", 8]]             keys of several columns
 *     [[1, 16], [17, 16]]                blobs: the place of each in a second parameter, from 1, and its size
 *
 * JSON has no exact numbers with a fraction and no strings with a zero byte: sets that contain these, or arrays, are
 * bound value by value instead. */
#ifndef AR_SQLITE_JSON_KEYS_H
#define AR_SQLITE_JSON_KEYS_H

#include "base/arena.h"
#include "driver/statement.h"

#include <armature/value.h>

/* How a set of keys is bound. */
struct key_form {
    bool is_json;      /* otherwise value by value */
    uint32_t in_bytes; /* bit i: column i has blobs, which are in the second parameter */
};

/* Find out how the keys can be bound. */
struct key_form ar_sqlite_key_form(const struct key_set *keys);

/* Write the keys as JSON, and the bytes of their blobs; both are allocated in the arena. A value that SQLite cannot
 * store is null, which equals no value. Return false if out of memory. */
bool ar_sqlite_write_keys(const struct key_set *keys, struct key_form form, struct arena *arena, struct ar_bytes *json,
                          struct ar_bytes *bytes);

#endif
