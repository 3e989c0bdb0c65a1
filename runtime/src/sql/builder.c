/* SQL that is built at run time. Values are parameters, identifiers are constants of the generated code. */
#include "sql/builder.h"

#include "model/decimal_text.h"

#include "model/field.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const struct engine ar_unknown_engine = {.is_sharded = false};

void ar_sql_use_constant(struct sql *sql, const struct ar_sql *text)
{
    sql->constant = sql->driver->pick(text);
}

static void add_text(struct sql *sql, const char *text)
{
    const char *constant = sql->constant;
    size_t size = strlen(text);

    if (size == 0)
        return;
    if (constant != NULL) {
        sql->constant = NULL;
        ar_arena_text_append(&sql->text, constant, strlen(constant));
    }
    ar_arena_text_append(&sql->text, text, size);
}

void ar_sql_add(struct sql *sql, const char *text, ...)
{
    va_list more;

    va_start(more, text);
    for (; text != NULL; text = va_arg(more, const char *))
        add_text(sql, text);
    va_end(more);
}

static const struct dialect *dialect(const struct sql *sql)
{
    return &sql->driver->dialect;
}

void ar_sql_add_function(struct sql *sql, const char *name)
{
    const char *schema = dialect(sql)->builtin_schema;

    if (schema != NULL)
        ar_sql_add(sql, schema, ".", NULL);
    add_text(sql, name);
}

void ar_sql_add_operator(struct sql *sql, const char *name)
{
    const char *schema = dialect(sql)->builtin_schema;

    if (schema != NULL)
        ar_sql_add(sql, " OPERATOR(", schema, ".", name, ") ", NULL);
    else
        ar_sql_add(sql, " ", name, " ", NULL);
}

/* Return the cast of the column if the driver cannot read or compare its type as it does others. */
static const struct ar_cast *read_cast(const struct sql *sql, const struct ar_column *column)
{
    return dialect(sql)->has_column_casts && column->cast != NULL && column->cast->read != NULL ? column->cast : NULL;
}

void ar_sql_add_result(struct sql *sql, const char *table, const struct ar_column *column)
{
    const struct ar_cast *cast = read_cast(sql, column);

    ar_sql_add(sql, cast != NULL ? cast->read : "", table != NULL ? table : "", table != NULL ? "." : "", column->sql,
               cast != NULL ? cast->read_end : "", NULL);
}

void ar_sql_open_text(struct sql *sql, const struct ar_column *column)
{
    const struct ar_cast *cast = read_cast(sql, column);

    if (dialect(sql)->has_column_casts && column->cast != NULL)
        add_text(sql, cast != NULL ? cast->read : "CAST(");
}

void ar_sql_close_text(struct sql *sql, const struct ar_column *column)
{
    const struct ar_cast *cast = read_cast(sql, column);

    if (dialect(sql)->has_column_casts && column->cast != NULL)
        add_text(sql, cast != NULL ? cast->read_end : " AS text)");
}

void ar_sql_add_function_of(struct sql *sql, const struct ar_column *column, const char *name)
{
    if (read_cast(sql, column) != NULL)
        add_text(sql, name);
    else
        ar_sql_add_function(sql, name);
}

void ar_sql_add_operator_of(struct sql *sql, const struct ar_column *column, const char *name)
{
    if (read_cast(sql, column) != NULL)
        ar_sql_add(sql, " ", name, " ", NULL);
    else
        ar_sql_add_operator(sql, name);
}

void ar_sql_add_input(struct sql *sql, const struct ar_column *column, const char *name)
{
    if (dialect(sql)->has_column_casts && column->cast != NULL)
        ar_sql_add(sql, "CAST(", name, " AS ", column->cast->type, ")", NULL);
    else
        add_text(sql, name);
}

void ar_sql_add_truth(struct sql *sql, bool is_true)
{
    ar_sql_add(sql, "1", NULL);
    ar_sql_add_operator(sql, "=");
    ar_sql_add(sql, is_true ? "1" : "0", NULL);
}

const char *ar_sql_table(const struct sql *sql, const struct ar_model *model)
{
    return dialect(sql)->has_schemas ? ar_model_qualified(model) : model->sql;
}

void ar_sql_add_column(struct sql *sql, const struct ar_column *column)
{
    ar_sql_add_column_of(sql, sql->table != NULL ? sql->table : column->model->sql, column);
}

void ar_sql_add_column_of(struct sql *sql, const char *table, const struct ar_column *column)
{
    ar_sql_add(sql, table, ".", column->sql, NULL);
}

void ar_sql_add_ordered_column_of(struct sql *sql, const char *table, const struct ar_column *column)
{
    const char *collation = dialect(sql)->decimal_collation;

    ar_sql_add_column_of(sql, table != NULL ? table : sql->table != NULL ? sql->table : column->model->sql, column);
    if (!ar_column_has_decimal_text(column))
        return;
    if (dialect(sql)->lacks_decimal_order)
        sql->status = ar_fail(sql->failure, AR_MISUSE, column->model, column,
                              "%s.%s cannot be ordered or compared: with .sqlite_plain, SQLite does not know the order "
                              "of decimals that are strings; declare the field int64_t with AR_DECIMAL",
                              column->model->name, column->field);
    add_text(sql, collation != NULL ? collation : "");
}

struct table_alias ar_sql_next_alias(struct sql *sql)
{
    struct table_alias alias;

    (void)snprintf(alias.name, sizeof alias.name, "armature_%u", ++sql->last_alias);
    return alias;
}

void ar_sql_add_next_version(struct sql *sql, const struct ar_column *version)
{
    char largest[32];

    (void)snprintf(largest, sizeof largest, "%" PRId64, ar_field_largest(version));
    ar_sql_add(sql, "CASE WHEN ", NULL);
    ar_sql_add_column(sql, version);
    ar_sql_add_operator(sql, "<");
    ar_sql_add(sql, largest, " THEN ", NULL);
    ar_sql_add_column(sql, version);
    ar_sql_add_operator(sql, "+");
    ar_sql_add(sql, "1 ELSE 0 END", NULL);
}

static void bind(struct sql *sql, struct parameter parameter)
{
    struct parameter *grown = sql->parameters;

    if (sql->parameter_count == sql->parameter_capacity)
        grown = ar_arena_grow(sql->text.arena, sql->parameters, sql->parameter_count, &sql->parameter_capacity,
                              sql->parameter_count + 1, sizeof parameter);
    sql->text.out_of_memory = sql->text.out_of_memory || grown == NULL;
    if (sql->text.out_of_memory)
        return;
    sql->parameters = grown;
    sql->parameters[sql->parameter_count++] = parameter;
}

void ar_sql_add_placeholder(struct sql *sql)
{
    char name[24] = "?";

    sql->last_number++;
    if (dialect(sql)->numbers_parameters)
        (void)snprintf(name, sizeof name, "$%zu", sql->last_number);
    add_text(sql, name);
}

void ar_sql_add_value(struct sql *sql, const struct ar_column *column, struct ar_value value)
{
    ar_sql_add_placeholder(sql);
    bind(sql, (struct parameter){.value = value, .column = column});
}

void ar_sql_bind_key(struct sql *sql, struct key_columns columns, const struct ar_value *values)
{
    for (size_t i = 0; i < columns.count; i++)
        bind(sql, (struct parameter){.value = values[i], .column = &columns.model->columns[columns.columns[i]]});
}

void ar_sql_bind_keys(struct sql *sql, const struct key_set *keys)
{
    sql->last_number += dialect(sql)->has_key_arrays ? keys->column_count : 1;
    /* Keys of one column are compared, those of several are joined with the rows. */
    bind(sql, (struct parameter){.keys = keys, .may_repeat = keys->column_count == 1});
}

static void add_key_set(struct sql *sql, struct parameter keys)
{
    size_t count = dialect(sql)->has_key_arrays ? keys.keys->column_count : 1;

    for (size_t i = 0; i < count; i++) {
        add_text(sql, i > 0 ? ", " : "");
        ar_sql_add_placeholder(sql);
    }
    bind(sql, keys);
}

void ar_sql_add_keys(struct sql *sql, const struct key_set *keys)
{
    add_key_set(sql, (struct parameter){.keys = keys});
}

void ar_sql_add_rows(struct sql *sql, const struct row_set *rows)
{
    ar_sql_add_placeholder(sql);
    bind(sql, (struct parameter){.rows = rows});
}

/* Add an array of the column's values: an empty one has the column's type, and so do strings appended to it. */
static void add_array_of_column(struct sql *sql, const struct ar_column *column)
{
    ar_sql_add_function(sql, "array_cat");
    ar_sql_add(sql, "(ARRAY(SELECT ", NULL);
    ar_sql_add_column_of(sql, column->model->sql, column);
    ar_sql_add(sql, " FROM ", ar_sql_table(sql, column->model), " LIMIT 0), ", NULL);
    ar_sql_add_placeholder(sql);
    ar_sql_add(sql, ")", NULL);
}

static void add_arrays(struct sql *sql, struct key_columns target, const struct key_set *keys, bool is_input)
{
    ar_sql_add(sql, "ROWS FROM (", NULL);
    for (size_t i = 0; i < target.count; i++) {
        const struct ar_column *column = &target.model->columns[target.columns[i]];
        ar_sql_add(sql, i > 0 ? ", " : "", NULL);
        ar_sql_add_function(sql, "unnest");
        ar_sql_add(sql, "(", NULL);
        if (is_input && column->cast != NULL) {
            ar_sql_add(sql, "CAST(", NULL);
            ar_sql_add_placeholder(sql);
            ar_sql_add(sql, " AS text[])", NULL);
        } else if (keys->has_column_types && (ar_type_is_text(column->type) || column->type == AR_TYPE_UUID_TEXT)) {
            add_array_of_column(sql, column);
        } else {
            ar_sql_add_placeholder(sql);
        }
        ar_sql_add(sql, ")", NULL);
    }
    ar_sql_add(sql, ")", NULL);
    bind(sql, (struct parameter){.keys = keys});
}

void ar_sql_add_key_rows(struct sql *sql, struct key_columns target, const struct key_set *keys)
{
    add_arrays(sql, target, keys, false);
}

void ar_sql_add_input_rows(struct sql *sql, struct key_columns target, const struct key_set *values)
{
    add_arrays(sql, target, values, true);
}

void ar_sql_add_key_placeholders(struct sql *sql, struct key_columns columns)
{
    for (size_t i = 0; i < columns.count; i++) {
        add_text(sql, i > 0 ? " AND " : "");
        const struct ar_column *column = &columns.model->columns[columns.columns[i]];
        ar_sql_add_column(sql, column);
        ar_sql_add_operator_of(sql, column, "=");
        ar_sql_add_placeholder(sql);
    }
}

void ar_sql_add_key(struct sql *sql, struct key_columns columns, const struct ar_value *values)
{
    ar_sql_add_key_placeholders(sql, columns);
    ar_sql_bind_key(sql, columns, values);
}

void ar_sql_add_key_columns(struct sql *sql, struct key_columns columns)
{
    for (size_t i = 0; i < columns.count; i++) {
        add_text(sql, i > 0 ? ", " : "");
        ar_sql_add_column(sql, &columns.model->columns[columns.columns[i]]);
    }
}

void ar_sql_add_tuple(struct sql *sql, struct key_columns columns)
{
    add_text(sql, columns.count > 1 ? "(" : "");
    ar_sql_add_key_columns(sql, columns);
    add_text(sql, columns.count > 1 ? ")" : "");
}

/* Row values are compared column by column: if one of the operators is searched, all are. */
void ar_sql_add_in(struct sql *sql, struct key_columns columns)
{
    bool is_searched = false;

    for (size_t i = 0; i < columns.count; i++)
        is_searched |= read_cast(sql, &columns.model->columns[columns.columns[i]]) != NULL;
    add_text(sql, is_searched ? " IN " : dialect(sql)->in_select);
}

/* Return what is around a set of keys that the column is, or is not, in. */
static struct sql_brackets member_brackets(const struct sql *sql, const struct ar_column *column, bool is_in)
{
    static const struct sql_brackets in = {" = ANY (", ")"}, not_in = {" <> ALL (", ")"};

    if (read_cast(sql, column) != NULL)
        return is_in ? in : not_in;
    return is_in ? dialect(sql)->in_keys : dialect(sql)->not_in_keys;
}

void ar_sql_add_member(struct sql *sql, const struct ar_column *column, const struct key_set *keys, bool is_in)
{
    const struct sql_brackets brackets = member_brackets(sql, column, is_in);

    ar_sql_add_column(sql, column);
    ar_sql_add(sql, brackets.open, NULL);
    add_key_set(sql, (struct parameter){.keys = keys, .may_repeat = true});
    ar_sql_add(sql, brackets.close, NULL);
}

void ar_sql_add_member_of(struct sql *sql, const struct ar_column *column, size_t number)
{
    const struct sql_brackets brackets = member_brackets(sql, column, true);

    ar_sql_add_column(sql, column);
    ar_sql_add(sql, brackets.open, "$", NULL);
    ar_sql_add_literal(sql, number);
    ar_sql_add(sql, brackets.close, NULL);
}

void ar_sql_add_literal(struct sql *sql, uint64_t number)
{
    char digits[24];

    (void)snprintf(digits, sizeof digits, "%" PRIu64, number);
    add_text(sql, digits);
}

void ar_sql_add_number(struct sql *sql, uint64_t number)
{
    ar_sql_add_placeholder(sql);
    bind(sql, (struct parameter){.value = ar_value_integer(number < INT64_MAX ? (int64_t)number : INT64_MAX)});
}

enum ar_status ar_sql_finish(struct sql *sql, struct statement *statement)
{
    if (sql->text.out_of_memory)
        return ar_fail_no_memory(sql->failure);
    if (sql->status != AR_OK)
        return sql->status;
    statement->sql = sql->constant != NULL ? sql->constant : sql->text.data;
    statement->is_constant = sql->constant != NULL;
    statement->is_arranged = sql->is_arranged;
    statement->fans_out = sql->fans_out;
    statement->parameters = sql->parameters;
    statement->parameter_count = sql->parameter_count;
    return AR_OK;
}
