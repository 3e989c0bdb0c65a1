/* The layout of a model's records in memory, and facts about its columns, computed once for all sessions. */
#ifndef AR_LAYOUT_H
#define AR_LAYOUT_H

#include "base/shared.h"
#include "model/key.h"

#include <armature/model.h>

/* Gaps of a struct are cleared word by word, because one memset for all of it costs more. */
enum { AR_GAP_SIZE = 8 };

struct layout {
    struct shared_item item;
    const struct ar_model *model;
    bool has_integer_key;
    bool can_be_invalid;               /* a field can hold a value that its column cannot */
    uint32_t column_flags;             /* enum ar_column_flag, of all columns combined */
    bool has_parents;                  /* a belongs_to has a counter or touches */
    bool has_dependents;               /* a relation is .dependent */
    bool needs_row;                    /* to find its rows by other columns than the primary key */
    const struct ar_column *version;   /* the column of AR_VERSION, or NULL */
    const struct ar_column *generated; /* the column of the key that the database numbers, or NULL */
    size_t alignment;                  /* of the struct and its header */
    size_t padding;                    /* before the header, so that the struct is aligned */
    struct key_reader key_reader;      /* of the primary key */
    const uint32_t *gaps;              /* offsets of the words of the struct that columns do not fill */
    size_t gap_count;
    const uint16_t *texts; /* columns with memory outside of the struct, or with unused bytes in it: char[N] */
    size_t text_count;
};

/* Return the layout of a model from the map of layouts by model, to which it is added when first needed. NULL if out of
 * memory. */
const struct layout *ar_layout(struct shared_map *layouts, const struct ar_model *model);

#endif
