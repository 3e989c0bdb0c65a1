/* Candidates for the values of generated rows. */
#ifndef ARMATURE_PLUGIN_MIGRATE_FILL_VALUES_H
#define ARMATURE_PLUGIN_MIGRATE_FILL_VALUES_H

#include "schema/schema.h"

/* Add SQL literals for the column, the most usual first. They differ from row to row. */
void fill_add_values(struct arena *arena, struct schema_names *list, const struct schema *schema,
                     const struct schema_table *table, const struct schema_column *column, size_t row);

/* Return true if the check depends on the column, itself or by a generated column. */
bool fill_is_checked(const struct schema_table *table, const struct schema_check *check,
                     const struct schema_column *column);

#endif
