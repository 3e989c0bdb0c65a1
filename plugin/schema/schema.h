/* A schema: tables, columns, keys, indexes, checks, enum types and views, as one database has them.
 *
 * It is what the commands about databases work on. It is made from models (schema_of_models), read from a database
 * (read_sqlite.h, read_postgresql.h), a dump or a snapshot; it is compared (compare.h), and written as SQL (ddl.h).
 * A schema is of one dialect: types and expressions are in its SQL.
 *
 * Names are as they are in the database, without quotes. Everything is in an arena, and strings that are absent are
 * NULL. */
#ifndef ARMATURE_PLUGIN_SCHEMA_H
#define ARMATURE_PLUGIN_SCHEMA_H

#include "diagnostic.h"
#include "dialect.h"
#include "model.h"

struct schema_names {
    const char **items;
    size_t count;
};

struct schema_column {
    const char *name;
    const char *type;          /* as in DDL: "numeric(10, 2)"; "" for a column of SQLite without a type */
    const char *default_sql;   /* an expression, in parentheses unless it is a literal */
    const char *generated_sql; /* an expression, without parentheses */
    const char *collation;     /* unless it is the type's */
    const char *comment;
    const char *was;            /* AR_WAS: the former name. Only of models */
    struct schema_names labels; /* of an enum that is stored as a string. Only of models and snapshots */
    const char **labels_were;   /* AR_WAS of each label, or NULL; NULL: none has one */
    unsigned digits; /* after the point of a number that is stored as an integer in units of its last digit */
    bool is_not_null;
    bool is_identity;   /* the database numbers new rows */
    bool is_virtual;    /* generated, but not stored */
    bool has_own_null;  /* of models: its C type has a NULL, so that it needs no AR_NULLABLE */
    struct location at; /* of the field; only of models */
};

/* A column of an index, or an expression. */
struct schema_part {
    const char *column;     /* NULL for an expression */
    const char *expression; /* without parentheses */
    const char *extra;      /* a collation, an operator class, or both */
    const char *nulls;      /* "NULLS FIRST" or "NULLS LAST", unless the direction implies it */
    bool is_descending;
};

/* An index, or the constraint that has it. */
struct schema_index {
    const char *name; /* NULL: of a constraint to which SQLite gives one */
    struct schema_part *parts;
    size_t part_count;
    const char *where_sql;
    const char *method;           /* of PostgreSQL, unless it is btree: "gin" */
    struct schema_names includes; /* columns that PostgreSQL stores in it, but does not search */
    bool is_unique;
    bool is_constraint; /* UNIQUE in CREATE TABLE, which has no CREATE INDEX */
    bool is_deferrable; /* a constraint that rows may violate until the commit, so that no upsert can name it */
    struct location at;
};

struct schema_foreign_key {
    const char *name; /* NULL: the database has no name, or chooses one */
    struct schema_names columns;
    const char *schema; /* of the table that it refers to */
    const char *table;
    struct schema_names referred; /* empty: the table's primary key */
    enum on_delete on_delete;
    enum on_delete on_update;
    bool is_deferrable;
    bool is_not_valid; /* PostgreSQL has not checked the rows that existed */
    struct location at;
};

struct schema_check {
    const char *name;   /* NULL: the database has no name, or chooses one */
    const char *column; /* that it was declared with, or NULL */
    const char *sql;    /* without the outer parentheses */
    bool is_not_valid;
    struct location at;
};

enum schema_kind { SCHEMA_TABLE, SCHEMA_VIEW, SCHEMA_MATERIALIZED_VIEW };

struct schema_table {
    enum schema_kind kind;
    const char *schema; /* of PostgreSQL; NULL: that of the connection */
    const char *home;   /* of a table of a database: the schema that it is in, also if `schema` is NULL */
    const char *name;
    const char *comment;
    const char *was_schema; /* AR_WAS: the former name. Only of models */
    const char *was;
    struct schema_column *columns;
    size_t column_count;
    struct schema_names key; /* the primary key, in its order */
    struct schema_foreign_key *foreign_keys;
    size_t foreign_key_count;
    struct schema_index *indexes; /* without that of the primary key */
    size_t index_count;
    struct schema_check *checks;
    size_t check_count;
    const char *view_sql;      /* the SELECT of a view, without a semicolon; NULL: the model's program creates it */
    bool is_loose;             /* of models: the database cannot print its expressions in its form (database.h) */
    bool is_strict;            /* SQLite */
    bool has_no_rowid;         /* SQLite */
    struct location at;        /* of the struct; only of models */
    const struct model *model; /* likewise */
    const char *distribution;  /* likewise: the call by which Citus distributes it, or NULL */
};

/* An enum type of PostgreSQL. */
struct schema_enum {
    const char *schema; /* NULL: that of the connection */
    const char *home;   /* as that of a table */
    const char *name;
    struct schema_names labels;
    const char **labels_were; /* AR_WAS of each label, or NULL; NULL: none has one. Only of models */
};

/* Something that a schema of this structure cannot hold: a trigger, a rule, an exclusion constraint, a function. */
struct schema_other {
    const char *table; /* that it belongs to, or NULL */
    const char *what;  /* "the trigger `posts_ai`" */
};

struct schema {
    const struct dialect *dialect;
    struct schema_enum *enums;
    size_t enum_count;
    struct schema_table *tables; /* and views */
    size_t table_count;
    struct schema_other *others;
    size_t other_count;
};

/* Return the schema of the models, on which model_plan was called, as `armature schema` creates it. */
struct schema *schema_of_models(const struct model_set *set, const struct dialect *dialect);

/* Return the table or view of a model; one of its indexes. */
struct schema_table schema_table_of_model(struct arena *arena, const struct model *model,
                                          const struct dialect *dialect);

struct schema_index schema_index_of_model(struct arena *arena, const struct table_index *index);

/* Add the enum types of the model's columns, unless the list has their names. */
void schema_add_enums(struct arena *arena, struct schema *schema, const struct model *model);

/* Return the table with this name, the column, or NULL. `schema_name` may be NULL. */
struct schema_table *schema_find_table(const struct schema *schema, const char *schema_name, const char *name);
struct schema_column *schema_find_column(const struct schema_table *table, const char *name);

/* Return the name of the table as DDL needs it: with its schema, quoted if necessary. */
const char *schema_table_sql(struct arena *arena, const struct schema_table *table);

/* Return a copy whose tables, with all that they contain, can be changed and added to. */
struct schema *schema_copy(struct arena *arena, const struct schema *schema);

/* Return true if the names are the same, in the same order; if the list has the name. */
bool schema_names_equal(const struct schema_names *left, const struct schema_names *right);
bool schema_names_have(const struct schema_names *names, const char *name);

#endif
