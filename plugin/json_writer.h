/* JSON, written value by value, with two spaces for each level.
 *
 * Each function takes the name of the value in its object; NULL if the value is an item of an array, or the whole text.
 * Strings may have any bytes: what is not UTF-8 becomes U+FFFD, and nothing in a string ends a <script> of HTML. */
#ifndef ARMATURE_PLUGIN_JSON_WRITER_H
#define ARMATURE_PLUGIN_JSON_WRITER_H

#include "output.h"

#include <stdint.h>

/* How the values of an object or array are laid out. */
enum json_layout {
    JSON_LINES, /* each on a line; an empty object or array is on one line */
    JSON_LINE   /* all on one line, with everything inside */
};

/* Set `out`, and leave the rest zeroed. */
struct json {
    struct text *out;
    unsigned depth;
    unsigned line_depth; /* that of the outermost object or array on one line; 0: none is open */
    bool has_values;     /* the innermost object or array is not empty */
};

void json_open_object(struct json *json, const char *name, enum json_layout layout);
void json_close_object(struct json *json);
void json_open_array(struct json *json, const char *name, enum json_layout layout);
void json_close_array(struct json *json);

/* Write a string, or null if `value` is NULL. */
void json_add_text(struct json *json, const char *name, const char *value);
void json_add_integer(struct json *json, const char *name, int64_t value);
void json_add_bool(struct json *json, const char *name, bool value);

/* End the text with a newline. All objects and arrays must be closed. */
void json_end(struct json *json);

/* Add a string with its quotes. */
void json_print_text(struct text *out, const char *value);

#endif
