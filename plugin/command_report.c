/* The command report: write a page about models, a database and a recorded run. */
#include "check.h"
#include "command_options.h"
#include "report/database.h"
#include "sql_database.h"

#include <stdio.h>
#include <string.h>

struct report_options {
    const char *output;
    const char *database; /* its URL, file or dump; or NULL */
    const char *trace;    /* or NULL */
    struct command_headers headers;
};

/* ---- The command line -------------------------------------------------------------------------------------------- */

static int read_options(struct arena *arena, int argc, char **argv, struct report_options *options)
{
    const struct command_option table[] = {
        {.name = "output", .letter = 'o', .value = &options->output, .is_path = true},
        {.name = "db", .value = &options->database},
        {.name = "trace", .value = &options->trace},
    };
    int first = command_read_options(arena, argc, argv, table, COMMAND_OPTION_COUNT(table));
    int status = first < 0 ? EXIT_USAGE : command_take_headers(&options->headers, argc, argv, first);
    if (status == EXIT_DONE && options->output == NULL)
        return command_fail_usage("report needs --output FILE", "");
    return status;
}

/* ---- What the page is about -------------------------------------------------------------------------------------- */

/* Return the entry of the index, or NULL. */
static struct report_missing *find_missing(const struct report *report, const struct missing_index *index)
{
    for (size_t i = 0; i < report->missing_count; i++) {
        const struct missing_index *other = report->missing[i].index;
        if (other->model == index->model && strcmp(missing_index_columns(report->arena, other, ",", false),
                                                   missing_index_columns(report->arena, index, ",", false)) == 0)
            return &report->missing[i];
    }
    return NULL;
}

/* List the index, or that a statement without an excuse lacks it too. */
static void add_missing(struct report *report, const struct report_missing *missing)
{
    struct report_missing *listed = find_missing(report, missing->index);
    if (listed == NULL)
        list_add(report->arena, report->missing, report->missing_count) = *missing;
    else if (listed->excuse != NULL && missing->excuse == NULL)
        *listed = *missing;
}

/* Explain all statements, and list the indexes that they lack, each once. */
static void explain(struct report *report)
{
    sqlite3 *database = sql_database_open(report->set);
    report->plans = arena_take(report->arena, (report->planned.count + 1) * sizeof *report->plans);
    for (size_t i = 0; i < report->planned.count; i++) {
        const struct planned *planned = &report->planned.items[i];
        struct planned_result *plan = &report->plans[i];
        planned_explain(report->set, database, planned, plan);
        for (size_t k = 0; k < plan->step_count; k++)
            if (plan->steps[k].missing != NULL)
                add_missing(report, &(struct report_missing){plan->steps[k].missing, planned, planned->full_scan});
    }
    sqlite3_close(database);
}

static int fail(const char *title, const char *error, int status)
{
    fprintf(stderr, "armature: error: %s: %s\n", title, error);
    return status;
}

static int read_database(struct report *report, const char *where, struct report_database *database)
{
    const char *error;
    switch (report_database_read(report, where, database, &error)) {
    case SOURCE_OK:
        report->database = database;
        return EXIT_DONE;
    case SOURCE_UNREACHABLE:
    case SOURCE_INVALID:
        break;
    }
    return fail(source_title(report->arena, where), error, EXIT_UNREACHABLE);
}

static int read_run(struct report *report, const char *path)
{
    const char *error;
    report->run = run_read(report->arena, path, &error);
    report->run_title = path;
    return report->run != NULL ? EXIT_DONE : fail(path, error, EXIT_ERRORS);
}

/* Return the directory of the path. */
static const char *directory_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? arena_copy(arena, path, (size_t)(slash - path) + 1) : ".";
}

static int write_page(const struct report *report, const char *path)
{
    struct text page = {0};
    bool is_stale,
        done = output_check_paths(report->arena, &path, 1, report->set->inclusions, report->set->inclusion_count);
    if (done) {
        report_page(&page, report);
        done = output_file(path, &page, OUTPUT_WRITE, &is_stale);
    }
    text_free(&page);
    return done ? EXIT_DONE : EXIT_ERRORS;
}

static int make_page(struct model_set *set, const struct report_options *options)
{
    struct report_database database;
    struct report report = {
        .set = set,
        .arena = set->arena,
        .directory = directory_of(set->arena, options->output),
        .planned = planned_list(set),
    };
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        report.schemas[i] = schema_of_models(set, dialects[i]);
    int status = options->trace != NULL ? read_run(&report, options->trace) : EXIT_DONE;
    if (status == EXIT_DONE && options->database != NULL)
        status = read_database(&report, options->database, &database);
    if (status != EXIT_DONE)
        return status;
    explain(&report);
    return write_page(&report, options->output);
}

/* ---- The passes -------------------------------------------------------------------------------------------------- */

static int run(struct arena *arena, const struct report_options *options)
{
    struct diagnostics diagnostics = {.arena = arena};
    struct model_set set = {.arena = arena, .diagnostics = &diagnostics};
    bool is_valid = command_read_models(&set, &options->headers);
    diagnostic_print(&diagnostics, stderr);
    return is_valid ? make_page(&set, options) : EXIT_ERRORS;
}

static int run_report(int argc, char **argv)
{
    struct report_options options = {0};
    struct arena arena = {0};
    int before_flags = command_split_flags(argc, argv, &options.headers.flags, &options.headers.flag_count);
    int status = read_options(&arena, before_flags, argv, &options);
    if (status == EXIT_DONE)
        status = run(&arena, &options);
    arena_free(&arena);
    return status;
}

const struct command command_report = {
    .name = "report",
    .usage = "report --output FILE.html [options] HEADER... [-- CLANG_FLAG...]",
    .summary = "write a page about the models, their SQL, a database and a recorded run",
    .options = "  --output FILE      the page, which needs no network and no other file\n"
               "  --db URL           compare with this database, and explain statements there:\n"
               "                     sqlite:FILE, postgresql://..., an SQLite file or a dump\n"
               "  --trace FILE       show the statements that ar_trace_open recorded in this file\n",
    .run = run_report,
};
