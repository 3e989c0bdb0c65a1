/* The subcommands of `armature migrate`.
 *
 * A subcommand is a struct command, a line in the table of command_migrate.c, and a file migrate/NAME.c with
 * its options. Its usage begins with "migrate NAME". */
#ifndef ARMATURE_PLUGIN_SUBCOMMAND_H
#define ARMATURE_PLUGIN_SUBCOMMAND_H

#include "command.h"

extern const struct command migrate_apply;
extern const struct command migrate_embed;
extern const struct command migrate_new;
extern const struct command migrate_status;
extern const struct command migrate_verify;
extern const struct command migrate_lint;

/* The folder of migrations if --dir does not name another one. */
#define MIGRATE_DIRECTORY "migrations"

#endif
