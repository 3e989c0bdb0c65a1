/* Updates and deletes of all rows of a query in one statement, without loading them. */
#include "base/clock.h"
#include "model/field.h"
#include "model/validate.h"
#include "read/condition.h"
#include "read/query_sql.h"
#include "session/session.h"
#include "session/transaction.h"
#include "session/use.h"
#include "sql/living.h"
#include "sql/run.h"
#include "store/cache.h"
#include "write/assign.h"
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
        ar_explain_refused_delete_all(q->store, q->model);
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

/* The columns that an update sets. Their values are stored in a struct first, because a value that does not fit its
 * field or violates a rule must not get into the table. */
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

/* Check a value that is set as it is. */
static enum ar_status check_value(struct assignments *assignments, const struct ar_column *column,
                                  struct ar_value *value)
{
    struct failure *failure = assignments->sql->failure;
    const struct field_reader reader = {.text = assignments->sql->text.arena, .failure = failure};
    enum ar_status status = AR_OK;

    if (value->kind == AR_VALUE_INTEGER)
        status = ar_condition_take_constant(column, value, failure);
    if (status == AR_OK)
        status = ar_field_read(&reader, column, value, assignments->record);
    return status == AR_OK ? ar_validate(column, assignments->record, failure) : status;
}

/* Add one assignment of the caller. */
static enum ar_status add_assignment_of(struct assignments *assignments, const struct ar_column *column,
                                        enum ar_assignment_kind kind, struct ar_value value)
{
    struct failure *failure = assignments->sql->failure;
    enum ar_status status = ar_condition_check_column(assignments->model, column, failure);

    if (status == AR_OK)
        status = ar_condition_check_value(column, &value, failure);
    if (status == AR_OK)
        status = ar_assign_check(column, kind, &value, failure);
    if (status != AR_OK)
        return status;
    switch (kind) {
    case AR_ASSIGN_VALUE:
    case AR_ASSIGN_NULL:
        status = check_value(assignments, column, &value);
        if (status == AR_OK)
            add_assignment(assignments, column, value);
        break;
    case AR_ASSIGN_ADD:
    case AR_ASSIGN_SUBTRACT:
    case AR_ASSIGN_MULTIPLY:
        ar_sql_add(assignments->sql, assignments->intro, column->sql, " = ", NULL);
        ar_sql_add_arithmetic(assignments->sql, column, kind, value);
        assignments->intro = ", ";
        break;
    }
    return status;
}

static bool is_assigned_before(const struct ar_assignment *set, size_t end, const struct ar_column *column)
{
    for (size_t i = 0; i < end; i++)
        if (set->columns[i].column == column)
            return true;
    return false;
}

/* Add `column = …` for each column. */
static enum ar_status add_assignments(struct assignments *assignments, const struct ar_assignment *set)
{
    enum ar_status status = AR_OK;

    if (set->count > AR_ASSIGNMENT_COLUMNS)
        return ar_fail(assignments->sql->failure, AR_MISUSE, assignments->model, NULL,
                       "ar_sets takes at most %d columns: update %s in several calls, in one transaction",
                       AR_ASSIGNMENT_COLUMNS, assignments->model->name);
    for (size_t i = 0; i < set->count && status == AR_OK; i++) {
        const struct ar_column *column = set->columns[i].column;
        if ((column->flags & AR_COLUMN_COMPUTED) != 0)
            return ar_fail(assignments->sql->failure, AR_MISUSE, assignments->model, column,
                           "update_all of %s assigns %s, which the database computes (AR_GENERATED)",
                           assignments->model->name, column->field);
        if (is_assigned_before(set, i, column))
            return ar_fail(assignments->sql->failure, AR_MISUSE, assignments->model, column,
                           "update_all of %s assigns %s twice", assignments->model->name, column->field);
        status = add_assignment_of(assignments, column, set->columns[i].kind, set->columns[i].value);
    }
    return status;
}

/* Add the columns that the runtime maintains: AR_UPDATED_AT and AR_VERSION. */
static void add_maintained_columns(struct assignments *assignments, const struct ar_assignment *set)
{
    const struct timespec now = ar_wall_clock();

    for (size_t i = 0; i < assignments->model->column_count; i++) {
        const struct ar_column *column = &assignments->model->columns[i];
        if ((column->flags & (AR_COLUMN_UPDATED_AT | AR_COLUMN_VERSION)) == 0 ||
            is_assigned_before(set, set->count, column))
            continue;
        if ((column->flags & AR_COLUMN_UPDATED_AT) != 0)
            add_assignment(assignments, column, ar_field_of_time(column, now));
        else
            add_next_version(assignments, column);
    }
}

enum ar_status ar_query_update_all(struct ar_query *q, const struct ar_assignment *set, int64_t *changed)
{
    AR_USE(q->s, (set_changed(changed, 0), AR_MISUSE));
    struct sql sql = ar_sql_start(q->link);
    struct assignments assignments = {.sql = &sql, .model = q->model, .intro = " SET "};
    enum ar_status status = check_write(q, changed);

    if (status != AR_OK || q->matches_nothing)
        return status;
    assignments.record = ar_arena_allocate_zero(&q->store->scratch, q->model->size);
    if (assignments.record == NULL)
        return ar_session_done(q->s, ar_fail_no_memory(&q->store->failure));
    ar_sql_add(&sql, "UPDATE ", ar_sql_table(&sql, q->model), NULL);
    status = add_assignments(&assignments, set);
    if (status != AR_OK)
        return ar_session_done(q->s, status);
    add_maintained_columns(&assignments, set);
    add_written_rows(&sql, q);
    status = run_write(&sql, q, changed);
    if (status == AR_INVALID && q->store->failure.violation == VIOLATION_RANGE)
        ar_assign_explain_range(q->model, set, &q->store->failure);
    return status;
}
