/* Columns of arrays. */
#ifndef VALUES_ARRAYS_H
#define VALUES_ARRAYS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct recipe {
    int64_t          id      AR_PRIMARY_KEY;
    const char      *name    AR_UNIQUE;
    struct ar_texts  tags    AR_NOT_NULL;
    struct ar_int64s minutes;
} AR_TABLE(recipes)
  AR_AFTER_COMMIT(note_recipe);

/* clang-format on */

#endif
