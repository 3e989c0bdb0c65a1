/* Rows that are read into the identity map: the rare branches. */
#include "store/identity_row.h"

#include "model/describe.h"
#include "store/partial_row.h"

static bool are_equal(const struct ar_model *model, const void *a, const void *b)
{
    for (size_t i = 0; i < model->column_count; i++)
        if (!ar_field_equal(&model->columns[i], a, b))
            return false;
    return true;
}

static enum ar_status overwrite(struct store *store, const struct identity *identity, const struct fresh_record *fresh,
                                struct record *record)
{
    enum ar_status status = ar_undo_keep(store, identity->layout.model, record);

    if (status != AR_OK)
        return status;
    ar_identity_copy_columns(identity, ar_record_data(fresh->record), ar_record_data(record));
    record->is_absent = false;
    return ar_identity_take_image(store, identity, record);
}

/* A record that the caller has changed is kept as it is; that its row differs now is noted. */
static enum ar_status refresh(struct store *store, const struct identity *identity, const struct fresh_record *fresh,
                              struct record *record)
{
    const struct ar_model *model = identity->layout.model;
    bool is_changed = !record->is_absent && ar_record_changed(model, record);
    const void *known = is_changed ? ar_record_image(model, record) : ar_record_data(record);
    bool differs = record->is_absent || !are_equal(model, ar_record_data(fresh->record), known);

    if (differs && !is_changed) {
        enum ar_status status = overwrite(store, identity, fresh, record);
        if (status != AR_OK)
            return status;
        ar_identity_drop_struct(store, identity, fresh);
    } else {
        ar_identity_drop_fresh(store, identity, fresh);
    }
    record->generation = identity->generation;
    record->is_stale = differs && is_changed;
    return AR_OK;
}

/* A record that was expired stays so unless all of its columns were read. */
static enum ar_status merge_partial(struct store *store, struct identity *identity, const struct fresh_record *fresh,
                                    struct record *record)
{
    uint32_t generation = record->generation;
    bool is_stored, covers;
    enum ar_status status = ar_partial_unite(store, identity, fresh->record, record, &is_stored, &covers);

    if (status != AR_OK || is_stored)
        return status;
    status = refresh(store, identity, fresh, record);
    if (!covers)
        record->generation = generation;
    return status;
}

enum ar_status ar_identity_merge(struct store *store, struct identity *identity, size_t slot, const struct key *key,
                                 const struct fresh_record *fresh, struct record **out)
{
    if (!ar_identity_can_be_present(*out) || ((*out)->is_absent && fresh->record->is_partial)) {
        *out = fresh->record;
        return ar_identity_put_fresh(store, identity, slot, key, *out);
    }
    if (fresh->record->is_partial || (*out)->is_partial)
        return merge_partial(store, identity, fresh, *out);
    return refresh(store, identity, fresh, *out);
}

enum ar_status ar_identity_check_shard(struct store *store, const struct identity *identity,
                                       const struct fresh_record *fresh)
{
    const struct ar_model *model = identity->layout.model;
    const struct ar_value value = ar_field_value(model->shard_key, ar_record_data(fresh->record));

    if (ar_shard_has(&store->options.shard, model->shard_key, &value))
        return AR_OK;
    (void)ar_shard_refuse_value(&store->options.shard, model->shard_key, &value, &store->failure);
    ar_identity_drop_fresh(store, identity, fresh);
    return AR_MISUSE;
}

void ar_identity_refuse_key(struct store *store, const struct identity *identity, enum key_state state)
{
    const struct ar_model *model = identity->layout.model;

    if (state == KEY_NO_MEMORY)
        ar_fail_no_memory(&store->failure);
    else
        ar_fail(&store->failure, AR_INVALID, model, &model->columns[model->key[0]],
                "a row of table %s has a primary key that is NULL", model->table);
}

enum ar_status ar_row_fail(const struct row *row, const struct ar_model *model, struct failure *failure,
                           enum ar_status status)
{
    struct ar_value key[AR_KEY_COLUMNS_MAX];
    char text[256];

    if (status != AR_INVALID || model->key_count == 0)
        return status;
    for (size_t i = 0; i < model->key_count; i++)
        if (!row->methods->value(row, model->key[i], &key[i]))
            return status;
    ar_describe_values(key, model->key_count, text, sizeof text);
    ar_failure_add_text(failure, ", in the row whose key is %s", text);
    return status;
}
