/* A parser of JSON for tests: strict, and without numbers that have a fraction, which our documents do not contain. */
#ifndef JSON_VALUE_H
#define JSON_VALUE_H

#include "memory.h"

#include <stdbool.h>

enum json_value_kind {
    JSON_VALUE_NULL,
    JSON_VALUE_BOOL,
    JSON_VALUE_INTEGER,
    JSON_VALUE_TEXT,
    JSON_VALUE_ARRAY,
    JSON_VALUE_OBJECT
};

struct json_value {
    enum json_value_kind kind;
    const char *name; /* in its object */
    const char *text; /* of a string, without quotes and with its escapes; of other scalars, as written; else "" */
    struct json_value *items;
    size_t count;
};

/* Return the value of the text, or NULL if it is not JSON. */
const struct json_value *json_value_parse(struct arena *arena, const char *text);

/* Return the member of an object, or NULL. */
const struct json_value *json_value_member(const struct json_value *object, const char *name);

#endif
