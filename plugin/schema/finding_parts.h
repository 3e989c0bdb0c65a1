/* Diagnostics of the parts of a table: keys, indexes and checks. Internal to findings.c. */
#ifndef ARMATURE_PLUGIN_FINDING_PARTS_H
#define ARMATURE_PLUGIN_FINDING_PARTS_H

#include "findings.h"

/* Return the name of the table for messages, with its schema. */
const char *finding_table(struct arena *arena, const struct schema_table *table);

/* Return the SQL with single spaces in place of newlines. */
const char *finding_one_line(struct arena *arena, const char *sql);

/* Report a difference of a primary key, a foreign key, an index or a check. If the same part is dropped and added, it
 * is one diagnostic. */
void finding_report_part(struct diagnostics *diagnostics, const struct difference_list *differences, size_t index);

#endif
