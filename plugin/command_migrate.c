/* The command migrate: its table of subcommands. */
#include "migrate/subcommand.h"

#include <string.h>

static const struct command *const subcommands[] = {
    &migrate_new, &migrate_lint, &migrate_verify, &migrate_apply, &migrate_status, &migrate_embed, NULL,
};

static const struct command *find_subcommand(const char *name)
{
    for (size_t i = 0; subcommands[i] != NULL; i++)
        if (strcmp(subcommands[i]->name, name) == 0)
            return subcommands[i];
    return NULL;
}

static int run_migrate(int argc, char **argv)
{
    if (argc < 2)
        return command_fail_usage("migrate needs a subcommand", "");
    const struct command *subcommand = find_subcommand(argv[1]);
    if (subcommand == NULL)
        return command_fail_usage("unknown subcommand migrate ", argv[1]);
    return command_run(subcommand, argc - 1, argv + 1, argv[0]);
}

const struct command command_migrate = {
    .name = "migrate",
    .usage = "migrate SUBCOMMAND [options] ...\n       armature migrate SUBCOMMAND --help",
    .summary = "write, check and apply migrations from one version of the models to the next",
    .subcommands = subcommands,
    .run = run_migrate,
};
