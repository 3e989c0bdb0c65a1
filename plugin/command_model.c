/* The command model: describe the models for other tools. */
#include "command_options.h"

#include "describe/describe.h"

#include <stdio.h>
#include <string.h>

struct command_line {
    const char *output;
    const char *format;
    struct command_headers headers;
};

static int read_options(struct arena *arena, int argc, char **argv, struct command_line *line)
{
    const struct command_option options[] = {
        {.name = "output", .letter = 'o', .value = &line->output, .is_path = true},
        {.name = "format", .value = &line->format},
    };
    int first = command_read_options(arena, argc, argv, options, COMMAND_OPTION_COUNT(options));
    if (first < 0)
        return EXIT_USAGE;
    if (strcmp(line->format, "json") != 0)
        return command_fail_usage("unknown format ", line->format);
    return command_take_headers(&line->headers, argc, argv, first);
}

static int print_models(struct arena *arena, const struct command_line *line, const struct model_set *set)
{
    struct text text = {0};
    bool is_stale;
    describe_models(&text, set);
    bool done = line->output == NULL
                    ? command_print(text.data) == EXIT_DONE
                    : output_check_paths(arena, &line->output, 1, set->inclusions, set->inclusion_count) &&
                          output_file(line->output, &text, OUTPUT_WRITE, &is_stale);
    text_free(&text);
    return done ? EXIT_DONE : EXIT_ERRORS;
}

static int run(struct arena *arena, const struct command_line *line)
{
    struct diagnostics diagnostics = {.arena = arena};
    struct model_set set = {.arena = arena, .diagnostics = &diagnostics};
    bool is_valid = command_read_models(&set, &line->headers);
    diagnostic_print(&diagnostics, stderr);
    return is_valid ? print_models(arena, line, &set) : EXIT_ERRORS;
}

static int run_model(int argc, char **argv)
{
    struct command_line line = {.format = "json"};
    struct arena arena = {0};
    int before_flags = command_split_flags(argc, argv, &line.headers.flags, &line.headers.flag_count);
    int status = read_options(&arena, before_flags, argv, &line);
    if (status == EXIT_DONE)
        status = run(&arena, &line);
    arena_free(&arena);
    return status;
}

const struct command command_model = {
    .name = "model",
    .usage = "model [options] HEADER... [-- CLANG_FLAG...]",
    .summary = "describe the models for other tools",
    .options = "  --format json      the only format, and the default\n"
               "  --output FILE      write to this file; default: standard output\n",
    .run = run_model,
};
