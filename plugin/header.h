/* Where the headers given are, and what is generated from each. */
#ifndef ARMATURE_PLUGIN_HEADER_H
#define ARMATURE_PLUGIN_HEADER_H

#include "model.h"

/* Fills in the set's headers from the paths of the command line. Without base directories a header's own directory is
 * its base. Reports headers that are not there, lie in no base directory, or would be generated to the same place. */
void header_find_all(struct model_set *set, const char *const *paths, size_t count, const char *const *bases,
                     size_t base_count);

#endif
