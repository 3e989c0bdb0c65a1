/* The relation cache: entries by owner's key, how long they may be served, and what makes them stale. */
#include "store/cache.h"

#include "base/clock.h"
#include "store/identity.h"

#include <string.h>

/* ---- Caches and entries ------------------------------------------------------------------------------------------ */

struct relation_cache *ar_cache_make(struct store *store, const struct ar_relation *relation)
{
    struct relation_cache *cache = ar_arena_allocate_zero(&store->permanent, sizeof *cache);

    if (cache != NULL)
        cache->targets = ar_identity(store, relation->target);
    if (cache == NULL || cache->targets == NULL || !ar_pointer_map_add(&store->caches.by_relation, relation, cache)) {
        ar_fail_no_memory(&store->failure);
        return NULL;
    }
    ar_key_table_lend(&cache->entries, &cache->first_entries);
    cache->relation = relation;
    cache->next = store->caches.first;
    store->caches.first = cache;
    cache->owner_key = ar_key_reader(ar_primary_key(relation->owner));
    cache->foreign_key = ar_key_reader(ar_owner_columns(relation));
    cache->target_key = ar_key_reader(ar_target_columns(relation));
    cache->has_integer_keys = ar_key_is_integer(cache->foreign_key.columns);
    cache->has_text_keys = ar_key_has_text(cache->target_key.columns);
    cache->policy = store->options.cache_policy;
    if (relation->cache.is_set)
        cache->policy = relation->cache;
    cache->is_plain =
        !cache->policy.off && cache->policy.ttl == AR_CACHE_FOREVER && cache->policy.max_size == AR_CACHE_UNLIMITED;
    cache->is_by_identity = cache->is_plain && ar_is_found_by_identity(relation);
    if (cache->is_plain && ar_is_found_if_living(relation))
        cache->deleted_at = relation->target->deleted_at;
    return cache;
}

struct relation_cache *ar_cache_find_tally(const struct relation_cache *cache, struct ar_measure measure)
{
    struct relation_cache *tally = cache->tallies;

    while (tally != NULL && (tally->measure.aggregate != measure.aggregate || tally->measure.column != measure.column))
        tally = tally->next_tally;
    return tally;
}

struct relation_cache *ar_cache_tally(struct store *store, struct relation_cache *cache, struct ar_measure measure)
{
    struct relation_cache *tally = ar_cache_find_tally(cache, measure);

    if (tally != NULL)
        return tally;
    tally = ar_arena_allocate_zero(&store->permanent, sizeof *tally);
    if (tally == NULL) {
        ar_fail_no_memory(&store->failure);
        return NULL;
    }
    ar_key_table_lend(&tally->entries, &tally->first_entries);
    tally->relation = cache->relation;
    tally->targets = cache->targets;
    tally->measure = measure;
    tally->owner_key = cache->owner_key;
    tally->foreign_key = cache->foreign_key;
    tally->target_key = cache->target_key;
    tally->has_integer_keys = cache->has_integer_keys;
    tally->has_text_keys = cache->has_text_keys;
    tally->policy = cache->policy;
    tally->is_plain = cache->is_plain;
    tally->next = store->caches.first;
    store->caches.first = tally;
    tally->next_tally = cache->tallies;
    cache->tallies = tally;
    return tally;
}

static struct cache_entry *entry_of(struct use_link *link)
{
    return (struct cache_entry *)(void *)((char *)link - offsetof(struct cache_entry, use));
}

struct cache_entry *ar_cache_add(struct store *store, struct relation_cache *cache, const struct key *owner)
{
    struct cache_entry *entry;
    size_t slot;

    if (!ar_key_table_reserve(&cache->entries)) {
        ar_fail_no_memory(&store->failure);
        return NULL;
    }
    slot = ar_key_table_slot(&cache->entries, owner);
    entry = ar_key_table_at(&cache->entries, slot);
    if (entry != NULL)
        return entry;
    entry = cache->unused != NULL ? entry_of(cache->unused) : ar_arena_allocate(&store->objects, sizeof *entry);
    if (entry == NULL) {
        ar_fail_no_memory(&store->failure);
        return NULL;
    }
    if (cache->unused != NULL)
        cache->unused = entry->use.older;
    *entry = (struct cache_entry){0};
    if (!ar_key_store(&entry->key, owner, &store->objects)) {
        ar_fail_no_memory(&store->failure);
        return NULL;
    }
    ar_key_table_fill(&cache->entries, slot, owner, &entry->key);
    return entry;
}

/* ---- Use --------------------------------------------------------------------------------------------------------- */

static void unlist(struct relation_cache *cache, struct cache_entry *entry)
{
    if (!entry->is_listed)
        return;
    ar_use_list_remove(&cache->listed, &entry->use);
    entry->is_listed = false;
    cache->listed_count--;
}

static void list_as_newest(struct relation_cache *cache, struct cache_entry *entry)
{
    unlist(cache, entry);
    ar_use_list_add(&cache->listed, &entry->use);
    entry->is_listed = true;
    cache->listed_count++;
}

/* Return the key of the entry's owner. */
static struct key owner_of(const struct relation_cache *cache, const struct cache_entry *entry)
{
    return ar_key_of_stored(&entry->key, ar_key_is_integer(ar_primary_key(cache->relation->owner)));
}

/* Return true if the owner is still part of the tree of results for which the entry was loaded. */
static bool is_in_its_tree(struct store *store, const struct relation_cache *cache, const struct cache_entry *entry)
{
    const struct identity *owners = ar_pointer_map_get(&store->identities.by_model, cache->relation->owner);
    struct key key = owner_of(cache, entry);
    const struct record *owner = owners != NULL ? ar_key_table_find(&owners->records, &key) : NULL;

    return owner != NULL && owner->result != NULL && owner->result->tree == entry->eager;
}

static uint64_t now(const struct store *store)
{
    return ar_clock_now(store->options.clock);
}

bool ar_cache_serves_by_policy(struct store *store, struct relation_cache *cache, struct cache_entry *entry)
{
    const uint64_t second = 1000000000;

    if (entry->eager != NULL && is_in_its_tree(store, cache, entry))
        return true;
    if (entry->is_refined || cache->policy.off)
        return false;
    if (cache->policy.ttl != AR_CACHE_FOREVER && now(store) - entry->loaded_at >= (uint64_t)cache->policy.ttl * second)
        return false;
    if (entry->is_listed && cache->listed.newest != &entry->use)
        list_as_newest(cache, entry);
    return true;
}

void ar_cache_loaded(struct store *store, struct relation_cache *cache, struct cache_entry *entry, struct result *eager,
                     bool is_refined)
{
    entry->is_loaded = true;
    entry->is_refined = is_refined;
    entry->eager = eager;
    entry->transaction = ar_undo_serial(store);
    entry->loaded_at = cache->policy.ttl != AR_CACHE_FOREVER ? now(store) : 0;
    if (cache->policy.max_size == AR_CACHE_UNLIMITED)
        return;
    /* An eager load does not count against max_size. */
    if (eager != NULL)
        unlist(cache, entry);
    else
        list_as_newest(cache, entry);
}

/* ---- Forgetting -------------------------------------------------------------------------------------------------- */

static void release(struct relation_cache *cache, struct cache_entry *entry)
{
    unlist(cache, entry);
    entry->use.older = cache->unused;
    cache->unused = &entry->use;
}

void ar_cache_trim(struct relation_cache *cache)
{
    while (cache->policy.max_size != AR_CACHE_UNLIMITED && cache->listed_count > cache->policy.max_size) {
        struct cache_entry *oldest = entry_of(cache->listed.oldest);
        struct key key = owner_of(cache, oldest);
        ar_key_table_remove(&cache->entries, &key);
        release(cache, oldest);
    }
}

static void drop_entry(struct relation_cache *cache, const struct key *owner)
{
    struct cache_entry *entry = ar_cache_find(cache, owner);

    if (entry == NULL)
        return;
    ar_key_table_remove(&cache->entries, owner);
    release(cache, entry);
}

void ar_cache_drop(struct relation_cache *cache, const struct key *owner)
{
    drop_entry(cache, owner);
    for (struct relation_cache *tally = cache->tallies; tally != NULL; tally = tally->next_tally)
        drop_entry(tally, owner);
}

void ar_cache_drop_tallies(struct relation_cache *cache, const struct key *owner)
{
    for (struct relation_cache *tally = cache->tallies; tally != NULL; tally = tally->next_tally) {
        const struct cache_entry *entry = ar_cache_find(tally, owner);
        if (entry != NULL && !entry->is_refined)
            drop_entry(tally, owner);
    }
}

/* The entries to drop, for ar_key_table_remove_if. */
struct drop {
    struct relation_cache *cache;
    uint32_t since;                /* loaded in this transaction or a later one; 0: at any time */
    const struct key *foreign_key; /* that may lead to this key; NULL: to any */
    const struct result *tree;     /* loaded for this tree of results; NULL: for any */
};

/* Return true if the entry, which depends on a key of its owner, may lead to a row with this key. A text key may equal
 * the owner's without having the same bytes, and may be the target of an entry that had none. */
static bool may_lead_to(const struct relation_cache *cache, const struct cache_entry *entry, const struct key *key)
{
    if (ar_cache_leads_to(entry, key))
        return true;
    if (!entry->is_loaded || cache->is_by_bytes)
        return false;
    return entry->count == 0 || !ar_is_found_by_identity(cache->relation) ||
           ar_key_is_stored(key, &ar_record_of(entry->records[0])->key);
}

static bool drops(void *item, void *payload)
{
    const struct drop *drop = payload;
    struct cache_entry *entry = item;

    if (entry->transaction < drop->since)
        return false;
    if (drop->foreign_key != NULL && !may_lead_to(drop->cache, entry, drop->foreign_key))
        return false;
    if (drop->tree != NULL && drop->tree != entry->eager)
        return false;
    release(drop->cache, entry);
    return true;
}

static void drop_where(struct drop which)
{
    ar_key_table_remove_if(&which.cache->entries, drops, &which);
}

void ar_cache_drop_all(struct relation_cache *cache)
{
    drop_where((struct drop){.cache = cache});
    for (struct relation_cache *tally = cache->tallies; tally != NULL; tally = tally->next_tally)
        drop_where((struct drop){.cache = tally});
}

void ar_cache_drop_tree(struct relation_cache *cache, const struct result *tree)
{
    drop_where((struct drop){.cache = cache, .tree = tree});
}

void ar_caches_drop_since(struct caches *caches, uint32_t transaction)
{
    for (struct relation_cache *each = caches->first; each != NULL; each = each->next)
        drop_where((struct drop){.cache = each, .since = transaction});
}

void ar_caches_drop_all(struct caches *caches)
{
    ar_caches_drop_since(caches, 0);
}

void ar_caches_clear(struct caches *caches)
{
    for (struct relation_cache *each = caches->first; each != NULL; each = each->next) {
        ar_key_table_clear(&each->entries);
        each->listed = (struct use_list){NULL, NULL};
        each->unused = NULL;
        each->listed_count = 0;
    }
}

size_t ar_caches_size(const struct caches *caches)
{
    size_t size = 0;

    for (const struct relation_cache *each = caches->first; each != NULL; each = each->next)
        size += ar_key_table_size(&each->entries);
    return size;
}

void ar_caches_free(struct caches *caches)
{
    for (struct relation_cache *each = caches->first; each != NULL; each = each->next)
        ar_key_table_free(&each->entries);
    ar_pointer_map_free(&caches->by_relation);
}

/* ---- Writes ------------------------------------------------------------------------------------------------------ */

/* Drop the entries to which a row with this key may belong. An owner's key that may have different bytes cannot be
 * looked up. */
static void drop_of_key(struct relation_cache *cache, const struct key *key)
{
    if (!ar_is_found_by_primary_key(cache->relation))
        drop_where((struct drop){.cache = cache, .foreign_key = key});
    else if (!cache->is_by_bytes && ar_cache_find(cache, key) == NULL)
        drop_where((struct drop){.cache = cache});
    else
        drop_entry(cache, key);
}

void ar_caches_row_changed(struct store *store, const struct ar_model *model, const void *record, bool target)
{
    for (size_t i = 0; i < model->referrer_count; i++) {
        const struct ar_relation *relation = model->referrers[i];
        struct relation_cache *cache = ar_pointer_map_get(&store->caches.by_relation, relation);
        struct key key;
        enum key_state state;
        bool has_entries = cache != NULL && (cache->entries.count > 0 || cache->tallies != NULL);
        if (!has_entries || (!target && ar_is_found_by_identity(relation)))
            continue;
        if (!ar_path_names_owner(relation, model)) {
            ar_cache_drop_all(cache);
            continue;
        }
        state = ar_key_of_record(ar_target_columns(relation), record, &store->scratch, &key);
        if (state == KEY_NULL)
            continue;
        if (state == KEY_NO_MEMORY) {
            ar_cache_drop_all(cache);
        } else {
            drop_of_key(cache, &key);
            for (struct relation_cache *tally = cache->tallies; tally != NULL; tally = tally->next_tally)
                drop_of_key(tally, &key);
        }
    }
}

/* Drop the tally of the owner to which the row belongs. */
static void drop_value(struct store *store, struct relation_cache *tally, const void *record)
{
    struct key key;

    if (ar_has_path(tally->relation)) { /* the row may belong to any number of owners */
        drop_where((struct drop){.cache = tally});
        return;
    }
    switch (ar_key_of_record(ar_target_columns(tally->relation), record, &store->scratch, &key)) {
    case KEY_SET:
    case KEY_ZERO:
        drop_of_key(tally, &key);
        break;
    case KEY_NO_MEMORY:
        drop_where((struct drop){.cache = tally});
        break;
    case KEY_NULL:
        break;
    }
}

void ar_caches_values_changed(struct store *store, const struct ar_model *model, const void *before, const void *record)
{
    for (size_t i = 0; i < model->referrer_count; i++) {
        const struct relation_cache *cache = ar_pointer_map_get(&store->caches.by_relation, model->referrers[i]);
        for (struct relation_cache *tally = cache != NULL ? cache->tallies : NULL; tally != NULL;
             tally = tally->next_tally)
            if (tally->entries.count > 0 && tally->measure.column != NULL && tally->measure.column->model == model &&
                !ar_field_equal(tally->measure.column, before, record))
                drop_value(store, tally, record);
    }
}

void ar_caches_lists_changed(struct store *store, const struct ar_model *model)
{
    for (size_t i = 0; i < model->referrer_count; i++) {
        const struct ar_relation *relation = model->referrers[i];
        struct relation_cache *cache = ar_pointer_map_get(&store->caches.by_relation, relation);
        if (cache != NULL && !ar_is_found_by_identity(relation))
            ar_cache_drop_all(cache);
    }
}

static void forget_rows(struct store *store, const struct ar_model *model)
{
    struct identity *identity = ar_pointer_map_get(&store->identities.by_model, model);

    for (size_t i = 0; i < model->referrer_count; i++) {
        struct relation_cache *cache = ar_pointer_map_get(&store->caches.by_relation, model->referrers[i]);
        if (cache != NULL)
            ar_cache_drop_all(cache);
    }
    if (identity != NULL)
        ar_identity_expire(store, identity);
}

void ar_caches_model_changed(struct store *store, const struct ar_model *model)
{
    forget_rows(store, model);
    ar_caches_siblings_changed(store, model);
}

static void forget_relations(struct store *store, const struct ar_model *model)
{
    for (size_t i = 0; i < model->relation_count; i++) {
        struct relation_cache *cache = ar_pointer_map_get(&store->caches.by_relation, model->relations[i]);
        if (cache != NULL)
            ar_cache_drop_all(cache);
    }
}

void ar_caches_siblings_changed(struct store *store, const struct ar_model *model)
{
    for (size_t i = 0; i < model->sibling_count; i++) {
        forget_relations(store, model->siblings[i]);
        forget_rows(store, model->siblings[i]);
    }
}

void ar_caches_rows_deleted(struct store *store, const struct ar_model *model)
{
    forget_relations(store, model);
    ar_caches_model_changed(store, model);
}
