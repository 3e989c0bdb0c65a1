/* Loading relations for many records at once: one statement with all keys as one parameter, the rows handed to their
 * owners by the key's place. */
#include "load.h"

#include "field.h"
#include "session.h"
#include "sql.h"

#include <stdlib.h>
#include <string.h>

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

enum ar_status ar_collector_start(struct ar_session *s, const struct ar_model *model, bool has_ordinal,
                                  struct row_collector *out)
{
    *out = (struct row_collector){.s = s, .has_ordinal = has_ordinal, .identity = ar_identity(s, model)};
    out->result = ar_arena_allocate_zero(&s->objects, sizeof *out->result);
    if (out->identity == NULL || out->result == NULL)
        return ar_session_no_memory(s);
    out->result->model = model;
    out->result->tree = out->result;
    return AR_OK;
}

static bool grow(struct row_collector *collector)
{
    size_t capacity = collector->capacity > 0 ? collector->capacity * 2 : 64;
    struct arena *scratch = &collector->s->scratch;
    void **records = ar_arena_allocate(scratch, capacity * sizeof *records);
    size_t *ordinals = NULL;

    if (collector->has_ordinal)
        ordinals = ar_arena_allocate(scratch, capacity * sizeof *ordinals);
    if (records == NULL || (collector->has_ordinal && ordinals == NULL))
        return false;
    if (collector->count > 0) {
        memcpy(records, collector->records, collector->count * sizeof *records);
        if (collector->has_ordinal)
            memcpy(ordinals, collector->ordinals, collector->count * sizeof *ordinals);
    }
    collector->records = records;
    collector->ordinals = ordinals;
    collector->capacity = capacity;
    return true;
}

enum ar_status ar_collect_row(void *payload, const struct ar_value *values)
{
    struct row_collector *collector = payload;
    struct record *record;
    enum ar_status status;

    if (collector->count == collector->capacity && !grow(collector))
        return ar_session_no_memory(collector->s);
    status = ar_identity_take_row(collector->s, collector->identity, values, collector->result, &record);
    if (status != AR_OK)
        return status;
    if (collector->has_ordinal)
        collector->ordinals[collector->count] = (size_t)values[collector->identity->model->column_count].integer;
    collector->records[collector->count++] = ar_record_data(record);
    return AR_OK;
}

/* ---- Keys -------------------------------------------------------------------------------------------------------- */

/* A distinct key of a belongs_to, and its place. */
struct wanted {
    struct stored_key key; /* must be first */
    size_t ordinal;
};

/* A load under way. All of it lies in scratch memory but the tables, which are freed at the end. */
struct batch {
    struct ar_session *s;
    const struct load *load;
    struct relation_cache *cache;
    struct key_columns keys_from; /* columns of the owner */
    struct key_set keys;
    int64_t *integers;
    struct ar_value *values;
    struct cache_entry **entries; /* of has_one and has_many: the owner's, by place */
    struct table wanted;          /* of belongs_to */
    struct row_collector rows;
    uint32_t number;
};

static enum ar_status allocate_keys(struct batch *batch)
{
    struct arena *scratch = &batch->s->scratch;
    size_t count = batch->load->owner_count, columns = batch->keys_from.count;
    enum ar_type *types = ar_arena_allocate(scratch, columns * sizeof *types);

    batch->entries = ar_arena_allocate(scratch, count * sizeof(struct cache_entry *));
    if (ar_key_is_integer(batch->keys_from))
        batch->integers = ar_arena_allocate(scratch, count * sizeof *batch->integers);
    else
        batch->values = ar_arena_allocate(scratch, count * columns * sizeof *batch->values);
    if (types == NULL || batch->entries == NULL || (batch->integers == NULL && batch->values == NULL))
        return ar_session_no_memory(batch->s);
    for (size_t i = 0; i < columns; i++)
        types[i] = batch->keys_from.model->columns[batch->keys_from.columns[i]].type;
    batch->keys =
        (struct key_set){.column_count = columns, .integers = batch->integers, .values = batch->values, .types = types};
    return AR_OK;
}

static void append_key(struct batch *batch, const struct key *key, const void *owner)
{
    size_t place = batch->keys.count++, columns = batch->keys_from.count;

    if (batch->integers != NULL) {
        batch->integers[place] = key->integer;
        return;
    }
    for (size_t i = 0; i < columns; i++)
        batch->values[place * columns + i] =
            ar_field_value(&batch->keys_from.model->columns[batch->keys_from.columns[i]], owner);
}

/* An owner's entry is where its list will go; one that this batch has seen is not asked for again. */
static enum ar_status want_list(struct batch *batch, const struct key *key, const void *owner)
{
    struct cache_entry *entry = ar_cache_add(batch->s, batch->cache, key);

    if (entry == NULL)
        return AR_NO_MEMORY;
    if (entry->batch == batch->number)
        return AR_OK;
    entry->batch = batch->number;
    entry->ordinal = batch->keys.count;
    batch->entries[batch->keys.count] = entry;
    append_key(batch, key, owner);
    return AR_OK;
}

static enum ar_status want_target(struct batch *batch, const struct key *key, const void *owner)
{
    struct wanted *wanted = ar_table_find(&batch->wanted, key);

    if (wanted != NULL)
        return AR_OK;
    wanted = ar_arena_allocate(&batch->s->scratch, sizeof *wanted);
    if (wanted == NULL || !ar_key_store(&wanted->key, key, &batch->s->scratch) || !ar_table_reserve(&batch->wanted))
        return ar_session_no_memory(batch->s);
    wanted->ordinal = batch->keys.count;
    ar_table_insert(&batch->wanted, key, &wanted->key);
    append_key(batch, key, owner);
    return AR_OK;
}

static enum ar_status collect_keys(struct batch *batch)
{
    const struct load *load = batch->load;
    bool belongs_to = load->relation->kind == AR_RELATION_BELONGS_TO;
    enum ar_status status = allocate_keys(batch);

    for (size_t i = 0; i < load->owner_count && status == AR_OK; i++) {
        struct key key;
        switch (ar_key_of_record(batch->keys_from, load->owners[i], &batch->s->scratch, &key)) {
        case KEY_SET:
            status = belongs_to ? want_target(batch, &key, load->owners[i]) : want_list(batch, &key, load->owners[i]);
            break;
        case KEY_NO_MEMORY:
            status = ar_session_no_memory(batch->s);
            break;
        case KEY_ZERO:
        case KEY_NULL:
            break;
        }
    }
    return status;
}

/* ---- The statement ----------------------------------------------------------------------------------------------- */

/* A limit counts for each parent: the parent's rows are found by a sub-select that has order and limit. */
static void add_limited_join(struct sql *sql, const struct ar_query *q)
{
    struct key_columns target = ar_target_columns(q->relation), key = ar_primary_key(q->model);
    bool is_tuple = key.count > 1;

    ar_sql_add(sql, "SELECT ", NULL);
    for (size_t i = 0; i < q->model->column_count; i++) {
        ar_sql_add_column(sql, &q->model->columns[i]);
        ar_sql_add(sql, ", ", NULL);
    }
    ar_sql_add(sql, "armature_keys.ordinal FROM armature_keys(?) AS armature_keys CROSS JOIN ", q->model->sql, " ON ",
               is_tuple ? "(" : "", NULL);
    ar_sql_add_key_columns(sql, key);
    ar_sql_add(sql, is_tuple ? ")" : "", " IN (SELECT ", NULL);
    ar_sql_add_key_columns(sql, key);
    ar_sql_add(sql, " FROM ", q->model->sql, " WHERE ", NULL);
    for (size_t i = 0; i < target.count; i++) {
        const char name[] = {(char)('0' + i), '\0'};
        ar_sql_add(sql, i > 0 ? " AND " : "", NULL);
        ar_sql_add_column(sql, &target.model->columns[target.columns[i]]);
        ar_sql_add(sql, " = armature_keys.k", name, NULL);
    }
    ar_sql_add_conditions(sql, " AND ", q);
    ar_sql_add_orders(sql, q, true);
    ar_sql_add_limit(sql, q, UINT64_MAX);
    ar_sql_add(sql, ")", NULL);
}

static enum ar_status run_statement(struct batch *batch)
{
    const struct load *load = batch->load;
    const struct ar_query *q = load->refinement;
    struct sql sql = ar_sql_start(batch->s);

    ar_sql_bind_keys(&sql, &batch->keys);
    if (q != NULL && (q->has_limit || q->offset > 0)) {
        add_limited_join(&sql, q);
    } else {
        ar_sql_add(&sql, ar_session_sql(batch->s, &load->relation->select), NULL);
        if (q != NULL)
            ar_sql_add_conditions(&sql, " WHERE ", q);
    }
    if (q != NULL)
        ar_sql_add_orders(&sql, q, false);
    return ar_sql_run(&sql,
                      (struct statement){.on_row = ar_collect_row,
                                         .payload = &batch->rows,
                                         .column_count = (size_t)load->relation->target->column_count + 1,
                                         .reason = load->reason,
                                         .model = load->relation->target,
                                         .relation = load->relation},
                      NULL);
}

/* ---- has_many and has_one ---------------------------------------------------------------------------------------- */

/* Orders records of one result by primary key. */
static int compare_by_key(const void *a, const void *b)
{
    const void *left = *(void *const *)a, *right = *(void *const *)b;
    const struct ar_model *model = ar_record_of(left)->result->model;

    for (size_t i = 0; i < model->key_count; i++) {
        int order = ar_field_compare(&model->columns[model->key[i]], left, right);
        if (order != 0)
            return order;
    }
    return 0;
}

/* Without an order of its own a list comes by primary key. Indexes mostly deliver it so: then nothing moves. */
static void sort_by_key(void **records, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (compare_by_key(&records[i - 1], &records[i]) > 0) {
            qsort(records, count, sizeof *records, compare_by_key);
            return;
        }
    }
}

/* Puts the rows of each key side by side, in the order they came. */
static enum ar_status group_rows(struct batch *batch, size_t **starts, void ***grouped)
{
    const struct row_collector *rows = &batch->rows;
    size_t *next;

    *starts = ar_arena_allocate_zero(&batch->s->scratch, (batch->keys.count + 2) * sizeof **starts);
    *grouped = ar_arena_allocate(&batch->s->objects, rows->count * sizeof **grouped);
    if (*starts == NULL || *grouped == NULL)
        return ar_session_no_memory(batch->s);
    /* Counted two places ahead, so that filling moves each start to where its group begins. */
    next = *starts + 1;
    for (size_t i = 0; i < rows->count; i++)
        next[rows->ordinals[i] + 1]++;
    for (size_t i = 1; i <= batch->keys.count; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < rows->count; i++)
        (*grouped)[next[rows->ordinals[i]]++] = rows->records[i];
    return AR_OK;
}

/* The tree of results in which an entry is served whatever the policy says: of an eager load the one it is made for,
 * of an explicit one that of the owner. */
static struct result *purpose(struct batch *batch, const struct key *owner)
{
    const struct identity *identity;
    const struct record *record;

    if (batch->load->reason == AR_REASON_EAGER)
        return batch->load->owners_result->tree;
    if (batch->load->reason != AR_REASON_EXPLICIT)
        return NULL;
    identity = ar_pointer_map_get(&batch->s->identities.by_model, batch->load->relation->owner);
    record = identity != NULL ? ar_table_find(&identity->records, owner) : NULL;
    return record != NULL && record->result != NULL ? record->result->tree : NULL;
}

static bool is_refined(const struct batch *batch)
{
    return batch->load->refinement != NULL && ar_query_is_refined(batch->load->refinement);
}

static enum ar_status remember_lists(struct batch *batch)
{
    const struct load *load = batch->load;
    bool has_order = load->refinement != NULL && load->refinement->orders != NULL;
    size_t *starts;
    void **grouped;
    enum ar_status status = group_rows(batch, &starts, &grouped);

    if (status != AR_OK)
        return status;
    for (size_t i = 0; i < batch->keys.count; i++) {
        struct cache_entry *entry = batch->entries[i];
        struct key owner = ar_cache_key(entry);
        size_t count = starts[i + 1] - starts[i];
        if (!has_order)
            sort_by_key(grouped + starts[i], count);
        if (load->relation->kind == AR_RELATION_HAS_ONE && count > 1)
            count = 1;
        entry->records = grouped + starts[i];
        entry->count = count;
        ar_cache_loaded(batch->s, batch->cache, entry, purpose(batch, &owner), is_refined(batch));
    }
    batch->rows.result->records = grouped;
    batch->rows.result->count = batch->rows.count;
    return AR_OK;
}

/* ---- belongs_to -------------------------------------------------------------------------------------------------- */

/* The target of each place: NULL where there is none. */
static enum ar_status place_targets(struct batch *batch, void ***out)
{
    const struct row_collector *rows = &batch->rows;

    *out = ar_arena_allocate_zero(&batch->s->objects, (batch->keys.count + 1) * sizeof **out);
    if (*out == NULL)
        return ar_session_no_memory(batch->s);
    for (size_t i = 0; i < rows->count; i++)
        (*out)[rows->ordinals[i]] = rows->records[i];
    return AR_OK;
}

static enum ar_status remember_absent(struct batch *batch, void *const *targets)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < batch->wanted.capacity && status == AR_OK; i++) {
        const struct table_slot *slot = &batch->wanted.slots[i];
        const struct wanted *wanted = (const struct wanted *)slot->item;
        struct key key;
        if (wanted == NULL || targets[wanted->ordinal] != NULL)
            continue;
        key = ar_key_of_stored(&wanted->key, slot->hash);
        status = ar_identity_set_absent(batch->s, batch->rows.identity, &key);
    }
    return status;
}

/* Where the identity map alone cannot answer later (a policy, a refinement), each owner gets an entry. */
static enum ar_status remember_target(struct batch *batch, const void *record, void *const *targets)
{
    const struct ar_relation *relation = batch->load->relation;
    struct arena *scratch = &batch->s->scratch;
    struct key owner, foreign;
    const struct wanted *wanted;
    struct cache_entry *entry;

    if (ar_key_of_record(ar_primary_key(relation->owner), record, scratch, &owner) != KEY_SET ||
        ar_key_of_record(batch->keys_from, record, scratch, &foreign) != KEY_SET)
        return AR_OK;
    if (batch->cache->is_plain && !is_refined(batch)) {
        ar_cache_drop(batch->cache, &owner);
        return AR_OK;
    }
    wanted = ar_table_find(&batch->wanted, &foreign);
    entry = ar_cache_add(batch->s, batch->cache, &owner);
    if (entry == NULL || !ar_key_store(&entry->foreign_key, &foreign, &batch->s->objects))
        return ar_session_no_memory(batch->s);
    entry->records = &targets[wanted->ordinal];
    entry->count = targets[wanted->ordinal] != NULL;
    ar_cache_loaded(batch->s, batch->cache, entry, purpose(batch, &owner), is_refined(batch));
    return AR_OK;
}

static enum ar_status remember_targets(struct batch *batch)
{
    const struct load *load = batch->load;
    void **records = ar_arena_allocate(&batch->s->objects, batch->rows.count * sizeof *records);
    bool needs_entries = !batch->cache->is_plain || is_refined(batch) || batch->cache->entries.count > 0;
    void **targets;
    enum ar_status status = place_targets(batch, &targets);

    if (status == AR_OK && records == NULL)
        status = ar_session_no_memory(batch->s);
    if (status == AR_OK && !is_refined(batch))
        status = remember_absent(batch, targets);
    for (size_t i = 0; i < load->owner_count && needs_entries && status == AR_OK; i++)
        status = remember_target(batch, load->owners[i], targets);
    if (status != AR_OK)
        return status;
    if (batch->rows.count > 0)
        memcpy(records, batch->rows.records, batch->rows.count * sizeof *records);
    batch->rows.result->records = records;
    batch->rows.result->count = batch->rows.count;
    return AR_OK;
}

/* ---- The whole --------------------------------------------------------------------------------------------------- */

enum ar_status ar_load(struct ar_session *s, const struct load *load, struct result **loaded)
{
    struct batch batch = {.s = s,
                          .load = load,
                          .keys_from = ar_owner_columns(load->relation),
                          .cache = ar_cache(s, load->relation),
                          .number = ++s->caches.last_batch};
    bool belongs_to = load->relation->kind == AR_RELATION_BELONGS_TO;
    enum ar_status status = batch.cache != NULL ? AR_OK : AR_NO_MEMORY;

    if (status == AR_OK)
        status = ar_collector_start(s, load->relation->target, true, &batch.rows);
    if (status == AR_OK && load->owners_result != NULL) {
        batch.rows.result->tree = load->owners_result->tree;
        batch.rows.result->strict = load->owners_result->strict;
    }
    if (status == AR_OK)
        status = collect_keys(&batch);
    if (status == AR_OK && batch.keys.count > 0)
        status = run_statement(&batch);
    if (status == AR_OK && batch.keys.count > 0)
        status = belongs_to ? remember_targets(&batch) : remember_lists(&batch);
    if (batch.cache != NULL)
        ar_cache_trim(batch.cache);
    ar_table_free(&batch.wanted);
    if (loaded != NULL)
        *loaded = batch.rows.result;
    return status;
}
