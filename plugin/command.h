/* The commands of the tool, and what they share: exit statuses, headers with flags for clang, output.
 *
 * A command is a line in the table of main.c, and a function that reads its own options. */
#ifndef ARMATURE_PLUGIN_COMMAND_H
#define ARMATURE_PLUGIN_COMMAND_H

#include "model.h"
#include "output.h"

enum exit_status {
    EXIT_DONE = 0,
    EXIT_ERRORS = 1, /* errors or differences were found, or an output cannot be written */
    EXIT_USAGE = 2,
    EXIT_UNREACHABLE = 3 /* the database cannot be opened */
};

struct command {
    const char *name;
    const char *usage;                        /* the lines of its call, without "armature " */
    const char *summary;                      /* one line */
    const char *options;                      /* one line for each; NULL: none */
    const struct command *const *subcommands; /* of which its help has the summaries, ending with NULL; or NULL */

    /* Run the command; argv[0] is the program's name, and the options follow. */
    int (*run)(int argc, char **argv);
};

extern const struct command command_generate;
extern const struct command command_check;
extern const struct command command_schema;
extern const struct command command_diff;
extern const struct command command_report;
extern const struct command command_graph;
extern const struct command command_import;
extern const struct command command_migrate;
extern const struct command command_model;

/* Return true if the argument asks for help. */
bool command_is_help(const char *argument);

/* Run the command, or print its help if this is its first argument; argv[0] is the name of the command, in whose place
 * it gets the name of the program. */
int command_run(const struct command *command, int argc, char **argv, char *program);

/* Print the error and refer to --help. Return EXIT_USAGE. */
int command_fail_usage(const char *message, const char *what);

/* Split off the flags for clang, which follow "--". Return the number of arguments before it. */
int command_split_flags(int argc, char **argv, const char *const **flags, size_t *flag_count);

/* Print the text on standard output. Return EXIT_ERRORS after reporting that it cannot be written. */
int command_print(const char *text);

/* The headers of a call. */
struct command_headers {
    const char *const *names;
    size_t count;
    const char *const *bases; /* of --base-dir */
    size_t base_count;
    const char *const *flags; /* for clang */
    size_t flag_count;
};

/* Read, check and plan the models of the headers, and check their SQL. Errors are in the set's diagnostics, which must
 * be set. Return false if there is one. */
bool command_read_models(struct model_set *set, const struct command_headers *headers);

#endif
