/* One process of the load. */
#include "scale.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct kind_of_operation {
    const char *name;
    enum ar_status (*run)(struct work *work);
    unsigned share;     /* of all operations, in percent */
    unsigned expected;  /* a bit for each status that it may return, besides AR_OK */
    unsigned in_outage; /* likewise, if it meets the failure of the primary */
    bool is_write;
};

#define BIT(status) (1U << (status))
#define LOST BIT(AR_UNAVAILABLE)
#define LOST_WRITE (BIT(AR_UNAVAILABLE) | BIT(AR_UNKNOWN_OUTCOME))

/* A save that meets another one is AR_CONFLICT, because issues have a version. Waiting for a lock can end in AR_BUSY,
 * and a read from a standby, if replay removes rows that it needs. Transfers are repeated while there is no primary,
 * and trees from the standby do not need one. */
static const struct kind_of_operation kinds[OPERATIONS] = {
    [TREE] = {"tree", read_tree, 15, 0, LOST, false},
    [PAGE] = {"page", read_page, 14, 0, LOST, false},
    [LAZY] = {"lazy loads", read_lazily, 10, 0, LOST, false},
    [COUNT] = {"counts", read_counts, 8, 0, LOST, false},
    [SAVE] = {"save", save_issue, 12, BIT(AR_CONFLICT) | BIT(AR_BUSY), LOST_WRITE, true},
    [INSERT] = {"insert", insert_issue, 8, BIT(AR_BUSY), LOST_WRITE, true},
    [TRANSFER] = {"transfer", transfer_budget, 10, BIT(AR_BUSY), BIT(AR_UNKNOWN_OUTCOME), true},
    [BULK_INSERT] = {"bulk insert", insert_comments, 3, BIT(AR_BUSY), LOST_WRITE, true},
    [INCREMENT] = {"increment", increment_views, 6, BIT(AR_BUSY), LOST_WRITE, true},
    [DELETE] = {"delete", delete_issue, 2, BIT(AR_BUSY), LOST_WRITE, true},
    [LINK] = {"link", link_label, 3, BIT(AR_BUSY), LOST_WRITE, true},
    [READ_OWN_WRITE] = {"read own write", read_own_write, 4, BIT(AR_BUSY), LOST_WRITE, true},
    [STANDBY_TREE] = {"tree, standby", read_tree, 5, BIT(AR_BUSY), 0, false},
};

const char *operation_name(enum operation operation)
{
    return kinds[operation].name;
}

unsigned any_of(struct work *work, unsigned count)
{
    work->random = work->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(work->random >> 33) % count;
}

static enum operation any_operation(struct work *work)
{
    unsigned chosen = any_of(work, 100), operation = 0;

    while (chosen >= kinds[operation].share)
        chosen -= kinds[operation++].share;
    return operation;
}

void choose_options(struct ar_db_options *options)
{
    options->pooled = getenv("ARMATURE_TEST_POOLED") != NULL;
    options->no_named_statements = getenv("ARMATURE_TEST_UNNAMED") != NULL;
}

enum ar_status open_session(struct ar_db *db, int64_t tenant_id, bool from_standby, struct ar_session **out)
{
    const struct ar_session_options options = {.read_only = from_standby,
                                               .replica = from_standby,
                                               .max_staleness_ms = from_standby ? 300000 : 0,
                                               .scope = ar_scope(tenant_id),
                                               .one_shard = true};

    return ar_session_open(db, &options, out);
}

/* Keep each statement once. */
static void note_statement(const struct ar_event *event, void *payload)
{
    struct log *log = payload;
    size_t size = strlen(event->sql) + 1;

    if (event->status != AR_OK || event->reason == AR_REASON_TRANSACTION)
        return;
    for (const char *each = log->statements; each < log->statements + log->statement_bytes; each += strlen(each) + 1)
        if (strcmp(each, event->sql) == 0)
            return;
    if (log->statement_bytes + size > STATEMENT_BYTES) {
        (void)snprintf(log->complaint, sizeof log->complaint, "there are too many distinct statements");
        return;
    }
    memcpy(log->statements + log->statement_bytes, event->sql, size);
    log->statement_bytes += size;
}

/* ---- The result of an operation ---------------------------------------------------------------------------------- */

struct worker {
    struct stage *stage;
    struct log *log;
    struct ar_db *db;
    struct work work;
};

/* Return true if an operation that began in this phase may have met the failure of the primary. */
static bool may_meet_outage(const struct worker *worker, enum phase began)
{
    return began != AFTER && worker->stage->phase != BEFORE;
}

static void check_status(struct worker *worker, enum operation operation, enum phase began, enum ar_status status,
                         const struct ar_session *s)
{
    unsigned expected = kinds[operation].expected | BIT(AR_OK);

    if (may_meet_outage(worker, began))
        expected |= kinds[operation].in_outage;
    if ((expected & BIT(status)) == 0)
        (void)snprintf(worker->log->complaint, sizeof worker->log->complaint, "%s in phase %d: %s: %s",
                       kinds[operation].name, (int)began, ar_status_name(status), ar_session_error(s)->message);
    else if (worker->work.complaint != NULL)
        (void)snprintf(worker->log->complaint, sizeof worker->log->complaint, "%s: %s", kinds[operation].name,
                       worker->work.complaint);
}

static enum outcome outcome_of(enum ar_status status)
{
    if (status == AR_OK)
        return COMMITTED;
    return status == AR_UNKNOWN_OUTCOME ? UNKNOWN : NOT_COMMITTED;
}

static void keep_journal(struct worker *worker, enum ar_status status)
{
    struct work *work = &worker->work;

    work->entry.outcome = outcome_of(status);
    worker->log->entries[worker->log->entry_count++] = work->entry;
    if (status == AR_OK && (work->entry.operation == INSERT || work->entry.operation == READ_OWN_WRITE)) {
        work->last_issue = work->entry.id;
        work->last_tenant = work->tenant_id;
    }
}

/* Run an operation in new sessions. Return its status. */
static enum ar_status run_operation(struct worker *worker, enum operation operation)
{
    struct work *work = &worker->work;
    enum phase began = worker->stage->phase;
    struct ar_session *primary, *standby;
    uint64_t start = nanoseconds_now();
    enum ar_status status;

    work->tenant_id = 1 + any_of(work, any_of(work, 2) == 0 ? BUSY_TENANTS : TENANTS);
    work->entry = (struct entry){.operation = operation, .tenant_id = work->tenant_id};
    status = open_session(worker->db, work->tenant_id, false, &primary);
    if (status == AR_OK)
        status = open_session(worker->db, work->tenant_id, true, &standby);
    if (status != AR_OK)
        return status;
    work->s = operation == STANDBY_TREE ? standby : primary;
    work->standby = standby;
    status = kinds[operation].run(work);
    worker->log->measurements[worker->log->measurement_count++] = (struct measurement){
        .operation = operation, .phase = began, .status = status, .nanoseconds = nanoseconds_now() - start};
    check_status(worker, operation, began, status, work->s);
    if (kinds[operation].is_write)
        keep_journal(worker, status);
    ar_session_close(primary);
    ar_session_close(standby);
    return status;
}

/* Wait until there is a new primary. */
static void sit_out(struct worker *worker)
{
    if (!stage_await_phase(worker->stage, AFTER))
        (void)snprintf(worker->log->complaint, sizeof worker->log->complaint, "no primary came back");
}

/* An operation that meets the outage fails, or waits in PgBouncer's queue. No worker is done before the outage. */
static void run_operations(struct worker *worker)
{
    struct stage *stage = worker->stage;

    for (unsigned i = 0; i < stage->operations && worker->log->complaint[0] == '\0'; i++) {
        enum ar_status status = run_operation(worker, any_operation(&worker->work));
        if (i == stage->operations / 2)
            stage_count(stage, &stage->halfway);
        if (stage->has_failover &&
            (status == AR_UNAVAILABLE || status == AR_UNKNOWN_OUTCOME || i == stage->operations * 3 / 4))
            sit_out(worker);
    }
}

/* Read from the standby while there is no primary. */
static void read_during_outage(struct worker *worker)
{
    struct stage *stage = worker->stage;

    if (!stage_await_phase(stage, DURING))
        (void)snprintf(worker->log->complaint, sizeof worker->log->complaint, "the primary did not fail");
    for (unsigned i = 0; i < OUTAGE_READS && worker->log->complaint[0] == '\0'; i++)
        if (run_operation(worker, STANDBY_TREE) == AR_OK)
            stage_count(stage, &stage->outage_reads);
}

int work_on(struct stage *stage, unsigned number, const char *url)
{
    struct ar_db_options options = {.pool_size = 2};
    struct worker worker = {
        .stage = stage, .log = &stage->logs[number], .work = {.next_key = FIRST_KEY(number), .random = number + 1}};

    choose_options(&options);
    if (ar_db_open(url, &options, &worker.db) != AR_OK)
        (void)snprintf(worker.log->complaint, sizeof worker.log->complaint, "%s", ar_db_error(worker.db)->message);
    else {
        ar_db_observe(worker.db, note_statement, worker.log);
        if (number == READER)
            read_during_outage(&worker);
        else
            run_operations(&worker);
    }
    ar_db_close(worker.db);
    return worker.log->complaint[0] == '\0' ? 0 : 1;
}
