/* The tables that the scripts have made so far, as far as lint needs to know them. */
#ifndef ARMATURE_PLUGIN_MIGRATE_LINT_TABLE_H
#define ARMATURE_PLUGIN_MIGRATE_LINT_TABLE_H

#include "lint_script.h"

struct lint_column {
    const char *name;
    const char *type; /* as written */
    bool is_not_null;
    bool has_default; /* or the database makes its value */
    bool is_generated;
};

struct lint_table {
    const char *name; /* with its schema */
    struct lint_column *columns;
    size_t count;
    bool is_new; /* made by the current script */
};

struct lint_tables {
    struct lint_table *items;
    size_t count;
};

/* Return the table, or NULL if it is not known; its column, or NULL. */
struct lint_table *lint_find_table(const struct lint_tables *tables, const char *name);
struct lint_column *lint_find_column(const struct lint_table *table, const char *name);

/* Read the columns of a CREATE TABLE, after the table's name. */
struct lint_table lint_read_table(struct lint_cursor *cursor, const char *name);

/* Read the rest of a column's declaration, after its name. */
struct lint_column lint_read_column(struct lint_cursor *cursor, const char *name);

/* Change the tables as the statement does. */
void lint_apply(struct arena *arena, struct lint_tables *tables, const struct lint_statement *statement);

#endif
