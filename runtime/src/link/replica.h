/* Reading from standbys without missing what was written before. */
#ifndef AR_REPLICA_H
#define AR_REPLICA_H

#include "link/link.h"

/* Must be called before a link with .replica reads: make sure that the server of its connection has everything that was
 * written before. Wait for it; if that takes too long, replace the connection with one to the primary. */
enum ar_status ar_replica_catch_up(struct link *link);

/* Must be called after a session may have committed something, whether or not it succeeded. */
void ar_replica_note_write(struct ar_db *db);

#endif
