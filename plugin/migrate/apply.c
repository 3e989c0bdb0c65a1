/* The subcommand apply: applies the migrations that a database does not have. */
#include "command_options.h"
#include "load.h"
#include "subcommand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct apply_call {
    const char *directory;
    const char *database;
    const char *backup;
    const char *baseline;
    bool is_dry;
};

/* What is printed. */
struct report {
    struct arena *arena;
    const struct ar_migration *latest; /* whose name was printed */
    unsigned applied;
    bool is_dry;
};

/* ---- The command line -------------------------------------------------------------------------------------------- */

static int read_options(struct arena *arena, int argc, char **argv, struct apply_call *call)
{
    const struct command_option options[] = {
        {.name = "db", .value = &call->database},       {.name = "dir", .value = &call->directory, .is_path = true},
        {.name = "dry-run", .flag = &call->is_dry},     {.name = "backup", .value = &call->backup},
        {.name = "baseline", .value = &call->baseline},
    };
    int first = command_read_options(arena, argc, argv, options, COMMAND_OPTION_COUNT(options));
    if (first < 0)
        return EXIT_USAGE;
    if (first < argc)
        return command_fail_usage("migrate apply takes no argument, unlike ", argv[first]);
    return call->database != NULL ? EXIT_DONE : command_fail_usage("migrate apply needs --db URL", "");
}

/* Set the number of the baseline, which is a name or a number. Return false if no migration has it. */
static bool find_baseline(struct arena *arena, const char *text, const struct ar_migrations *migrations, unsigned *out)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    for (size_t i = 0; i < migrations->count; i++) {
        const struct ar_migration *migration = &migrations->items[i];
        bool is_number = *end == '\0' && number == migration->number;
        if (is_number || strcmp(text, migration->name) == 0 ||
            strcmp(text, load_title(arena, migration->number, migration->name)) == 0) {
            *out = migration->number;
            return true;
        }
    }
    return false;
}

/* ---- Reports ----------------------------------------------------------------------------------------------------- */

static void print_title(struct report *report, const struct ar_migration *migration)
{
    if (report->latest == migration)
        return;
    report->latest = migration;
    printf("%s%s\n", report->is_dry ? "-- " : "", load_title(report->arena, migration->number, migration->name));
}

/* Print the statement; unless it is a dry run, its first line. */
static void print_statement(const struct report *report, const struct ar_migration_step *step)
{
    size_t length = strcspn(step->sql, "\n");
    if (report->is_dry)
        printf("%s;\n", step->sql);
    else
        printf("  %u/%u %.*s%s\n", step->statement, step->statement_count, (int)length, step->sql,
               step->sql[length] != '\0' ? " ..." : "");
}

static void print_step(const struct ar_migration_step *step, void *payload)
{
    struct report *report = payload;
    switch (step->event) {
    case AR_MIGRATION_BACKUP:
        printf("backup to %s\n", step->sql);
        break;
    case AR_MIGRATION_STATEMENT:
        print_title(report, step->migration);
        print_statement(report, step);
        break;
    case AR_MIGRATION_DONE:
        print_title(report, step->migration);
        report->applied++;
        break;
    }
    fflush(stdout); /* statements may take long */
}

/* ---- The passes -------------------------------------------------------------------------------------------------- */

static int apply_to(struct arena *arena, const struct apply_call *call, const struct ar_migrations *migrations,
                    unsigned baseline, struct ar_db *db)
{
    struct report report = {.arena = arena, .is_dry = call->is_dry};
    const struct ar_migrate_options options = {.backup = call->backup,
                                               .baseline = baseline,
                                               .dry_run = call->is_dry,
                                               .on_step = print_step,
                                               .payload = &report};
    if (ar_migrate(db, migrations, &options) != AR_OK)
        return load_fail_database(arena, call->database, ar_db_error(db));
    if (call->is_dry)
        return command_print(report.latest == NULL ? "-- nothing to apply\n" : "");
    if (report.applied == 0)
        return command_print(baseline > 0 ? "nothing to apply: the baseline is recorded\n" : "nothing to apply\n");
    return command_print(
        arena_print(arena, "applied %u migration%s\n", report.applied, report.applied == 1 ? "" : "s"));
}

static int run_with(struct arena *arena, const struct apply_call *call, struct diagnostics *diagnostics)
{
    struct ar_migrations migrations;
    struct ar_db *db;
    unsigned baseline = 0;
    if (!load_migrations(diagnostics, call->directory, &migrations))
        return EXIT_ERRORS;
    if (call->baseline != NULL && !find_baseline(arena, call->baseline, &migrations, &baseline))
        return command_fail_usage("--baseline: there is no migration ", call->baseline);
    int status = load_open_database(arena, call->database, call->is_dry, &db);
    if (status == EXIT_DONE)
        status = apply_to(arena, call, &migrations, baseline, db);
    ar_db_close(db);
    return status;
}

static int run(int argc, char **argv)
{
    struct arena arena = {0};
    struct apply_call call = {.directory = MIGRATE_DIRECTORY};
    int status = read_options(&arena, argc, argv, &call);
    if (status == EXIT_DONE) {
        struct diagnostics diagnostics = {.arena = &arena};
        status = run_with(&arena, &call, &diagnostics);
        diagnostic_print(&diagnostics, stderr);
    }
    arena_free(&arena);
    return status;
}

const struct command migrate_apply = {
    .name = "apply",
    .usage = "migrate apply --db URL [options]",
    .summary = "apply the migrations that a database does not have",
    .options = "  --db URL           sqlite:FILE, an SQLite file, or postgresql://...\n"
               "  --dir DIR          the folder of migrations; default: migrations\n"
               "  --dry-run          print the statements and change nothing\n"
               "  --backup FILE      copy an SQLite database to a new file first\n"
               "  --baseline NAME    the database was made without migrations: record all up to this one as applied\n",
    .run = run,
};
