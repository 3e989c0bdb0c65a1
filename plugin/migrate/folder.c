/* Reads the folder of migrations, and checks that its files are those of the snapshot. */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Names ------------------------------------------------------------------------------------------------------- */

static const char name_characters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

bool folder_is_name(const char *text)
{
    return text[0] != '\0' && text[strspn(text, name_characters)] == '\0' && strlen(text) <= 100;
}

const char *folder_migration_path(struct arena *arena, const char *directory,
                                  const struct snapshot_migration *migration, const struct dialect *dialect)
{
    return arena_print(arena, "%s/%04u_%s.%s.sql", directory, migration->number, migration->name, dialect->name);
}

const char *folder_snapshot_path(struct arena *arena, const char *directory)
{
    return arena_print(arena, "%s/schema.ar", directory);
}

/* ---- Files ------------------------------------------------------------------------------------------------------- */

static struct location at_file(const char *path)
{
    return (struct location){.file = path, .line = 1, .column = 1};
}

const char *folder_read_file(struct diagnostics *diagnostics, const char *path)
{
    enum { CHUNK = 4096 };
    struct text text = {0};
    char chunk[CHUNK];
    bool has_zero = false;
    FILE *file = fopen(path, "rb");
    for (size_t length; file != NULL && (length = fread(chunk, 1, sizeof chunk - 1, file)) > 0;) {
        chunk[length] = '\0';
        has_zero = has_zero || strlen(chunk) < length;
        text_add(&text, chunk);
    }
    bool is_read = file != NULL && !ferror(file);
    if (!is_read)
        diagnostic_error(diagnostics, (struct location){0}, "%s cannot be read: %s", path, strerror(errno));
    else if (has_zero)
        diagnostic_error(diagnostics, at_file(path), "the file has zero bytes: save it as UTF-8");
    const char *content =
        is_read && !has_zero ? arena_text(diagnostics->arena, text.data != NULL ? text.data : "") : NULL;
    if (file != NULL)
        fclose(file);
    text_free(&text);
    return content;
}

/* ---- The folder's files and the snapshot ------------------------------------------------------------------------- */

/* What a file's name says. */
struct file_name {
    struct snapshot_migration migration;
    const struct dialect *dialect;
};

/* Read the name of a file that ends with .sql. */
static bool parse_name(struct arena *arena, const char *file, struct file_name *out)
{
    char *end;
    unsigned long number = strtoul(file, &end, 10);
    const char *first_dot = strchr(file, '.'), *last_dot = strrchr(file, '.');
    if (end != file + 4 || *end != '_' || number == 0 || first_dot == last_dot)
        return false;
    const char *dialect = arena_copy(arena, first_dot + 1, (size_t)(last_dot - first_dot) - 1);
    out->migration.number = (unsigned)number;
    out->migration.name = arena_copy(arena, end + 1, (size_t)(first_dot - end) - 1);
    out->dialect = dialect_find(dialect);
    return out->dialect != NULL && folder_is_name(out->migration.name);
}

static const struct snapshot_migration *find_number(const struct snapshot *snapshot, unsigned number)
{
    return number <= snapshot->migration_count ? &snapshot->migrations[number - 1] : NULL;
}

static void fail_unknown_file(struct migration_folder *folder, struct diagnostics *diagnostics, const char *path,
                              const struct file_name *name)
{
    const struct snapshot_migration *other = find_number(&folder->snapshot, name->migration.number);
    bool is_same = other != NULL && strcmp(other->name, name->migration.name) == 0;
    if (is_same)
        diagnostic_error(diagnostics, at_file(path), "the migrations of schema.ar are not for %s",
                         name->dialect->title);
    else if (other != NULL)
        diagnostic_error(diagnostics, at_file(path), "%u is the number of another migration, `%s`", other->number,
                         other->name);
    else
        diagnostic_error(diagnostics, at_file(path), "schema.ar does not contain this migration");
    diagnostic_help(diagnostics, is_same ? "delete the file"
                                         : "if the migration is yours and was not applied, delete its files and run "
                                           "armature migrate new again, which gives it the next number");
}

static bool is_known(const struct migration_folder *folder, const struct file_name *name)
{
    const struct snapshot_migration *known = find_number(&folder->snapshot, name->migration.number);
    return known != NULL && strcmp(known->name, name->migration.name) == 0 &&
           folder->snapshot.schemas[name->dialect->id] != NULL;
}

static void check_file(struct migration_folder *folder, struct diagnostics *diagnostics, const char *file)
{
    struct file_name name = {0};
    const char *path = arena_print(diagnostics->arena, "%s/%s", folder->directory, file);
    size_t length = strlen(file);
    if (file[0] == '.' || length < 4 || strcmp(file + length - 4, ".sql") != 0)
        return;
    if (!parse_name(diagnostics->arena, file, &name)) {
        diagnostic_error(diagnostics, at_file(path), "this is not the name of a migration: 0001_name.sqlite.sql");
        return;
    }
    if (!is_known(folder, &name))
        fail_unknown_file(folder, diagnostics, path, &name);
}

/* Report files that the snapshot does not contain. */
static void check_files(struct migration_folder *folder, struct diagnostics *diagnostics)
{
    struct dirent **entries = NULL;
    int count = scandir(folder->directory, &entries, NULL, alphasort);
    if (count < 0 && errno != ENOENT)
        diagnostic_error(diagnostics, (struct location){0}, "%s cannot be read: %s", folder->directory,
                         strerror(errno));
    for (int i = 0; i < count; i++) {
        check_file(folder, diagnostics, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
}

static bool exists(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file != NULL)
        fclose(file);
    return file != NULL || errno != ENOENT;
}

/* Report migrations of the snapshot that have no file. */
static void check_migrations(struct migration_folder *folder, struct diagnostics *diagnostics)
{
    const struct snapshot *snapshot = &folder->snapshot;
    for (size_t i = 0; i < snapshot->migration_count; i++)
        for (size_t j = 0; j < DIALECT_COUNT; j++) {
            const char *path =
                folder_migration_path(diagnostics->arena, folder->directory, &snapshot->migrations[i], dialects[j]);
            if (snapshot->schemas[j] == NULL || exists(path))
                continue;
            diagnostic_error(diagnostics, at_file(folder_snapshot_path(diagnostics->arena, folder->directory)),
                             "%s is missing", path);
            diagnostic_help(diagnostics, "restore the file: a database may still need it");
        }
}

bool folder_read(struct migration_folder *out, struct diagnostics *diagnostics, const char *directory)
{
    size_t errors = diagnostics->count;
    const char *path = folder_snapshot_path(diagnostics->arena, directory);
    *out = (struct migration_folder){.directory = directory, .has_snapshot = exists(path)};
    if (out->has_snapshot) {
        const char *text = folder_read_file(diagnostics, path);
        if (text == NULL || !snapshot_read(&out->snapshot, diagnostics, path, text))
            return false;
    }
    check_files(out, diagnostics);
    check_migrations(out, diagnostics);
    return diagnostics->count == errors;
}
