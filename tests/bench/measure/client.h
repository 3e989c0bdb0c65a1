/* One thread of the multithreaded load: units of work as in a server, by hand or with Armature. */
#ifndef BENCH_CLIENT_H
#define BENCH_CLIENT_H

#include <stddef.h>
#include <stdint.h>

enum { CLIENTS_MAX = 8, CLIENT_TREE_USERS = 10 };

struct client {
    const char *name;
    void *(*open_all)(const char *url); /* create the state shared by all threads */
    void (*close_all)(void *shared);
    void *(*open)(const char *url, void *shared); /* create the state of one thread */
    void (*close)(void *state);
    int64_t (*find)(void *state, int64_t user);    /* return the user's age */
    int64_t (*tree)(void *state, int64_t first);   /* load ten users with their posts; return the number of posts */
    int64_t (*change)(void *state, int64_t draft); /* increment the views; return the new value */
};

extern const struct client client_armature, client_sqlite, client_postgresql;

#endif
