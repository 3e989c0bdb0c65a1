/* Loading migrations, and opening the database that they are for. */
#include "load.h"

#include "command.h"
#include "schema/source.h"

#include <stdio.h>
#include <string.h>

const char *load_title(struct arena *arena, unsigned number, const char *name)
{
    return arena_print(arena, "%04u_%s", number, name);
}

/* Return the script, NULL if the migrations are not for this database; or NULL after adding an error. */
static const char *load_script(struct diagnostics *diagnostics, const struct migration_folder *folder,
                               const struct snapshot_migration *migration, const struct dialect *dialect)
{
    if (folder->snapshot.schemas[dialect->id] == NULL)
        return NULL;
    return folder_read_file(diagnostics,
                            folder_migration_path(diagnostics->arena, folder->directory, migration, dialect));
}

bool load_migrations(struct diagnostics *diagnostics, const char *directory, struct ar_migrations *out)
{
    struct migration_folder folder;
    struct ar_migration *items = NULL;
    *out = (struct ar_migrations){NULL, 0};
    if (!folder_read(&folder, diagnostics, directory))
        return false;
    if (!folder.has_snapshot) {
        diagnostic_error(diagnostics, (struct location){0}, "%s has no schema.ar, so that it has no migrations",
                         directory);
        diagnostic_help(diagnostics, "armature migrate new writes the first one");
        return false;
    }
    for (size_t i = 0; i < folder.snapshot.migration_count; i++) {
        const struct snapshot_migration *migration = &folder.snapshot.migrations[i];
        list_add(diagnostics->arena, items, out->count) = (struct ar_migration){
            .number = migration->number,
            .name = migration->name,
            .sql = {.sqlite = load_script(diagnostics, &folder, migration, &dialect_sqlite),
                    .postgresql = load_script(diagnostics, &folder, migration, &dialect_postgresql)},
        };
    }
    out->items = items;
    return diagnostics->count == 0;
}

/* ---- Databases --------------------------------------------------------------------------------------------------- */

int load_fail_database(struct arena *arena, const char *where, const struct ar_error *error)
{
    fprintf(stderr, "%s: error: %s\n", source_title(arena, where), error->message);
    return error->status == AR_UNAVAILABLE ? EXIT_UNREACHABLE : EXIT_ERRORS;
}

int load_open_database(struct arena *arena, const char *where, bool is_read_only, struct ar_db **out)
{
    /* The journal mode is a choice of the program. */
    const struct ar_db_options options = {.no_wal = true, .read_only = is_read_only};
    /* A URL of another scheme is not a file: it is refused, and may contain a password. */
    bool is_url = strstr(where, "://") != NULL || strncmp(where, "sqlite:", strlen("sqlite:")) == 0;
    const char *url = is_url ? where : arena_print(arena, "sqlite:%s", where);
    enum ar_status status = ar_db_open(url, &options, out);
    if (status == AR_OK)
        return EXIT_DONE;
    if (status == AR_MISUSE)
        return command_fail_usage("--db: ", ar_db_error(*out)->message);
    return load_fail_database(arena, where, ar_db_error(*out));
}
