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

/* Has a field of AR_TYPE_TEXT point to a copy of the text, which may be NULL where its owner had no memory for it. False
 * where that cannot be, for a reason that ar_field_read finds and tells. */
static inline bool ar_field_take_text(const struct field_reader *reader, const void *text, size_t size, void *field)
{
    const char *copy;

    if (text == NULL || memchr(text, '\0', size) != NULL)
        return false;
    copy = ar_arena_copy_text(reader->text, text, size);
    if (copy != NULL)
        memcpy(field, &copy, sizeof copy);
    return copy != NULL;
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
