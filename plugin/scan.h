/* Reads C headers with libclang: structs, members, attributes and canonical types. */
#ifndef ARMATURE_PLUGIN_SCAN_H
#define ARMATURE_PLUGIN_SCAN_H

#include "model.h"

/* Reads the set's headers as one translation unit, with clang's flags `flags`, and fills in models, other structs,
 * declared names and inclusions. Returns false where clang found errors; all are reported. */
bool scan_headers(struct model_set *set, const char *const *flags, size_t flag_count);

#endif
