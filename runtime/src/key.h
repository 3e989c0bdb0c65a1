/* Keys of records: tuples of integers, texts and UUIDs in a form that can be compared and hashed.
 *
 * A key of one integer is that integer; every other key is its parts' bytes, one after the other. */
#ifndef AR_KEY_H
#define AR_KEY_H

#include "arena.h"

#include <armature/model.h>
#include <armature/value.h>

struct key {
    union {
        int64_t integer;
        const void *bytes;
    };
    size_t size; /* of the bytes; 0 is an integer */
    uint64_t hash;
};

enum key_state {
    KEY_SET,
    KEY_ZERO, /* all of it is zero: a record that was never saved, though a row may have such a key */
    KEY_NULL, /* a part is NULL, or no value of a key; the key is not filled in */
    KEY_NO_MEMORY
};

/* The columns of one key, in its order. */
struct key_columns {
    const struct ar_model *model;
    const uint16_t *columns;
    size_t count;
};

struct key_columns ar_primary_key(const struct ar_model *model);

/* Where a relation's foreign key is, and which columns of the owner lead to the target. */
struct key_columns ar_foreign_key(const struct ar_relation *relation);
struct key_columns ar_owner_columns(const struct ar_relation *relation);
struct key_columns ar_target_columns(const struct ar_relation *relation);

/* The key that a record's fields hold; its bytes, if any, are allocated in `arena`. */
enum key_state ar_key_of_record(struct key_columns columns, const void *record, struct arena *arena, struct key *out);

/* The key that values hold: `values[i]` is the i-th column of the key. */
enum key_state ar_key_of_values(struct key_columns columns, const struct ar_value *values, struct arena *arena,
                                struct key *out);

/* The key whose column is a single integer. */
struct key ar_key_of_integer(int64_t integer);

bool ar_key_is_integer(struct key_columns columns);

#endif
