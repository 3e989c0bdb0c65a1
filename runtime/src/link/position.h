/* WAL positions: how far a server has come in the history of its database. */
#ifndef AR_POSITION_H
#define AR_POSITION_H

#include "driver/driver.h"

struct position {
    uint64_t reached;
    bool is_standby;
};

/* Return the statement that queries a server's position. The driver has one unless dialect.position is NULL. */
struct statement ar_position_statement(const struct driver *driver, struct position *out);

/* Query the position of a connection's server, in one round trip that is not reported to the observer. */
enum ar_status ar_position_query(const struct driver *driver, struct connection *connection, struct position *out,
                                 struct failure *failure);

#endif
