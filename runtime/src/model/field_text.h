/* Strings of fields, copied into an arena. */
#ifndef AR_FIELD_TEXT_H
#define AR_FIELD_TEXT_H

#include "base/arena.h"
#include "base/error.h"

#include <string.h>

/* The arena for the strings of the records that are read, and the failure to record in. */
struct field_reader {
    struct arena *text;
    struct failure *failure;
};

/* Return true if one of eight bytes is zero (Warren, Hacker's Delight, section 6-1). */
static inline bool ar_has_zero_byte(uint64_t word)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;

    return ((word - ones) & ~word & highs) != 0;
}

/* Sixteen bytes, which processors compare in one instruction. */
typedef uint8_t ar_bytes16 __attribute__((vector_size(16)));

/* Copy sixteen bytes. Return 255 for each byte that is zero. */
static inline ar_bytes16 ar_copy_16(char *to, const char *from)
{
    ar_bytes16 bytes;

    memcpy(&bytes, from, sizeof bytes);
    memcpy(to, &bytes, sizeof bytes);
    return (ar_bytes16)(bytes == 0);
}

/* Copy `part` to 2 * `part` bytes, at most 16: the first and the last `part` of them. */
static inline bool ar_copy_parts(char *to, const char *from, size_t size, size_t part)
{
    uint64_t first = UINT64_MAX, last = UINT64_MAX; /* unused bytes are not zero */

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

/* Copy a string. Return true if one of its bytes is zero. Strings of 4 to 64 bytes, the most common, are copied without
 * a loop, whose end the processor would mispredict; bytes in the middle are copied twice. */
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

/* Make a field of AR_TYPE_TEXT point to a copy of its string in the arena. */
static inline enum ar_status ar_field_own_text(struct arena *text, struct failure *failure, void *field)
{
    const char *old, *own;

    memcpy(&old, field, sizeof old);
    if (old == NULL)
        return AR_OK;
    own = ar_arena_copy_text(text, old, strlen(old));
    if (own == NULL)
        return ar_fail_no_memory(failure);
    memcpy(field, &own, sizeof own);
    return AR_OK;
}

#endif
