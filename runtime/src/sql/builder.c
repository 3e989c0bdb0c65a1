/* SQL as it is put together. Every value is a parameter, every identifier a constant of the generator. */
#include "sql/builder.h"

#include "link/run.h"
#include "model/type_info.h"
#include "session/session.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct sql ar_sql_start(struct ar_session *s)
{
    return (struct sql){.s = s};
}

struct sql ar_sql_start_with(struct ar_session *s, const struct ar_sql *text)
{
    return (struct sql){.s = s, .constant = ar_link_sql(&s->link, text)};
}

struct sql ar_sql_find(struct ar_session *s, const struct ar_model *model, const struct ar_value *key)
{
    struct sql sql = ar_sql_start_with(s, &model->find);

    sql.last_number = model->key_count;
    ar_sql_bind_key(&sql, ar_primary_key(model), key);
    return sql;
}

/* Makes room for `needed` items of `size` bytes, of which there is not enough; the `count` that are there move along.
 */
static void *grow(struct sql *sql, void *items, size_t count, size_t *capacity, size_t needed, size_t size)
{
    size_t grown = *capacity > 0 ? *capacity : 16;
    void *memory;

    while (grown < needed)
        grown *= 2;
    memory = ar_arena_allocate(&sql->s->store.scratch, grown * size);
    if (memory == NULL) {
        sql->out_of_memory = true;
        return items;
    }
    if (count > 0)
        memcpy(memory, items, count * size);
    *capacity = grown;
    return memory;
}

static void append(struct sql *sql, const char *text, size_t size)
{
    if (sql->size + size >= sql->capacity) {
        size_t needed = sql->size + size + 1;
        sql->text = grow(sql, sql->text, sql->size, &sql->capacity, needed > 512 ? needed : 512, 1);
        if (sql->out_of_memory)
            return;
    }
    memcpy(sql->text + sql->size, text, size + 1);
    sql->size += size;
}

static void add_text(struct sql *sql, const char *text)
{
    const char *constant = sql->constant;
    size_t size = strlen(text);

    if (size == 0)
        return;
    if (constant != NULL) {
        sql->constant = NULL;
        append(sql, constant, strlen(constant));
    }
    append(sql, text, size);
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
    return &sql->s->link.db->driver->dialect;
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

void ar_sql_add_column(struct sql *sql, const struct ar_column *column)
{
    ar_sql_add(sql, column->model->sql, ".", column->sql, NULL);
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
    if (sql->parameter_count == sql->parameter_capacity)
        sql->parameters = grow(sql, sql->parameters, sql->parameter_count, &sql->parameter_capacity,
                               sql->parameter_count + 1, sizeof parameter);
    if (!sql->out_of_memory)
        sql->parameters[sql->parameter_count++] = parameter;
}

void ar_sql_add_place(struct sql *sql)
{
    char name[24] = "?";

    sql->last_number++;
    if (dialect(sql)->numbers_parameters)
        (void)snprintf(name, sizeof name, "$%zu", sql->last_number);
    add_text(sql, name);
}

void ar_sql_add_value(struct sql *sql, const struct ar_column *column, struct ar_value value)
{
    ar_sql_add_place(sql);
    bind(sql, (struct parameter){.value = value, .column = column});
}

static void add_number(struct sql *sql, uint64_t number)
{
    ar_sql_add_place(sql);
    bind(sql, (struct parameter){.value = ar_value_integer(number < INT64_MAX ? (int64_t)number : INT64_MAX)});
}

void ar_sql_bind_key(struct sql *sql, struct key_columns columns, const struct ar_value *values)
{
    for (size_t i = 0; i < columns.count; i++)
        bind(sql, (struct parameter){.value = values[i], .column = &columns.model->columns[columns.columns[i]]});
}

void ar_sql_bind_keys(struct sql *sql, const struct key_set *keys)
{
    sql->last_number += dialect(sql)->has_key_arrays ? keys->column_count : 1;
    bind(sql, (struct parameter){.keys = keys});
}

void ar_sql_add_keys(struct sql *sql, const struct key_set *keys)
{
    size_t count = dialect(sql)->has_key_arrays ? keys->column_count : 1;

    for (size_t i = 0; i < count; i++) {
        add_text(sql, i > 0 ? ", " : "");
        ar_sql_add_place(sql);
    }
    bind(sql, (struct parameter){.keys = keys});
}

/* An empty array of the column's values has the column's type, and so do strings appended to it. */
void ar_sql_add_key_rows(struct sql *sql, struct key_columns target, const struct key_set *keys)
{
    ar_sql_add(sql, "ROWS FROM (", NULL);
    for (size_t i = 0; i < target.count; i++) {
        const struct ar_column *column = &target.model->columns[target.columns[i]];
        bool is_text = keys->has_column_types && ar_type_is_text(column->type);
        ar_sql_add(sql, i > 0 ? ", " : "", NULL);
        ar_sql_add_function(sql, "unnest");
        ar_sql_add(sql, "(", NULL);
        if (is_text) {
            ar_sql_add_function(sql, "array_cat");
            ar_sql_add(sql, "(ARRAY(SELECT ", NULL);
            ar_sql_add_column(sql, column);
            ar_sql_add(sql, " FROM ", target.model->sql, " LIMIT 0), ", NULL);
        }
        ar_sql_add_place(sql);
        ar_sql_add(sql, is_text ? "))" : ")", NULL);
    }
    ar_sql_add(sql, ")", NULL);
    bind(sql, (struct parameter){.keys = keys});
}

void ar_sql_add_key_places(struct sql *sql, struct key_columns columns)
{
    for (size_t i = 0; i < columns.count; i++) {
        add_text(sql, i > 0 ? " AND " : "");
        ar_sql_add_column(sql, &columns.model->columns[columns.columns[i]]);
        ar_sql_add_operator(sql, "=");
        ar_sql_add_place(sql);
    }
}

void ar_sql_add_key(struct sql *sql, struct key_columns columns, const struct ar_value *values)
{
    ar_sql_add_key_places(sql, columns);
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

void ar_sql_add_in(struct sql *sql)
{
    add_text(sql, dialect(sql)->in_select);
}

/* ---- Conditions -------------------------------------------------------------------------------------------------- */

static const struct ar_term *add_condition(struct sql *sql, const struct ar_term *term);

static void add_truth(struct sql *sql, bool is_true)
{
    add_text(sql, "1");
    ar_sql_add_operator(sql, "=");
    add_text(sql, is_true ? "1" : "0");
}

/* Return the term after the operands. */
static const struct ar_term *add_operands(struct sql *sql, const struct ar_term *term, const char *between, bool none)
{
    const struct ar_term *next = term + 1;

    if (term->operand_count == 0)
        add_truth(sql, none);
    for (uint32_t i = 0; i < term->operand_count; i++) {
        ar_sql_add(sql, i > 0 ? between : "", "(", NULL);
        next = add_condition(sql, next);
        add_text(sql, ")");
    }
    return next;
}

static void add_membership(struct sql *sql, const struct ar_term *term)
{
    const struct key_brackets *brackets = term->op == AR_OP_IN ? &dialect(sql)->in_keys : &dialect(sql)->not_in_keys;

    ar_sql_add_column(sql, term->column);
    add_text(sql, brackets->open);
    ar_sql_add_keys(sql, term->value.bytes.data);
    add_text(sql, brackets->close);
}

static void add_pattern(struct sql *sql, const struct ar_term *term)
{
    add_text(sql, dialect(sql)->like);
    ar_sql_add_value(sql, term->column, term->value);
    add_text(sql, dialect(sql)->like_end);
}

static void add_comparison(struct sql *sql, const struct ar_term *term)
{
    static const char *const comparisons[] = {
        [AR_OP_EQ] = "=", [AR_OP_NE] = "<>", [AR_OP_LT] = "<", [AR_OP_LE] = "<=", [AR_OP_GT] = ">", [AR_OP_GE] = ">=",
    };
    bool is_null = term->value.kind == AR_VALUE_NULL;

    ar_sql_add_column(sql, term->column);
    if (term->op == AR_OP_IS_NULL || (is_null && term->op == AR_OP_EQ)) {
        add_text(sql, " IS NULL");
    } else if (term->op == AR_OP_IS_NOT_NULL || (is_null && term->op == AR_OP_NE)) {
        add_text(sql, " IS NOT NULL");
    } else if (term->op >= AR_OP_LIKE) {
        add_pattern(sql, term);
    } else {
        ar_sql_add_operator(sql, comparisons[term->op]);
        ar_sql_add_value(sql, term->column, term->value);
    }
}

/* Return the term after it. */
static const struct ar_term *add_condition(struct sql *sql, const struct ar_term *term)
{
    switch (term->op) {
    case AR_OP_AND:
        return add_operands(sql, term, " AND ", true);
    case AR_OP_OR:
        return add_operands(sql, term, " OR ", false);
    case AR_OP_NOT:
        add_text(sql, "NOT ");
        return add_operands(sql, term, " AND ", true);
    case AR_OP_IN:
    case AR_OP_NOT_IN:
        add_membership(sql, term);
        return term + 1;
    case AR_OP_EQ:
    case AR_OP_NE:
    case AR_OP_LT:
    case AR_OP_LE:
    case AR_OP_GT:
    case AR_OP_GE:
    case AR_OP_LIKE:
    case AR_OP_CONTAINS:
    case AR_OP_STARTS_WITH:
    case AR_OP_ENDS_WITH:
    case AR_OP_IS_NULL:
    case AR_OP_IS_NOT_NULL:
        add_comparison(sql, term);
        return term + 1;
    case AR_OP_ALL_OF: /* in a query, these have become AND and OR */
    case AR_OP_ANY_OF:
        break;
    }
    return term + 1;
}

void ar_sql_add_conditions(struct sql *sql, const char *intro, const struct ar_query *q)
{
    if (q->scope.count > 0) {
        add_text(sql, intro);
        ar_sql_add_key(sql, q->scope, q->scope_values);
        intro = " AND ";
    }
    for (const struct query_condition *each = q->conditions; each != NULL; each = each->next) {
        ar_sql_add(sql, intro, "(", NULL);
        (void)add_condition(sql, each->terms);
        add_text(sql, ")");
        intro = " AND ";
    }
}

/* ---- Order and limit --------------------------------------------------------------------------------------------- */

static bool is_ordered_by(const struct ar_query *q, const struct ar_column *column)
{
    for (const struct query_order *each = q->orders; each != NULL; each = each->next)
        if (each->order.column == column)
            return true;
    return false;
}

static bool may_be_null(const struct ar_column *column)
{
    return ar_field_has_null(column) && (column->flags & AR_COLUMN_NOT_NULL) == 0;
}

/* NULL counts as the smallest value, on every database. */
static void add_order(struct sql *sql, const struct ar_column *column, bool descending)
{
    ar_sql_add_column(sql, column);
    add_text(sql, descending ? " DESC" : "");
    if (dialect(sql)->sorts_null_last && may_be_null(column))
        add_text(sql, descending ? " NULLS LAST" : " NULLS FIRST");
}

void ar_sql_add_orders(struct sql *sql, const struct ar_query *q, bool by_key)
{
    const char *intro = " ORDER BY ";
    bool descending = false;

    if (q->orders == NULL && !by_key)
        return;
    sql->is_arranged = true;
    for (const struct query_order *each = q->orders; each != NULL; each = each->next) {
        add_text(sql, intro);
        add_order(sql, each->order.column, each->order.descending);
        descending = each->order.descending;
        intro = ", ";
    }
    /* In the last order's direction, so that an index on that column serves for both. */
    for (size_t i = 0; i < q->model->key_count; i++) {
        const struct ar_column *column = &q->model->columns[q->model->key[i]];
        if (is_ordered_by(q, column))
            continue;
        add_text(sql, intro);
        add_order(sql, column, descending);
        intro = ", ";
    }
}

void ar_sql_add_limit(struct sql *sql, const struct ar_query *q, uint64_t at_most)
{
    uint64_t limit = q->has_limit && q->limit < at_most ? q->limit : at_most;

    if (limit >= INT64_MAX && q->offset == 0)
        return;
    sql->is_arranged = true;
    add_text(sql, " LIMIT ");
    add_number(sql, limit);
    if (q->offset == 0)
        return;
    add_text(sql, " OFFSET ");
    add_number(sql, q->offset);
}

enum ar_status ar_sql_finish(struct sql *sql, struct statement *statement)
{
    if (sql->out_of_memory)
        return ar_fail_no_memory(&sql->s->store.failure);
    statement->sql = sql->constant != NULL ? sql->constant : sql->text;
    statement->is_constant = sql->constant != NULL;
    statement->is_arranged = sql->is_arranged;
    statement->parameters = sql->parameters;
    statement->parameter_count = sql->parameter_count;
    return AR_OK;
}

enum ar_status ar_sql_run(struct sql *sql, struct statement statement, struct outcome *outcome)
{
    enum ar_status status = ar_sql_finish(sql, &statement);

    return status == AR_OK ? ar_run(&sql->s->link, &statement, outcome) : status;
}
