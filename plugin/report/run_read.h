/* A recorded run: the file that ar_trace_open writes (docs/report.md), read and summed up. */
#ifndef ARMATURE_PLUGIN_REPORT_RUN_READ_H
#define ARMATURE_PLUGIN_REPORT_RUN_READ_H

#include "memory.h"

#include <stdbool.h>
#include <stdint.h>

/* A session that runs one text at least so often may do the same work in one statement. */
enum { RUN_REPEATS = 5 };

/* Statements with the same text, reason, model and relation. */
struct run_group {
    const char *sql, *reason, *model, *relation;    /* model and relation may be NULL */
    uint64_t count, failures, rows, total, longest; /* times in nanoseconds */
};

/* One statement. */
struct run_statement {
    const char *sql, *reason, *model, *relation;
    uint64_t number, session, started, duration, rows;
};

/* A text that one session ran several times. */
struct run_repeat {
    const char *sql, *reason, *model, *relation;
    uint64_t sessions; /* that repeated it */
    uint64_t most;     /* times in one session */
    uint64_t count, total;
};

/* A relation whose loads were never read. */
struct run_unread {
    const char *relation, *reason;
    uint64_t loads, unread, rows, total; /* rows and time of those never read */
};

struct run_failure {
    const char *sql, *status, *reason;
    uint64_t count;
};

/* Time by reason. */
struct run_reason {
    const char *name;
    uint64_t count, total;
};

struct run {
    const char *armature, *database;           /* the version of the runtime, and the name of the dialect */
    const char *opened_at, *closed_at, *error; /* closed_at and error may be NULL */
    uint64_t count, sessions, rows, total;
    struct run_reason *reasons;
    size_t reason_count;
    struct run_group *groups; /* the one that took longest is first */
    size_t group_count;
    struct run_statement *slowest;
    size_t slowest_count;
    struct run_repeat *repeats;
    size_t repeat_count;
    struct run_unread *unread;
    size_t unread_count;
    struct run_failure *failures;
    size_t failure_count;
};

/* Read the file. Return NULL if it is not a trace, or cannot be read, and set *error to the reason. */
struct run *run_read(struct arena *arena, const char *path, const char **error);

#endif
