/* The parsed string of one attribute: `has_many posts, user_id, .cache = { .ttl = 300 }`.
 * Knows the grammar and the number of arguments of each attribute, not their meaning. */
#ifndef ARMATURE_PLUGIN_ANNOTATION_H
#define ARMATURE_PLUGIN_ANNOTATION_H

#include "attribute.h"

#include <stdbool.h>

enum value_kind {
    VALUE_WORD,         /* an identifier */
    VALUE_PATH,         /* identifiers joined by dots: home.street */
    VALUE_NUMBER,       /* as written: -1, 0x10, 2.5 */
    VALUE_STRING,       /* without its quotes and escapes */
    VALUE_TUPLE,        /* (tenant_id, post_id), or (post = 1, photo = 2) */
    VALUE_DECLARATIONS, /* (time_t since, const int64_t ids[]) */
    VALUE_GROUP         /* { .ttl = 300, .max_size = 100 } */
};

struct annotation_option;

struct annotation_value {
    enum value_kind kind;
    const char *text;               /* of a word, path, number or string; of an item of declarations, as written */
    size_t literal;                 /* of a string: the number of string literals before its own, of the attribute */
    struct annotation_value *items; /* of a tuple: words, numbers and strings; of declarations */
    size_t item_count;
    struct annotation_value *assigned; /* of a word in a tuple: what follows its `=`, or NULL */
    const char *direction; /* the word that follows a word or string: `created_at desc`; NULL if none does */
    struct annotation_option *options; /* of a group */
    size_t option_count;
};

struct annotation_option {
    const char *name;
    struct annotation_value value;
};

struct annotation {
    enum attribute_kind kind;
    const struct attribute_descriptor *attribute; /* NULL if it is unknown */
    struct annotation_value *values;
    size_t value_count;
    struct annotation_option *options;
    size_t option_count;
};

/* Parse the string of an attribute, without the "armature:" before it. Return NULL, or the error; `attribute` is then
 * set if the keyword is known. */
const char *annotation_parse(struct arena *arena, const char *text, struct annotation *out);

#endif
