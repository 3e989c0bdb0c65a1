/* The table of column types, and lookups in it. Which C type a field has is determined by scan_type.c. */
#include "type.h"

#include <string.h>

/* clang-format off */
#define SQL(sqlite, postgresql) {[DIALECT_SQLITE] = (sqlite), [DIALECT_POSTGRESQL] = (postgresql)}
#define SIGNED(bits)                                                                                                   \
    .c_type = "int" #bits "_t", .size = (bits) / 8, .minimum = INT##bits##_MIN, .maximum = INT##bits##_MAX,            \
    .handle = "int", .groups = GROUP_INTEGER, .key = {.constructor = "integer"}
/* The maximum is the largest that an attribute can give. */
#define UNSIGNED(bits, most)                                                                                           \
    .c_type = "uint" #bits "_t", .size = (bits) / 8, .is_unsigned = true, .maximum = (most),                           \
    .handle = "uint", .groups = GROUP_INTEGER, .key = {.constructor = "unsigned"}

static const struct column_type types[] = {
#define TYPE(name, ...) [AR_TYPE_##name] = {.type = AR_TYPE_##name, .constant = "AR_TYPE_" #name, __VA_ARGS__},
#include "types.def"
#undef TYPE
};

const struct column_type *column_type(enum ar_type type)
{
    switch (type) { /* without a default, so that the compiler reports a type without a row */
#define TYPE(name, ...) case AR_TYPE_##name:
#include "types.def"
#undef TYPE
        break;
    }
    return &types[type];
}
/* clang-format on */

static const size_t type_count = sizeof types / sizeof *types;

static bool is_same(const char *a, const char *b)
{
    return a != NULL && strcmp(a, b) == 0;
}

const struct column_type *column_type_of_typedef(const char *name)
{
    for (size_t i = 0; i < type_count; i++)
        if (is_same(types[i].typedef_name, name))
            return &types[i];
    return NULL;
}

const struct column_type *column_type_of_struct(const char *tag)
{
    for (size_t i = 0; i < type_count; i++)
        if (is_same(types[i].struct_tag, tag))
            return &types[i];
    return NULL;
}

const struct column_type *column_type_of_integer(long long size, bool is_unsigned)
{
    for (size_t i = 0; i < type_count; i++)
        if (types[i].groups == GROUP_INTEGER && types[i].size == size && types[i].is_unsigned == is_unsigned)
            return &types[i];
    return NULL;
}

const char *type_group_name(unsigned groups)
{
    static const struct {
        unsigned groups;
        const char *name;
    } names[] = {
        {GROUP_KEY, "an integer, a string, a UUID, an array of bytes, a date or a time"},
        {GROUP_INTEGER, "an integer"},
        {GROUP_NUMBER, "a number"},
        {GROUP_DECIMAL | GROUP_STRING, "an int16_t, int32_t or int64_t, or a string"},
        {GROUP_INTERVAL, "an int64_t"},
        {GROUP_STRING, "a string: const char *, char * or char[N]"},
        {GROUP_TIME, "a time_t or a struct timespec"},
        {GROUP_TIME | GROUP_DATE | GROUP_UUID, "a time_t, a struct timespec, a struct ar_date or a UUID"},
        {GROUP_UUID, "a UUID: uint8_t[16] AR_UUID"},
        {GROUP_ENUM, "an enum"},
        {GROUP_SIXTEEN_BYTES, "16 bytes: uint8_t[16]"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].groups == groups)
            return names[i].name;
    return NULL;
}

const char *column_types_accepted(struct arena *arena)
{
    const char *all = "";
    for (size_t i = 0; i < type_count; i++)
        if (types[i].accepts != NULL)
            all = arena_print(arena, "%s%s%s", all,
                              all[0] == '\0'       ? ""
                              : i < type_count - 1 ? ", "
                                                   : " and ",
                              types[i].accepts);
    return all;
}
