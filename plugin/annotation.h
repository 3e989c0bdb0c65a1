/* The text of one attribute, taken apart: `has_many posts, user_id, .cache = { .ttl = 300 }`.
 * Knows the grammar and how many arguments each attribute takes, not what they mean. */
#ifndef ARMATURE_PLUGIN_ANNOTATION_H
#define ARMATURE_PLUGIN_ANNOTATION_H

#include "memory.h"

#include <stdbool.h>

enum annotation_kind {
    ANNOTATION_TABLE,
    ANNOTATION_BELONGS_TO,
    ANNOTATION_HAS_MANY,
    ANNOTATION_HAS_ONE,
    ANNOTATION_COLUMN,
    ANNOTATION_TRANSIENT,
    ANNOTATION_PRIMARY_KEY,
    ANNOTATION_NULLABLE,
    ANNOTATION_NULLABLE_BY,
    ANNOTATION_NOT_NULL,
    ANNOTATION_UNIQUE,
    ANNOTATION_DEFAULT,
    ANNOTATION_LENGTH,
    ANNOTATION_RANGE,
    ANNOTATION_EMAIL,
    ANNOTATION_CREATED_AT,
    ANNOTATION_UPDATED_AT,
    ANNOTATION_VERSION,
    ANNOTATION_ENUM_TEXT,
    ANNOTATION_UUID,
    ANNOTATION_STORED_AS,
    ANNOTATION_KINDS
};

enum value_kind {
    VALUE_WORD,   /* an identifier */
    VALUE_NUMBER, /* as it was written: -1, 0x10, 2.5 */
    VALUE_TEXT,   /* was quoted; without its quotes and escapes */
    VALUE_TUPLE,  /* (tenant_id, post_id) */
    VALUE_GROUP   /* { .ttl = 300, .max_size = 100 } */
};

struct annotation_option;

struct annotation_value {
    enum value_kind kind;
    const char *text;               /* of a word, number or text */
    struct annotation_value *items; /* of a tuple: words, numbers and texts */
    size_t item_count;
    struct annotation_option *options; /* of a group */
    size_t option_count;
};

struct annotation_option {
    const char *name;
    struct annotation_value value;
};

struct annotation {
    enum annotation_kind kind;
    const char *macro; /* "AR_HAS_MANY" */
    const char *usage; /* "AR_HAS_MANY(name, foreign_key, inverse)" */
    bool is_of_struct; /* otherwise it is a field's */
    struct annotation_value *values;
    size_t value_count;
    struct annotation_option *options;
    size_t option_count;
};

/* Takes the text of an attribute apart, without the "armature:" before it. Returns NULL, or what is wrong with it;
 * then macro and usage are set where the attribute is known, and are NULL otherwise. */
const char *annotation_parse(struct arena *arena, const char *text, struct annotation *out);

/* As it is written: "AR_HAS_MANY". */
const char *annotation_macro(enum annotation_kind kind);

#endif
