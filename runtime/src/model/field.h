/* Fields of structs: read as values, written from values, compared. Every conversion checks its range. */
#ifndef AR_FIELD_H
#define AR_FIELD_H

#include "base/arena.h"
#include "base/error.h"

#include <armature/annotations.h>
#include <armature/model.h>
#include <armature/value.h>

#include <string.h>

/* The field as a value; its text or blob is the field's own. A value that no column can hold (an unsigned number above
 * INT64_MAX, an enum without a name, a char[N] without terminator, nanoseconds that are no part of a second) is
 * AR_VALUE_OUT_OF_RANGE. */
struct ar_value ar_field_value(const struct ar_column *column, const void *record);

/* Where a record's texts go. */
struct field_reader {
    struct arena *text;
    struct failure *failure;
};

/* Whether one of eight bytes is zero (Warren, Hacker's Delight, section 6-1). */
static inline bool ar_has_zero_byte(uint64_t word)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;

    return ((word - ones) & ~word & highs) != 0;
}

/* Sixteen bytes, which processors compare at once. */
typedef uint8_t ar_bytes16 __attribute__((vector_size(16)));

/* Copies sixteen bytes; those of the result are 255 where these are zero. */
static inline ar_bytes16 ar_copy_16(char *to, const char *from)
{
    ar_bytes16 bytes;

    memcpy(&bytes, from, sizeof bytes);
    memcpy(to, &bytes, sizeof bytes);
    return (ar_bytes16)(bytes == 0);
}

/* Copies one to two times `part` bytes, at most 16: the first and the last of them. */
static inline bool ar_copy_parts(char *to, const char *from, size_t size, size_t part)
{
    uint64_t first = UINT64_MAX, last = UINT64_MAX; /* what is not filled is not zero */

    memcpy(&first, from, part);
    memcpy(&last, from + size - part, part);
    memcpy(to, &first, part);
    memcpy(to + size - part, &last, part);
    return ar_has_zero_byte(first) || ar_has_zero_byte(last);
}

static inline bool ar_copy_16_to_64(char *to, const char *from, size_t size)
{
    ar_bytes16 zeros = ar_copy_16(to, from) | ar_copy_16(to + size - 16, from + size - 16);
    uint64_t words[2];

    if (size > 32)
        zeros |= ar_copy_16(to + 16, from + 16) | ar_copy_16(to + size - 32, from + size - 32);
    memcpy(words, &zeros, sizeof words);
    return (words[0] | words[1]) != 0;
}

/* Copies a text, mostly one of 4 to 64 bytes, and says whether one of its bytes is zero. Those are copied without a
 * loop, whose end the processor would not foresee: bytes in the middle twice. */
static inline bool ar_copy_and_find_zero(char *to, const char *from, size_t size)
{
    if (size >= 16 && size <= 64)
        return ar_copy_16_to_64(to, from, size);
    if (size >= 8 && size < 16)
        return ar_copy_parts(to, from, size, 8);
    if (size >= 4 && size < 8)
        return ar_copy_parts(to, from, size, 4);
    memcpy(to, from, size);
    return memchr(from, '\0', size) != NULL;
}

/* Make a field of AR_TYPE_TEXT point to a copy of the string, which may be NULL if there was no memory for it. Return
 * false if that is impossible; ar_field_read then reports the reason. */
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

/* Return the largest integer that the field can hold. */
int64_t ar_field_largest(const struct ar_column *column);

/* Return the version after the record's: incremented, or 0 after the maximum. */
int64_t ar_field_next_version(const struct ar_column *version, const void *record);

/* Sets a field that is an integer; AR_INVALID where it cannot hold this one. */
static inline enum ar_status ar_field_set_integer(const struct ar_column *column, int64_t integer,
                                                  struct failure *failure, void *record)
{
    const struct field_reader reader = {.failure = failure};
    struct ar_value value;

    if (column->type == AR_TYPE_INT64 && (column->flags & AR_COLUMN_NULL_FLAG) == 0) {
        memcpy((char *)record + column->offset, &integer, sizeof integer);
        return AR_OK;
    }
    value = ar_value_integer(integer);
    return ar_field_read(&reader, column, &value, record);
}

/* The rest of ar_field_equal. */
bool ar_field_equal_closely(const struct ar_column *column, const void *a, const void *b);

/* Whether two records hold the same value in this column. */
static inline bool ar_field_equal(const struct ar_column *column, const void *a, const void *b)
{
    const char *left = (const char *)a + column->offset, *right = (const char *)b + column->offset;

    /* Mostly a number, or the same text. */
    if (column->size == 8 && (column->flags & AR_COLUMN_NULL_FLAG) == 0 && memcmp(left, right, 8) == 0)
        return true;
    return ar_field_equal_closely(column, a, b);
}

/* Whether the field's value in `a` is the one in `b`, without looking into texts: only the same text is the same. */
bool ar_field_identical(const struct ar_column *column, const void *a, const void *b);

/* Return a number less than, equal to or greater than 0 if `a` is sorted before, with or after `b` in this column:
 * numbers by value, strings and UUIDs by their bytes, NULL first. */
int ar_field_compare(const struct ar_column *column, const void *a, const void *b);

/* Copies one field, with the bool of an AR_NULLABLE_BY. */
void ar_field_copy(const struct ar_column *column, const void *from, void *to);

/* The rest of ar_field_own. */
enum ar_status ar_field_own_other(const struct ar_column *column, struct arena *text, struct failure *failure,
                                  void *record);

/* Copies the field's text or blob into the arena and has the field point there; clears what lies behind the end of a
 * char[N]'s text. */
static inline enum ar_status ar_field_own(const struct ar_column *column, struct arena *text, struct failure *failure,
                                          void *record)
{
    const char *old, *own;

    if (column->type != AR_TYPE_TEXT)
        return ar_field_own_other(column, text, failure, record);
    memcpy(&old, (char *)record + column->offset, sizeof old);
    if (old == NULL)
        return AR_OK;
    own = ar_arena_copy_text(text, old, strlen(old));
    if (own == NULL)
        return ar_fail_no_memory(failure);
    memcpy((char *)record + column->offset, &own, sizeof own);
    return AR_OK;
}

#endif
