/* Workloads: each is measured by hand and with Armature, and has a limit for the ratio. */
#ifndef BENCH_WORKLOAD_H
#define BENCH_WORKLOAD_H

#include "side.h"

enum { REFERENCES_MAX = 3 };
enum database { SQLITE, POSTGRESQL };

struct workload {
    const char *id;
    enum database database;
    const char *title;
    size_t size;
    size_t rows; /* read or written by one load */
    const struct side *armature;
    const struct side *references[REFERENCES_MAX]; /* Armature is compared with the best one */
    double limit;                                  /* for the ratio; 0 if there is none */
};

/* Terminated by a workload without id, like the tables below. */
extern const struct workload workloads[];

/* Trees on PostgreSQL: the plan that Armature chooses, compared with all candidates. */
extern const struct workload plan_workloads[];

/* Pages on PostgreSQL: two references, C in its natural form and in the fastest one. The limit is for the first one. */
extern const struct workload page_workloads[];

/* Trees on PostgreSQL with slow round trips, through a proxy. */
struct slow_workload {
    struct workload workload;
    unsigned delay; /* of a round trip, in microseconds */
};
extern const struct slow_workload slow_workloads[];

/* "sqlite" or "postgresql". */
const char *database_name(enum database database);

#endif
