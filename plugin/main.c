/* The armature tool: its command line and the order of the passes. */
#include "check.h"
#include "emit.h"
#include "header.h"
#include "relation_option.h"
#include "scan.h"

#include <armature/armature.h>
#include <getopt.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum command { COMMAND_GENERATE, COMMAND_CHECK, COMMAND_SCHEMA };

enum exit_status { EXIT_DONE = 0, EXIT_ERRORS = 1, EXIT_USAGE = 2 };

struct command_line {
    enum command command;
    const char *output;
    const char *schema;
    const struct dialect *dialect;
    const char *unknown_dialect;
    const char *depfile;
    const char *stamp;
    enum output_mode mode;
    bool deletes;             /* check also prints what deletes do */
    bool plans;               /* check also prints the query plans of statements */
    bool warns_of_scans;      /* generate also warns of full scans */
    const char *database_url; /* check also prepares SQL there */
    const char **bases;
    size_t base_count;
    char **headers;
    size_t header_count;
    char **flags; /* for clang */
    size_t flag_count;
};

static const char usage[] = "usage: armature generate --output DIR [options] HEADER... [-- CLANG_FLAG...]\n"
                            "       armature check [options] HEADER... [-- CLANG_FLAG...]\n"
                            "       armature schema [--dialect NAME] [--output FILE] HEADER... [-- CLANG_FLAG...]\n"
                            "       armature --attributes | --version | --help\n"
                            "\n"
                            "generate  write HEADER.ar.h for each header, and models.ar.c for all, into DIR\n"
                            "check     report errors in the models and write nothing\n"
                            "schema    write the SQL that creates the tables\n"
                            "\n"
                            "options of check:\n"
                            "  --deletes          print what deleting a row of each model does to other rows\n"
                            "  --sql              print the query plan of each statement on SQLite, and warn of full\n"
                            "                     table scans that an index would avoid\n"
                            "  --database-url URL also check the SQL of AR_SQL on this PostgreSQL server\n"
                            "\n"
                            "options of generate:\n"
                            "  --base-dir DIR     include headers by their path below DIR; can be repeated\n"
                            "  --schema FILE      also write the SQL that creates the tables\n"
                            "  --dialect NAME     the database of that SQL and of schema: %s; default: %s\n"
                            "  --check            write nothing; exit with status 1 if a generated file is stale\n"
                            "  --depfile FILE     write a depfile for make and ninja; its target is the stamp\n"
                            "  --stamp FILE       set the time of this file at every run\n"
                            "  --warn-scans       warn of full table scans, as check --sql does\n"
                            "\n"
                            "--attributes prints all attributes and options of relations, in Markdown.\n"
                            "Give all headers whose models are connected by relations in one call.\n";

static int fail_usage(const char *message, const char *what)
{
    fprintf(stderr, "armature: error: %s%s\n    help: see armature --help\n", message, what);
    return EXIT_USAGE;
}

/* ---- The command line -------------------------------------------------------------------------------------------- */

static bool read_command(const char *word, enum command *out)
{
    static const char *const words[] = {"generate", "check", "schema"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0) {
            *out = (enum command)i;
            return true;
        }
    return false;
}

/* Split off the flags for clang, which follow "--". Return the number of arguments before it. */
static int split_flags(int argc, char **argv, struct command_line *line)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--") == 0) {
            line->flags = argv + i + 1;
            line->flag_count = (size_t)(argc - i - 1);
            return i;
        }
    return argc;
}

static void set_dialect(struct command_line *line, const char *name)
{
    line->dialect = dialect_find(name);
    line->unknown_dialect = line->dialect == NULL ? name : NULL;
}

static int read_options(struct arena *arena, int argc, char **argv, struct command_line *line)
{
    enum { OUTPUT = 'o', BASE = 'b', SCHEMA, DIALECT, DEPFILE, STAMP, CHECK, DELETES, DATABASE_URL, SQL, WARN_SCANS };
    static const struct option options[] = {
        {"output", required_argument, NULL, OUTPUT},
        {"base-dir", required_argument, NULL, BASE},
        {"schema", required_argument, NULL, SCHEMA},
        {"dialect", required_argument, NULL, DIALECT},
        {"depfile", required_argument, NULL, DEPFILE},
        {"stamp", required_argument, NULL, STAMP},
        {"check", no_argument, NULL, CHECK},
        {"deletes", no_argument, NULL, DELETES},
        {"database-url", required_argument, NULL, DATABASE_URL},
        {"sql", no_argument, NULL, SQL},
        {"warn-scans", no_argument, NULL, WARN_SCANS},
        {NULL, 0, NULL, 0},
    };
    int option;
    while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
        if (option == OUTPUT)
            line->output = optarg;
        else if (option == BASE)
            list_add(arena, line->bases, line->base_count) = optarg;
        else if (option == SCHEMA)
            line->schema = optarg;
        else if (option == DIALECT)
            set_dialect(line, optarg);
        else if (option == DEPFILE)
            line->depfile = optarg;
        else if (option == STAMP)
            line->stamp = optarg;
        else if (option == CHECK)
            line->mode = OUTPUT_CHECK;
        else if (option == DELETES)
            line->deletes = true;
        else if (option == DATABASE_URL)
            line->database_url = optarg;
        else if (option == SQL)
            line->plans = true;
        else if (option == WARN_SCANS)
            line->warns_of_scans = true;
        else
            return EXIT_USAGE; /* getopt printed the error */
    }
    line->headers = argv + optind;
    line->header_count = (size_t)(argc - optind);
    return EXIT_DONE;
}

static int check_options(const struct command_line *line)
{
    bool is_generate = line->command == COMMAND_GENERATE;
    if (line->header_count == 0)
        return fail_usage("no header is given", "");
    if (is_generate && line->output == NULL)
        return fail_usage("generate needs --output DIR", "");
    if (line->command == COMMAND_CHECK && line->output != NULL)
        return fail_usage("check writes nothing and has no option --output", "");
    if (line->command != COMMAND_CHECK && (line->deletes || line->plans || line->database_url != NULL))
        return fail_usage("--deletes, --sql and --database-url are options of check", "");
    if (!is_generate && (line->base_count > 0 || line->schema != NULL || line->depfile != NULL || line->stamp != NULL ||
                         line->warns_of_scans || line->mode == OUTPUT_CHECK))
        return fail_usage("--base-dir, --schema, --depfile, --stamp, --warn-scans and --check are options of generate",
                          "");
    if (line->depfile != NULL && line->stamp == NULL)
        return fail_usage("--depfile needs --stamp: the stamp is its target", "");
    if (line->unknown_dialect != NULL)
        return fail_usage("unknown dialect ", line->unknown_dialect);
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
    emit_schema(&text, set, line->dialect);
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

static int print(const char *text)
{
    if (fputs(text, stdout) >= 0 && fflush(stdout) == 0)
        return EXIT_DONE;
    perror("armature: error: cannot write to standard output");
    return EXIT_ERRORS;
}

/* The first line is for programs; the second says what statements are checked with. */
static int print_version(void)
{
    struct text text = {0};
    text_print(&text, "armature " ARMATURE_VERSION "\nSQL is checked with SQLite %s and %s\n", sqlite3_libversion(),
               check_sql_grammar_name());
    int status = print(text.data);
    text_free(&text);
    return status;
}

static int print_usage(void)
{
    struct text names = {0}, text = {0};
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        text_print(&names, "%s%s", i == 0 ? "" : " or ", dialects[i]->name);
    text_print(&text, usage, names.data, dialects[0]->name);
    int status = print(text.data);
    text_free(&names);
    text_free(&text);
    return status;
}

static int print_attributes(void)
{
    struct text text = {0};
    attribute_print_reference(&text);
    relation_options_print_reference(&text);
    int status = print(text.data);
    text_free(&text);
    return status;
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
    emit_schema(&text, set, line->dialect);
    int status = print(text.data);
    text_free(&text);
    return status;
}

static int print_deletes(const struct model_set *set)
{
    struct text text = {0};
    emit_deletes(&text, set);
    int status = print(text.data);
    text_free(&text);
    return status;
}

/* Print the plans after what deletes do. */
static int print_reports(const struct command_line *line, const struct model_set *set, struct text *plans)
{
    int status = line->deletes ? print_deletes(set) : EXIT_DONE;
    if (status == EXIT_DONE && plans->length > 0)
        status = print(plans->data);
    return status;
}

/* ---- The passes -------------------------------------------------------------------------------------------------- */

static void read_models(const struct command_line *line, struct model_set *set)
{
    header_find_all(set, (const char *const *)line->headers, line->header_count, line->bases, line->base_count);
    if (set->diagnostics->count > 0)
        return;
    if (!scan_headers(set, (const char *const *)line->flags, line->flag_count))
        return;
    model_build(set);
    model_resolve(set);
    check_models(set);
    if (set->diagnostics->count > 0)
        return;
    model_plan(set);
    check_sql(set);
    check_views(set);
    if (set->diagnostics->count == 0 && line->database_url != NULL)
        check_sql_server(set, line->database_url);
}

static int run(struct arena *arena, const struct command_line *line)
{
    struct diagnostics diagnostics = {.arena = arena};
    struct model_set set = {.arena = arena, .diagnostics = &diagnostics};
    struct text plans = {0};
    read_models(line, &set);
    if (diagnostics.count == 0 && (line->plans || line->warns_of_scans))
        emit_plans(line->plans ? &plans : NULL, &set);
    if (line->plans && line->database_url == NULL)
        check_sql_note(&set);
    diagnostic_print(&diagnostics, stderr);
    if (diagnostics.count > 0)
        return EXIT_ERRORS;
    if (line->command == COMMAND_GENERATE)
        return generate(line, &set);
    if (line->command == COMMAND_SCHEMA)
        return print_schema(line, &set);
    int status = print_reports(line, &set, &plans);
    text_free(&plans);
    return status;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--version") == 0)
        return print_version();
    if (argc > 1 && strcmp(argv[1], "--attributes") == 0)
        return print_attributes();
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0))
        return print_usage();
    struct command_line line = {.dialect = dialects[0]};
    if (argc < 2)
        return fail_usage("no command is given", "");
    if (!read_command(argv[1], &line.command))
        return fail_usage("unknown command ", argv[1]);
    struct arena arena = {0};
    int before_flags = split_flags(argc, argv, &line);
    argv[1] = argv[0]; /* the program's name in getopt's errors */
    int status = read_options(&arena, before_flags - 1, argv + 1, &line);
    if (status == EXIT_DONE)
        status = check_options(&line);
    if (status == EXIT_DONE)
        status = run(&arena, &line);
    arena_free(&arena);
    return status;
}
