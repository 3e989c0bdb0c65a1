/* What a delete does to other rows. */
#include "write/dependent.h"

#include "model/row.h"
#include "session/hook.h"
#include "sql/living.h"
#include "sql/run.h"
#include "store/cache.h"
#include "write/destroy.h"
#include "write/nullify.h"
#include "write/parent_sql.h"
#include "write/refused.h"

/* Levels of rows that are destroyed in turn: each holds a chunk of rows. */
enum { LEVELS_MAX = 1000 };

/* The hooks of a delete. */
#define HOOKS                                                                                                          \
    (ar_hook_bit(AR_HOOK_BEFORE_DELETE) | ar_hook_bit(AR_HOOK_AFTER_DELETE) | ar_hook_bit(AR_HOOK_AFTER_COMMIT) |      \
     ar_hook_bit(AR_HOOK_AFTER_ROLLBACK))

static enum ar_status restrict_to_none(const struct deletion *deletion, const struct owners *owners,
                                       const struct ar_relation *relation, const struct key_set *keys)
{
    const struct ar_model *target = relation->target;
    struct sql sql = ar_sql_start(deletion->link);
    bool is_any = false;
    enum ar_status status;

    ar_sql_add(&sql, "SELECT 1 FROM ", ar_sql_table(&sql, target), NULL);
    ar_deletion_add_related(&sql, " WHERE ", relation, keys);
    ar_sql_add(&sql, " LIMIT 1", NULL);
    status = ar_deletion_run(
        deletion, target, &sql,
        (struct statement){.on_row = ar_note_row, .payload = &is_any, .is_single = true, .is_arranged = true}, NULL);
    if (status != AR_OK || !is_any)
        return status;
    return ar_fail(&deletion->store->failure, AR_CONSTRAINT, owners->model, NULL,
                   "this %s was not deleted: rows of %s refer to it, and %s.%s is .dependent = restrict",
                   owners->model->name, target->name, owners->model->name, relation->name);
}

/* ---- Delete ------------------------------------------------------------------------------------------------------ */

/* The number of rows for each combination of parents. */
struct parent_counts {
    const struct deletion *deletion;
    const struct ar_relation *relation; /* whose rows are deleted */
    void *record;                       /* a struct of its target with foreign keys only */
};

static enum ar_status take_counts(void *payload, const struct row *row)
{
    const struct parent_counts *counts = payload;
    const struct ar_relation *relation = counts->relation;
    struct parents *parents = counts->deletion->parents;
    const struct field_reader reader = {.text = &parents->memory, .failure = &counts->deletion->store->failure};
    struct ar_value count = ar_value_null();
    size_t next;
    enum ar_status status = ar_parent_read_columns(row, &reader, relation->target, relation, counts->record, &next);

    if (status != AR_OK)
        return status;
    if (!row->methods->value(row, next, &count))
        return ar_fail_no_memory(reader.failure);
    return ar_parents_add(parents, relation->target, counts->record, -count.integer, relation);
}

static void add_delete(struct sql *sql, const struct ar_relation *relation, const struct key_set *keys)
{
    ar_sql_add_delete(sql, relation->target);
    ar_deletion_add_related(sql, " WHERE ", relation, keys);
}

/* Count the rows that will be deleted for each combination of their other parents. If the database can, the same
 * statement deletes them, so that the counts are those of the rows that it deleted. */
static enum ar_status count_rows(const struct deletion *deletion, const struct ar_relation *relation,
                                 const struct key_set *keys, bool *are_deleted)
{
    const struct ar_model *target = relation->target;
    struct parent_counts counts = {deletion, relation,
                                   ar_arena_allocate_zero(&deletion->parents->memory, target->size)};
    struct sql sql = ar_sql_start(deletion->link);

    *are_deleted = deletion->link->db->driver->dialect.has_write_queries;
    if (counts.record == NULL)
        return ar_fail_no_memory(&deletion->store->failure);
    if (*are_deleted) {
        ar_sql_add(&sql, "WITH armature_deleted AS (", NULL);
        add_delete(&sql, relation, keys);
        ar_parent_sql_add_columns(&sql, " RETURNING ", target, relation);
        ar_sql_add(&sql, ") ", NULL);
    }
    ar_parent_sql_add_columns(&sql, "SELECT ", target, relation);
    ar_sql_add(&sql, ", ", NULL);
    ar_sql_add_function(&sql, "count");
    ar_sql_add(&sql, "(*) FROM ", *are_deleted ? "armature_deleted" : ar_sql_table(&sql, target), NULL);
    if (!*are_deleted)
        ar_deletion_add_related(&sql, " WHERE ", relation, keys);
    ar_parent_sql_add_columns(&sql, " GROUP BY ", target, relation);
    return ar_deletion_run(deletion, target, &sql, (struct statement){.on_row = take_counts, .payload = &counts}, NULL);
}

/* The session does not know which of its records were deleted. */
static void forget(const struct deletion *deletion, const struct ar_model *model)
{
    ar_caches_rows_deleted(deletion->store, model);
    ar_dependents_forget(deletion->store, model);
}

static enum ar_status delete_rows(const struct deletion *deletion, const struct ar_relation *relation,
                                  const struct key_set *keys)
{
    enum ar_status status = AR_OK;
    bool are_deleted = false;

    if (ar_parents_are_changed(relation->target, relation))
        status = count_rows(deletion, relation, keys, &are_deleted);
    if (status == AR_OK && !are_deleted) {
        struct sql sql = ar_sql_start(deletion->link);
        add_delete(&sql, relation, keys);
        status = ar_deletion_run(deletion, relation->target, &sql, (struct statement){.on_row = NULL}, NULL);
    }
    if (status == AR_OK)
        forget(deletion, relation->target);
    return status;
}

static enum ar_status destroy_rows(const struct deletion *deletion, const struct owners *owners,
                                   const struct ar_relation *relation, const struct key_set *keys)
{
    enum ar_status status = ar_destroy(deletion, owners, relation, keys);

    if (status == AR_OK)
        forget(deletion, relation->target);
    return status;
}

/* ---- All relations ----------------------------------------------------------------------------------------------- */

/* Return true if rows of the model are deleted one by one, as far as their rules are concerned. */
static bool has_rules(const struct deletion *deletion, const struct ar_model *model)
{
    return ar_deletion_has_dependents(deletion, model) || ar_hooks_any(model, HOOKS);
}

static enum ar_status act(const struct deletion *deletion, const struct owners *owners,
                          const struct ar_relation *relation, const struct key_set *keys)
{
    enum ar_status status;

    switch ((enum ar_dependent)relation->dependent) {
    case AR_DEPENDENT_NONE:
        break;
    case AR_DEPENDENT_RESTRICT:
        return restrict_to_none(deletion, owners, relation, keys);
    case AR_DEPENDENT_NULLIFY:
        return ar_nullify(deletion, owners, relation, keys);
    case AR_DEPENDENT_DELETE:
    case AR_DEPENDENT_DESTROY:
        status =
            relation->target->deleted_at == NULL ? ar_dependents_check_shard(deletion->store, relation->target) : AR_OK;
        if (status != AR_OK)
            return status;
        if (relation->dependent == AR_DEPENDENT_DESTROY && has_rules(deletion, relation->target))
            return destroy_rows(deletion, owners, relation, keys);
        return delete_rows(deletion, relation, keys);
    }
    return AR_OK;
}

/* Act on the relations that are, or are not, .dependent = restrict. */
static enum ar_status act_on_all(const struct deletion *deletion, const struct owners *owners, bool restricts)
{
    const struct ar_model *model = owners->model;
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < model->relation_count && status == AR_OK; i++) {
        const struct ar_relation *relation = model->relations[i];
        struct arena memory = {0};
        struct key_set keys;
        if (relation->dependent == AR_DEPENDENT_NONE || (relation->dependent == AR_DEPENDENT_RESTRICT) != restricts)
            continue;
        status = ar_deletion_keys(deletion, owners, ar_owner_columns(relation), &memory, &keys);
        if (status == AR_OK && keys.count > 0)
            status = act(deletion, owners, relation, &keys);
        ar_arena_free(&memory);
    }
    return status;
}

static enum ar_status delete_dependents(const struct deletion *deletion, const struct owners *owners)
{
    enum ar_status status;

    if (owners->level > LEVELS_MAX)
        return ar_fail(&deletion->store->failure, AR_MISUSE, owners->model, NULL,
                       "rows of table %s are nested more than %d levels deep, or refer to each other in a circle: "
                       "nothing was deleted",
                       owners->model->table, LEVELS_MAX);
    status = ar_hooks_check_depth(deletion->s, owners->model);
    if (status == AR_OK)
        status = act_on_all(deletion, owners, true);
    return status == AR_OK ? act_on_all(deletion, owners, false) : status;
}

enum ar_status ar_dependents_delete(struct ar_session *s, const struct ar_model *model, const void *record,
                                    struct parents *parents)
{
    const struct deletion deletion = {.s = s,
                                      .store = &s->store,
                                      .link = &s->link,
                                      .parents = parents,
                                      .delete_dependents = delete_dependents,
                                      .chunk = s->delete_chunk > 0 ? s->delete_chunk : AR_DELETE_CHUNK};
    const struct owners owners = {.model = model, .records = (char *)(uintptr_t)record, .count = 1};

    return delete_dependents(&deletion, &owners);
}

enum ar_status ar_dependents_check_shard(struct store *store, const struct ar_model *model)
{
    const struct shard_limit *limit = &store->options.shard;

    for (size_t i = 0; limit->is_any && model->shard_key == NULL && i < model->cascaded_count; i++)
        if (model->cascaded[i]->shard_key != NULL)
            return ar_fail(&store->failure, AR_MISUSE, model, NULL,
                           "%s: with this row, the database would delete or change rows of %s on all shards "
                           "(.on_delete), but the session has .%s: delete it in a session without that",
                           model->name, model->cascaded[i]->name, limit->is_scoped ? "scope" : "one_shard");
    return AR_OK;
}

void ar_dependents_forget(struct store *store, const struct ar_model *model)
{
    for (size_t i = 0; i < model->cascaded_count; i++)
        ar_caches_rows_deleted(store, model->cascaded[i]);
}
