/* The subcommand new: writes the migration from the snapshot to the headers, and the new snapshot. */
#include "command_options.h"
#include "folder.h"
#include "refuse.h"
#include "subcommand.h"
#include "write.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct new_call {
    const char *directory;
    const char *name;
    bool has_dialects, dialects[DIALECT_COUNT];
    struct drop_list drops;
    struct command_headers headers;
};

/* ---- The command line -------------------------------------------------------------------------------------------- */

/* Return false if the name is not a dialect. */
static bool add_dialect(struct new_call *call, const char *name)
{
    const struct dialect *dialect = dialect_find(name);
    if (dialect == NULL)
        return false;
    call->has_dialects = call->dialects[dialect->id] = true;
    return true;
}

static int read_options(struct arena *arena, int argc, char **argv, struct new_call *call)
{
    const char **dialects_given = NULL;
    size_t dialect_count = 0;
    const struct command_option options[] = {
        {.name = "dir", .value = &call->directory, .is_path = true},
        {.name = "dialect", .items = &dialects_given, .item_count = &dialect_count},
        {.name = "drop", .items = &call->drops.items, .item_count = &call->drops.count},
    };
    int first = command_read_options(arena, argc, argv, options, COMMAND_OPTION_COUNT(options));
    if (first < 0)
        return EXIT_USAGE;
    for (size_t i = 0; i < dialect_count; i++)
        if (!add_dialect(call, dialects_given[i]))
            return command_fail_usage("unknown dialect ", dialects_given[i]);
    if (first == argc)
        return command_fail_usage("migrate new needs the name of the migration", "");
    call->name = argv[first];
    if (!folder_is_name(call->name))
        return command_fail_usage("the name of a migration has letters, digits, - and _ only, unlike ", call->name);
    return command_take_headers(&call->headers, argc, argv, first + 1);
}

/* ---- The migration ----------------------------------------------------------------------------------------------- */

/* What is written. */
struct migration {
    struct snapshot_migration self;
    struct snapshot snapshot;
    struct difference_list differences[DIALECT_COUNT];
};

static const struct schema *former_schema(struct arena *arena, const struct migration_folder *folder,
                                          const struct dialect *dialect)
{
    struct schema *empty = arena_take(arena, sizeof *empty);
    empty->dialect = dialect;
    const struct schema *former = folder->snapshot.schemas[dialect->id];
    return former != NULL ? former : empty;
}

static void check_dialects(const struct new_call *call, const struct migration_folder *folder,
                           struct diagnostics *diagnostics)
{
    for (size_t i = 0; folder->has_snapshot && call->has_dialects && i < DIALECT_COUNT; i++) {
        if (call->dialects[i] == (folder->snapshot.schemas[i] != NULL))
            continue;
        diagnostic_error(diagnostics, (struct location){0}, "the migrations in %s are %sfor %s", folder->directory,
                         call->dialects[i] ? "not " : "", dialects[i]->title);
        diagnostic_help(diagnostics, "only the first migration chooses the databases: omit --dialect");
    }
}

static void check_name(const struct new_call *call, const struct migration_folder *folder,
                       struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < folder->snapshot.migration_count; i++)
        if (strcmp(folder->snapshot.migrations[i].name, call->name) == 0)
            diagnostic_error(diagnostics, (struct location){0}, "migration %u has the name `%s` already",
                             folder->snapshot.migrations[i].number, call->name);
}

static bool is_used(const struct new_call *call, const struct migration_folder *folder, size_t dialect)
{
    if (folder->has_snapshot)
        return folder->snapshot.schemas[dialect] != NULL;
    return !call->has_dialects || call->dialects[dialect];
}

/* Compare the schemas. Return true if something differs. */
static bool compare(const struct new_call *call, const struct migration_folder *folder, struct model_set *set,
                    struct migration *out)
{
    bool is_first = true, has_differences = false;
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        if (!is_used(call, folder, i))
            continue;
        const struct schema *from = former_schema(set->arena, folder, dialects[i]);
        out->snapshot.schemas[i] = schema_of_models(set, dialects[i]);
        out->differences[i] = schema_compare(set->arena, from, out->snapshot.schemas[i], COMPARE_EXACT);
        has_differences = has_differences || out->differences[i].count > 0;
        if (folder->has_snapshot && is_first) {
            refuse_former_names(set->diagnostics, from, out->snapshot.schemas[i]);
            refuse_differences(set->diagnostics, &out->differences[i], &call->drops);
        }
        is_first = false;
    }
    return has_differences;
}

static void add_migration(struct arena *arena, const struct new_call *call, const struct migration_folder *folder,
                          struct migration *out)
{
    const struct snapshot *former = &folder->snapshot;
    out->self = (struct snapshot_migration){(unsigned)former->migration_count + 1, call->name};
    for (size_t i = 0; i < former->migration_count; i++)
        list_add(arena, out->snapshot.migrations, out->snapshot.migration_count) = former->migrations[i];
    list_add(arena, out->snapshot.migrations, out->snapshot.migration_count) = out->self;
}

/* ---- Files ------------------------------------------------------------------------------------------------------- */

static bool write_sql(struct arena *arena, const struct migration_folder *folder, const struct migration *migration,
                      const struct dialect *dialect, const char *path)
{
    struct text text = {0};
    bool is_stale = false;
    text_print(&text,
               "-- Migration %u, %s, for %s. Review it, and edit it before it is applied; armature migrate lint\n"
               "-- reports what loses data or disturbs running programs.\n",
               migration->self.number, migration->self.name, dialect->title);
    if (migration->differences[dialect->id].count == 0)
        text_print(&text, "\n-- Nothing changes on %s.\n", dialect->title);
    else
        migrate_write(&text, arena, former_schema(arena, folder, dialect), migration->snapshot.schemas[dialect->id],
                      &migration->differences[dialect->id]);
    bool is_done = output_file(path, &text, OUTPUT_WRITE, &is_stale);
    text_free(&text);
    return is_done;
}

static bool write_snapshot(struct arena *arena, const struct migration_folder *folder,
                           const struct migration *migration)
{
    struct text text = {0};
    bool is_stale = false;
    snapshot_write(&text, &migration->snapshot);
    bool is_done = output_file(folder_snapshot_path(arena, folder->directory), &text, OUTPUT_WRITE, &is_stale);
    text_free(&text);
    return is_done;
}

/* Write the SQL, then the snapshot. If one file cannot be written, remove those that were. */
static int write_files(struct arena *arena, const struct migration_folder *folder, const struct migration *migration)
{
    const char *paths[DIALECT_COUNT] = {NULL};
    struct text written = {0};
    size_t count = 0;
    bool is_done = true;
    for (size_t i = 0; is_done && i < DIALECT_COUNT; i++) {
        if (migration->snapshot.schemas[i] == NULL)
            continue;
        paths[count] = folder_migration_path(arena, folder->directory, &migration->self, dialects[i]);
        text_print(&written, "%s\n", paths[count]);
        is_done = write_sql(arena, folder, migration, dialects[i], paths[count++]);
    }
    is_done = is_done && write_snapshot(arena, folder, migration);
    for (size_t i = 0; !is_done && i < count; i++)
        unlink(paths[i]);
    int status = is_done ? command_print(written.data) : EXIT_ERRORS;
    text_free(&written);
    return status;
}

/* ---- The passes -------------------------------------------------------------------------------------------------- */

static int run_with(struct arena *arena, const struct new_call *call, struct diagnostics *diagnostics)
{
    struct model_set set = {.arena = arena, .diagnostics = diagnostics};
    struct migration_folder folder;
    struct migration migration = {.differences = {{0}}};
    if (!command_read_models(&set, &call->headers) || !folder_read(&folder, diagnostics, call->directory))
        return EXIT_ERRORS;
    check_dialects(call, &folder, diagnostics);
    check_name(call, &folder, diagnostics);
    if (diagnostics->count > 0)
        return EXIT_ERRORS;
    bool has_differences = compare(call, &folder, &set, &migration);
    if (diagnostics->count > 0)
        return EXIT_ERRORS;
    if (!has_differences)
        return command_print("nothing to migrate: the headers are what the migrations lead to\n");
    add_migration(arena, call, &folder, &migration);
    return write_files(arena, &folder, &migration);
}

static int run(int argc, char **argv)
{
    struct arena arena = {0};
    struct new_call call = {.directory = MIGRATE_DIRECTORY};
    int before_flags = command_split_flags(argc, argv, &call.headers.flags, &call.headers.flag_count);
    int status = read_options(&arena, before_flags, argv, &call);
    if (status == EXIT_DONE) {
        struct diagnostics diagnostics = {.arena = &arena};
        status = run_with(&arena, &call, &diagnostics);
        diagnostic_print(&diagnostics, stderr);
    }
    arena_free(&arena);
    return status;
}

const struct command migrate_new = {
    .name = "new",
    .usage = "migrate new NAME [options] HEADER... [-- CLANG_FLAG...]",
    .summary = "write the migration that leads to the headers",
    .options = "  --dir DIR          the folder of migrations; default: migrations\n"
               "  --dialect NAME     of the first migration: only for sqlite or postgresql\n"
               "  --drop NAME        the table, or the column as table.column, can be lost; can be repeated\n",
    .run = run,
};
