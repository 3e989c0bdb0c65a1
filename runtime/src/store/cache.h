/* The relation cache: loaded relations by relation and owner's key. */
#ifndef AR_CACHE_H
#define AR_CACHE_H

#include "store/store.h"

/* The slow path of ar_cache: create it. */
struct relation_cache *ar_cache_make(struct store *store, const struct ar_relation *relation);

/* Return the cache of a relation, created when first needed. If out of memory, set the failure and return NULL. */
static inline struct relation_cache *ar_cache(struct store *store, const struct ar_relation *relation)
{
    struct relation_cache *cache = store->caches.latest;

    if (cache != NULL && cache->relation == relation)
        return cache;
    cache = ar_pointer_map_get(&store->caches.by_relation, relation);
    if (cache == NULL)
        cache = ar_cache_make(store, relation);
    if (cache != NULL)
        store->caches.latest = cache;
    return cache;
}

/* Return the cache of an aggregate of the relation whose cache is given. If out of memory, set the failure and return
 * NULL. */
struct relation_cache *ar_cache_tally(struct store *store, struct relation_cache *cache, struct ar_measure measure);

/* Return the same, or NULL if it does not exist yet. */
struct relation_cache *ar_cache_find_tally(const struct relation_cache *cache, struct ar_measure measure);

/* Return the owner's entry, or NULL. */
static inline struct cache_entry *ar_cache_find(const struct relation_cache *cache, const struct key *owner)
{
    return ar_key_table_find(&cache->entries, owner);
}

/* Return true if the entry of a belongs_to was loaded for this foreign key. */
static inline bool ar_cache_leads_to(const struct cache_entry *entry, const struct key *foreign)
{
    return entry->is_loaded && ar_key_is_stored(foreign, &entry->foreign_key);
}

/* Return the owner's entry; a new one is not loaded yet. If out of memory, set the failure and return NULL. */
struct cache_entry *ar_cache_add(struct store *store, struct relation_cache *cache, const struct key *owner);

/* The slow path of ar_cache_serves, if there is a policy. */
bool ar_cache_serves_by_policy(struct store *store, struct relation_cache *cache, struct cache_entry *entry);

/* Return true if the entry may be served to its owner, and count that as a use of it. */
static inline bool ar_cache_serves(struct store *store, struct relation_cache *cache, struct cache_entry *entry)
{
    if (!entry->is_loaded)
        return false;
    return (cache->is_plain && !entry->is_refined) || ar_cache_serves_by_policy(store, cache, entry);
}

/* Mark the entry as loaded now.
 *   eager        the tree of results for which it was loaded; NULL for a lazy load
 *   is_refined   it contains less than the relation, or in another order */
void ar_cache_loaded(struct store *store, struct relation_cache *cache, struct cache_entry *entry, struct result *eager,
                     bool is_refined);

/* Drop the least recently used entries in excess of max_size. */
void ar_cache_trim(struct relation_cache *cache);

/* Drop the entry of one owner, or of all, from the cache of a relation and its tallies. */
void ar_cache_drop(struct relation_cache *cache, const struct key *owner);
void ar_cache_drop_all(struct relation_cache *cache);

/* Must be called if the list of an owner was loaded: drop what its tallies know of the whole list. */
void ar_cache_drop_tallies(struct relation_cache *cache, const struct key *owner);

/* Must be called if a row of the model was updated without a change of its owners: drop the tallies over columns that
 * differ. */
void ar_caches_values_changed(struct store *store, const struct ar_model *model, const void *before,
                              const void *record);

/* Must be called if a row of the model was written: drop the lists of the owners that its foreign keys refer to, and
 * with `target` the entries that lead to its key.
 *   record   a struct of the model with the contents of the row */
void ar_caches_row_changed(struct store *store, const struct ar_model *model, const void *record, bool target);

/* Must be called if any rows of the model may have changed: drop all entries that lead to them, and expire the
 * records. */
void ar_caches_model_changed(struct store *store, const struct ar_model *model);

/* Must be called if any row of the model was written: drop all entries that lead to rows of the other models of its
 * table, and expire their records. The functions for any number of rows do this themselves. */
void ar_caches_siblings_changed(struct store *store, const struct ar_model *model);

/* Must be called if rows of the model were deleted whose keys are unknown: as ar_caches_model_changed, and drop the
 * entries of its own relations. */
void ar_caches_rows_deleted(struct store *store, const struct ar_model *model);

/* Must be called if rows of the model may have left the lists of any owners: drop the lists of all owners. */
void ar_caches_lists_changed(struct store *store, const struct ar_model *model);

void ar_caches_drop_all(struct caches *caches);

/* Drop the entries that were loaded for this tree of results. */
void ar_cache_drop_tree(struct relation_cache *cache, const struct result *tree);

/* Drop the entries that were loaded in this transaction or a later one. */
void ar_caches_drop_since(struct caches *caches, uint32_t transaction);

/* Drop all entries, whose memory is about to be freed; the tables keep their memory. */
void ar_caches_clear(struct caches *caches);

/* Return the memory of the caches in bytes, without their entries. */
size_t ar_caches_size(const struct caches *caches);

void ar_caches_free(struct caches *caches);

#endif
