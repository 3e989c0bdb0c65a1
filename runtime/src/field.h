/* Fields of structs: read as values, written from values, compared. Every conversion checks its range. */
#ifndef AR_FIELD_H
#define AR_FIELD_H

#include "arena.h"
#include "error.h"

#include <armature/annotations.h>
#include <armature/model.h>
#include <armature/value.h>

/* The field as a value; its text or blob is the field's own. A value that no column can hold (an unsigned number above
 * INT64_MAX, an enum without a name, a char[N] without terminator, nanoseconds that are no part of a second) is
 * AR_VALUE_OUT_OF_RANGE. */
struct ar_value ar_field_value(const struct ar_column *column, const void *record);

/* Where a record's texts go. */
struct field_reader {
    struct arena *text;
    struct failure *failure;
};

/* The bytes of a word that are zero, as bits (Warren, Hacker's Delight, section 6-1). */
static inline uint64_t ar_zero_bytes(uint64_t word)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;

    return (word - ones) & ~word & highs;
}

/* Copies a text, mostly a short one, and says whether one of its bytes is zero. */
static inline bool ar_copy_and_find_zero(char *to, const char *from, size_t size)
{
    uint64_t word, zeros = 0;

    if (size < sizeof word || size > 64) {
        memcpy(to, from, size);
        return memchr(from, '\0', size) != NULL;
    }
    for (size_t i = 0; i + sizeof word < size; i += sizeof word) {
        memcpy(&word, from + i, sizeof word);
        memcpy(to + i, &word, sizeof word);
        zeros |= ar_zero_bytes(word);
    }
    /* The last word overlaps the one before. */
    memcpy(&word, from + size - sizeof word, sizeof word);
    memcpy(to + size - sizeof word, &word, sizeof word);
    return (zeros | ar_zero_bytes(word)) != 0;
}

/* Has a field of AR_TYPE_TEXT point to a copy of the text, which may be NULL where its owner had no memory for it. False
 * where that cannot be, for a reason that ar_field_read finds and tells. */
static inline bool ar_field_take_text(const struct field_reader *reader, const char *text, size_t size, void *field)
{
    char *copy = text != NULL ? ar_arena_allocate_text(reader->text, size) : NULL;

    if (copy == NULL || ar_copy_and_find_zero(copy, text, size))
        return false;
    copy[size] = '\0';
    memcpy(field, &copy, sizeof copy);
    return true;
}

/* Writes a value into the field; AR_INVALID where it does not fit, naming table and column. */
enum ar_status ar_field_read(const struct field_reader *reader, const struct ar_column *column,
                             const struct ar_value *value, void *record);

/* Whether two records hold the same value in this column. */
bool ar_field_equal(const struct ar_column *column, const void *a, const void *b);

/* Whether the field's value in `a` is the one in `b`, without looking into texts: only the same text is the same. */
bool ar_field_identical(const struct ar_column *column, const void *a, const void *b);

/* Less than, equal to or greater than 0, as `a` comes before, with or behind `b` in this column: numbers by value, texts
 * and UUIDs by their bytes, NULL first. */
int ar_field_compare(const struct ar_column *column, const void *a, const void *b);

/* Copies one field, with the bool of an AR_NULLABLE_BY. */
void ar_field_copy(const struct ar_column *column, const void *from, void *to);

/* Copies the field's text or blob into the arena and has the field point there; clears what lies behind the end of a
 * char[N]'s text. */
enum ar_status ar_field_own(const struct ar_column *column, struct arena *text, struct failure *failure, void *record);

#endif
