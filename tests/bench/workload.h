/* What is measured: each workload in hand-written C, on sqlite3 or on libpq, and with Armature.
 *
 * A `load` is what the clock sees: it leaves the rows in memory, as a program would want them. The `checksum` walks
 * those rows afterwards, so that all sides prove that they have the same. */
#ifndef BENCH_WORKLOAD_H
#define BENCH_WORKLOAD_H

#include "blog.h"

#include <stdint.h>

struct side {
    void *(*open)(const char *url);
    void (*close)(void *side);
    void (*prepare)(void *side); /* before each load, out of the clock's sight; or NULL */
    void (*load)(void *side);
    uint64_t (*checksum)(void *side);
};

/* By hand, on SQLite: 10,000 rows of 5 columns; 1,000 users with 10 posts each; 1,000 posts, then the user of each. */
extern const struct side sqlite_rows, sqlite_tree, sqlite_lazy;

/* By hand, on PostgreSQL: the same rows and tree; 100 boards with 5 topics of 5 messages each, in as few round trips as
 * Armature's waves, and one statement after another. */
extern const struct side postgresql_rows, postgresql_tree, postgresql_levels, postgresql_levels_in_sequence;

/* Armature, on either. */
extern const struct side armature_rows, armature_tree, armature_lazy, armature_levels;
extern const struct side armature_insert_one_by_one, armature_insert_many;

/* Trees by a plan that was asked for. */
extern const struct side armature_tree_waves, armature_tree_one_trip, armature_levels_waves, armature_levels_one_trip;

/* Nanoseconds of one access to relations that are loaded already: a user's posts, and a post's user. */
struct access_times {
    double has_many;
    double belongs_to;
};
struct access_times armature_access(const char *url);

/* The file of a "sqlite:" URL. */
const char *bench_sqlite_path(const char *url);

/* Nanoseconds of the monotonic clock. */
uint64_t bench_nanoseconds(void);

/* Ends the program with the message: a benchmark that fails has nothing to tell. */
_Noreturn void bench_fail(const char *what, const char *message);

/* FNV-1a over every field of a row, behind the sum of the rows before it. */
uint64_t checksum_person(uint64_t sum, const struct person *person);
uint64_t checksum_user(uint64_t sum, const struct user *user);
uint64_t checksum_post(uint64_t sum, const struct post *post);
uint64_t checksum_board(uint64_t sum, const struct board *board);
uint64_t checksum_topic(uint64_t sum, const struct topic *topic);
uint64_t checksum_message(uint64_t sum, const struct message *message);
uint64_t checksum_draft(uint64_t sum, const struct draft *draft);

#endif
