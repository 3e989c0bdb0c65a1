/* A server that speaks PostgreSQL's protocol (https://www.postgresql.org/docs/15/protocol.html) and misbehaves at
 * random, controlled by a seed. The only SQL it understands is the columns of a statement. */
#ifndef FUZZ_POSTGRESQL_SERVER_H
#define FUZZ_POSTGRESQL_SERVER_H

#include <stdint.h>

struct server;

/* Listen on a socket in a separate folder. Exit the program on failure. */
struct server *server_start(void);

/* Return the URL of the server. */
const char *server_url(const struct server *server);

/* Set the seed of the following connections; with 0 the server does not misbehave. */
void server_set_seed(struct server *server, uint64_t seed);

/* Stop the server, wait for all connections to end, and remove the folder. */
void server_stop(struct server *server);

#endif
