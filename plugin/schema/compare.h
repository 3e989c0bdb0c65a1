/* The differences between two schemas of one dialect.
 *
 * `from` is what exists and `to` is what is wanted: a column that only `to` has is added, one that only `from` has is
 * dropped. Something that changed in a way for which there is no kind, such as the columns of an index, is dropped and
 * added.
 *
 * Tables and columns of `to` that say their former name (`was`) are renamed if `from` has that name and not the new
 * one, and `to` no longer has the former one. Everything else of `from` is compared under its new names, so that the
 * index of a renamed column is no difference: databases rename the columns of indexes, keys and conditions themselves.
 */
#ifndef ARMATURE_PLUGIN_COMPARE_H
#define ARMATURE_PLUGIN_COMPARE_H

#include "schema.h"

enum compare_mode {
    COMPARE_EXACT,   /* two schemas made of models: a snapshot and the headers */
    COMPARE_DATABASE /* `from` was read from a database: types and expressions that are equivalent are equal, and names
                        of constraints and indexes do not matter */
};

enum difference_kind {
    DIFFERENCE_ENUM_ADDED,
    DIFFERENCE_ENUM_DROPPED,
    DIFFERENCE_ENUM_LABELS,
    DIFFERENCE_TABLE_ADDED, /* with everything in it: there are no differences of its parts */
    DIFFERENCE_TABLE_DROPPED,
    DIFFERENCE_TABLE_RENAMED, /* also into another schema */
    DIFFERENCE_COLUMN_ADDED,
    DIFFERENCE_COLUMN_DROPPED,
    DIFFERENCE_COLUMN_RENAMED,
    DIFFERENCE_COLUMN_TYPE,
    DIFFERENCE_COLUMN_LABELS, /* of an enum that is stored as a string; with COMPARE_EXACT */
    DIFFERENCE_COLUMN_DIGITS, /* of a number that is stored as an integer; with COMPARE_EXACT */
    DIFFERENCE_COLUMN_NULL,
    DIFFERENCE_COLUMN_DEFAULT,
    DIFFERENCE_COLUMN_IDENTITY,
    DIFFERENCE_COLUMN_GENERATED, /* another expression; also from or to an ordinary column */
    DIFFERENCE_COLUMN_COLLATION,
    DIFFERENCE_KEY,
    DIFFERENCE_FOREIGN_KEY_ADDED,
    DIFFERENCE_FOREIGN_KEY_DROPPED,
    DIFFERENCE_FOREIGN_KEY_RENAMED,
    DIFFERENCE_INDEX_ADDED,
    DIFFERENCE_INDEX_DROPPED,
    DIFFERENCE_INDEX_RENAMED,
    DIFFERENCE_CHECK_ADDED,
    DIFFERENCE_CHECK_DROPPED,
    DIFFERENCE_CHECK_RENAMED,
    DIFFERENCE_VIEW_ADDED,
    DIFFERENCE_VIEW_DROPPED,
    DIFFERENCE_VIEW_CHANGED /* its SELECT */
};

/* Pointers are into the two schemas, with the names that each has; NULL on the side that lacks the object, and for
 * objects that the kind is not about. */
struct difference {
    enum difference_kind kind;
    const struct schema_table *from, *to; /* the table or view; both, if both schemas have it */
    const struct schema_column *from_column, *to_column;
    const struct schema_foreign_key *foreign_key; /* that is added, dropped, or renamed: with its new name */
    const struct schema_index *index;             /* likewise */
    const struct schema_check *check;             /* likewise */
    const char *was;                              /* the former name of a constraint or an index that is renamed */
    const struct schema_enum *from_enum, *to_enum;
};

struct difference_list {
    struct difference *items;
    size_t count;
};

/* Return the differences: of enum types; of tables and views in the order of `to`, and of each in the order of its
 * columns, with renames first; then tables, views and enum types that are dropped, by name. Views of which `to` has no
 * SELECT are made by the program, and are only compared with a database. */
struct difference_list schema_compare(struct arena *arena, const struct schema *from, const struct schema *to,
                                      enum compare_mode mode);

/* Return the table with the name and schema of the other one, or NULL. A schema that is NULL is that of the
 * connection; `home` names it, if it is known. */
const struct schema_table *compare_find_table(const struct schema *schema, const struct schema_table *like);

#endif
