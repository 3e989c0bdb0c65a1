/* Paths of armature/json.h. */
#ifndef AR_JSON_PATH_H
#define AR_JSON_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A step of a path: a name, or an index. */
struct json_step {
    const char *name; /* `size` bytes; NULL: the index */
    size_t size;
    uint32_t index;
};

/* Parse the next step of a path, and move *at past it. Return false at the end of the path, or at something that is not
 * a step, where *at remains. `is_first`: no dot precedes a name. */
bool ar_json_path_next(const char **at, bool is_first, struct json_step *out);

/* Return true if the whole path consists of steps. */
bool ar_json_path_is_valid(const char *path);

#endif
