/* The parts of the benchmark. Each measures one database, prints the selected results, and returns true if no limit is
 * exceeded. */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include "report.h"
#include "workload.h"

struct measurement {
    enum database database;
    const char *url;
    size_t rounds;
    const char *only;    /* the id of a part or workload, or NULL */
    const char *without; /* likewise */
    double lowest_limit; /* limits below are raised to it */
    struct report *report;
};

bool measure_wants(const struct measurement *measurement, const char *id);

/* W1 to W7, and single records. */
bool measure_workloads(const struct measurement *measurement);

/* Plans: the plan that Armature chooses, compared with all candidates. */
bool measure_plans(const struct measurement *measurement);

/* Pages with few keys on PostgreSQL, compared with C in its natural form, and in the fastest one. */
bool measure_pages(const struct measurement *measurement);

/* Slow: trees with slow round trips, through a proxy. */
bool measure_slow_trips(const struct measurement *measurement);

/* Sweep: W4 with 1 to 10,000 parents, compared with each strategy. */
bool measure_sweep(const struct measurement *measurement);

/* W10: access to loaded relations. */
bool measure_access(const struct measurement *measurement);

/* M: bytes of memory per loaded record, and what a clear keeps. Call it first, before other parts allocate memory. */
bool measure_memory(const struct measurement *measurement);

/* Threads: throughput with 1 to 8 threads. */
bool measure_threads(const struct measurement *measurement);

#endif
