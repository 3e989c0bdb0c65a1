/* C identifiers for names of a database. */
#ifndef ARMATURE_PLUGIN_C_NAME_H
#define ARMATURE_PLUGIN_C_NAME_H

#include "name_map.h"

#include <stdbool.h>

/* Return true if the name can be that of a field: an identifier that is not a keyword of C or C++, a macro of usual
 * headers or of annotations.h, or reserved. */
bool c_name_is_field(const char *name);

/* Return an identifier like the name: the name, or one without the characters that identifiers do not have. */
const char *c_name_of_field(struct arena *arena, const char *name);

/* Return an identifier in lower case with underscores, for a struct or a relation: `invoice_line` for InvoiceLine. */
const char *c_name_in_lower_case(struct arena *arena, const char *name);

/* Return the name, or the first of name_2, name_3, ... that is not among the taken ones. It is then taken. */
const char *c_name_take(struct arena *arena, struct name_map *taken, const char *name);

/* Return the singular or the plural of a name whose last word is English. */
const char *c_name_singular(struct arena *arena, const char *name);
const char *c_name_plural(struct arena *arena, const char *name);

#endif
