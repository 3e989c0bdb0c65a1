/* What queries say about rows without loading them, and what they do to rows at once. */
#include "condition.h"
#include "session.h"
#include "sql.h"

#include <string.h>

/* ---- Counts and aggregates --------------------------------------------------------------------------------------- */

/* The rows that a query stands for, as something to select from: with its limit in a sub-select. */
static void add_rows(struct sql *sql, const struct ar_query *q, const struct ar_column *column)
{
    bool is_limited = q->has_limit || q->offset > 0;

    ar_sql_add(sql, " FROM ", NULL);
    if (is_limited) {
        ar_sql_add(sql, "(SELECT ", NULL);
        if (column != NULL)
            ar_sql_add_column(sql, column);
        else
            ar_sql_add(sql, "1", NULL);
        ar_sql_add(sql, " FROM ", NULL);
    }
    ar_sql_add(sql, q->model->sql, NULL);
    ar_sql_add_conditions(sql, " WHERE ", q);
    if (is_limited) {
        ar_sql_add_orders(sql, q, true);
        ar_sql_add_limit(sql, q, UINT64_MAX);
        ar_sql_add(sql, ") AS ", q->model->sql, NULL);
    }
}

/* Takes the one value of the one row; a text is copied into the session's memory. */
struct single_value {
    struct ar_session *s;
    struct ar_value value;
};

static enum ar_status take_value(void *payload, const struct ar_value *values)
{
    struct single_value *single = payload;

    single->value = values[0];
    if (values[0].kind != AR_VALUE_TEXT && values[0].kind != AR_VALUE_BLOB)
        return AR_OK;
    single->value.bytes.data = ar_arena_copy_text(&single->s->text, values[0].bytes.data, values[0].bytes.size);
    return single->value.bytes.data != NULL ? AR_OK : ar_session_no_memory(single->s);
}

static enum ar_status run_for_value(struct sql *sql, const struct ar_query *q, struct ar_value *out)
{
    struct single_value single = {.s = q->s};
    enum ar_status status = ar_sql_run(
        sql, (struct statement){.on_row = take_value, .payload = &single, .reason = AR_REASON_QUERY, .model = q->model},
        NULL);

    *out = single.value;
    return status;
}

enum ar_status ar_query_count(struct ar_query *q, int64_t *out)
{
    struct sql sql = ar_sql_start(q->s);
    struct ar_value value;
    enum ar_status status = ar_query_check(q);

    *out = 0;
    if (status != AR_OK || q->matches_nothing)
        return status;
    ar_sql_add(&sql, "SELECT count(*)", NULL);
    add_rows(&sql, q, NULL);
    status = run_for_value(&sql, q, &value);
    if (status == AR_OK)
        *out = value.integer;
    return ar_session_done(q->s, status);
}

enum ar_status ar_query_exists(struct ar_query *q, bool *out)
{
    struct sql sql = ar_sql_start(q->s);
    struct ar_value value;
    enum ar_status status = ar_query_check(q);

    *out = false;
    if (status != AR_OK || q->matches_nothing)
        return status;
    ar_sql_add(&sql, "SELECT EXISTS (SELECT 1", NULL);
    add_rows(&sql, q, NULL);
    ar_sql_add(&sql, ")", NULL);
    status = run_for_value(&sql, q, &value);
    if (status == AR_OK)
        *out = value.integer != 0;
    return ar_session_done(q->s, status);
}

enum ar_status ar_query_aggregate(struct ar_query *q, enum ar_aggregate aggregate, const struct ar_column *column,
                                  struct ar_value *out)
{
    static const char *const functions[] = {
        [AR_AGGREGATE_SUM] = "sum", [AR_AGGREGATE_AVG] = "avg", [AR_AGGREGATE_MIN] = "min", [AR_AGGREGATE_MAX] = "max"};
    struct sql sql = ar_sql_start(q->s);
    enum ar_status status = ar_query_check(q);

    *out = ar_value_null();
    if (status == AR_OK)
        status = ar_condition_check_column(q->model, column, &q->s->failure);
    if (status != AR_OK || q->matches_nothing)
        return status;
    ar_sql_add(&sql, "SELECT ", functions[aggregate], "(", NULL);
    ar_sql_add_column(&sql, column);
    ar_sql_add(&sql, ")", NULL);
    add_rows(&sql, q, column);
    return ar_session_done(q->s, run_for_value(&sql, q, out));
}

/* ---- Writes to many rows ----------------------------------------------------------------------------------------- */

/* WHERE of a write: rows of a limited query are named by their keys. */
static void add_written_rows(struct sql *sql, const struct ar_query *q)
{
    struct key_columns key = ar_primary_key(q->model);

    if (!q->has_limit && q->offset == 0) {
        ar_sql_add_conditions(sql, " WHERE ", q);
        return;
    }
    ar_sql_add(sql, key.count > 1 ? " WHERE (" : " WHERE ", NULL);
    ar_sql_add_key_columns(sql, key);
    ar_sql_add(sql, key.count > 1 ? ") IN (SELECT " : " IN (SELECT ", NULL);
    ar_sql_add_key_columns(sql, key);
    ar_sql_add(sql, " FROM ", q->model->sql, NULL);
    ar_sql_add_conditions(sql, " WHERE ", q);
    ar_sql_add_orders(sql, q, true);
    ar_sql_add_limit(sql, q, UINT64_MAX);
    ar_sql_add(sql, ")", NULL);
}

static enum ar_status run_write(struct sql *sql, const struct ar_query *q, int64_t *changed)
{
    struct outcome outcome;
    enum ar_status status = ar_sql_run(sql, (struct statement){.reason = AR_REASON_SAVE, .model = q->model}, &outcome);

    if (status == AR_OK) {
        ar_caches_model_changed(q->s, q->model);
        if (changed != NULL)
            *changed = (int64_t)outcome.changes;
    }
    return ar_session_done(q->s, status);
}

static enum ar_status check_write(const struct ar_query *q, int64_t *changed)
{
    enum ar_status status = ar_query_check(q);

    if (changed != NULL)
        *changed = 0;
    return status == AR_OK ? ar_session_check_writable(q->s, q->model) : status;
}

enum ar_status ar_query_delete_all(struct ar_query *q, int64_t *changed)
{
    struct sql sql = ar_sql_start(q->s);
    enum ar_status status = check_write(q, changed);

    if (status != AR_OK || q->matches_nothing)
        return status;
    ar_sql_add(&sql, "DELETE FROM ", q->model->sql, NULL);
    add_written_rows(&sql, q);
    return run_write(&sql, q, changed);
}

/* Adds `column = ?` for an assignment, or for each of a list. */
static enum ar_status add_assignments(struct sql *sql, const struct ar_query *q, const struct ar_assignment *set,
                                      const char **intro)
{
    enum ar_status status = AR_OK;

    if (set->column == NULL) {
        for (size_t i = 0; i < set->count && status == AR_OK; i++)
            status = add_assignments(sql, q, &set->items[i], intro);
        return status;
    }
    status = ar_condition_check_column(q->model, set->column, &q->s->failure);
    if (status == AR_OK)
        status = ar_condition_check_value(set->column, &set->value, &q->s->failure);
    if (status != AR_OK)
        return status;
    ar_sql_add(sql, *intro, set->column->sql, " = ", NULL);
    ar_sql_add_value(sql, set->column, set->value);
    *intro = ", ";
    return AR_OK;
}

enum ar_status ar_query_update_all(struct ar_query *q, struct ar_assignment set, int64_t *changed)
{
    struct sql sql = ar_sql_start(q->s);
    const char *intro = " SET ";
    enum ar_status status = check_write(q, changed);

    if (status != AR_OK || q->matches_nothing)
        return status;
    ar_sql_add(&sql, "UPDATE ", q->model->sql, NULL);
    status = add_assignments(&sql, q, &set, &intro);
    if (status != AR_OK)
        return ar_session_done(q->s, status);
    add_written_rows(&sql, q);
    return run_write(&sql, q, changed);
}
