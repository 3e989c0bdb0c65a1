/* The options of relations that act on other rows when a row is written: `.dependent`, `.on_delete`, `.touch` and
 * `.counter`. */
#ifndef ARMATURE_PLUGIN_OPTION_DELETE_H
#define ARMATURE_PLUGIN_OPTION_DELETE_H

#include "reading.h"

/* Readers for the table of options. Each returns false after reporting an error. */
bool option_read_dependent(const struct reading *reading, const struct annotation_value *value,
                           struct relation *relation);
bool option_read_on_delete(const struct reading *reading, const struct annotation_value *value,
                           struct relation *relation);
bool option_read_touch(const struct reading *reading, const struct annotation_value *value, struct relation *relation);
bool option_read_counter(const struct reading *reading, const struct annotation_value *value,
                         struct relation *relation);

/* Return the value of the option as it is written: "set_null". The option must be set. */
const char *option_dependent_name(enum ar_dependent dependent);
const char *option_on_delete_name(enum on_delete on_delete);

#endif
