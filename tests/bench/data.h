/* The benchmark's rows: the same on every machine and in every database. */
#ifndef BENCH_DATA_H
#define BENCH_DATA_H

#include "blog.h"

enum {
    USER_COUNT = 10000,
    POST_COUNT = 100000,
    PARENT_COUNT = 1000,
    LAZY_POST_COUNT = 1000,
    BOARD_COUNT = 1000,
    BOARDS_READ = 100,
    CHILDREN_OF_EACH = 5, /* a board's topics, and a topic's messages */
    TOPIC_COUNT = BOARD_COUNT * CHILDREN_OF_EACH,
    MESSAGE_COUNT = TOPIC_COUNT * CHILDREN_OF_EACH,
    DRAFT_COUNT = 10000
};

/* Both sides run it on their connection to SQLite, whose own 2 MB would have both wait for the file, not for their
 * code. */
#define DATA_PAGE_CACHE "PRAGMA cache_size = -65536"

/* Takes the rows, table after table. They live for the call alone. */
struct data_sink {
    void (*user)(void *payload, const struct user *user);
    void (*post)(void *payload, const struct post *post);
    void (*board)(void *payload, const struct board *board);
    void (*topic)(void *payload, const struct topic *topic);
    void (*message)(void *payload, const struct message *message);
    void *payload;
};
void data_generate(const struct data_sink *sink);

/* Creates tables and rows: a file, over what was there, or the tables of an empty database. Ends the program where that
 * fails. */
void data_create_sqlite(const char *url);
void data_create_postgresql(const char *url);

#endif
