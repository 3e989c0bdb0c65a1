/* The identity map: records by primary key, read from rows, refreshed, and compared with their images. */
#include "store/identity.h"

#include "model/describe.h"
#include "store/identity_row.h"

#include <string.h>

/* ---- Records in memory ------------------------------------------------------------------------------------------- */

void *ar_record_image(const struct ar_model *model, const struct record *record)
{
    return record->has_image ? (char *)ar_record_data(record) + model->size : NULL;
}

enum ar_status ar_identity_own_writable_texts(struct ar_session *s, const struct ar_model *model, void *data)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < model->column_count && status == AR_OK; i++)
        if ((model->columns[i].flags & AR_COLUMN_WRITABLE_TEXT) != 0)
            status = ar_field_own(&model->columns[i], &s->store.text, &s->store.failure, data);
    return status;
}

/* Members that are no columns are the program's, and what lies between them may never have been written to: where there
 * are such, column by column. */
static void copy_columns(const struct identity *identity, const void *from, void *to)
{
    if (identity->layout.gap_count == 0) {
        memcpy(to, from, identity->layout.model->size);
        return;
    }
    for (size_t i = 0; i < identity->layout.model->column_count; i++)
        ar_field_copy(&identity->layout.model->columns[i], from, to);
}

bool ar_record_changed(const struct ar_model *model, const struct record *record)
{
    const void *data = ar_record_data(record);
    const void *image = ar_record_image(model, record);

    if (image == NULL || memcmp(data, image, model->size) == 0)
        return false;
    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        bool same = (column->flags & AR_COLUMN_WRITABLE_TEXT) != 0 ? ar_field_equal(column, data, image)
                                                                   : ar_field_identical(column, data, image);
        if (!same)
            return true;
    }
    return false;
}

/* ---- The map ----------------------------------------------------------------------------------------------------- */

static struct identity *make_identity(struct ar_session *s, const struct ar_model *model)
{
    const struct layout *layout = ar_layout(&s->link.db->layouts, model);
    struct identity *identity = ar_arena_allocate_zero(&s->store.permanent, sizeof *identity);

    if (layout == NULL || identity == NULL || !ar_pointer_map_add(&s->store.identities.by_model, model, identity)) {
        ar_session_no_memory(s);
        return NULL;
    }
    identity->layout = *layout;
    identity->has_images = !s->options.read_only;
    identity->record_size = layout->padding + sizeof(struct record) + model->size * (identity->has_images ? 2 : 1) +
                            (-model->size & (AR_GAP_SIZE - 1));
    identity->next = s->store.identities.first;
    s->store.identities.first = identity;
    return identity;
}

struct identity *ar_identity(struct ar_session *s, const struct ar_model *model)
{
    struct identity *identity = s->store.identities.latest;

    if (identity != NULL && identity->layout.model == model)
        return identity;
    identity = ar_pointer_map_get(&s->store.identities.by_model, model);
    if (identity == NULL)
        identity = make_identity(s, model);
    if (identity != NULL)
        s->store.identities.latest = identity;
    return identity;
}

struct record *ar_identity_find(const struct identity *identity, const struct key *key)
{
    struct record *record = ar_table_find(&identity->records, key);

    return record != NULL && record->generation == identity->generation ? record : NULL;
}

enum key_state ar_identity_check_zero(struct ar_session *s, const struct ar_model *model, const void *record,
                                      const struct key *key)
{
    const struct identity *identity = ar_pointer_map_get(&s->store.identities.by_model, model);
    const struct record *known = identity != NULL ? ar_table_find(&identity->records, key) : NULL;

    return known != NULL && ar_record_data(known) == record && !known->is_absent ? KEY_SET : KEY_ZERO;
}

enum key_state ar_identity_key(struct ar_session *s, const struct ar_model *model, const void *record, struct key *out)
{
    enum key_state state = ar_key_of_record(ar_primary_key(model), record, &s->store.scratch, out);

    return state == KEY_ZERO ? ar_identity_check_zero(s, model, record, out) : state;
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static bool are_equal(const struct ar_model *model, const void *a, const void *b)
{
    for (size_t i = 0; i < model->column_count; i++)
        if (!ar_field_equal(&model->columns[i], a, b))
            return false;
    return true;
}

/* Makes the record what was read. */
static enum ar_status overwrite(struct ar_session *s, const struct identity *identity, const struct fresh_record *fresh,
                                struct record *record)
{
    enum ar_status status = ar_transaction_log(s, identity->layout.model, record);

    if (status != AR_OK)
        return status;
    copy_columns(identity, ar_record_data(fresh->record), ar_record_data(record));
    record->is_absent = false;
    return ar_identity_take_image(s, identity, record);
}

/* A record that the program changed stays as it is; that the row is another now is noted. */
static enum ar_status refresh(struct ar_session *s, const struct identity *identity, const struct fresh_record *fresh,
                              struct record *record)
{
    const struct ar_model *model = identity->layout.model;
    bool is_changed = !record->is_absent && ar_record_changed(model, record);
    const void *known = is_changed ? ar_record_image(model, record) : ar_record_data(record);
    bool is_another = record->is_absent || !are_equal(model, ar_record_data(fresh->record), known);

    if (is_another && !is_changed) {
        enum ar_status status = overwrite(s, identity, fresh, record);
        if (status != AR_OK)
            return status;
        ar_identity_drop_struct(s, identity, fresh);
    } else {
        ar_identity_drop_fresh(s, identity, fresh);
    }
    record->generation = identity->generation;
    record->is_behind = is_another && is_changed;
    return AR_OK;
}

/* An absent record that was present once is the same record again: one row is one pointer. */
static bool can_be_present(const struct record *record)
{
    return !record->is_absent || record->has_image;
}

enum ar_status ar_identity_meet(struct ar_session *s, struct identity *identity, size_t slot, const struct key *key,
                                const struct fresh_record *fresh, struct record **out)
{
    if (can_be_present(*out))
        return refresh(s, identity, fresh, *out);
    *out = fresh->record;
    return ar_identity_put_fresh(s, identity, slot, key, *out);
}

void ar_identity_refuse_key(struct ar_session *s, const struct identity *identity, enum key_state state)
{
    const struct ar_model *model = identity->layout.model;

    if (state == KEY_NO_MEMORY)
        ar_session_no_memory(s);
    else
        ar_fail(&s->store.failure, AR_INVALID, model, &model->columns[model->key[0]],
                "a row of table %s has a primary key that is NULL", model->table);
}

enum ar_status ar_identity_set_absent(struct ar_session *s, struct identity *identity, const struct key *key)
{
    size_t slot;
    struct record *record;
    enum ar_status status;

    if (!ar_table_reserve(&identity->records))
        return ar_session_no_memory(s);
    slot = ar_table_slot(&identity->records, key);
    record = ar_table_at(&identity->records, slot);
    if (record != NULL) {
        status = ar_transaction_log(s, identity->layout.model, record);
        if (status == AR_OK) {
            record->is_absent = true;
            record->generation = identity->generation;
        }
        return status;
    }
    record = ar_arena_allocate(&s->store.objects, sizeof *record);
    if (record == NULL || !ar_key_store(&record->key, key, &s->store.objects))
        return ar_session_no_memory(s);
    *record =
        (struct record){.key = record->key, .is_absent = true, .transaction = ar_transaction_serial(s) & AR_SERIAL_MAX};
    ar_identity_put(identity, slot, key, record);
    return AR_OK;
}

/* ---- What was written -------------------------------------------------------------------------------------------- */

/* Copies `data` into the arena: texts that the image holds already stay the image's. */
static enum ar_status own_texts(struct ar_session *s, const struct identity *identity, const void *image, void *data)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < identity->layout.text_count && status == AR_OK; i++) {
        const struct ar_column *column = &identity->layout.model->columns[identity->layout.texts[i]];
        if (image != NULL && (column->flags & AR_COLUMN_WRITABLE_TEXT) == 0 && ar_field_equal(column, data, image))
            ar_field_copy(column, image, data);
        else
            status = ar_field_own(column, &s->store.text, &s->store.failure, data);
    }
    return status;
}

/* Over a record that is there, or was. */
static enum ar_status write_present(struct ar_session *s, struct identity *identity, struct record *record,
                                    const void *data)
{
    const struct ar_model *model = identity->layout.model;
    void *own = ar_record_data(record);
    bool replace = own == data || record->is_absent || !ar_record_changed(model, record);
    void *copy = ar_arena_allocate(&s->store.scratch, model->size);
    enum ar_status status = copy != NULL ? ar_transaction_log(s, model, record) : ar_session_no_memory(s);

    if (status != AR_OK)
        return status;
    memcpy(copy, data, model->size);
    status = own_texts(s, identity, ar_record_image(model, record), copy);
    if (status != AR_OK)
        return status;
    if (!replace) {
        /* The program has changes of its own in the session's record: they stay, against the new image. */
        copy_columns(identity, copy, ar_record_image(model, record));
        return AR_OK;
    }
    copy_columns(identity, copy, own);
    record->generation = identity->generation;
    record->is_absent = false;
    record->is_behind = false;
    return ar_identity_take_image(s, identity, record);
}

enum ar_status ar_identity_remember(struct ar_session *s, struct identity *identity, const struct key *key, void *data,
                                    bool is_new)
{
    size_t slot;
    struct record *record;
    enum ar_status status;

    if (!ar_table_reserve(&identity->records))
        return ar_session_no_memory(s);
    slot = ar_table_slot(&identity->records, key);
    record = ar_table_at(&identity->records, slot);
    if (record != NULL && can_be_present(record))
        return write_present(s, identity, record, data);
    record = ar_record_make(s, identity);
    if (record == NULL || !ar_key_store(&record->key, key, &s->store.objects))
        return ar_session_no_memory(s);
    record->is_new = is_new;
    copy_columns(identity, data, ar_record_data(record));
    status = own_texts(s, identity, NULL, ar_record_data(record));
    if (status == AR_OK)
        status = ar_identity_take_image(s, identity, record);
    if (status == AR_OK)
        ar_identity_put(identity, slot, key, record);
    return status;
}

/* ---- Forgetting -------------------------------------------------------------------------------------------------- */

void ar_identity_forget(struct identity *identity, const struct key *key)
{
    ar_table_remove(&identity->records, key);
}

void ar_identity_expire(struct ar_session *s, struct identity *identity)
{
    identity->generation++;
    identity->expired_in = ar_transaction_serial(s);
}

void ar_identities_expire(struct ar_session *s)
{
    for (struct identity *each = s->store.identities.first; each != NULL; each = each->next)
        ar_identity_expire(s, each);
}

/* Records in the undo log have their former values. Any other record that the transaction read may hold values that it
 * wrote. If it wrote rows that the session cannot identify, this applies to every record that it touched. */
static void roll_back_one(struct identity *identity, uint32_t since)
{
    if (identity->expired_in >= since)
        identity->generation++;
    for (size_t i = 0; i < identity->records.capacity; i++) {
        struct record *record = ar_table_at(&identity->records, i);
        if (record == NULL || record->is_logged || record->transaction < since)
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

static enum ar_status undo_changes(struct ar_session *s, struct identity *identity)
{
    const struct ar_model *model = identity->layout.model;
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < identity->records.capacity && status == AR_OK; i++) {
        struct record *record = ar_table_at(&identity->records, i);
        if (record == NULL || record->is_absent || !ar_record_changed(model, record))
            continue;
        copy_columns(identity, ar_record_image(model, record), ar_record_data(record));
        status = ar_identity_own_writable_texts(s, model, ar_record_data(record));
        /* The image may be older than a row that was met: it is read again. */
        record->is_behind = false;
        record->generation = identity->generation - 1;
    }
    return status;
}

enum ar_status ar_identities_undo_changes(struct ar_session *s)
{
    enum ar_status status = AR_OK;

    for (struct identity *each = s->store.identities.first; each != NULL && status == AR_OK; each = each->next)
        status = undo_changes(s, each);
    return status;
}

void ar_identities_clear(struct identities *identities)
{
    for (struct identity *each = identities->first; each != NULL; each = each->next) {
        ar_table_clear(&each->records);
        each->expired_in = 0; /* transactions are numbered from the beginning again */
    }
}

size_t ar_identities_size(const struct identities *identities)
{
    size_t size = 0;

    for (const struct identity *each = identities->first; each != NULL; each = each->next)
        size += ar_table_size(&each->records);
    return size;
}

void ar_identities_free(struct identities *identities)
{
    for (struct identity *each = identities->first; each != NULL; each = each->next)
        ar_table_free(&each->records);
    ar_pointer_map_free(&identities->by_model);
}

/* ---- Rows that do not fit ---------------------------------------------------------------------------------------- */

enum ar_status ar_row_fail(const struct row *row, const struct ar_model *model, struct failure *failure,
                           enum ar_status status)
{
    struct ar_value key[AR_KEY_COLUMNS_MAX];
    char text[256];

    if (status != AR_INVALID)
        return status;
    for (size_t i = 0; i < model->key_count; i++)
        if (!row->methods->value(row, model->key[i], &key[i]))
            return status;
    ar_describe_values(key, model->key_count, text, sizeof text);
    ar_failure_add_text(failure, ", in the row whose key is %s", text);
    return status;
}
