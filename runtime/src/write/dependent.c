/* What a delete does to other rows. */
#include "write/dependent.h"

#include "base/clock.h"
#include "link/run.h"
#include "model/row.h"
#include "session/changes.h"
#include "session/hook.h"
#include "sql/join.h"
#include "sql/keys.h"
#include "sql/living.h"
#include "sql/run.h"
#include "store/cache.h"
#include "store/identity.h"
#include "write/parent_sql.h"
#include "write/refused.h"

#include <string.h>

/* Levels of rows that are destroyed in turn: each holds a chunk of rows. */
enum { LEVELS_MAX = 1000 };

/* The hooks of a delete. */
#define HOOKS                                                                                                          \
    (ar_hook_bit(AR_HOOK_BEFORE_DELETE) | ar_hook_bit(AR_HOOK_AFTER_DELETE) | ar_hook_bit(AR_HOOK_AFTER_COMMIT) |      \
     ar_hook_bit(AR_HOOK_AFTER_ROLLBACK))

/* One delete: what all its levels share. */
struct deletion {
    struct ar_session *s;
    struct store *store;
    struct link *link;
    struct parents *parents;
    size_t chunk;
};

/* Rows of one model that will be deleted. */
struct owners {
    const struct ar_model *model;
    char *records; /* an array of structs */
    size_t count;
    unsigned level;
};

static enum ar_status delete_dependents(const struct deletion *deletion, const struct owners *owners);

/* ---- Keys -------------------------------------------------------------------------------------------------------- */

/* Fill the set with the keys of the owners in these columns. Its memory is in the arena, its strings in the structs. */
static enum ar_status take_keys(const struct deletion *deletion, const struct owners *owners,
                                struct key_columns columns, struct arena *memory, struct key_set *out)
{
    bool is_integer = ar_key_is_integer(columns);
    struct ar_value *values = ar_arena_allocate(memory, owners->count * columns.count * sizeof *values);
    int64_t *integers = ar_arena_allocate(memory, owners->count * sizeof *integers);
    enum ar_type *types = ar_arena_allocate(memory, columns.count * sizeof *types);

    if (values == NULL || integers == NULL || types == NULL)
        return ar_fail_no_memory(&deletion->store->failure);
    for (size_t i = 0; i < columns.count; i++)
        types[i] = columns.model->columns[columns.columns[i]].type;
    for (size_t i = 0; i < owners->count; i++) {
        ar_key_values(columns, owners->records + i * owners->model->size, values + i * columns.count);
        integers[i] = is_integer ? values[i].integer : 0;
    }
    *out = (struct key_set){.count = owners->count,
                            .column_count = columns.count,
                            .integers = is_integer ? integers : NULL,
                            .values = values,
                            .types = types};
    out->has_column_types = deletion->link->db->driver->dialect.has_key_arrays && ar_key_has_text(columns);
    return AR_OK;
}

/* Add the condition for the rows of a relation that belong to the owners. */
static void add_related(struct sql *sql, const char *intro, const struct ar_relation *relation,
                        const struct key_set *keys)
{
    ar_sql_add(sql, intro, NULL);
    ar_sql_add_in_keys(sql, ar_target_columns(relation), keys);
    ar_sql_add_scope(sql, relation, relation->target->sql);
}

/* ---- Statements -------------------------------------------------------------------------------------------------- */

/* Run a statement that changes rows of a model; a refusal names what refers to them. */
static enum ar_status run_counted(const struct deletion *deletion, const struct ar_model *model, struct sql *sql,
                                  struct statement statement, struct outcome *outcome)
{
    enum ar_status status;

    statement.reason = AR_REASON_SAVE;
    statement.model = model;
    status = ar_sql_run(deletion->link, sql, statement, outcome);
    if (status == AR_CONSTRAINT)
        ar_explain_refused_delete_all(deletion->store, model);
    return status;
}

static enum ar_status run(const struct deletion *deletion, const struct ar_model *model, struct sql *sql,
                          struct statement statement)
{
    return run_counted(deletion, model, sql, statement, NULL);
}

static enum ar_status restrict_to_none(const struct deletion *deletion, const struct owners *owners,
                                       const struct ar_relation *relation, const struct key_set *keys)
{
    const struct ar_model *target = relation->target;
    struct sql sql = ar_sql_start(deletion->link);
    bool is_any = false;
    enum ar_status status;

    ar_sql_add(&sql, "SELECT 1 FROM ", target->sql, NULL);
    add_related(&sql, " WHERE ", relation, keys);
    ar_sql_add(&sql, " LIMIT 1", NULL);
    status = run(deletion, target, &sql,
                 (struct statement){.on_row = ar_note_row, .payload = &is_any, .is_single = true, .is_arranged = true});
    if (status != AR_OK || !is_any)
        return status;
    return ar_fail(&deletion->store->failure, AR_CONSTRAINT, owners->model, NULL,
                   "this %s was not deleted: rows of %s refer to it, and %s.%s is .dependent = restrict",
                   owners->model->name, target->name, owners->model->name, relation->name);
}

static enum ar_status nullify(const struct deletion *deletion, const struct ar_relation *relation,
                              const struct key_set *keys)
{
    const struct ar_model *target = relation->target;
    const struct key_columns foreign = ar_target_columns(relation);
    const struct timespec now = ar_time_of_day();
    struct sql sql = ar_sql_start(deletion->link);
    enum ar_status status;

    ar_sql_add(&sql, "UPDATE ", target->sql, NULL);
    for (size_t i = 0; i < foreign.count; i++)
        ar_sql_add(&sql, i > 0 ? ", " : " SET ", target->columns[foreign.columns[i]].sql, " = NULL", NULL);
    for (size_t i = 0; i < target->column_count; i++) {
        const struct ar_column *column = &target->columns[i];
        if ((column->flags & (AR_COLUMN_UPDATED_AT | AR_COLUMN_VERSION)) == 0)
            continue;
        ar_sql_add(&sql, ", ", column->sql, " = ", NULL);
        if ((column->flags & AR_COLUMN_VERSION) != 0)
            ar_sql_add_next_version(&sql, column);
        else
            ar_sql_add_value(&sql, column,
                             column->type == AR_TYPE_TIME ? ar_value_time(now.tv_sec) : ar_value_timespec(now));
    }
    add_related(&sql, " WHERE ", relation, keys);
    status = run(deletion, target, &sql, (struct statement){.on_row = NULL});
    if (status == AR_OK)
        ar_caches_model_changed(deletion->store, target);
    return status;
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

static enum ar_status take_count_of_one(void *payload, const struct row *row)
{
    const struct parent_counts *counts = payload;
    const struct ar_relation *relation = counts->relation;
    struct parents *parents = counts->deletion->parents;
    const struct field_reader reader = {.text = &parents->memory, .failure = &counts->deletion->store->failure};
    size_t next;
    enum ar_status status = ar_parent_read_columns(row, &reader, relation->target, relation, counts->record, &next);

    return status == AR_OK ? ar_parents_add(parents, relation->target, counts->record, -1, relation) : status;
}

static void add_delete(struct sql *sql, const struct ar_relation *relation, const struct key_set *keys)
{
    ar_sql_add_delete(sql, relation->target);
    add_related(sql, " WHERE ", relation, keys);
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
    ar_sql_add(&sql, "(*) FROM ", *are_deleted ? "armature_deleted" : target->sql, NULL);
    if (!*are_deleted)
        add_related(&sql, " WHERE ", relation, keys);
    ar_parent_sql_add_columns(&sql, " GROUP BY ", target, relation);
    return run(deletion, target, &sql, (struct statement){.on_row = take_counts, .payload = &counts});
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
        status = run(deletion, relation->target, &sql, (struct statement){.on_row = NULL});
    }
    if (status == AR_OK) {
        ar_caches_rows_deleted(deletion->store, relation->target);
        ar_dependents_forget(deletion->store, relation->target);
    }
    return status;
}

/* ---- Destroy ----------------------------------------------------------------------------------------------------- */

static enum ar_status call_hooks(const struct deletion *deletion, const struct owners *owners, enum ar_hook_event event)
{
    enum ar_status status = AR_OK;

    if (!ar_hooks_any(owners->model, ar_hook_bit(event)))
        return AR_OK;
    for (size_t i = 0; i < owners->count && status == AR_OK; i++)
        status = ar_hooks_call(deletion->s, owners->model, event, owners->records + i * owners->model->size);
    return status;
}

/* Entries for the end of the transaction, one for each owner. */
struct changed_rows {
    struct ar_session *s;
    const struct owners *owners;
    struct change **items; /* NULL: no hook needs them */
    struct arena memory;
};

static enum ar_status prepare_changes(struct changed_rows *changed)
{
    struct ar_session *s = changed->s;
    const struct ar_model *model = changed->owners->model;
    enum ar_status status = AR_OK;

    changed->items = ar_arena_allocate_zero(&changed->memory, changed->owners->count * sizeof *changed->items);
    if (changed->items == NULL)
        return ar_fail_no_memory(&s->store.failure);
    for (size_t i = 0; i < changed->owners->count && status == AR_OK; i++) {
        const void *record = changed->owners->records + i * model->size;
        struct key key;
        if (ar_key_of_record(ar_primary_key(model), record, &changed->memory, &key) == KEY_NO_MEMORY)
            return ar_fail_no_memory(&s->store.failure);
        status = ar_changes_prepare(s, model, record, &key, &changed->items[i]);
    }
    return status;
}

/* Add the entries to the log, or discard them. */
static void end_changes(struct changed_rows *changed, bool are_deleted)
{
    const struct owners *owners = changed->owners;

    for (size_t i = 0; i < owners->count && changed->items != NULL; i++) {
        const void *record = owners->records + i * owners->model->size;
        if (are_deleted)
            ar_changes_add(changed->s, changed->items[i], record, record, AR_DELETED);
        else
            ar_changes_discard(changed->s, changed->items[i]);
    }
    ar_arena_free(&changed->memory);
}

static bool has_dependents(const struct deletion *deletion, const struct ar_model *model)
{
    const struct identity *identity = ar_identity(deletion->store, model);

    /* If out of memory, the careful way fails as well. */
    return identity == NULL || identity->layout.has_dependents;
}

/* Rows of a model, read into structs that no session knows. */
struct chunk_rows {
    const struct deletion *deletion;
    const struct ar_model *model;
    struct arena memory; /* of the structs and their strings */
    char *records;
    size_t count, capacity;
};

static enum ar_status take_row(void *payload, const struct row *row)
{
    struct chunk_rows *chunk = payload;
    const struct field_reader reader = {.text = &chunk->memory, .failure = &chunk->deletion->store->failure};
    const size_t size = chunk->model->size;
    char *grown = chunk->records;

    if (chunk->count == chunk->capacity)
        grown = ar_arena_grow(&chunk->memory, chunk->records, chunk->count, &chunk->capacity, chunk->count + 1, size);
    if (grown == NULL)
        return ar_fail_no_memory(reader.failure);
    chunk->records = grown;
    return row->methods->read(row, chunk->model, &reader, memset(chunk->records + chunk->count++ * size, 0, size));
}

/* Add `(key) > (the last record's)`, so that no row is selected twice. */
static void add_after(struct sql *sql, const struct ar_model *model, const void *last)
{
    struct ar_value values[AR_KEY_COLUMNS_MAX];

    ar_key_values(ar_primary_key(model), last, values);
    ar_sql_add(sql, " AND ", NULL);
    ar_sql_add_tuple(sql, ar_primary_key(model));
    ar_sql_add_operator(sql, ">");
    ar_sql_add(sql, model->key_count > 1 ? "(" : "", NULL);
    for (size_t i = 0; i < model->key_count; i++) {
        ar_sql_add(sql, i > 0 ? ", " : "", NULL);
        ar_sql_add_value(sql, &model->columns[model->key[i]], values[i]);
    }
    ar_sql_add(sql, model->key_count > 1 ? ")" : "", NULL);
}

/* Select the next rows of the relation. They are locked unless other rows depend on them: those must be locked first,
 * because every call locks children before their parents.
 *   last   a struct with the last row's key, or NULL */
static enum ar_status select_chunk(const struct deletion *deletion, const struct ar_relation *relation,
                                   const struct key_set *keys, const void *last, struct chunk_rows *chunk)
{
    const struct ar_model *model = relation->target;
    struct sql sql = ar_sql_start_with(deletion->link, &model->select);
    const struct statement statement = {.on_row = take_row, .payload = chunk, .column_count = model->column_count};

    add_related(&sql, " WHERE ", relation, keys);
    if (last != NULL)
        add_after(&sql, model, last);
    ar_sql_add(&sql, " ORDER BY ", NULL);
    ar_sql_add_key_columns(&sql, ar_primary_key(model));
    ar_sql_add(&sql, " LIMIT ", NULL);
    ar_sql_add_number(&sql, deletion->chunk);
    if (!has_dependents(deletion, model))
        ar_sql_add(&sql, deletion->link->db->driver->dialect.lock[AR_LOCK_UPDATE], NULL);
    sql.is_arranged = true;
    return run(deletion, model, &sql, statement);
}

/* Return AR_BUSY if any of the rows still exists: another session has moved it to another owner after its dependents
 * were deleted. */
static enum ar_status check_gone(const struct deletion *deletion, const struct ar_model *model,
                                 const struct key_set *keys)
{
    struct sql sql = ar_sql_start(deletion->link);
    bool is_any = false;
    enum ar_status status;

    ar_sql_add(&sql, "SELECT 1 FROM ", model->sql, " WHERE ", NULL);
    ar_sql_add_in_keys(&sql, ar_primary_key(model), keys);
    (void)ar_sql_add_living(&sql, " AND ", model, NULL);
    ar_sql_add(&sql, " LIMIT 1", NULL);
    sql.is_arranged = true;
    status = run(deletion, model, &sql, (struct statement){.on_row = ar_note_row, .payload = &is_any});
    if (status != AR_OK || !is_any)
        return status;
    return ar_fail(&deletion->store->failure, AR_BUSY, model, NULL,
                   "another session changed rows of table %s while they were deleted: run the transaction again",
                   model->table);
}

/* Delete the rows of a chunk that still belong to the relation. Only these are counted.
 *   keys   of the rows to which they belong */
static enum ar_status delete_chunk(const struct deletion *deletion, const struct ar_relation *relation,
                                   const struct key_set *keys, const struct owners *rows)
{
    const struct ar_model *model = rows->model;
    const struct key_columns key = ar_primary_key(model);
    bool is_counted = ar_parents_are_changed(model, relation);
    struct arena memory = {0};
    struct parent_counts counts = {deletion, relation, ar_arena_allocate_zero(&memory, model->size)};
    struct sql sql = ar_sql_start(deletion->link);
    struct outcome outcome;
    struct key_set own;
    enum ar_status status = counts.record != NULL ? take_keys(deletion, rows, key, &memory, &own)
                                                  : ar_fail_no_memory(&deletion->store->failure);

    if (status == AR_OK) {
        ar_sql_add_delete(&sql, model);
        ar_sql_add(&sql, " WHERE ", NULL);
        ar_sql_add_in_keys(&sql, key, &own);
        add_related(&sql, " AND ", relation, keys);
        ar_parent_sql_add_columns(&sql, " RETURNING ", model, relation);
        status = run_counted(deletion, model, &sql,
                             (struct statement){.on_row = is_counted ? take_count_of_one : NULL, .payload = &counts},
                             &outcome);
    }
    if (status == AR_OK && outcome.changes < rows->count)
        status = check_gone(deletion, model, &own);
    ar_arena_free(&memory);
    return status;
}

/* Delete the rows of a chunk, after everything that depends on them, with the hooks of each. */
static enum ar_status destroy_chunk(const struct deletion *deletion, const struct ar_relation *relation,
                                    const struct key_set *keys, const struct owners *owners)
{
    const struct ar_model *model = owners->model;
    struct changed_rows changed = {.s = deletion->s, .owners = owners};
    enum ar_status status = call_hooks(deletion, owners, AR_HOOK_BEFORE_DELETE);

    if (status == AR_OK)
        status = delete_dependents(deletion, owners);
    if (status == AR_OK && ar_changes_concern(model))
        status = prepare_changes(&changed);
    if (status == AR_OK)
        status = delete_chunk(deletion, relation, keys, owners);
    end_changes(&changed, status == AR_OK);
    return status == AR_OK ? call_hooks(deletion, owners, AR_HOOK_AFTER_DELETE) : status;
}

/* Select a chunk, destroy it, and copy its last row to `last`. *is_last: there are no more rows. */
static enum ar_status destroy_next(const struct deletion *deletion, const struct ar_relation *relation,
                                   const struct key_set *keys, unsigned level, struct chunk_rows *last, bool *is_last)
{
    const struct ar_model *model = relation->target;
    struct chunk_rows chunk = {.deletion = deletion, .model = model};
    enum ar_status status = select_chunk(deletion, relation, keys, last->count > 0 ? last->records : NULL, &chunk);

    if (status == AR_OK && chunk.count > 0)
        status = destroy_chunk(deletion, relation, keys, &(struct owners){model, chunk.records, chunk.count, level});
    *is_last = chunk.count < deletion->chunk;
    /* The key's strings are in the chunk's memory, which becomes that of `last`. */
    ar_arena_free(&last->memory);
    *last = chunk;
    if (chunk.count > 0)
        last->records = chunk.records + (chunk.count - 1) * model->size;
    return status;
}

/* Destroy the rows in chunks, so that any number of them needs the memory of a few. */
static enum ar_status destroy(const struct deletion *deletion, const struct owners *owners,
                              const struct ar_relation *relation, const struct key_set *keys)
{
    struct chunk_rows last = {.count = 0};
    enum ar_status status = AR_OK;
    bool is_last = false;

    while (status == AR_OK && !is_last)
        status = destroy_next(deletion, relation, keys, owners->level + 1, &last, &is_last);
    ar_arena_free(&last.memory);
    if (status == AR_OK) {
        ar_caches_rows_deleted(deletion->store, relation->target);
        ar_dependents_forget(deletion->store, relation->target);
    }
    return status;
}

/* Return true if rows of the model are deleted one by one, as far as their rules are concerned. */
static bool has_rules(const struct deletion *deletion, const struct ar_model *model)
{
    return has_dependents(deletion, model) || ar_hooks_any(model, HOOKS);
}

/* ---- All relations ----------------------------------------------------------------------------------------------- */

static enum ar_status act(const struct deletion *deletion, const struct owners *owners,
                          const struct ar_relation *relation, const struct key_set *keys)
{
    switch ((enum ar_dependent)relation->dependent) {
    case AR_DEPENDENT_NONE:
        break;
    case AR_DEPENDENT_RESTRICT:
        return restrict_to_none(deletion, owners, relation, keys);
    case AR_DEPENDENT_NULLIFY:
        return nullify(deletion, relation, keys);
    case AR_DEPENDENT_DELETE:
        return delete_rows(deletion, relation, keys);
    case AR_DEPENDENT_DESTROY:
        if (has_rules(deletion, relation->target))
            return destroy(deletion, owners, relation, keys);
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
        status = take_keys(deletion, owners, ar_owner_columns(relation), &memory, &keys);
        if (status == AR_OK)
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
                                      .chunk = s->delete_chunk > 0 ? s->delete_chunk : AR_DELETE_CHUNK};
    const struct owners owners = {.model = model, .records = (char *)(uintptr_t)record, .count = 1};

    return delete_dependents(&deletion, &owners);
}

void ar_dependents_forget(struct store *store, const struct ar_model *model)
{
    for (size_t i = 0; i < model->cascaded_count; i++)
        ar_caches_rows_deleted(store, model->cascaded[i]);
}
