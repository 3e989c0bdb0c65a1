/* Paths of relations by name, such as "posts.comments". */
#ifndef AR_PATH_H
#define AR_PATH_H

#include "base/error.h"

/* Check all segments of a path that starts at a query of `model`, `level` levels below the root, so that an invalid
 * path leaves the query unchanged. AR_MISUSE: a segment is not the name of a relation, or there are too many levels. */
enum ar_status ar_path_check(const struct ar_model *model, unsigned level, const char *path, struct failure *failure);

#endif
