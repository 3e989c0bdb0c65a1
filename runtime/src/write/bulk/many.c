/* insert_many: several rows per statement, all in one transaction. */
#include "link/run.h"
#include "model/field.h"
#include "session/changes.h"
#include "session/hook.h"
#include "session/session.h"
#include "session/transaction.h"
#include "session/use.h"
#include "store/identity.h"
#include "write/bulk/chunk.h"
#include "write/parents.h"
#include "write/remember.h"
#include "write/shard.h"
#include "write/write.h"

#include <armature/record.h>

#include <string.h>

/* ---- Chunks ------------------------------------------------------------------------------------------------------ */

static inline enum key_state key_of(const struct chunk *chunk, size_t row)
{
    struct key key;

    return ar_key_read(&chunk->identity->layout.key_reader, ar_chunk_copy(chunk, row), &chunk->store->scratch, &key);
}

/* Return true if the database numbers the record. Reading a key of one integer needs no memory. */
static inline bool generates_key(const struct chunk *chunk, size_t row)
{
    const struct layout *layout = &chunk->identity->layout;

    if (layout->generated == NULL)
        return false;
    return layout->has_integer_key ? key_of(chunk, row) != KEY_SET
                                   : ar_field_is_unset(layout->generated, ar_chunk_copy(chunk, row));
}

/* Return the write of one record. Its key is read after it is written. */
static inline struct write write_of(const struct chunk *chunk, size_t row, bool has_key)
{
    return (struct write){
        .s = chunk->s,
        .store = chunk->store,
        .link = chunk->link,
        .model = chunk->model,
        .record = chunk->records != NULL ? (char *)chunk->records + row * chunk->model->size : NULL,
        .identity = chunk->identity,
        .has_key = has_key,
        .copy = ar_chunk_copy(chunk, row),
    };
}

bool ar_chunk_generates_key(const struct chunk *chunk)
{
    return generates_key(chunk, 0);
}

bool ar_chunk_omits(const struct chunk *chunk, size_t row, const struct ar_column *column)
{
    const struct write write = write_of(chunk, row, !generates_key(chunk, row));

    return ar_write_omits(&write, column);
}

static bool is_default(const struct chunk *chunk, const struct ar_column *column)
{
    return (column->flags & (AR_COLUMN_DEFAULT | AR_COLUMN_COMPUTED)) != 0 && ar_chunk_omits(chunk, 0, column);
}

bool ar_chunk_reads_default(void *chunk, const struct ar_column *column)
{
    return !((const struct chunk *)chunk)->is_unseen && is_default(chunk, column);
}

struct column_list ar_chunk_key_columns(const struct chunk *chunk)
{
    const struct ar_model *model = chunk->model;
    struct column_list list = {
        .items = ar_arena_allocate(&chunk->store->scratch, model->key_count * sizeof *list.items),
    };

    if (list.items == NULL)
        ar_fail_no_memory(&chunk->store->failure);
    for (size_t i = 0; i < model->key_count && list.items != NULL; i++)
        list.items[list.count++] = &model->columns[model->key[i]];
    return list;
}

struct column_list ar_chunk_columns(const struct chunk *chunk, bool with_key)
{
    const struct ar_model *model = chunk->model;
    struct column_list list = {
        .items = ar_arena_allocate(&chunk->store->scratch, model->column_count * sizeof *list.items),
    };
    const struct write first = write_of(chunk, 0, !generates_key(chunk, 0));

    if (list.items == NULL)
        ar_fail_no_memory(&chunk->store->failure);
    for (size_t i = 0; i < model->column_count && list.items != NULL; i++)
        if (with_key || !ar_write_omits(&first, &model->columns[i]))
            list.items[list.count++] = &model->columns[i];
    return list;
}

void ar_chunk_add_table(struct sql *sql, const char *intro, const struct chunk *chunk,
                        const struct column_list *columns)
{
    ar_sql_add(sql, intro, ar_sql_table(sql, chunk->model), NULL);
    for (size_t i = 0; i < columns->count; i++)
        ar_sql_add(sql, i > 0 ? ", " : " (", columns->items[i]->sql, NULL);
    ar_sql_add(sql, ")", NULL);
}

const struct row_set *ar_chunk_rows(const struct chunk *chunk, const struct column_list *columns)
{
    struct row_set *rows = ar_arena_allocate(&chunk->store->scratch, sizeof *rows);

    if (rows == NULL) {
        ar_fail_no_memory(&chunk->store->failure);
        return NULL;
    }
    *rows = (struct row_set){.count = chunk->count,
                             .first = chunk->copies,
                             .size = chunk->model->size,
                             .columns = columns->items,
                             .column_count = columns->count};
    return rows;
}

enum ar_status ar_chunk_set_key(const struct chunk *chunk, size_t row, int64_t key)
{
    return ar_field_set_integer(chunk->identity->layout.generated, key, &chunk->store->failure,
                                ar_chunk_copy(chunk, row));
}

/* ---- Strategies -------------------------------------------------------------------------------------------------- */

struct strategy {
    bool (*is_available)(const struct driver *driver);
    size_t fewest, most;   /* rows for which it pays, and the maximum for one statement */
    size_t fewest_related; /* the minimum for rows that may refer to each other, which single inserts would refuse */
    bool returns_defaults;
    bool returns_made_keys; /* that the database makes by a default */
    enum ar_status (*insert)(struct chunk *chunk, bool *is_done);
};

static bool has_copy(const struct driver *driver)
{
    return driver->prepare_copy != NULL;
}

static bool has_arrays(const struct driver *driver)
{
    return driver->dialect.has_key_arrays;
}

static bool has_row_table(const struct driver *driver)
{
    return driver->dialect.row_table != NULL;
}

static bool always(const struct driver *driver)
{
    (void)driver;
    return true;
}

static enum ar_status insert_one(struct chunk *chunk, bool *is_done)
{
    struct write write = write_of(chunk, 0, !generates_key(chunk, 0));

    *is_done = true;
    return ar_write_run_insert(&write, false, true); /* inside the transaction of insert_many */
}

/* The best first; the last one always inserts the row. */
static const struct strategy strategies[] = {
    {has_copy, 2000, SIZE_MAX, 2000, false, false, ar_insert_by_copy},
    {has_arrays, 2, AR_CHUNK_ARRAYS_MAX, 2, true, false, ar_insert_by_arrays},
    {has_row_table, 16, SIZE_MAX, 2, true, false, ar_insert_by_table},
    {always, 1, 1, 1, true, true, insert_one},
};

/* ---- Inserting --------------------------------------------------------------------------------------------------- */

bool ar_chunk_has_defaults(const struct chunk *chunk)
{
    if ((chunk->identity->layout.column_flags & (AR_COLUMN_DEFAULT | AR_COLUMN_COMPUTED)) == 0)
        return false;
    for (size_t i = 0; i < chunk->model->column_count; i++)
        if (is_default(chunk, &chunk->model->columns[i]))
            return true;
    return false;
}

/* Return true if a record leaves the same columns with defaults to the database as the first one. */
static bool has_same_defaults(const struct chunk *chunk, size_t row)
{
    for (size_t i = 0; i < chunk->model->column_count; i++) {
        const struct ar_column *column = &chunk->model->columns[i];
        if (ar_field_takes_default(column, ar_chunk_copy(chunk, row)) !=
            ar_field_takes_default(column, ar_chunk_copy(chunk, 0)))
            return false;
    }
    return true;
}

size_t ar_chunk_run(const struct chunk *chunk, size_t most)
{
    bool may_have_defaults = (chunk->identity->layout.column_flags & AR_COLUMN_DEFAULT) != 0;
    bool is_generated = generates_key(chunk, 0);
    size_t values = chunk->link->db->driver->dialect.row_values_max, size = 1;

    if (values > 0 && most > values / chunk->model->column_count)
        most = values / chunk->model->column_count;
    while (size < chunk->count && size < most && generates_key(chunk, size) == is_generated &&
           !(may_have_defaults && !has_same_defaults(chunk, size)))
        size++;
    return size;
}

static bool refers_to_itself(const struct ar_model *model)
{
    for (size_t i = 0; i < model->relation_count; i++)
        if (model->relations[i]->target == model && ar_owner_has_foreign_key(model->relations[i]))
            return true;
    return false;
}

/* Insert the first records, as many as go together; `chunk->count` is their number. A strategy that refuses is not
 * tried again: `*first` becomes the next one. */
static enum ar_status insert_some(struct chunk *chunk, const struct strategy **first, size_t count)
{
    const struct driver *driver = chunk->link->db->driver;
    enum ar_status status = AR_OK;
    bool is_done = false, is_related = refers_to_itself(chunk->model), has_defaults, makes_key;

    chunk->count = count;
    has_defaults = ar_chunk_has_defaults(chunk);
    makes_key = ar_chunk_makes_key(chunk, 0);
    for (const struct strategy *each = *first; !is_done && status == AR_OK; each++) {
        if (!each->is_available(driver) || (has_defaults && !each->returns_defaults) ||
            (makes_key && !each->returns_made_keys))
            continue;
        chunk->count = count;
        chunk->count = ar_chunk_run(chunk, each->most);
        if (chunk->count < (is_related || chunk->is_unseen ? each->fewest_related : each->fewest))
            continue;
        status = each->insert(chunk, &is_done);
        if (!is_done)
            *first = each + 1;
    }
    return status;
}

enum ar_status ar_insert_chunk(const struct chunk *all)
{
    const struct strategy *first = strategies;
    struct chunk chunk = *all;
    enum ar_status status = ar_chunk_draw_keys(all);

    for (size_t done = 0; done < all->count && status == AR_OK; done += chunk.count) {
        chunk.copies = ar_chunk_copy(all, done);
        status = insert_some(&chunk, &first, all->count - done);
    }
    return status;
}

static enum ar_status prepare_one(const struct chunk *all, size_t row)
{
    enum key_state state = key_of(all, row);
    struct write write = write_of(all, row, state == KEY_SET);

    return state != KEY_NO_MEMORY ? ar_write_prepare_insert(&write) : ar_fail_no_memory(&all->store->failure);
}

enum ar_status ar_chunk_check(const struct chunk *all)
{
    enum ar_status status = AR_OK;

    if (!ar_write_prepares_inserts(all->identity))
        return ar_transaction_check_writable(all->s, all->model);
    for (size_t i = 0; i < all->count && status == AR_OK; i++)
        status = prepare_one(all, i);
    return status;
}

/* Copy the records, so that hooks see the shard key that the session fills in. */
static enum ar_status copy_records(const struct chunk *all)
{
    enum ar_status status = AR_OK;

    memcpy(all->copies, all->records, all->count * all->model->size);
    for (size_t i = 0; all->identity->has_scope && i < all->count && status == AR_OK; i++)
        status = ar_write_fill_shard(all->store, all->model, ar_chunk_copy(all, i));
    return status;
}

enum ar_status ar_chunk_prepare(const struct chunk *all)
{
    enum ar_status status = copy_records(all);

    return status == AR_OK ? ar_chunk_check(all) : status;
}

void ar_chunk_remember(const struct chunk *all, size_t row, bool was_there)
{
    struct write write = write_of(all, row, true);
    enum key_state state = KEY_NULL;

    if (was_there)
        state = ar_key_read(&all->identity->layout.key_reader, write.copy, &all->store->scratch, &write.key);
    if (state == KEY_SET)
        write.known = ar_key_table_find(&all->identity->records, &write.key);
    else if (state == KEY_NO_MEMORY) /* the row is written, and a record of it may be outdated */
        ar_identity_expire(all->store, all->identity);
    ar_write_inserted(&write);
}

/* Insert the records, then update each of their parents once. */
static enum ar_status insert_all_counted(const struct chunk *all)
{
    struct parents parents = {.s = all->s};
    enum ar_status status = ar_insert_chunk(all);

    if (!all->identity->layout.has_parents)
        return status;
    for (size_t i = 0; i < all->count && status == AR_OK; i++)
        status = ar_parents_add(&parents, all->model, ar_chunk_copy(all, i), 1, NULL);
    if (status == AR_OK)
        status = ar_parents_write(&parents);
    ar_parents_free(&parents);
    return status;
}

static enum ar_status insert_in_transaction(const struct chunk *all)
{
    enum ar_status status = ar_chunk_prepare(all);

    if (status == AR_OK)
        status = ar_begin(all->s);
    if (status != AR_OK)
        return status;
    return ar_transaction_end(all->s, insert_all_counted(all));
}

enum ar_status ar_chunk_start(struct ar_session *s, const struct ar_model *model, void *records, size_t count,
                              struct chunk *out)
{
    struct arena *scratch = &s->store.scratch;

    *out = (struct chunk){
        .s = s,
        .store = &s->store,
        .link = &s->link,
        .model = model,
        .identity = ar_identity(&s->store, model),
        .records = records,
        .copies = count <= SIZE_MAX / model->size ? ar_arena_allocate(scratch, count * model->size) : NULL,
        .count = count,
    };
    if (out->identity != NULL && out->copies != NULL)
        return AR_OK;
    (void)ar_fail_no_memory(&s->store.failure);
    return AR_NO_MEMORY;
}

static void remember_all(const struct chunk *all)
{
    struct write write = write_of(all, 0, true);

    ar_write_inserted_all(&write, all->count);
}

/* ---- Hooks ------------------------------------------------------------------------------------------------------- */

/* What is kept of the records for their hooks. */
struct kept_records {
    char *original;          /* the records, to be restored after a failure */
    char *before;            /* the copies, as the entries of `changes` were made from them */
    struct change **changes; /* of each record; NULL: no hook needs them */
};

static enum ar_status keep_records(const struct chunk *all, struct kept_records *kept)
{
    struct arena *scratch = &all->store->scratch;
    size_t size = all->count * all->model->size;

    *kept = (struct kept_records){.original = ar_arena_allocate(scratch, size)};
    if (ar_changes_concern(all->model)) {
        kept->before = ar_arena_allocate(scratch, size);
        kept->changes = ar_arena_allocate_zero(scratch, all->count * sizeof *kept->changes);
    }
    if (kept->original == NULL || (ar_changes_concern(all->model) && (kept->before == NULL || kept->changes == NULL)))
        return ar_fail_no_memory(&all->store->failure);
    memcpy(kept->original, all->records, size);
    return AR_OK;
}

/* Call the hooks before the inserts, and check all records. */
static enum ar_status prepare_with_hooks(const struct chunk *all)
{
    enum ar_status status = copy_records(all);

    for (size_t i = 0; i < all->count && status == AR_OK; i++) {
        status = ar_hooks_call(all->s, all->model, AR_HOOK_BEFORE_INSERT, ar_chunk_copy(all, i));
        if (status == AR_OK)
            status = prepare_one(all, i);
    }
    return status;
}

static enum ar_status prepare_changes(const struct chunk *all, struct kept_records *kept)
{
    enum ar_status status = AR_OK;

    if (kept->changes == NULL)
        return AR_OK;
    memcpy(kept->before, all->copies, all->count * all->model->size);
    for (size_t i = 0; i < all->count && status == AR_OK; i++) {
        const struct key_reader *reader = &all->identity->layout.key_reader;
        struct key key;
        enum key_state state = ar_key_read(reader, ar_chunk_copy(all, i), &all->store->scratch, &key);
        if (state == KEY_NO_MEMORY)
            return ar_fail_no_memory(&all->store->failure);
        status = ar_changes_prepare(all->s, all->model, ar_chunk_copy(all, i), state == KEY_SET ? &key : NULL,
                                    &kept->changes[i]);
    }
    return status;
}

static void add_changes(const struct chunk *all, struct kept_records *kept)
{
    for (size_t i = 0; i < all->count && kept->changes != NULL; i++) {
        ar_changes_add(all->s, kept->changes[i], kept->before + i * all->model->size, ar_chunk_copy(all, i),
                       AR_INSERTED);
        kept->changes[i] = NULL;
    }
}

static void discard_changes(const struct chunk *all, struct kept_records *kept)
{
    for (size_t i = 0; i < all->count && kept->changes != NULL; i++)
        ar_changes_discard(all->s, kept->changes[i]);
}

static enum ar_status insert_with_hooks(const struct chunk *all, struct kept_records *kept)
{
    enum ar_status status = prepare_with_hooks(all);

    if (status == AR_OK)
        status = prepare_changes(all, kept);
    if (status == AR_OK)
        status = insert_all_counted(all);
    if (status != AR_OK) {
        discard_changes(all, kept);
        return status;
    }
    add_changes(all, kept);
    remember_all(all);
    for (size_t i = 0; i < all->count && status == AR_OK; i++)
        status = ar_hooks_call(all->s, all->model, AR_HOOK_AFTER_INSERT, (char *)all->records + i * all->model->size);
    return status;
}

static enum ar_status insert_hooked(const struct chunk *all)
{
    struct kept_records kept;
    enum ar_status status = ar_transaction_check_writable(all->s, all->model);

    if (status == AR_OK)
        status = ar_hooks_check_depth(all->s, all->model);
    if (status == AR_OK)
        status = keep_records(all, &kept);
    if (status == AR_OK)
        status = ar_begin(all->s);
    if (status != AR_OK)
        return status;
    status = ar_transaction_end(all->s, insert_with_hooks(all, &kept));
    if (status != AR_OK)
        memcpy(all->records, kept.original, all->count * all->model->size);
    return status;
}

static enum ar_status insert_plain(const struct chunk *all)
{
    enum ar_status status = insert_in_transaction(all);

    if (status == AR_OK)
        remember_all(all);
    return status;
}

enum ar_status ar_record_insert_many(struct ar_session *s, const struct ar_model *model, void *records, size_t count)
{
    AR_USE(s, AR_MISUSE);
    const unsigned hooks = ar_hooks_of_save();
    enum ar_status (*insert)(const struct chunk *all) = ar_hooks_any(model, hooks) ? insert_hooked : insert_plain;
    struct chunk all;
    enum ar_status status;

    if (count == 0)
        return AR_OK;
    status = ar_chunk_start(s, model, records, count, &all);
    if (status == AR_OK) {
        status = insert(&all);
        if (ar_run_may_repeat(&s->link, status))
            status = insert(&all);
    }
    return ar_session_done(s, status);
}
