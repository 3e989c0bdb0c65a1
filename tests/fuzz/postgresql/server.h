/* A server that speaks PostgreSQL's protocol (https://www.postgresql.org/docs/15/protocol.html) and, by a seed, means
 * ill. It knows SQL as far as a statement's columns go. */
#ifndef FUZZ_POSTGRESQL_SERVER_H
#define FUZZ_POSTGRESQL_SERVER_H

#include <stdint.h>

struct server;

/* Listen on a socket in a separate folder. Exits the program on failure. */
struct server *server_start(void);

/* The URL that leads there. */
const char *server_url(const struct server *server);

/* Set what the connections that follow meet: 0 is an honest server. */
void server_set_seed(struct server *server, uint64_t seed);

/* Stop, wait for all connections to end, and remove the folder. */
void server_stop(struct server *server);

#endif
