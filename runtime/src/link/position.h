/* WAL positions: how far a server has come in the history of its database. */
#ifndef AR_POSITION_INTERNAL_H
#define AR_POSITION_INTERNAL_H

#include "driver/driver.h"
#include "link/token.h"

/* What is known of a server. */
struct position {
    struct place at; /* of a standby: what it has replayed */
    bool is_standby;
    int64_t age_ms; /* of a standby: the time since the last transaction that it has replayed was committed */
};

/* Return the statement that queries a server's position. The driver has one unless dialect.position is NULL. */
struct statement ar_position_statement(const struct driver *driver, struct position *out);

/* Query the position of a connection's server, in one round trip that is not reported to the observer. */
enum ar_status ar_position_query(const struct driver *driver, struct connection *connection, struct position *out,
                                 struct failure *failure);

/* Return AR_MISUSE if the position of the connection's server says nothing about the rows of other servers. */
enum ar_status ar_position_check_engine(const struct driver *driver, const struct connection *connection,
                                        struct failure *failure);

/* Return true if the server has reached the token's place in its system, if the token has one. */
bool ar_position_has_reached(const struct position *server, const struct ar_position *token);

#endif
