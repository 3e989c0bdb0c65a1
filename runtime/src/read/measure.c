/* Aggregates of rows: their SQL, their values, and how they follow from records. */
#include "read/measure.h"

#include "model/decimal.h"
#include "model/field.h"
#include "model/type_decimal.h"
#include "model/type_info.h"
#include "read/condition.h"
#include "store/partial.h"
#include "store/record.h"

#include <math.h>

/* Round to the nearest integer, and to an even one in the middle, as rint does, which is in another library. Adding
 * 2^52 leaves no bits for a fraction. */
static double round_to_integer(double real)
{
    const double limit = 4503599627370496.0;
    volatile double shifted = real < 0 ? real - limit : real + limit; /* volatile: rounded to a double */

    if (!(real > -limit && real < limit))
        return real;
    return real < 0 ? shifted + limit : shifted - limit;
}

static const struct {
    const char *function, *name;
    bool has_column;
} aggregates[] = {
    [AR_AGGREGATE_SUM] = {"sum", "sum", true},        [AR_AGGREGATE_AVG] = {"avg", "average", true},
    [AR_AGGREGATE_MIN] = {"min", "minimum", true},    [AR_AGGREGATE_MAX] = {"max", "maximum", true},
    [AR_AGGREGATE_COUNT] = {"count", "count", false}, [AR_AGGREGATE_EXISTS] = {NULL, "existence", false},
};

const char *ar_measure_name(struct ar_measure measure)
{
    return aggregates[measure.aggregate].name;
}

enum ar_status ar_measure_check_relation(const struct ar_relation *relation, struct ar_measure measure,
                                         struct failure *failure)
{
    if (!ar_relation_kind(relation).is_list)
        return ar_fail(failure, AR_MISUSE, relation->owner, NULL,
                       "%s.%s leads to at most one %s, which has no %s: access the record itself",
                       relation->owner->name, relation->name, relation->target->name, ar_measure_name(measure));
    if (!aggregates[measure.aggregate].has_column)
        return AR_OK;
    return ar_condition_check_column(relation->target, measure.column, failure);
}

/* ---- SQL --------------------------------------------------------------------------------------------------------- */

static bool is_real(const struct ar_column *column)
{
    return column->type == AR_TYPE_FLOAT || column->type == AR_TYPE_DOUBLE;
}

/* Return true if the result is cast to a double. The sum of integers is an integer or, in PostgreSQL, a numeric, which
 * a cast would round; the average of intervals is an interval. */
static bool is_cast_to_double(struct ar_measure measure)
{
    if (measure.aggregate == AR_AGGREGATE_AVG)
        return measure.column->type != AR_TYPE_INTERVAL;
    return measure.aggregate == AR_AGGREGATE_SUM && is_real(measure.column);
}

/* Multiply a numeric, so that it is in the unit of the field. */
static void add_unit(struct sql *sql, const struct ar_column *column)
{
    if (!sql->driver->dialect.has_decimals)
        return;
    ar_sql_add_operator(sql, "*");
    ar_sql_add_literal(sql, ar_decimal_unit(column->scale));
}

/* The minimum or maximum of a type that only PostgreSQL has. */
static void add_measure_as_text(struct sql *sql, struct ar_measure measure)
{
    ar_sql_open_text(sql, measure.column);
    ar_sql_add_function_of(sql, measure.column, aggregates[measure.aggregate].function);
    ar_sql_add(sql, "(", NULL);
    ar_sql_add_ordered_column_of(sql, NULL, measure.column);
    ar_sql_add(sql, ")", NULL);
    ar_sql_close_text(sql, measure.column);
}

void ar_sql_add_measure(struct sql *sql, struct ar_measure measure)
{
    bool is_cast = is_cast_to_double(measure);

    if (measure.aggregate == AR_AGGREGATE_EXISTS) {
        ar_sql_add(sql, "1", NULL);
        return;
    }
    if (aggregates[measure.aggregate].has_column && measure.column->cast != NULL) {
        add_measure_as_text(sql, measure);
        return;
    }
    ar_sql_add(sql, is_cast ? "CAST(" : "", NULL);
    ar_sql_add_function(sql, aggregates[measure.aggregate].function);
    ar_sql_add(sql, "(", NULL);
    if (aggregates[measure.aggregate].has_column)
        ar_sql_add_ordered_column_of(sql, NULL, measure.column);
    else
        ar_sql_add(sql, "*", NULL);
    ar_sql_add(sql, ")", NULL);
    if (is_cast && measure.column->type == AR_TYPE_DECIMAL)
        add_unit(sql, measure.column);
    if (is_cast)
        ar_sql_add(sql, " AS double precision)", NULL);
}

/* ---- Values from rows -------------------------------------------------------------------------------------------- */

/* Convert a value from the form in which the database stores it. */
static enum ar_status take_stored(struct store *store, const struct ar_column *column, struct ar_value *value)
{
    const struct field_reader reader = {.failure = &store->failure};
    void *record = ar_arena_allocate_zero(&store->scratch, column->model->size);
    enum ar_status status;

    if (record == NULL)
        return ar_fail_no_memory(&store->failure);
    status = ar_field_read(&reader, column, value, record);
    *value = status == AR_OK ? ar_field_value(column, record) : ar_value_null();
    return status;
}

/* Convert a numeric to the number that the field has. A sum may exceed the range of its field. */
static enum ar_status take_decimal(struct store *store, struct ar_measure measure, struct ar_value *value)
{
    const struct field_reader reader = {.failure = &store->failure};
    const struct ar_column *column = measure.column;
    const struct ar_value received = *value;
    struct decimal decimal;
    char text[80];

    if (is_real(column) || !ar_decimal_parse(&received.bytes, &decimal))
        return ar_decimal_to_field(&reader, column, &received, value);
    value->kind = AR_VALUE_INTEGER;
    switch (ar_decimal_to_integer(&decimal, column->type == AR_TYPE_DECIMAL ? column->scale : 0, &value->integer)) {
    case DECIMAL_FITS:
        return AR_OK;
    case DECIMAL_TOO_LARGE:
        return ar_fail(&store->failure, AR_DATABASE, column->model, column, "the %s of %s.%s exceeds 64 bits",
                       ar_measure_name(measure), column->model->name, column->field);
    case DECIMAL_INEXACT:
    case DECIMAL_NOT_FINITE:
        break;
    }
    ar_decimal_print(&decimal, 0, text, sizeof text);
    return ar_fail(&store->failure, AR_INVALID, column->model, column,
                   "the %s of %s.%s is %s, which the field cannot hold: declare it AR_DECIMAL with enough digits after "
                   "the point",
                   ar_measure_name(measure), column->model->name, column->field, text);
}

/* Check a number that is not a numeric: the sum of integers is an integer unless a row has another number. */
static enum ar_status take_number(struct store *store, struct ar_measure measure, struct ar_value *value)
{
    const struct ar_column *column = measure.column;

    if (measure.aggregate == AR_AGGREGATE_AVG && value->kind == AR_VALUE_INTEGER)
        *value = ar_value_real((double)value->integer);
    if (measure.aggregate == AR_AGGREGATE_AVG && column->type == AR_TYPE_INTERVAL)
        value->real = round_to_integer(value->real);
    if (measure.aggregate == AR_AGGREGATE_SUM && !is_real(column) && value->kind == AR_VALUE_REAL)
        return ar_fail(&store->failure, AR_INVALID, column->model, column,
                       "the sum of %s.%s is not an integer, because some rows have other values", column->model->name,
                       column->field);
    return AR_OK;
}

static bool has_forms(struct ar_measure measure)
{
    return measure.column != NULL && ar_type_info_of(measure.column)->has_forms;
}

static enum ar_status own_bytes(struct store *store, struct ar_value *value)
{
    value->bytes.data = ar_arena_copy_text(&store->text, value->bytes.data, value->bytes.size);
    return value->bytes.data != NULL ? AR_OK : ar_fail_no_memory(&store->failure);
}

enum ar_status ar_measure_take(struct store *store, const struct ar_model *model, struct ar_measure measure,
                               const struct row *row, size_t column, struct ar_value *out)
{
    if (!row->methods->value(row, column, out))
        return ar_fail_no_memory(&store->failure);
    if (out->kind == AR_VALUE_DECIMAL && measure.column != NULL) {
        enum ar_status status = take_decimal(store, measure, out);
        if (status != AR_OK)
            return status;
    }
    if (out->kind == AR_VALUE_OTHER || out->kind == AR_VALUE_OUT_OF_RANGE || out->kind == AR_VALUE_DECIMAL)
        return ar_fail(&store->failure, AR_INVALID, model, NULL,
                       "the aggregate of table %s has a type or range that no C type can hold", model->table);
    if (has_forms(measure) && out->kind != AR_VALUE_NULL)
        return take_stored(store, measure.column, out);
    if (measure.column != NULL && (out->kind == AR_VALUE_INTEGER || out->kind == AR_VALUE_REAL))
        return take_number(store, measure, out);
    return out->kind == AR_VALUE_TEXT || out->kind == AR_VALUE_BLOB ? own_bytes(store, out) : AR_OK;
}

/* ---- Values from records ----------------------------------------------------------------------------------------- */

struct ar_value ar_measure_of_nothing(struct ar_measure measure)
{
    return aggregates[measure.aggregate].has_column ? ar_value_null() : ar_value_integer(0);
}

/* What was seen of the values so far, of which one is not NULL if `count` is not 0. */
struct seen {
    size_t count;
    struct ar_value sum, least, greatest;
};

/* Return false if only the database can continue. */
static bool see(struct seen *seen, const struct ar_value *value)
{
    bool is_first = seen->count == 0;

    if (value->kind == AR_VALUE_NULL)
        return true;
    if (value->kind == AR_VALUE_TEXT || value->kind == AR_VALUE_BLOB || value->kind == AR_VALUE_OUT_OF_RANGE ||
        (value->kind == AR_VALUE_REAL && isnan(value->real)))
        return false;
    if (is_first || ar_value_compare(value, &seen->least) < 0)
        seen->least = *value;
    if (is_first || ar_value_compare(value, &seen->greatest) > 0)
        seen->greatest = *value;
    seen->count++;
    if (is_first)
        seen->sum = *value;
    else if (value->kind == AR_VALUE_REAL)
        seen->sum.real += value->real;
    else if (value->kind == AR_VALUE_INTEGER)
        return !__builtin_add_overflow(seen->sum.integer, value->integer, &seen->sum.integer);
    return true;
}

static struct ar_value result_of(struct ar_measure measure, const struct seen *seen)
{
    double sum = seen->sum.kind == AR_VALUE_REAL ? seen->sum.real : (double)seen->sum.integer;

    switch (measure.aggregate) {
    case AR_AGGREGATE_SUM:
        return seen->sum;
    case AR_AGGREGATE_AVG:
        sum /= (double)seen->count;
        return ar_value_real(measure.column->type == AR_TYPE_INTERVAL ? round_to_integer(sum) : sum);
    case AR_AGGREGATE_MIN:
        return seen->least;
    case AR_AGGREGATE_MAX:
        return seen->greatest;
    case AR_AGGREGATE_COUNT:
    case AR_AGGREGATE_EXISTS:
        break;
    }
    return ar_value_null();
}

bool ar_measure_of_records(struct ar_measure measure, void *const *records, size_t count, struct ar_value *out)
{
    const struct ar_column *column = measure.column;
    struct seen seen = {0};

    *out = ar_value_integer(measure.aggregate == AR_AGGREGATE_COUNT ? (int64_t)count : count > 0);
    if (!aggregates[measure.aggregate].has_column)
        return true;
    if (column->type == AR_TYPE_FLOAT)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct record *record = ar_record_of(records[i]);
        if (record->is_partial &&
            !ar_columns_have(ar_partial_columns(column->model, record), (size_t)(column - column->model->columns)))
            return false;
        const void *image = ar_record_image(column->model, ar_record_of(records[i]));
        struct ar_value value = ar_field_value(column, image != NULL ? image : records[i]);
        if (!see(&seen, &value))
            return false;
    }
    *out = seen.count > 0 ? result_of(measure, &seen) : ar_value_null();
    return true;
}
