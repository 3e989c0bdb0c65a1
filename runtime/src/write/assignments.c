/* The SET of an UPDATE by assignments of the caller. */
#include "write/assignments.h"

#include "base/clock.h"
#include "model/field.h"
#include "model/validate.h"
#include "read/condition.h"
#include "write/assign.h"

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

/* Check a value that is set as it is. It is stored in a struct first, because a value that does not fit its field or
 * violates a rule must not get into the table. */
static enum ar_status check_value(struct assignments *assignments, const struct ar_column *column,
                                  struct ar_value *value)
{
    struct failure *failure = assignments->sql->failure;
    enum ar_status status = AR_OK;

    if (value->kind == AR_VALUE_INTEGER)
        status = ar_condition_take_constant(column, value, failure);
    if (status == AR_OK)
        status = ar_field_read(&assignments->reader, column, value, assignments->record);
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

bool ar_assignments_have(const struct ar_assignment *set, size_t count, const struct ar_column *column)
{
    for (size_t i = 0; i < count; i++)
        if (set->columns[i].column == column)
            return true;
    return false;
}

bool ar_assignments_compute(const struct ar_assignment *set, const struct ar_column *column)
{
    for (size_t i = 0; i < set->count; i++)
        if (set->columns[i].column == column)
            return set->columns[i].kind != AR_ASSIGN_VALUE && set->columns[i].kind != AR_ASSIGN_NULL;
    return false;
}

/* Add `column = …` for each column. */
static enum ar_status add_assignments(struct assignments *assignments)
{
    const struct ar_assignment *set = assignments->set;
    const struct ar_model *model = assignments->model;
    struct failure *failure = assignments->sql->failure;
    enum ar_status status = AR_OK;

    if (set->count > AR_ASSIGNMENT_COLUMNS)
        return ar_fail(failure, AR_MISUSE, model, NULL,
                       "ar_sets takes at most %d columns: update %s in several calls, in one transaction",
                       AR_ASSIGNMENT_COLUMNS, model->name);
    for (size_t i = 0; i < set->count && status == AR_OK; i++) {
        const struct ar_column *column = set->columns[i].column;
        if ((column->flags & AR_COLUMN_COMPUTED) != 0)
            return ar_fail(failure, AR_MISUSE, model, column,
                           "%s of %s assigns %s, which the database computes (AR_GENERATED)", assignments->call,
                           model->name, column->field);
        if (column == model->shard_key)
            return ar_fail(failure, AR_MISUSE, model, column,
                           "%s of %s assigns %s, its shard key, which never changes: insert the rows with the other "
                           "value, and delete these",
                           assignments->call, model->name, column->field);
        if (ar_assignments_have(set, i, column))
            return ar_fail(failure, AR_MISUSE, model, column, "%s of %s assigns %s twice", assignments->call,
                           model->name, column->field);
        status = add_assignment_of(assignments, column, set->columns[i].kind, set->columns[i].value);
    }
    return status;
}

/* Add the columns that the runtime maintains: AR_UPDATED_AT and AR_VERSION. A time always fits into its field. */
static void add_maintained_columns(struct assignments *assignments)
{
    const struct timespec now = ar_wall_clock();

    for (size_t i = 0; i < assignments->model->column_count; i++) {
        const struct ar_column *column = &assignments->model->columns[i];
        struct ar_value time;
        if ((column->flags & (AR_COLUMN_UPDATED_AT | AR_COLUMN_VERSION)) == 0 ||
            ar_assignments_have(assignments->set, assignments->set->count, column))
            continue;
        if ((column->flags & AR_COLUMN_UPDATED_AT) == 0) {
            add_next_version(assignments, column);
            continue;
        }
        time = ar_field_of_time(column, now);
        (void)ar_field_read(&assignments->reader, column, &time, assignments->record);
        add_assignment(assignments, column, time);
    }
}

enum ar_status ar_assignments_add(struct assignments *assignments)
{
    enum ar_status status;

    assignments->intro = " SET ";
    status = add_assignments(assignments);
    if (status == AR_OK)
        add_maintained_columns(assignments);
    return status;
}
