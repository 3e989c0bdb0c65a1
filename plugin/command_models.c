/* The commands that read models and write code and SQL: generate, check and schema. */
#include "check.h"
#include "command_options.h"
#include "diagnostic_format.h"
#include "emit.h"

#include <stdio.h>
#include <string.h>

enum command_kind { COMMAND_GENERATE, COMMAND_CHECK, COMMAND_SCHEMA };

struct command_line {
    enum command_kind command;
    const char *output;
    const char *schema;
    const struct dialect *dialect;
    bool distributes; /* `--dialect citus`: PostgreSQL, with tables that are distributed */
    const char *depfile;
    const char *stamp;
    enum output_mode mode;
    bool deletes;             /* check also prints what deletes do */
    bool plans;               /* check also prints the query plans of statements */
    bool warns_of_scans;      /* generate also warns of full scans */
    const char *database_url; /* check also prepares SQL there */
    const char *format;       /* of what check reports, or NULL */
    struct diagnostic_output diagnostics;
    struct command_headers headers;
};

/* ---- The command line -------------------------------------------------------------------------------------------- */

static int read_options(struct arena *arena, int argc, char **argv, struct command_line *line)
{
    const char **bases = NULL, *dialect = dialects[0]->name;
    bool is_check = false;
    const struct command_option options[] = {
        {.name = "output", .letter = 'o', .value = &line->output, .is_path = true},
        {.name = "base-dir", .items = &bases, .item_count = &line->headers.base_count},
        {.name = "schema", .value = &line->schema},
        {.name = "dialect", .value = &dialect},
        {.name = "depfile", .value = &line->depfile},
        {.name = "stamp", .value = &line->stamp},
        {.name = "check", .flag = &is_check},
        {.name = "deletes", .flag = &line->deletes},
        {.name = "database-url", .value = &line->database_url},
        {.name = "sql", .flag = &line->plans},
        {.name = "warn-scans", .flag = &line->warns_of_scans},
        {.name = "format", .value = &line->format},
    };
    int first = command_read_options(arena, argc, argv, options, COMMAND_OPTION_COUNT(options));
    if (first < 0)
        return EXIT_USAGE;
    line->mode = is_check ? OUTPUT_CHECK : OUTPUT_WRITE;
    line->headers.bases = bases;
    line->distributes = strcmp(dialect, "citus") == 0;
    line->dialect = line->distributes ? &dialect_postgresql : dialect_find(dialect);
    if (line->dialect == NULL)
        return command_fail_usage("unknown dialect ", dialect);
    return command_take_headers(&line->headers, argc, argv, first);
}

static int check_options(struct command_line *line)
{
    bool is_generate = line->command == COMMAND_GENERATE;
    if (is_generate && line->output == NULL)
        return command_fail_usage("generate needs --output DIR", "");
    if (line->command == COMMAND_CHECK && line->output != NULL)
        return command_fail_usage("check writes nothing and has no option --output", "");
    if (line->command != COMMAND_CHECK && (line->deletes || line->plans || line->database_url != NULL))
        return command_fail_usage("--deletes, --sql and --database-url are options of check", "");
    if (line->command != COMMAND_CHECK && line->format != NULL)
        return command_fail_usage("--format is an option of check", "");
    if (line->format != NULL && !diagnostic_find_format(line->format, &line->diagnostics.format))
        return command_fail_usage("unknown format ", line->format);
    if (line->diagnostics.format != DIAGNOSTIC_TEXT && line->deletes)
        return command_fail_usage("--deletes prints text: its format cannot be ", line->format);
    if (!is_generate && (line->headers.base_count > 0 || line->schema != NULL || line->depfile != NULL ||
                         line->stamp != NULL || line->warns_of_scans || line->mode == OUTPUT_CHECK))
        return command_fail_usage(
            "--base-dir, --schema, --depfile, --stamp, --warn-scans and --check are options of generate", "");
    if (line->depfile != NULL && line->stamp == NULL)
        return command_fail_usage("--depfile needs --stamp: the stamp is its target", "");
    return EXIT_DONE;
}

/* ---- Outputs ----------------------------------------------------------------------------------------------------- */

static const char source_name[] = "models.ar.c";

static bool write_text(struct text *text, const char *path, enum output_mode mode, bool *is_stale)
{
    bool done = output_file(path, text, mode, is_stale);
    text_free(text);
    return done;
}

static bool write_schema(const struct command_line *line, const struct model_set *set, const char *path, bool *is_stale)
{
    struct text text = {0};
    emit_schema(&text, set, line->dialect, line->distributes);
    return write_text(&text, path, line->mode, is_stale);
}

static bool write_depfile(const struct command_line *line, const struct model_set *set)
{
    struct text text = {0};
    bool is_stale;
    output_depfile_name(&text, line->stamp);
    text_add(&text, ":");
    for (size_t i = 0; i < set->inclusion_count; i++) {
        text_add(&text, " \\\n  ");
        output_depfile_name(&text, set->inclusions[i]);
    }
    text_add(&text, "\n");
    return write_text(&text, line->depfile, OUTPUT_WRITE, &is_stale);
}

/* Return the path below the output directory. */
static const char *output_path(const struct command_line *line, const struct model_set *set, const char *name)
{
    return arena_print(set->arena, "%s/%s", line->output, name);
}

static bool check_output_paths(const struct command_line *line, const struct model_set *set)
{
    const char **paths = NULL;
    size_t count = 0;
    const char *const files[] = {line->schema, line->depfile, line->stamp};
    for (size_t i = 0; i < set->header_count; i++)
        list_add(set->arena, paths, count) = output_path(line, set, set->headers[i].output);
    list_add(set->arena, paths, count) = output_path(line, set, source_name);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (files[i] != NULL)
            list_add(set->arena, paths, count) = files[i];
    return output_check_paths(set->arena, paths, count, set->inclusions, set->inclusion_count);
}

static int generate(const struct command_line *line, const struct model_set *set)
{
    bool is_stale = false, done = check_output_paths(line, set);
    struct text text = {0};
    for (size_t i = 0; done && i < set->header_count; i++) {
        const struct header *header = &set->headers[i];
        emit_header(&text, set, header);
        done = write_text(&text, output_path(line, set, header->output), line->mode, &is_stale);
    }
    if (done) {
        emit_source(&text, set);
        done = write_text(&text, output_path(line, set, source_name), line->mode, &is_stale);
    }
    if (done && line->schema != NULL)
        done = write_schema(line, set, line->schema, &is_stale);
    if (done && line->mode == OUTPUT_WRITE && line->depfile != NULL)
        done = write_depfile(line, set);
    if (done && line->mode == OUTPUT_WRITE && line->stamp != NULL)
        done = output_stamp(line->stamp);
    return done && !is_stale ? EXIT_DONE : EXIT_ERRORS;
}

static int print_schema(const struct command_line *line, const struct model_set *set)
{
    bool is_stale;
    if (line->output != NULL) {
        bool done = output_check_paths(set->arena, (const char *const[]){line->output}, 1, set->inclusions,
                                       set->inclusion_count) &&
                    write_schema(line, set, line->output, &is_stale);
        return done ? EXIT_DONE : EXIT_ERRORS;
    }
    struct text text = {0};
    emit_schema(&text, set, line->dialect, line->distributes);
    int status = command_print(text.data);
    text_free(&text);
    return status;
}

static int print_deletes(const struct model_set *set)
{
    struct text text = {0};
    emit_deletes(&text, set);
    int status = command_print(text.data);
    text_free(&text);
    return status;
}

/* Print the plans after what deletes do. */
static int print_reports(const struct command_line *line, const struct model_set *set, struct text *plans)
{
    int status = line->deletes ? print_deletes(set) : EXIT_DONE;
    if (status == EXIT_DONE && plans->length > 0)
        status = command_print(plans->data);
    return status;
}

/* Text is for people, on the standard error stream; other formats are the output of the command. */
static int print_diagnostics(struct diagnostics *diagnostics, const struct command_line *line)
{
    struct diagnostic_output output = line->diagnostics;
    struct text text = {0};
    if (output.format == DIAGNOSTIC_TEXT) {
        diagnostic_print(diagnostics, stderr);
        return EXIT_DONE;
    }
    output.rules = check_rule_list;
    output.rule_count = check_rule_count;
    output.file = line->headers.names[0];
    diagnostic_write(&text, diagnostics, &output);
    int status = command_print(text.data);
    text_free(&text);
    return status;
}

/* In other formats, there are only the warnings. */
static bool prints_plans(const struct command_line *line)
{
    return line->plans && line->diagnostics.format == DIAGNOSTIC_TEXT;
}

/* ---- The passes -------------------------------------------------------------------------------------------------- */

static int run(struct arena *arena, const struct command_line *line)
{
    struct diagnostics diagnostics = {.arena = arena};
    struct model_set set = {.arena = arena, .diagnostics = &diagnostics};
    struct text plans = {0};
    bool is_valid = command_read_models(&set, &line->headers);
    diagnostics.rule = "sql";
    if (is_valid && line->database_url != NULL)
        check_sql_server(&set, line->database_url);
    diagnostics.rule = "full-scan";
    if (diagnostics.count == 0 && (line->plans || line->warns_of_scans))
        emit_plans(prints_plans(line) ? &plans : NULL, &set);
    diagnostics.rule = "unchecked";
    if (line->plans && line->database_url == NULL)
        check_sql_note(&set);
    int printed = print_diagnostics(&diagnostics, line);
    if (printed != EXIT_DONE || diagnostics.count > 0)
        return EXIT_ERRORS;
    if (line->command == COMMAND_GENERATE)
        return generate(line, &set);
    if (line->command == COMMAND_SCHEMA)
        return print_schema(line, &set);
    int status = print_reports(line, &set, &plans);
    text_free(&plans);
    return status;
}

static int run_command(enum command_kind command, int argc, char **argv)
{
    struct command_line line = {.command = command, .dialect = dialects[0]};
    struct arena arena = {0};
    int before_flags = command_split_flags(argc, argv, &line.headers.flags, &line.headers.flag_count);
    int status = read_options(&arena, before_flags, argv, &line);
    if (status == EXIT_DONE)
        status = check_options(&line);
    if (status == EXIT_DONE)
        status = run(&arena, &line);
    arena_free(&arena);
    return status;
}

static int run_generate(int argc, char **argv)
{
    return run_command(COMMAND_GENERATE, argc, argv);
}

static int run_check(int argc, char **argv)
{
    return run_command(COMMAND_CHECK, argc, argv);
}

static int run_schema(int argc, char **argv)
{
    return run_command(COMMAND_SCHEMA, argc, argv);
}

const struct command command_generate = {
    .name = "generate",
    .usage = "generate --output DIR [options] HEADER... [-- CLANG_FLAG...]",
    .summary = "write HEADER.ar.h for each header, and models.ar.c for all, into DIR",
    .options = "  --base-dir DIR     include headers by their path below DIR; can be repeated\n"
               "  --schema FILE      also write the SQL that creates the tables\n"
               "  --dialect NAME     the database of that SQL: sqlite (default), postgresql or citus\n"
               "  --check            write nothing; exit with status 1 if a generated file is stale\n"
               "  --depfile FILE     write a depfile for make and ninja; its target is the stamp\n"
               "  --stamp FILE       set the time of this file at every run\n"
               "  --warn-scans       warn of full table scans, as check --sql does\n",
    .run = run_generate,
};

const struct command command_check = {
    .name = "check",
    .usage = "check [options] HEADER... [-- CLANG_FLAG...]",
    .summary = "report errors in the models and write nothing",
    .options = "  --deletes          print what deleting a row of each model does to other rows\n"
               "  --sql              print the query plan of each statement on SQLite, and warn of full\n"
               "                     table scans that an index would avoid\n"
               "  --database-url URL also check the SQL of AR_SQL on this PostgreSQL server\n"
               "  --format NAME      report errors as text (default), json or sarif; the latter two on\n"
               "                     standard output\n",
    .run = run_check,
};

const struct command command_schema = {
    .name = "schema",
    .usage = "schema [--dialect NAME] [--output FILE] HEADER... [-- CLANG_FLAG...]",
    .summary = "write the SQL that creates the tables",
    .options = "  --dialect NAME     sqlite (default), postgresql or citus\n"
               "  --output FILE      write to this file; default: standard output\n",
    .run = run_schema,
};
