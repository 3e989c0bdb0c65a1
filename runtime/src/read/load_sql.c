/* The SQL of the statements that load relations. */
#include "read/load_sql.h"

#include "read/fixed.h"
#include "read/query_sql.h"
#include "read/sort.h"
#include "sql/keys.h"
#include "sql/path.h"
#include "sql/run.h"
#include "sql/scope.h"

#include <stdlib.h>
#include <string.h>

static bool has_limit(const struct ar_query *q)
{
    return q->has_limit || q->offset > 0;
}

bool ar_load_sql_is_ordered(const struct ar_relation *relation, const struct ar_query *q)
{
    return q != NULL ? ar_query_is_ordered(q) || ar_query_is_page(q) : relation->order != NULL;
}

bool ar_load_sql_is_limited(const struct ar_query *q)
{
    return q != NULL && q->relation != NULL && has_limit(q);
}

static void add_columns(struct sql *sql, const struct ar_model *model)
{
    for (size_t i = 0; i < model->column_count; i++) {
        ar_sql_add(sql, i > 0 ? ", " : "", NULL);
        ar_sql_add_result(sql, model->sql, &model->columns[i]);
    }
}

/* Add `posts.user_id = armature_keys.k0 AND …`. */
static void add_key_match(struct sql *sql, struct key_columns target)
{
    for (size_t i = 0; i < target.count; i++) {
        const char name[] = {(char)('0' + i), '\0'};
        ar_sql_add(sql, i > 0 ? " AND " : "", NULL);
        ar_sql_add_column(sql, &target.model->columns[target.columns[i]]);
        ar_sql_add_operator_of(sql, &target.model->columns[target.columns[i]], "=");
        ar_sql_add(sql, "armature_keys.k", name, NULL);
    }
}

/* Add the limit of one key: that of the sub-query, and one row if the relation leads to the first. */
static void add_limit_of_key(struct sql *sql, const struct ar_relation *relation, const struct ar_query *q)
{
    bool picks_first = ar_relation_picks_first(relation);

    if (q != NULL && has_limit(q))
        ar_sql_add_limit(sql, q, picks_first ? 1 : UINT64_MAX);
    else
        ar_sql_add(sql, picks_first ? " LIMIT 1" : "", NULL);
}

bool ar_load_sql_limits_keys(const struct ar_relation *relation, const struct ar_query *q)
{
    return ar_relation_picks_first(relation) || (q != NULL && has_limit(q));
}

/* Add the conditions that every row of the relation meets; with deleted rows if the sub-query, or NULL, wants them.
 *   target  the name or alias of the target's table */
static void add_scope(struct sql *sql, const struct ar_relation *relation, const struct ar_query *q, const char *target)
{
    if (q != NULL && q->has_deleted)
        ar_sql_add_where(sql, relation, target);
    else
        ar_sql_add_scope(sql, relation, target);
}

/* Return true if the generated statement does not select the rows that the sub-query wants. */
static bool selects_others(const struct ar_relation *relation, const struct ar_query *q)
{
    return q != NULL && q->has_deleted && relation->target->deleted_at != NULL;
}

/* Add the condition and the order of a relation and of the sub-query that refines it, or NULL. */
static void add_refinement(struct sql *sql, const struct ar_relation *relation, const struct ar_query *q)
{
    if (q != NULL)
        ar_sql_add_conditions(sql, " AND ", q);
    ar_sql_add_relation_orders(sql, relation, q, ar_load_sql_limits_keys(relation, q));
}

/* Add the rows of one key, with order and limit: the correlated part of both statements with a limit per key. */
static void add_rows_of_key(struct sql *sql, const struct ar_relation *relation, const struct ar_query *q,
                            const struct key_set *keys)
{
    ar_sql_add(sql, " FROM ", ar_sql_table(sql, relation->target), " WHERE ", NULL);
    add_key_match(sql, ar_target_columns(relation));
    ar_sql_add_routing(sql, ar_target_columns(relation), keys, 1);
    add_scope(sql, relation, q, relation->target->sql);
    if (ar_relation_picks_first(relation) || q == NULL) {
        add_refinement(sql, relation, q);
        add_limit_of_key(sql, relation, q);
        return;
    }
    ar_sql_add_conditions(sql, " AND ", q);
    ar_sql_add_selection(sql, q);
}

/* A limit or the first row of each owner is found by the keys of rows. */
static enum ar_status refuse_limit(struct sql *sql, const struct ar_relation *relation)
{
    return ar_fail(sql->failure, AR_MISUSE, relation->target, NULL,
                   "%s.%s cannot be limited or ordered for each %s: rows of %s have no key", relation->owner->name,
                   relation->name, relation->owner->name, relation->target->name);
}

/* Add the statement with a limit per key for databases without LATERAL: the rows of each key are those whose primary
 * keys a sub-select returns. */
static void add_limited_by_table(struct sql *sql, const struct ar_relation *relation, const struct ar_query *q,
                                 const struct key_set *keys)
{
    const struct ar_model *model = relation->target;
    struct key_columns key = ar_primary_key(model);

    ar_sql_add(sql, "SELECT ", NULL);
    add_columns(sql, model);
    ar_sql_add(sql, keys->integers == NULL ? ", armature_keys.ordinal" : "", NULL);
    ar_sql_add(sql, " FROM ", sql->driver->dialect.key_table, "(", NULL);
    ar_sql_add_keys(sql, keys);
    ar_sql_add(sql, ") AS armature_keys CROSS JOIN ", ar_sql_table(sql, model), " ON ", NULL);
    ar_sql_add_tuple(sql, key);
    ar_sql_add(sql, ar_relation_picks_first(relation) ? " = (SELECT " : " IN (SELECT ", NULL);
    ar_sql_add_key_columns(sql, key);
    add_rows_of_key(sql, relation, q, keys);
    ar_sql_add(sql, ")", NULL);
}

/* Add the ordinal of the row's key, from 0. */
static void add_ordinal(struct sql *sql, const char *alias)
{
    ar_sql_add(sql, ", armature_keys.ordinal", NULL);
    ar_sql_add_operator(sql, "-");
    ar_sql_add(sql, "1", alias, NULL);
}

/* Add the keys as a FROM item. */
static void add_keys(struct sql *sql, struct key_columns target, const struct key_set *keys)
{
    ar_sql_add_key_rows(sql, target, keys);
    ar_sql_add(sql, keys->has_column_types ? " WITH ORDINALITY" : "", " AS armature_keys (", NULL);
    for (size_t i = 0; i < keys->column_count; i++) {
        const char name[] = {(char)('0' + i), '\0'};
        ar_sql_add(sql, i > 0 ? ", k" : "k", name, NULL);
    }
    ar_sql_add(sql, keys->has_column_types ? ", ordinal)" : ")", NULL);
}

/* Add the keys, joined with the rows of the table. */
static void add_joined_keys(struct sql *sql, struct key_columns target, const struct key_set *keys)
{
    add_keys(sql, target, keys);
    ar_sql_add(sql, " JOIN ", ar_sql_table(sql, target.model), " ON ", NULL);
    add_key_match(sql, target);
    ar_sql_add_routing(sql, target, keys, 1);
}

/* Add everything up to FROM. */
static void add_selected(struct sql *sql, const struct ar_model *model, const struct key_set *keys)
{
    ar_sql_add(sql, "SELECT ", NULL);
    add_columns(sql, model);
    if (keys->has_column_types)
        add_ordinal(sql, "");
    ar_sql_add(sql, " FROM ", NULL);
}

static void add_limited_by_arrays(struct sql *sql, const struct ar_relation *relation, const struct ar_query *q,
                                  const struct key_set *keys)
{
    const struct ar_model *model = relation->target;

    add_selected(sql, model, keys);
    add_keys(sql, ar_target_columns(relation), keys);
    ar_sql_add(sql, " CROSS JOIN LATERAL (SELECT ", model->sql, ".*", NULL);
    add_rows_of_key(sql, relation, q, keys);
    ar_sql_add(sql, ") AS ", model->sql, NULL);
}

void ar_load_sql_add_rank_limit(struct sql *sql, const struct ar_relation *relation, const struct ar_query *q)
{
    uint64_t offset = q != NULL ? q->offset : 0, limit = q != NULL && q->has_limit ? q->limit : UINT64_MAX;

    if (ar_relation_picks_first(relation) && limit > 1)
        limit = 1;
    ar_sql_add(sql, "armature_rank", NULL);
    ar_sql_add_operator(sql, ">");
    ar_sql_add_number(sql, offset);
    ar_sql_add(sql, " AND armature_rank", NULL);
    ar_sql_add_operator(sql, "<=");
    ar_sql_add_number(sql, limit < UINT64_MAX - offset ? offset + limit : UINT64_MAX);
}

/* Add the statement with a limit per key for servers that shard, which do not search the rows of each key: the rows of
 * all keys are ranked. */
static void add_limited_by_rank(struct sql *sql, const struct ar_relation *relation, const struct ar_query *q,
                                const struct key_set *keys)
{
    const struct ar_model *model = relation->target;
    struct key_columns target = ar_target_columns(relation);
    bool has_ordinals = keys->has_column_types;

    ar_sql_add(sql, "SELECT ", NULL);
    add_columns(sql, model);
    ar_sql_add(sql, has_ordinals ? ", armature_ordinal" : "", " FROM (SELECT ", model->sql, ".*", NULL);
    if (has_ordinals)
        add_ordinal(sql, " AS armature_ordinal");
    ar_sql_add(sql, ", ", NULL);
    ar_sql_add_function(sql, "row_number");
    ar_sql_add(sql, "() OVER (PARTITION BY ", has_ordinals ? "armature_keys.ordinal" : "", NULL);
    if (!has_ordinals)
        ar_sql_add_key_columns(sql, target);
    ar_sql_add_ranking(sql, relation, q);
    ar_sql_add(sql, ") AS armature_rank FROM ", NULL);
    if (has_ordinals) {
        add_joined_keys(sql, target, keys);
    } else {
        ar_sql_add(sql, ar_sql_table(sql, model), " WHERE ", NULL);
        ar_sql_add_in_key_set(sql, target, keys);
    }
    add_scope(sql, relation, q, model->sql);
    if (q != NULL)
        ar_sql_add_conditions(sql, " AND ", q);
    ar_sql_add(sql, ") AS ", model->sql, " WHERE ", NULL);
    ar_load_sql_add_rank_limit(sql, relation, q);
}

/* Add the statement that joins the keys with the rows. Keys may be equal without having the same bytes: each row then
 * has the ordinal of its key. */
static void add_by_join(struct sql *sql, const struct ar_relation *relation, const struct ar_query *q,
                        const struct key_set *keys)
{
    struct key_columns target = ar_target_columns(relation);

    add_selected(sql, target.model, keys);
    add_joined_keys(sql, target, keys);
    add_scope(sql, relation, q, target.model->sql);
}

/* Add the statement for keys of several columns. */
static void add_by_split_keys(struct sql *sql, const struct ar_relation *relation, const struct ar_query *q,
                              const struct split_keys *split)
{
    ar_sql_use_constant(sql, &relation->target->select);
    ar_sql_add(sql, " WHERE ", NULL);
    ar_sql_add_in_split_keys(sql, split);
    add_scope(sql, relation, q, relation->target->sql);
}

struct sql ar_load_sql_by_keys(const struct link *link, const struct ar_relation *relation, const struct ar_query *q,
                               const struct key_set *keys)
{
    const struct dialect *dialect = &link->db->driver->dialect;
    struct key_columns target = ar_target_columns(relation);
    struct sql sql = ar_sql_start(link);
    struct split_keys split;

    if (relation->target->key_count == 0 && (ar_load_sql_limits_keys(relation, q) || selects_others(relation, q))) {
        sql.status = refuse_limit(&sql, relation);
        return sql;
    }
    if (ar_load_sql_limits_keys(relation, q) || (selects_others(relation, q) && !dialect->has_key_arrays)) {
        if (!dialect->has_lateral_joins)
            add_limited_by_table(&sql, relation, q, keys);
        else if (sql.engine->is_sharded)
            add_limited_by_rank(&sql, relation, q, keys);
        else
            add_limited_by_arrays(&sql, relation, q, keys);
        ar_sql_add_relation_orders(&sql, relation, q, false);
        return sql;
    }
    if (!keys->has_column_types && ar_sql_split_keys(&sql, target, keys, &split)) {
        add_by_split_keys(&sql, relation, q, &split);
    } else if (keys->has_column_types || selects_others(relation, q)) {
        add_by_join(&sql, relation, q, keys);
    } else {
        ar_sql_use_constant(&sql, &relation->select);
        ar_sql_bind_keys(&sql, keys);
        ar_sql_add_routing(&sql, target, keys, 1);
    }
    add_refinement(&sql, relation, q);
    return sql;
}

/* SQL that loads a relation for one key, shared by all sessions of the database until it is closed. */
struct text_by_key {
    struct shared_item item;
    char text[];
};

static const char *keep_text(const struct link *link, const struct ar_relation *relation, const struct sql *sql)
{
    struct text_by_key *kept = malloc(sizeof *kept + sql->text.size + 1);

    if (kept == NULL)
        return NULL;
    memcpy(kept->text, sql->text.data, sql->text.size + 1);
    kept = ar_shared_add(&link->db->by_key, relation, &kept->item);
    return kept->text;
}

/* Return the shared SQL; NULL if out of memory. */
static const char *text_by_key(const struct link *link, const struct ar_relation *relation)
{
    const struct text_by_key *kept = ar_shared_find(&link->db->by_key, relation);
    struct sql sql;

    if (kept != NULL)
        return kept->text;
    sql = ar_sql_start_with(link, &relation->target->select);
    ar_sql_add(&sql, " WHERE ", NULL);
    ar_sql_add_key_placeholders(&sql, ar_target_columns(relation));
    ar_sql_add_scope(&sql, relation, relation->target->sql);
    add_refinement(&sql, relation, NULL);
    add_limit_of_key(&sql, relation, NULL);
    return sql.text.out_of_memory ? NULL : keep_text(link, relation, &sql);
}

static enum ar_status set_key_refined(const struct link *link, const struct ar_relation *relation,
                                      const struct ar_query *q, const struct ar_value *values,
                                      struct statement *statement)
{
    struct sql sql = ar_sql_start_with(link, &relation->target->select);

    ar_sql_add(&sql, " WHERE ", NULL);
    ar_sql_add_key(&sql, ar_target_columns(relation), values);
    add_scope(&sql, relation, q, relation->target->sql);
    add_refinement(&sql, relation, q);
    add_limit_of_key(&sql, relation, q);
    return ar_sql_finish(&sql, statement);
}

enum ar_status ar_load_sql_by_key(const struct link *link, struct relation_cache *cache, const struct ar_query *q,
                                  const struct key_set *keys, struct statement *statement)
{
    const struct ar_relation *relation = cache->relation;
    const struct ar_value integer = ar_value_integer(keys->integers != NULL ? keys->integers[0] : 0);
    const struct ar_value *values = keys->integers != NULL ? &integer : keys->values;

    if (q != NULL && ar_query_is_refined(q))
        return set_key_refined(link, relation, q, values, statement);
    statement->is_single = ar_is_found_by_identity(relation);
    statement->is_arranged = relation->order != NULL;
    if (cache->by_key == NULL)
        cache->by_key = statement->is_single ? ar_link_sql(link, &relation->target->find) : text_by_key(link, relation);
    if (cache->by_key == NULL)
        return ar_fail_no_memory(link->failure);
    return ar_sql_set_key(link, cache->by_key, cache->target_key.columns, values, statement);
}

struct sql ar_load_sql_by_scan(const struct link *link, const struct ar_relation *relation, const struct ar_query *q,
                               const struct key_set *keys)
{
    struct sql sql = ar_sql_start_with(link, &relation->target->select);

    ar_sql_add(&sql, " WHERE ", NULL);
    ar_sql_add_key_test(&sql, NULL, ar_target_columns(relation), keys);
    add_scope(&sql, relation, q, relation->target->sql);
    add_refinement(&sql, relation, q);
    return sql;
}

struct sql ar_load_sql_of_all(const struct link *link, const struct ar_relation *relation, const struct ar_query *q)
{
    struct sql sql = ar_sql_start_with(link, &relation->target->select);

    ar_sql_add(&sql, " WHERE ", NULL);
    ar_sql_add_key_columns(&sql, ar_target_columns(relation));
    ar_sql_add(&sql, " IS NOT NULL", NULL);
    add_scope(&sql, relation, q, relation->target->sql);
    add_refinement(&sql, relation, q);
    return sql;
}

/* ---- By the parent's conditions ---------------------------------------------------------------------------------- */

/* Add the columns of the owner, of which the first is NULL in rows that refer to another model. */
static void add_owner_key(struct sql *sql, const struct ar_relation *relation)
{
    struct key_columns columns = ar_owner_columns(relation);

    if (columns.guard == NULL) {
        ar_sql_add_key_columns(sql, columns);
        return;
    }
    ar_sql_add(sql, "CASE WHEN ", NULL);
    ar_sql_add_guard(sql, ar_first_hop(relation), columns.model->sql);
    ar_sql_add(sql, " THEN ", NULL);
    ar_sql_add_column(sql, &columns.model->columns[columns.columns[0]]);
    ar_sql_add(sql, " END", NULL);
    for (size_t i = 1; i < columns.count; i++) {
        ar_sql_add(sql, ", ", NULL);
        ar_sql_add_column(sql, &columns.model->columns[columns.columns[i]]);
    }
}

static void add_owners(struct sql *sql, const struct ar_query *q);

/* Do the same as add_predicate for a relation that leads to the first row of each owner: its primary key is one of
 * those that a search for each owner returns. */
static void add_first_predicate(struct sql *sql, const struct ar_query *q)
{
    const struct table_alias owners = ar_sql_next_alias(sql), row = ar_sql_next_alias(sql),
                             rows = ar_sql_next_alias(sql);
    struct key_columns key = ar_primary_key(q->model), columns = ar_target_columns(q->relation);

    ar_sql_add_tuple(sql, key);
    ar_sql_add_in(sql, key);
    ar_sql_add(sql, "(SELECT ", rows.name, ".* FROM ", NULL);
    add_owners(sql, q);
    ar_sql_add(sql, " AS ", owners.name, " (", NULL);
    for (size_t i = 0; i < columns.count; i++) {
        const char name[] = {(char)('0' + i), '\0'};
        ar_sql_add(sql, i > 0 ? ", k" : "k", name, NULL);
    }
    sql->table = row.name;
    ar_sql_add(sql, ") CROSS JOIN LATERAL (SELECT ", NULL);
    ar_sql_add_key_columns(sql, key);
    ar_sql_add(sql, " FROM ", ar_sql_table(sql, q->model), " AS ", row.name, " WHERE ", NULL);
    for (size_t i = 0; i < columns.count; i++) {
        const char name[] = {(char)('0' + i), '\0'};
        ar_sql_add(sql, i > 0 ? " AND " : "", NULL);
        ar_sql_add_column(sql, &columns.model->columns[columns.columns[i]]);
        ar_sql_add_operator_of(sql, &columns.model->columns[columns.columns[i]], "=");
        ar_sql_add(sql, owners.name, ".k", name, NULL);
    }
    add_scope(sql, q->relation, q, row.name);
    ar_sql_add_conditions(sql, " AND ", q);
    ar_sql_add_orders(sql, q, true);
    ar_sql_add(sql, " LIMIT 1) AS ", rows.name, ")", NULL);
    sql->table = NULL;
}

/* Do the same as add_predicate for a sub-query whose relation has a path. Rows that are not the first of their owner
 * are included: those that belong to them are ignored when they arrive. */
static void add_path_predicate(struct sql *sql, const struct ar_query *q)
{
    struct path_tables tables;

    ar_sql_name_path(sql, q->relation, q->model->sql, &tables);
    tables.has_deleted = q->has_deleted;
    ar_sql_open_path_filter(sql, &tables);
    ar_sql_add_tuple_of(sql, ar_path_name(&tables, 0), ar_target_columns(q->relation));
    ar_load_sql_add_in_owners(sql, q);
    ar_sql_close_path_filter(sql, &tables);
    ar_sql_add_conditions(sql, " AND ", q);
}

/* Add WHERE with the conditions of a query; the rows of a sub-query must belong to rows of its parent. */
static void add_predicate(struct sql *sql, const struct ar_query *q)
{
    if (q->relation == NULL) {
        ar_sql_add_conditions(sql, " WHERE ", q);
        if (has_limit(q)) {
            ar_sql_add_selection(sql, q);
        }
        return;
    }
    ar_sql_add(sql, " WHERE ", NULL);
    if (ar_has_path(q->relation)) {
        add_path_predicate(sql, q);
        return;
    }
    if (ar_relation_picks_first(q->relation)) {
        add_first_predicate(sql, q);
        return;
    }
    ar_sql_add_tuple(sql, ar_target_columns(q->relation));
    ar_load_sql_add_in_owners(sql, q);
    add_scope(sql, q->relation, q, q->model->sql);
    ar_sql_add_conditions(sql, " AND ", q);
}

/* Add a sub-select of the owners' keys, which ends with this text. */
static void add_owners_until(struct sql *sql, const struct ar_query *q, const char *end)
{
    ar_sql_add(sql, "(SELECT ", NULL);
    add_owner_key(sql, q->relation);
    ar_sql_add(sql, " FROM ", ar_sql_table(sql, q->parent->model), NULL);
    add_predicate(sql, q->parent);
    ar_sql_add(sql, end, NULL);
}

static void add_owners(struct sql *sql, const struct ar_query *q)
{
    add_owners_until(sql, q, ")");
}

void ar_load_sql_add_in_owners(struct sql *sql, const struct ar_query *q)
{
    struct key_columns target = ar_target_columns(q->relation);

    if (target.count != 1 || !ar_query_is_single(q->parent) || has_limit(q->parent)) {
        ar_sql_add_in(sql, target);
        add_owners(sql, q);
        return;
    }
    /* The row of a single owner is searched once, without a join. The limit is for models whose key is not unique. */
    ar_sql_add_operator_of(sql, &target.model->columns[target.columns[0]], "=");
    add_owners_until(sql, q, " LIMIT 1)");
}

struct sql ar_load_sql_by_parent(const struct link *link, const struct ar_query *q)
{
    struct sql sql = ar_sql_start_with(link, &q->model->select);

    add_predicate(&sql, q);
    ar_sql_add_orders(&sql, q, false);
    return sql;
}
