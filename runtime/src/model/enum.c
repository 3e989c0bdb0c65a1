/* Lookup of enum constants by value and by name. */
#include "model/enum.h"

#include <string.h>

/* Return true if a field of `size` bytes holds the same for both values: a constant may be signed, a field unsigned. */
static bool is_same(int64_t a, int64_t b, size_t size)
{
    unsigned unused_bits = 64 - 8 * (unsigned)size;

    return (uint64_t)a << unused_bits == (uint64_t)b << unused_bits;
}

const char *ar_enum_name(const struct ar_column *column, int64_t value)
{
    for (const struct ar_enum_name *each = column->names; each->name != NULL; each++)
        if (is_same(each->value, value, column->size))
            return each->name;
    return NULL;
}

const struct ar_enum_name *ar_enum_find(const struct ar_column *column, const char *name, size_t size)
{
    for (const struct ar_enum_name *each = column->names; each->name != NULL; each++)
        if (strncmp(each->name, name, size) == 0 && strlen(each->name) == size)
            return each;
    return NULL;
}

bool ar_enum_parse(const struct ar_column *column, const char *name, int64_t *out)
{
    const struct ar_enum_name *found = name != NULL ? ar_enum_find(column, name, strlen(name)) : NULL;

    if (found == NULL)
        return false;
    *out = found->value;
    return true;
}
