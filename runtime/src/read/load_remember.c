/* Remembering a load: lists in the relation cache, targets of foreign keys in the identity map. */
#include "read/load_remember.h"

#include "base/merge_sort.h"
#include "model/field.h"
#include "read/load_keys.h"
#include "store/cache.h"
#include "store/identity.h"

#include <stdlib.h>
#include <string.h>

/* ---- Groups of rows ---------------------------------------------------------------------------------------------- */

int ar_loading_compare_keys(const void *left, const void *right)
{
    const struct ar_model *model = ar_record_of(left)->result->model;

    for (size_t i = 0; i < model->key_count; i++) {
        int order = ar_field_compare(&model->columns[model->key[i]], left, right);
        if (order != 0)
            return order;
    }
    return 0;
}

/* For qsort. */
static int compare_by_key(const void *a, const void *b)
{
    return ar_loading_compare_keys(*(void *const *)a, *(void *const *)b);
}

static bool is_sorted(void *const *records, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (compare_by_key(&records[i - 1], &records[i]) > 0)
            return false;
    return true;
}

/* Sort by keys of one integer. The keys are read once, because the records are all over the memory. Return false if out
 * of memory. */
static bool sort_by_integer(struct arena *scratch, void **records, size_t count)
{
    struct keyed *items = ar_arena_allocate(scratch, 2 * count * sizeof *items);

    if (items == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        items[i] = (struct keyed){ar_record_of(records[i])->key.integer, records[i]};
    ar_merge_sort(items, count, items + count);
    for (size_t i = 0; i < count; i++)
        records[i] = items[i].item;
    ar_arena_rewind(scratch, (char *)items);
    return true;
}

/* Sort a list without an order by primary key. Rows found by an index usually arrive like that: nothing moves. */
static void sort_by_key(const struct loading *loading, void **records, size_t count)
{
    if (is_sorted(records, count))
        return;
    if (!loading->rows.identity->layout.has_integer_key || !sort_by_integer(&loading->store->scratch, records, count))
        qsort(records, count, sizeof *records, compare_by_key);
}

/* Copy the records of a single key. */
static void copy_rows(const struct row_collector *rows, void **to)
{
    for (const struct collected_rows *piece = rows->first; piece != NULL; to += piece->count, piece = piece->next)
        memcpy(to, piece->records, piece->count * sizeof *to);
}

/* Group the records by key, each group in the order of its rows. The group of key i begins at starts[i]. */
static enum ar_status group_rows(struct loading *loading, size_t **starts, void ***grouped)
{
    const struct row_collector *rows = &loading->rows;
    size_t *next;

    *starts = ar_arena_allocate_zero(&loading->store->scratch, (loading->keys.count + 2) * sizeof **starts);
    *grouped = ar_arena_allocate(&loading->store->objects, rows->count * sizeof **grouped);
    if (*starts == NULL || *grouped == NULL)
        return ar_fail_no_memory(&loading->store->failure);
    if (loading->keys.count == 1) {
        copy_rows(rows, *grouped);
        (*starts)[1] = rows->count;
        return AR_OK;
    }
    /* A counting sort. Counts are two slots ahead, because filling a group moves its start to the next one. */
    next = *starts + 1;
    for (const struct collected_rows *piece = rows->first; piece != NULL; piece = piece->next)
        for (size_t i = 0; i < piece->count; i++)
            next[ar_collected_indexes(piece)[i] + 1]++;
    for (size_t i = 1; i <= loading->keys.count; i++)
        next[i] += next[i - 1];
    for (const struct collected_rows *piece = rows->first; piece != NULL; piece = piece->next)
        for (size_t i = 0; i < piece->count; i++)
            (*grouped)[next[ar_collected_indexes(piece)[i]]++] = piece->records[i];
    return AR_OK;
}

enum ar_status ar_loading_find_tree(struct loading *loading, const struct key *owner, struct result **out)
{
    const struct ar_model *model = loading->load.relation->owner;
    const struct identity *identity;
    struct record *record = NULL;

    *out = NULL;
    if (loading->load.reason == AR_REASON_EAGER)
        *out = loading->load.owners_result->tree;
    if (loading->load.reason != AR_REASON_EXPLICIT)
        return AR_OK;
    identity = ar_pointer_map_get(&loading->store->identities.by_model, model);
    if (identity != NULL)
        record = ar_key_table_find(&identity->records, owner);
    if (record == NULL)
        return AR_OK;
    if (record->result == NULL)
        record->result = ar_result_make(loading->store, model);
    if (record->result == NULL)
        return AR_NO_MEMORY;
    *out = record->result->tree;
    return AR_OK;
}

bool ar_loading_is_refined(const struct loading *loading)
{
    return loading->load.refinement != NULL && ar_query_is_refined(loading->load.refinement);
}

/* ---- Entries ----------------------------------------------------------------------------------------------------- */

/* Give an owner an entry with the content of its key. */
static enum ar_status remember_entry(struct loading *loading, const struct key *owner, const struct load_key *key,
                                     const struct content_source *source, struct cache_entry **out)
{
    struct cache_entry *entry = ar_cache_add(loading->store, loading->cache, owner);
    struct result *tree;

    if (entry == NULL || ar_loading_find_tree(loading, owner, &tree) != AR_OK)
        return AR_NO_MEMORY;
    if (loading->cache->tallies != NULL && !ar_loading_is_refined(loading))
        ar_cache_drop_tallies(loading->cache, owner);
    source->fill(loading, source, ar_loading_index(loading, key), entry);
    ar_cache_loaded(loading->store, loading->cache, entry, tree, ar_loading_is_refined(loading));
    *out = entry;
    return AR_OK;
}

/* Remember the records of the key that the owner has now, together with the key. An owner that is itself a row of the
 * target's table may have been refreshed by this load with a different key: its next access loads that one. No entry is
 * needed if the identity map alone finds the record. */
static enum ar_status remember_owner(struct loading *loading, const void *record, const struct content_source *source)
{
    struct arena *scratch = &loading->store->scratch;
    struct key owner, foreign;
    enum key_state state;
    const struct load_key *requested;
    struct stored_key stored;
    struct cache_entry *entry;
    enum ar_status status;

    if (ar_loading_changed_target(loading, record))
        return AR_OK;
    state = ar_identity_key(loading->store, loading->load.relation->owner, record, &owner);
    if (state == KEY_SET)
        state = ar_key_of_record(loading->keys_from, record, scratch, &foreign);
    if (state == KEY_NO_MEMORY)
        return ar_fail_no_memory(&loading->store->failure);
    if (state != KEY_SET)
        return AR_OK;
    requested = ar_loading_find_key(loading, &foreign);
    if (requested == NULL)
        return AR_OK;
    if (loading->is_found_by_bytes && loading->cache->is_by_identity && !ar_loading_is_refined(loading)) {
        ar_cache_drop(loading->cache, &owner);
        return AR_OK;
    }
    if (!ar_key_store(&stored, &foreign, &loading->store->objects))
        return ar_fail_no_memory(&loading->store->failure);
    status = remember_entry(loading, &owner, requested, source, &entry);
    if (status == AR_OK)
        entry->foreign_key = stored;
    return status;
}

static enum ar_status remember_owners(struct loading *loading, const struct content_source *source)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < loading->load.owner_count && status == AR_OK; i++)
        status = remember_owner(loading, loading->load.owners[i], source);
    return status;
}

enum ar_status ar_loading_remember_content(struct loading *loading, const struct content_source *source)
{
    enum ar_status status = AR_OK;

    if (!ar_is_found_by_primary_key(loading->load.relation))
        return remember_owners(loading, source);
    if (!ar_key_table_reserve_all(&loading->cache->entries, loading->keys.count))
        return ar_fail_no_memory(&loading->store->failure);
    for (size_t i = 0; i < loading->keys.count && status == AR_OK; i++) {
        struct key owner = ar_loading_key(loading, &loading->load_keys[i]);
        struct cache_entry *entry;
        status = remember_entry(loading, &owner, &loading->load_keys[i], source, &entry);
    }
    return status;
}

/* ---- Lists ------------------------------------------------------------------------------------------------------- */

/* The records of each key: from starts[i] to before starts[i + 1]. */
struct lists {
    struct content_source source; /* must be first */
    void *const *records;
    const size_t *starts;
};

static void fill_list(const struct loading *loading, const struct content_source *source, size_t index,
                      struct cache_entry *entry)
{
    const struct lists *lists = (const struct lists *)source;
    size_t count = lists->starts[index + 1] - lists->starts[index];

    entry->records = lists->records + lists->starts[index];
    entry->count = count > 1 && !ar_relation_kind(loading->load.relation).is_list ? 1 : count;
}

static enum ar_status remember_lists(struct loading *loading)
{
    const struct load *load = &loading->load;
    bool has_order = load->relation->order != NULL || (load->refinement != NULL && load->refinement->orders != NULL);
    size_t *starts;
    void **grouped;
    enum ar_status status = group_rows(loading, &starts, &grouped);
    struct lists lists;

    if (status != AR_OK)
        return status;
    for (size_t i = 0; i < loading->keys.count; i++)
        if (!has_order && loading->load_keys[i].highest == AR_UNSORTED)
            sort_by_key(loading, grouped + starts[i], starts[i + 1] - starts[i]);
    lists = (struct lists){{fill_list}, grouped, starts};
    status = ar_loading_remember_content(loading, &lists.source);
    if (status == AR_OK) {
        loading->rows.result->records = grouped;
        loading->rows.result->count = loading->rows.count;
    }
    return status;
}

/* ---- Targets of foreign keys ------------------------------------------------------------------------------------- */

/* The record of each key, or NULL. */
struct targets {
    struct content_source source; /* must be first */
    void *const *records;
};

static void fill_target(const struct loading *loading, const struct content_source *source, size_t index,
                        struct cache_entry *entry)
{
    const struct targets *targets = (const struct targets *)source;

    (void)loading;
    entry->records = &targets->records[index];
    entry->count = targets->records[index] != NULL;
}

/* Make a list of the targets by the index of their key; NULL if there is none. */
static enum ar_status targets_by_key(struct loading *loading, void ***out)
{
    const struct row_collector *rows = &loading->rows;

    *out = ar_arena_allocate_zero(&loading->store->objects, (loading->keys.count + 1) * sizeof **out);
    if (*out == NULL)
        return ar_fail_no_memory(&loading->store->failure);
    for (const struct collected_rows *piece = rows->first; piece != NULL; piece = piece->next)
        for (size_t i = 0; i < piece->count; i++)
            (*out)[ar_collected_indexes(piece)[i]] = piece->records[i];
    return AR_OK;
}

/* Return true if the identity map alone finds the target of every key. It compares bytes: the target of a string key
 * may have different bytes, and a key without a target may get such a one later. */
static bool are_found_by_bytes(const struct loading *loading, void *const *targets)
{
    if (!ar_is_found_by_identity(loading->load.relation))
        return false;
    if (loading->cache->is_by_bytes)
        return true;
    for (size_t i = 0; i < loading->keys.count; i++) {
        struct key key = ar_loading_key(loading, &loading->load_keys[i]);
        if (targets[i] == NULL || !ar_key_is_stored(&key, &ar_record_of(targets[i])->key))
            return false;
    }
    return true;
}

static enum ar_status remember_absent(struct loading *loading, void *const *targets)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < loading->keys.count && status == AR_OK; i++) {
        struct key key = ar_loading_key(loading, &loading->load_keys[i]);
        if (targets[i] == NULL)
            status = ar_identity_set_absent(loading->store, loading->rows.identity, &key);
    }
    return status;
}

static enum ar_status remember_targets(struct loading *loading)
{
    bool needs_entries =
        !loading->cache->is_by_identity || ar_loading_is_refined(loading) || loading->cache->entries.count > 0;
    void **targets;
    enum ar_status status = targets_by_key(loading, &targets);

    if (status == AR_OK) {
        loading->is_found_by_bytes = are_found_by_bytes(loading, targets);
        needs_entries = needs_entries || !loading->is_found_by_bytes;
    }
    if (status == AR_OK && loading->is_found_by_bytes && !ar_loading_is_refined(loading))
        status = remember_absent(loading, targets);
    if (status == AR_OK && needs_entries)
        status = remember_owners(loading, &(struct targets){{fill_target}, targets}.source);
    return status == AR_OK ? ar_collector_finish(&loading->rows) : status;
}

enum ar_status ar_loading_remember(void *payload)
{
    struct loading *loading = payload;

    if (loading->keys.count == 0)
        return AR_OK;
    ar_collector_count(&loading->rows);
    return ar_owner_has_foreign_key(loading->load.relation) ? remember_targets(loading) : remember_lists(loading);
}
