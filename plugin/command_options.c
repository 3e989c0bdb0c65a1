/* Reads the options of a command by getopt_long. */
#include "command_options.h"

#include <getopt.h>

/* Values of getopt_long for options without a letter. */
enum { FIRST_OPTION = 256 };

static bool has_argument(const struct command_option *option)
{
    return option->flag == NULL;
}

static void set_option(struct arena *arena, const struct command_option *option, const char *argument)
{
    if (option->flag != NULL)
        *option->flag = true;
    else if (option->value != NULL)
        *option->value = argument;
    else
        list_add(arena, *option->items, *option->item_count) = argument;
}

/* Return the tables of getopt_long: options by name, terminated by zeros; letters, each with a colon if it has an
 * argument. */
static const struct option *names_of(struct arena *arena, const struct command_option *options, size_t count)
{
    struct option *names = arena_take(arena, (count + 1) * sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = (struct option){.name = options[i].name,
                                   .has_arg = has_argument(&options[i]) ? required_argument : no_argument,
                                   .val = FIRST_OPTION + (int)i};
    return names;
}

static const char *letters_of(struct arena *arena, const struct command_option *options, size_t count)
{
    const char *letters = "";
    for (size_t i = 0; i < count; i++)
        if (options[i].letter != 0)
            letters = arena_print(arena, "%s%c%s", letters, options[i].letter, has_argument(&options[i]) ? ":" : "");
    return letters;
}

static const struct command_option *find_option(const struct command_option *options, size_t count, int value)
{
    for (size_t i = 0; i < count; i++)
        if (value == FIRST_OPTION + (int)i || (options[i].letter != 0 && value == options[i].letter))
            return &options[i];
    return NULL;
}

int command_read_options(struct arena *arena, int argc, char **argv, const struct command_option *options, size_t count)
{
    const struct option *names = names_of(arena, options, count);
    const char *letters = letters_of(arena, options, count);
    int value;
    while ((value = getopt_long(argc, argv, letters, names, NULL)) != -1) {
        const struct command_option *option = find_option(options, count, value);
        if (option == NULL)
            return -1;
        if (option->is_path && *optarg == '\0') {
            (void)command_fail_usage("the path is empty: --", option->name);
            return -1;
        }
        set_option(arena, option, optarg);
    }
    return optind;
}

int command_take_headers(struct command_headers *headers, int argc, char **argv, int first)
{
    headers->names = (const char *const *)argv + first;
    headers->count = (size_t)(argc - first);
    return headers->count > 0 ? EXIT_DONE : command_fail_usage("no header is given", "");
}
