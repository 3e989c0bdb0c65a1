/* The parameters of user SQL, made of the arguments of an AR_SQL or of values. */
#include "read/user_sql.h"

#include "base/scan.h"
#include "model/array.h"
#include "model/validate.h"
#include "session/execute.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Arguments of an AR_SQL -------------------------------------------------------------------------------------- */

/* The member of a list in the struct of arguments. */
struct argument_list {
    const void *items;
    size_t count;
};

/* Make a set of keys of the list. A list of int64_t is used as it is. */
static const struct key_set *make_keys(const struct ar_column *column, struct argument_list list, struct arena *arena)
{
    static const int64_t none = 0;
    struct ar_column *element = ar_arena_allocate(arena, sizeof *element);
    const struct ar_column **columns = ar_arena_allocate(arena, sizeof(const struct ar_column *));
    struct key_set *keys = ar_arena_allocate_zero(arena, sizeof *keys);
    struct ar_value *values;

    if (element == NULL || columns == NULL || keys == NULL)
        return NULL;
    *element = *column;
    element->offset = 0;
    *columns = element;
    *keys = (struct key_set){.count = list.count, .column_count = 1, .columns = columns, .has_column_types = true};
    if (column->type == AR_TYPE_INT64 && (column->flags & AR_COLUMN_NULLABLE) == 0) {
        keys->integers = list.items != NULL ? list.items : &none;
        return keys;
    }
    values = ar_arena_allocate(arena, (list.count + 1) * sizeof *values);
    keys->values = values;
    for (size_t i = 0; values != NULL && i < list.count; i++)
        values[i] = ar_field_value(element, (const char *)list.items + i * column->size);
    return values != NULL ? keys : NULL;
}

static bool bind_argument(const struct ar_parameter *parameter, const void *arguments, struct arena *arena,
                          struct parameter *out)
{
    const struct ar_column *column = &parameter->column;
    struct argument_list list;

    *out = (struct parameter){.column = column};
    if (!parameter->is_list) {
        out->value = ar_field_value(column, arguments);
        return true;
    }
    memcpy(&list, (const char *)arguments + column->offset, sizeof list);
    out->keys = make_keys(column, list, arena);
    return out->keys != NULL;
}

/* SQLite would compare and store strings of another form, and PostgreSQL refuses some of them. */
static enum ar_status check_forms(const struct parameter *parameter, struct failure *failure)
{
    const struct key_set *keys = parameter->keys;
    enum ar_status status = AR_OK;

    if (keys == NULL)
        return ar_validate_form(parameter->column, &parameter->value, failure);
    for (size_t i = 0; keys->integers == NULL && i < keys->count && status == AR_OK; i++)
        status = ar_validate_form(parameter->column, &keys->values[i], failure);
    return status;
}

enum ar_status ar_user_sql_make(struct ar_session *s, const struct ar_statement *statement, const void *arguments,
                                struct arena *arena, struct user_sql *out)
{
    struct failure *failure = &s->store.failure;
    enum ar_status status = AR_OK;
    /* One more for `:scope`. */
    struct parameter *parameters = ar_arena_allocate(arena, (statement->parameter_count + 1u) * sizeof *parameters);

    *out = (struct user_sql){
        .name = statement->name,
        .sql = s->link.db->driver->pick(&statement->sql),
        .is_constant = true,
        .writes = statement->writes,
        .row = statement->row,
        .parameters = parameters,
        .parameter_count = statement->parameter_count,
    };
    if (parameters == NULL)
        return ar_fail_no_memory(failure);
    for (size_t i = 0; i < statement->parameter_count && status == AR_OK; i++) {
        if (!bind_argument(&statement->parameters[i], arguments, arena, &parameters[i]))
            return ar_fail_no_memory(failure);
        status = check_forms(&parameters[i], failure);
    }
    return status == AR_OK ? ar_user_sql_limit(s, statement, out) : status;
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

/* The type of a value without a column decides how it is encoded. */
enum ar_type ar_user_sql_type(const struct ar_value *value)
{
    switch (value->kind) {
    case AR_VALUE_REAL:
        return AR_TYPE_DOUBLE;
    case AR_VALUE_TEXT:
        return AR_TYPE_TEXT;
    case AR_VALUE_BLOB:
        return AR_TYPE_BLOB;
    case AR_VALUE_TIME:
        return value->time.nanoseconds == 0 ? AR_TYPE_TIME : AR_TYPE_TIMESPEC;
    case AR_VALUE_DATE:
        return AR_TYPE_DATE;
    case AR_VALUE_TIME_OF_DAY:
        return AR_TYPE_TIME_OF_DAY;
    case AR_VALUE_NULL:
    case AR_VALUE_INTEGER:
    case AR_VALUE_ARRAY:
    case AR_VALUE_DECIMAL:
    case AR_VALUE_OUT_OF_RANGE:
    case AR_VALUE_OTHER:
        break;
    }
    return AR_TYPE_INT64;
}

/* For messages: the value $2 of the statement. */
static const struct ar_model values_model = {.name = "the statement", .table = "the statement"};

static const struct ar_column *make_column(const struct ar_value *value, size_t number, struct arena *arena)
{
    enum { NAME_SIZE = 24 };
    struct ar_column *column = ar_arena_allocate_zero(arena, sizeof *column);
    char *name = ar_arena_allocate(arena, NAME_SIZE);

    if (column == NULL || name == NULL)
        return NULL;
    (void)snprintf(name, NAME_SIZE, "$%zu", number);
    *column = (struct ar_column){
        .model = &values_model, .field = name, .name = name, .sql = name, .type = (uint8_t)ar_user_sql_type(value)};
    return column;
}

/* Return the highest number of a placeholder in PostgreSQL's SQL. */
static size_t last_placeholder(const char *sql)
{
    enum token kind = TOKEN_OTHER;
    size_t last = 0;
    const char *end;

    for (const char *at = sql; kind != TOKEN_END && kind != TOKEN_BROKEN; at = end) {
        end = ar_scan_token(SCRIPT_POSTGRESQL, at, &kind);
        size_t number = kind == TOKEN_OTHER && *at == '$' ? strtoul(at + 1, NULL, 10) : 0;
        last = number > last ? number : last;
    }
    return last;
}

/* PostgreSQL reports values that are missing, but ignores those that it does not need. SQLite reports both. */
static enum ar_status check_count(const struct ar_session *s, const char *sql, size_t count, struct failure *failure)
{
    size_t last = s->link.db->driver->dialect.has_dollar_quotes ? last_placeholder(sql) : count;

    return last >= count ? AR_OK
                         : ar_fail(failure, AR_MISUSE, NULL, NULL,
                                   "the statement has %zu placeholders, but %zu values are given", last, count);
}

enum ar_status ar_user_sql_make_dynamic(struct ar_session *s, const struct ar_model *row, const char *sql,
                                        const struct ar_value *values, size_t count, struct user_sql *out)
{
    struct arena *arena = &s->store.scratch;
    struct parameter *parameters = ar_arena_allocate(arena, (count + 1) * sizeof *parameters);

    *out = (struct user_sql){
        .name = row != NULL ? "ar_sql_all" : "ar_execute_with",
        .sql = sql,
        .has_dollars = true,
        .writes = row == NULL || ar_execute_may_write(s, sql),
        .row = row,
        .parameters = parameters,
        .parameter_count = count,
    };
    if (parameters == NULL)
        return ar_fail_no_memory(&s->store.failure);
    if (check_count(s, sql, count, &s->store.failure) != AR_OK)
        return AR_MISUSE;
    for (size_t i = 0; i < count; i++) {
        parameters[i] = (struct parameter){
            .value = values[i],
            .column = make_column(&values[i], i + 1, arena),
            .is_untyped = values[i].kind == AR_VALUE_NULL || values[i].kind == AR_VALUE_BLOB,
        };
        if (parameters[i].column == NULL)
            return ar_fail_no_memory(&s->store.failure);
    }
    return s->link.options.shard.is_any ? ar_user_sql_limit_dynamic(s, out) : AR_OK;
}

/* ---- Copies ------------------------------------------------------------------------------------------------------ */

static bool own_array(enum ar_type type, struct ar_value *value, struct arena *objects)
{
    union {
        struct ar_int64s integers;
        struct ar_texts texts;
    } field = {{0}};
    void *items;

    ar_array_set(type, value, &field);
    items = ar_arena_allocate_aligned(objects, ar_array_size(type, &field), AR_ARRAY_ALIGNMENT);
    if (items == NULL)
        return false;
    ar_array_move(type, items, &field);
    *value = ar_array_value(type, &field);
    return true;
}

static bool own_value(const struct ar_column *column, struct ar_value *value, struct arena *objects, struct arena *text)
{
    if (value->kind == AR_VALUE_ARRAY)
        return own_array(column->type, value, objects);
    if (value->kind != AR_VALUE_TEXT && value->kind != AR_VALUE_BLOB)
        return true;
    value->bytes.data = ar_arena_copy_text(text, value->bytes.data, value->bytes.size);
    return value->bytes.data != NULL;
}

static bool own_keys(const struct key_set **keys, struct arena *objects, struct arena *text)
{
    struct key_set *copy = ar_arena_allocate(objects, sizeof *copy);
    size_t count = (*keys)->count;
    int64_t *integers;
    struct ar_value *values;

    if (copy == NULL)
        return false;
    *copy = **keys;
    *keys = copy;
    if (copy->integers != NULL) {
        integers = ar_arena_allocate(objects, (count + 1) * sizeof *integers);
        if (integers != NULL)
            memcpy(integers, copy->integers, count * sizeof *integers);
        copy->integers = integers;
        return integers != NULL;
    }
    values = ar_arena_allocate(objects, (count + 1) * sizeof *values);
    if (values == NULL)
        return false;
    memcpy(values, copy->values, count * sizeof *values);
    copy->values = values;
    for (size_t i = 0; i < count; i++)
        if (!own_value(copy->columns[0], &values[i], objects, text))
            return false;
    return true;
}

bool ar_user_sql_own(struct user_sql *user, struct arena *objects, struct arena *text)
{
    for (size_t i = 0; i < user->parameter_count; i++) {
        struct parameter *parameter = &user->parameters[i];
        if (parameter->keys != NULL ? !own_keys(&parameter->keys, objects, text)
                                    : !own_value(parameter->column, &parameter->value, objects, text))
            return false;
    }
    return true;
}
