/* Adding to a header that a person has edited. */
#ifndef ARMATURE_PLUGIN_IMPORT_MERGE_H
#define ARMATURE_PLUGIN_IMPORT_MERGE_H

#include "import.h"

/* Plan the import, and add the tables, columns and relations that the header's models lack to it. Nothing else in the
 * file changes. Return an enum exit_status; errors are printed. */
int merge_header(struct import *import, const char *path, const char *const *flags, size_t flag_count);

/* Read the file, or set `error` to why it cannot be read, which is valid until the next call of the C library. Free the
 * text in any case. */
bool merge_read_file(const char *path, struct text *out, const char **error);

#endif
