/* The models of the benchmark: users, their posts, and five columns of the users alone, which a view gives; a tree of
 * three levels; and drafts, which are inserted: their table has no index but its key and refers to no other, because
 * what the database does for those is the same however rows are inserted. */
#ifndef BENCH_BLOG_H
#define BENCH_BLOG_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct user {
    int64_t     id AR_PRIMARY_KEY;
    const char *name;
    const char *email;
    const char *hair_color;
    int32_t     age;
    double      score;
    bool        active;
    time_t      created_at;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, user);

struct post {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     user_id;
    const char *title;
    const char *body;
    int64_t     views;
    time_t      created_at;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts);

struct person {
    int64_t     id AR_PRIMARY_KEY;
    const char *name;
    const char *email;
    int32_t     age;
    double      score;
} AR_TABLE(people);

struct board {
    int64_t     id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(boards)
  AR_HAS_MANY(topics, board_id, board);

struct topic {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     board_id;
    const char *title;
    int64_t     views;
    time_t      created_at;
} AR_TABLE(topics)
  AR_BELONGS_TO(board, board_id, topics)
  AR_HAS_MANY(messages, topic_id, topic);

struct message {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     topic_id;
    const char *author;
    const char *text;
    time_t      created_at;
} AR_TABLE(messages)
  AR_BELONGS_TO(topic, topic_id, messages);

struct draft {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     user_id;
    const char *title;
    const char *body;
    int64_t     views;
    time_t      created_at;
} AR_TABLE(drafts);

#endif
