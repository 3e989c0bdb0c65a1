/* What queries say about rows without loading them, and what they do to rows at once. */
#include "model/field.h"
#include "model/validate.h"
#include "read/condition.h"
#include "session/session.h"
#include "sql/builder.h"
#include "write/refused.h"

#include <string.h>
#include <time.h>

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

static enum ar_status take_value(void *payload, const struct row *row)
{
    struct single_value *single = payload;
    struct ar_value *value = &single->value;

    if (!row->driver->value(row, 0, value))
        return ar_session_no_memory(single->s);
    if (value->kind != AR_VALUE_TEXT && value->kind != AR_VALUE_BLOB)
        return AR_OK;
    value->bytes.data = ar_arena_copy_text(&single->s->store.text, value->bytes.data, value->bytes.size);
    return value->bytes.data != NULL ? AR_OK : ar_session_no_memory(single->s);
}

static enum ar_status run_for_value(struct sql *sql, const struct ar_query *q, struct ar_value *out)
{
    struct single_value single = {.s = q->s};
    enum ar_status status = ar_sql_run(
        sql, (struct statement){.on_row = take_value, .payload = &single, .reason = AR_REASON_QUERY, .model = q->model},
        NULL);

    if (status == AR_OK && (single.value.kind == AR_VALUE_OTHER || single.value.kind == AR_VALUE_OUT_OF_RANGE))
        status = ar_fail(&q->s->store.failure, AR_INVALID, q->model, NULL,
                         "the result for table %s has a type or range that no C type can hold", q->model->table);
    *out = status == AR_OK ? single.value : ar_value_null();
    return status;
}

/* Take the only value, an integer; NULL counts as 0. */
static enum ar_status run_for_integer(struct sql *sql, const struct ar_query *q, int64_t *out)
{
    struct ar_value value;
    enum ar_status status = run_for_value(sql, q, &value);

    *out = status == AR_OK && value.kind == AR_VALUE_INTEGER ? value.integer : 0;
    return status;
}

enum ar_status ar_query_count(struct ar_query *q, int64_t *out)
{
    AR_USE(q->s, (*out = 0, AR_MISUSE));
    struct sql sql = ar_sql_start(q->s);
    enum ar_status status = ar_query_check(q);

    *out = 0;
    if (status != AR_OK || q->matches_nothing)
        return status;
    ar_sql_add(&sql, "SELECT ", NULL);
    ar_sql_add_function(&sql, "count");
    ar_sql_add(&sql, "(*)", NULL);
    add_rows(&sql, q, NULL);
    status = run_for_integer(&sql, q, out);
    return ar_session_done(q->s, status);
}

enum ar_status ar_query_exists(struct ar_query *q, bool *out)
{
    AR_USE(q->s, (*out = false, AR_MISUSE));
    struct sql sql = ar_sql_start(q->s);
    int64_t exists;
    enum ar_status status = ar_query_check(q);

    *out = false;
    if (status != AR_OK || q->matches_nothing)
        return status;
    ar_sql_add(&sql, "SELECT EXISTS (SELECT 1", NULL);
    add_rows(&sql, q, NULL);
    ar_sql_add(&sql, ")", NULL);
    status = run_for_integer(&sql, q, &exists);
    *out = exists != 0;
    return ar_session_done(q->s, status);
}

/* A time comes as the number or text that the database stores: a program gets a time. */
static enum ar_status take_time(struct ar_session *s, const struct ar_column *column, struct ar_value *value)
{
    const struct field_reader reader = {.failure = &s->store.failure};
    void *record;
    enum ar_status status;

    if ((column->type != AR_TYPE_TIME && column->type != AR_TYPE_TIMESPEC) || value->kind == AR_VALUE_NULL)
        return AR_OK;
    record = ar_arena_allocate_zero(&s->store.scratch, column->model->size);
    if (record == NULL)
        return ar_session_no_memory(s);
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
    /* Databases widen sums and averages, PostgreSQL to a decimal: a program gets an integer or a double. */
    bool has_cast = aggregate == AR_AGGREGATE_SUM || aggregate == AR_AGGREGATE_AVG;
    bool is_whole = aggregate == AR_AGGREGATE_SUM && column->type != AR_TYPE_FLOAT && column->type != AR_TYPE_DOUBLE;
    struct sql sql = ar_sql_start(q->s);
    enum ar_status status = ar_query_check(q);

    *out = ar_value_null();
    if (status == AR_OK)
        status = ar_condition_check_column(q->model, column, &q->s->store.failure);
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
        status = take_time(q->s, column, out);
    return ar_session_done(q->s, status);
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
    ar_sql_add(sql, " WHERE ", NULL);
    ar_sql_add_tuple(sql, key);
    ar_sql_add_in(sql);
    ar_sql_add(sql, "(SELECT ", NULL);
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
    AR_USE(q->s, AR_MISUSE);
    struct sql sql = ar_sql_start(q->s);
    enum ar_status status = check_write(q, changed);

    if (status != AR_OK || q->matches_nothing)
        return status;
    ar_sql_add(&sql, "DELETE FROM ", q->model->sql, NULL);
    add_written_rows(&sql, q);
    status = run_write(&sql, q, changed);
    if (status == AR_CONSTRAINT)
        ar_explain_refused_delete_all(q->s, q->model);
    return status;
}

/* What an update of many rows sets, and a struct in which its values are tried: what no field can hold, or a rule
 * forbids, must not get into the table. */
struct assignments {
    struct sql *sql;
    const struct ar_model *model;
    const char *intro;
    void *record;
};

static void add_assignment(struct assignments *assignments, const struct ar_column *column, struct ar_value value)
{
    ar_sql_add(assignments->sql, assignments->intro, column->sql, " = ", NULL);
    ar_sql_add_value(assignments->sql, column, value);
    assignments->intro = ", ";
}

static void add_next_version(struct assignments *assignments, const struct ar_column *version)
{
    ar_sql_add(assignments->sql, assignments->intro, version->sql, " = ", NULL);
    ar_sql_add_next_version(assignments->sql, version);
    assignments->intro = ", ";
}

static enum ar_status check_assignment(struct assignments *assignments, const struct ar_column *column,
                                       struct ar_value *value)
{
    struct ar_session *s = assignments->sql->s;
    const struct field_reader reader = {.text = &s->store.scratch, .failure = &s->store.failure};
    enum ar_status status = ar_condition_check_column(assignments->model, column, &s->store.failure);

    if (status == AR_OK && value->kind == AR_VALUE_INTEGER)
        status = ar_condition_take_constant(column, value, &s->store.failure);
    if (status == AR_OK)
        status = ar_condition_check_value(column, value, &s->store.failure);
    if (status == AR_OK)
        status = ar_field_read(&reader, column, value, assignments->record);
    return status == AR_OK ? ar_validate(column, assignments->record, &s->store.failure) : status;
}

/* Add `column = ?` for each column. */
static enum ar_status add_assignments(struct assignments *assignments, const struct ar_assignment *set)
{
    enum ar_status status = AR_OK;

    if (set->count > AR_ASSIGNMENT_COLUMNS)
        return ar_fail(&assignments->sql->s->store.failure, AR_MISUSE, assignments->model, NULL,
                       "ar_sets takes at most %d columns: update %s in several calls, in one transaction",
                       AR_ASSIGNMENT_COLUMNS, assignments->model->name);
    for (size_t i = 0; i < set->count && status == AR_OK; i++) {
        struct ar_value value = set->columns[i].value;
        status = check_assignment(assignments, set->columns[i].column, &value);
        if (status == AR_OK)
            add_assignment(assignments, set->columns[i].column, value);
    }
    return status;
}

static bool is_assigned(const struct ar_assignment *set, const struct ar_column *column)
{
    for (size_t i = 0; i < set->count; i++)
        if (set->columns[i].column == column)
            return true;
    return false;
}

/* What every update writes: its time, and the next version. */
static void add_kept_columns(struct assignments *assignments, const struct ar_assignment *set)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    now.tv_nsec -= now.tv_nsec % 1000; /* what every database can hold */
    for (size_t i = 0; i < assignments->model->column_count; i++) {
        const struct ar_column *column = &assignments->model->columns[i];
        if ((column->flags & (AR_COLUMN_UPDATED_AT | AR_COLUMN_VERSION)) == 0 || is_assigned(set, column))
            continue;
        if ((column->flags & AR_COLUMN_UPDATED_AT) != 0)
            add_assignment(assignments, column,
                           column->type == AR_TYPE_TIME ? ar_value_time(now.tv_sec) : ar_value_timespec(now));
        else
            add_next_version(assignments, column);
    }
}

enum ar_status ar_query_update_all(struct ar_query *q, const struct ar_assignment *set, int64_t *changed)
{
    AR_USE(q->s, AR_MISUSE);
    struct sql sql = ar_sql_start(q->s);
    struct assignments assignments = {.sql = &sql, .model = q->model, .intro = " SET "};
    enum ar_status status = check_write(q, changed);

    if (status != AR_OK || q->matches_nothing)
        return status;
    assignments.record = ar_arena_allocate_zero(&q->s->store.scratch, q->model->size);
    if (assignments.record == NULL)
        return ar_session_done(q->s, ar_session_no_memory(q->s));
    ar_sql_add(&sql, "UPDATE ", q->model->sql, NULL);
    status = add_assignments(&assignments, set);
    if (status != AR_OK)
        return ar_session_done(q->s, status);
    add_kept_columns(&assignments, set);
    add_written_rows(&sql, q);
    return run_write(&sql, q, changed);
}
