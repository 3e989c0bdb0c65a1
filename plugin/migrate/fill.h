/* Generated rows, which satisfy the constraints of a schema. */
#ifndef ARMATURE_PLUGIN_MIGRATE_FILL_H
#define ARMATURE_PLUGIN_MIGRATE_FILL_H

#include "scratch.h"

enum { FILL_ROWS = 3 };

/* Insert up to FILL_ROWS rows into each table: one with values, one with NULLs, one with defaults. Values are generated
 * by type, and tried until the database accepts them; literals in checks are tried as well. Return the tables that got
 * no row. */
struct schema_names fill_tables(struct scratch *scratch, const struct schema *schema, size_t rows);

#endif
