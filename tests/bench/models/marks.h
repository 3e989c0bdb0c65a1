/* A million small rows, for measuring memory. */
#ifndef BENCH_MARKS_H
#define BENCH_MARKS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct mark {
    int64_t     id AR_PRIMARY_KEY;
    int64_t     made_at;
    const char *name;
} AR_TABLE(marks);

#endif
