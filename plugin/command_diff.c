/* The command diff: compare a database with the models. */
#include "command_options.h"
#include "diagnostic_format.h"
#include "migrate/write.h"
#include "schema/database.h"
#include "schema/findings.h"
#include "schema/repair.h"
#include "schema/source.h"

#include <stdio.h>
#include <string.h>

struct diff_options {
    const char *database; /* its URL, file or dump */
    const char *format;
    bool prints_sql;
    struct diagnostic_output output;
    struct command_headers headers;
};

/* ---- The command line -------------------------------------------------------------------------------------------- */

static int read_options(struct arena *arena, int argc, char **argv, struct diff_options *options)
{
    const struct command_option table[] = {
        {.name = "db", .value = &options->database},
        {.name = "format", .value = &options->format},
    };
    int first = command_read_options(arena, argc, argv, table, COMMAND_OPTION_COUNT(table));
    return first < 0 ? EXIT_USAGE : command_take_headers(&options->headers, argc, argv, first);
}

static int check_options(struct diff_options *options)
{
    if (options->database == NULL)
        return command_fail_usage("diff needs --db URL", "");
    options->prints_sql = strcmp(options->format, "sql") == 0;
    if (!options->prints_sql && !diagnostic_find_format(options->format, &options->output.format))
        return command_fail_usage("unknown format ", options->format);
    return EXIT_DONE;
}

/* ---- The comparison ---------------------------------------------------------------------------------------------- */

static int fail_database(struct arena *arena, const char *database, const char *error)
{
    fprintf(stderr, "armature: error: %s: %s\n", source_title(arena, database), error);
    return EXIT_UNREACHABLE;
}

static int print_findings(struct diagnostics *diagnostics, struct diff_options *options)
{
    struct text text = {0};
    options->output.rules = finding_rule_list;
    options->output.rule_count = finding_rule_count;
    options->output.file = options->headers.names[0];
    diagnostic_write(&text, diagnostics, &options->output);
    int status = text.length > 0 ? command_print(text.data) : EXIT_DONE;
    text_free(&text);
    return status;
}

/* Say what only a person can replace. */
static void add_replacements(struct text *out, const struct difference_list *differences)
{
    for (size_t i = 0; i < differences->count; i++) {
        const struct difference *item = &differences->items[i];
        bool is_view = item->kind == DIFFERENCE_VIEW_ADDED;
        if (repair_is_other_kind(item))
            text_print(out, "-- %s: rename or drop the %s first, because the model is a %s\n", item->to->name,
                       is_view ? "table" : "view", is_view ? "view" : "table");
    }
}

/* Print the statements that make the database fit the models, and leave alone what only the database has. */
static int print_sql(struct model_set *set, struct diff_options *options, const struct schema *database,
                     const struct schema *models, const struct difference_list *found)
{
    struct diagnostics notes = {.arena = set->arena};
    struct text text = {0};
    const struct schema *wanted = repair_schema(set->arena, models, found);
    struct difference_list differences = database_compare(set->arena, options->database, database, wanted, &notes);
    add_replacements(&text, found);
    if (differences.count > 0)
        migrate_write(&text, set->arena, database, wanted, &differences);
    int status = text.length > 0 ? command_print(text.data) : EXIT_DONE;
    text_free(&text);
    return status;
}

static int compare(struct model_set *set, struct diff_options *options)
{
    struct diagnostics findings = {.arena = set->arena};
    struct schema *database;
    const char *error;
    if (schema_open(set->arena, options->database, &database, &error) != SOURCE_OK)
        return fail_database(set->arena, options->database, error);
    const struct schema *models = schema_of_models(set, database->dialect);
    struct difference_list differences = database_compare(set->arena, options->database, database, models, &findings);
    findings_report(&findings, &differences, models);
    int status = options->prints_sql ? print_sql(set, options, database, models, &differences)
                                     : print_findings(&findings, options);
    return status == EXIT_DONE && findings_count(&findings) > 0 ? EXIT_ERRORS : status;
}

/* ---- The passes -------------------------------------------------------------------------------------------------- */

static int run(struct arena *arena, struct diff_options *options)
{
    struct diagnostics diagnostics = {.arena = arena};
    struct model_set set = {.arena = arena, .diagnostics = &diagnostics};
    bool is_valid = command_read_models(&set, &options->headers);
    diagnostic_print(&diagnostics, stderr);
    return is_valid ? compare(&set, options) : EXIT_ERRORS;
}

static int run_diff(int argc, char **argv)
{
    struct diff_options options = {.format = "text"};
    struct arena arena = {0};
    int before_flags = command_split_flags(argc, argv, &options.headers.flags, &options.headers.flag_count);
    int status = read_options(&arena, before_flags, argv, &options);
    if (status == EXIT_DONE)
        status = check_options(&options);
    if (status == EXIT_DONE)
        status = run(&arena, &options);
    arena_free(&arena);
    return status;
}

const struct command command_diff = {
    .name = "diff",
    .usage = "diff --db URL [--format NAME] HEADER... [-- CLANG_FLAG...]",
    .summary = "compare a database with the models",
    .options = "  --db URL           the database: sqlite:FILE, a file, postgresql://..., or a dump\n"
               "  --format NAME      text (default), json, sarif, or sql: the statements that make the\n"
               "                     database fit the models\n",
    .run = run_diff,
};
