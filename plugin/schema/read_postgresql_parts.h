/* Reading the catalogs of PostgreSQL: what the files read_postgresql*.c share. */
#ifndef ARMATURE_PLUGIN_READ_POSTGRESQL_PARTS_H
#define ARMATURE_PLUGIN_READ_POSTGRESQL_PARTS_H

#include "read_postgresql.h"

#ifdef ARMATURE_LIBPQ

/* A table that is read, found by its number. */
struct catalog_table {
    unsigned long number; /* its OID */
    size_t index;         /* in the schema's tables */
};

struct catalog_reading {
    struct arena *arena;
    PGconn *connection;
    struct schema *schema;
    const char *only;             /* the schema to read, or NULL */
    struct catalog_table *tables; /* by number */
    const char *numbers;          /* all of them, as an array of PostgreSQL */
    const char *error;            /* the first one */
};

/* Run the statement, whose parameter $1 is `parameter`. Return NULL after setting the error. The caller clears it. */
PGresult *catalog_query(struct catalog_reading *reading, const char *sql, const char *parameter);

/* Return the value in the arena, or NULL. */
const char *catalog_text(const struct catalog_reading *reading, const PGresult *result, int row, int column);
bool catalog_bool(const PGresult *result, int row, int column);

/* Return the strings of an array, which is the value. */
struct schema_names catalog_names(const struct catalog_reading *reading, const PGresult *result, int row, int column);

/* Return the table whose number is the value of column 0. */
struct schema_table *catalog_table(const struct catalog_reading *reading, const PGresult *result, int row);

/* Return the expression without the parentheses around it, if they are a pair. */
const char *catalog_expression(struct arena *arena, const char *sql);

/* Read the keys, foreign keys and checks, and the indexes. */
void catalog_read_constraints(struct catalog_reading *reading);
void catalog_read_indexes(struct catalog_reading *reading);

#endif
#endif
