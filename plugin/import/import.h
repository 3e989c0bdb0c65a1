/* The headers that `armature import` writes, as data.
 *
 * A schema becomes models (plan.c), whose fields have C types (field.c and one file per database), and which have
 * indexes and checks (constraint.c) and relations (relation.c). write.c prints them; verify.c has the tool read the
 * result, and leaves out what it refuses. What cannot be written is a comment in its place and a line of the summary.
 *
 * Everything is in the arena of `struct import`. */
#ifndef ARMATURE_PLUGIN_IMPORT_H
#define ARMATURE_PLUGIN_IMPORT_H

#include "name_map.h"
#include "schema/schema.h"

struct import_model;
struct import_relation;

/* A part of a header. Unless `left_out` is NULL, it is written as a comment with this reason. */
struct import_item {
    const char *text;
    const char *left_out;
    bool is_renamed; /* it has got another name, after its first one was refused */
};

struct import_notes {
    const char **items;
    size_t count;
};

struct import_enum {
    struct import_item item;
    const struct schema_enum *type;
    const char *name;       /* the tag */
    const char *c_type;     /* "enum mood"; of one in the header that is merged: as it is there */
    const char **constants; /* one for each label */
    bool is_present;        /* the header that is merged has it */
};

/* What SQL NULL is in a field. */
enum import_null {
    IMPORT_NULL_POINTER, /* a null pointer: only AR_NOT_NULL has to be written */
    IMPORT_NULL_ZERO,    /* zero is not a value: AR_NULLABLE */
    IMPORT_NULL_FLAG     /* AR_NULLABLE_BY */
};

/* The C type of a column. */
struct import_type {
    const char *name;          /* "int64_t", "const char *" */
    const char *suffix;        /* "[16]", or "" */
    const char *attributes[2]; /* NULL: none */
    const char *kind;          /* columns of one kind can refer to each other; NULL: it cannot be part of a key */
    enum import_null null;
    bool is_integer;
    struct import_enum *enumeration;
    const char *note; /* what the type does not say, or NULL */
};

struct import_field {
    struct import_item item;
    const struct schema_column *column;
    const char *name;
    struct import_type type;
    struct import_item *attributes;
    size_t attribute_count;
    const char *flag; /* the bool of AR_NULLABLE_BY, or NULL */
    struct import_notes notes;
    bool is_key;
    bool is_present; /* the header that is merged has it */
};

/* An attribute of the struct that is not a relation. */
struct import_attribute {
    struct import_item item;
    struct import_notes notes;
    const struct schema_index *index; /* NULL: of a check */
};

struct import_relation {
    struct import_item item;
    enum attribute_kind kind;
    const char *name;
    const char *key;                 /* fields of the model with the foreign key; for many-to-many, of the join table */
    const char *other_key;           /* likewise, of many-to-many */
    const struct schema_table *join; /* the join table, or NULL */
    const char *references;
    const char *on_delete;
    struct import_model *target;
    struct import_relation *inverse;
    const struct schema_foreign_key *foreign_key;
    struct import_notes notes;
    bool is_present; /* the header that is merged has it */
};

struct import_model {
    struct import_item item; /* its text is unused */
    const struct schema_table *table;
    const char *name; /* of the struct */
    struct import_field *fields;
    size_t field_count;
    struct import_attribute *attributes;
    size_t attribute_count;
    struct import_relation **relations;
    size_t relation_count;
    struct import_notes notes;
    bool is_read_only; /* it has no key that a model can have */
    bool is_join;      /* relations of two other models replace it */
    bool is_view_without_select;
    const struct model *merged; /* the model of the header that is merged; NULL: a new one */
};

struct import {
    struct arena *arena;
    const struct schema *schema;
    bool inflects;
    struct import_enum **enums;
    size_t enum_count;
    struct import_model **models;
    size_t model_count;
    struct import_notes notes;      /* about the whole schema */
    struct name_map tags;           /* of structs and enums that are taken */
    const struct model_set *header; /* that is merged; or NULL */
};

/* Return the model of the header that is merged for the table, and its parts; or NULL. */
const struct model *import_merged_model(const struct import *import, const struct schema_table *table);
const struct member *import_merged_column(const struct import_model *model, const char *column);
const struct relation *import_merged_relation(const struct import_model *model, const struct import_relation *relation);

/* Return true if the header that is merged has the table's key in its order, or not the table. */
bool import_merged_has_key(const struct import_model *model);

/* Add the names of the struct's fields. */
void import_merged_names(struct arena *arena, const struct import_model *model, struct name_map *names);

/* Return the member of the header with this enum type, or NULL. */
const struct member *import_merged_enum(const struct import *import, const struct schema_enum *type);

/* Make the models of the schema's tables and views. */
void import_plan(struct import *import);

/* Set the C type of a column, as its database declares it. */
struct import_type import_type_sqlite(struct import *import, const struct schema_column *column, const char *declared);
struct import_type import_type_postgresql(struct import *import, const struct schema_column *column);

/* Add the fields of the model. */
void import_add_fields(struct import *import, struct import_model *model);

/* Set the type and the attributes of the field anew: its column has changed, or its enum cannot be written. */
void import_reset_field(struct import *import, struct import_model *model, struct import_field *field);

/* Leave the enum out, and make its fields strings. */
void import_refuse_enum(struct import *import, struct import_enum *each, const char *reason);

/* Set types and NULL in the fields of views by their SELECTs, of which `set` has the tables. Return true if a field has
 * changed. */
bool import_infer_views(struct import *import, const struct model_set *set);

/* Add indexes, unique keys and checks to all models. */
void import_add_constraints(struct import *import);

/* Add the relations of all foreign keys. */
void import_add_relations(struct import *import);

/* Return the field of the column, or NULL. */
struct import_field *import_find_field(const struct import_model *model, const char *column);

/* Return the model of the table, or NULL. */
struct import_model *import_find_model(const struct import *import, const char *schema, const char *table);

/* Return true if the columns are the key, or all columns of a unique index on all rows. */
bool import_is_unique(const struct schema_table *table, const struct schema_names *columns);

/* Return true if the index begins with the columns, in any order. */
bool import_index_serves(const struct schema_index *index, const struct schema_names *columns);

/* Return true if the key, or an index other than `except`, finds rows by the columns: the model creates none for a
 * foreign key of them. */
bool import_has_index(const struct schema_table *table, const struct schema_names *columns,
                      const struct schema_index *except);

/* Return names of fields as an attribute takes them: `a`, or `(a, b)`. NULL if there is no field for one of them. */
const char *import_field_list(struct import *import, const struct import_model *model,
                              const struct schema_names *columns);

/* Return true if a character that changes the direction of text begins here: it could hide what a line says, and
 * compilers refuse it. It has three bytes. */
bool import_is_direction(const char *at);

/* Return true if the name has no control characters, and none that change the direction of text. */
bool import_is_printable(const char *name);

/* Leave out attributes and enums with characters that change the direction of text. */
void import_leave_out_directions(struct import *import);

/* Return a string literal. */
const char *import_literal(struct arena *arena, const char *text);

/* Return the name as an attribute takes it: a word, or a string literal. */
const char *import_sql_name(struct arena *arena, const char *name);

__attribute__((format(printf, 3, 4))) void import_note(struct import *import, struct import_notes *notes,
                                                       const char *format, ...);

#endif
