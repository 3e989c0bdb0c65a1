/* A batch of events of a trace, in memory, each SQL text once. */
#ifndef AR_BATCH_H
#define AR_BATCH_H

#include "base/arena.h"

#include <armature/db.h>

#include <stdbool.h>
#include <stdint.h>

/* A batch is full when it has so many events, or texts of so many bytes. */
enum { AR_BATCH_EVENTS = 1024, AR_BATCH_TEXT = 256 << 10 };

/* One SQL text of a batch. */
struct trace_text {
    uint64_t hash;
    const char *text; /* NULL: a free slot */
    int64_t id;       /* in the file; 0 until it is written */
};

/* A statement that has run or, if `sql` is NULL, the news that what an earlier one has loaded was read. */
struct trace_event {
    uint64_t statement;
    uint64_t session;
    const char *sql;
    struct trace_text *text; /* the batch's copy of `sql` */
    const struct ar_model *model;
    const struct ar_relation *relation;
    uint64_t started; /* by the monotonic clock, in nanoseconds, like `duration` */
    uint64_t duration;
    uint64_t rows;
    enum ar_reason reason;
    enum ar_status status;
    bool loads; /* a relation that the program may read or not */
};

/* All zero is a batch without memory. */
struct trace_batch {
    struct trace_event *events; /* AR_BATCH_EVENTS */
    struct trace_text *texts;   /* a hash table of twice as many */
    size_t count;
    struct arena memory; /* of the texts */
};

/* Allocate the memory of a batch. Return false if out of memory. */
bool ar_batch_open(struct trace_batch *batch);

void ar_batch_close(struct trace_batch *batch);

/* Remove all events. */
void ar_batch_clear(struct trace_batch *batch);

/* Add an event; its text is copied. Return false if out of memory. The batch is not full. */
bool ar_batch_add(struct trace_batch *batch, const struct trace_event *event);

static inline bool ar_batch_is_full(const struct trace_batch *batch)
{
    return batch->count == AR_BATCH_EVENTS || batch->memory.size > AR_BATCH_TEXT;
}

#endif
