/* The keys of a load: collected from its owners, each one once. */
#include "read/load_keys.h"

#include "model/field.h"
#include "store/identity.h"
#include "store/partial_row.h"

enum ar_status ar_loading_allocate_keys(struct loading *loading)
{
    struct arena *scratch = &loading->store->scratch;
    size_t count = loading->load.owner_count, columns = loading->keys_from.count;
    const struct ar_column *const *list = &loading->key_column;
    int64_t *integers = NULL;
    struct ar_value *values = NULL;

    loading->load_keys = ar_arena_allocate(scratch, count * sizeof *loading->load_keys);
    if (loading->load_keys == NULL)
        return ar_fail_no_memory(&loading->store->failure);
    if (columns == 1)
        loading->key_column = &loading->keys_from.model->columns[loading->keys_from.columns[0]];
    else
        list = ar_key_column_list(loading->keys_from, scratch);
    if (loading->cache->has_integer_keys && count == 1)
        integers = &loading->load_keys->key.integer;
    else if (loading->cache->has_integer_keys)
        integers = ar_arena_allocate(scratch, count * sizeof *integers);
    else
        values = ar_arena_allocate(scratch, count * columns * sizeof *values);
    if (list == NULL || (integers == NULL && values == NULL))
        return ar_fail_no_memory(&loading->store->failure);
    loading->keys = (struct key_set){.column_count = columns, .integers = integers, .values = values, .columns = list};
    loading->keys.has_column_types = loading->rows_have_ordinals && loading->link->db->driver->dialect.has_key_arrays;
    return AR_OK;
}

enum ar_status ar_loading_expect_key(struct loading *loading)
{
    const struct ar_value *key = loading->load.key;
    enum ar_status status;

    loading->load.owner_count = 1;
    status = ar_loading_allocate_keys(loading);
    if (status != AR_OK)
        return status;
    loading->keys.count = 1;
    if (loading->keys.integers != NULL)
        loading->load_keys->key.integer = key->integer;
    else
        loading->keys.values = key;
    return AR_OK;
}

/* Append a key to the parameter. Its values are copied: a loaded row may refresh the owner. */
static void append_key(struct loading *loading, const struct load_key *requested, const struct key *key,
                       const void *owner)
{
    const struct key_columns *from = &loading->keys_from;
    struct ar_value *values;
    size_t index = loading->keys.count++;

    if (loading->keys.integers != NULL) {
        ((int64_t *)(uintptr_t)loading->keys.integers)[index] = key->integer;
        return;
    }
    values = (struct ar_value *)(uintptr_t)loading->keys.values + index * from->count;
    ar_key_values(*from, owner, values);
    ar_key_keep_values(&requested->key, values, from->count);
}

/* Request a key, unless it is already requested. */
static enum ar_status request(struct loading *loading, const struct key *key, const void *owner)
{
    struct arena *scratch = &loading->store->scratch;
    bool is_alone = loading->load.owner_count == 1;
    size_t slot = 0;
    struct load_key *new_key;

    if (!is_alone)
        slot = ar_key_table_slot(&loading->key_table, key);
    if (!is_alone && ar_key_table_at(&loading->key_table, slot) != NULL)
        return AR_OK;
    new_key = &loading->load_keys[loading->keys.count];
    new_key->highest = INT64_MIN;
    if (!ar_key_store(&new_key->key, key, scratch))
        return ar_fail_no_memory(&loading->store->failure);
    if (!is_alone)
        ar_key_table_fill(&loading->key_table, slot, key, &new_key->key);
    append_key(loading, new_key, key, owner);
    return AR_OK;
}

/* Request the key of the only owner, if it is a usual one and set. Return false if it is not. */
static bool request_usual(struct loading *loading)
{
    const struct key_reader *reader = &loading->cache->foreign_key;
    int64_t integer;

    if (loading->load.owner_count != 1 || !reader->is_usual || loading->store->has_partials || loading->is_one_trip)
        return false;
    integer = ar_integer_at(loading->load.owners[0], reader->offset);
    if (integer == 0)
        return false;
    *loading->load_keys = (struct load_key){.key.integer = integer, .highest = INT64_MIN};
    loading->keys.count = 1;
    return true;
}

bool ar_loading_changed_target(const struct loading *loading, const void *owner)
{
    return loading->is_one_trip && !ar_is_found_by_primary_key(loading->load.relation) &&
           ar_record_changed(loading->load.relation->owner, ar_record_of(owner));
}

enum ar_status ar_loading_collect_keys(struct loading *loading)
{
    const struct load *load = &loading->load;
    enum ar_status status = ar_loading_allocate_keys(loading);

    if (status == AR_OK && request_usual(loading))
        return AR_OK;
    if (status == AR_OK && load->owner_count > 1 && !ar_key_table_reserve_all(&loading->key_table, load->owner_count))
        return ar_fail_no_memory(&loading->store->failure);
    for (size_t i = 0; i < load->owner_count && status == AR_OK; i++) {
        struct key key;
        if (loading->store->has_partials)
            status = ar_partial_check(loading->store, load->relation, load->owners[i]);
        if (status != AR_OK || ar_loading_changed_target(loading, load->owners[i]))
            continue;
        enum key_state state =
            ar_key_read(&loading->cache->foreign_key, load->owners[i], &loading->store->scratch, &key);
        if (state == KEY_ZERO && ar_is_found_by_primary_key(load->relation))
            state = ar_identity_check_zero(loading->store, load->relation->owner, load->owners[i], &key);
        switch (state) {
        case KEY_SET:
            status = request(loading, &key, load->owners[i]);
            break;
        case KEY_NO_MEMORY:
            status = ar_fail_no_memory(&loading->store->failure);
            break;
        case KEY_ZERO:
        case KEY_NULL:
            break;
        }
    }
    return status;
}
