/* The options of a command: a table of names and of the variables that they set. */
#ifndef ARMATURE_PLUGIN_COMMAND_OPTIONS_H
#define ARMATURE_PLUGIN_COMMAND_OPTIONS_H

#include "command.h"

/* An option with an argument sets `value`, or adds it to `items` if it can be repeated; one without sets `flag`. */
struct command_option {
    const char *name; /* without "--" */
    char letter;      /* its short form, or 0 */
    const char **value;
    bool *flag;
    const char ***items;
    size_t *item_count;
    bool is_path; /* the value is not empty */
};

/* Read the options. Return the index of the first of the other arguments, to whose front options are moved, or -1 after
 * printing an error. A later option overrides an earlier one of the same name. */
int command_read_options(struct arena *arena, int argc, char **argv, const struct command_option *options,
                         size_t count);

/* Set the headers to the arguments from `first`. Return EXIT_USAGE after reporting that there are none. */
int command_take_headers(struct command_headers *headers, int argc, char **argv, int first);

/* The number of options of a table. */
#define COMMAND_OPTION_COUNT(options) (sizeof(options) / sizeof *(options))

#endif
