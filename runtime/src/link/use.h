/* Detection of the misuse of databases, in builds without NDEBUG: which sessions are open, and which were closed.
 *
 * A closed session is kept for a while as a tombstone in its database, so that it can be distinguished from an open
 * one. A database that is closed first is freed with its last session. */
#ifndef AR_LINK_USE_H
#define AR_LINK_USE_H

struct ar_session;

#ifndef NDEBUG

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum { AR_TOMBSTONES = 64 };

struct db_use {
    pthread_mutex_t mutex;
    size_t session_count; /* of open sessions */
    bool is_closed;
    struct ar_session *closed[AR_TOMBSTONES]; /* the last ones; the next is stored at `next` */
    size_t next;
    void (*free_session)(struct ar_session *s); /* frees a tombstone; set with the first */
};

void ar_db_use_open(struct db_use *use);

/* Close the database. Return false if sessions are open; it must then be freed with the last of them. */
bool ar_db_use_close(struct db_use *use);

bool ar_db_use_is_closed(struct db_use *use);

void ar_db_use_add_session(struct db_use *use);

/* Keep a closed session as a tombstone, and free the oldest one. Return true if it was the last session of a closed
 * database, which must be freed now. */
bool ar_db_use_remove_session(struct db_use *use, struct ar_session *s, void (*free_session)(struct ar_session *s));

/* Free the tombstones. */
void ar_db_use_free(struct db_use *use);

#endif
#endif
