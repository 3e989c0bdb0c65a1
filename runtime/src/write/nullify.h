/* .dependent = nullify: the rows of a relation lose their owners, which are deleted. */
#ifndef AR_NULLIFY_H
#define AR_NULLIFY_H

#include "write/deletion.h"

/* Set the foreign keys of the rows that belong to the owners to NULL, and the types of those that have one. If the
 * owners are deleted by a time, they no longer count the rows.
 *   keys   of the owners */
enum ar_status ar_nullify(const struct deletion *deletion, const struct owners *owners,
                          const struct ar_relation *relation, const struct key_set *keys);

#endif
