/* The types of columns: everything that the tool knows about each, from the table in types.def. */
#ifndef ARMATURE_PLUGIN_TYPE_H
#define ARMATURE_PLUGIN_TYPE_H

#include "dialect.h"
#include "memory.h"

#include <armature/model.h>
#include <stdbool.h>
#include <stdint.h>

/* Groups of column types, of which an attribute can require one. */
enum type_group {
    GROUP_INTEGER = 1 << 0,
    GROUP_REAL = 1 << 1,
    GROUP_DECIMAL = 1 << 12,
    GROUP_INTERVAL = 1 << 13,
    GROUP_NUMBER = GROUP_INTEGER | GROUP_REAL | GROUP_DECIMAL | GROUP_INTERVAL,
    GROUP_STRING = 1 << 2,
    GROUP_TIME = 1 << 3,
    GROUP_KEY = 1 << 4, /* can be part of a key */
    GROUP_UUID = 1 << 7,
    GROUP_DATE = 1 << 8,
    GROUP_TIME_OF_DAY = 1 << 9,

    /* These depend on the field, not on its type alone. */
    GROUP_ENUM = 1 << 5,
    GROUP_SIXTEEN_BYTES = 1 << 6
};

/* How PostgreSQL converts the values of a column to strings and back: see struct ar_cast. */
struct column_cast {
    const char *type;
    const char *read; /* NULL: the runtime reads the type */
    const char *read_end;
};

struct column_type {
    enum ar_type type;
    const char *constant;     /* "AR_TYPE_TEXT" */
    const char *description;  /* in diagnostics: "a string" */
    const char *accepts;      /* the C types, for a list of all; NULL if they are part of another row's */
    const char *typedef_name; /* the typedef that has this type; NULL if it is known by its canonical type */
    const char *struct_tag;   /* the struct that has this type, or NULL */
    const char *c_type;       /* of integers, dates and times */
    const char *handle;       /* of struct ar_<handle>_column */
    const char *sql[DIALECT_COUNT];
    unsigned groups;                /* enum type_group, without GROUP_KEY and those that depend on the field */
    unsigned size;                  /* of an integer, in bytes */
    bool is_unsigned;               /* of an integer */
    bool has_own_null;              /* SQL NULL is the null pointer, not a zero value */
    struct column_cast cast;        /* its type is NULL if the runtime reads and writes the type */
    int64_t minimum, maximum;       /* of an integer */
    unsigned ticks_per_second;      /* of a time */
    bool is_rounded;                /* a field may read several stored values as one */
    const char *zero;               /* what a field of zeros means, if that is not "unset" */
    const char *now[DIALECT_COUNT]; /* the default CURRENT_TIMESTAMP in the form of the type; NULL: as it is */

    /* If the type can be part of a key: its parameter is declared as `before` name `after`, or with the field's own
     * type if `before` is NULL, and ar_value_<constructor> makes a value of it. If it has a size, `after` is the size
     * in brackets, which the constructor takes too. Otherwise all NULL. */
    struct {
        const char *constructor;
        const char *before;
        const char *after;
        bool has_size;
    } key;
};

/* Return the row of the type. */
const struct column_type *column_type(enum ar_type type);

/* Return the type that fields of this typedef or struct have, or NULL. */
const struct column_type *column_type_of_typedef(const char *name);
const struct column_type *column_type_of_struct(const char *tag);

/* Return the integer type with this size in bytes, or NULL. */
const struct column_type *column_type_of_integer(long long size, bool is_unsigned);

/* Return what a field must be to belong to one of the groups: "a number". */
const char *type_group_name(unsigned groups);

/* Return the list of all C types that can be columns. */
const char *column_types_accepted(struct arena *arena);

#endif
