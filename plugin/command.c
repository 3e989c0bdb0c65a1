/* What the commands share. */
#include "command.h"

#include "check.h"
#include "header.h"
#include "scan.h"

#include <stdio.h>
#include <string.h>

static int print_usage(const struct command *command)
{
    struct text text = {0};
    text_print(&text, "usage: armature %s\n\nThe command %s: %s.\n", command->usage, command->name, command->summary);
    if (command->options != NULL)
        text_print(&text, "\n%s", command->options);
    for (size_t i = 0; command->subcommands != NULL && command->subcommands[i] != NULL; i++)
        text_print(&text, "%s%-9s %s\n", i == 0 ? "\n" : "", command->subcommands[i]->name,
                   command->subcommands[i]->summary);
    int status = command_print(text.data);
    text_free(&text);
    return status;
}

bool command_is_help(const char *argument)
{
    return strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0;
}

int command_run(const struct command *command, int argc, char **argv, char *program)
{
    if (argc > 1 && command_is_help(argv[1]))
        return print_usage(command);
    argv[0] = program; /* in getopt's errors */
    return command->run(argc, argv);
}

int command_fail_usage(const char *message, const char *what)
{
    fprintf(stderr, "armature: error: %s%s\n    help: see armature --help\n", message, what);
    return EXIT_USAGE;
}

int command_split_flags(int argc, char **argv, const char *const **flags, size_t *flag_count)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--") == 0) {
            *flags = (const char *const *)argv + i + 1;
            *flag_count = (size_t)(argc - i - 1);
            return i;
        }
    return argc;
}

int command_print(const char *text)
{
    if (fputs(text, stdout) >= 0 && fflush(stdout) == 0)
        return EXIT_DONE;
    perror("armature: error: cannot write to standard output");
    return EXIT_ERRORS;
}

bool command_read_models(struct model_set *set, const struct command_headers *headers)
{
    struct diagnostics *diagnostics = set->diagnostics;
    diagnostics->rule = "header";
    header_find_all(set, headers->names, headers->count, headers->bases, headers->base_count);
    if (diagnostics->count > 0 || !scan_headers(set, headers->flags, headers->flag_count))
        return false;
    diagnostics->rule = "attribute";
    model_build(set);
    model_resolve(set);
    check_models(set);
    if (diagnostics->count > 0)
        return false;
    model_plan(set);
    diagnostics->rule = "sql";
    check_statement_shards(set);
    check_sql(set);
    diagnostics->rule = "view";
    check_views(set);
    return diagnostics->count == 0;
}
