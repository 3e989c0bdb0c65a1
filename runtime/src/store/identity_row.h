/* Rows that are read into the identity map. This is inline because every row takes this path; its rare branches are
 * calls. */
#ifndef AR_IDENTITY_ROW_H
#define AR_IDENTITY_ROW_H

#include "model/row.h"
#include "store/identity.h"

/* A row that was read into a record which is not in the map yet. */
struct fresh_record {
    struct record *record;
    char *text; /* the start of its strings */
};

/* If the status is AR_INVALID, because the row does not fit its struct, add the row's key to the failure. Return the
 * status. */
enum ar_status ar_row_fail(const struct row *row, const struct ar_model *model, struct failure *failure,
                           enum ar_status status);

/* Read a row whose first columns are the model's, with the reader of the store or one that reports to another
 * failure. */
static inline enum ar_status ar_identity_read(struct store *store, const struct identity *identity,
                                              const struct row *row, const struct field_reader *reader,
                                              struct fresh_record *out)
{
    out->text = store->text.next;
    out->record = ar_identity_make_record(store, identity);
    if (out->record == NULL)
        return ar_fail_no_memory(reader->failure);
    return row->methods->read(row, identity->layout.model, reader, ar_record_data(out->record));
}

/* Free a record whose strings another record has taken over. No record may have been allocated since. */
static inline void ar_identity_drop_struct(struct store *store, const struct identity *identity,
                                           const struct fresh_record *fresh)
{
    ar_arena_rewind(&store->objects, (char *)fresh->record - identity->layout.padding);
}

/* Free a record and its strings. Nothing may have been allocated since. */
static inline void ar_identity_drop_fresh(struct store *store, const struct identity *identity,
                                          const struct fresh_record *fresh)
{
    ar_identity_drop_struct(store, identity, fresh);
    ar_arena_rewind(&store->text, fresh->text);
}

/* Set the failure for a key that is NULL, or for which there is no memory. */
void ar_identity_refuse_key(struct store *store, const struct identity *identity, enum key_state state);

static inline enum ar_status ar_identity_put_fresh(struct store *store, struct identity *identity, size_t slot,
                                                   const struct key *key, struct record *record)
{
    enum ar_status status;

    if (!ar_key_store(&record->key, key, &store->objects))
        return ar_fail_no_memory(&store->failure);
    status = ar_identity_take_image(store, identity, record);
    if (status == AR_OK)
        ar_identity_put(identity, slot, key, record);
    return status;
}

/* Return AR_MISUSE, and free the record, if it is a row of another tenant. */
enum ar_status ar_identity_check_shard(struct store *store, const struct identity *identity,
                                       const struct fresh_record *fresh);

/* Store a fresh record if the slot of its key has a record, `*out`: refresh the latter unless the caller has changed
 * it, or replace it if it was never present. */
enum ar_status ar_identity_merge(struct store *store, struct identity *identity, size_t slot, const struct key *key,
                                 const struct fresh_record *fresh, struct record **out);

/* Store a row that was read: it becomes the record of its key, or refreshes the existing record unless the caller has
 * changed it. The record then belongs to `result`; NULL if it was read alone. */
static inline enum ar_status ar_identity_take(struct store *store, struct identity *identity,
                                              const struct fresh_record *fresh, struct result *result,
                                              struct record **out)
{
    enum ar_status status;
    struct key key;
    enum key_state state =
        ar_key_read(&identity->layout.key_reader, ar_record_data(fresh->record), &store->scratch, &key);
    size_t slot;

    if (identity->has_scope && ar_identity_check_shard(store, identity, fresh) != AR_OK)
        return AR_MISUSE;
    if (state != KEY_SET && state != KEY_ZERO) {
        ar_identity_refuse_key(store, identity, state);
        return state == KEY_NO_MEMORY ? AR_NO_MEMORY : AR_INVALID;
    }
    if (!ar_key_table_reserve(&identity->records))
        return ar_fail_no_memory(&store->failure);
    slot = ar_key_table_slot(&identity->records, &key);
    *out = ar_key_table_at(&identity->records, slot);
    if (*out == NULL || identity->layout.model->key_count == 0) /* a former record may have had the same address */
        status = ar_identity_put_fresh(store, identity, slot, &key, *out = fresh->record);
    else
        status = ar_identity_merge(store, identity, slot, &key, fresh, out);
    if (status == AR_OK)
        (*out)->result = result;
    return status;
}

/* Read a row and store it. */
static inline enum ar_status ar_identity_take_row(struct store *store, struct identity *identity, const struct row *row,
                                                  struct result *result, struct record **out)
{
    struct fresh_record fresh;
    enum ar_status status = ar_identity_read(store, identity, row, &store->field_reader, &fresh);

    if (status == AR_OK)
        return ar_identity_take(store, identity, &fresh, result, out);
    *out = NULL;
    return ar_row_fail(row, identity->layout.model, &store->failure, status);
}

#endif
