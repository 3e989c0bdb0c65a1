/* Helpers for PostgreSQL tests: the server's URL, an administrator session, and threads that run one call. */
#ifndef TEST_SERVER_H
#define TEST_SERVER_H

#include "support.h"

#include <pthread.h>

/* Return ARMATURE_TEST_URL, followed by `more` (such as "&application_name=x", or ""). Valid until the next call. */
const char *server_url(const char *more);

/* A separate database and session, which kill_connections() does not affect. */
struct administrator {
    struct ar_db *db;
    struct ar_session *s;
};
void administrator_open(struct administrator *administrator);
void administrator_close(struct administrator *administrator);

/* Begin a transaction that blocks reads and writes of the table in other sessions until ar_rollback(). */
void lock_table(struct administrator *administrator, const char *table);

/* Wait until `count` connections with this application_name wait for a lock in the test database. */
void await_waiting(struct administrator *administrator, const char *name, int count);

/* Terminate the server processes of all connections with this application_name, and wait until they have ended. */
void kill_connections(struct administrator *administrator, const char *name);

/* A call in a separate thread. */
struct call {
    enum ar_status (*function)(void *payload);
    void *payload;
    enum ar_status status;
    pthread_t thread;
};
void call_start(struct call *call, enum ar_status (*function)(void *payload), void *payload);

/* Wait for the call to end, and return its status. */
enum ar_status call_finish(struct call *call);

#endif
