/* Reports of statements to the observer of a database. */
#ifndef AR_OBSERVE_H
#define AR_OBSERVE_H

#include "link/link.h"

/* Return the monotonic time in microseconds, or 0 if there is no observer. */
uint64_t ar_observe_start(const struct link *link);

/* Report the statements that ran to the observer, if there is one.
 *   started   what ar_observe_start returned before they ran */
void ar_observe(const struct link *link, const struct statement *statements, const struct outcome *outcomes,
                size_t count, uint64_t started);

#endif
