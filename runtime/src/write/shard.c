/* Shard keys of records that are written. */
#include "write/shard.h"

#include "model/field.h"
#include "store/identity.h"

enum ar_status ar_write_check_shard_key(struct store *store, const struct ar_model *model, const void *record)
{
    const struct ar_column *shard = model->shard_key;
    const void *image;

    if (shard == NULL || !ar_arena_contains(&store->objects, record))
        return AR_OK;
    image = ar_record_image(model, ar_record_of(record));
    if (image == NULL || ar_field_equal(shard, record, image))
        return AR_OK;
    return ar_fail(&store->failure, AR_MISUSE, model, shard,
                   "%s.%s of a record of the session was changed: it is the shard key, which never changes; copy the "
                   "struct to insert a row with another one",
                   model->name, shard->field);
}

enum ar_status ar_write_fill_shard(struct store *store, const struct ar_model *model, void *record)
{
    const struct shard_limit *limit = &store->options.shard;

    if (!limit->is_scoped || model->shard_key == NULL || !ar_field_is_unset(model->shard_key, record))
        return AR_OK;
    if (!ar_shard_fits(limit, model->shard_key))
        return ar_shard_refuse_type(limit, model->shard_key, &store->failure);
    return ar_field_read(&store->field_reader, model->shard_key, &limit->value, record);
}

enum ar_status ar_write_take_shard(struct store *store, const struct ar_model *model, void *record)
{
    const struct shard_limit *limit = &store->options.shard;
    struct ar_value value;
    enum ar_status status = ar_write_fill_shard(store, model, record);

    if (status != AR_OK || !limit->is_scoped || model->shard_key == NULL)
        return status;
    value = ar_field_value(model->shard_key, record);
    return ar_shard_has(limit, model->shard_key, &value)
               ? AR_OK
               : ar_shard_refuse_value(limit, model->shard_key, &value, &store->failure);
}
