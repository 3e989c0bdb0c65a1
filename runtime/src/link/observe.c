/* Reports of statements to the observer of a database. */
#include "link/observe.h"

#include "base/clock.h"

uint64_t ar_observe_start(const struct link *link)
{
    return link->db->observer != NULL ? ar_microseconds_now() : 0;
}

static void observe_one(const struct ar_db *db, const struct statement *statement, const struct outcome *outcome,
                        uint64_t started)
{
    const struct ar_event event = {
        .reason = statement->reason,
        .status = outcome->status,
        .sql = statement->sql,
        .model = statement->model,
        .relation = statement->relation,
        .rows = outcome->rows > 0 ? outcome->rows : outcome->changes,
        .microseconds = (outcome->finished > 0 ? outcome->finished : ar_microseconds_now()) - started,
    };

    db->observer(&event, db->observer_payload);
}

void ar_observe(const struct link *link, const struct statement *statements, const struct outcome *outcomes,
                size_t count, uint64_t started)
{
    for (size_t i = 0; i < count && link->db->observer != NULL; i++) {
        if (!outcomes[i].is_done)
            continue;
        observe_one(link->db, &statements[i], &outcomes[i], started);
        if (outcomes[i].finished > 0)
            started = outcomes[i].finished; /* each one starts at the end of the previous one */
    }
}
