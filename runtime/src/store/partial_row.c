/* Partial records in the identity map: the rows that they are read from, and what uses them. */
#include "store/partial_row.h"

#include "model/field.h"
#include "store/identity.h"
#include "store/undo.h"

void ar_partial_expect(struct store *store, struct identity *identity)
{
    store->has_partials = true;
    if (identity->has_partials)
        return;
    identity->has_partials = true;
    identity->record_size = identity->layout.padding + sizeof(struct record) +
                            ar_partial_set_offset(identity->layout.model, identity->has_images) + sizeof(void *);
}

static bool includes(const struct ar_model *model, const uint64_t *all, const uint64_t *some)
{
    for (size_t i = 0; i < ar_columns_words(model); i++)
        if ((some[i] & ~all[i]) != 0)
            return false;
    return true;
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

/* Return the known values of the record: those of the row. */
static const void *known_values(const struct ar_model *model, const struct record *record)
{
    const void *image = ar_record_image(model, record);

    return image != NULL ? image : ar_record_data(record);
}

/* Give the row the columns that it lacks. */
static void complete_row(const struct ar_model *model, const uint64_t *has, const struct record *record,
                         struct record *fresh)
{
    for (size_t i = 0; i < model->column_count; i++)
        if (!ar_columns_have(has, i))
            ar_field_copy(&model->columns[i], known_values(model, record), ar_record_data(fresh));
    fresh->is_partial = false;
}

/* Return the union of both sets; NULL if out of memory. */
static const uint64_t *unite_sets(struct store *store, const struct ar_model *model, const uint64_t *a,
                                  const uint64_t *b)
{
    uint64_t *both = ar_arena_allocate(&store->objects, ar_columns_words(model) * sizeof *both);

    for (size_t i = 0; i < ar_columns_words(model) && both != NULL; i++)
        both[i] = a[i] | b[i];
    return both;
}

static enum ar_status copy_to_image(struct store *store, const struct ar_column *column, const void *data, void *image)
{
    if (image == NULL)
        return AR_OK;
    ar_field_copy(column, data, image);
    return (column->flags & AR_COLUMN_WRITABLE_TEXT) != 0 ? ar_field_own(column, &store->text, &store->failure, image)
                                                          : AR_OK;
}

/* Store the columns of a row that has some which the record lacks. Columns that the program changed are kept. */
static enum ar_status add_columns(struct store *store, const struct ar_model *model, const uint64_t *has,
                                  const struct record *fresh, struct record *record)
{
    const uint64_t *had = ar_partial_columns(model, record);
    const uint64_t *both = has != NULL ? unite_sets(store, model, had, has) : NULL;
    bool is_changed = ar_record_changed(model, record);
    void *image = ar_record_image(model, record);
    enum ar_status status =
        has != NULL && both == NULL ? ar_fail_no_memory(&store->failure) : ar_undo_keep(store, model, record);

    for (size_t i = 0; i < model->column_count && status == AR_OK; i++) {
        const struct ar_column *column = &model->columns[i];
        if (has != NULL && !ar_columns_have(has, i))
            continue;
        if (ar_columns_have(had, i) && is_changed) {
            record->is_stale |= !ar_field_equal(column, ar_record_data(fresh), image);
            continue;
        }
        ar_field_copy(column, ar_record_data(fresh), ar_record_data(record));
        status = copy_to_image(store, column, ar_record_data(fresh), image);
    }
    if (status != AR_OK)
        return status;
    record->is_partial = has != NULL;
    if (has != NULL)
        ar_partial_set_columns(model, record, both);
    return AR_OK;
}

enum ar_status ar_partial_unite(struct store *store, struct identity *identity, struct record *row,
                                struct record *record, bool *is_stored, bool *covers)
{
    const struct ar_model *model = identity->layout.model;
    const uint64_t *has = row->is_partial ? ar_partial_columns(model, row) : NULL, *had = NULL;
    enum ar_status status;

    *is_stored = false;
    *covers = has == NULL;
    if (record->is_partial) {
        had = ar_partial_columns(model, record);
        ar_partial_open(model, record);
        *covers = has == NULL || includes(model, has, had);
    }
    if (record->is_absent) { /* complete, and replaced by the row */
        record->is_partial = false;
        return AR_OK;
    }
    if (has != NULL && (had == NULL || includes(model, had, has))) {
        complete_row(model, has, record, row);
        return AR_OK;
    }
    status = add_columns(store, model, has, row, record);
    if (status == AR_OK && *covers)
        record->generation = identity->generation;
    *is_stored = true;
    return status;
}

/* ---- Use --------------------------------------------------------------------------------------------------------- */

/* Find the record that has these data, without memory for its key. */
static struct record *find_by_place(const struct identity *identity, const void *data)
{
    for (size_t i = 0; i < identity->records.capacity; i++) {
        struct record *each = ar_key_table_at(&identity->records, i);
        if (each != NULL && ar_record_data(each) == data)
            return each;
    }
    return NULL;
}

struct record *ar_partial_find(struct store *store, const struct ar_model *model, const void *data)
{
    const struct identity *identity = ar_pointer_map_get(&store->identities.by_model, model);
    struct record *record = NULL;
    struct key key;
    enum key_state state;

    if (identity == NULL || !identity->has_partials)
        return NULL;
    state = ar_identity_key(store, model, data, &key);
    if (state == KEY_SET)
        record = ar_key_table_find(&identity->records, &key);
    else if (state == KEY_NO_MEMORY)
        record = find_by_place(identity, data);
    return record != NULL && ar_record_data(record) == data && record->is_partial ? record : NULL;
}

const struct ar_column *ar_partial_lacks(struct store *store, struct key_columns columns, const void *record)
{
    const struct record *partial = store->has_partials ? ar_partial_find(store, columns.model, record) : NULL;
    const uint64_t *loaded = partial != NULL ? ar_partial_columns(columns.model, partial) : NULL;

    for (size_t i = 0; i < columns.count && loaded != NULL; i++)
        if (!ar_columns_have(loaded, columns.columns[i]))
            return &columns.model->columns[columns.columns[i]];
    if (loaded != NULL && columns.guard != NULL && !ar_columns_have(loaded, columns.guard->column))
        return &columns.model->columns[columns.guard->column];
    return NULL;
}

enum ar_status ar_partial_check(struct store *store, const struct ar_relation *relation, const void *record)
{
    const struct ar_column *column = ar_partial_lacks(store, ar_owner_columns(relation), record);
    const char *owner = relation->owner->name;

    if (column == NULL)
        return AR_OK;
    return ar_fail(&store->failure, AR_MISUSE, relation->owner, column,
                   "%s.%s needs %s.%s, which was not loaded: add it to %s_only, or call %s_reload", owner,
                   relation->name, owner, column->field, owner, owner);
}
