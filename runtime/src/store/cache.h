/* The relation cache: what a session remembers of relations, by relation and owner's key. */
#ifndef AR_CACHE_H
#define AR_CACHE_H

#include "base/arena.h"
#include "base/pointer_map.h"
#include "model/key_table.h"
#include "store/identity.h"

#include <armature/model.h>

struct ar_session;

/* One relation of one owner. */
struct cache_entry {
    struct stored_key key; /* the owner's; must be first */
    void *const *records;  /* has_many: the list; otherwise at most one */
    size_t count;
    struct stored_key foreign_key; /* belongs_to: its value at the time of the load; unset if not loaded */
    uint64_t loaded_at;            /* by the database's clock; 0 where no ttl asks for it */
    struct result *eager;          /* the tree of results it was loaded for: there no policy counts */
    uint32_t transaction;          /* in which it was loaded, 0: in none */
    bool is_loaded;                /* otherwise the next access loads, whatever else is known */
    bool is_refined;               /* by conditions, order or limit: served in its result only */
    bool is_listed;                /* among those that max_size counts */
    struct cache_entry *newer, *older;
};

struct relation_cache {
    const struct ar_relation *relation;
    const struct identity *targets; /* the identity map of the relation's target */
    struct key_reader owner_key;
    struct key_reader foreign_key; /* belongs_to: of the owner */
    struct ar_cache_policy policy;
    bool is_plain;      /* the policy keeps everything forever */
    bool is_by_bytes;   /* equal keys are known to have the same bytes */
    const char *by_key; /* SQL that loads the relation for one key, owned by the database; NULL until needed */
    struct table entries;
    struct cache_entry *newest, *oldest; /* by use, of those that are listed */
    size_t listed_count;
    struct cache_entry *unused;  /* memory of entries that left, chained by `older` */
    struct relation_cache *next; /* of the session's */
};

struct caches {
    struct pointer_map by_relation;
    struct relation_cache *first;  /* of all */
    struct relation_cache *latest; /* the one asked for last, which mostly is the one that is asked for next */
};

/* The rest of ar_cache, see session.h. */
struct relation_cache *ar_cache_look_up(struct ar_session *s, const struct ar_relation *relation);

/* The owner's entry, or NULL. */
static inline struct cache_entry *ar_cache_find(const struct relation_cache *cache, const struct key *owner)
{
    return ar_table_find(&cache->entries, owner);
}

/* Return true if the entry of a belongs_to was loaded for this foreign key. */
static inline bool ar_cache_leads_to(const struct cache_entry *entry, const struct key *foreign)
{
    return entry->is_loaded && ar_key_is_stored(foreign, &entry->foreign_key);
}

/* The owner's entry, made if need be, not loaded; NULL when out of memory, which is told. */
struct cache_entry *ar_cache_add(struct ar_session *s, struct relation_cache *cache, const struct key *owner);

/* The owner's key. */
struct key ar_cache_key(const struct relation_cache *cache, const struct cache_entry *entry);

/* The rest of ar_cache_serves, where there is a policy. */
bool ar_cache_serves_by_policy(struct ar_session *s, struct relation_cache *cache, struct cache_entry *entry);

/* Whether the entry may be served to its owner, and if so, notes its use. */
static inline bool ar_cache_serves(struct ar_session *s, struct relation_cache *cache, struct cache_entry *entry)
{
    if (!entry->is_loaded)
        return false;
    return (cache->is_plain && !entry->is_refined) || ar_cache_serves_by_policy(s, cache, entry);
}

/* Notes that the entry's content was loaded just now. */
void ar_cache_loaded(struct ar_session *s, struct relation_cache *cache, struct cache_entry *entry,
                     struct result *eager, bool is_refined);

/* Lets go of the least recently used entries over max_size. */
void ar_cache_trim(struct relation_cache *cache);

/* Forgets one owner, or all. */
void ar_cache_drop(struct relation_cache *cache, const struct key *owner);
void ar_cache_drop_all(struct relation_cache *cache);

/* Rows of `model` were written: forgets the lists of the owners that this record's foreign keys name, and with
 * `target` what leads to its key. `record` is a struct of the model. */
void ar_caches_row_changed(struct ar_session *s, const struct ar_model *model, const void *record, bool target);

/* Any rows of the model may have changed: forgets every relation that leads there, and every record's freshness. */
void ar_caches_model_changed(struct ar_session *s, const struct ar_model *model);

void ar_caches_drop_all(struct caches *caches);

/* Forgets what was loaded for this tree of results. */
void ar_cache_drop_tree(struct relation_cache *cache, const struct result *tree);

/* Forgets what was loaded in this transaction or a later one. */
void ar_caches_drop_since(struct caches *caches, uint32_t transaction);

/* Forgets everything; the tables keep their memory. */
void ar_caches_clear(struct caches *caches);

/* Return the bytes that the caches hold, without their entries. */
size_t ar_caches_size(const struct caches *caches);

void ar_caches_free(struct caches *caches);

#endif
