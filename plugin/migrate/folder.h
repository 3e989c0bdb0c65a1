/* The folder of migrations: schema.ar, and 0001_NAME.sqlite.sql and 0001_NAME.postgresql.sql for each migration. */
#ifndef ARMATURE_PLUGIN_MIGRATE_FOLDER_H
#define ARMATURE_PLUGIN_MIGRATE_FOLDER_H

#include "schema/snapshot.h"

struct migration_folder {
    const char *directory;
    struct snapshot snapshot; /* of schema.ar; empty if there is none */
    bool has_snapshot;
};

/* Read the folder, which may not exist: then it has no snapshot. The migrations are those of the snapshot, and each has
 * a file for each of its databases. Return false after adding an error if the files differ. */
bool folder_read(struct migration_folder *out, struct diagnostics *diagnostics, const char *directory);

/* Return the path of the migration's file; of schema.ar. */
const char *folder_migration_path(struct arena *arena, const char *directory,
                                  const struct snapshot_migration *migration, const struct dialect *dialect);
const char *folder_snapshot_path(struct arena *arena, const char *directory);

/* Return the content of the file, or NULL after adding an error. */
const char *folder_read_file(struct diagnostics *diagnostics, const char *path);

/* Return true if the text is the name of a migration: letters, digits, underscores and hyphens. */
bool folder_is_name(const char *text);

#endif
