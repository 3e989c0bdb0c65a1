/* Reads the structs, fields and attributes of C headers with libclang. */
#ifndef ARMATURE_PLUGIN_SCAN_H
#define ARMATURE_PLUGIN_SCAN_H

#include "model.h"

/* Read the set's headers as one translation unit with clang's flags `flags`, and fill in models, other structs,
 * misplaced attributes, declared names and inclusions. Report clang's errors. Return false if clang stopped before the
 * end. */
bool scan_headers(struct model_set *set, const char *const *flags, size_t flag_count);

#endif
