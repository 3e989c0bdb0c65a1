/* Counts and aggregates of a query's rows, without loading them. */
#include "read/condition.h"
#include "read/measure.h"
#include "read/query_sql.h"
#include "session/session.h"
#include "session/use.h"
#include "sql/run.h"

#include <armature/query.h>

/* Add FROM with the rows of a query; a limited query becomes a sub-select. `column` is the only one needed, or NULL. */
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
    ar_sql_add(sql, ar_sql_table(sql, q->model), NULL);
    ar_sql_add_conditions(sql, " WHERE ", q);
    if (is_limited) {
        ar_sql_add_selection(sql, q);
        ar_sql_add(sql, ") AS ", q->model->sql, NULL);
    }
}

/* The only value of the only row. */
struct single_value {
    struct store *store;
    const struct ar_model *model;
    struct ar_measure measure;
    struct ar_value value;
};

static enum ar_status take_value(void *payload, const struct row *row)
{
    struct single_value *single = payload;

    return ar_measure_take(single->store, single->model, single->measure, row, 0, &single->value);
}

static enum ar_status run_for_value(struct sql *sql, const struct ar_query *q, struct ar_measure measure,
                                    struct ar_value *out)
{
    struct single_value single = {.store = q->store, .model = q->model, .measure = measure};
    enum ar_status status = ar_sql_run(
        q->link, sql,
        (struct statement){.on_row = take_value, .payload = &single, .reason = AR_REASON_QUERY, .model = q->model},
        NULL);

    *out = status == AR_OK ? single.value : ar_value_null();
    return status;
}

/* Count the rows of a query, or find out if there is any. */
static enum ar_status count_rows(struct ar_query *q, struct ar_measure measure, int64_t *out)
{
    bool is_any = measure.aggregate == AR_AGGREGATE_EXISTS;
    struct sql sql = ar_sql_start(q->link);
    struct ar_value value;
    enum ar_status status = ar_query_check_parts(q, "count or aggregate rows");

    *out = 0;
    if (status != AR_OK || q->matches_nothing)
        return status;
    ar_sql_add(&sql, is_any ? "SELECT EXISTS (SELECT " : "SELECT ", NULL);
    ar_sql_add_measure(&sql, measure);
    add_rows(&sql, q, NULL);
    ar_sql_add(&sql, is_any ? ")" : "", NULL);
    status = run_for_value(&sql, q, measure, &value);
    *out = value.kind == AR_VALUE_INTEGER ? value.integer : 0;
    return status;
}

enum ar_status ar_query_count(struct ar_query *q, int64_t *out)
{
    AR_USE(q->s, (*out = 0, AR_MISUSE));

    return ar_session_done(q->s, count_rows(q, ar_count(), out));
}

enum ar_status ar_query_exists(struct ar_query *q, bool *out)
{
    AR_USE(q->s, (*out = false, AR_MISUSE));
    int64_t count;
    enum ar_status status = count_rows(q, ar_exists(), &count);

    *out = count != 0;
    return ar_session_done(q->s, status);
}

enum ar_status ar_query_aggregate(struct ar_query *q, enum ar_aggregate aggregate, const struct ar_column *column,
                                  struct ar_value *out)
{
    AR_USE(q->s, (*out = ar_value_null(), AR_MISUSE));
    const struct ar_measure measure = {aggregate, column};
    struct sql sql = ar_sql_start(q->link);
    enum ar_status status = ar_query_check_parts(q, "count or aggregate rows");

    *out = ar_value_null();
    if (status == AR_OK)
        status = ar_condition_check_column(q->model, column, &q->store->failure);
    if (status != AR_OK || q->matches_nothing)
        return ar_session_done(q->s, status);
    ar_sql_add(&sql, "SELECT ", NULL);
    ar_sql_add_measure(&sql, measure);
    add_rows(&sql, q, column);
    return ar_session_done(q->s, run_for_value(&sql, q, measure, out));
}
