/* Updates and deletes of all rows of a query in one statement, without loading them. */
#include "read/query_sql.h"
#include "session/session.h"
#include "session/transaction.h"
#include "session/use.h"
#include "sql/living.h"
#include "sql/run.h"
#include "store/cache.h"
#include "write/assign.h"
#include "write/assignments.h"
#include "write/dependent.h"
#include "write/refused.h"

#include <armature/query.h>

/* Add WHERE with the rows to write: those of a limited query by their keys. */
static void add_written_rows(struct sql *sql, const struct ar_query *q)
{
    struct key_columns key = ar_primary_key(q->model);

    if (!q->has_limit && q->offset == 0) {
        ar_sql_add_conditions(sql, " WHERE ", q);
        return;
    }
    ar_sql_add(sql, " WHERE ", NULL);
    ar_sql_add_tuple(sql, key);
    ar_sql_add_in(sql, key);
    ar_sql_add(sql, "(SELECT ", NULL);
    ar_sql_add_key_columns(sql, key);
    ar_sql_add(sql, " FROM ", ar_sql_table(sql, q->model), NULL);
    ar_sql_add_conditions(sql, " WHERE ", q);
    ar_sql_add_selection(sql, q);
    ar_sql_add(sql, ")", NULL);
}

/* Set the number of changed rows, if the caller wants it. */
static void set_changed(int64_t *changed, uint64_t count)
{
    if (changed != NULL)
        *changed = (int64_t)count;
}

static enum ar_status run_write(struct sql *sql, const struct ar_query *q, int64_t *changed)
{
    struct outcome outcome;
    enum ar_status status =
        ar_sql_run(q->link, sql, (struct statement){.reason = AR_REASON_SAVE, .model = q->model}, &outcome);

    if (status == AR_OK) {
        ar_caches_model_changed(q->store, q->model);
        set_changed(changed, outcome.changes);
    }
    return ar_session_done(q->s, status);
}

static enum ar_status check_write(const struct ar_query *q, int64_t *changed)
{
    enum ar_status status = ar_query_check_parts(q, "update or delete rows");

    set_changed(changed, 0);
    return status == AR_OK ? ar_transaction_check_writable(q->s, q->model) : status;
}

/* Delete the rows of a query, or mark them as deleted: those that are not yet. */
static enum ar_status delete_rows(struct ar_query *q, bool erases, int64_t *changed)
{
    struct sql sql = ar_sql_start(q->link);
    bool has_deleted = q->has_deleted;
    enum ar_status status = check_write(q, changed);

    if (status == AR_OK && (erases || q->model->deleted_at == NULL))
        status = ar_dependents_check_shard(q->store, q->model);
    if (status != AR_OK || q->matches_nothing)
        return status;
    if (erases)
        ar_sql_add(&sql, "DELETE FROM ", ar_sql_table(&sql, q->model), NULL);
    else
        ar_sql_add_delete(&sql, q->model);
    q->has_deleted = has_deleted && erases;
    add_written_rows(&sql, q);
    q->has_deleted = has_deleted;
    status = run_write(&sql, q, changed);
    if (status == AR_OK)
        ar_dependents_forget(q->store, q->model);
    if (status == AR_CONSTRAINT)
        ar_explain_refused_delete_all(q->link, q->model);
    return status;
}

enum ar_status ar_query_delete_all(struct ar_query *q, int64_t *changed)
{
    AR_USE(q->s, (set_changed(changed, 0), AR_MISUSE));

    return delete_rows(q, false, changed);
}

enum ar_status ar_query_erase_all(struct ar_query *q, int64_t *changed)
{
    AR_USE(q->s, (set_changed(changed, 0), AR_MISUSE));

    return delete_rows(q, true, changed);
}

enum ar_status ar_query_update_all(struct ar_query *q, const struct ar_assignment *set, int64_t *changed)
{
    AR_USE(q->s, (set_changed(changed, 0), AR_MISUSE));
    struct sql sql = ar_sql_start(q->link);
    struct assignments assignments = {.sql = &sql, .model = q->model, .set = set, .call = "update_all"};
    enum ar_status status = check_write(q, changed);

    if (status != AR_OK || q->matches_nothing)
        return status;
    assignments.record = ar_arena_allocate_zero(&q->store->scratch, q->model->size);
    if (assignments.record == NULL)
        return ar_session_done(q->s, ar_fail_no_memory(&q->store->failure));
    ar_sql_add(&sql, "UPDATE ", ar_sql_table(&sql, q->model), NULL);
    assignments.reader = (struct field_reader){.text = sql.text.arena, .failure = sql.failure};
    status = ar_assignments_add(&assignments);
    if (status != AR_OK)
        return ar_session_done(q->s, status);
    add_written_rows(&sql, q);
    status = run_write(&sql, q, changed);
    if (status == AR_INVALID && q->store->failure.violation == VIOLATION_RANGE)
        ar_assign_explain_range(q->model, set, &q->store->failure, "update_all", " in some row; no row was changed");
    return status;
}
