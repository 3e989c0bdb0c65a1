/* The SQL of a migration: the statements that change one schema to another without losing rows.
 *
 * Statements are in an order in which both databases accept them. What may lose data, because a type or a label
 * changes, is preceded by an assertion that no row is affected; docs/migrations.md describes these directives. */
#ifndef ARMATURE_PLUGIN_MIGRATE_WRITE_H
#define ARMATURE_PLUGIN_MIGRATE_WRITE_H

#include "schema/compare.h"

/* Add the statements that make the differences of schema_compare(arena, from, to, ...). */
void migrate_write(struct text *out, struct arena *arena, const struct schema *from, const struct schema *to,
                   const struct difference_list *differences);

#endif
