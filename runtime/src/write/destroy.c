/* Destroying the rows of a relation in chunks. */
#include "write/destroy.h"

#include "link/run.h"
#include "model/row.h"
#include "session/changes.h"
#include "session/hook.h"
#include "sql/keys.h"
#include "sql/living.h"
#include "sql/run.h"
#include "write/parent_sql.h"
#include "write/refused.h"

#include <string.h>

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

    ar_deletion_add_related(&sql, " WHERE ", relation, keys);
    if (last != NULL)
        add_after(&sql, model, last);
    ar_sql_add(&sql, " ORDER BY ", NULL);
    ar_sql_add_key_columns(&sql, ar_primary_key(model));
    ar_sql_add(&sql, " LIMIT ", NULL);
    ar_sql_add_number(&sql, deletion->chunk);
    if (!ar_deletion_has_dependents(deletion, model))
        ar_sql_add(&sql, deletion->link->db->driver->dialect.lock[AR_LOCK_UPDATE], NULL);
    sql.is_arranged = true;
    return ar_deletion_run(deletion, model, &sql, statement, NULL);
}

/* Return AR_BUSY if any of the rows still exists: another session has moved it to another owner after its dependents
 * were deleted. */
static enum ar_status check_gone(const struct deletion *deletion, const struct ar_model *model,
                                 const struct key_set *keys)
{
    struct sql sql = ar_sql_start(deletion->link);
    bool is_any = false;
    enum ar_status status;

    ar_sql_add(&sql, "SELECT 1 FROM ", ar_sql_table(&sql, model), " WHERE ", NULL);
    ar_sql_add_in_keys(&sql, ar_primary_key(model), keys);
    (void)ar_sql_add_living(&sql, " AND ", model, NULL);
    ar_sql_add(&sql, " LIMIT 1", NULL);
    sql.is_arranged = true;
    status =
        ar_deletion_run(deletion, model, &sql, (struct statement){.on_row = ar_note_row, .payload = &is_any}, NULL);
    if (status != AR_OK || !is_any)
        return status;
    return ar_fail(&deletion->store->failure, AR_BUSY, model, NULL,
                   "another session changed rows of table %s while they were deleted: run the transaction again",
                   model->table);
}

/* Rows of a relation that are deleted, whose other parents are counted. */
struct counted_rows {
    const struct deletion *deletion;
    const struct ar_relation *relation;
    void *record; /* a struct of its target with foreign keys only */
};

static enum ar_status take_deleted(void *payload, const struct row *row)
{
    const struct counted_rows *counts = payload;
    const struct ar_relation *relation = counts->relation;
    struct parents *parents = counts->deletion->parents;
    const struct field_reader reader = {.text = &parents->memory, .failure = &counts->deletion->store->failure};
    size_t next;
    enum ar_status status = ar_parent_read_columns(row, &reader, relation->target, relation, counts->record, &next);

    return status == AR_OK ? ar_parents_add(parents, relation->target, counts->record, -1, relation) : status;
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
    struct counted_rows counts = {deletion, relation, ar_arena_allocate_zero(&memory, model->size)};
    struct sql sql = ar_sql_start(deletion->link);
    struct outcome outcome;
    struct key_set own;
    enum ar_status status = counts.record != NULL ? ar_deletion_keys(deletion, rows, key, &memory, &own)
                                                  : ar_fail_no_memory(&deletion->store->failure);

    if (status == AR_OK) {
        ar_sql_add_delete(&sql, model);
        ar_sql_add(&sql, " WHERE ", NULL);
        ar_sql_add_in_keys(&sql, key, &own);
        ar_deletion_add_related(&sql, " AND ", relation, keys);
        ar_parent_sql_add_columns(&sql, " RETURNING ", model, relation);
        status = ar_deletion_run(deletion, model, &sql,
                                 (struct statement){.on_row = is_counted ? take_deleted : NULL, .payload = &counts},
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
        status = deletion->delete_dependents(deletion, owners);
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

enum ar_status ar_destroy(const struct deletion *deletion, const struct owners *owners,
                          const struct ar_relation *relation, const struct key_set *keys)
{
    struct chunk_rows last = {.count = 0};
    enum ar_status status = AR_OK;
    bool is_last = false;

    while (status == AR_OK && !is_last)
        status = destroy_next(deletion, relation, keys, owners->level + 1, &last, &is_last);
    ar_arena_free(&last.memory);
    return status;
}
