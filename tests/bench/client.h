/* What one thread does to the database under a load of many: units of work of a server's kind, by hand or with
 * Armature. */
#ifndef BENCH_CLIENT_H
#define BENCH_CLIENT_H

#include <stddef.h>
#include <stdint.h>

enum { CLIENTS_MAX = 8, CLIENT_TREE_USERS = 10 };

struct client {
    const char *name;
    void *(*open_all)(const char *url); /* what the threads share */
    void (*close_all)(void *shared);
    void *(*open)(const char *url, void *shared); /* a thread's own */
    void (*close)(void *state);
    int64_t (*find)(void *state, int64_t user);    /* its age */
    int64_t (*tree)(void *state, int64_t first);   /* ten users from this one with their posts: how many posts */
    int64_t (*change)(void *state, int64_t draft); /* one more view: how many now */
};

extern const struct client client_armature, client_sqlite, client_postgresql;

#endif
