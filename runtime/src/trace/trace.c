/* Traces of statements: the exchange of batches between threads. trace.h explains it. */
#include "trace/trace.h"

#include "base/clock.h"

#include <stdlib.h>

/* A batch is written at the latest with the first event after so many nanoseconds. */
static const uint64_t flush_interval = 1000000000;

struct trace *ar_trace_make(void)
{
    struct trace *trace = calloc(1, sizeof *trace);

    if (trace == NULL)
        return NULL;
    (void)pthread_mutex_init(&trace->mutex, NULL);
    (void)pthread_mutex_init(&trace->file_mutex, NULL);
    ar_failure_reset(&trace->failure);
    return trace;
}

static void lock_all(struct trace *trace)
{
    (void)pthread_mutex_lock(&trace->mutex);
    (void)pthread_mutex_lock(&trace->file_mutex);
}

static void unlock_all(struct trace *trace)
{
    (void)pthread_mutex_unlock(&trace->file_mutex);
    (void)pthread_mutex_unlock(&trace->mutex);
}

static void set_recording(struct trace *trace, bool is_recording)
{
    atomic_store_explicit(&trace->is_recording, is_recording, memory_order_relaxed);
}

static void free_batches(struct trace *trace)
{
    ar_batch_close(&trace->batches[0]);
    ar_batch_close(&trace->batches[1]);
}

/* Open the file and the batches, with both mutexes. */
static enum ar_status start(struct trace *trace, const char *path, const char *database, struct failure *failure)
{
    enum ar_status status;

    if (trace->is_open)
        return ar_fail(failure, AR_MISUSE, NULL, NULL,
                       "%s: the statements of this database are being recorded already: call ar_trace_close first",
                       path);
    status = ar_trace_file_open(&trace->file, path, database, failure);
    if (status != AR_OK)
        return status;
    if (!ar_batch_open(&trace->batches[0]) || !ar_batch_open(&trace->batches[1])) {
        free_batches(trace);
        ar_trace_file_close(&trace->file);
        return ar_fail_no_memory(failure);
    }
    ar_failure_reset(&trace->failure);
    trace->is_open = true;
    trace->filling = &trace->batches[0];
    trace->opened = trace->flushed = ar_monotonic_clock(NULL);
    set_recording(trace, true);
    return AR_OK;
}

enum ar_status ar_trace_start(struct trace *trace, const char *path, const char *database, struct failure *failure)
{
    enum ar_status status;

    lock_all(trace);
    status = start(trace, path, database, failure);
    unlock_all(trace);
    return status;
}

/* Write a batch, unless the trace has failed. The caller has locked the file. */
static void write_batch(struct trace *trace, struct trace_batch *batch, uint64_t opened)
{
    if (trace->failure.error.status == AR_OK &&
        ar_trace_file_write(&trace->file, batch, opened, &trace->failure) != AR_OK)
        set_recording(trace, false);
    ar_batch_clear(batch);
}

/* Write the rest, with both mutexes. */
static enum ar_status stop(struct trace *trace, struct failure *failure)
{
    struct failure ignored;

    set_recording(trace, false);
    write_batch(trace, trace->filling, trace->opened);
    if (trace->failure.error.status == AR_OK)
        (void)ar_trace_file_finish(&trace->file, NULL, &trace->failure);
    else
        (void)ar_trace_file_finish(&trace->file, trace->failure.error.message, &ignored);
    ar_trace_file_close(&trace->file);
    free_batches(trace);
    trace->is_open = false;
    if (trace->failure.error.status != AR_OK)
        ar_failure_restore(failure, &trace->failure);
    return trace->failure.error.status;
}

enum ar_status ar_trace_stop(struct trace *trace, struct failure *failure)
{
    enum ar_status status = AR_OK;

    lock_all(trace);
    if (trace->is_open)
        status = stop(trace, failure);
    unlock_all(trace);
    return status;
}

void ar_trace_free(struct trace *trace)
{
    struct failure ignored;

    if (trace == NULL)
        return;
    (void)ar_trace_stop(trace, &ignored);
    (void)pthread_mutex_destroy(&trace->mutex);
    (void)pthread_mutex_destroy(&trace->file_mutex);
    free(trace);
}

/* ---- Events ------------------------------------------------------------------------------------------------------ */

/* Let the other threads fill the other batch, and write this one. Unlocks the first mutex. */
static void flush(struct trace *trace, uint64_t now)
{
    struct trace_batch *batch = trace->filling;
    uint64_t opened = trace->opened;

    (void)pthread_mutex_lock(&trace->file_mutex);
    trace->filling = &trace->batches[batch == &trace->batches[0]];
    trace->flushed = now;
    (void)pthread_mutex_unlock(&trace->mutex);
    write_batch(trace, batch, opened);
    (void)pthread_mutex_unlock(&trace->file_mutex);
}

/* Stop the trace, because an event could not be copied. */
static void fail_no_memory(struct trace *trace)
{
    (void)pthread_mutex_lock(&trace->file_mutex);
    set_recording(trace, false);
    if (trace->failure.error.status == AR_OK)
        (void)ar_fail_no_memory(&trace->failure);
    (void)pthread_mutex_unlock(&trace->file_mutex);
}

/* Add an event. Unlocks the first mutex. */
static bool add(struct trace *trace, const struct trace_event *event, uint64_t now)
{
    bool is_added = ar_batch_add(trace->filling, event);

    if (!is_added)
        fail_no_memory(trace);
    if (is_added && (ar_batch_is_full(trace->filling) || now >= trace->flushed + flush_interval))
        flush(trace, now);
    else
        (void)pthread_mutex_unlock(&trace->mutex);
    return is_added;
}

/* Lock the first mutex if the trace is recording. */
static bool lock_if_recording(struct trace *trace)
{
    (void)pthread_mutex_lock(&trace->mutex);
    if (ar_trace_is_recording(trace))
        return true;
    (void)pthread_mutex_unlock(&trace->mutex);
    return false;
}

uint64_t ar_trace_add_statement(struct trace *trace, struct trace_event *event)
{
    if (!lock_if_recording(trace))
        return 0;
    if (event->started < trace->opened) { /* it was sent before this file was opened */
        (void)pthread_mutex_unlock(&trace->mutex);
        return 0;
    }
    if (event->session == 0)
        event->session = ++trace->sessions;
    event->statement = ++trace->statements;
    return add(trace, event, event->started + event->duration) ? event->statement : 0;
}

void ar_trace_add_read(struct trace *trace, uint64_t statement)
{
    const struct trace_event event = {.statement = statement};

    if (lock_if_recording(trace))
        (void)add(trace, &event, 0);
}
