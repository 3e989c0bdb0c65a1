/* The check of what import writes: the tool reads it, as `armature check` does. */
#ifndef ARMATURE_PLUGIN_IMPORT_VERIFY_H
#define ARMATURE_PLUGIN_IMPORT_VERIFY_H

#include "write.h"

/* Write the header into *out by calling `write` until the tool accepts it, each time without what it refused. `flags`
 * are for clang. Print errors that are not about what is written, and return false. */
bool import_verify(struct import *import, struct import_text *out, const char *const *flags, size_t flag_count,
                   void (*write)(struct import_text *out, struct import *import, void *data), void *data);

#endif
