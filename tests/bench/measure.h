/* The parts of the benchmark. Each measures on one database, prints what the options want of it, and returns whether
 * every limit holds. */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include "report.h"
#include "workload.h"

struct measurement {
    enum database database;
    const char *url;
    size_t rounds;
    const char *only;    /* a part's or a workload's id, or NULL */
    const char *without; /* the same */
    struct report *report;
};

bool measure_wants(const struct measurement *measurement, const char *id);

/* W1 to W7, and single records. */
bool measure_workloads(const struct measurement *measurement);

/* Plans: the one that Armature chooses, beside those that it chooses from. */
bool measure_plans(const struct measurement *measurement);

/* Slow: a tree where a round trip takes 3 ms, beside one statement after another. */
bool measure_slow_trips(const struct measurement *measurement);

/* Sweep: W4 with 1 to 10,000 parents, beside each strategy. */
bool measure_sweep(const struct measurement *measurement);

/* W10: relations that are loaded. */
bool measure_access(const struct measurement *measurement);

/* M: bytes of memory per loaded record. To be called before anything else has used memory. */
bool measure_memory(const struct measurement *measurement);

/* Threads: throughput of 1 to 8 threads. */
bool measure_threads(const struct measurement *measurement);

#endif
