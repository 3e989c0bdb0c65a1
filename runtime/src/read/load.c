/* Loading a relation for many owners: the choice of the statement, and the steps of a load. */
#include "read/load.h"

#include "link/ask.h"
#include "link/run.h"
#include "read/load_keys.h"
#include "read/load_path.h"
#include "read/load_remember.h"
#include "read/load_rows.h"
#include "read/load_sql.h"
#include "read/tally.h"
#include "store/cache.h"
#include "store/reads.h"

#include <string.h>

/* Find out if rows must carry the ordinal of their key: keys that may be equal without having the same bytes cannot be
 * looked up, and SQLite's statements return the ordinal of all keys that are not integers. */
static enum ar_status set_ordinals(struct loading *loading, struct statement *statement)
{
    struct relation_cache *cache = loading->cache;
    bool by_rules = false;
    enum ar_status status = AR_OK;

    if (cache->has_text_keys)
        status = ar_ask_compares_by_rules(loading->link, loading->load.relation, &by_rules);
    cache->is_by_bytes = status == AR_OK && !by_rules;
    loading->rows_have_ordinals =
        by_rules || (!cache->has_integer_keys && loading->link->db->driver->dialect.returns_ordinals);
    statement->column_count += loading->rows_have_ordinals;
    return status;
}

static struct relation_cache *cache_of(const struct load *load)
{
    struct relation_cache *cache = ar_cache(load->store, load->relation);

    return cache != NULL && load->measure != NULL ? ar_cache_tally(load->store, cache, *load->measure) : cache;
}

/* If the statements of the database are recorded, note that this one loads the relation before it is read. */
static void expect_reads(struct loading *loading, struct statement *statement)
{
    struct trace *trace = atomic_load_explicit(&loading->link->db->trace, memory_order_acquire);
    struct traced_load *traced;

    if (trace == NULL || loading->load.reason == AR_REASON_LAZY)
        return;
    traced = ar_reads_expect(loading->store, trace, loading->cache, loading->rows.result);
    if (traced != NULL)
        statement->traced = &traced->statement;
}

/* Initialize a load and its statement. */
static enum ar_status begin(const struct load *load, struct loading *out, struct statement *statement)
{
    struct relation_cache *cache = cache_of(load);

    memset(out, 0, sizeof *out);
    if (cache == NULL)
        return AR_NO_MEMORY;
    out->store = load->store;
    out->link = load->link;
    out->load = *load;
    out->cache = cache;
    out->reader = load->store->field_reader;
    out->keys_from = cache->foreign_key.columns;
    out->keys_to = cache->target_key;
    memset(statement, 0, sizeof *statement);
    statement->on_row = ar_loading_take_row;
    statement->after_rows = ar_loading_remember;
    statement->payload = out;
    statement->column_count = load->relation->target->column_count;
    statement->reason = load->reason;
    statement->model = load->relation->target;
    statement->relation = load->relation;
    return AR_OK;
}

static enum ar_status start(const struct load *load, struct loading *out, struct statement *statement)
{
    enum ar_status status = begin(load, out, statement);

    if (status != AR_OK)
        return status;
    status = set_ordinals(out, statement);
    if (load->measure != NULL) {
        ar_tally_start(out, statement);
        expect_reads(out, statement);
        return status;
    }
    if (status == AR_OK)
        status = ar_collector_start(load->store, out->cache->targets, true, &out->rows);
    if (status == AR_OK)
        expect_reads(out, statement);
    if (status == AR_OK && load->owners_result != NULL) {
        out->rows.result->tree = load->owners_result->tree;
        out->rows.result->strict = load->owners_result->strict || load->refinement->is_strict;
    }
    if (status == AR_OK && ar_has_path(load->relation))
        status = ar_loading_start_path(out, statement);
    return status;
}

/* Return true if the rows may be found by a full table scan: the keys are integers, and no limit applies to each. */
static bool can_scan(const struct ar_relation *relation, const struct ar_query *refinement)
{
    return ar_key_is_integer(ar_owner_columns(relation)) && !ar_relation_picks_first(relation) &&
           !ar_load_sql_is_limited(refinement);
}

bool ar_load_can_take_all(const struct ar_relation *relation, const struct ar_query *refinement)
{
    struct key_columns columns = ar_target_columns(relation);
    const struct ar_column *key = &columns.model->columns[columns.columns[0]];

    return ar_is_found_by_primary_key(relation) && can_scan(relation, refinement) &&
           (key->flags & AR_COLUMN_NULLABLE) == 0;
}

/* Prepare for all rows of the target's table: those whose keys were not requested need not fit their struct. */
static enum ar_status expect_all(struct loading *loading)
{
    loading->access_path = ACCESS_WHOLE_TABLE;
    loading->skipped = ar_arena_allocate(&loading->store->scratch, sizeof *loading->skipped);
    loading->reader.failure = loading->skipped;
    return loading->skipped != NULL ? AR_OK : ar_fail_no_memory(&loading->store->failure);
}

/* Return true if the statement compares with the only key. Databases with arrays do so for integers of one type: they
 * need no conversion, and a search for one value is cheaper than that for the items of an array. */
static bool compares_single_key(const struct loading *loading)
{
    struct key_columns from = loading->keys_from, to = loading->keys_to.columns;

    if (loading->keys.count != 1)
        return false;
    if (loading->link->db->driver->dialect.prefers_single_key)
        return true;
    return loading->keys.integers != NULL &&
           from.model->columns[from.columns[0]].type == to.model->columns[to.columns[0]].type;
}

static enum ar_status choose_access_path(struct loading *loading)
{
    const struct load *load = &loading->load;
    enum ar_status status = ar_ask_engine(loading->link);

    loading->keys.table = &loading->key_table;
    if (status != AR_OK)
        return status;
    if (load->takes_all)
        return expect_all(loading);
    if (load->measure != NULL)
        return AR_OK;
    loading->has_single_key = compares_single_key(loading);
    if (loading->has_single_key || ar_shard_limits(&loading->link->options.shard, load->relation->target))
        return AR_OK;
    if (can_scan(load->relation, load->refinement))
        status = ar_ask_access_path(loading->link, load->relation, loading->keys.count, &loading->access_path);
    return status == AR_OK && loading->access_path == ACCESS_WHOLE_TABLE ? expect_all(loading) : status;
}

static enum ar_status add_statement(struct loading *loading, struct statement *statement)
{
    const struct link *link = loading->link;
    const struct ar_relation *relation = loading->load.relation;
    const struct ar_query *refinement = loading->load.refinement;
    struct sql sql;

    if (loading->load.measure == NULL && ar_has_path(relation))
        return ar_loading_add_path_statement(loading, statement);
    if (loading->has_single_key) {
        loading->rows_have_ordinals = false;
        statement->column_count = relation->target->column_count;
        return ar_load_sql_by_key(link, loading->cache, refinement, &loading->keys, statement);
    }
    if (loading->load.measure != NULL) {
        sql = ar_tally_sql(loading);
    } else if (loading->access_path == ACCESS_WHOLE_TABLE) {
        sql = ar_load_sql_of_all(link, relation, refinement);
    } else if (loading->is_by_parent) {
        sql = ar_load_sql_by_parent(link, refinement);
    } else if (loading->access_path == ACCESS_BY_SCAN) {
        sql = ar_load_sql_by_scan(link, relation, refinement, &loading->keys);
    } else {
        sql = ar_load_sql_by_keys(link, relation, refinement, &loading->keys);
    }
    return ar_sql_finish(&sql, statement);
}

enum ar_status ar_loading_start(const struct load *load, struct loading *out, struct statement *statement,
                                bool *is_needed)
{
    enum ar_status status = start(load, out, statement);

    if (status == AR_OK)
        status = ar_loading_collect_keys(out);
    *is_needed = status == AR_OK && out->keys.count > 0;
    if (*is_needed)
        status = choose_access_path(out);
    *is_needed = *is_needed && status == AR_OK;
    return *is_needed ? add_statement(out, statement) : status;
}

/* Choose how a statement selects rows whose owners are still to be read. */
static enum ar_status choose_one_trip(struct loading *loading)
{
    enum ar_status status;

    if (loading->load.takes_all)
        return expect_all(loading);
    loading->is_by_parent = loading->load.key == NULL;
    if (loading->is_by_parent)
        return AR_OK;
    status = ar_loading_expect_key(loading);
    return status == AR_OK ? choose_access_path(loading) : status;
}

enum ar_status ar_loading_start_one_trip(const struct load *load, struct loading *out, struct statement *statement)
{
    enum ar_status status = start(load, out, statement);

    if (status == AR_OK)
        status = choose_one_trip(out);
    out->is_one_trip = true;
    statement->before_rows = ar_loading_take_owners;
    return status == AR_OK ? add_statement(out, statement) : status;
}

/* Choose how a statement selects rows by keys that are still unknown. */
static enum ar_status choose_by_keys(struct loading *loading)
{
    enum ar_status status = ar_loading_allocate_keys(loading);

    return status == AR_OK ? choose_access_path(loading) : status;
}

enum ar_status ar_loading_preview(const struct load *load, bool is_one_trip, struct loading *out,
                                  struct statement *statement)
{
    enum ar_status status = start(load, out, statement);

    if (status == AR_OK && is_one_trip)
        status = choose_one_trip(out);
    else if (status == AR_OK)
        status = choose_by_keys(out);
    return status == AR_OK ? add_statement(out, statement) : status;
}

void ar_loading_end(struct loading *loading)
{
    if (loading->cache != NULL)
        ar_cache_trim(loading->cache);
    if (loading->key_table.capacity > 0)
        ar_key_table_free(&loading->key_table);
}

enum ar_status ar_load(const struct load *load)
{
    struct loading loading;
    struct statement statement;
    bool is_needed;
    enum ar_status status = ar_loading_start(load, &loading, &statement, &is_needed);

    if (status == AR_OK && is_needed)
        status = ar_run(load->link, &statement, NULL);
    ar_loading_end(&loading);
    return status;
}
