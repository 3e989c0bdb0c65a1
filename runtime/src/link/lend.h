/* Lending: two sessions on one connection, of which one has it at a time.
 *
 * A stream (read/each.c) delivers its chunks in a session of their own, whose records are freed after each chunk. That
 * session borrows the link of the query's session: the connection, the open transaction and the snapshot. Meanwhile,
 * the lender has no connection, and every statement of it fails (ar_link_connect). The borrower can begin and end
 * savepoints, but not the transaction of the lender, of which it knows the depth (`outer_depth`). Outside a
 * transaction, it reads one state of the database, as with .snapshot. */
#ifndef AR_LEND_H
#define AR_LEND_H

#include "link/link.h"

/* Move the connection to `borrower`, which has been initialized and has none. */
void ar_link_lend(struct link *link, struct link *borrower);

/* Move it back, and end the snapshot that the borrower has begun. Return true if the borrower may have written. */
bool ar_link_take_back(struct link *link, struct link *borrower);

/* Return true if the link has lent its connection, or borrowed it. */
static inline bool ar_link_is_shared(const struct link *link)
{
    return link->borrower != NULL || link->is_borrower;
}

#endif
