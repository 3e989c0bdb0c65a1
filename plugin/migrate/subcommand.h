/* The subcommands of `armature migrate`.
 *
 * A subcommand is a struct command, a line in the table of command_migrate.c, and a file migrate_NAME.c or
 * migrate/NAME.c with its options. Its usage begins with "migrate NAME". */
#ifndef ARMATURE_PLUGIN_SUBCOMMAND_H
#define ARMATURE_PLUGIN_SUBCOMMAND_H

#include "command.h"

/* The folder of migrations if --dir does not name another one. */
#define MIGRATE_DIRECTORY "migrations"

#endif
