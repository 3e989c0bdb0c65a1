/* What a migration changes: the differences of each table, and the views that have to be created again. */
#ifndef ARMATURE_PLUGIN_MIGRATE_PLAN_H
#define ARMATURE_PLUGIN_MIGRATE_PLAN_H

#include "schema/compare.h"

/* A table that both schemas have, with its differences. */
struct table_change {
    const struct schema_table *from, *to;
    const struct difference *items;
    size_t count;
};

struct plan_views {
    const struct schema_table **items;
    size_t count;
};

struct plan {
    struct text *out;
    struct arena *arena;
    const struct dialect *dialect;
    const struct schema *from, *to;
    const struct difference_list *differences;
    struct table_change *changes;
    size_t change_count;
    struct plan_views dropped, created; /* in the order of their schemas */
};

/* Return true if a view of the table has to be dropped before the change. */
typedef bool plan_breaks_views(const struct table_change *change);

/* Set the plan's changes and views. */
void plan_make(struct plan *plan, plan_breaks_views *breaks_views);

/* Return true if the difference is of a table that both schemas have. */
bool plan_is_of_table(const struct difference *difference);

/* Return the first difference of this kind, or NULL. */
const struct difference *plan_find(const struct table_change *change, enum difference_kind kind);

/* Return the difference of this kind of a column of `to`, or NULL. */
const struct difference *plan_find_column(const struct table_change *change, enum difference_kind kind,
                                          const struct schema_column *to);

/* Return true if the table had the index or check of `to` before. */
bool plan_has_kept(const struct table_change *change, const void *part);

/* Return the column of `from` that is the column of `to`, or NULL if that is new. */
const struct schema_column *plan_former_column(const struct table_change *change, const struct schema_column *to);

/* Return true if the SQL, which may be NULL, contains the name. */
bool plan_mentions(const char *sql, const char *name);

/* Add a comment line after an empty line. */
__attribute__((format(printf, 2, 3))) void plan_comment(const struct plan *plan, const char *format, ...);

/* Add the assertion that no row of the table meets the condition. */
void plan_assert_no_row(const struct plan *plan, const char *message, const char *table, const char *condition);

/* Add an UPDATE of the column, of the rows that meet the condition if it is not NULL. */
void plan_update(const struct plan *plan, const char *table, const char *column, const char *value, const char *where);

/* Add DROP VIEW for the views to drop, last first; CREATE VIEW for those to create. */
void plan_drop_views(const struct plan *plan);
void plan_create_views(const struct plan *plan);

/* Add CREATE TABLE with the table's indexes. */
void plan_create_table(const struct plan *plan, const struct schema_table *table);

/* The writers of the databases. */
void migrate_write_sqlite(struct plan *plan);
void migrate_write_postgresql(struct plan *plan);

#endif
