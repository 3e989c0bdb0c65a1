/* The limit of a session to the rows of one tenant, or of its statements to one shard each. */
#include "model/shard.h"

#include "model/describe.h"
#include "model/field.h"

bool ar_shard_fits(const struct shard_limit *limit, const struct ar_column *shard_key)
{
    switch (limit->value.kind) {
    case AR_VALUE_INTEGER:
        return ar_type_is_integer(shard_key->type);
    case AR_VALUE_TEXT:
        return shard_key->type == AR_TYPE_TEXT || shard_key->type == AR_TYPE_CHARS;
    case AR_VALUE_BLOB:
        return shard_key->type == AR_TYPE_UUID || shard_key->type == AR_TYPE_UUID_TEXT;
    case AR_VALUE_NULL:
    case AR_VALUE_REAL:
    case AR_VALUE_ARRAY:
    case AR_VALUE_TIME:
    case AR_VALUE_DATE:
    case AR_VALUE_TIME_OF_DAY:
    case AR_VALUE_DECIMAL:
    case AR_VALUE_OUT_OF_RANGE:
    case AR_VALUE_OTHER:
        break;
    }
    return false;
}

bool ar_shard_has(const struct shard_limit *limit, const struct ar_column *shard_key, const struct ar_value *value)
{
    return ar_shard_fits(limit, shard_key) && value->kind == limit->value.kind &&
           ar_value_compare(value, &limit->value) == 0;
}

/* ---- Failures ---------------------------------------------------------------------------------------------------- */

static const char *type_name(enum ar_value_kind kind)
{
    return kind == AR_VALUE_INTEGER ? "a number" : kind == AR_VALUE_TEXT ? "a string" : "a UUID";
}

enum ar_status ar_shard_refuse_type(const struct shard_limit *limit, const struct ar_column *shard_key,
                                    struct failure *failure)
{
    const struct ar_model *model = shard_key->model;

    if (limit->value.kind == AR_VALUE_NULL)
        return ar_fail(failure, AR_MISUSE, model, shard_key,
                       "%s: the session could not be opened, because its .scope is not a tenant", model->name);
    return ar_fail(failure, AR_MISUSE, model, shard_key,
                   "%s.%s: the .scope of the session is %s, which is not the type of this shard key: all models that a "
                   "session with .scope uses must have shard keys of the same type",
                   model->name, shard_key->field, type_name(limit->value.kind));
}

enum ar_status ar_shard_refuse_value(const struct shard_limit *limit, const struct ar_column *shard_key,
                                     const struct ar_value *value, struct failure *failure)
{
    const struct ar_model *model = shard_key->model;
    char other[128], own[128];

    if (!ar_shard_fits(limit, shard_key))
        return ar_shard_refuse_type(limit, shard_key, failure);
    ar_describe_values(value, 1, other, sizeof other);
    ar_describe_values(&limit->value, 1, own, sizeof own);
    return ar_fail(failure, AR_MISUSE, model, shard_key, "%s.%s is %s, but the .scope of the session is %s",
                   model->name, shard_key->field, other, own);
}
