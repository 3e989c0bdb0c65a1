/* Following a relation of a model to itself: the starts, the rows, and the steps. */
#include "read/hierarchy.h"

#include "link/ask.h"
#include "link/run.h"
#include "read/load_keys.h"
#include "session/session.h"
#include "session/use.h"
#include "sql/run.h"
#include "store/identity.h"
#include "store/identity_row.h"
#include "store/partial_row.h"

#include <armature/hierarchy.h>

/* ---- Nodes ------------------------------------------------------------------------------------------------------- */

/* Return the node with this key, or a new one. NULL if out of memory. */
static struct hierarchy_node *node_of(struct hierarchy *hierarchy, const struct key *key)
{
    struct arena *scratch = &hierarchy->loading.store->scratch;
    struct hierarchy_node *node;
    size_t slot;

    if (!ar_key_table_reserve(&hierarchy->nodes))
        return NULL;
    slot = ar_key_table_slot(&hierarchy->nodes, key);
    node = ar_key_table_at(&hierarchy->nodes, slot);
    if (node != NULL)
        return node;
    node = ar_arena_allocate_zero(scratch, sizeof *node);
    if (node == NULL || !ar_key_store(&node->key, key, scratch))
        return NULL;
    ar_key_table_fill(&hierarchy->nodes, slot, key, &node->key);
    return node;
}

/* Read the foreign key of a node from its struct. Return false if out of memory. */
static bool read_up(struct hierarchy *hierarchy, struct hierarchy_node *node, const void *data)
{
    struct arena *scratch = &hierarchy->loading.store->scratch;
    struct key up;

    switch (ar_key_of_record(hierarchy->up, data, scratch, &up)) {
    case KEY_NO_MEMORY:
        return false;
    case KEY_NULL:
        node->has_up = false;
        return true;
    case KEY_SET:
    case KEY_ZERO:
        break;
    }
    node->has_up = true;
    return ar_key_store(&node->up, &up, scratch);
}

/* Make nodes of the records. Unsaved ones lead nowhere and are left out. */
static enum ar_status add_starts(struct hierarchy *hierarchy, const void *const *records, size_t count)
{
    struct store *store = hierarchy->loading.store;
    const struct identity *identity = hierarchy->loading.rows.identity;
    const void **owners = ar_arena_allocate(&store->scratch, (count + 1) * sizeof *owners);
    enum key_state state = owners != NULL ? KEY_SET : KEY_NO_MEMORY;

    hierarchy->starts = ar_arena_allocate(&store->scratch, (count + 1) * sizeof(struct hierarchy_node *));
    for (size_t i = 0; i < count && hierarchy->starts != NULL && state != KEY_NO_MEMORY; i++) {
        const struct record *known = NULL;
        bool is_up_known;
        struct hierarchy_node *node;
        struct key key;
        state = ar_identity_key(store, hierarchy->key.model, records[i], &key);
        if (state == KEY_SET)
            known = ar_identity_find(identity, &key);
        if (state == KEY_SET && hierarchy->loading.load.relation->referred_key != NULL)
            state = ar_key_of_record(hierarchy->key, records[i], &store->scratch, &key);
        if (state != KEY_SET)
            continue;
        node = node_of(hierarchy, &key);
        if (hierarchy->is_up && ar_partial_check(store, hierarchy->loading.load.relation, records[i]) != AR_OK)
            return AR_MISUSE;
        is_up_known = ar_partial_lacks(store, hierarchy->up, records[i]) == NULL;
        if (node == NULL || (is_up_known && !read_up(hierarchy, node, records[i])))
            return ar_fail_no_memory(&store->failure);
        if (node->is_start)
            continue;
        node->is_start = true;
        node->record = records[i];
        node->known = known != NULL && !known->is_absent ? ar_record_data(known) : NULL;
        owners[hierarchy->start_count] = records[i];
        hierarchy->starts[hierarchy->start_count++] = node;
    }
    hierarchy->loading.load.owners = owners;
    hierarchy->loading.load.owner_count = hierarchy->start_count;
    return hierarchy->starts != NULL && state != KEY_NO_MEMORY ? AR_OK : ar_fail_no_memory(&store->failure);
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static enum ar_status take_row(void *payload, const struct row *row)
{
    struct hierarchy *hierarchy = payload;
    struct store *store = hierarchy->loading.store;
    struct identity *identity = hierarchy->loading.rows.identity;
    struct hierarchy_node *node;
    struct fresh_record fresh;
    struct record *record;
    struct key key;
    enum ar_status status = ar_identity_read(store, identity, row, &store->field_reader, &fresh);

    if (status != AR_OK)
        return ar_row_fail(row, identity->layout.model, &store->failure, status);
    /* By the row's values, before the caller's changes of a known record replace them. */
    if (ar_key_of_record(hierarchy->key, ar_record_data(fresh.record), &store->scratch, &key) == KEY_NO_MEMORY)
        return ar_fail_no_memory(&store->failure);
    node = node_of(hierarchy, &key);
    if (node == NULL || !read_up(hierarchy, node, ar_record_data(fresh.record)))
        return ar_fail_no_memory(&store->failure);
    status = ar_identity_take(store, identity, &fresh, hierarchy->result, &record);
    if (status != AR_OK || node->is_loaded)
        return status;
    node->is_loaded = true;
    node->record = node->known = ar_record_data(record);
    *(hierarchy->last_row != NULL ? &hierarchy->last_row->next : &hierarchy->first_row) = node;
    hierarchy->last_row = node;
    hierarchy->row_count++;
    return AR_OK;
}

static enum ar_status finish(void *payload)
{
    enum ar_status status = ar_hierarchy_order(payload);

    return status == AR_OK ? ar_hierarchy_remember(payload) : status;
}

/* ---- Steps ------------------------------------------------------------------------------------------------------- */

static enum ar_status check(const struct hierarchy *hierarchy)
{
    const struct ar_relation *relation = hierarchy->loading.load.relation;
    struct failure *failure = &hierarchy->loading.store->failure;
    bool is_direct = relation->foreign_key != NULL && relation->owner == relation->target, by_rules;
    enum ar_status status;

    if (!is_direct || (!hierarchy->is_up && !ar_relation_kind(relation).is_list))
        return ar_fail(failure, AR_MISUSE, relation->owner, NULL,
                       "%s.%s cannot be followed: only a has_many or belongs_to of a model to itself can",
                       relation->owner->name, relation->name);
    status = ar_ask_compares_by_rules(hierarchy->loading.link, relation, &by_rules);
    if (status == AR_OK && by_rules)
        status = ar_fail(failure, AR_MISUSE, relation->owner, NULL,
                         "%s.%s cannot be followed: its keys are strings that may be equal without having the same "
                         "bytes (by a collation, or padding). Load it level by level (%s_load_%s)",
                         relation->owner->name, relation->name, relation->owner->name, relation->name);
    return status;
}

static enum ar_status start(struct hierarchy *hierarchy, const void *const *records, size_t count)
{
    struct loading *loading = &hierarchy->loading;
    enum ar_status status = check(hierarchy);

    if (status != AR_OK)
        return status;
    loading->cache = ar_cache(loading->store, loading->load.relation);
    loading->rows.identity = ar_identity(loading->store, loading->load.relation->target);
    hierarchy->result = ar_result_make(loading->store, loading->load.relation->target);
    if (loading->cache == NULL || loading->rows.identity == NULL || hierarchy->result == NULL)
        return AR_NO_MEMORY;
    loading->cache->is_by_bytes = true;
    status = add_starts(hierarchy, records, count);
    return status == AR_OK ? ar_loading_collect_keys(loading) : status;
}

static enum ar_status follow(struct hierarchy *hierarchy, const void *const *records, size_t count)
{
    struct loading *loading = &hierarchy->loading;
    const struct ar_model *model = loading->load.relation->target;
    const struct statement statement = {
        .on_row = take_row,
        .after_rows = finish,
        .payload = hierarchy,
        .column_count = model->column_count,
        .reason = loading->load.reason,
        .model = model,
        .relation = loading->load.relation,
    };
    struct sql sql;
    enum ar_status status = start(hierarchy, records, count);

    if (status == AR_OK && loading->keys.count > 0)
        status = ar_ask_engine(loading->link);
    if (status != AR_OK || loading->keys.count == 0)
        return status;
    sql = ar_hierarchy_sql(hierarchy);
    return ar_sql_run(loading->link, &sql, statement, NULL);
}

enum ar_status ar_relation_follow(struct ar_session *s, const struct ar_relation *relation, const void *const *records,
                                  size_t count, unsigned depth, struct ar_list *out)
{
    struct ar_list ignored;
    AR_USE(s, (*(out != NULL ? out : &ignored) = (struct ar_list){0}, AR_MISUSE));
    bool is_up = ar_owner_has_foreign_key(relation);
    struct hierarchy hierarchy = {
        .loading =
            {
                .store = &s->store,
                .link = &s->link,
                .load = {.store = &s->store, .link = &s->link, .relation = relation, .reason = AR_REASON_EXPLICIT},
                .keys_from = ar_owner_columns(relation),
            },
        .is_up = is_up,
        .depth = depth != AR_WHOLE_DEPTH ? depth : SIZE_MAX,
        .key = is_up ? ar_target_columns(relation) : ar_owner_columns(relation),
        .up = is_up ? ar_owner_columns(relation) : ar_target_columns(relation),
    };
    enum ar_status status = follow(&hierarchy, records, count);

    if (out == NULL)
        out = &ignored;
    *out = (struct ar_list){0};
    if (status == AR_OK)
        *out = (struct ar_list){hierarchy.order, hierarchy.order_count};
    if (hierarchy.loading.cache != NULL)
        ar_cache_trim(hierarchy.loading.cache);
    ar_key_table_free(&hierarchy.loading.key_table);
    ar_key_table_free(&hierarchy.nodes);
    return ar_session_done(s, status);
}
