/* What the tests of PostgreSQL share: their server's URL, an administrator's session beside those under test, and
 * threads that run one call. */
#ifndef TEST_SERVER_H
#define TEST_SERVER_H

#include "support.h"

#include <pthread.h>

/* The URL that the tests were given, with `more` (as "&application_name=x", or "") behind it. Lives until the next
 * call. */
const char *server_url(const char *more);

/* A database and session of its own, which no kill meets. */
struct administrator {
    struct ar_db *db;
    struct ar_session *s;
};
void administrator_open(struct administrator *administrator);
void administrator_close(struct administrator *administrator);

/* Begins a transaction that lets nobody else read or write the table, until ar_rollback. */
void lock_table(struct administrator *administrator, const char *table);

/* Waits until so many connections of the tests' database, whose application_name is `name`, wait for a lock. */
void await_waiting(struct administrator *administrator, const char *name, int count);

/* Ends the server processes of all connections whose application_name is `name`, and waits until they are gone. */
void kill_connections(struct administrator *administrator, const char *name);

/* A call in a thread of its own. */
struct call {
    enum ar_status (*function)(void *payload);
    void *payload;
    enum ar_status status;
    pthread_t thread;
};
void call_start(struct call *call, enum ar_status (*function)(void *payload), void *payload);

/* Waits for its end, and returns what it returned. */
enum ar_status call_finish(struct call *call);

#endif
