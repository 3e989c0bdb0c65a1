/* The identity map: records by primary key, what is written into them, and what is no longer known. */
#include "store/identity.h"

#include "store/partial.h"

#include <string.h>

/* Members that are not columns belong to the caller, and padding may be uninitialized: if there are any, copy column by
 * column. */
void ar_identity_copy_columns(const struct identity *identity, const void *from, void *to)
{
    if (identity->layout.gap_count == 0) {
        memcpy(to, from, identity->layout.model->size);
        return;
    }
    for (size_t i = 0; i < identity->layout.model->column_count; i++)
        ar_field_copy(&identity->layout.model->columns[i], from, to);
}

/* ---- The map ----------------------------------------------------------------------------------------------------- */

static struct identity *make_identity(struct store *store, const struct ar_model *model)
{
    const struct layout *layout = ar_layout(store->options.layouts, model);
    struct identity *identity = ar_arena_allocate_zero(&store->permanent, sizeof *identity);

    if (layout == NULL || identity == NULL || !ar_pointer_map_add(&store->identities.by_model, model, identity)) {
        ar_fail_no_memory(&store->failure);
        return NULL;
    }
    identity->layout = *layout;
    ar_key_table_lend(&identity->records, &identity->first_records);
    identity->has_scope = store->options.shard.is_scoped && model->shard_key != NULL;
    identity->has_images = !store->options.is_read_only && model->key_count > 0;
    identity->record_size = layout->padding + sizeof(struct record) + model->size * (identity->has_images ? 2 : 1) +
                            (-model->size & (AR_GAP_SIZE - 1));
    identity->next = store->identities.first;
    store->identities.first = identity;
    return identity;
}

struct identity *ar_identity(struct store *store, const struct ar_model *model)
{
    struct identity *identity = store->identities.latest;

    if (identity != NULL && identity->layout.model == model)
        return identity;
    identity = ar_pointer_map_get(&store->identities.by_model, model);
    if (identity == NULL)
        identity = make_identity(store, model);
    if (identity != NULL)
        store->identities.latest = identity;
    return identity;
}

struct record *ar_identity_find(const struct identity *identity, const struct key *key)
{
    struct record *record = ar_key_table_find(&identity->records, key);

    return record != NULL && record->generation == identity->generation ? record : NULL;
}

enum key_state ar_identity_check_zero(struct store *store, const struct ar_model *model, const void *record,
                                      const struct key *key)
{
    const struct identity *identity = ar_pointer_map_get(&store->identities.by_model, model);

    return identity != NULL ? ar_identity_check_zero_in(identity, record, key) : KEY_ZERO;
}

enum key_state ar_identity_key(struct store *store, const struct ar_model *model, const void *record, struct key *out)
{
    enum key_state state = ar_key_of_record(ar_primary_key(model), record, &store->scratch, out);

    return state == KEY_ZERO ? ar_identity_check_zero(store, model, record, out) : state;
}

/* ---- Writes ------------------------------------------------------------------------------------------------------ */

/* Find the slot of a key and the record in it, or NULL. There is room for a new one. Return false if out of memory. */
static inline bool reserve_slot(struct identity *identity, const struct key *key, size_t *slot, struct record **out)
{
    if (!ar_key_table_reserve(&identity->records))
        return false;
    *slot = ar_key_table_slot(&identity->records, key);
    *out = ar_key_table_at(&identity->records, *slot);
    return true;
}

enum ar_status ar_identity_set_absent(struct store *store, struct identity *identity, const struct key *key)
{
    size_t slot;
    struct record *record;
    enum ar_status status;

    if (!reserve_slot(identity, key, &slot, &record))
        return ar_fail_no_memory(&store->failure);
    if (record != NULL) {
        status = ar_undo_keep(store, identity->layout.model, record);
        if (status == AR_OK)
            ar_identity_make_absent(identity, record);
        return status;
    }
    record = ar_arena_allocate(&store->objects, sizeof *record);
    if (record == NULL || !ar_key_store(&record->key, key, &store->objects))
        return ar_fail_no_memory(&store->failure);
    *record =
        (struct record){.key = record->key, .is_absent = true, .transaction = ar_undo_serial(store) & AR_SERIAL_MAX};
    ar_identity_put(identity, slot, key, record);
    return AR_OK;
}

/* Copy the strings of `data` into the arena, but share those that the image has already. */
static enum ar_status own_texts(struct store *store, const struct identity *identity, const void *image, void *data)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < identity->layout.text_count && status == AR_OK; i++) {
        const struct ar_column *column = &identity->layout.model->columns[identity->layout.texts[i]];
        bool may_share = image != NULL && (column->flags & AR_COLUMN_WRITABLE_TEXT) == 0;
        if (may_share && ar_field_same_pointer(column, data, image))
            continue;
        if (may_share && ar_field_equal(column, data, image))
            ar_field_copy(column, image, data);
        else
            status = ar_field_own(column, &store->text, &store->failure, data);
    }
    return status;
}

enum ar_status ar_identity_remember_own(struct store *store, struct identity *identity, struct record *record)
{
    enum ar_status status = ar_undo_keep(store, identity->layout.model, record);

    if (status == AR_OK)
        status = own_texts(store, identity, ar_record_image(identity->layout.model, record), ar_record_data(record));
    if (status != AR_OK)
        return status;
    record->generation = identity->generation;
    record->is_absent = false;
    record->is_stale = false;
    return ar_identity_take_image(store, identity, record);
}

/* Overwrite a record that is present, or was once. */
static enum ar_status write_present(struct store *store, struct identity *identity, struct record *record,
                                    const void *data)
{
    const struct ar_model *model = identity->layout.model;
    void *own = ar_record_data(record);
    bool replace = record->is_partial || record->is_absent || !ar_record_changed(model, record);
    void *copy = ar_arena_allocate(&store->scratch, model->size);
    enum ar_status status = copy != NULL ? ar_undo_keep(store, model, record) : ar_fail_no_memory(&store->failure);

    if (status != AR_OK)
        return status;
    if (record->is_partial) { /* the caller's struct is complete */
        ar_partial_open(model, record);
        record->is_partial = false;
    }
    memcpy(copy, data, model->size);
    status = own_texts(store, identity, ar_record_image(model, record), copy);
    if (status != AR_OK)
        return status;
    if (!replace) {
        /* The caller has other changes in this record: keep them, and compare them with the new image from now on. */
        ar_identity_copy_columns(identity, copy, ar_record_image(model, record));
        return AR_OK;
    }
    ar_identity_copy_columns(identity, copy, own);
    record->generation = identity->generation;
    record->is_absent = false;
    record->is_stale = false;
    return ar_identity_take_image(store, identity, record);
}

enum ar_status ar_identity_remember(struct store *store, struct identity *identity, const struct key *key, void *data,
                                    bool is_new)
{
    size_t slot;
    struct record *record;
    enum ar_status status;

    if (!reserve_slot(identity, key, &slot, &record))
        return ar_fail_no_memory(&store->failure);
    if (record != NULL && ar_identity_can_be_present(record))
        return ar_record_data(record) == data ? ar_identity_remember_own(store, identity, record)
                                              : write_present(store, identity, record, data);
    record = ar_identity_make_record(store, identity);
    if (record == NULL || !ar_key_store(&record->key, key, &store->objects))
        return ar_fail_no_memory(&store->failure);
    record->is_new = is_new;
    ar_identity_copy_columns(identity, data, ar_record_data(record));
    status = own_texts(store, identity, NULL, ar_record_data(record));
    if (status == AR_OK)
        status = ar_identity_take_image(store, identity, record);
    if (status == AR_OK)
        ar_identity_put(identity, slot, key, record);
    return status;
}

/* ---- Forgetting -------------------------------------------------------------------------------------------------- */

void ar_identity_forget(struct identity *identity, const struct key *key)
{
    ar_key_table_remove(&identity->records, key);
}

void ar_identity_expire(struct store *store, struct identity *identity)
{
    identity->generation++;
    identity->expired_in = ar_undo_serial(store);
}

void ar_identities_expire(struct store *store)
{
    for (struct identity *each = store->identities.first; each != NULL; each = each->next)
        ar_identity_expire(store, each);
}

/* Records in the undo log have their former values and transaction. Any other record that the transaction read may hold
 * values that it wrote. If it wrote rows that the session cannot identify, this applies to every record that it
 * touched. */
static void roll_back_one(struct identity *identity, uint32_t since)
{
    if (identity->expired_in >= since)
        identity->generation++;
    for (size_t i = 0; i < identity->records.capacity; i++) {
        struct record *record = ar_key_table_at(&identity->records, i);
        if (record == NULL || record->transaction < since)
            continue;
        record->is_absent |= record->is_new;
        record->is_new = false;
        record->generation = identity->generation - 1;
    }
}

void ar_identities_rolled_back(struct identities *identities, uint32_t transaction)
{
    for (struct identity *each = identities->first; each != NULL; each = each->next)
        roll_back_one(each, transaction);
}

static enum ar_status undo_changes(struct store *store, struct identity *identity)
{
    const struct ar_model *model = identity->layout.model;
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < identity->records.capacity && status == AR_OK; i++) {
        struct record *record = ar_key_table_at(&identity->records, i);
        if (record == NULL || record->is_absent || !ar_record_changed(model, record))
            continue;
        if (record->is_partial)
            ar_partial_open(model, record);
        ar_identity_copy_columns(identity, ar_record_image(model, record), ar_record_data(record));
        status = ar_record_own_writable_texts(model, &store->text, &store->failure, ar_record_data(record));
        if (record->is_partial)
            ar_partial_close(model, record);
        /* The image may be older than the row: it will be read again. */
        record->is_stale = false;
        record->generation = identity->generation - 1;
    }
    return status;
}

enum ar_status ar_identities_undo_changes(struct store *store)
{
    enum ar_status status = AR_OK;

    for (struct identity *each = store->identities.first; each != NULL && status == AR_OK; each = each->next)
        status = undo_changes(store, each);
    return status;
}

void ar_identities_clear(struct identities *identities)
{
    for (struct identity *each = identities->first; each != NULL; each = each->next) {
        ar_key_table_clear(&each->records);
        each->expired_in = 0; /* because transactions are numbered from the beginning */
    }
}

size_t ar_identities_size(const struct identities *identities)
{
    size_t size = 0;

    for (const struct identity *each = identities->first; each != NULL; each = each->next)
        size += ar_key_table_size(&each->records);
    return size;
}

void ar_identities_free(struct identities *identities)
{
    for (struct identity *each = identities->first; each != NULL; each = each->next)
        ar_key_table_free(&each->records);
    ar_pointer_map_free(&identities->by_model);
}
