/* Arrays in fields, struct ar_int64s and struct ar_texts: copying, comparison, and their forms as strings.
 *
 * As a value (AR_VALUE_ARRAY), `bytes.data` refers to the items and `bytes.size` is their number; the type of the
 * column decides what they are. */
#ifndef AR_ARRAY_H
#define AR_ARRAY_H

#include "base/arena.h"

#include <armature/annotations.h>
#include <armature/model.h>
#include <armature/value.h>

/* Return the array of a field as a value; NULL if it has no items pointer, AR_VALUE_OUT_OF_RANGE if a string is NULL.
 */
struct ar_value ar_array_value(enum ar_type type, const void *field);

/* Store a value of this kind in a field, which then refers to the same items. */
void ar_array_set(enum ar_type type, const struct ar_value *value, void *field);

/* Return true if two fields have equal items; two fields of NULL are not compared. */
bool ar_array_equal(enum ar_type type, const void *a, const void *b);

/* Return the number of bytes of a field's items with their strings; 0 if it is NULL. */
size_t ar_array_size(enum ar_type type, const void *field);

/* Copy the items with their strings to `to`, which has ar_array_size bytes and the alignment AR_ARRAY_ALIGNMENT, and
 * let the field refer to them. Do nothing if it is NULL. */
enum { AR_ARRAY_ALIGNMENT = 8 };
void ar_array_move(enum ar_type type, void *to, void *field);

/* How an array is written as a string. */
enum array_form {
    ARRAY_JSON,  /* [1,2] and ["a","b"] */
    ARRAY_BRACES /* {1,2} and {"a","b"}: PostgreSQL's input */
};

/* Return the maximum size of the string, without a terminator. */
size_t ar_array_text_size(enum ar_type type, const struct ar_value *value, enum array_form form);

/* Write the string to `to` and return its end. */
char *ar_array_write(enum ar_type type, const struct ar_value *value, enum array_form form, char *to);

enum array_reading {
    ARRAY_READ,
    ARRAY_WRONG, /* not a JSON array of such items */
    ARRAY_HAS_NULL,
    ARRAY_OUT_OF_RANGE, /* of int64_t */
    ARRAY_NO_MEMORY
};

/* Read JSON into a field; the items are allocated in the arena. */
enum array_reading ar_array_read_json(enum ar_type type, const char *json, size_t size, struct arena *arena,
                                      void *field);

#endif
