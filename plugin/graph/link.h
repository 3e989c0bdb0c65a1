/* URLs of structs in headers. */
#ifndef ARMATURE_PLUGIN_GRAPH_LINK_H
#define ARMATURE_PLUGIN_GRAPH_LINK_H

#include "model.h"

/* Return the URL of the model's struct, "tracker.h#L20": relative to the directory, or the header as it was given if
 * `directory` is NULL. */
const char *link_to_header(const struct model_set *set, const struct model *model, const char *directory);

#endif
