/* The identity map: the records of each model by primary key. */
#ifndef AR_IDENTITY_H
#define AR_IDENTITY_H

#include "store/store.h"
#include "store/undo.h"

/* Return the identity map of a model, created when first needed. If out of memory, set the failure and return NULL. */
struct identity *ar_identity(struct store *store, const struct ar_model *model);

/* Return the record with this key, present or absent, if it is still valid; otherwise NULL. */
struct record *ar_identity_find(const struct identity *identity, const struct key *key);

/* Return KEY_SET if `record`, whose key is zero, is the record of that key in the store and therefore has a row.
 * Otherwise return KEY_ZERO: it is unsaved. */
enum key_state ar_identity_check_zero(struct store *store, const struct ar_model *model, const void *record,
                                      const struct key *key);

/* Read the key of a record. */
enum key_state ar_identity_key(struct store *store, const struct ar_model *model, const void *record, struct key *out);

/* Remember that no row has this key. */
enum ar_status ar_identity_set_absent(struct store *store, struct identity *identity, const struct key *key);

/* Store the contents of the row with this key in its record, which is created if necessary. Strings are copied.
 *   data     the contents; may be the record itself
 *   is_new   the row was just inserted */
enum ar_status ar_identity_remember(struct store *store, struct identity *identity, const struct key *key, void *data,
                                    bool is_new);

/* Do the same for a record that is present, and whose struct has the contents of the row. */
enum ar_status ar_identity_remember_own(struct store *store, struct identity *identity, struct record *record);

/* Remove the record with this key from the map, if there is one. */
void ar_identity_forget(struct identity *identity, const struct key *key);

/* Mark all records as expired: each is refreshed when its row is next read. */
void ar_identity_expire(struct store *store, struct identity *identity);
void ar_identities_expire(struct store *store);

/* Finish the rollback of this transaction and all later ones, after the undo log was applied: records that they
 * inserted become absent, and every row that they read is refreshed when it is next read. */
void ar_identities_rolled_back(struct identities *identities, uint32_t transaction);

/* Restore the image of every record that the caller changed. On AR_NO_MEMORY, some were not restored. */
enum ar_status ar_identities_undo_changes(struct store *store);

/* Remove every record; the tables keep their memory. */
void ar_identities_clear(struct identities *identities);

/* Return the memory of the maps in bytes, without the records. */
size_t ar_identities_size(const struct identities *identities);

void ar_identities_free(struct identities *identities);

/* ---- Inline ------------------------------------------------------------------------------------------------------ */

/* Do what ar_identity_check_zero does, if the identity map of the model is known. */
static inline enum key_state ar_identity_check_zero_in(const struct identity *identity, const void *record,
                                                       const struct key *key)
{
    const struct record *known = ar_key_table_find(&identity->records, key);

    return known != NULL && ar_record_data(known) == record && !known->is_absent ? KEY_SET : KEY_ZERO;
}

/* Return the record with this key, or NULL if there is none or it is absent. */
static inline struct record *ar_identity_find_present(const struct identity *identity, const struct key *key)
{
    struct record *known = ar_key_table_find(&identity->records, key);

    return known != NULL && !known->is_absent ? known : NULL;
}

/* Make a record absent whose row was deleted. If the change may be rolled back, it was logged (undo.h). */
static inline void ar_identity_make_absent(const struct identity *identity, struct record *record)
{
    record->is_absent = true;
    record->generation = identity->generation;
}

/* ---- For identity.c and identity_row.h --------------------------------------------------------------------------- */

/* Allocate a record without key; the parts of its struct that no column fills are zero. NULL if out of memory. */
static inline struct record *ar_identity_make_record(struct store *store, const struct identity *identity)
{
    char *memory = ar_arena_allocate_aligned(&store->objects, identity->record_size, identity->layout.alignment);
    struct record *record;

    if (memory == NULL)
        return NULL;
    record = (struct record *)(void *)(memory + identity->layout.padding);
    *record = (struct record){.has_image = identity->has_images, .transaction = ar_undo_serial(store) & AR_SERIAL_MAX};
    for (size_t i = 0; i < identity->layout.gap_count; i++)
        memset((char *)ar_record_data(record) + identity->layout.gaps[i], 0, AR_GAP_SIZE);
    return record;
}

/* Copy all columns of a struct. */
void ar_identity_copy_columns(const struct identity *identity, const void *from, void *to);

/* Make the record's image, if it has one, equal to its struct. */
static inline enum ar_status ar_identity_take_image(struct store *store, const struct identity *identity,
                                                    struct record *record)
{
    void *image;

    if (!record->has_image)
        return AR_OK;
    image = (char *)ar_record_data(record) + identity->layout.model->size;
    memcpy(image, ar_record_data(record), identity->layout.model->size);
    if ((identity->layout.column_flags & AR_COLUMN_WRITABLE_TEXT) == 0)
        return AR_OK;
    return ar_record_own_writable_texts(identity->layout.model, &store->text, &store->failure, image);
}

/* Return true if the record is present, or was once and becomes present again if its row is read. */
static inline bool ar_identity_can_be_present(const struct record *record)
{
    return !record->is_absent || record->has_image;
}

/* Make `record` the one of its key, whose slot was found. */
static inline void ar_identity_put(struct identity *identity, size_t slot, const struct key *key, struct record *record)
{
    record->generation = identity->generation;
    ar_key_table_fill(&identity->records, slot, key, &record->key);
}

#endif
