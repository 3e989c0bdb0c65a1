/* The snapshot of a schema that is committed with its migrations: migrations/schema.ar.
 *
 *     armature-schema 1
 *     migration 1 "initial"
 *
 *     database sqlite
 *     table "posts"
 *         column "id" "INTEGER" not-null
 *         column "title" "TEXT" not-null default "'new'"
 *         key "id"
 *         index "posts_title" on "title" desc where "title <> ''"
 *
 * It is a text with a line for each object, so that changes are good to review, and so that two migrations that were
 * written at the same time conflict. The first line has the version of the format. Words are keywords; names and SQL
 * are in quotes, with the escapes \" \\ \n and \t. Lines that begin with # are comments. */
#ifndef ARMATURE_PLUGIN_SNAPSHOT_H
#define ARMATURE_PLUGIN_SNAPSHOT_H

#include "schema.h"

struct snapshot_migration {
    unsigned number;
    const char *name;
};

struct snapshot {
    struct snapshot_migration *migrations; /* that lead to the schema, in their order */
    size_t migration_count;
    struct schema *schemas[DIALECT_COUNT]; /* NULL: there are no migrations for this database */
};

/* Add the text of the snapshot. */
void snapshot_write(struct text *out, const struct snapshot *snapshot);

/* Read a snapshot from the text of the file with this name. Return false after adding an error. */
bool snapshot_read(struct snapshot *out, struct diagnostics *diagnostics, const char *file, const char *text);

#endif
