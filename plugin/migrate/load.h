/* The migrations of a folder as the runtime takes them, and the database that they are for. */
#ifndef ARMATURE_PLUGIN_MIGRATE_LOAD_H
#define ARMATURE_PLUGIN_MIGRATE_LOAD_H

#include "folder.h"

#include <armature/migrate.h>

/* Read all scripts of the folder. Return false after adding an error. */
bool load_migrations(struct diagnostics *diagnostics, const char *directory, struct ar_migrations *out);

/* Return the name of a migration in messages: "0001_initial". */
const char *load_title(struct arena *arena, unsigned number, const char *name);

/* Open the database of --db: a URL, or an SQLite file. With `is_read_only`, a file is not created. Return EXIT_DONE, or
 * another status after printing the error. Close *out with ar_db_close in either case. */
int load_open_database(struct arena *arena, const char *where, bool is_read_only, struct ar_db **out);

/* Print the error of a database. Return EXIT_UNREACHABLE or EXIT_ERRORS. */
int load_fail_database(struct arena *arena, const char *where, const struct ar_error *error);

#endif
