/* The rows of a load whose relation has a path, and how they are remembered. */
#include "read/load_path.h"

#include "base/merge_sort.h"
#include "model/field.h"
#include "model/row.h"
#include "read/load_keys.h"
#include "read/load_remember.h"
#include "read/load_rows.h"
#include "store/cache.h"
#include "store/identity.h"
#include "store/identity_row.h"

#include <stdlib.h>

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

/* The columns of a row from one of them on, as a row of their own. */
struct later_row {
    struct row base; /* must be first */
    const struct row *row;
    size_t first;
};

static bool later_value(const struct row *base, size_t column, struct ar_value *out)
{
    const struct later_row *later = (const struct later_row *)base;

    return later->row->methods->value(later->row, later->first + column, out);
}

static enum ar_status later_read_at(const struct row *base, size_t first, const struct ar_model *model,
                                    const struct field_reader *reader, void *record)
{
    const struct later_row *later = (const struct later_row *)base;

    return later->row->methods->read_at(later->row, later->first + first, model, reader, record);
}

static enum ar_status later_read(const struct row *base, const struct ar_model *model,
                                 const struct field_reader *reader, void *record)
{
    return later_read_at(base, 0, model, reader, record);
}

static const struct row_methods later_methods = {.value = later_value, .read = later_read, .read_at = later_read_at};

/* Read the key of the owner from the row; its bytes, if any, are in scratch memory. */
static enum key_state read_key(struct loading *loading, const struct row *row, struct key *out)
{
    const size_t *positions = loading->path->key_columns;
    struct ar_value values[AR_KEY_COLUMNS_MAX];
    size_t i = 0;

    do /* a key has at least one column */
        if (!row->methods->value(row, positions[i], &values[i]))
            return KEY_NO_MEMORY;
    while (++i < loading->keys_from.count);
    return ar_key_of_values(loading->keys_to.columns, values, &loading->store->scratch, out);
}

/* Find the requested key to which a row belongs. *out is NULL if it was not requested. */
static enum ar_status find_key(struct loading *loading, const struct row *row, struct load_key **out)
{
    struct key key;

    *out = loading->keys.count > 0 ? loading->load_keys : NULL;
    if (loading->has_single_key)
        return AR_OK;
    if (loading->rows_have_ordinals)
        return ar_loading_find_by_ordinal(loading, row, loading->path->key_columns[0], out);
    switch (read_key(loading, row, &key)) {
    case KEY_NO_MEMORY:
        return ar_fail_no_memory(&loading->store->failure);
    case KEY_NULL:
        *out = NULL;
        break;
    case KEY_SET:
    case KEY_ZERO:
        *out = ar_loading_look_up(loading, &key);
        break;
    }
    return AR_OK;
}

/* Return the target of the row if an earlier row of this load had it; otherwise NULL. */
static struct record *taken_target(const struct loading *loading, const struct row *row)
{
    const struct identity *identity = loading->rows.identity;
    const struct ar_model *model = identity->layout.model;
    struct record *record;
    struct ar_value value;
    struct key key;

    if (!identity->layout.has_integer_key || !row->methods->value(row, model->key[0], &value) ||
        value.kind != AR_VALUE_INTEGER)
        return NULL;
    ar_key_set_integer(&key, value.integer);
    record = ar_key_table_find(&identity->records, &key);
    return record != NULL && record->result == loading->rows.result ? record : NULL;
}

/* Note if the rows of a key arrive in order. */
static void note_order(const struct loading *loading, struct load_key *requested, const struct record *record)
{
    bool has_links = loading->load.relation->has_links;

    if (!loading->rows.identity->layout.has_integer_key || record->key.integer < requested->highest ||
        (has_links && record->key.integer == requested->highest))
        requested->highest = AR_UNSORTED;
    else
        requested->highest = record->key.integer;
}

static enum ar_status take_link(struct loading *loading, const struct row *row)
{
    struct row_collector *links = &loading->path->links;
    const struct later_row later = {{&later_methods}, row, loading->load.relation->target->column_count};
    struct record *link;
    enum ar_status status = ar_identity_take_row(loading->store, links->identity, &later.base, links->result, &link);

    return status == AR_OK ? ar_collect(links, link) : status;
}

static enum ar_status take_row(void *payload, const struct row *row)
{
    struct loading *loading = payload;
    struct load_key *requested;
    struct record *record;
    enum ar_status status = find_key(loading, row, &requested);

    if (status != AR_OK || requested == NULL)
        return status;
    record = taken_target(loading, row);
    if (record == NULL)
        status = ar_identity_take_row(loading->store, loading->rows.identity, row, loading->rows.result, &record);
    if (status == AR_OK && loading->load.relation->has_links)
        status = take_link(loading, row);
    if (status != AR_OK || record == NULL)
        return status;
    note_order(loading, requested, record);
    return ar_collect_at(&loading->rows, record, ar_loading_index(loading, requested));
}

/* ---- Lists ------------------------------------------------------------------------------------------------------- */

/* A row of a list. */
struct pair {
    void *target;
    void *link; /* NULL if the relation has no links */
};

/* The rows of all keys, grouped by key. */
struct lists {
    struct content_source source; /* must be first */
    struct pair *pairs;
    size_t *starts; /* the rows of key i are those from starts[i] to starts[i + 1] */
    void **targets, **links;
    size_t *counts; /* of the list of each key, which begins at its start in `targets` and `links` */
};

/* Compare by the target's key, then by the link's, for qsort. */
static int compare_pairs(const void *a, const void *b)
{
    const struct pair *left = a, *right = b;
    int order = left->target != right->target ? ar_loading_compare_keys(left->target, right->target) : 0;

    return order == 0 && left->link != right->link ? ar_loading_compare_keys(left->link, right->link) : order;
}

static int64_t integer_key(const void *data)
{
    return ar_record_of(data)->key.integer;
}

/* Return true if a pair precedes another, by keys of one integer. */
static bool precedes(const struct pair *left, const struct pair *right)
{
    int64_t a = integer_key(left->target), b = integer_key(right->target);

    return a < b || (a == b && left->link != NULL && integer_key(left->link) < integer_key(right->link));
}

/* Most lists are short. */
static void insertion_sort(struct pair *pairs, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct pair moved = pairs[i];
        size_t place = i;
        for (; place > 0 && precedes(&moved, &pairs[place - 1]); place--)
            pairs[place] = pairs[place - 1];
        pairs[place] = moved;
    }
}

/* Sort by one of the two records of each pair. */
static void sort_by(struct keyed *items, size_t count, size_t member)
{
    for (size_t i = 0; i < count; i++)
        items[i].key = integer_key(*(void **)((char *)items[i].item + member));
    ar_merge_sort(items, count, items + count);
}

/* Sort by keys of one integer. The keys are read in passes, because the records are all over the memory. Return false
 * if out of memory. */
static bool sort_by_integers(const struct loading *loading, struct pair *pairs, size_t count)
{
    struct arena *scratch = &loading->store->scratch;
    struct pair *unsorted = ar_arena_allocate(scratch, count * sizeof *unsorted);
    struct keyed *items = ar_arena_allocate(scratch, 2 * count * sizeof *items);

    if (unsorted == NULL || items == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        unsorted[i] = pairs[i];
        items[i].item = &unsorted[i];
    }
    if (loading->load.relation->has_links)
        sort_by(items, count, offsetof(struct pair, link));
    sort_by(items, count, offsetof(struct pair, target));
    for (size_t i = 0; i < count; i++)
        pairs[i] = *(const struct pair *)items[i].item;
    ar_arena_rewind(scratch, (char *)unsorted);
    return true;
}

static void sort_pairs(const struct loading *loading, struct pair *pairs, size_t count)
{
    enum { SHORT = 24 };
    bool has_links = loading->load.relation->has_links;
    bool has_integers = loading->rows.identity->layout.has_integer_key &&
                        (!has_links || loading->path->links.identity->layout.has_integer_key);

    if (has_integers && count <= SHORT)
        insertion_sort(pairs, count);
    else if (!has_integers || !sort_by_integers(loading, pairs, count))
        qsort(pairs, count, sizeof *pairs, compare_pairs);
}

static enum ar_status allocate_lists(struct loading *loading, struct lists *out)
{
    size_t keys = loading->keys.count, rows = loading->rows.count;
    struct arena *scratch = &loading->store->scratch, *objects = &loading->store->objects;

    out->starts = ar_arena_allocate_zero(scratch, (keys + 2) * sizeof *out->starts);
    out->counts = ar_arena_allocate(scratch, keys * sizeof *out->counts);
    out->pairs = ar_arena_allocate(scratch, (rows + 1) * sizeof *out->pairs);
    out->targets = ar_arena_allocate(objects, (rows + 1) * sizeof *out->targets);
    out->links = NULL;
    if (loading->load.relation->has_links)
        out->links = ar_arena_allocate(objects, (rows + 1) * sizeof *out->links);
    if (out->starts == NULL || out->counts == NULL || out->pairs == NULL || out->targets == NULL ||
        (out->links == NULL && loading->load.relation->has_links))
        return ar_fail_no_memory(&loading->store->failure);
    return AR_OK;
}

/* Group the rows by key, each group in the order of its rows: a counting sort. */
static void group_rows(const struct loading *loading, struct lists *lists)
{
    const struct collected_rows *links = loading->load.relation->has_links ? loading->path->links.first : NULL;
    size_t *next = lists->starts + 1;

    /* Counts are two slots ahead, because filling a group moves its start to the next one. */
    for (const struct collected_rows *piece = loading->rows.first; piece != NULL; piece = piece->next)
        for (size_t i = 0; i < piece->count; i++)
            next[ar_collected_indexes(piece)[i] + 1]++;
    for (size_t i = 1; i <= loading->keys.count; i++)
        next[i] += next[i - 1];
    for (const struct collected_rows *piece = loading->rows.first; piece != NULL; piece = piece->next) {
        for (size_t i = 0; i < piece->count; i++)
            lists->pairs[next[ar_collected_indexes(piece)[i]]++] =
                (struct pair){piece->records[i], links != NULL ? links->records[i] : NULL};
        links = links != NULL ? links->next : NULL; /* both are collected in pieces of the same size */
    }
}

/* Store the list of a key: sorted unless it has an order, without duplicates if it is distinct. */
static void store_list(const struct loading *loading, struct lists *lists, size_t key, bool has_order)
{
    const struct ar_relation *relation = loading->load.relation;
    size_t start = lists->starts[key], count = lists->starts[key + 1] - start, used = 0;
    struct pair *pairs = lists->pairs + start;

    if (!has_order && loading->load_keys[key].highest == AR_UNSORTED)
        sort_pairs(loading, pairs, count);
    for (size_t i = 0; i < count; i++) {
        if (relation->is_distinct && i > 0 && pairs[i].target == pairs[i - 1].target)
            continue;
        lists->targets[start + used] = pairs[i].target;
        if (lists->links != NULL)
            lists->links[start + used] = pairs[i].link;
        used++;
    }
    lists->counts[key] = !ar_relation_kind(relation).is_list && used > 1 ? 1 : used;
}

/* ---- Entries ----------------------------------------------------------------------------------------------------- */

/* Set the content of an entry to the list of a key. */
static void fill(const struct loading *loading, const struct content_source *source, size_t index,
                 struct cache_entry *entry)
{
    const struct lists *lists = (const struct lists *)source;
    size_t start = lists->starts[index];

    (void)loading;
    entry->records = lists->targets + start;
    entry->links = lists->links != NULL ? lists->links + start : NULL;
    entry->count = lists->counts[index];
}

static enum ar_status remember_lists(void *payload)
{
    struct loading *loading = payload;
    const struct load *load = &loading->load;
    bool has_order = load->relation->order != NULL || (load->refinement != NULL && load->refinement->orders != NULL);
    struct row_collector *links = &loading->path->links;
    struct lists lists = {.source = {fill}};
    enum ar_status status;

    if (loading->keys.count == 0)
        return AR_OK;
    ar_collector_count(&loading->rows);
    if (load->relation->has_links)
        ar_collector_count(links);
    status = allocate_lists(loading, &lists);
    if (status != AR_OK)
        return status;
    group_rows(loading, &lists);
    for (size_t i = 0; i < loading->keys.count; i++)
        store_list(loading, &lists, i, has_order);
    status = ar_loading_remember_content(loading, &lists.source);
    if (status == AR_OK)
        status = ar_collector_finish(&loading->rows);
    return status == AR_OK && load->relation->has_links ? ar_collector_finish(links) : status;
}

enum ar_status ar_loading_start_path(struct loading *loading, struct statement *statement)
{
    const struct load *load = &loading->load;
    enum ar_status status;

    loading->path = ar_arena_allocate(&loading->store->scratch, sizeof *loading->path);
    if (loading->path == NULL)
        return ar_fail_no_memory(&loading->store->failure);
    statement->on_row = take_row;
    statement->after_rows = remember_lists;
    if (!load->relation->has_links)
        return AR_OK;
    status = ar_collector_start(loading->store, ar_identity(loading->store, load->relation->path[0]->target), false,
                                &loading->path->links);
    if (status == AR_OK && load->owners_result != NULL) {
        loading->path->links.result->tree = loading->rows.result->tree;
        loading->path->links.result->strict = loading->rows.result->strict;
    }
    return status;
}
