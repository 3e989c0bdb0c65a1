/* The session's knowledge of a row: before it is written, and afterwards. */
#include "write/remember.h"

#include "model/field.h"
#include "store/cache.h"
#include "store/identity.h"
#include "write/dependent.h"

#include <string.h>

/* ---- Before ------------------------------------------------------------------------------------------------------ */

enum ar_status ar_write_read_key(struct write *write, const void *source)
{
    enum key_state state =
        ar_key_read(&write->identity->layout.key_reader, source, &write->store->scratch, &write->key);

    if (state == KEY_ZERO) /* a record that was loaded with it has this key */
        state = ar_identity_check_zero_in(write->identity, write->record, &write->key);
    if (state == KEY_NO_MEMORY)
        return ar_fail_no_memory(&write->store->failure);
    write->has_key = state == KEY_SET;
    write->known = write->has_key ? ar_identity_find_present(write->identity, &write->key) : NULL;
    return AR_OK;
}

bool ar_write_is_current(const struct write *write)
{
    const struct record *known = write->known;

    return known != NULL && !known->is_stale && known->generation == write->identity->generation;
}

/* If the row may have changed since it was read, the image is still valid for the session's record, which was loaded
 * with it, but not for a caller-owned struct, which is written completely. */
const void *ar_write_image(const struct write *write)
{
    const struct record *known = write->known;

    if (known == NULL || (ar_record_data(known) != write->record && (known->is_partial || !ar_write_is_current(write))))
        return NULL;
    return ar_record_image(write->model, known);
}

/* ---- Afterwards -------------------------------------------------------------------------------------------------- */

void ar_write_remember(struct write *write, void *data, bool is_new)
{
    /* The write has succeeded: running out of memory must not be reported. */
    if (ar_identity_remember(write->store, write->identity, &write->key, data, is_new) != AR_OK)
        ar_identity_forget(write->identity, &write->key);
}

/* Drop the lists of the owners that the row left and joined. `before` is NULL if the former ones are unknown. */
static void drop_lists(struct write *write, const void *before, bool target)
{
    if (before != NULL)
        ar_caches_row_changed(write->store, write->model, before, target);
    ar_caches_row_changed(write->store, write->model, write->copy, target);
}

static bool any_changed(const struct write *write, const uint16_t *columns, size_t count, const void *before)
{
    for (size_t i = 0; i < count; i++)
        if (!ar_field_equal(&write->model->columns[columns[i]], before, write->copy))
            return true;
    return false;
}

/* Return true if a column that the relation compares, sorts by or tests has changed. It has no path. */
static bool hop_changed(const struct write *write, const struct ar_relation *hop, const void *before)
{
    struct key_columns target = ar_target_columns(hop);

    return any_changed(write, target.columns, target.count, before) ||
           any_changed(write, hop->scope_columns, hop->scope_column_count, before);
}

static bool path_changed(const struct write *write, const struct ar_relation *relation, const void *before)
{
    for (size_t i = 0; i < relation->path_count; i++) {
        const struct ar_relation *hop = relation->path[i];
        struct key_columns owner = ar_owner_columns(hop);
        if (hop->target == write->model && hop_changed(write, hop, before))
            return true;
        if (i > 0 && hop->owner == write->model && any_changed(write, owner.columns, owner.count, before))
            return true;
    }
    return relation->target == write->model &&
           any_changed(write, relation->scope_columns, relation->scope_column_count, before);
}

/* Return true if a relation may have gained or lost the row, or has it at another position. */
static bool relations_changed(const struct write *write, const void *before)
{
    const struct ar_column *deleted_at = write->model->deleted_at;

    if (deleted_at != NULL && !ar_field_equal(deleted_at, before, write->copy))
        return true;
    for (size_t i = 0; i < write->model->referrer_count; i++) {
        const struct ar_relation *relation = write->model->referrers[i];
        if (ar_has_path(relation) ? path_changed(write, relation, before) : hop_changed(write, relation, before))
            return true;
    }
    return false;
}

static inline void remember_inserted(struct write *write)
{
    enum key_state state =
        ar_key_read(&write->identity->layout.key_reader, write->copy, &write->store->scratch, &write->key);

    memcpy(write->record, write->copy, write->model->size);
    if (write->model->referrer_count > 0) /* avoids a call for most models */
        drop_lists(write, NULL, true);
    if (state == KEY_SET)
        ar_write_remember(write, write->copy, true);
}

void ar_write_inserted(struct write *write)
{
    if (write->known != NULL) /* it existed before and is in an unknown list */
        ar_caches_lists_changed(write->store, write->model);
    remember_inserted(write);
    ar_caches_siblings_changed(write->store, write->model);
}

void ar_write_inserted_all(struct write *write, size_t count)
{
    size_t size = write->model->size;

    for (size_t i = 0; i < count; i++) {
        remember_inserted(write);
        write->record = (char *)write->record + size;
        write->copy = (char *)write->copy + size;
    }
    ar_caches_siblings_changed(write->store, write->model);
}

/* Columns that were not written are as old as before: an expired record stays expired. */
static void remember_update(struct write *write)
{
    struct record *known = write->known;
    uint32_t generation = known->is_stale ? write->identity->generation - 1 : known->generation;

    if (!ar_write_is_own(write))
        ar_write_remember(write, write->record, false);
    else if (ar_identity_remember_own(write->store, write->identity, known) != AR_OK)
        ar_identity_forget(write->identity, &write->key);
    known->generation = generation;
}

void ar_write_assigned(struct write *write, const void *before)
{
    if (before == NULL)
        ar_caches_lists_changed(write->store, write->model);
    else if (relations_changed(write, before))
        drop_lists(write, before, false);
    else if (write->model->referrer_count > 0)
        ar_caches_values_changed(write->store, write->model, before, write->copy);
    ar_caches_siblings_changed(write->store, write->model);
}

void ar_write_updated(struct write *write, const void *before)
{
    memcpy(write->record, write->copy, write->model->size);
    ar_write_assigned(write, before);
    if (write->known != NULL)
        remember_update(write);
}

void ar_write_unchanged(struct write *write)
{
    if (ar_write_is_own(write))
        remember_update(write);
}

static void take_marks(const struct write *write, void *to)
{
    for (size_t i = 0; i < write->model->column_count; i++)
        if ((write->model->columns[i].flags & (AR_COLUMN_DELETED_AT | AR_COLUMN_UPDATED_AT | AR_COLUMN_VERSION)) != 0)
            ar_field_copy(&write->model->columns[i], write->copy, to);
}

void ar_write_marked(struct write *write)
{
    struct record *known = write->known;

    if (known != NULL && known->is_stale)
        ar_caches_lists_changed(write->store, write->model);
    drop_lists(write, ar_write_row_before(write), true);
    ar_caches_siblings_changed(write->store, write->model);
    if (known == NULL)
        return;
    take_marks(write, ar_record_data(known));
    take_marks(write, ar_record_image(write->model, known));
    /* The version of a caller-owned struct may not be that of the row, and computed columns are unknown: read it again.
     */
    if (ar_record_data(known) != write->record || (write->identity->layout.column_flags & AR_COLUMN_COMPUTED) != 0)
        known->generation = write->identity->generation - 1;
}

void ar_write_deleted(struct write *write)
{
    const struct ar_model *model = write->model;

    if (model->cascaded_count > 0)
        ar_dependents_forget(write->store, model);
    for (size_t i = 0; i < model->sibling_count; i++)
        ar_dependents_forget(write->store, model->siblings[i]);
    ar_caches_siblings_changed(write->store, model);
    if (write->known != NULL && (write->known->is_stale || write->known->is_partial))
        ar_caches_lists_changed(write->store, write->model);
    if (model->referrer_count > 0)
        drop_lists(write, ar_write_row_before(write), true);
    for (size_t i = 0; i < model->relation_count; i++) {
        struct relation_cache *cache = ar_pointer_map_get(&write->store->caches.by_relation, model->relations[i]);
        if (cache != NULL)
            ar_cache_drop(cache, &write->key);
    }
    if (write->known != NULL) /* it was logged before the row was deleted */
        ar_identity_make_absent(write->identity, write->known);
    else if (ar_identity_set_absent(write->store, write->identity, &write->key) != AR_OK)
        ar_identity_forget(write->identity, &write->key);
}
