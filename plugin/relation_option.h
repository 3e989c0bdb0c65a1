/* The options of attributes that declare relations: `.target = user`, `.cache = off`. A new option is a line of the
 * table in relation_option.c. */
#ifndef ARMATURE_PLUGIN_RELATION_OPTION_H
#define ARMATURE_PLUGIN_RELATION_OPTION_H

#include "reading.h"

/* Read all options of the attribute into the relation. Return false after reporting an error. */
bool relation_options_read(const struct reading *reading, struct relation *relation);

/* Write the reference of all options, in Markdown. */
void relation_options_print_reference(struct text *out);

#endif
