/* The new values of a column whose type, unit, labels or NULLs change, computed from the old ones. */
#ifndef ARMATURE_PLUGIN_MIGRATE_CONVERT_H
#define ARMATURE_PLUGIN_MIGRATE_CONVERT_H

#include "schema/schema.h"

/* Rows whose value cannot be converted. */
struct conversion_loss {
    const char *condition;
    const char *message;
};

enum { CONVERSION_LOSSES_MAX = 3 };

struct conversion {
    const char *sql;   /* the new value */
    bool is_changed;   /* it differs from the old one in some row, */
    const char *where; /* … of those that meet this condition; NULL: all rows */
    struct conversion_loss losses[CONVERSION_LOSSES_MAX];
    size_t loss_count;
};

/* Return the conversion from a column to another one; in the expression, the column has its new name. */
struct conversion conversion_of(struct arena *arena, const struct dialect *dialect, const struct schema_table *table,
                                const struct schema_column *from, const struct schema_column *to);

/* Read the digits of a type numeric(precision, scale). Return false if it is not one. */
bool conversion_read_numeric(const char *type, long *precision, long *scale);

#endif
