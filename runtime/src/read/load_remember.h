/* Remembering the rows of a load in the caches and the identity map. */
#ifndef AR_LOAD_REMEMBER_H
#define AR_LOAD_REMEMBER_H

#include "read/loading.h"

/* The after_rows of a load's statement: store the relation of every owner. */
enum ar_status ar_loading_remember(void *payload);

/* Find the tree of results in which an entry stays available regardless of the policy: for an eager load the tree
 * being loaded, for an explicit load that of the owner. An owner that was read alone gets a new one, which lasts until
 * the owner is next read. */
enum ar_status ar_loading_find_tree(struct loading *loading, const struct key *owner, struct result **out);

/* Return true if the load is refined, so that its entries are less than the relation, or in another order. */
bool ar_loading_is_refined(const struct loading *loading);

/* Compare two records of one result by primary key. */
int ar_loading_compare_keys(const void *left, const void *right);

/* What a load found, by the index of each key. A struct with more members begins with it. */
struct content_source {
    /* Set the content of an entry to that of the key. */
    void (*fill)(const struct loading *loading, const struct content_source *source, size_t index,
                 struct cache_entry *entry);
};

/* Give each owner an entry with the content of its key. */
enum ar_status ar_loading_remember_content(struct loading *loading, const struct content_source *source);

#endif
