/* The attributes that headers can have: everything that the tool knows about each, from the table in attributes.def. */
#ifndef ARMATURE_PLUGIN_ATTRIBUTE_H
#define ARMATURE_PLUGIN_ATTRIBUTE_H

#include "output.h"

#include <stdbool.h>

enum attribute_kind {
#define ATTRIBUTE(kind, ...) ATTRIBUTE_##kind,
#include "attributes.def"
#undef ATTRIBUTE
    ATTRIBUTE_COUNT
};

struct attribute_descriptor {
    const char *keyword;     /* "has_many": begins the text of the attribute */
    const char *macro;       /* "AR_HAS_MANY" */
    const char *usage;       /* "AR_HAS_MANY(name, foreign_key, inverse)" */
    bool is_of_struct;       /* otherwise it is a field's, */
    bool is_of_constant;     /* … or a constant's of an enum */
    bool is_of_value;        /* of a field: can also be on a field of AR_ROW, or on a parameter of AR_SQL */
    bool has_options;        /* of a field's: its reader reads them */
    bool is_of_both;         /* of a struct, and of a field as well */
    bool is_of_constant_too; /* in addition to those */
    bool has_directions;     /* a word may follow each argument: `created_at desc` */
    unsigned char minimum;   /* number of arguments, without options */
    unsigned char maximum;
    unsigned char declarations; /* the number of the argument that consists of declarations; 0 if there is none */
    unsigned requires;          /* what the field must be (enum type_group); 0 if anything */
    unsigned flag; /* the flag of its column (enum ar_column_flag); 0 if none, or if it depends on the column */
    const char *flag_name;
    const char *help; /* one sentence, in Markdown */
};

extern const struct attribute_descriptor attribute_table[ATTRIBUTE_COUNT];

/* Return the attribute with this keyword, or ATTRIBUTE_COUNT. */
enum attribute_kind attribute_of_keyword(const char *keyword);

/* Return true if there is an attribute with this macro. */
bool attribute_has_macro(const char *macro);

/* Return the name of a column flag in generated code, whether an attribute sets it by itself or not. */
const char *attribute_flag_name(unsigned flag);

/* Write the reference of all attributes, in Markdown. */
void attribute_print_reference(struct text *out);

#endif
