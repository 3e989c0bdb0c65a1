/* Writing through a join table: a has_many to its rows, each of which belongs to one target.
 *
 * A row of the join table is a link. Links are inserted as structs of the join model, so that keys, timestamps and
 * defaults are as for any insert; they are not handed back, and defaults are not read. Links that exist are found
 * first, in the same transaction. If the primary key of the join table is the link itself, PostgreSQL inserts those
 * that are missing in one statement instead, which is also right if another session adds the same link. */
#include "model/field.h"
#include "model/row.h"
#include "sql/join.h"
#include "sql/living.h"
#include "sql/run.h"
#include "store/cache.h"
#include "store/identity.h"
#include "write/bulk/upsert.h"
#include "write/links/links.h"
#include "write/parent_sql.h"
#include "write/parents.h"

#include <string.h>

/* The columns of the join table that refer to the owner, and to the target. */
static struct key_columns owner_columns(const struct links *links)
{
    return ar_target_columns(links->relation->path[0]);
}

static struct key_columns target_columns(const struct links *links)
{
    return ar_owner_columns(links->relation->path[1]);
}

static bool contains(struct key_columns columns, const struct ar_column *column)
{
    for (size_t i = 0; i < columns.count; i++)
        if (&columns.model->columns[columns.columns[i]] == column)
            return true;
    return false;
}

static enum ar_status check_path(const struct links *links)
{
    const struct ar_relation *relation = links->relation;

    if (relation->path_count == 2 && !ar_owner_has_foreign_key(relation->path[0]) &&
        ar_owner_has_foreign_key(relation->path[1]))
        return AR_OK;
    return ar_fail(&links->s->store.failure, AR_MISUSE, relation->owner, NULL,
                   "%s.%s cannot be written through: its path is not a has_many to a join table and a belongs_to",
                   relation->owner->name, relation->name);
}

/* ---- Links ------------------------------------------------------------------------------------------------------- */

/* Parents of links, which count or note them. */
struct counted {
    struct parents parents;
    const struct ar_model *model;
};

static enum ar_status count_link(struct counted *counted, const void *row, int64_t change)
{
    return ar_parents_add(&counted->parents, counted->model, row, change, NULL);
}

/* Update the parents, unless the call has failed. */
static enum ar_status end_counting(struct counted *counted, enum ar_status status)
{
    if (status == AR_OK && counted->parents.groups != NULL)
        status = ar_parents_write(&counted->parents);
    ar_parents_free(&counted->parents);
    return status;
}

/* The links of the named records. */
struct rows {
    struct counted parents;
    struct chunk chunk;
    struct key_columns columns; /* of a link */
    bool *exist;
    enum ar_upsert_effect *effects;
};

static enum ar_status make_row(const struct links *links, const void *record, void *row)
{
    const struct field_reader *reader = &links->s->store.field_reader;
    struct ar_value values[AR_KEY_COLUMNS_MAX];
    enum ar_status status;

    memset(row, 0, owner_columns(links).model->size);
    status = ar_foreign_key_set(owner_columns(links), links->values, reader, row);
    ar_key_values(ar_target_columns(links->relation->path[1]), record, values);
    return status == AR_OK ? ar_foreign_key_set(target_columns(links), values, reader, row) : status;
}

/* List the columns that identify a link: of both foreign keys, and the type of that of the owner. */
static enum ar_status list_columns(const struct links *links, struct rows *rows)
{
    struct key_columns owner = owner_columns(links), target = target_columns(links);
    uint16_t *all = ar_arena_allocate(&links->s->store.scratch, (owner.count + target.count + 1) * sizeof *all);
    size_t count = owner.count;

    if (all == NULL)
        return ar_fail_no_memory(&links->s->store.failure);
    memcpy(all, owner.columns, owner.count * sizeof *all);
    if (owner.guard != NULL)
        all[count++] = owner.guard->column;
    for (size_t i = 0; i < target.count; i++)
        if (!contains(owner, &target.model->columns[target.columns[i]])) /* the shard key may be a column of both */
            all[count++] = target.columns[i];
    rows->columns = (struct key_columns){owner.model, all, count, NULL};
    if (count <= AR_KEY_COLUMNS_MAX)
        return AR_OK;
    return ar_fail(&links->s->store.failure, AR_MISUSE, links->relation->owner, NULL,
                   "%s.%s cannot be written through: a %s is identified by %zu columns, but the maximum is %d",
                   links->relation->owner->name, links->relation->name, owner.model->name, count, AR_KEY_COLUMNS_MAX);
}

static enum ar_status make_rows(const struct links *links, struct rows *rows)
{
    const struct chunk *named = &links->named;
    struct arena *scratch = &links->s->store.scratch;
    enum ar_status status = list_columns(links, rows);

    if (status == AR_OK)
        status = ar_chunk_start(links->s, rows->columns.model, NULL, named->count, &rows->chunk);
    rows->chunk.is_unseen = true;
    rows->exist = ar_arena_allocate_zero(scratch, named->count * sizeof *rows->exist);
    rows->effects = ar_arena_allocate(scratch, named->count * sizeof *rows->effects);
    if (status == AR_OK && (rows->exist == NULL || rows->effects == NULL))
        status = ar_fail_no_memory(&links->s->store.failure);
    for (size_t i = 0; i < named->count && status == AR_OK; i++)
        status = make_row(links, ar_chunk_copy(named, i), ar_chunk_copy(&rows->chunk, i));
    return status == AR_OK ? ar_chunk_check(&rows->chunk) : status;
}

/* ---- Conditions -------------------------------------------------------------------------------------------------- */

/* Add the conditions of the relation, and of its path: a link that does not meet them is outside of the relation. */
static void add_conditions(struct sql *sql, const struct links *links)
{
    const struct ar_relation *relation = links->relation, *const *path = relation->path;
    const struct table_alias alias = ar_sql_next_alias(sql);

    ar_sql_add_scope(sql, path[0], path[0]->target->sql);
    if (relation->where == NULL && path[1]->where == NULL && relation->target->deleted_at == NULL)
        return;
    ar_sql_add(sql, " AND EXISTS (SELECT 1", NULL);
    ar_sql_add_related(sql, path[1], path[0]->target->sql, alias.name);
    ar_sql_add_where(sql, relation, alias.name);
    ar_sql_add(sql, ")", NULL);
}

static bool has_conditions(const struct ar_relation *relation)
{
    return relation->where != NULL || relation->path[0]->where != NULL || relation->path[1]->where != NULL;
}

/* ---- Adding ------------------------------------------------------------------------------------------------------ */

/* Return true if the primary key consists of the columns of a link, and an insert of a deleted one would not bring it
 * back. */
static bool is_key(const struct rows *rows)
{
    const struct ar_model *model = rows->columns.model;
    size_t found = 0;

    for (size_t i = 0; i < model->key_count; i++)
        for (size_t k = 0; k < rows->columns.count; k++)
            found += model->key[i] == rows->columns.columns[k] ? 1 : 0;
    return found == model->key_count && found == rows->columns.count && model->deleted_at == NULL;
}

static enum ar_status insert_or_ignore(struct links *links, struct rows *rows)
{
    static const struct ar_upsert ignore = {.ignore = true};
    struct upsert upsert = {
        .chunk = rows->chunk,
        .how = &ignore,
        .target = ar_primary_key(rows->columns.model),
        .effects = rows->effects,
    };
    enum ar_status status = ar_upsert_run(&upsert);

    for (size_t i = 0; i < rows->chunk.count && status == AR_OK; i++) {
        if (rows->effects[i] != AR_UPSERT_INSERTED)
            continue;
        links->changes.added++;
        status = count_link(&rows->parents, ar_chunk_copy(&rows->chunk, i), 1);
    }
    return status;
}

struct lookup {
    struct rows *rows;
    struct read_back ordinals;
};

static enum ar_status take_existing(void *payload, const struct row *row)
{
    const struct lookup *lookup = payload;
    size_t ordinal;
    enum ar_status status = ar_read_back_ordinal(&lookup->ordinals, row, &ordinal);

    if (status == AR_OK)
        lookup->rows->exist[ordinal] = true;
    return status;
}

/* Find the links that exist.
 *   links   only those that meet the conditions of its relation; NULL: all */
static enum ar_status find_existing(struct rows *rows, const struct links *links)
{
    const struct chunk *chunk = &rows->chunk;
    const struct ar_model *model = chunk->model;
    struct column_list list = {
        .items = ar_arena_allocate(&chunk->store->scratch, rows->columns.count * sizeof *list.items),
        .count = rows->columns.count,
    };
    struct lookup lookup = {.rows = rows, .ordinals = {.chunk = chunk}};
    const struct statement statement = {
        .on_row = take_existing, .payload = &lookup, .reason = AR_REASON_SAVE, .model = model};
    struct sql sql = ar_sql_start(chunk->link);
    enum ar_status status;
    size_t size = 0;

    if (list.items == NULL)
        return ar_fail_no_memory(&chunk->store->failure);
    for (size_t i = 0; i < list.count; i++)
        list.items[i] = &model->columns[rows->columns.columns[i]];
    ar_sql_add(&sql, "SELECT armature_input.ordinal FROM ", NULL);
    status = ar_chunk_add_input(&sql, chunk, &list, &size);
    ar_sql_add(&sql, " JOIN ", ar_sql_table(&sql, model), " ON ", NULL);
    ar_chunk_add_match(&sql, model->sql, rows->columns, &list);
    if (links != NULL)
        add_conditions(&sql, links);
    else
        (void)ar_sql_add_living(&sql, " AND ", model, model->sql);
    return status == AR_OK ? ar_sql_run(chunk->link, &sql, statement, NULL) : status;
}

/* Move the links that are missing to the front, each once, and return their number in `*count`. */
static enum ar_status keep_missing(struct rows *rows, struct key_table *seen, size_t *count)
{
    struct arena *scratch = &rows->chunk.store->scratch;

    *count = 0;
    for (size_t i = 0; i < rows->chunk.count; i++) {
        struct stored_key *stored = ar_arena_allocate(scratch, sizeof *stored);
        void *row = ar_chunk_copy(&rows->chunk, i);
        struct key key;
        if (rows->exist[i])
            continue;
        if (ar_key_of_record(rows->columns, row, scratch, &key) == KEY_NO_MEMORY || stored == NULL ||
            !ar_key_table_reserve(seen) || !ar_key_store(stored, &key, scratch))
            return ar_fail_no_memory(&rows->chunk.store->failure);
        if (ar_key_table_find(seen, &key) != NULL)
            continue;
        ar_key_table_insert(seen, &key, stored);
        memmove(ar_chunk_copy(&rows->chunk, (*count)++), row, rows->chunk.model->size);
    }
    return AR_OK;
}

static enum ar_status insert_missing(struct links *links, struct rows *rows)
{
    struct key_table seen = {0};
    struct chunk missing = rows->chunk;
    enum ar_status status = find_existing(rows, NULL);

    if (status == AR_OK)
        status = keep_missing(rows, &seen, &missing.count);
    ar_key_table_free(&seen);
    if (status != AR_OK || missing.count == 0)
        return status;
    links->changes.added += missing.count;
    status = ar_insert_chunk(&missing);
    for (size_t i = 0; i < missing.count && status == AR_OK; i++)
        status = count_link(&rows->parents, ar_chunk_copy(&missing, i), 1);
    return status;
}

/* Find out if all links meet the conditions of the relation now: a new link has zeros and defaults, and one that
 * existed may have anything. */
static enum ar_status check_added(const struct links *links)
{
    const struct ar_relation *relation = links->relation;
    struct rows rows;
    enum ar_status status = make_rows(links, &rows);
    size_t missing = 0;

    if (status == AR_OK)
        status = find_existing(&rows, links);
    if (status != AR_OK)
        return status;
    for (size_t i = 0; i < rows.chunk.count; i++)
        missing += rows.exist[i] ? 0 : 1;
    if (missing == 0)
        return AR_OK;
    return ar_fail(&links->s->store.failure, AR_NOT_FOUND, relation->target, NULL,
                   "%zu of %zu records cannot be added to %s.%s: they, or the rows of %s, do not meet its conditions",
                   missing, rows.chunk.count, relation->owner->name, relation->name, rows.chunk.model->table);
}

enum ar_status ar_joins_add(struct links *links)
{
    struct rows rows;
    enum ar_status status = check_path(links);

    if (status == AR_OK)
        status = make_rows(links, &rows);
    if (status != AR_OK)
        return status;
    rows.parents = (struct counted){.parents = {.s = links->s}, .model = rows.chunk.model};
    status = is_key(&rows) && rows.chunk.link->db->driver->dialect.is_inserted != NULL ? insert_or_ignore(links, &rows)
                                                                                       : insert_missing(links, &rows);
    status = end_counting(&rows.parents, status);
    if (status == AR_OK && links->changes.added > 0)
        ar_caches_model_changed(&links->s->store, rows.chunk.model);
    return status == AR_OK && has_conditions(links->relation) ? check_added(links) : status;
}

/* ---- Removing ---------------------------------------------------------------------------------------------------- */

/* A link that a DELETE returns. */
struct deleted {
    struct counted counted;
    struct store *store;
    void *link; /* a struct with the foreign keys to the parents */
};

static enum ar_status take_deleted(void *payload, const struct row *row)
{
    struct deleted *deleted = payload;
    const struct field_reader reader = {.text = &deleted->counted.parents.memory, .failure = &deleted->store->failure};
    size_t next;
    enum ar_status status = ar_parent_read_columns(row, &reader, deleted->counted.model, NULL, deleted->link, &next);

    return status == AR_OK ? count_link(&deleted->counted, deleted->link, -1) : status;
}

/* Run the DELETE. If parents count the links, return these. */
static enum ar_status run_delete(struct links *links, struct sql *sql, uint64_t *count)
{
    const struct ar_model *model = owner_columns(links).model;
    struct store *store = &links->s->store;
    struct deleted deleted = {.counted = {.parents = {.s = links->s}, .model = model},
                              .store = store,
                              .link = ar_arena_allocate_zero(&store->scratch, model->size)};
    const struct statement statement = {.on_row = ar_parents_are_changed(model, NULL) ? take_deleted : NULL,
                                        .payload = &deleted,
                                        .reason = AR_REASON_SAVE,
                                        .model = model,
                                        .relation = links->relation};
    struct outcome outcome;
    enum ar_status status;

    if (deleted.link == NULL)
        return ar_fail_no_memory(&store->failure);
    ar_parent_sql_add_columns(sql, " RETURNING ", model, NULL);
    status = ar_sql_run(&links->s->link, sql, statement, &outcome);
    *count = status == AR_OK ? outcome.changes : 0;
    return end_counting(&deleted.counted, status);
}

enum ar_status ar_joins_remove(struct links *links, bool is_named)
{
    struct sql sql = ar_sql_start(&links->s->link);
    uint64_t count;
    enum ar_status status = check_path(links);

    if (status != AR_OK)
        return status;
    ar_sql_add_delete(&sql, owner_columns(links).model);
    ar_sql_add(&sql, " WHERE ", NULL);
    ar_sql_add_key(&sql, owner_columns(links), links->values);
    add_conditions(&sql, links);
    status =
        ar_links_add_named(&sql, links, is_named, target_columns(links), ar_target_columns(links->relation->path[1]));
    if (status == AR_OK)
        status = run_delete(links, &sql, &count);
    if (status != AR_OK)
        return status;
    links->changes.removed += count;
    if (count > 0)
        ar_caches_model_changed(&links->s->store, owner_columns(links).model);
    return AR_OK;
}
