/* Reports of statements to the observer and the trace of a database. */
#ifndef AR_OBSERVE_H
#define AR_OBSERVE_H

#include "link/link.h"

/* Return the monotonic time in nanoseconds, or 0 if there is neither an observer nor a trace. */
uint64_t ar_observe_start(const struct link *link);

/* Report the statements that ran to the observer and the trace, if they exist.
 *   started   what ar_observe_start returned before they ran */
void ar_observe(struct link *link, const struct statement *statements, const struct outcome *outcomes, size_t count,
                uint64_t started);

#endif
