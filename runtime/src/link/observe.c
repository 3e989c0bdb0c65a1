/* Reports of statements to the observer and the trace of a database. */
#include "link/observe.h"

#include "base/clock.h"
#include "trace/trace.h"

static struct trace *trace_of(const struct ar_db *db)
{
    return atomic_load_explicit(&db->trace, memory_order_acquire);
}

uint64_t ar_observe_start(const struct link *link)
{
    bool is_observed = link->db->observer != NULL || ar_trace_is_recording(trace_of(link->db));

    return is_observed ? ar_monotonic_clock(NULL) : 0;
}

static void call_observer(const struct ar_db *db, const struct statement *statement, const struct outcome *outcome,
                          uint64_t duration)
{
    const struct ar_event event = {
        .reason = statement->reason,
        .status = outcome->status,
        .sql = statement->sql,
        .model = statement->model,
        .relation = statement->relation,
        .rows = outcome->rows > 0 ? outcome->rows : outcome->changes,
        .microseconds = duration / 1000,
    };

    if (db->observer != NULL)
        db->observer(&event, db->observer_payload);
}

static void record(struct link *link, struct trace *trace, const struct statement *statement,
                   const struct outcome *outcome, uint64_t started, uint64_t finished)
{
    struct trace_event event = {
        .session = link->traced_as,
        .sql = statement->sql,
        .model = statement->model,
        .relation = statement->relation,
        .started = started,
        .duration = finished - started,
        .rows = outcome->rows > 0 ? outcome->rows : outcome->changes,
        .reason = statement->reason,
        .status = outcome->status,
        .loads = statement->traced != NULL,
    };
    uint64_t number = ar_trace_add_statement(trace, &event);

    link->traced_as = event.session;
    if (statement->traced != NULL)
        *statement->traced = number;
}

void ar_observe(struct link *link, const struct statement *statements, const struct outcome *outcomes, size_t count,
                uint64_t started)
{
    struct trace *trace = trace_of(link->db);

    for (size_t i = 0; i < count && started > 0; i++) {
        uint64_t finished = outcomes[i].finished;
        if (!outcomes[i].is_done)
            continue;
        if (finished == 0)
            finished = ar_monotonic_clock(NULL);
        call_observer(link->db, &statements[i], &outcomes[i], finished - started);
        if (ar_trace_is_recording(trace))
            record(link, trace, &statements[i], &outcomes[i], started, finished);
        if (outcomes[i].finished > 0)
            started = finished; /* each one starts at the end of the previous one */
    }
}
