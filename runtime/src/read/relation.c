/* Access to the relations of records, and to aggregates of them, lazily.
 *
 * An access first looks for what is known: an entry of the relation cache or, for a foreign key of the owner that
 * refers to a primary key, the target in the identity map. Otherwise the relation is loaded, not only for this owner
 * but for all its siblings (the records of the same result) of which it is not known, so that a loop over a result runs
 * one statement. If a policy limits how many owners are cached, a load covers no more of them, in the direction in
 * which the caller iterates. */
#include "read/access.h"
#include "read/load.h"
#include "read/measure.h"
#include "session/use.h"
#include "store/identity.h"
#include "store/partial_row.h"
#include "store/reads.h"

#include <armature/relation.h>

static void set_list(struct content *out, void *const *records, size_t count)
{
    out->is_known = true;
    out->records = records;
    out->links = NULL;
    out->count = count;
    out->record = count > 0 ? records[0] : NULL;
}

static void set_record(struct content *out, void *record)
{
    out->is_known = true;
    out->records = NULL;
    out->links = NULL;
    out->count = 0;
    out->record = record;
}

/* Take over the content of an entry. */
static void set_entry(const struct access *access, const struct cache_entry *entry, struct content *out)
{
    if (access->whole == NULL) {
        set_list(out, entry->records, entry->count);
        out->links = entry->links;
        return;
    }
    out->is_known = true;
    out->value = entry->value;
}

/* Set the content of an owner without related records. */
static void set_nothing(const struct access *access, struct content *out)
{
    if (access->whole == NULL) {
        set_list(out, NULL, 0);
        return;
    }
    out->is_known = true;
    out->value = ar_measure_of_nothing(access->cache->measure);
}

/* ---- Known relations --------------------------------------------------------------------------------------------- */

/* Look up the target of a foreign key in the identity map. */
static void look_up_target(const struct access *access, const struct key *foreign, struct content *out)
{
    const struct record *target = ar_identity_find(access->cache->targets, foreign);

    if (target != NULL)
        set_record(out, !target->is_absent ? ar_record_data(target) : NULL);
}

/* Look up a target that may be deleted by a time. One that the map does not have may still have a row. */
static void look_up_living_target(const struct access *access, const struct key *foreign, struct content *out)
{
    const struct record *target = ar_identity_find(access->cache->targets, foreign);
    const struct ar_model *model = access->relation->target;

    if (target != NULL)
        set_record(out, !target->is_absent && !ar_record_is_deleted(model, target) ? ar_record_data(target) : NULL);
}

/* Return true if there is an entry, and it was loaded for the key that the owner has now. */
static bool is_current(const struct cache_entry *entry, const struct key *foreign)
{
    return entry != NULL && (foreign == NULL || ar_cache_leads_to(entry, foreign));
}

/* Compute an aggregate from the list of the owner, if that is loaded completely. A count also answers if there are any
 * records. */
static void look_up_whole(const struct access *access, const struct key *owner, const struct key *foreign,
                          struct content *out)
{
    struct store *store = &access->s->store;
    bool is_any = access->cache->measure.aggregate == AR_AGGREGATE_EXISTS;
    struct relation_cache *counts = is_any ? ar_cache_find_tally(access->whole, ar_count()) : NULL;
    struct cache_entry *entry = ar_cache_find(access->whole, owner);

    if (is_current(entry, foreign) && !entry->is_refined && ar_cache_serves(store, access->whole, entry))
        out->is_known = ar_measure_of_records(access->cache->measure, entry->records, entry->count, &out->value);
    entry = !out->is_known && counts != NULL ? ar_cache_find(counts, owner) : NULL;
    if (!is_current(entry, foreign) || !ar_cache_serves(store, counts, entry))
        return;
    out->is_known = true;
    out->value = ar_value_integer(entry->value.integer > 0);
}

/* Look up the relation of an owner. `foreign` is the key of the owner that it depends on; NULL: the primary key. */
static void look_up_by_key(const struct access *access, const struct key *owner, const struct key *foreign,
                           struct content *out)
{
    struct cache_entry *entry = access->cache->entries.count > 0 ? ar_cache_find(access->cache, owner) : NULL;

    out->is_known = false;
    if (is_current(entry, foreign) && ar_cache_serves(&access->s->store, access->cache, entry))
        set_entry(access, entry, out);
    else if (access->whole != NULL)
        look_up_whole(access, owner, foreign, out);
    /* An entry that is not loaded was cleared: the next access must load, even if the map has the target. */
    else if (foreign != NULL && access->cache->is_by_identity && (entry == NULL || entry->is_loaded))
        look_up_target(access, foreign, out);
    else if (foreign != NULL && access->cache->deleted_at != NULL && (entry == NULL || entry->is_loaded))
        look_up_living_target(access, foreign, out);
}

/* Look up the relation of a record. An unsaved record, or a null foreign key, is known to have no related records. */
static enum ar_status look_up(const struct access *access, const void *record, struct content *out)
{
    struct arena *scratch = &access->s->store.scratch;
    bool has_foreign_key = !ar_is_found_by_primary_key(access->relation);
    struct key owner, foreign;
    enum key_state state = ar_key_read(&access->cache->owner_key, record, scratch, &owner);

    if (state == KEY_ZERO)
        state = ar_identity_check_zero(&access->s->store, access->relation->owner, record, &owner);
    if (state == KEY_SET && has_foreign_key) {
        if (access->s->store.has_partials && ar_partial_check(&access->s->store, access->relation, record) != AR_OK)
            return AR_MISUSE;
        state = ar_key_read(&access->cache->foreign_key, record, scratch, &foreign);
    }
    if (state == KEY_NO_MEMORY)
        return ar_fail_no_memory(&access->s->store.failure);
    if (state == KEY_SET)
        look_up_by_key(access, &owner, has_foreign_key ? &foreign : NULL, out);
    else
        set_nothing(access, out);
    return AR_OK;
}

/* ---- Lazy loads -------------------------------------------------------------------------------------------------- */

/* Return the session's record with the key of this one, or NULL. */
static struct record *known_owner(const struct access *access, const void *record)
{
    const struct ar_model *model = access->relation->owner;
    const struct identity *owners = ar_pointer_map_get(&access->s->store.identities.by_model, model);
    struct key key;

    if (owners == NULL || ar_identity_key(&access->s->store, model, record, &key) != KEY_SET)
        return NULL;
    return ar_key_table_find(&owners->records, &key);
}

/* Return the maximum number of owners of one lazy load: as many as the cache may keep. */
static size_t batch_limit(const struct access *access)
{
    if (access->relation->load_one || access->s->loads_one || access->cache->policy.off)
        return 1;
    return access->cache->policy.max_size != AR_CACHE_UNLIMITED ? access->cache->policy.max_size : SIZE_MAX;
}

/* Siblings in the order in which a load covers them. */
struct walk {
    const struct result *siblings; /* or NULL */
    size_t first;                  /* index of the owner among them */
    size_t count;
    bool is_backwards;
};

/* Return the index of the record among its siblings. Callers usually iterate: look near the latest index first. */
static size_t find_index(struct result *siblings, const void *record)
{
    void *const *records = siblings->records;
    size_t latest = siblings->latest;

    for (size_t distance = 0; distance < siblings->count; distance++) {
        if (latest + distance < siblings->count && records[latest + distance] == record)
            return siblings->latest = latest + distance;
        if (distance <= latest && records[latest - distance] == record)
            return siblings->latest = latest - distance;
    }
    return 0;
}

/* A load that covers only some siblings covers those after the record. If the next one's relation is already loaded, it
 * covers those before the record, because the caller iterates backward. */
static enum ar_status start_walk(const struct access *access, const struct record *owner, size_t limit,
                                 struct walk *out)
{
    struct result *siblings = owner != NULL && limit > 1 ? owner->result : NULL;
    struct content next = {.is_known = true};
    enum ar_status status = AR_OK;

    *out = (struct walk){.siblings = siblings, .count = siblings != NULL ? siblings->count : 0};
    if (siblings == NULL || limit >= siblings->count)
        return AR_OK;
    out->first = find_index(siblings, ar_record_data(owner));
    if (out->first + 1 < siblings->count)
        status = look_up(access, siblings->records[out->first + 1], &next);
    out->is_backwards = next.is_known;
    out->count = out->is_backwards ? out->first + 1 : siblings->count - out->first;
    return status;
}

static const void *walk_to(const struct walk *walk, size_t i)
{
    return walk->siblings->records[walk->is_backwards ? walk->first - i : walk->first + i];
}

/* List the record and the siblings of which the relation is not known. */
static enum ar_status collect_owners(const struct access *access, const void *record, const struct record *owner,
                                     const void ***out, size_t *count)
{
    size_t limit = batch_limit(access);
    struct walk walk;
    enum ar_status status = start_walk(access, owner, limit, &walk);

    if (status != AR_OK)
        return status;
    *out = ar_arena_allocate(&access->s->store.scratch, (walk.count + 1) * sizeof **out);
    if (*out == NULL)
        return ar_fail_no_memory(&access->s->store.failure);
    (*out)[0] = record;
    *count = 1;
    for (size_t i = 0; i < walk.count && *count < limit; i++) {
        const void *sibling = walk_to(&walk, i);
        struct content content;
        if (sibling == ar_record_data(owner) || ar_record_of(sibling)->is_absent ||
            ar_partial_lacks(&access->s->store, ar_owner_columns(access->relation), sibling) != NULL)
            continue;
        status = look_up(access, sibling, &content);
        if (status != AR_OK)
            return status;
        if (!content.is_known)
            (*out)[(*count)++] = sibling;
    }
    return AR_OK;
}

static enum ar_status refuse_lazy_aggregate(const struct access *access)
{
    const struct ar_relation *relation = access->relation;
    const char *owner = relation->owner->name, *name = relation->name;
    const char *measure = ar_measure_name(access->cache->measure);
    const char *suffix = access->cache->measure.aggregate == AR_AGGREGATE_COUNT ? "count" : "aggregate";

    return ar_fail(&access->s->store.failure, AR_MISUSE, relation->owner, NULL,
                   "the %s of %s.%s is not loaded, and a lazy load is not allowed here: load it with the query "
                   "(%s_with_%s_%s) or call %s_load_%s_%s",
                   measure, owner, name, owner, name, suffix, owner, name, suffix);
}

static enum ar_status refuse_lazy(const struct access *access)
{
    const struct ar_relation *relation = access->relation;

    if (access->whole != NULL)
        return refuse_lazy_aggregate(access);
    (void)ar_fail(&access->s->store.failure, AR_MISUSE, relation->owner, NULL,
                  "%s.%s is not loaded, and a lazy load is not allowed here: load it with the query "
                  "(%s_with_%s) or call %s_load_%s",
                  relation->owner->name, relation->name, relation->owner->name, relation->name, relation->owner->name,
                  relation->name);
    return AR_MISUSE;
}

/* Return the result of a load once, even if the policy caches nothing. There is no result if the owner's foreign key
 * differs from the requested one, because the load itself refreshed the owner with a different value. */
static enum ar_status take_loaded(const struct access *access, const void *record, const struct stored_key *requested,
                                  struct content *out)
{
    const struct ar_relation *relation = access->relation;
    bool has_foreign_key = !ar_is_found_by_primary_key(relation);
    struct arena *scratch = &access->s->store.scratch;
    struct key owner, foreign;
    const struct cache_entry *entry;
    enum key_state state = ar_identity_key(&access->s->store, relation->owner, record, &owner);

    if (state == KEY_SET && has_foreign_key)
        state = ar_key_of_record(ar_owner_columns(relation), record, scratch, &foreign);
    if (state == KEY_NO_MEMORY)
        return ar_fail_no_memory(&access->s->store.failure);
    set_nothing(access, out);
    if (state != KEY_SET)
        return AR_OK;
    entry = ar_cache_find(access->cache, &owner);
    if (entry != NULL && entry->is_loaded && (!has_foreign_key || ar_cache_leads_to(entry, &foreign))) {
        set_entry(access, entry, out);
    } else if (has_foreign_key) {
        out->is_known = ar_key_is_stored(&foreign, requested);
        if (ar_is_found_if_living(relation))
            look_up_living_target(access, &foreign, out);
    }
    return AR_OK;
}

static enum ar_status load_batch(const struct access *access, const void *record, const struct record *owner,
                                 struct content *out)
{
    struct load load = {
        .store = &access->s->store,
        .link = &access->s->link,
        .relation = access->relation,
        .measure = access->whole != NULL ? &access->cache->measure : NULL,
        .reason = AR_REASON_LAZY,
    };
    struct arena *scratch = &access->s->store.scratch;
    struct stored_key requested;
    struct key key;
    const void **owners;
    enum ar_status status = collect_owners(access, record, owner, &owners, &load.owner_count);

    if (status != AR_OK)
        return status;
    if (ar_key_of_record(ar_owner_columns(access->relation), record, scratch, &key) == KEY_NO_MEMORY ||
        !ar_key_store(&requested, &key, scratch))
        return ar_fail_no_memory(&access->s->store.failure);
    load.owners = owners;
    status = ar_load(&load);
    return status == AR_OK ? take_loaded(access, record, &requested, out) : status;
}

static enum ar_status load_lazily(const struct access *access, const void *record, struct content *out)
{
    const struct record *known = known_owner(access, record);
    enum ar_status status;

    if (access->s->is_strict || (known != NULL && known->result != NULL && known->result->strict))
        return refuse_lazy(access);
    do
        status = load_batch(access, record, known, out);
    while (status == AR_OK && !out->is_known);
    return status;
}

enum ar_status ar_access(const struct access *access, const void *record, struct content *out)
{
    enum ar_status status = access->cache != NULL ? look_up(access, record, out) : AR_NO_MEMORY;

    if (status == AR_OK && !out->is_known)
        status = load_lazily(access, record, out);
    else if (status == AR_OK && access->s->store.reads != NULL)
        ar_reads_note(&access->s->store, access->cache, access->whole, access->whole == NULL ? out->record : NULL);
    if (status != AR_OK && access->cache != NULL)
        set_nothing(access, out);
    return ar_session_done(access->s, status);
}

static enum ar_status access_relation(struct ar_session *s, const struct ar_relation *relation, const void *record,
                                      struct content *out)
{
    const struct access access = {.s = s, .relation = relation, .cache = ar_cache(&s->store, relation)};

    set_list(out, NULL, 0);
    return ar_access(&access, record, out);
}

/* ---- Public ------------------------------------------------------------------------------------------------------ */

enum ar_status ar_relation_list(struct ar_session *s, const struct ar_relation *relation, const void *record,
                                struct ar_list *out)
{
    AR_USE(s, (*out = (struct ar_list){0}, AR_MISUSE));
    struct content content;
    enum ar_status status = access_relation(s, relation, record, &content);

    *out = (struct ar_list){content.records, content.count};
    return status;
}

enum ar_status ar_relation_one(struct ar_session *s, const struct ar_relation *relation, const void *record, void **out)
{
    AR_USE(s, (*out = NULL, AR_MISUSE));
    struct content content;
    enum ar_status status = access_relation(s, relation, record, &content);

    *out = content.record;
    return status;
}

enum ar_status ar_relation_links(struct ar_session *s, const struct ar_relation *relation, const void *record,
                                 struct ar_list *out)
{
    AR_USE(s, (*out = (struct ar_list){0}, AR_MISUSE));
    struct content content;
    enum ar_status status = access_relation(s, relation, record, &content);

    *out = (struct ar_list){content.links, content.count};
    return status;
}

enum ar_status ar_relation_link(struct ar_session *s, const struct ar_relation *relation, const void *record,
                                void **out)
{
    AR_USE(s, (*out = NULL, AR_MISUSE));
    struct content content;
    enum ar_status status = access_relation(s, relation, record, &content);

    *out = content.count > 0 ? content.links[0] : NULL;
    return status;
}

enum ar_status ar_relation_load(struct ar_session *s, const struct ar_relation *relation, const void *const *records,
                                size_t count)
{
    AR_USE(s, AR_MISUSE);
    const struct load load = {.store = &s->store,
                              .link = &s->link,
                              .relation = relation,
                              .reason = AR_REASON_EXPLICIT,
                              .owners = records,
                              .owner_count = count};

    return ar_session_done(s, ar_load(&load));
}

static void clear(struct ar_session *s, const struct ar_relation *relation, const void *record)
{
    struct relation_cache *cache = ar_cache(&s->store, relation);
    struct key owner;
    enum key_state state;

    if (cache == NULL)
        return;
    state = ar_identity_key(&s->store, relation->owner, record, &owner);
    if (state == KEY_NO_MEMORY)
        ar_cache_drop_all(cache);
    if (state == KEY_SET)
        ar_cache_drop(cache, &owner);
    if (!ar_is_found_if_living(relation))
        return;
    /* The identity map may still have the target: an entry that is not loaded keeps it from being used. Without memory
     * for one, all records are read again. */
    if (state == KEY_NO_MEMORY || (state == KEY_SET && ar_cache_add(&s->store, cache, &owner) == NULL))
        ar_identities_expire(&s->store);
}

void ar_relation_clear(struct ar_session *s, const struct ar_relation *relation, const void *record)
{
    AR_USE(s, );
    clear(s, relation, record);
    (void)ar_session_done(s, AR_OK);
}

void ar_relation_clear_all(struct ar_session *s, const struct ar_model *model, const void *record)
{
    AR_USE(s, );
    for (size_t i = 0; i < model->relation_count; i++)
        clear(s, model->relations[i], record);
    (void)ar_session_done(s, AR_OK);
}
