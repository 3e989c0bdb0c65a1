/* Assignments that depend on the row: arithmetic with a column's own value, whose result must fit.
 *
 * Databases store integers of 16, 32 or 64 bits and no unsigned ones, and SQLite turns an integer that overflows into a
 * floating-point number. Therefore every result is checked in the statement, against the range of the field and of
 * AR_RANGE: by a function on SQLite, elsewhere by
 *
 *     CASE WHEN column + $1 >= $2 AND column + $3 <= $4 THEN column + $5
 *          ELSE 1 / CASE WHEN column + $6 IS NULL THEN NULL ELSE 0 END END
 *
 * where only the ELSE of a row that does not fit divides by zero; an interval divides itself. A float is computed as a
 * double and rounded, on every database. */
#include "write/assign.h"

#include "base/text_buffer.h"
#include "model/decimal.h"
#include "model/type_info.h"

#include <float.h>
#include <math.h>

static bool is_real(const struct ar_column *column)
{
    return column->type == AR_TYPE_FLOAT || column->type == AR_TYPE_DOUBLE;
}

static enum ar_status check_operand(const struct ar_column *column, struct ar_value *value, struct failure *failure)
{
    if (!is_real(column))
        return AR_OK;
    if (column->type == AR_TYPE_FLOAT)
        value->real = (double)(float)value->real;
    if (isfinite(value->real))
        return AR_OK;
    return ar_fail(failure, AR_INVALID, column->model, column, "%s.%s cannot be changed by a number that is not finite",
                   column->model->name, column->field);
}

enum ar_status ar_assign_check(const struct ar_column *column, enum ar_assignment_kind kind, struct ar_value *value,
                               struct failure *failure)
{
    bool is_nullable = ar_column_may_be_null(column) && (column->flags & AR_COLUMN_KEY) == 0;

    switch (kind) {
    case AR_ASSIGN_VALUE:
        return AR_OK;
    case AR_ASSIGN_NULL:
        if (is_nullable)
            return AR_OK;
        return ar_fail(
            failure, AR_INVALID, column->model, column,
            "%s.%s cannot be set to NULL: it is not nullable; AR_NULLABLE or AR_NULLABLE_BY would make it so",
            column->model->name, column->field);
    case AR_ASSIGN_ADD:
    case AR_ASSIGN_SUBTRACT:
    case AR_ASSIGN_MULTIPLY:
        break;
    }
    return check_operand(column, value, failure);
}

/* ---- SQL --------------------------------------------------------------------------------------------------------- */

static const char *operator_of(enum ar_assignment_kind kind)
{
    switch (kind) {
    case AR_ASSIGN_ADD:
        return "+";
    case AR_ASSIGN_SUBTRACT:
        return "-";
    case AR_ASSIGN_MULTIPLY:
        return "*";
    case AR_ASSIGN_VALUE:
    case AR_ASSIGN_NULL:
        break;
    }
    return "";
}

/* A computed value of a column, and the range of the field and its rule. */
struct computed {
    const struct ar_column *column;
    enum ar_assignment_kind kind;
    struct ar_value value, minimum, maximum;
};

static void set_integer_range(struct computed *computed)
{
    const struct ar_column *column = computed->column;
    int64_t minimum = ar_type_info_of(column)->minimum, maximum = ar_type_info_of(column)->maximum;

    if (column->type == AR_TYPE_DECIMAL) {
        maximum = ar_decimal_largest(column);
        minimum = -maximum;
    }
    if ((column->flags & AR_COLUMN_RANGE) != 0) {
        minimum = column->rule.range.integer.minimum > minimum ? column->rule.range.integer.minimum : minimum;
        maximum = column->rule.range.integer.maximum < maximum ? column->rule.range.integer.maximum : maximum;
    }
    computed->minimum = ar_value_integer(minimum);
    computed->maximum = ar_value_integer(maximum);
}

static void set_real_range(struct computed *computed)
{
    const struct ar_column *column = computed->column;
    double maximum = column->type == AR_TYPE_FLOAT ? (double)FLT_MAX : DBL_MAX, minimum = -maximum;

    if ((column->flags & AR_COLUMN_RANGE) != 0) {
        minimum = column->rule.range.real.minimum > minimum ? column->rule.range.real.minimum : minimum;
        maximum = column->rule.range.real.maximum < maximum ? column->rule.range.real.maximum : maximum;
    }
    computed->minimum = ar_value_real(minimum);
    computed->maximum = ar_value_real(maximum);
}

/* Add `column + ?`, in parentheses. A factor of integers is a plain number, whatever the unit of the
 * column. */
static void add_result(struct sql *sql, const struct computed *computed)
{
    bool is_factor = computed->kind == AR_ASSIGN_MULTIPLY && !is_real(computed->column);

    ar_sql_add(sql, "(", NULL);
    ar_sql_add_column(sql, computed->column);
    ar_sql_add_operator(sql, operator_of(computed->kind));
    ar_sql_add_value(sql, is_factor ? NULL : computed->column, computed->value);
    ar_sql_add(sql, ")", NULL);
}

static void add_by_function(struct sql *sql, const struct computed *computed, const char *function)
{
    ar_sql_add(sql, function, "(", NULL);
    add_result(sql, computed);
    ar_sql_add(sql, ", ", NULL);
    ar_sql_add_value(sql, computed->column, computed->minimum);
    ar_sql_add(sql, ", ", NULL);
    ar_sql_add_value(sql, computed->column, computed->maximum);
    ar_sql_add(sql, computed->column->type == AR_TYPE_FLOAT ? ", 1)" : ", 0)", NULL);
}

/* Add a condition that is true if the result is in the range. */
static void add_range_test(struct sql *sql, const struct computed *computed)
{
    const struct sql_brackets *is_integer = &sql->driver->dialect.is_integer;

    add_result(sql, computed);
    ar_sql_add_operator(sql, ">=");
    ar_sql_add_value(sql, computed->column, computed->minimum);
    ar_sql_add(sql, " AND ", NULL);
    add_result(sql, computed);
    ar_sql_add_operator(sql, "<=");
    ar_sql_add_value(sql, computed->column, computed->maximum);
    if (is_integer->open == NULL || is_real(computed->column))
        return;
    ar_sql_add(sql, " AND ", is_integer->open, NULL);
    add_result(sql, computed);
    ar_sql_add(sql, is_integer->close, NULL);
}

static void add_division_by_zero(struct sql *sql, const struct computed *computed)
{
    if (computed->column->type == AR_TYPE_INTERVAL) /* all results must have the same type */
        add_result(sql, computed);
    else
        ar_sql_add(sql, "1", NULL);
    ar_sql_add_operator(sql, "/");
    ar_sql_add(sql, "CASE WHEN ", NULL);
    add_result(sql, computed);
    ar_sql_add(sql, " IS NULL THEN NULL ELSE 0 END", NULL);
}

static void add_by_case(struct sql *sql, const struct computed *computed)
{
    const char *error = sql->driver->dialect.range_error;

    ar_sql_add(sql, "CASE WHEN ", NULL);
    add_range_test(sql, computed);
    ar_sql_add(sql, " THEN ", NULL);
    add_result(sql, computed);
    if (error != NULL) {
        ar_sql_add(sql, " WHEN ", NULL);
        add_result(sql, computed);
        ar_sql_add(sql, " IS NOT NULL THEN ", error, NULL);
    } else {
        ar_sql_add(sql, " ELSE ", NULL);
        add_division_by_zero(sql, computed);
    }
    ar_sql_add(sql, " END", NULL);
}

void ar_sql_add_arithmetic(struct sql *sql, const struct ar_column *column, enum ar_assignment_kind kind,
                           struct ar_value value)
{
    struct computed computed = {.column = column, .kind = kind, .value = value};
    const char *function = sql->driver->dialect.in_range;

    if (is_real(column))
        set_real_range(&computed);
    else
        set_integer_range(&computed);
    if (function != NULL)
        add_by_function(sql, &computed, function);
    else
        add_by_case(sql, &computed);
}

/* ---- Failures ---------------------------------------------------------------------------------------------------- */

void ar_assign_explain_range(const struct ar_model *model, const struct ar_assignment *set, struct failure *failure,
                             const char *call, const char *end)
{
    const struct failure first = *failure;
    const struct ar_column *column = NULL;
    char text[512] = "";
    struct text_buffer list = {text, sizeof text, 0};

    for (size_t i = 0; i < set->count; i++) {
        if (*operator_of(set->columns[i].kind) == '\0')
            continue;
        ar_text_buffer_add(&list, "%s%s", column != NULL ? " or " : "", set->columns[i].column->field);
        column = set->columns[i].column;
    }
    if (column == NULL)
        return;
    (void)ar_fail(failure, AR_INVALID, model, column,
                  "%s of %s: the result for %s is outside the range of the field or of its AR_RANGE%s", call,
                  model->name, text, end);
    failure->violation = first.violation;
    failure->error.code = first.error.code;
    ar_failure_add_sqlstate(failure, first.sqlstate);
    ar_failure_add_sql(failure, first.sql);
}
