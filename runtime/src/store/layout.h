/* How a model's records are laid out in memory, and what its columns have in common. */
#ifndef AR_LAYOUT_H
#define AR_LAYOUT_H

#include "base/shared.h"
#include "model/key.h"

#include <armature/model.h>

/* What is cleared of a struct, word by word: a call of memset for all of it costs more. */
enum { AR_GAP_SIZE = 8 };

struct layout {
    struct shared_item item;
    const struct ar_model *model;
    bool has_integer_key;
    bool can_be_invalid;             /* one of the fields */
    uint16_t column_flags;           /* of any column: enum ar_column_flag */
    const struct ar_column *version; /* the column of AR_VERSION, or NULL */
    size_t alignment;                /* of the struct and its header */
    size_t padding;                  /* before the header, so that the struct is aligned */
    struct key_reader key_reader;    /* of the primary key */
    const uint32_t *gaps;            /* offsets of the struct's words that no column fills */
    size_t gap_count;
    const uint16_t *texts; /* the columns that have memory besides the struct, or bytes that do not count */
    size_t text_count;
};

/* Return the layout of a model's records, made when first asked for, from the map of layouts by model. NULL when out of
 * memory. */
const struct layout *ar_layout(struct shared_map *layouts, const struct ar_model *model);

#endif
