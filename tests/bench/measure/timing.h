/* Time several sides of one workload in interleaved rounds. */
#ifndef BENCH_TIMING_H
#define BENCH_TIMING_H

#include "side.h"

/* The time of one side, and the ratio of the last side's time to it; both are medians. The ratio is computed for each
 * round, so that a temporary slowdown of the machine affects both sides. */
struct timing {
    double milliseconds;
    double ratio;
};

enum { SIDES_MAX = 5 };

/* In each round, warm up and time every side. Exit if two sides have different rows.
 *   timings   receives one entry per side */
void timing_compare(const char *name, const char *url, size_t size, size_t rounds, const struct side *const *sides,
                    size_t count, struct timing *timings);

/* Load a few times, the last time in timing_load(), so that a profiler can count only this call. */
void timing_once(const struct side *side, const char *url, size_t size);
void timing_load(const struct side *side, void *state);

/* Return the monotonic clock in nanoseconds. */
uint64_t timing_nanoseconds(void);

/* Return the quantile of the numbers: 0.5 is the median. Sort the numbers. */
double timing_quantile(double *numbers, size_t count, double share);

#endif
