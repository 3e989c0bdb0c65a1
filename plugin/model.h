/* The models of one run: what the scan found, what the attributes say of it, and how names resolve.
 *
 * The scan fills headers, models, members and raw attributes; model_build reads the attributes; model_resolve follows
 * the names. Neither says what is wrong with the whole: that is check.c's. Everything lives in the set's arena. */
#ifndef ARMATURE_PLUGIN_MODEL_H
#define ARMATURE_PLUGIN_MODEL_H

#include "annotation.h"
#include "diagnostic.h"
#include "name_map.h"
#include "relation_kind.h"
#include "type.h"

#include <armature/model.h>
#include <stdint.h>

struct model;
struct relation;

struct attribute {
    const char *text; /* without "armature:" */
    struct location at;
};

struct attribute_list {
    struct attribute *items;
    size_t count;
};

/* Why a member is no column, or that it is one. */
enum member_role {
    MEMBER_COLUMN,
    MEMBER_TRANSIENT,
    MEMBER_NULL_FLAG /* the bool of an AR_NULLABLE_BY */
};

struct member {
    struct attribute_list attributes;
    struct location at;
    const char *field;    /* "" for an anonymous struct or union */
    const char *spelling; /* of its type, as the user wrote it */
    const char *unmapped; /* why the type is no column's, as "a pointer to ..."; NULL where it is one's */
    enum ar_type type;    /* of an enum the integer that it is */
    uint32_t size;
    bool is_enum;
    bool is_unsigned_enum;
    bool is_sixteen_bytes; /* uint8_t[16]: a column with AR_UUID alone */
    bool is_writable_text;
    const struct ar_enum_name *enum_names; /* of an enum */
    size_t enum_count;
    const char *enum_tag;  /* an enum's tag, or its typedef's name without _t; NULL if it has neither */
    const char *enum_type; /* an enum's C type; NULL if it cannot be named outside the struct */

    /* from the attributes */
    enum member_role role;
    uint64_t kinds; /* a bit for each attribute_kind */
    struct location kind_at[ATTRIBUTE_COUNT];
    const char *name; /* the column's */
    const char *null_flag_name;
    struct member *null_flag;
    const char *default_sql; /* as the user wrote it */
    uint32_t minimum_length; /* of AR_LENGTH */
    uint32_t maximum_length;
    int64_t minimum_integer; /* of AR_RANGE */
    int64_t maximum_integer;
    double minimum_real; /* of AR_RANGE on float and double */
    double maximum_real;
    unsigned stored_as; /* of AR_STORED_AS: flags of enum ar_column_flag */

    /* resolved */
    const char *sql;     /* the column's name, quoted where SQL needs it */
    unsigned index;      /* among the columns */
    bool has_enum_name;  /* <enum>_name is generated with this column, … */
    bool has_enum_parse; /* … and <enum>_parse */
    unsigned flags;      /* enum ar_column_flag */
};

struct relation {
    const char *name;
    struct location at;
    const struct relation_kind *kind;
    struct model *owner;
    bool is_broken; /* an error in the attribute itself has been reported: nothing more is said of it */
    const char **foreign_key_names;
    size_t foreign_key_count;
    const char *inverse_name; /* NULL where left out */
    const char *target_name;  /* of .target; otherwise the relation's name */
    bool has_target_option;
    bool load_one;
    struct ar_cache_policy cache;

    /* resolved; NULL where a name leads nowhere */
    struct model *target;
    struct model *holder;   /* whose table has the foreign key */
    struct model *referred; /* whose key it refers to */
    struct member **foreign_key;
    struct member **target_key; /* the columns of the target that the keys of a load are compared with */
    struct relation *inverse;
    const char *constraint; /* the foreign key's name in the database, of a relation that its holder references by */
};

/* An index of a table, by columns in their order. */
struct table_index {
    const char *name;
    const char *sql; /* the name, quoted where SQL needs it */
    struct member **columns;
    size_t column_count;
    bool is_unique;
};

struct model {
    const char *name;   /* "" where the struct has none */
    const char *c_type; /* "struct post", "tag_t" */
    struct location at;
    struct header *header; /* NULL where it is in none that was given */
    bool is_broken;        /* clang reported an error in it: report nothing more about it */
    struct attribute_list attributes;
    bool has_table;
    struct location table_at;
    const char *table;
    const char *table_sql;
    struct member **members;
    size_t member_count;
    struct relation **relations;
    size_t relation_count;

    /* resolved */
    struct member **columns;
    size_t column_count;
    struct member **keys;
    size_t key_count;
    struct relation **referrers;
    size_t referrer_count;
    struct table_index *indexes;
    size_t index_count;
    struct relation **references; /* a belongs_to for each foreign key that the database is to enforce */
    size_t reference_count;
};

struct header {
    const char *given;    /* as on the command line */
    const char *absolute; /* without links */
    const char *relative; /* to its base directory: what the generated header includes */
    const char *output;   /* the generated header, relative to the output directory */
    const char *guard;
    struct model **models;
    size_t model_count;
};

/* A name that the headers declare at file scope, by themselves or through what they include. */
struct declared_name {
    const char *name;
    bool is_tag;
    struct location at;
};

/* An attribute that is neither on a struct nor on a field of one, but on a typedef's name, a variable or a union. */
struct stray_attribute {
    const char *place; /* "the variable `posts`" */
    const char *help;
    struct attribute attribute;
};

struct model_set {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct header *headers; /* never grows: models point into it */
    size_t header_count;
    struct model **models; /* of the headers given, in their order */
    size_t model_count;
    struct name_map models_by_name;  /* with a table; the first of several with the same name */
    struct name_map models_by_table; /* by the case-folded table name */
    struct name_map objects; /* case-folded names of tables and of the objects that databases create with them */
    struct model **others;   /* structs that are not models of this set: without AR_TABLE, or in other headers */
    size_t other_count;
    struct stray_attribute *strays;
    size_t stray_count;
    struct declared_name *declared;
    size_t declared_count;
    struct name_map typedefs; /* those of the headers and of armature/armature.h */
    bool has_annotations;     /* armature/annotations.h is included */
    const char **inclusions;  /* all files read */
    size_t inclusion_count;
};

/* Reads the attributes of all models, and reports what each says wrongly by itself. */
void model_build(struct model_set *set);

/* Follows the names from model to model. Silent: what leads nowhere stays NULL. */
void model_resolve(struct model_set *set);

/* Plans indexes and foreign keys, and every column's flags and SQL. To be called where there are no errors. */
void model_plan(struct model_set *set);

bool member_has(const struct member *member, enum attribute_kind kind);

/* Return the macro that declares the relation: "AR_HAS_MANY". */
const char *relation_macro(const struct relation *relation);

/* Return true if the member, whatever its role, belongs to one of the groups (enum type_group). */
bool member_is(const struct member *member, unsigned groups);

/* By the field's name; NULL where the model has none. */
struct member *model_member(const struct model *model, const char *field);
struct relation *model_relation(const struct model *model, const char *name);

/* Return the key that the database generates: a single integer that is neither an enum nor a foreign key; else NULL. */
struct member *model_generated_key(const struct model *model);

/* The member is a column whose type is known. */
bool member_is_mapped(const struct member *member);

/* Return the prefix of the functions generated for an enum: `issue_status` in issue_status_parse. */
const char *member_enum_stem(struct arena *arena, const struct model *model, const struct member *member);

/* "blog.h:18", by the header's path below its base directory. */
const char *model_place(const struct model_set *set, const struct model *model, struct location at);

#endif
