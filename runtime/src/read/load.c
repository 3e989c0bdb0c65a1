/* Loading relations for many records at once: one statement with all keys as one parameter, the rows handed to their
 * owners by the key's place. */
#include "read/load.h"

#include "link/ask.h"
#include "link/run.h"
#include "model/field.h"
#include "model/row.h"
#include "read/load_sql.h"
#include "session/session.h"
#include "store/cache.h"
#include "store/identity.h"
#include "store/identity_row.h"

#include <stdlib.h>
#include <string.h>

/* ---- Keys -------------------------------------------------------------------------------------------------------- */

/* A distinct key, and its place among them. */
struct wanted {
    struct stored_key key; /* must be first */
    size_t place;
    int64_t newest;       /* the primary key of the row that came last */
    bool may_be_unsorted; /* its rows may have come in another order than by ascending primary key */
};

static struct key key_of_wanted(const struct loading *loading, const struct wanted *wanted)
{
    return ar_key_of_stored(&wanted->key, loading->keys.integers != NULL);
}

/* Room for a key of every owner. */
static enum ar_status allocate_keys(struct loading *loading)
{
    struct arena *scratch = &loading->s->store.scratch;
    size_t count = loading->load.owner_count, columns = loading->keys_from.count;
    enum ar_type *types = ar_arena_allocate(scratch, columns * sizeof *types);
    int64_t *integers = NULL;
    struct ar_value *values = NULL;

    loading->wanted = ar_arena_allocate(scratch, count * sizeof(struct wanted *));
    if (ar_key_is_integer(loading->keys_from))
        integers = ar_arena_allocate(scratch, count * sizeof *integers);
    else
        values = ar_arena_allocate(scratch, count * columns * sizeof *values);
    if (types == NULL || loading->wanted == NULL || (integers == NULL && values == NULL))
        return ar_fail_no_memory(&loading->s->store.failure);
    for (size_t i = 0; i < columns; i++)
        types[i] = loading->keys_from.model->columns[loading->keys_from.columns[i]].type;
    loading->keys = (struct key_set){.column_count = columns, .integers = integers, .values = values, .types = types};
    loading->keys.has_column_types = loading->rows_have_places && loading->s->link.db->driver->dialect.has_key_arrays;
    return AR_OK;
}

/* The key is copied, because a loaded row may change the owner. */
static void append_key(struct loading *loading, const struct wanted *wanted, const struct key *key, const void *owner)
{
    const struct key_columns *from = &loading->keys_from;
    struct ar_value *values;

    loading->keys.count++;
    if (loading->keys.integers != NULL) {
        ((int64_t *)(uintptr_t)loading->keys.integers)[wanted->place] = key->integer;
        return;
    }
    values = (struct ar_value *)(uintptr_t)loading->keys.values + wanted->place * from->count;
    for (size_t i = 0; i < from->count; i++)
        values[i] = ar_field_value(&from->model->columns[from->columns[i]], owner);
    ar_key_keep_values(&wanted->key, values, from->count);
}

/* Look up a key among the requested ones; NULL if it is not there. A single owner's key is not in a table. */
static struct wanted *find_key(const struct loading *loading, const struct key *key)
{
    if (loading->load.owner_count != 1)
        return ar_table_find(&loading->places, key);
    return loading->keys.count == 1 && ar_key_is_stored(key, &loading->wanted[0]->key) ? loading->wanted[0] : NULL;
}

static enum ar_status want(struct loading *loading, const struct key *key, const void *owner)
{
    struct arena *scratch = &loading->s->store.scratch;
    bool is_alone = loading->load.owner_count == 1;
    size_t slot = 0;
    struct wanted *wanted;

    if (!is_alone && !ar_table_reserve(&loading->places))
        return ar_fail_no_memory(&loading->s->store.failure);
    if (!is_alone)
        slot = ar_table_slot(&loading->places, key);
    if (!is_alone && ar_table_at(&loading->places, slot) != NULL)
        return AR_OK;
    wanted = ar_arena_allocate(scratch, sizeof *wanted);
    if (wanted == NULL || !ar_key_store(&wanted->key, key, scratch))
        return ar_fail_no_memory(&loading->s->store.failure);
    wanted->place = loading->keys.count;
    wanted->newest = INT64_MIN;
    wanted->may_be_unsorted = false;
    loading->wanted[wanted->place] = wanted;
    if (!is_alone)
        ar_table_fill(&loading->places, slot, key, &wanted->key);
    append_key(loading, wanted, key, owner);
    return AR_OK;
}

/* Whether the owner's foreign key is another in the struct than in the database: a statement that does not name keys
 * cannot find what the struct leads to. */
static bool leads_elsewhere(const struct loading *loading, const void *owner)
{
    return loading->is_one_trip && ar_owner_has_foreign_key(loading->load.relation) &&
           ar_record_changed(loading->load.relation->owner, ar_record_of(owner));
}

static enum ar_status collect_keys(struct loading *loading)
{
    const struct load *load = &loading->load;
    enum ar_status status = allocate_keys(loading);

    for (size_t i = 0; i < load->owner_count && status == AR_OK; i++) {
        struct key key;
        if (leads_elsewhere(loading, load->owners[i]))
            continue;
        enum key_state state = ar_key_of_record(loading->keys_from, load->owners[i], &loading->s->store.scratch, &key);
        if (state == KEY_ZERO && !ar_owner_has_foreign_key(load->relation))
            state = ar_identity_check_zero(&loading->s->store, load->relation->owner, load->owners[i], &key);
        switch (state) {
        case KEY_SET:
            status = want(loading, &key, load->owners[i]);
            break;
        case KEY_NO_MEMORY:
            status = ar_fail_no_memory(&loading->s->store.failure);
            break;
        case KEY_ZERO:
        case KEY_NULL:
            break;
        }
    }
    return status;
}

/* ---- The statement's rows ---------------------------------------------------------------------------------------- */

/* Rows usually arrive ordered by key: a row's key is then the latest one or one of the next. */
static inline struct wanted *look_up(struct loading *loading, const struct key *key)
{
    enum { NEAR = 4 }; /* owners without rows are skipped */
    const int64_t *integers = loading->keys.integers;
    size_t latest = loading->latest, left = integers != NULL ? loading->keys.count - latest : 0;
    struct wanted *wanted;

    for (size_t i = 0; i < NEAR && i < left; i++)
        if (integers[latest + i] == key->integer)
            return loading->wanted[loading->latest = latest + i];
    wanted = find_key(loading, key);
    if (wanted != NULL)
        loading->latest = wanted->place;
    return wanted;
}

static enum ar_status fail_place(struct loading *loading)
{
    const struct ar_relation *relation = loading->load.relation;

    return ar_fail(&loading->s->store.failure, AR_DATABASE, relation->owner, NULL,
                   "the database returned a row of %s.%s for a key that was not requested", relation->owner->name,
                   relation->name);
}

/* The key to which a row belongs, by what it holds or by the key's place behind the model's columns; NULL where nobody
 * asked for it. */
static inline enum ar_status find_wanted(struct loading *loading, const struct row *row, const void *data,
                                         struct wanted **out)
{
    struct ar_value ordinal;
    struct key key;

    *out = loading->is_of_one_key ? loading->wanted[0] : NULL;
    if (loading->is_of_one_key)
        return AR_OK;
    if (loading->rows_have_places) {
        if (!row->methods->value(row, loading->load.relation->target->column_count, &ordinal))
            return ar_fail_no_memory(&loading->s->store.failure);
        if (ordinal.kind != AR_VALUE_INTEGER || (uint64_t)ordinal.integer >= loading->keys.count)
            return fail_place(loading);
        *out = loading->wanted[ordinal.integer];
        return AR_OK;
    }
    switch (ar_key_read(&loading->keys_to, data, &loading->s->store.scratch, &key)) {
    case KEY_NO_MEMORY:
        return ar_fail_no_memory(&loading->s->store.failure);
    case KEY_NULL:
        break;
    case KEY_SET:
    case KEY_ZERO:
        *out = look_up(loading, &key);
        break;
    }
    return AR_OK;
}

/* Whether a row has a key that somebody asked for. */
static enum ar_status is_wanted(struct loading *loading, const struct row *row, bool *out)
{
    struct ar_value value;
    struct key key;

    if (!row->methods->value(row, loading->keys_to.columns.columns[0], &value))
        return ar_fail_no_memory(&loading->s->store.failure);
    key = ar_key_of_integer(value.integer);
    *out = value.kind == AR_VALUE_INTEGER && look_up(loading, &key) != NULL;
    return AR_OK;
}

/* Of all rows, one that nobody asked for may be none that the model could hold: it is passed over. */
static enum ar_status fail_to_read(struct loading *loading, const struct row *row, enum ar_status failed)
{
    bool is_asked_for = true;
    enum ar_status status;

    failed = ar_row_fail(row, loading->rows.identity->layout.model, loading->reader.failure, failed);
    if (loading->unread == NULL)
        return failed;
    status = failed == AR_INVALID ? is_wanted(loading, row, &is_asked_for) : AR_OK;

    if (status != AR_OK || !is_asked_for)
        return status;
    ar_failure_restore(&loading->s->store.failure, loading->unread);
    return failed;
}

/* Notes while the key is at hand how the rows come: to look at the records again, all of them, would wait for
 * memory. */
static inline void note_order(struct wanted *wanted, const struct record *record, const struct identity *identity)
{
    if (!identity->layout.has_integer_key || record->key.integer < wanted->newest)
        wanted->may_be_unsorted = true;
    else
        wanted->newest = record->key.integer;
}

static enum ar_status take_row(void *payload, const struct row *row)
{
    struct loading *loading = payload;
    struct row_collector *rows = &loading->rows;
    struct fresh_record fresh;
    struct wanted *wanted = NULL;
    struct record *record;
    enum ar_status status = ar_identity_read(&loading->s->store, rows->identity, row, &loading->reader, &fresh);

    if (status != AR_OK)
        status = fail_to_read(loading, row, status);
    else
        status = find_wanted(loading, row, ar_record_data(fresh.record), &wanted);
    if (status != AR_OK)
        return status;
    /* In one round trip, rows may come for an owner that in memory leads elsewhere. */
    if (wanted == NULL) {
        ar_identity_drop_fresh(&loading->s->store, rows->identity, &fresh);
        return AR_OK;
    }
    status = ar_identity_take(&loading->s->store, rows->identity, &fresh, rows->result, &record);
    if (status != AR_OK)
        return status;
    note_order(wanted, record, rows->identity);
    return ar_collect_at(rows, record, wanted->place);
}

/* The owners' rows have come: now the keys are known. */
static enum ar_status take_owners(void *payload)
{
    struct loading *loading = payload;

    loading->load.owners = (const void *const *)loading->load.owners_result->records;
    loading->load.owner_count = loading->load.owners_result->count;
    return collect_keys(loading);
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
static enum ar_status group_rows(struct loading *loading, size_t **starts, void ***grouped)
{
    const struct row_collector *rows = &loading->rows;
    size_t *next;

    *starts = ar_arena_allocate_zero(&loading->s->store.scratch, (loading->keys.count + 2) * sizeof **starts);
    *grouped = ar_arena_allocate(&loading->s->store.objects, rows->count * sizeof **grouped);
    if (*starts == NULL || *grouped == NULL)
        return ar_fail_no_memory(&loading->s->store.failure);
    /* Counted two places ahead, so that filling moves each start to where its group begins. */
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

/* Return the tree of results in which an entry stays available regardless of the policy: for an eager load the tree
 * being loaded, for an explicit load that of the owner. An owner that was read alone gets a new one, which lasts until
 * the owner is next read. */
static enum ar_status find_purpose(struct loading *loading, const struct key *owner, struct result **out)
{
    const struct ar_model *model = loading->load.relation->owner;
    const struct identity *identity;
    struct record *record = NULL;

    *out = NULL;
    if (loading->load.reason == AR_REASON_EAGER)
        *out = loading->load.owners_result->tree;
    if (loading->load.reason != AR_REASON_EXPLICIT)
        return AR_OK;
    identity = ar_pointer_map_get(&loading->s->store.identities.by_model, model);
    if (identity != NULL)
        record = ar_table_find(&identity->records, owner);
    if (record == NULL)
        return AR_OK;
    if (record->result == NULL)
        record->result = ar_result_make(&loading->s->store, model);
    if (record->result == NULL)
        return AR_NO_MEMORY;
    *out = record->result->tree;
    return AR_OK;
}

static bool is_refined(const struct loading *loading)
{
    return loading->load.refinement != NULL && ar_query_is_refined(loading->load.refinement);
}

static enum ar_status remember_lists(struct loading *loading)
{
    const struct load *load = &loading->load;
    bool has_order = load->refinement != NULL && load->refinement->orders != NULL;
    size_t *starts;
    void **grouped;
    enum ar_status status = group_rows(loading, &starts, &grouped);

    for (size_t i = 0; i < loading->keys.count && status == AR_OK; i++) {
        struct key owner = key_of_wanted(loading, loading->wanted[i]);
        struct cache_entry *entry = ar_cache_add(&loading->s->store, loading->cache, &owner);
        struct result *purpose;
        size_t count = starts[i + 1] - starts[i];
        if (entry == NULL || find_purpose(loading, &owner, &purpose) != AR_OK)
            return AR_NO_MEMORY;
        if (!has_order && loading->wanted[i]->may_be_unsorted)
            sort_by_key(grouped + starts[i], count);
        if (!ar_relation_kind(load->relation).is_list && count > 1)
            count = 1;
        entry->records = grouped + starts[i];
        entry->count = count;
        ar_cache_loaded(&loading->s->store, loading->cache, entry, purpose, is_refined(loading));
    }
    if (status == AR_OK) {
        loading->rows.result->records = grouped;
        loading->rows.result->count = loading->rows.count;
    }
    return status;
}

/* ---- belongs_to -------------------------------------------------------------------------------------------------- */

/* The target of each place: NULL where there is none. */
static enum ar_status place_targets(struct loading *loading, void ***out)
{
    const struct row_collector *rows = &loading->rows;

    *out = ar_arena_allocate_zero(&loading->s->store.objects, (loading->keys.count + 1) * sizeof **out);
    if (*out == NULL)
        return ar_fail_no_memory(&loading->s->store.failure);
    for (const struct collected_rows *piece = rows->first; piece != NULL; piece = piece->next)
        for (size_t i = 0; i < piece->count; i++)
            (*out)[ar_collected_indexes(piece)[i]] = piece->records[i];
    return AR_OK;
}

/* Return true if the identity map alone finds the target of every key. It compares bytes: the target of a string key
 * may have different bytes, and a key without a target may get such a one later. */
static bool are_known_by_bytes(const struct loading *loading, void *const *targets)
{
    if (loading->cache->is_by_bytes)
        return true;
    for (size_t i = 0; i < loading->keys.count; i++) {
        struct key key = key_of_wanted(loading, loading->wanted[i]);
        if (targets[i] == NULL || !ar_key_is_stored(&key, &ar_record_of(targets[i])->key))
            return false;
    }
    return true;
}

static enum ar_status remember_absent(struct loading *loading, void *const *targets)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < loading->keys.count && status == AR_OK; i++) {
        struct key key = key_of_wanted(loading, loading->wanted[i]);
        if (targets[i] == NULL)
            status = ar_identity_set_absent(&loading->s->store, loading->rows.identity, &key);
    }
    return status;
}

/* If the identity map alone cannot find the targets later (because of a policy or a refinement), each owner gets an
 * entry. An owner that is itself a row of the target's table may have been refreshed by this load with a different
 * foreign key: its next access loads that one. */
static enum ar_status remember_target(struct loading *loading, const void *record, void *const *targets)
{
    const struct ar_relation *relation = loading->load.relation;
    struct arena *scratch = &loading->s->store.scratch;
    struct key owner, foreign;
    const struct wanted *wanted;
    struct stored_key stored;
    struct result *purpose;
    struct cache_entry *entry;

    if (leads_elsewhere(loading, record) ||
        ar_identity_key(&loading->s->store, relation->owner, record, &owner) != KEY_SET ||
        ar_key_of_record(loading->keys_from, record, scratch, &foreign) != KEY_SET)
        return AR_OK;
    wanted = find_key(loading, &foreign);
    if (wanted == NULL)
        return AR_OK;
    if (loading->is_known_by_bytes && loading->cache->is_plain && !is_refined(loading)) {
        ar_cache_drop(loading->cache, &owner);
        return AR_OK;
    }
    if (!ar_key_store(&stored, &foreign, &loading->s->store.objects))
        return ar_fail_no_memory(&loading->s->store.failure);
    entry = ar_cache_add(&loading->s->store, loading->cache, &owner);
    if (entry == NULL || find_purpose(loading, &owner, &purpose) != AR_OK)
        return AR_NO_MEMORY;
    entry->foreign_key = stored;
    entry->records = &targets[wanted->place];
    entry->count = targets[wanted->place] != NULL;
    ar_cache_loaded(&loading->s->store, loading->cache, entry, purpose, is_refined(loading));
    return AR_OK;
}

static enum ar_status remember_targets(struct loading *loading)
{
    const struct load *load = &loading->load;
    bool needs_entries = !loading->cache->is_plain || is_refined(loading) || loading->cache->entries.count > 0;
    void **targets;
    enum ar_status status = place_targets(loading, &targets);

    if (status == AR_OK) {
        loading->is_known_by_bytes = are_known_by_bytes(loading, targets);
        needs_entries = needs_entries || !loading->is_known_by_bytes;
    }
    if (status == AR_OK && loading->is_known_by_bytes && !is_refined(loading))
        status = remember_absent(loading, targets);
    for (size_t i = 0; i < load->owner_count && needs_entries && status == AR_OK; i++)
        status = remember_target(loading, load->owners[i], targets);
    return status == AR_OK ? ar_collector_finish(&loading->rows) : status;
}

static enum ar_status remember(void *payload)
{
    struct loading *loading = payload;

    if (loading->keys.count == 0)
        return AR_OK;
    ar_collector_count(&loading->rows);
    return ar_owner_has_foreign_key(loading->load.relation) ? remember_targets(loading) : remember_lists(loading);
}

/* ---- The whole --------------------------------------------------------------------------------------------------- */

/* Keys that may be equal without having the same bytes cannot be looked up; SQLite returns the index of all keys except
 * integers. */
static enum ar_status set_places(struct loading *loading, struct statement *statement)
{
    const struct ar_relation *relation = loading->load.relation;
    bool by_rules;
    enum ar_status status = ar_ask_compares_by_rules(&loading->s->link, relation, &by_rules);

    loading->cache->is_by_bytes = status == AR_OK && !by_rules;
    loading->rows_have_places = by_rules || (loading->s->link.db->driver->dialect.returns_ordinals &&
                                             !ar_key_is_integer(ar_owner_columns(relation)));
    statement->column_count += loading->rows_have_places;
    return status;
}

static enum ar_status start(struct ar_session *s, const struct load *load, struct loading *out,
                            struct statement *statement)
{
    enum ar_status status;

    *out = (struct loading){
        .s = s,
        .load = *load,
        .cache = ar_cache(&s->store, load->relation),
        .reader = s->store.field_reader,
        .keys_from = ar_owner_columns(load->relation),
        .keys_to = ar_key_reader(ar_target_columns(load->relation)),
    };
    *statement = (struct statement){
        .on_row = take_row,
        .after_rows = remember,
        .payload = out,
        .column_count = (size_t)load->relation->target->column_count,
        .reason = load->reason,
        .model = load->relation->target,
        .relation = load->relation,
    };
    if (out->cache == NULL)
        return AR_NO_MEMORY;
    status = set_places(out, statement);
    if (status == AR_OK)
        status = ar_collector_start(&s->store, load->relation->target, true, &out->rows);
    if (status == AR_OK && load->owners_result != NULL) {
        out->rows.result->tree = load->owners_result->tree;
        out->rows.result->strict =
            load->owners_result->strict || (load->refinement != NULL && load->refinement->is_strict);
    }
    return status;
}

bool ar_load_can_scan(const struct ar_relation *relation, const struct ar_query *refinement)
{
    return ar_key_is_integer(ar_owner_columns(relation)) && !ar_load_sql_is_limited(refinement);
}

bool ar_load_can_take_all(const struct ar_relation *relation, const struct ar_query *refinement)
{
    const struct ar_column *key = &relation->target->columns[relation->foreign_key[0]];

    return !ar_owner_has_foreign_key(relation) && ar_load_can_scan(relation, refinement) &&
           (key->flags & AR_COLUMN_NULLABLE) == 0;
}

/* Of all rows, those that nobody wants may be none that the model could hold. */
static enum ar_status expect_all(struct loading *loading)
{
    loading->access_path = ACCESS_WHOLE_TABLE;
    loading->unread = ar_arena_allocate(&loading->s->store.scratch, sizeof *loading->unread);
    loading->reader.failure = loading->unread;
    return loading->unread != NULL ? AR_OK : ar_fail_no_memory(&loading->s->store.failure);
}

static enum ar_status choose_access_path(struct loading *loading)
{
    const struct load *load = &loading->load;
    enum ar_status status = AR_OK;

    loading->keys.places = &loading->places;
    if (load->takes_all)
        return expect_all(loading);
    loading->is_of_one_key = loading->keys.count == 1 && loading->s->link.db->driver->dialect.prefers_single_key;
    if (loading->is_of_one_key)
        return AR_OK;
    if (ar_load_can_scan(load->relation, load->refinement))
        status = ar_ask_access_path(&loading->s->link, load->relation, loading->keys.count, &loading->access_path);
    return status == AR_OK && loading->access_path == ACCESS_WHOLE_TABLE ? expect_all(loading) : status;
}

static enum ar_status add_statement(struct loading *loading, struct statement *statement)
{
    struct ar_session *s = loading->s;
    const struct ar_relation *relation = loading->load.relation;
    const struct ar_query *refinement = loading->load.refinement;
    struct sql sql;

    if (loading->is_of_one_key) {
        loading->rows_have_places = false;
        statement->column_count = relation->target->column_count;
        sql = ar_load_sql_by_key(s, loading->cache, refinement, &loading->keys, &statement->is_single);
    } else if (loading->access_path == ACCESS_WHOLE_TABLE) {
        sql = ar_load_sql_of_all(s, relation, refinement);
    } else if (loading->is_one_trip) {
        sql = ar_load_sql_by_parent(s, refinement);
    } else if (loading->access_path == ACCESS_BY_SCAN) {
        sql = ar_load_sql_by_scan(s, relation, refinement, &loading->keys);
    } else {
        sql = ar_load_sql_by_keys(s, relation, refinement, &loading->keys);
    }
    return ar_sql_finish(&sql, statement);
}

enum ar_status ar_loading_start(struct ar_session *s, const struct load *load, struct loading *out,
                                struct statement *statement, bool *is_needed)
{
    enum ar_status status = start(s, load, out, statement);

    if (status == AR_OK)
        status = collect_keys(out);
    *is_needed = status == AR_OK && out->keys.count > 0;
    if (*is_needed)
        status = choose_access_path(out);
    *is_needed = *is_needed && status == AR_OK;
    return *is_needed ? add_statement(out, statement) : status;
}

enum ar_status ar_loading_start_one_trip(struct ar_session *s, const struct load *load, struct loading *out,
                                         struct statement *statement)
{
    enum ar_status status = start(s, load, out, statement);

    if (status == AR_OK && load->takes_all)
        status = expect_all(out);
    if (status != AR_OK)
        return status;
    out->is_one_trip = true;
    statement->before_rows = take_owners;
    return add_statement(out, statement);
}

enum ar_status ar_loading_preview(struct ar_session *s, const struct load *load, bool is_one_trip, struct loading *out,
                                  struct statement *statement)
{
    enum ar_status status = start(s, load, out, statement);

    if (status == AR_OK)
        status = allocate_keys(out);
    if (status == AR_OK)
        status = choose_access_path(out);
    out->is_one_trip = is_one_trip;
    return status == AR_OK ? add_statement(out, statement) : status;
}

void ar_loading_end(struct loading *loading)
{
    if (loading->cache != NULL)
        ar_cache_trim(loading->cache);
    ar_table_free(&loading->places);
}

enum ar_status ar_load(struct ar_session *s, const struct load *load)
{
    struct loading loading;
    struct statement statement;
    bool is_needed;
    enum ar_status status = ar_loading_start(s, load, &loading, &statement, &is_needed);

    if (status == AR_OK && is_needed)
        status = ar_run(&s->link, &statement, NULL);
    ar_loading_end(&loading);
    return status;
}
