/* The connection of a link: taken from a pool when first needed, and returned to it. */
#ifndef AR_CONNECTION_H
#define AR_CONNECTION_H

#include "link/link.h"

/* The statement that ends a snapshot. */
extern const struct statement ar_snapshot_end;

/* Take a connection, unless the link has one. */
enum ar_status ar_link_connect(struct link *link);

/* Replace the connection with one to the primary. */
enum ar_status ar_link_connect_to_primary(struct link *link);

/* End the snapshot, if the link has one; the next read begins another. If that fails, give the connection up; the link
 * then has none. */
void ar_link_leave_snapshot(struct link *link);

/* Give the connection up, and with it whatever is open on it. The next statement takes another. */
void ar_link_disconnect(struct link *link);

/* Forget a connection of the parent process, to which everything that is open on it belongs: send nothing. */
void ar_link_forget(struct link *link);

/* Cancel the running statement. May be called from any thread. */
void ar_link_interrupt(struct link *link);

#endif
