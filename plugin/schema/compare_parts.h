/* The comparison of a table's columns, foreign keys, indexes and checks. Internal to compare*.c. */
#ifndef ARMATURE_PLUGIN_COMPARE_PARTS_H
#define ARMATURE_PLUGIN_COMPARE_PARTS_H

#include "compare.h"

struct comparison {
    struct arena *arena;
    const struct dialect *dialect;
    enum compare_mode mode;
    const struct schema *from_schema; /* with new names */
    const struct schema *to_schema;
    const struct schema_table *from;    /* the table that is compared, with its former names */
    const struct schema_table *renamed; /* `from` with new names */
    const struct schema_table *to;
    struct difference_list list;
};

/* Add a difference of the table. */
struct difference *compare_add(struct comparison *comparison, enum difference_kind kind);

/* Return true if the mode considers the expressions, or two NULLs, the same. */
bool compare_sql(const struct comparison *comparison, const char *left, const char *right);

/* Compare all of the table's columns; the names and types of a view's columns. */
void compare_columns(struct comparison *comparison);
void compare_view_columns(struct comparison *comparison);

void compare_foreign_keys(struct comparison *comparison);
void compare_indexes(struct comparison *comparison);
void compare_checks(struct comparison *comparison);

#endif
