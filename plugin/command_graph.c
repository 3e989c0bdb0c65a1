/* The command graph: a diagram of the models. */
#include "command_options.h"

#include "graph/dot.h"
#include "graph/json.h"
#include "graph/mermaid.h"
#include "graph/svg.h"
#include "schema/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum format { FORMAT_SVG, FORMAT_DOT, FORMAT_MERMAID, FORMAT_JSON, FORMAT_COUNT };

static const char *const formats[] = {"svg", "dot", "mermaid", "json", NULL};
static const char *const layouts[] = {
    [GRAPH_LAYOUT_AUTO] = "auto", [GRAPH_LAYOUT_OWN] = "own", [GRAPH_LAYOUT_GRAPHVIZ] = "graphviz", NULL};
static const char *const column_sets[] = {
    [GRAPH_COLUMNS_ALL] = "all", [GRAPH_COLUMNS_KEYS] = "keys", [GRAPH_COLUMNS_NONE] = "none", NULL};

struct command_line {
    unsigned format;  /* enum format */
    unsigned layout;  /* enum graph_layout */
    unsigned columns; /* enum graph_columns */
    const char *output;
    const char *database; /* whose indexes count; NULL: those of the models */
    const char **only;
    size_t only_count;
    struct command_headers headers;
};

/* ---- The command line -------------------------------------------------------------------------------------------- */

/* Set the index of the name in the list. Return EXIT_USAGE after reporting that it is not in it. */
static int choose(const char *const *names, const char *name, const char *error, unsigned *out)
{
    for (unsigned i = 0; names[i] != NULL; i++)
        if (strcmp(names[i], name) == 0) {
            *out = i;
            return EXIT_DONE;
        }
    return command_fail_usage(error, name);
}

static int read_options(struct arena *arena, int argc, char **argv, struct command_line *line)
{
    const char *format = formats[0], *layout = layouts[0], *columns = column_sets[0];
    const struct command_option options[] = {
        {.name = "output", .letter = 'o', .value = &line->output, .is_path = true},
        {.name = "format", .value = &format},
        {.name = "layout", .value = &layout},
        {.name = "columns", .value = &columns},
        {.name = "only", .items = &line->only, .item_count = &line->only_count},
        {.name = "db", .value = &line->database},
    };
    int first = command_read_options(arena, argc, argv, options, COMMAND_OPTION_COUNT(options));
    int status = first < 0 ? EXIT_USAGE : choose(formats, format, "unknown format ", &line->format);
    if (status == EXIT_DONE)
        status = choose(layouts, layout, "unknown layout ", &line->layout);
    if (status == EXIT_DONE)
        status = choose(column_sets, columns, "unknown set of columns ", &line->columns);
    return status == EXIT_DONE ? command_take_headers(&line->headers, argc, argv, first) : status;
}

/* ---- Parts of a graph -------------------------------------------------------------------------------------------- */

/* Read the number of hops after the last colon: 1 without one. Return false if it is not a number. */
static bool read_hops(struct arena *arena, const char *value, const char **name, size_t *hops)
{
    const char *colon = strrchr(value, ':');
    *name = colon == NULL ? value : arena_copy(arena, value, (size_t)(colon - value));
    *hops = 1;
    if (colon == NULL)
        return true;
    size_t length = strlen(colon + 1);
    if (length == 0 || length > 6 || strspn(colon + 1, "0123456789") != length)
        return false;
    *hops = strtoul(colon + 1, NULL, 10);
    return true;
}

/* Set the part of the graph that --only names. */
static int reduce(struct arena *arena, const struct command_line *line, struct graph **graph)
{
    size_t *nodes = arena_take(arena, line->only_count * sizeof *nodes);
    size_t *hops = arena_take(arena, line->only_count * sizeof *hops);
    for (size_t i = 0; i < line->only_count; i++) {
        const char *name;
        if (!read_hops(arena, line->only[i], &name, &hops[i]))
            return command_fail_usage("--only needs MODEL or MODEL:HOPS, not ", line->only[i]);
        nodes[i] = graph_find(*graph, name);
        if (nodes[i] == SIZE_MAX)
            return command_fail_usage("--only names no model or table: ", name);
    }
    if (line->only_count > 0)
        *graph = graph_around(arena, *graph, nodes, hops, line->only_count);
    return EXIT_DONE;
}

/* ---- Output ------------------------------------------------------------------------------------------------------ */

/* Return the directory of the output, to which links are relative. */
static const char *directory_of(struct arena *arena, const char *output)
{
    if (output == NULL)
        return NULL;
    const char *slash = strrchr(output, '/');
    return slash == NULL ? "." : arena_copy(arena, output, (size_t)(slash - output) + 1);
}

static bool write_graph(struct text *out, struct arena *arena, const struct graph *graph,
                        const struct command_line *line)
{
    switch ((enum format)line->format) {
    case FORMAT_SVG:
        return graph_svg(out, arena, graph, (enum graph_layout)line->layout);
    case FORMAT_DOT:
        graph_dot(out, arena, graph);
        return true;
    case FORMAT_MERMAID:
        graph_mermaid(out, arena, graph);
        return true;
    case FORMAT_JSON:
        graph_json(out, graph);
        return true;
    case FORMAT_COUNT:
        break;
    }
    return false;
}

static int print_graph(struct arena *arena, const struct command_line *line, const struct graph *graph,
                       const struct model_set *set)
{
    struct text text = {0};
    bool is_stale;
    if (!write_graph(&text, arena, graph, line)) {
        fputs("armature: error: Graphviz's program `dot` is not on the PATH, or failed\n"
              "    help: install Graphviz, or use --layout own\n",
              stderr);
        return EXIT_ERRORS;
    }
    bool done = line->output == NULL
                    ? command_print(text.data) == EXIT_DONE
                    : output_check_paths(arena, &line->output, 1, set->inclusions, set->inclusion_count) &&
                          output_file(line->output, &text, OUTPUT_WRITE, &is_stale);
    text_free(&text);
    return done ? EXIT_DONE : EXIT_ERRORS;
}

/* Set the schema whose indexes count. */
static int choose_schema(struct model_set *set, const struct command_line *line, const struct schema **out)
{
    struct schema *schema;
    const char *error;
    if (line->database == NULL) {
        *out = schema_of_models(set, dialects[0]);
        return EXIT_DONE;
    }
    if (schema_open(set->arena, line->database, &schema, &error) != SOURCE_OK) {
        fprintf(stderr, "armature: error: %s: %s\n", source_title(set->arena, line->database), error);
        return EXIT_UNREACHABLE;
    }
    *out = schema;
    return EXIT_DONE;
}

static int run(struct arena *arena, const struct command_line *line)
{
    struct diagnostics diagnostics = {.arena = arena};
    struct model_set set = {.arena = arena, .diagnostics = &diagnostics};
    bool is_valid = command_read_models(&set, &line->headers);
    diagnostic_print(&diagnostics, stderr);
    if (!is_valid)
        return EXIT_ERRORS;
    struct graph_options options = {
        .columns = (enum graph_columns)line->columns,
        .directory = directory_of(arena, line->output),
    };
    int status = choose_schema(&set, line, &options.schema);
    if (status != EXIT_DONE)
        return status;
    struct graph *graph = graph_of_models(&set, &options);
    status = reduce(arena, line, &graph);
    return status == EXIT_DONE ? print_graph(arena, line, graph, &set) : status;
}

static int run_graph(int argc, char **argv)
{
    struct command_line line = {0};
    struct arena arena = {0};
    int before_flags = command_split_flags(argc, argv, &line.headers.flags, &line.headers.flag_count);
    int status = read_options(&arena, before_flags, argv, &line);
    if (status == EXIT_DONE)
        status = run(&arena, &line);
    arena_free(&arena);
    return status;
}

const struct command command_graph = {
    .name = "graph",
    .usage = "graph [options] HEADER... [-- CLANG_FLAG...]",
    .summary = "draw the models and their relations",
    .options = "  --format NAME      svg (default), dot, mermaid or json\n"
               "  --only MODEL:HOPS  only what is at most HOPS (default: 1) edges away from the model\n"
               "                     or table; can be repeated\n"
               "  --columns NAME     all (default), keys or none\n"
               "  --db URL           mark foreign keys that have no index in this database, SQLite file\n"
               "                     or dump\n"
               "  --layout NAME      of svg: graphviz, own, or auto (default): that of Graphviz if it is\n"
               "                     installed and the diagram is not large\n"
               "  --output FILE      write to this file, with links relative to it; default: standard output\n",
    .run = run_graph,
};
