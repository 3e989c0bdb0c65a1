/* The parts of a dump of PostgreSQL. */
#ifndef ARMATURE_PLUGIN_READ_DUMP_POSTGRESQL_H
#define ARMATURE_PLUGIN_READ_DUMP_POSTGRESQL_H

#include "schema.h"
#include "sql_reader.h"

struct dump_reading {
    struct arena *arena;
    struct sql_reader reader;
    struct schema *schema;
    bool is_cut;                          /* the dump ends within a statement */
    struct schema_names not_null_domains; /* their names in SQL */
};

/* A name that may have a schema, which is NULL for public. */
struct dump_name {
    const char *schema;
    const char *name; /* NULL: there is none */
};

/* Return the schema of the dump, or NULL with *error. */
struct schema *dump_read_postgresql(struct arena *arena, const char *dump, const char **error);

/* Skip a name. */
struct dump_name dump_read_name(struct dump_reading *reading);

/* Return the table with the name, or NULL. */
struct schema_table *dump_find_table(const struct dump_reading *reading, struct dump_name name);

/* Add something that a schema cannot hold. */
void dump_add_other(struct dump_reading *reading, const char *table, const char *what);

/* Likewise, a property of an index or of its constraint. */
void dump_add_of_index(struct dump_reading *reading, const struct schema_table *table, const char *property,
                       const char *index);

/* Return true if a constraint or another clause of a column begins here. */
bool dump_is_constraint(const struct sql_reader *reader);

/* Read the type of a column; that of a serial makes it an identity. */
void dump_read_column_type(struct dump_reading *reading, struct schema_column *column);

/* Skip names in parentheses. The list is empty if there are none. */
struct schema_names dump_read_names(struct dump_reading *reading);

/* Return the name that PostgreSQL gives to a constraint or index without one: table_column_column_label. */
const char *dump_usual_name(struct dump_reading *reading, const struct schema_table *table,
                            const struct schema_names *columns, const char *label);

/* Read the columns and constraints between the parentheses of CREATE TABLE. */
void dump_read_columns(struct dump_reading *reading, struct schema_table *table);

/* Read a column, with its constraints. */
void dump_read_column(struct dump_reading *reading, struct schema_table *table);

/* Read a constraint of the table, from CONSTRAINT or its first word. Return false if there is none. */
bool dump_read_constraint(struct dump_reading *reading, struct schema_table *table, struct schema_column *column);

/* Read the default of ALTER COLUMN ... SET DEFAULT. */
void dump_read_default(struct dump_reading *reading, struct schema_column *column);

/* Read CREATE INDEX, after INDEX. */
void dump_read_index(struct dump_reading *reading, bool is_unique);

/* Return the expression without the schema public before names, as PostgreSQL prints it for a usual search path. */
const char *dump_expression(struct dump_reading *reading, const char *sql);

#endif
