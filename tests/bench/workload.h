/* What is measured: workloads, each by hand and with Armature, and what the ratio may be. */
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
    size_t rows; /* that one load reads or writes */
    const struct side *armature;
    const struct side *references[REFERENCES_MAX]; /* the best of them counts */
    double limit;                                  /* of the ratio; 0: none */
};

/* Each ends with a workload without id. */
extern const struct workload workloads[];

/* The plan of a tree that Armature chooses on PostgreSQL, beside the plans that it chooses from. */
extern const struct workload plan_workloads[];

/* Trees where a round trip takes 3 ms, on PostgreSQL. */
extern const struct workload slow_workloads[];

/* "sqlite" or "postgresql". */
const char *database_name(enum database database);

#endif
