/* The models of one run: structs and fields as scanned, their attributes, and resolved names.
 *
 * The passes run in this order: scan_headers adds headers, models, members and raw attributes; model_build reads the
 * attributes; model_resolve resolves names; check_models reports errors; if there are none, model_plan chooses what the
 * generated SQL needs. Everything is allocated in the set's arena. */
#ifndef ARMATURE_PLUGIN_MODEL_H
#define ARMATURE_PLUGIN_MODEL_H

#include "annotation.h"
#include "diagnostic.h"
#include "hook_kind.h"
#include "name_map.h"
#include "relation_kind.h"
#include "type.h"

#include <armature/model.h>
#include <stdint.h>

struct model;
struct relation;
struct relation_union;
struct table_check;

/* The database's own action when the row is deleted to which a foreign key refers: `.on_delete`. */
enum on_delete { ON_DELETE_UNSET, ON_DELETE_CASCADE, ON_DELETE_SET_NULL, ON_DELETE_RESTRICT, ON_DELETE_NO_ACTION };

struct attribute {
    const char *text; /* without "armature:" */
    struct location at;
};

/* An attribute of a constant of an enum. */
struct constant_attribute {
    size_t constant; /* its index */
    struct attribute attribute;
};

struct attribute_list {
    struct attribute *items;
    size_t count;
};

/* A member is a column, or is not for one of these reasons. */
enum member_role {
    MEMBER_COLUMN,
    MEMBER_TRANSIENT,
    MEMBER_NULL_FLAG /* the bool of an AR_NULLABLE_BY */
};

/* Who makes the UUID of a new row: `AR_GENERATE_UUID`. */
enum uuid_maker { UUID_MAKER_CALLER, UUID_MAKER_LIBRARY, UUID_MAKER_DATABASE };

struct member {
    struct attribute_list attributes;
    struct location at;
    const char *field;    /* "" for an anonymous struct or union; of an embedded struct's field: "home.street" */
    const char *spelling; /* of its type, as written */
    const char *unmapped; /* why the type cannot be a column: "a pointer to ..."; NULL if it can */
    enum ar_type type;    /* of an enum: its integer type, or AR_TYPE_ENUM_TEXT */
    uint32_t size;
    bool is_enum;
    bool is_unsigned_enum;
    bool is_writable_text;
    bool is_struct;        /* that is not a column by itself */
    struct member **parts; /* the fields of an anonymous struct, or of one with AR_EMBED */
    size_t part_count;
    struct ar_enum_name *enum_names; /* the constants of an enum; model_build puts in their labels */
    size_t enum_count;
    struct constant_attribute *enum_attributes;
    size_t enum_attribute_count;
    const char *enum_tag;  /* an enum's tag, or its typedef's name without _t; NULL if it has neither */
    const char *enum_type; /* an enum's C type; NULL if it cannot be named outside the struct */

    /* Set by model_build. */
    enum member_role role;
    bool kinds[ATTRIBUTE_COUNT]; /* the attributes that it has */
    struct location kind_at[ATTRIBUTE_COUNT];
    const char *name;            /* of the column */
    const char *was;             /* AR_WAS: the former name of the column, or NULL */
    const char **labels_were;    /* AR_WAS of the enum's constants, each may be NULL; or NULL */
    const char *identifier;      /* the field's name, with an underscore for each dot */
    const char *scope;           /* the fields that contain it: "home."; or "" */
    const char *prefix;          /* of AR_EMBED, or NULL */
    struct location embedded_at; /* of the field of the model that contains it */
    const char *null_flag_name;
    struct member *null_flag;
    const char *default_sql; /* as written */
    enum uuid_maker uuid_maker;
    uint32_t minimum_length; /* of AR_LENGTH */
    uint32_t maximum_length;
    int64_t minimum_integer; /* of AR_RANGE */
    int64_t maximum_integer;
    double minimum_real; /* of AR_RANGE on float and double */
    double maximum_real;
    unsigned stored_as;             /* of AR_STORED_AS: flags of enum ar_column_flag */
    const char *sql_type;           /* of AR_SQL_TYPE or AR_DECIMAL, in PostgreSQL; NULL: the field's type decides */
    const char *sqlite_type;        /* likewise, in SQLite */
    const char *type_name;          /* of AR_ENUM_TYPE, as written; or NULL */
    const struct column_cast *cast; /* of a column with a type that only PostgreSQL has; or NULL */
    uint16_t precision;             /* of AR_DECIMAL; 0 without it */
    uint16_t scale;                 /* digits after the point, of AR_DECIMAL or in the form `iso` */
    const struct annotation_value *range_values; /* of AR_RANGE, as written */

    const char *generated_sql[DIALECT_COUNT]; /* of AR_GENERATED; NULL: the column is written */
    struct table_check *check;                /* AR_CHECK, or NULL */

    /* Set by model_resolve and model_plan. */
    const char *sql;     /* the column's name, quoted if necessary */
    unsigned index;      /* in the model's columns */
    bool has_enum_name;  /* <enum>_name is generated from this column */
    bool has_enum_parse; /* <enum>_parse is generated from this column */
    unsigned flags;      /* enum ar_column_flag */
};

/* A column of `.order`. */
struct relation_order {
    const char *name; /* as written */
    struct member *column;
    bool descending;
};

enum path_state {
    PATH_UNRESOLVED,
    PATH_IN_PROGRESS,
    PATH_RESOLVED,
    PATH_UNKNOWN,  /* `path_error` is not a relation */
    PATH_CIRCULAR, /* `path_error` follows this relation */
    PATH_BROKEN,   /* a relation to follow has errors of its own */
};

struct relation {
    const char *name;
    struct location at;
    const struct relation_kind *kind;
    struct model *owner;
    bool is_broken;                          /* an error within the attribute was reported: report no others */
    const struct relation_union *variant_of; /* the AR_BELONGS_TO_ANY that declares it; NULL for any other relation */
    const char **foreign_key_names;
    size_t foreign_key_count;
    const char *inverse_name; /* NULL if omitted */
    const char *target_name;  /* the value of .target, or the relation's name */
    bool has_target_option;
    bool load_one;
    bool is_distinct;
    const char **path_names; /* the relations to follow */
    size_t path_name_count;
    const char *join_schema; /* or NULL */
    const char *join_table;
    const char **other_key_names; /* columns of the join table; its other ones are `foreign_key_names` */
    size_t other_key_count;
    struct ar_cache_policy cache;
    const char **reference_names; /* the value of .references */
    size_t reference_count;
    const char *where_sql; /* the value of .where, or NULL */
    const char *order_sql; /* the value of .order, or NULL */
    const char *full_scan; /* the value of .full_scan: why a load may read every row of the target; or NULL */
    enum ar_dependent dependent;
    enum on_delete on_delete;
    bool touches;
    const char *counter_name;             /* NULL if omitted */
    const struct annotation_value *types; /* the value of .types, or NULL */

    /* Set by model_resolve; NULL if the name is unknown. */
    struct model *target;
    struct model *holder;   /* the model with the foreign key */
    struct model *referred; /* the model whose key it refers to */
    struct member **foreign_key;
    const struct relation_union *via; /* the union of the target that is named in place of a foreign key, or NULL */
    const struct variant *guard;      /* the type in rows of this relation, if it belongs to an AR_BELONGS_TO_ANY */
    struct member *
        *referred_key; /* the columns of `referred` that the foreign key refers to: its primary key, or .references */
    size_t referred_count;
    struct member **target_key; /* the columns of the target that a load compares with its keys */
    struct relation *inverse;
    const char **where; /* the pieces of .where, between which the name of the target's table goes */
    size_t where_count;
    struct relation_order *orders;
    size_t order_count;
    bool has_wrong_order;          /* .order is not a list of names */
    struct member **scope_columns; /* columns of the target that .where and .order name */
    size_t scope_column_count;
    struct member *counter;
    const char *constraint; /* the name of the foreign key; only in `references` */
    const char *symbol;     /* of its descriptor, if the tool made the relation */

    /* Set by path_resolve_all for relations with a path. */
    struct relation **path; /* the relations to follow, each with a foreign key; NULL if one is unknown */
    size_t path_count;
    enum path_state path_state;
    size_t path_error;              /* the index in `path_names` of the first one that is unknown or circular */
    const struct model *path_model; /* … and the model that should declare it */
    struct relation *path_end; /* the last of `path` with the condition of this one, where others follow it; or NULL */
};

/* One of the relations of a union. */
struct variant {
    const char *name;      /* as written: of a model, or of a relation */
    const char *type_text; /* AR_BELONGS_TO_ANY: what the type column contains; NULL: a number */
    int64_t type_number;
    bool has_type;             /* .types names it */
    struct relation *relation; /* a belongs_to of the owner; NULL if the name is unknown */
};

/* AR_BELONGS_TO_ANY or AR_BELONGS_TO_ONE_OF. */
struct relation_union {
    struct relation self; /* its name, owner and location, for diagnostics */
    bool is_exclusive;    /* AR_BELONGS_TO_ONE_OF */
    struct variant *variants;
    size_t variant_count;
    const char *type_name; /* of AR_BELONGS_TO_ANY: the field with the type */

    /* Set by model_resolve and model_plan. */
    struct member *type;
    const char *constraint; /* the name of the CHECK */
};

/* AR_UNIQUE_KEY. */
struct unique_key {
    struct location at;
    const char **names;
    struct member **columns; /* set by model_resolve; NULL if the name is unknown */
    size_t count;
};

/* A column of an index, or an expression. */
struct index_part {
    const char *text; /* as written */
    bool is_string;   /* in quotes */
    bool is_descending;
    struct member *column; /* NULL for an expression, or if the name is unknown */
};

/* An index of a table. */
struct table_index {
    struct location at; /* of AR_INDEX; unset if the tool chose the index */
    const char *name;
    const char *sql; /* the name, quoted if necessary */
    struct index_part *parts;
    size_t part_count;
    bool is_unique;
    const char *where_sql; /* the condition on its rows; NULL: all rows */
};

/* AR_CHECK, of a struct or of a field. */
struct table_check {
    struct location at;
    struct member *column; /* that has the attribute, or NULL */
    const char *sql[DIALECT_COUNT];
    const char *constraint; /* its name: that of `.name`, or chosen by model_plan */
};

/* A parameter of an AR_SQL: declared like a field, with its name as the column. */
struct sql_parameter {
    struct member member;
    unsigned bytes; /* of an element, if it is an array of bytes; else 0 */
    bool is_list;   /* an array without a size: `IN (:ids)` */
    bool is_scope;  /* `:scope`, which is not an argument: the last one */
};

/* The text of an AR_SQL for one database, with the names of parameters. */
struct sql_text {
    const char *text;
    size_t literal; /* the number of string literals before its first one, of the attribute */
};

/* AR_SQL: a function that runs a statement of the user. */
struct sql_statement {
    const char *name;
    struct location at;  /* of the attribute */
    struct model *model; /* that has the attribute: an AR_ROW, or a model */
    struct sql_text text[DIALECT_COUNT];
    bool is_shared; /* both databases have the same text */
    struct sql_parameter *parameters;
    size_t parameter_count;
    bool is_one;            /* .one */
    const char *full_scan;  /* the value of .full_scan: why it may read every row of a table; or NULL */
    const char *all_shards; /* the value of .all_shards: why it may read rows of all tenants; or NULL */
    bool returns_rows;      /* otherwise it changes rows, which are counted */
    bool writes;
};

/* A function of the program that the runtime calls. */
struct model_hook {
    const struct hook_kind *kind;
    const char *function;
    struct location at;
};

struct model {
    const char *name;   /* "" if the struct has neither a tag nor a typedef */
    const char *c_type; /* "struct post", "tag_t" */
    struct location at;
    struct location end;                 /* after its closing brace */
    struct header *header;               /* NULL if it is not in a given header */
    bool is_broken;                      /* clang reported an error in it: report no others */
    bool is_row;                         /* AR_ROW: the result of statements, in `rows` of the set */
    bool is_join;                        /* a join table of AR_MANY_TO_MANY: the tool made the model and its struct */
    bool is_view;                        /* AR_VIEW */
    bool is_read_only;                   /* AR_VIEW, or AR_TABLE with `.read_only`: it may have no key */
    bool is_reference;                   /* AR_REFERENCE_TABLE */
    struct location reference_at;        /* of AR_REFERENCE_TABLE */
    struct sql_text view[DIALECT_COUNT]; /* the SELECT of an AR_VIEW, or NULL: the program creates it */
    bool has_own_views;                  /* `.postgresql` of an AR_VIEW */
    const char *all_shards;              /* of an AR_VIEW, as for a statement; or NULL */
    struct attribute_list attributes;
    bool has_table;
    struct location table_at;
    const char *schema; /* of PostgreSQL; NULL: that of the connection */
    const char *table;
    const char *was_schema; /* AR_WAS: the former name of the table, or NULL */
    const char *was;
    const char *table_sql; /* quoted if necessary; it also qualifies columns */
    const char *qualified; /* `table_sql` with the schema, or NULL */
    struct member **members;
    size_t member_count;
    struct relation **relations;
    size_t relation_count;
    struct model_hook *hooks;
    size_t hook_count;
    struct relation_union **unions;
    size_t union_count;
    struct unique_key *unique_keys;
    size_t unique_key_count;
    struct sql_statement *statements; /* of AR_SQL */
    size_t statement_count;
    struct table_index *own_indexes; /* AR_INDEX */
    size_t own_index_count;
    struct table_check **checks; /* of the struct; model_plan puts those of fields before them */
    size_t check_count;

    /* Set by model_build and model_resolve; symbol, indexes and references by model_plan. */
    const char *symbol; /* of its descriptor: "post_model" */
    struct model *main; /* of the models of the same table, the one with most columns, whose DDL creates it */
    bool has_siblings;  /* of `main`: there are other models of its table */
    struct member **columns;
    size_t column_count;
    struct member **keys;
    size_t key_count;
    struct relation **referrers;
    size_t referrer_count;
    struct table_index *indexes;
    size_t index_count;
    struct relation **references; /* one relation for each foreign key that the database enforces */
    size_t reference_count;
};

struct header {
    const char *given;    /* as on the command line */
    const char *absolute; /* without symbolic links */
    const char *relative; /* to its base directory, as the generated header includes it */
    const char *output;   /* the generated header, relative to the output directory */
    const char *guard;
    struct model **models;
    size_t model_count;
    struct model **rows; /* its AR_ROW structs; set by model_build */
    size_t row_count;
};

/* A name that the headers, or those that they include, declare at file scope. */
struct declared_name {
    const char *name;
    bool is_tag;
    struct location at;
};

/* An attribute of something other than a struct or its field: of a typedef, a variable or a union. */
struct stray_attribute {
    const char *subject; /* "the variable `posts`" */
    const char *help;
    struct attribute attribute;
};

struct model_set {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct header *headers; /* fixed: models point into it */
    size_t header_count;
    struct model **models; /* of the given headers, in their order */
    size_t model_count;
    struct name_map models_by_name;  /* those with a table; the first one, if several have the name */
    struct name_map models_by_table; /* likewise, by the case-folded name of the table */
    struct model **rows;             /* AR_ROW structs; set by model_build, which removes them from `models` */
    size_t row_count;
    struct model **joins; /* join tables of AR_MANY_TO_MANY; model_plan appends them to `models` */
    size_t join_count;
    struct name_map joins_by_table; /* by the case-folded name of the table */
    struct name_map objects;        /* case-folded names of tables and of the objects that databases create with them */
    struct model **others;          /* structs that are not models of this set: without AR_TABLE, or in other headers */
    size_t other_count;
    struct stray_attribute *strays;
    size_t stray_count;
    struct declared_name *declared;
    size_t declared_count;
    struct name_map types;    /* members with the type of this name, "size_t" or "enum status", if there is an AR_SQL */
    unsigned long_size;       /* of a long on the target, in bytes */
    struct name_map embedded; /* the C types of structs with AR_EMBED */
    struct name_map typedefs; /* of the headers and of armature/armature.h */
    bool has_annotations;     /* armature/annotations.h is included */
    const char **inclusions;  /* all files that clang read */
    size_t inclusion_count;
};

/* Read the attributes of all models. Report errors within single attributes. */
void model_build(struct model_set *set);

/* Resolve the names of targets, foreign keys and inverses. Report nothing: unknown names remain NULL. */
void model_resolve(struct model_set *set);

/* Choose indexes, foreign keys, flags and SQL names. Call it only if there are no errors. */
void model_plan(struct model_set *set);

bool member_has(const struct member *member, enum attribute_kind kind);

/* Return true if the column can be NULL in the table. */
bool member_is_nullable(const struct member *member);

/* Return the C type of the column: of a join table, that of a field with its values. */
const char *member_c_type(struct arena *arena, const struct member *column);

/* Return true if the relation leads through others, so that it has no foreign key of its own. */
bool relation_has_path(const struct relation *relation);

/* Return true if records can be added to the relation and removed from it: a has_many, or a list through a join table,
 * which is the target of a has_many and has a belongs_to to the records. */
bool relation_can_link(const struct relation *relation);

/* Return true if a load of the relation also reads the rows of the first model that it leads to. */
bool relation_has_links(const struct relation *relation);

/* Return the macro that declares the relation: "AR_HAS_MANY". */
const char *relation_macro(const struct relation *relation);

/* Return what a relation of a model to itself can be followed to: "tree" or "path"; NULL if it cannot. */
const char *relation_hierarchy(const struct relation *relation);

/* Return true if the member, whatever its role, belongs to one of the groups (enum type_group). */
bool member_is(const struct member *member, unsigned groups);

/* Return the model with this name, or else with this table; NULL if there is none. */
struct model *model_find(const struct model_set *set, const char *name);

/* Return true if the index has all rows of the table, and columns only. */
bool index_is_total(const struct table_index *index);

/* Return true if AR_UNIQUE, AR_UNIQUE_KEY, a total AR_INDEX or the primary key makes the columns unique, in whatever
 * order. */
bool model_is_unique(const struct model *model, struct member *const *columns, size_t count);

/* Return the member, relation or union with this name, or NULL. A member of an embedded struct is found by its path,
 * home.street, and by its identifier, home_street. */
struct member *model_member(const struct model *model, const char *field);
struct relation *model_relation(const struct model *model, const char *name);

/* Return the column with this name in the database, or NULL. */
struct member *model_column(const struct model *model, const char *name);

struct relation_union *model_union(const struct model *model, const char *name);

/* Return the column with AR_DELETED_AT, or NULL. */
struct member *model_deleted_at(const struct model *model);

/* Return the column with AR_SHARD_KEY, or NULL. */
struct member *model_shard_key(const struct model *model);

/* Store the columns of the unique index of a column with AR_UNIQUE: in a sharded model, the shard key precedes it.
 * Return their number. */
size_t model_unique_columns(const struct model *model, struct member *column, struct member *out[2]);

/* Return the column of the key that the database numbers: AR_IDENTITY, or a single integer that is neither an enum nor
 * a foreign key; else NULL. */
struct member *model_generated_key(const struct model *model);

/* Return true if the member is a column with a valid type. */
bool member_is_mapped(const struct member *member);

/* Return the prefix of the functions generated for an enum: `issue_status` in issue_status_parse. */
const char *member_enum_stem(struct arena *arena, const struct model *model, const struct member *member);

/* Return the location as "blog.h:18": with the path of the header below its base directory, or with the name of another
 * file. */
const char *model_location(const struct model_set *set, struct location at);

#endif
