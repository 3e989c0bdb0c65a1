/* Deletes of rows by the rules of their own model: hooks, and what depends on them in turn. */
#ifndef AR_DESTROY_H
#define AR_DESTROY_H

#include "write/deletion.h"

/* Destroy the rows of a relation in chunks, so that any number of them needs the memory of a few.
 *   owners   the rows that will be deleted afterwards
 *   keys     of the owners, in the columns of the relation */
enum ar_status ar_destroy(const struct deletion *deletion, const struct owners *owners,
                          const struct ar_relation *relation, const struct key_set *keys);

#endif
