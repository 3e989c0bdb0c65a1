/* The subcommand lint: reports what migrations lose, block or break. */
#include "command_options.h"
#include "folder.h"
#include "lint_rules.h"
#include "subcommand.h"

#include <stdio.h>

struct lint_call {
    const char *directory;
    enum diagnostic_format format;
};

static int read_options(struct arena *arena, int argc, char **argv, struct lint_call *call)
{
    const char *format = "text";
    const struct command_option options[] = {
        {.name = "dir", .value = &call->directory, .is_path = true},
        {.name = "format", .value = &format},
    };
    int first = command_read_options(arena, argc, argv, options, COMMAND_OPTION_COUNT(options));
    if (first < 0)
        return EXIT_USAGE;
    if (!diagnostic_find_format(format, &call->format))
        return command_fail_usage("unknown format ", format);
    return first == argc ? EXIT_DONE : command_fail_usage("lint has no argument ", argv[first]);
}

static void check_file(struct diagnostics *diagnostics, const struct migration_folder *folder,
                       const struct snapshot_migration *migration, const struct dialect *dialect,
                       struct lint_tables *tables)
{
    struct lint_script script = {0};
    const char *path = folder_migration_path(diagnostics->arena, folder->directory, migration, dialect);
    const char *text = folder_read_file(diagnostics, path);
    if (text != NULL && lint_read(&script, diagnostics, dialect, path, text))
        lint_check(diagnostics, &script, tables);
}

static void check_folder(struct diagnostics *diagnostics, const struct lint_call *call)
{
    struct migration_folder folder;
    if (!folder_read(&folder, diagnostics, call->directory))
        return;
    if (!folder.has_snapshot)
        diagnostic_error(diagnostics, (struct location){0}, "%s has no migrations: schema.ar is missing",
                         call->directory);
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        struct lint_tables tables = {0};
        for (size_t j = 0; folder.snapshot.schemas[i] != NULL && j < folder.snapshot.migration_count; j++)
            check_file(diagnostics, &folder, &folder.snapshot.migrations[j], dialects[i], &tables);
    }
}

/* A reader of the text needs the rule for a directive. */
static void show_rules(struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < diagnostics->item_count; i++) {
        struct diagnostic *each = &diagnostics->items[i];
        if (each->rule != NULL)
            each->message = arena_print(diagnostics->arena, "%s [%s]", each->message, each->rule);
    }
}

static int run(int argc, char **argv)
{
    struct arena arena = {0};
    struct lint_call call = {.directory = MIGRATE_DIRECTORY};
    int status = read_options(&arena, argc, argv, &call);
    if (status == EXIT_DONE) {
        struct text text = {0};
        struct diagnostics diagnostics = {.arena = &arena};
        check_folder(&diagnostics, &call);
        if (call.format == DIAGNOSTIC_TEXT)
            show_rules(&diagnostics);
        const struct diagnostic_output output = {call.format, lint_rules, LINT_RULE_COUNT,
                                                 folder_snapshot_path(&arena, call.directory)};
        diagnostic_write(&text, &diagnostics, &output);
        status = text.data != NULL ? command_print(text.data) : EXIT_DONE;
        if (status == EXIT_DONE && diagnostics.item_count > 0)
            status = EXIT_ERRORS;
        text_free(&text);
    }
    arena_free(&arena);
    return status;
}

const struct command migrate_lint = {
    .name = "lint",
    .usage = "migrate lint [--dir DIR] [--format text|json|sarif]",
    .summary = "report what migrations lose, block or break",
    .options = "  --dir DIR          the folder of migrations; default: migrations\n"
               "  --format NAME      text (default), json or sarif\n",
    .run = run,
};
