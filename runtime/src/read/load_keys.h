/* The keys of a load: collected from its owners, each one once, and looked up for each row. */
#ifndef AR_LOAD_KEYS_H
#define AR_LOAD_KEYS_H

#include "read/loading.h"

/* A requested key. */
struct load_key {
    struct stored_key key; /* must be first */
    int64_t highest;       /* primary key of its rows so far; AR_UNSORTED if they may not have arrived in order */
};

#define AR_UNSORTED INT64_MAX

/* Allocate memory for a key of every owner. */
enum ar_status ar_loading_allocate_keys(struct loading *loading);

/* Request the key of the only owner, which is not read yet, so that the statement can name it. */
enum ar_status ar_loading_expect_key(struct loading *loading);

/* Collect the keys of all owners. */
enum ar_status ar_loading_collect_keys(struct loading *loading);

/* Return true if the statement may not return the target of this owner, because it repeats the conditions of the
 * parent, and the owner's record was changed since it was read: its foreign key may differ from the database's. */
bool ar_loading_changed_target(const struct loading *loading, const void *owner);

static inline size_t ar_loading_index(const struct loading *loading, const struct load_key *requested)
{
    return (size_t)(requested - loading->load_keys);
}

static inline struct key ar_loading_key(const struct loading *loading, const struct load_key *requested)
{
    return ar_key_of_stored(&requested->key, loading->keys.integers != NULL);
}

/* Return the requested key that equals `key`, or NULL. With a single owner, keys are not in a table. */
static inline struct load_key *ar_loading_find_key(const struct loading *loading, const struct key *key)
{
    if (loading->load.owner_count != 1)
        return ar_key_table_find(&loading->key_table, key);
    return loading->keys.count == 1 && ar_key_is_stored(key, &loading->load_keys->key) ? loading->load_keys : NULL;
}

/* Find the requested key of a row. Rows usually arrive ordered by key: a row's key is then that of the row before, or
 * one of the next few. */
static inline struct load_key *ar_loading_look_up(struct loading *loading, const struct key *key)
{
    enum { NEAR = 4 }; /* keys in between have no rows */
    size_t latest = loading->latest, left = key->size == 0 ? loading->keys.count - latest : 0;
    struct load_key *requested;

    for (size_t i = 0; i < NEAR && i < left; i++)
        if (loading->load_keys[latest + i].key.integer == key->integer)
            return &loading->load_keys[loading->latest = latest + i];
    requested = ar_loading_find_key(loading, key);
    if (requested != NULL)
        loading->latest = ar_loading_index(loading, requested);
    return requested;
}

#endif
