/* Reading from standbys: how far they are behind, and that a program reads there what it has written. */
#ifndef AR_REPLICA_H
#define AR_REPLICA_H

#include "driver/driver.h"

struct ar_db;
struct ar_session;

/* Where a server is in the database's history. */
struct position {
    uint64_t reached;
    bool is_standby;
};

/* Asks a connection's server, in one round trip that the observer is not told of. */
enum ar_status ar_position_ask(const struct ar_db *db, struct connection *connection, struct position *out,
                               struct failure *failure);

/* Whether the session reads from standbys: .replica asks for it, and the database has them. */
bool ar_replica_is_wanted(const struct ar_session *s);

/* To be called before a session reads, with its connection: sees to it that the connection's server has all that was
 * written before. Waits for it; where that takes too long, the session gets a connection to the primary instead. */
enum ar_status ar_replica_catch_up(struct ar_session *s);

/* Notes that a session may have committed something. To be called when it is done, well or not. */
void ar_replica_note_write(struct ar_db *db);

#endif
