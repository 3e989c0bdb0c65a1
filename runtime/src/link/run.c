/* The one path on which statements run. */
#include "link/run.h"

#include "link/connection.h"
#include "link/observe.h"
#include "link/replica.h"
#include "link/shard.h"
#include "link/snapshot.h"

#include <string.h>

const char ar_commit_sql[] = "COMMIT";

enum ar_status ar_run_check_transaction(struct link *link)
{
    if (!link->transaction.is_broken)
        return AR_OK;
    return ar_fail(link->failure, AR_MISUSE, NULL, NULL,
                   "the database has rolled this transaction back after an earlier failure: call ar_rollback");
}

bool ar_run_may_repeat(const struct link *link, enum ar_status status)
{
    return status != AR_OK && link->failure->is_outdated && link->transaction.depth == 0;
}

void ar_run_note_failure(struct link *link)
{
    const struct driver *driver = link->db->driver;

    ar_link_leave_snapshot(link);
    if (link->transaction.depth > 0 && !driver->in_transaction(link->connection))
        link->transaction.is_broken = true;
    /* The next statement outside a transaction takes another connection. */
    if (link->connection == NULL || link->transaction.depth > 0 || driver->in_transaction(link->connection) ||
        driver->is_usable(link->connection))
        return;
    ar_link_disconnect(link);
}

/* Take a connection that sees what was written before. */
static enum ar_status prepare_to_run(struct link *link)
{
    enum ar_status status = ar_run_check_transaction(link);

    if (status == AR_OK)
        status = ar_link_connect(link);
    return status == AR_OK && link->options.replica ? ar_replica_catch_up(link) : status;
}

/* Count writes for sessions that read from standbys, as soon as they may be committed. */
static void note_write(struct link *link, bool has_written)
{
    link->has_written |= has_written;
    if (!link->has_written || link->db->driver->in_transaction(link->connection))
        return;
    link->has_written = false;
    link->write_count++;
    ar_replica_note_write(link->db);
}

/* ---- Unknown outcomes -------------------------------------------------------------------------------------------- */

/* Return true if the statement may write. Writes also read, for the same reason. */
static bool may_write(const struct statement *statement)
{
    return statement->reason == AR_REASON_SAVE &&
           (statement->has_dollars || strncmp(statement->sql, "SELECT", strlen("SELECT")) != 0);
}

/* Return true if the statements may have committed something: by COMMIT, or outside of a transaction by their end. */
static bool may_have_committed(const struct link *link, const struct statement *statements, size_t count)
{
    bool is_in_transaction = link->transaction.depth > 0;

    for (size_t i = 0; i < count; i++) {
        bool is_control = statements[i].reason == AR_REASON_TRANSACTION;
        if (is_in_transaction ? is_control && strcmp(statements[i].sql, ar_commit_sql) == 0 : may_write(&statements[i]))
            return !link->options.read_only && !link->transaction.is_read_only;
        if (is_control && strncmp(statements[i].sql, "BEGIN", strlen("BEGIN")) == 0)
            return false; /* what follows is in the transaction, or ends one that only reads */
    }
    return false;
}

/* The connection was lost: it may be that the server has committed what was sent. */
static enum ar_status fail_unknown(struct failure *failure)
{
    ar_failure_add_text(failure,
                        ": the answer is missing, and it is unknown if this was committed. Read what it has written "
                        "before you repeat it");
    failure->error.status = AR_UNKNOWN_OUTCOME;
    return AR_UNKNOWN_OUTCOME;
}

static enum ar_status note_unanswered(struct link *link, const struct statement *statements, size_t count,
                                      struct outcome *outcomes, enum ar_status status)
{
    if (!link->failure->is_unanswered || !may_have_committed(link, statements, count))
        return status;
    for (size_t i = 0; i < count; i++)
        if (outcomes[i].status == status)
            outcomes[i].status = AR_UNKNOWN_OUTCOME;
    link->transaction.is_unknown = link->transaction.depth > 0;
    return fail_unknown(link->failure);
}

/* ---- Runs -------------------------------------------------------------------------------------------------------- */

enum ar_status ar_run_all(struct link *link, const struct statement *statements, size_t count, struct outcome *outcomes)
{
    bool is_of_snapshot = link->options.snapshot && ar_snapshot_takes(link, statements, count);
    uint64_t started = ar_observe_start(link);
    enum ar_status status;

    for (size_t i = 0; i < count; i++)
        outcomes[i] = (struct outcome){.is_timed = started > 0};
    status = link->options.shard.is_any ? ar_shard_check(link, statements, count) : AR_OK;
    if (status != AR_OK)
        return status;
    if (link->has_snapshot && !is_of_snapshot)
        ar_link_leave_snapshot(link);
    status = prepare_to_run(link);
    if (status != AR_OK)
        return status;
    if (is_of_snapshot)
        status = ar_snapshot_run(link, statements, count, outcomes);
    else
        status = link->db->driver->run(link->connection, statements, count, outcomes, link->failure);
    if (status != AR_OK)
        status = note_unanswered(link, statements, count, outcomes, status);
    for (size_t i = 0; i < count; i++)
        note_write(link, statements[i].reason == AR_REASON_SAVE);
    ar_observe(link, statements, outcomes, count, started);
    if (status != AR_OK)
        ar_run_note_failure(link);
    return status;
}

enum ar_status ar_run(struct link *link, const struct statement *statement, struct outcome *outcome)
{
    struct outcome ignored;

    return ar_run_all(link, statement, 1, outcome != NULL ? outcome : &ignored);
}

enum ar_status ar_run_script(struct link *link, const char *sql, const struct ar_model *model)
{
    const struct statement statement = {.sql = sql, .reason = AR_REASON_SCHEMA, .model = model};
    uint64_t started = ar_observe_start(link);
    struct outcome outcome = {.is_done = true};
    enum ar_status status;

    ar_link_leave_snapshot(link);
    status = prepare_to_run(link);
    if (status != AR_OK)
        return status;
    status = link->db->driver->run_script(link->connection, sql, link->failure);
    if (status != AR_OK && link->failure->is_unanswered && link->transaction.depth == 0 && !link->options.read_only)
        status = fail_unknown(link->failure);
    note_write(link, true);
    outcome.status = status;
    ar_observe(link, &statement, &outcome, 1, started);
    if (status != AR_OK)
        ar_run_note_failure(link);
    return status;
}

enum ar_status ar_run_probe(struct link *link, const struct statement *statement, struct failure *failure)
{
    struct outcome outcome = {.rows = 0};

    return link->db->driver->run(link->connection, statement, 1, &outcome, failure);
}

void ar_run_abandon_snapshot(struct link *link)
{
    const struct statement rollback = {.sql = "ROLLBACK", .reason = AR_REASON_TRANSACTION};
    struct failure first = *link->failure;

    /* The database may have ended the transaction with the failure; then there is nothing to roll back. */
    if (link->connection == NULL || !link->db->driver->in_transaction(link->connection))
        return;
    if (ar_run(link, &rollback, NULL) != AR_OK)
        ar_link_disconnect(link);
    ar_failure_restore(link->failure, &first);
}
