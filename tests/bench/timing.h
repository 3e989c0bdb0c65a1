/* Times several sides of one workload beside each other. */
#ifndef BENCH_TIMING_H
#define BENCH_TIMING_H

#include "side.h"

/* What one side took, and how many times as long as it the last side did: both medians. The ratio is taken within each
 * round, so that what slows the machine for a while slows both. */
struct timing {
    double milliseconds;
    double ratio;
};

enum { SIDES_MAX = 5 };

/* Interleaved rounds: in each, every side is warmed and then timed. Ends the program where two sides have different
 * rows.
 *   timings   receives one for each side */
void timing_compare(const char *name, const char *url, size_t size, size_t rounds, const struct side *const *sides,
                    size_t count, struct timing *timings);

/* Loads a few times, the last time in timing_load, whose instructions alone a profiler may count. */
void timing_once(const struct side *side, const char *url, size_t size);
void timing_load(const struct side *side, void *state);

/* Nanoseconds of the monotonic clock. */
uint64_t timing_nanoseconds(void);

/* The number below which a share of the numbers lie: 0.5 is the median. Sorts them. */
double timing_quantile(double *numbers, size_t count, double share);

#endif
