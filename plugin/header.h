/* The paths of the given headers and of the files generated from them. */
#ifndef ARMATURE_PLUGIN_HEADER_H
#define ARMATURE_PLUGIN_HEADER_H

#include "model.h"

/* Set the headers of the set from the paths of the command line. Without base directories, the base of a header is its
 * own directory. Report headers that cannot be read, are outside all base directories, or have the same output. */
void header_find_all(struct model_set *set, const char *const *paths, size_t count, const char *const *bases,
                     size_t base_count);

#endif
