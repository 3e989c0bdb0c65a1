/* Partial records, of which a query with <model>_only has loaded only some columns.
 *
 * A record has the flag `is_partial` and, after its image, a pointer to the set of its loaded columns. Only identities
 * of which some query may load parts (`has_partials`) make room for the pointer; their older records are complete. The
 * image has zeros in the other columns, and so has the struct while the runtime works with it (ar_partial_open).
 * Otherwise, without NDEBUG, the struct has AR_NOT_LOADED in them, and AddressSanitizer and valgrind report accesses
 * (ar_partial_close).
 *
 * A set only grows: a row that is read again with other columns adds them, and a complete row ends it. A complete
 * record stays complete, because what a partial row lacks is taken from the record. */
#ifndef AR_PARTIAL_H
#define AR_PARTIAL_H

#include "store/layout.h"
#include "store/record.h"

/* Each byte of a field that is not loaded, without NDEBUG. */
enum { AR_NOT_LOADED = 0xA5 };

/* Return the number of words of a set of columns. */
static inline size_t ar_columns_words(const struct ar_model *model)
{
    return ((size_t)model->column_count + 63) / 64;
}

static inline bool ar_columns_have(const uint64_t *set, size_t column)
{
    return (set[column / 64] >> column % 64 & 1) != 0;
}

static inline void ar_columns_add(uint64_t *set, size_t column)
{
    set[column / 64] |= UINT64_C(1) << column % 64;
}

/* Make a set empty. */
static inline void ar_columns_clear(const struct ar_model *model, uint64_t *set)
{
    for (size_t i = 0; i < ar_columns_words(model); i++)
        set[i] = 0;
}

/* Allocate a set. Return NULL if out of memory. */
static inline uint64_t *ar_columns_allocate(const struct ar_model *model, struct arena *arena)
{
    return ar_arena_allocate_aligned(arena, ar_columns_words(model) * sizeof(uint64_t), _Alignof(uint64_t));
}

/* Return true if two sets have the same columns. */
static inline bool ar_columns_equal(const struct ar_model *model, const uint64_t *a, const uint64_t *b)
{
    for (size_t i = 0; i < ar_columns_words(model); i++)
        if (a[i] != b[i])
            return false;
    return true;
}

/* Return the offset of the pointer to the set of columns, from the struct. */
size_t ar_partial_set_offset(const struct ar_model *model, bool has_image);

/* Return the loaded columns of a record that is partial. */
const uint64_t *ar_partial_columns(const struct ar_model *model, const struct record *record);

/* Make a record partial that is about to be read. Its other columns become zero. */
void ar_partial_begin(const struct ar_model *model, struct record *record, const uint64_t *columns);

/* Make the struct of a partial record usable by the runtime, or protect it from the program. Both may be repeated. */
void ar_partial_open(const struct ar_model *model, struct record *record);
void ar_partial_close(const struct ar_model *model, struct record *record);

/* Protect all partial records of a result. */
void ar_partial_close_all(const struct result *result);

/* Return true if the caller has changed the record, of which only loaded columns count, since it was loaded. */
bool ar_record_changed(const struct ar_model *model, const struct record *record);

/* Return a column that is not loaded, and to which the program has assigned a value; NULL if there is none. */
const struct ar_column *ar_partial_assigned(const struct ar_model *model, struct record *record);

/* Change the set of columns of a partial record. */
void ar_partial_set_columns(const struct ar_model *model, struct record *record, const uint64_t *columns);

#endif
