/* The way of a row into the identity map. Every row goes it, so it is inline, and its rare turns are calls. */
#ifndef AR_IDENTITY_ROW_H
#define AR_IDENTITY_ROW_H

#include "model/field.h"
#include "model/row.h"
#include "session/session.h"

/* A row as it was read: a record that is not in the map yet. */
struct fresh_record {
    struct record *record;
    char *text; /* where the texts began */
};

/* A record without key; what no column fills of its struct is zero. NULL when out of memory. */
static inline struct record *ar_record_make(struct ar_session *s, const struct identity *identity)
{
    char *memory = ar_arena_allocate_aligned(&s->store.objects, identity->record_size, identity->layout.alignment);
    struct record *record;

    if (memory == NULL)
        return NULL;
    record = (struct record *)(void *)(memory + identity->layout.padding);
    *record =
        (struct record){.has_image = identity->has_images, .transaction = ar_transaction_serial(s) & AR_SERIAL_MAX};
    for (size_t i = 0; i < identity->layout.gap_count; i++)
        memset((char *)ar_record_data(record) + identity->layout.gaps[i], 0, AR_GAP_SIZE);
    return record;
}

/* Copy the texts of a struct, or of an image, that the program may write into: two that shared them no longer do. */
enum ar_status ar_identity_own_writable_texts(struct ar_session *s, const struct ar_model *model, void *data);

/* Makes the record's image, if it has one, the same as its struct. */
static inline enum ar_status ar_identity_take_image(struct ar_session *s, const struct identity *identity,
                                                    struct record *record)
{
    void *image;

    if (!record->has_image)
        return AR_OK;
    image = (char *)ar_record_data(record) + identity->layout.model->size;
    memcpy(image, ar_record_data(record), identity->layout.model->size);
    if ((identity->layout.column_flags & AR_COLUMN_WRITABLE_TEXT) == 0)
        return AR_OK;
    return ar_identity_own_writable_texts(s, identity->layout.model, image);
}

/* Adds the row's key to the failure if the status is AR_INVALID: the row does not fit its struct. Returns the status.
 */
enum ar_status ar_row_fail(const struct row *row, const struct ar_model *model, struct failure *failure,
                           enum ar_status status);

/* Reads a row whose first columns are the model's, by the session's reader or one that tells another failure. */
static inline enum ar_status ar_identity_read(struct ar_session *s, const struct identity *identity,
                                              const struct row *row, const struct field_reader *reader,
                                              struct fresh_record *out)
{
    out->text = s->store.text.next;
    out->record = ar_record_make(s, identity);
    if (out->record == NULL)
        return ar_fail_no_memory(reader->failure);
    return row->methods->read(row, identity->layout.model, reader, ar_record_data(out->record));
}

/* Free a record whose strings another record has taken over. No record may have been allocated since. */
static inline void ar_identity_drop_struct(struct ar_session *s, const struct identity *identity,
                                           const struct fresh_record *fresh)
{
    ar_arena_rewind(&s->store.objects, (char *)fresh->record - identity->layout.padding);
}

/* Free a record and its strings. Nothing may have been allocated since. */
static inline void ar_identity_drop_fresh(struct ar_session *s, const struct identity *identity,
                                          const struct fresh_record *fresh)
{
    ar_identity_drop_struct(s, identity, fresh);
    ar_arena_rewind(&s->store.text, fresh->text);
}

/* Set the failure for a key that is NULL, or for which there is no memory. */
void ar_identity_refuse_key(struct ar_session *s, const struct identity *identity, enum key_state state);

/* Takes what was read where a record, `*out`, is in the slot of its key: refreshes that, if the program did not change
 * it, or, where there never was a row, takes its place. */
enum ar_status ar_identity_meet(struct ar_session *s, struct identity *identity, size_t slot, const struct key *key,
                                const struct fresh_record *fresh, struct record **out);

/* Makes it the record of its key, in the slot of that. */
static inline void ar_identity_put(struct identity *identity, size_t slot, const struct key *key, struct record *record)
{
    record->generation = identity->generation;
    ar_table_fill(&identity->records, slot, key, &record->key);
}

static inline enum ar_status ar_identity_put_fresh(struct ar_session *s, struct identity *identity, size_t slot,
                                                   const struct key *key, struct record *record)
{
    enum ar_status status;

    if (!ar_key_store(&record->key, key, &s->store.objects))
        return ar_session_no_memory(s);
    status = ar_identity_take_image(s, identity, record);
    if (status == AR_OK)
        ar_identity_put(identity, slot, key, record);
    return status;
}

/* Store a row that was read: it becomes the record of its key, or refreshes the existing record unless the caller has
 * changed it. The record then belongs to `result`; NULL if it was read alone. */
static inline enum ar_status ar_identity_take(struct ar_session *s, struct identity *identity,
                                              const struct fresh_record *fresh, struct result *result,
                                              struct record **out)
{
    enum ar_status status;
    struct key key;
    enum key_state state =
        ar_key_read(&identity->layout.key_reader, ar_record_data(fresh->record), &s->store.scratch, &key);
    size_t slot;

    if (state != KEY_SET && state != KEY_ZERO) {
        ar_identity_refuse_key(s, identity, state);
        return state == KEY_NO_MEMORY ? AR_NO_MEMORY : AR_INVALID;
    }
    if (!ar_table_reserve(&identity->records)) {
        ar_session_no_memory(s);
        return AR_NO_MEMORY;
    }
    slot = ar_table_slot(&identity->records, &key);
    *out = ar_table_at(&identity->records, slot);
    if (*out == NULL)
        status = ar_identity_put_fresh(s, identity, slot, &key, *out = fresh->record);
    else
        status = ar_identity_meet(s, identity, slot, &key, fresh, out);
    if (status == AR_OK)
        (*out)->result = result;
    return status;
}

/* Both at once. */
static inline enum ar_status ar_identity_take_row(struct ar_session *s, struct identity *identity,
                                                  const struct row *row, struct result *result, struct record **out)
{
    struct fresh_record fresh;
    enum ar_status status = ar_identity_read(s, identity, row, &s->store.field_reader, &fresh);

    if (status == AR_OK)
        return ar_identity_take(s, identity, &fresh, result, out);
    *out = NULL;
    return ar_row_fail(row, identity->layout.model, &s->store.failure, status);
}

#endif
