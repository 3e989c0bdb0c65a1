/* What is measured: each workload once in hand-written C on sqlite3, once with Armature.
 *
 * A `load` is what the clock sees: it leaves the rows in memory, as a program would want them. The `checksum` walks
 * those rows afterwards, so that both sides prove that they read the same. */
#ifndef BENCH_WORKLOAD_H
#define BENCH_WORKLOAD_H

#include "blog.h"

#include <stdint.h>

struct side {
    void *(*open)(const char *path);
    void (*close)(void *side);
    void (*load)(void *side);
    uint64_t (*checksum)(void *side);
};

struct workload {
    const char *name;
    struct side hand_written;
    struct side armature;
};

/* 10,000 rows of 5 columns; 1,000 parents with 10 children each; 1,000 posts, then the user of each. */
extern const struct side hand_written_rows, hand_written_tree, hand_written_lazy;
extern const struct side armature_rows, armature_tree, armature_lazy;

/* Nanoseconds of one access to relations that are loaded already: a user's posts, and a post's user. */
struct access_times {
    double has_many;
    double belongs_to;
};
struct access_times armature_access(const char *path);

/* Nanoseconds of the monotonic clock. */
uint64_t bench_nanoseconds(void);

/* Ends the program with the message: a benchmark that fails has nothing to tell. */
_Noreturn void bench_fail(const char *what, const char *message);

/* FNV-1a over every field of a row, behind the sum of the rows before it. */
uint64_t checksum_person(uint64_t sum, const struct person *person);
uint64_t checksum_user(uint64_t sum, const struct user *user);
uint64_t checksum_post(uint64_t sum, const struct post *post);

#endif
