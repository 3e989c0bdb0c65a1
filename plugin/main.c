/* The armature tool: its table of commands, --help and --version. */
#include "check.h"
#include "command.h"
#include "relation_option.h"

#include <armature/armature.h>
#include <sqlite3.h>
#include <string.h>

static const struct command *const commands[] = {
    &command_generate, &command_check,  &command_schema,  &command_diff,  &command_import,
    &command_graph,    &command_report, &command_migrate, &command_model,
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static int print_and_free(struct text *text)
{
    int status = command_print(text->data);
    text_free(text);
    return status;
}

/* The first line is for programs; the second says what statements are checked with. */
static int print_version(void)
{
    struct text text = {0};
    text_print(&text, "armature " ARMATURE_VERSION "\nSQL is checked with SQLite %s and %s\n", sqlite3_libversion(),
               check_sql_grammar_name());
    return print_and_free(&text);
}

static int print_usage(void)
{
    struct text text = {0};
    text_add(&text, "usage: armature COMMAND [options] ...\n"
                    "       armature COMMAND --help\n"
                    "       armature --attributes | --version | --help\n\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        text_print(&text, "%-9s %s\n", commands[i]->name, commands[i]->summary);
    text_add(&text, "\n--attributes prints all attributes and options of relations, in Markdown.\n"
                    "Give all headers whose models are connected by relations in one call.\n");
    return print_and_free(&text);
}

static int print_attributes(void)
{
    struct text text = {0};
    attribute_print_reference(&text);
    relation_options_print_reference(&text);
    return print_and_free(&text);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return command_fail_usage("no command is given", "");
    if (strcmp(argv[1], "--version") == 0)
        return print_version();
    if (strcmp(argv[1], "--attributes") == 0)
        return print_attributes();
    if (command_is_help(argv[1]))
        return print_usage();
    const struct command *command = find_command(argv[1]);
    if (command == NULL)
        return command_fail_usage("unknown command ", argv[1]);
    return command_run(command, argc - 1, argv + 1, argv[0]);
}
