/* The databases for which SQL is generated, and everything in which their SQL differs.
 *
 * A database is a line in the table of dialect.c, a column of SQL types in types.def, and a file with its SQL. */
#ifndef ARMATURE_PLUGIN_DIALECT_H
#define ARMATURE_PLUGIN_DIALECT_H

#include "output.h"

#include <stdbool.h>
#include <stddef.h>

struct member;
struct model;
struct relation;
struct schema_enum;
struct schema_table;

enum dialect_id { DIALECT_SQLITE, DIALECT_POSTGRESQL, DIALECT_COUNT };

struct dialect {
    enum dialect_id id;
    const char *title;       /* in diagnostics: "SQLite" */
    const char *name;        /* on the command line, and of its member of struct ar_sql */
    const char *equals;      /* the operator */
    const char *equality;    /* the operator, between spaces */
    const char *placeholder; /* of a parameter: its number follows */
    const char *in_list;     /* an operator, and what precedes the parameter of a list of values, */
    const char *not_in_list; /* its negation, */
    const char *list_end;    /* and what follows that parameter */
    const char *identity;    /* follows the type of a generated key */
    const char *create_view; /* before the name of a view that may exist */
    bool has_casts;          /* columns with a `cast` have its type; otherwise they are strings */

    size_t column_max;           /* of a table */
    size_t name_max;             /* in bytes; 0 if names can have any length */
    const char *reserved_prefix; /* of tables that the database keeps for itself, or NULL */
    const char *reserved_schema; /* likewise, of schemas */
    const char *system_columns;  /* that every table has, as a list for name_is_in */

    /* Return the SQL type of the column. */
    const char *(*column_type)(const struct member *column);

    /* Return the condition that the column's values meet because of their type, or NULL. */
    const char *(*column_check)(struct arena *arena, const struct member *column);

    /* Return the expression of the column's DEFAULT, in parentheses unless it is a literal. */
    const char *(*column_default)(struct arena *arena, const struct member *column);

    /* Return the digits after the point of a number or time that is stored as an integer in units of its last digit.
     * NULL: the types of the database have them. */
    unsigned (*column_digits)(const struct member *column);

    /* Return the expression of a new random UUID in the form that the column stores. */
    const char *(*new_uuid)(const struct member *column);

    /* Add the SELECT of the relation's rows by the keys in parameter 1, and one more for each further column. */
    void (*add_select)(struct text *sql, struct arena *arena, const struct relation *relation);

    /* Add statements that create the schema if it does not exist. NULL: there are no schemas. */
    void (*add_schema)(struct text *sql, struct arena *arena, const char *schema);

    /* Add statements that create the enum type if it does not exist. NULL: there are no such types. */
    void (*add_type)(struct text *sql, struct arena *arena, const struct schema_enum *type);

    /* Add statements that check objects which CREATE … IF NOT EXISTS left unchanged. NULL: none. */
    void (*add_checks)(struct text *sql, struct arena *arena, const struct schema_table *table);

    /* Add statements that create the table's foreign keys after all tables exist. NULL: CREATE TABLE has them. */
    void (*add_foreign_keys)(struct text *sql, struct arena *arena, const struct schema_table *table);
};

extern const struct dialect dialect_sqlite;
extern const struct dialect dialect_postgresql;

/* Add an anonymous block of PostgreSQL with these statements. */
void dialect_postgresql_add_block(struct text *out, struct arena *arena, const struct text *block);

/* All dialects, by their dialect_id. */
extern const struct dialect *const dialects[DIALECT_COUNT];

/* Return the dialect with this name, or NULL. */
const struct dialect *dialect_find(const char *name);

#endif
