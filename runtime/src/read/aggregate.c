/* Counts and aggregates of a query's rows, without loading them. */
#include "model/field.h"
#include "model/row.h"
#include "read/condition.h"
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
    ar_sql_add(sql, q->model->sql, NULL);
    ar_sql_add_conditions(sql, " WHERE ", q);
    if (is_limited) {
        ar_sql_add_selection(sql, q);
        ar_sql_add(sql, ") AS ", q->model->sql, NULL);
    }
}

/* The only value of the only row. */
struct single_value {
    struct store *store;
    struct ar_value value;
};

static enum ar_status take_value(void *payload, const struct row *row)
{
    struct single_value *single = payload;
    struct ar_value *value = &single->value;

    if (!row->methods->value(row, 0, value))
        return ar_fail_no_memory(&single->store->failure);
    if (value->kind != AR_VALUE_TEXT && value->kind != AR_VALUE_BLOB)
        return AR_OK;
    value->bytes.data = ar_arena_copy_text(&single->store->text, value->bytes.data, value->bytes.size);
    return value->bytes.data != NULL ? AR_OK : ar_fail_no_memory(&single->store->failure);
}

static enum ar_status run_for_value(struct sql *sql, const struct ar_query *q, struct ar_value *out)
{
    struct single_value single = {.store = q->store};
    enum ar_status status = ar_sql_run(
        q->link, sql,
        (struct statement){.on_row = take_value, .payload = &single, .reason = AR_REASON_QUERY, .model = q->model},
        NULL);

    if (status == AR_OK && (single.value.kind == AR_VALUE_OTHER || single.value.kind == AR_VALUE_OUT_OF_RANGE))
        status = ar_fail(&q->store->failure, AR_INVALID, q->model, NULL,
                         "the aggregate of table %s has a type or range that no C type can hold", q->model->table);
    *out = status == AR_OK ? single.value : ar_value_null();
    return status;
}

/* Run a statement that returns one integer; NULL is 0. */
static enum ar_status run_for_integer(struct sql *sql, const struct ar_query *q, int64_t *out)
{
    struct ar_value value;
    enum ar_status status = run_for_value(sql, q, &value);

    *out = status == AR_OK && value.kind == AR_VALUE_INTEGER ? value.integer : 0;
    return status;
}

/* Count the rows of a query, or find out if there is any. */
static enum ar_status count_rows(struct ar_query *q, bool is_any, int64_t *out)
{
    struct sql sql = ar_sql_start(q->link);
    enum ar_status status = ar_query_check(q);

    *out = 0;
    if (status != AR_OK || q->matches_nothing)
        return status;
    ar_sql_add(&sql, is_any ? "SELECT EXISTS (SELECT 1" : "SELECT ", NULL);
    if (!is_any) {
        ar_sql_add_function(&sql, "count");
        ar_sql_add(&sql, "(*)", NULL);
    }
    add_rows(&sql, q, NULL);
    ar_sql_add(&sql, is_any ? ")" : "", NULL);
    return run_for_integer(&sql, q, out);
}

enum ar_status ar_query_count(struct ar_query *q, int64_t *out)
{
    AR_USE(q->s, (*out = 0, AR_MISUSE));

    return ar_session_done(q->s, count_rows(q, false, out));
}

enum ar_status ar_query_exists(struct ar_query *q, bool *out)
{
    AR_USE(q->s, (*out = false, AR_MISUSE));
    int64_t count;
    enum ar_status status = count_rows(q, true, &count);

    *out = count != 0;
    return ar_session_done(q->s, status);
}

/* Convert a time from the number or string that the database stores. */
static enum ar_status take_time(struct store *store, const struct ar_column *column, struct ar_value *value)
{
    const struct field_reader reader = {.failure = &store->failure};
    void *record;
    enum ar_status status;

    if ((column->type != AR_TYPE_TIME && column->type != AR_TYPE_TIMESPEC) || value->kind == AR_VALUE_NULL)
        return AR_OK;
    record = ar_arena_allocate_zero(&store->scratch, column->model->size);
    if (record == NULL)
        return ar_fail_no_memory(&store->failure);
    status = ar_field_read(&reader, column, value, record);
    *value = status == AR_OK ? ar_field_value(column, record) : ar_value_null();
    return status;
}

enum ar_status ar_query_aggregate(struct ar_query *q, enum ar_aggregate aggregate, const struct ar_column *column,
                                  struct ar_value *out)
{
    AR_USE(q->s, (*out = ar_value_null(), AR_MISUSE));
    static const char *const functions[] = {
        [AR_AGGREGATE_SUM] = "sum", [AR_AGGREGATE_AVG] = "avg", [AR_AGGREGATE_MIN] = "min", [AR_AGGREGATE_MAX] = "max"};
    /* Databases widen sums and averages, PostgreSQL to numeric: convert them to an integer or a double. */
    bool has_cast = aggregate == AR_AGGREGATE_SUM || aggregate == AR_AGGREGATE_AVG;
    bool is_whole = aggregate == AR_AGGREGATE_SUM && column->type != AR_TYPE_FLOAT && column->type != AR_TYPE_DOUBLE;
    struct sql sql = ar_sql_start(q->link);
    enum ar_status status = ar_query_check(q);

    *out = ar_value_null();
    if (status == AR_OK)
        status = ar_condition_check_column(q->model, column, &q->store->failure);
    if (status != AR_OK || q->matches_nothing)
        return status;
    ar_sql_add(&sql, "SELECT ", has_cast ? "CAST(" : "", NULL);
    ar_sql_add_function(&sql, functions[aggregate]);
    ar_sql_add(&sql, "(", NULL);
    ar_sql_add_column(&sql, column);
    ar_sql_add(&sql, ")", !has_cast ? "" : is_whole ? " AS bigint)" : " AS double precision)", NULL);
    add_rows(&sql, q, column);
    status = run_for_value(&sql, q, out);
    if (status == AR_OK && (aggregate == AR_AGGREGATE_MIN || aggregate == AR_AGGREGATE_MAX))
        status = take_time(q->store, column, out);
    return ar_session_done(q->s, status);
}
