/* The check of statements on a link whose session has .scope or .one_shard. */
#include "link/shard.h"

#include "driver/statement.h"
#include "model/describe.h"
#include "model/field.h"

/* A statement that is checked, and the first value that it binds to a shard key. */
struct check {
    const struct link *link;
    const struct statement *statement;
    const struct ar_column *column; /* NULL: there was no value */
    struct ar_value first;
};

static const struct shard_limit *limit_of(const struct check *check)
{
    return &check->link->options.shard;
}

static bool is_shard_key(const struct ar_column *column)
{
    return column != NULL && column->model != NULL && column->model->shard_key == column;
}

static enum ar_status refuse_several(const struct check *check, const struct ar_column *column,
                                     const struct ar_value *value)
{
    char one[128], other[128];

    ar_describe_values(&check->first, 1, one, sizeof one);
    ar_describe_values(value, 1, other, sizeof other);
    return ar_fail(check->link->failure, AR_MISUSE, column->model, column,
                   "%s: the statement would run on several shards (%s is %s and %s), but the session has .one_shard: "
                   "run it for each of them",
                   column->model->name, column->field, one, other);
}

static enum ar_status check_value(struct check *check, const struct ar_column *column, const struct ar_value *value)
{
    const struct shard_limit *limit = limit_of(check);

    if (limit->is_scoped && !ar_shard_has(limit, column, value))
        return ar_shard_refuse_value(limit, column, value, check->link->failure);
    if (check->column != NULL && !limit->is_scoped && ar_value_compare(value, &check->first) != 0)
        return refuse_several(check, column, value);
    check->column = column;
    check->first = *value;
    return AR_OK;
}

static enum ar_status check_keys(struct check *check, const struct key_set *keys)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < keys->column_count; i++) {
        if (keys->columns == NULL || !is_shard_key(keys->columns[i]))
            continue;
        for (size_t row = 0; row < keys->count && status == AR_OK; row++) {
            const struct ar_value integer = ar_value_integer(keys->integers != NULL ? keys->integers[row] : 0);
            status = check_value(check, keys->columns[i],
                                 keys->integers != NULL ? &integer : &keys->values[row * keys->column_count + i]);
        }
    }
    return status;
}

static enum ar_status check_rows(struct check *check, const struct row_set *rows)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < rows->column_count; i++) {
        if (!is_shard_key(rows->columns[i]))
            continue;
        for (size_t row = 0; row < rows->count && status == AR_OK; row++) {
            const struct ar_value value = ar_field_value(rows->columns[i], ar_row_set_at(rows, row));
            status = check_value(check, rows->columns[i], &value);
        }
    }
    return status;
}

static enum ar_status check_parameter(struct check *check, const struct parameter *parameter)
{
    if (parameter->keys != NULL)
        return check_keys(check, parameter->keys);
    if (parameter->rows != NULL)
        return check_rows(check, parameter->rows);
    return is_shard_key(parameter->column) ? check_value(check, parameter->column, &parameter->value) : AR_OK;
}

static enum ar_status refuse_all_shards(const struct check *check)
{
    const struct ar_model *model = check->statement->model;
    const char *option = limit_of(check)->is_scoped ? "scope" : "one_shard";

    if (model == NULL || model->shard_key == NULL)
        return ar_fail(check->link->failure, AR_MISUSE, model, NULL,
                       "%s: the statement may read or change rows of all shards, but the session has .%s",
                       model != NULL ? model->name : "user SQL", option);
    return ar_fail(check->link->failure, AR_MISUSE, model, model->shard_key,
                   "%s: the statement would run on all shards, but the session has .%s: add the condition that "
                   "%s.%s is equal to one value",
                   model->name, option, model->name, model->shard_key->field);
}

static enum ar_status check_statement(struct link *link, const struct statement *statement)
{
    struct check check = {.link = link, .statement = statement};
    const struct ar_model *model = statement->model;
    bool is_sharded = model != NULL && model->shard_key != NULL;
    enum ar_status status = AR_OK;

    if (statement->is_limited)
        return AR_OK;
    for (size_t i = 0; i < statement->parameter_count && status == AR_OK; i++)
        status = check_parameter(&check, &statement->parameters[i]);
    if (status == AR_OK && (statement->is_by_name || statement->fans_out || (model != NULL && model->all_shards) ||
                            (is_sharded && check.column == NULL)))
        status = refuse_all_shards(&check);
    if (status != AR_OK)
        ar_failure_add_sql(link->failure, statement->sql);
    return status;
}

enum ar_status ar_shard_check(struct link *link, const struct statement *statements, size_t count)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < count && status == AR_OK; i++)
        status = check_statement(link, &statements[i]);
    return status;
}
