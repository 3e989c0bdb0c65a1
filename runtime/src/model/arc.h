/* AR_BELONGS_TO_ONE_OF: the foreign keys of a record of which exactly one must be set. */
#ifndef AR_ARC_H
#define AR_ARC_H

#include "base/error.h"
#include "model/key.h"

/* Find the variant whose foreign key is set: *out is its index, or the number of variants if there is none. If there
 * are several, return AR_INVALID. */
enum ar_status ar_arc_find(const struct ar_union *arc, const void *record, struct failure *failure, size_t *out);

/* Check that exactly one foreign key is set. Otherwise return AR_INVALID. */
enum ar_status ar_arc_check(const struct ar_union *arc, const void *record, struct failure *failure);

/* Return the arc to which the foreign key belongs, or NULL. */
const struct ar_union *ar_arc_of(struct key_columns foreign);

#endif
