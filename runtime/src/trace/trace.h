/* A trace: the statements of a database, collected in memory and written to a file in batches.
 *
 * There are two batches. Threads add events to one of them under a mutex. Who fills it exchanges the batches and writes
 * the full one under a second mutex, while other threads go on adding. If they fill theirs before the file is written,
 * they wait for it. The second mutex is locked while the first one is held, never the other way round.
 *
 * A trace belongs to a database and is freed with it, so that sessions may refer to it at any time. Statements and
 * sessions are numbered for the life of the database, not of a file: what a session knows of an earlier file cannot be
 * mistaken for something in the present one.
 *
 * The first failure stops the trace. It is returned when the trace is closed. */
#ifndef AR_TRACE_H
#define AR_TRACE_H

#include "base/error.h"
#include "trace/batch.h"
#include "trace/file.h"

#include <pthread.h>
#include <stdatomic.h>

struct trace {
    atomic_bool is_recording; /* it is open, and nothing has failed */
    pthread_mutex_t mutex;    /* guards the following members, and is_recording while it is set */
    bool is_open;
    struct trace_batch *filling; /* one of the two */
    uint64_t statements;         /* the number of the last one */
    uint64_t sessions;           /* the number of the last one */
    uint64_t opened;             /* when, by the monotonic clock */
    uint64_t flushed;            /* when a batch was last written */

    pthread_mutex_t file_mutex; /* guards the following members */
    struct trace_batch batches[2];
    struct trace_file file;
    struct failure failure; /* the first one; AR_OK if nothing has failed */
};

/* Return a trace that is not open, or NULL if out of memory. */
struct trace *ar_trace_make(void);

/* Open the trace. `database` is the name of the database's dialect. */
enum ar_status ar_trace_start(struct trace *trace, const char *path, const char *database, struct failure *failure);

/* Write the rest and close the file. Return why the trace has stopped, if it has. */
enum ar_status ar_trace_stop(struct trace *trace, struct failure *failure);

/* Stop the trace and free it; NULL: do nothing. */
void ar_trace_free(struct trace *trace);

static inline bool ar_trace_is_recording(const struct trace *trace)
{
    return trace != NULL && atomic_load_explicit(&trace->is_recording, memory_order_relaxed);
}

/* Record a statement. Strings are copied. If event->session is 0, it is set to a new number. Return the number of the
 * statement; 0 if the trace has stopped. */
uint64_t ar_trace_add_statement(struct trace *trace, struct trace_event *event);

/* Record that what a statement has loaded was read. */
void ar_trace_add_read(struct trace *trace, uint64_t statement);

#endif
