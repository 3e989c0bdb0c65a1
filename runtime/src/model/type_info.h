/* The table of field types. A new type is a line in it, with a function for each direction, and a case of
 * ar_pg_type_of (driver/postgresql/type.c), its type in PostgreSQL. */
#ifndef AR_TYPE_INFO_H
#define AR_TYPE_INFO_H

#include "model/field_text.h"

#include <armature/model.h>
#include <armature/value.h>

struct type_info {
    /* Return a field that is not NULL as a value, as ar_field_value does. */
    struct ar_value (*value)(const struct ar_column *column, const void *field);
    /* Store a value that is not NULL in the field, as ar_field_read does. */
    enum ar_status (*read)(const struct field_reader *reader, const struct ar_column *column,
                           const struct ar_value *value, void *field);
    /* Return true if two fields have the same bytes, except for those without a meaning: padding, what follows the
     * terminator of a char[N], the size of a blob or array that is NULL. NULL if all bytes have one. */
    bool (*same)(const struct ar_column *column, const void *a, const void *b);
    /* Return true if two fields that are not the same point to equal contents. NULL for fields without pointers. */
    bool (*equal)(const struct ar_column *column, const void *a, const void *b);
    /* Make the field own its contents, as ar_field_own does. NULL if it always does. */
    enum ar_status (*own)(const struct ar_column *column, struct arena *text, struct failure *failure, void *field);
    int64_t minimum, maximum; /* of an integer */
    int64_t ticks_per_second; /* of a time that SQLite may store as a number */
    const char *invalid;      /* contents of the field that are not a value; NULL: there are none */
    const char *takes;        /* the values that the field holds, if databases have more of them */
    bool has_null;            /* the field has a NULL without AR_NULLABLE: it is a pointer */
    bool is_terminated;       /* the field is zero if its first byte is */
    bool identifies_rows;     /* its values identify rows */
    bool has_forms;           /* a database may store a value in a form of its own, which `read` converts */
};

extern const struct type_info ar_type_info[AR_TYPE_COUNT];

static inline const struct type_info *ar_type_info_of(const struct ar_column *column)
{
    return &ar_type_info[column->type];
}

/* Return true if the field can hold NULL. */
static inline bool ar_field_has_null(const struct ar_column *column)
{
    return (column->flags & AR_COLUMN_NULLABLE) != 0 || ar_type_info_of(column)->has_null;
}

/* Return true if rows may have NULL in this column, which counts as the smallest value. */
static inline bool ar_column_may_be_null(const struct ar_column *column)
{
    return ar_field_has_null(column) && (column->flags & AR_COLUMN_NOT_NULL) == 0;
}

#endif
