/* Remembering a hierarchy: lists and targets in the caches of relations, keys without a row in the identity map. */
#include "read/hierarchy.h"

#include "read/load_remember.h"
#include "store/cache.h"
#include "store/identity.h"

/* Make an entry for a node in the cache of one of the two relations. *out is NULL if it can have none. */
static enum ar_status add_entry(struct hierarchy *hierarchy, struct relation_cache *cache,
                                const struct hierarchy_node *node, struct cache_entry **out)
{
    struct store *store = hierarchy->loading.store;
    const struct stored_key *key = ar_owner_has_foreign_key(cache->relation) ? &node->up : &node->key;
    const struct key depends_on = ar_hierarchy_key(hierarchy, key);
    struct result *tree;
    struct key owner;
    enum key_state state = ar_identity_key(store, cache->relation->owner, node->record, &owner);

    *out = NULL;
    if (state == KEY_NO_MEMORY)
        return ar_fail_no_memory(&store->failure);
    if (state != KEY_SET)
        return AR_OK;
    *out = ar_cache_add(store, cache, &owner);
    if (*out == NULL || ar_loading_find_tree(&hierarchy->loading, &owner, &tree) != AR_OK)
        return AR_NO_MEMORY;
    if (!ar_is_found_by_primary_key(cache->relation) &&
        !ar_key_store(&(*out)->foreign_key, &depends_on, &store->objects))
        return ar_fail_no_memory(&store->failure);
    ar_cache_loaded(store, cache, *out, tree, false);
    if (cache->tallies != NULL)
        ar_cache_drop_tallies(cache, &owner);
    return AR_OK;
}

/* Remember the children of a node, unless they are below the limit. */
static enum ar_status remember_children(struct hierarchy *hierarchy, const struct hierarchy_node *node)
{
    struct cache_entry *entry;
    enum ar_status status;

    if (node->depth >= hierarchy->depth)
        return AR_OK;
    status = add_entry(hierarchy, hierarchy->loading.cache, node, &entry);
    if (status != AR_OK || entry == NULL)
        return status;
    entry->records = hierarchy->order + node->first;
    entry->count = node->count;
    return AR_OK;
}

/* Remember the target of a node's foreign key in the cache of a belongs_to, if the identity map does not find it. */
static enum ar_status remember_above(struct hierarchy *hierarchy, struct relation_cache *cache,
                                     const struct hierarchy_node *node)
{
    struct store *store = hierarchy->loading.store;
    const struct hierarchy_node *above = ar_hierarchy_above(hierarchy, node);
    struct cache_entry *entry;
    void **target;
    enum ar_status status;

    if (!node->has_up || (above != NULL && (cache->is_by_identity || above->known == NULL)))
        return AR_OK;
    if (above == NULL && cache->is_by_identity) {
        const struct key key = ar_hierarchy_key(hierarchy, &node->up);
        return ar_identity_set_absent(store, hierarchy->loading.rows.identity, &key);
    }
    target = ar_arena_allocate(&store->objects, sizeof *target);
    if (target == NULL)
        return ar_fail_no_memory(&store->failure);
    *target = above != NULL ? above->known : NULL;
    status = add_entry(hierarchy, cache, node, &entry);
    if (status != AR_OK || entry == NULL)
        return status;
    entry->records = target;
    entry->count = above != NULL;
    return AR_OK;
}

static enum ar_status remember_up(struct hierarchy *hierarchy)
{
    struct relation_cache *cache = hierarchy->loading.cache;
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < hierarchy->start_count && status == AR_OK; i++)
        status = remember_above(hierarchy, cache, hierarchy->starts[i]);
    for (const struct hierarchy_node *row = hierarchy->first_row; row != NULL && status == AR_OK; row = row->next)
        if (row->is_ordered && row->depth + 1 < hierarchy->depth)
            status = remember_above(hierarchy, cache, row);
    return status;
}

/* Remember the children of all starts and rows. Their parents are in the identity map; a belongs_to that does not look
 * there gets entries. */
static enum ar_status remember_down(struct hierarchy *hierarchy)
{
    const struct ar_relation *inverse = hierarchy->loading.load.relation->inverse;
    struct relation_cache *parents = NULL;
    enum ar_status status = AR_OK;

    if (inverse != NULL && inverse->where == NULL) {
        parents = ar_cache(hierarchy->loading.store, inverse);
        if (parents == NULL)
            return AR_NO_MEMORY;
    }
    for (size_t i = 0; i < hierarchy->start_count && status == AR_OK; i++)
        status = remember_children(hierarchy, hierarchy->starts[i]);
    for (const struct hierarchy_node *row = hierarchy->first_row; row != NULL && status == AR_OK; row = row->next) {
        if (!row->is_start)
            status = remember_children(hierarchy, row);
        if (status == AR_OK && parents != NULL && !parents->is_by_identity)
            status = remember_above(hierarchy, parents, row);
    }
    return status;
}

enum ar_status ar_hierarchy_remember(struct hierarchy *hierarchy)
{
    hierarchy->result->records = hierarchy->order;
    hierarchy->result->count = hierarchy->order_count;
    return hierarchy->is_up ? remember_up(hierarchy) : remember_down(hierarchy);
}
