/* A queue of jobs, which workers take. */
#ifndef SCENARIO_JOBS_H
#define SCENARIO_JOBS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct job {
    int64_t id AR_PRIMARY_KEY;
    int32_t priority;
    int64_t worker AR_NULLABLE;
    int64_t times_taken;
} AR_TABLE(jobs)
  AR_HAS_MANY(steps, job_id, job, .target = step);

struct step {
    int64_t job_id AR_PRIMARY_KEY;
    int64_t number AR_PRIMARY_KEY;
} AR_TABLE(steps)
  AR_BELONGS_TO(job, job_id, steps);

#endif
