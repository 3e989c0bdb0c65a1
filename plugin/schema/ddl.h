/* The SQL that creates a schema's tables and their parts.
 *
 * The CREATE statements of a whole schema and those of the runtime's ar_create_tables say IF NOT EXISTS; migrations,
 * for which an object that exists is an error, do not. */
#ifndef ARMATURE_PLUGIN_DDL_H
#define ARMATURE_PLUGIN_DDL_H

#include "schema.h"

enum ddl_mode { DDL_NEW, DDL_IF_NOT_EXISTS, DDL_CONCURRENTLY /* only for an index */ };

/* Add CREATE TABLE with columns, key and checks, and the foreign keys that the database accepts only there; without its
 * indexes. `name` is that of the new table, as DDL needs it. */
void ddl_add_table(struct text *out, struct arena *arena, const struct schema_table *table, const char *name,
                   const struct dialect *dialect, enum ddl_mode mode);

/* Add the column as CREATE TABLE and ADD COLUMN declare it. */
void ddl_add_column(struct text *out, struct arena *arena, const struct schema_table *table,
                    const struct schema_column *column, const struct dialect *dialect);

/* Add CREATE INDEX, with a semicolon. */
void ddl_add_index(struct text *out, struct arena *arena, const struct schema_table *table,
                   const struct schema_index *index, enum ddl_mode mode);

/* Add a column or expression of an index. */
void ddl_add_part(struct text *out, struct arena *arena, const struct schema_part *part);

/* Add FOREIGN KEY with the columns and REFERENCES; REFERENCES only. */
void ddl_add_foreign_key(struct text *out, struct arena *arena, const struct schema_foreign_key *key,
                         const struct dialect *dialect);
void ddl_add_references(struct text *out, struct arena *arena, const struct schema_foreign_key *key,
                        const struct dialect *dialect);

/* Add the columns, separated by commas, as SQL needs them. */
void ddl_add_names(struct text *out, struct arena *arena, const struct schema_names *names);

/* Add the labels of the enum as strings, separated by commas, each between these strings. */
void ddl_add_labels(struct text *out, struct arena *arena, const struct schema_enum *type, const char *open,
                    const char *close);

/* Return the name of an object in a schema, which may be NULL, as SQL needs it. */
const char *ddl_name(struct arena *arena, const char *schema, const char *name);

/* Add the statements that create the view. */
void ddl_add_view(struct text *out, struct arena *arena, const struct schema_table *view,
                  const struct dialect *dialect);

#endif
