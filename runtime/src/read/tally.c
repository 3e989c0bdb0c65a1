/* Loading an aggregate of a relation for many owners. */
#include "read/tally.h"

#include "read/load_keys.h"
#include "read/load_remember.h"
#include "read/load_rows.h"
#include "read/measure.h"
#include "read/query_sql.h"
#include "sql/join.h"
#include "sql/run.h"
#include "store/cache.h"

/* ---- SQL --------------------------------------------------------------------------------------------------------- */

/* Return true if rows are grouped by the foreign key. To find out if there is any, one row of each key suffices. */
static bool is_grouped(const struct loading *loading)
{
    if (loading->access_path == ACCESS_WHOLE_TABLE)
        return true;
    return !ar_has_path(loading->load.relation) && loading->link->db->driver->dialect.has_key_arrays &&
           loading->keys.integers != NULL && loading->load.measure->aggregate != AR_AGGREGATE_EXISTS;
}

/* Add the aggregate of each foreign key, of all or of those in the array. */
static void add_grouped(struct sql *sql, const struct loading *loading)
{
    const struct key_columns key = ar_target_columns(loading->load.relation);
    const struct sql_brackets *brackets = &sql->driver->dialect.in_keys;

    ar_sql_add(sql, "SELECT ", NULL);
    ar_sql_add_key_columns(sql, key);
    ar_sql_add(sql, ", ", NULL);
    ar_sql_add_measure(sql, *loading->load.measure);
    ar_sql_add(sql, " FROM ", ar_sql_table(sql, key.model), " WHERE ", NULL);
    ar_sql_add_key_columns(sql, key);
    if (loading->access_path == ACCESS_WHOLE_TABLE) {
        ar_sql_add(sql, " IS NOT NULL", NULL);
    } else {
        ar_sql_add(sql, brackets->open, NULL);
        ar_sql_add_keys(sql, &loading->keys);
        ar_sql_add(sql, brackets->close, NULL);
    }
    ar_sql_add_scope(sql, loading->load.relation, key.model->sql);
    if (loading->load.refinement != NULL)
        ar_sql_add_conditions(sql, " AND ", loading->load.refinement);
    ar_sql_add(sql, " GROUP BY ", NULL);
    ar_sql_add_key_columns(sql, key);
}

/* Add the keys as a table of owners: a column for each part, named as in the owner's table, and the ordinal. */
static void add_owners(struct sql *sql, const struct loading *loading)
{
    const struct key_columns from = loading->keys_from;
    bool has_arrays = sql->driver->dialect.has_key_arrays;

    if (has_arrays) {
        ar_sql_add_key_rows(sql, ar_target_columns(loading->load.relation), &loading->keys);
        ar_sql_add(sql, " WITH ORDINALITY AS armature_owner (", NULL);
    } else {
        ar_sql_add(sql, "(SELECT ", NULL);
    }
    for (size_t i = 0; i < from.count; i++) {
        const char name[] = {(char)('0' + i), '\0'};
        const char *column = from.model->columns[from.columns[i]].sql;
        if (has_arrays)
            ar_sql_add(sql, column, ", ", NULL);
        else
            ar_sql_add(sql, "k", name, " AS ", column, ", ", NULL);
    }
    if (has_arrays) {
        ar_sql_add(sql, "armature_ordinal)", NULL);
        return;
    }
    ar_sql_add(sql, "ordinal AS armature_ordinal FROM ", sql->driver->dialect.key_table, "(", NULL);
    ar_sql_add_keys(sql, &loading->keys);
    ar_sql_add(sql, ")) AS armature_owner", NULL);
}

static void add_ordinal(struct sql *sql)
{
    ar_sql_add(sql, "SELECT armature_owner.armature_ordinal", NULL);
    if (sql->driver->dialect.has_key_arrays) { /* they count from 1 */
        ar_sql_add_operator(sql, "-");
        ar_sql_add(sql, "1", NULL);
    }
}

/* Add the related rows, after FROM, and the conditions on them. */
static void add_rows(struct sql *sql, const struct loading *loading, const char *alias, size_t first_key)
{
    const struct load *load = &loading->load;

    ar_sql_add_rows_of_keys(sql, load->relation, "armature_owner", alias, &loading->keys, first_key);
    if (load->refinement != NULL)
        ar_sql_add_conditions(sql, " AND ", load->refinement);
}

/* Add an aggregate in a sub-select for each owner. */
static void add_correlated(struct sql *sql, const struct loading *loading)
{
    bool is_any = loading->load.measure->aggregate == AR_AGGREGATE_EXISTS;
    const struct table_alias alias = ar_sql_next_alias(sql);

    add_ordinal(sql);
    ar_sql_add(sql, is_any ? ", EXISTS (SELECT " : ", (SELECT ", NULL);
    sql->table = alias.name;
    ar_sql_add_measure(sql, *loading->load.measure);
    ar_sql_add(sql, " FROM ", NULL);
    add_rows(sql, loading, alias.name, 0);
    sql->table = NULL;
    ar_sql_add(sql, ") FROM ", NULL);
    add_owners(sql, loading);
}

/* Add the aggregates of all owners that have rows: servers that shard refuse a sub-select for each of a set of keys. */
static void add_joined(struct sql *sql, const struct loading *loading)
{
    const struct table_alias alias = ar_sql_next_alias(sql);
    size_t first_key;

    add_ordinal(sql);
    ar_sql_add(sql, ", ", NULL);
    sql->table = alias.name;
    ar_sql_add_measure(sql, *loading->load.measure);
    sql->table = NULL;
    ar_sql_add(sql, " FROM ", NULL);
    first_key = sql->last_number + 1;
    add_owners(sql, loading);
    ar_sql_add(sql, " CROSS JOIN ", NULL);
    sql->table = alias.name;
    add_rows(sql, loading, alias.name, first_key);
    sql->table = NULL;
    ar_sql_add(sql, " GROUP BY armature_owner.armature_ordinal", NULL);
}

struct sql ar_tally_sql(struct loading *loading)
{
    struct sql sql = ar_sql_start(loading->link);

    if (is_grouped(loading))
        add_grouped(&sql, loading);
    else if (sql.engine->is_sharded)
        add_joined(&sql, loading);
    else
        add_correlated(&sql, loading);
    return sql;
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

/* Give each key the aggregate of no rows. */
static enum ar_status begin_values(struct loading *loading)
{
    loading->values = ar_arena_allocate(&loading->store->scratch, loading->keys.count * sizeof *loading->values);
    if (loading->values == NULL)
        return ar_fail_no_memory(&loading->store->failure);
    for (size_t i = 0; i < loading->keys.count; i++)
        loading->values[i] = ar_measure_of_nothing(*loading->load.measure);
    return AR_OK;
}

/* Find the requested key of a row; NULL if it was not requested, but its rows were grouped with the others. */
static enum ar_status find_key(struct loading *loading, const struct row *row, struct load_key **out)
{
    struct ar_value value;
    struct key key;

    *out = NULL;
    if (loading->keys.count == 0) /* the key was known, but its owner did not meet the query's other conditions */
        return AR_OK;
    if (!is_grouped(loading))
        return ar_loading_find_by_ordinal(loading, row, 0, out);
    if (!row->methods->value(row, 0, &value))
        return ar_fail_no_memory(&loading->store->failure);
    key = ar_key_of_integer(value.integer);
    if (value.kind == AR_VALUE_INTEGER)
        *out = ar_loading_find_key(loading, &key);
    return AR_OK;
}

static enum ar_status take_row(void *payload, const struct row *row)
{
    struct loading *loading = payload;
    struct load_key *requested;
    enum ar_status status = loading->values == NULL ? begin_values(loading) : AR_OK;

    if (status == AR_OK)
        status = find_key(loading, row, &requested);
    if (status != AR_OK || requested == NULL)
        return status;
    return ar_measure_take(loading->store, loading->load.relation->target, *loading->load.measure, row, 1,
                           &loading->values[ar_loading_index(loading, requested)]);
}

static void fill(const struct loading *loading, const struct content_source *source, size_t index,
                 struct cache_entry *entry)
{
    (void)source;
    entry->value = loading->values[index];
}

static enum ar_status remember(void *payload)
{
    struct loading *loading = payload;
    enum ar_status status = loading->values == NULL ? begin_values(loading) : AR_OK;

    return status == AR_OK ? ar_loading_remember_content(loading, &(struct content_source){fill}) : status;
}

void ar_tally_start(struct loading *loading, struct statement *statement)
{
    statement->on_row = take_row;
    statement->after_rows = remember;
    statement->column_count = 2;
    statement->payload = loading;
}
