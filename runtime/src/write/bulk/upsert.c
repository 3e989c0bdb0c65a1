/* Upserts: the options of a call, and its records in runs that one statement writes. */
#include "write/bulk/upsert.h"

#include "link/run.h"
#include "model/field.h"
#include "session/session.h"
#include "session/transaction.h"
#include "session/use.h"
#include "store/identity.h"
#include "write/parent_sql.h"
#include "write/parents.h"
#include "write/remember.h"
#include "write/shard.h"

#include <string.h>

/* Flags of columns that the update of an existing row does not set, whatever the options. */
static const uint32_t never_updated =
    AR_COLUMN_KEY | AR_COLUMN_VERSION | AR_COLUMN_COUNTER | AR_COLUMN_DELETED_AT | AR_COLUMN_COMPUTED;

/* ---- Options ----------------------------------------------------------------------------------------------------- */

bool ar_upsert_omits(const struct upsert *upsert, const struct ar_column *column)
{
    return ar_chunk_omits(&upsert->chunk, 0, column);
}

static bool is_listed(const struct ar_upsert *how, const struct ar_column *column)
{
    for (const struct ar_column *const *each = how->update; *each != NULL; each++)
        if (*each == column)
            return true;
    return false;
}

static bool is_of_target(const struct upsert *upsert, const struct ar_column *column)
{
    for (size_t i = 0; i < upsert->target.count; i++)
        if (&upsert->target.model->columns[upsert->target.columns[i]] == column)
            return true;
    return false;
}

bool ar_upsert_sets(const struct upsert *upsert, const struct ar_column *column)
{
    if ((column->flags & never_updated) != 0)
        return false;
    if ((column->flags & AR_COLUMN_UPDATED_AT) != 0)
        return true;
    if (upsert->how->update != NULL)
        return is_listed(upsert->how, column);
    return (column->flags & AR_COLUMN_CREATED_AT) == 0 && !is_of_target(upsert, column) &&
           !ar_upsert_omits(upsert, column);
}

static enum ar_status check_model(struct failure *failure, const struct ar_model *model, const struct ar_column *column)
{
    if (column->model == model)
        return AR_OK;
    return ar_fail(failure, AR_MISUSE, model, column, "upsert of %s: the column %s belongs to %s", model->name,
                   column->field, column->model->name);
}

static bool is_among(const struct ar_column *column, const struct ar_column *const *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (columns[i] == column)
            return true;
    return false;
}

/* Return the unique set of the model that consists of these columns, in any order; NULL if there is none. The shard key
 * may be omitted: every unique set of a sharded model has it. */
static const struct ar_unique *find_unique(const struct ar_model *model, const struct ar_column *const *columns,
                                           size_t count)
{
    for (size_t i = 0; i < model->unique_count; i++) {
        const struct ar_unique *unique = &model->uniques[i];
        size_t found = 0, implied = 0;
        for (size_t j = 0; j < unique->column_count; j++) {
            const struct ar_column *column = &model->columns[unique->columns[j]];
            if (is_among(column, columns, count))
                found++;
            else if (column == model->shard_key)
                implied++;
        }
        if (found == count && found + implied == unique->column_count)
            return unique;
    }
    return NULL;
}

static size_t count_columns(const struct ar_column *const *columns)
{
    size_t count = 0;

    while (columns[count] != NULL)
        count++;
    return count;
}

static enum ar_status check_type(struct failure *failure, const struct ar_model *model, const struct ar_column *by)
{
    if ((by->flags & AR_COLUMN_COMPUTED) != 0)
        return ar_fail(failure, AR_MISUSE, model, by,
                       "upsert by %s.%s: the database computes the column, so that the record does not have its value",
                       model->name, by->field);
    if (ar_type_info_of(by)->identifies_rows)
        return AR_OK;
    return ar_fail(failure, AR_MISUSE, model, by,
                   "upsert by %s.%s: only integers, strings, UUIDs, arrays of bytes, dates and times identify a row",
                   model->name, by->field);
}

static enum ar_status check_by(struct failure *failure, const struct ar_model *model, const struct ar_column *by)
{
    enum ar_status status = check_model(failure, model, by);
    bool is_unique = (by->flags & AR_COLUMN_UNIQUE) != 0 ||
                     (model->key_count == 1 && by == &model->columns[model->key[0]]) ||
                     find_unique(model, &by, 1) != NULL;

    if (status != AR_OK)
        return status;
    if (!is_unique)
        return ar_fail(failure, AR_MISUSE, model, by,
                       "upsert by %s.%s: the column is not unique; declare it AR_UNIQUE, or upsert by the primary key",
                       model->name, by->field);
    return check_type(failure, model, by);
}

static enum ar_status check_by_columns(struct failure *failure, const struct ar_model *model,
                                       const struct ar_upsert *how)
{
    size_t count = count_columns(how->by_columns);
    enum ar_status status = AR_OK;

    if (how->by != NULL)
        return ar_fail(failure, AR_MISUSE, model, NULL, "upsert of %s: both .by and .by_columns are set", model->name);
    for (size_t i = 0; i < count && status == AR_OK; i++)
        status = check_model(failure, model, how->by_columns[i]);
    if (status == AR_OK && find_unique(model, how->by_columns, count) == NULL)
        status = ar_fail(failure, AR_MISUSE, model, NULL,
                         "upsert of %s: its .by_columns are not unique together: name all fields of an AR_UNIQUE_KEY",
                         model->name);
    for (size_t i = 0; i < count && status == AR_OK; i++)
        status = check_type(failure, model, how->by_columns[i]);
    return status;
}

static enum ar_status check_update(struct failure *failure, const struct ar_model *model, const struct ar_upsert *how)
{
    if (how->update != NULL && how->ignore)
        return ar_fail(failure, AR_MISUSE, model, NULL, "upsert of %s: .ignore updates nothing, but .update is set",
                       model->name);
    for (const struct ar_column *const *each = how->update; each != NULL && *each != NULL; each++) {
        enum ar_status status = check_model(failure, model, *each);
        if (status != AR_OK)
            return status;
        if (((*each)->flags & never_updated) != 0)
            return ar_fail(failure, AR_MISUSE, model, *each,
                           "upsert of %s: .update names %s, but computed columns, keys, counters and times of deletion "
                           "are never updated, and a version is incremented",
                           model->name, (*each)->field);
    }
    return AR_OK;
}

/* Return the conflict columns. */
static struct key_columns target_of(const struct ar_model *model, const struct ar_upsert *how, uint16_t *storage)
{
    const struct ar_unique *unique = NULL;

    if (how->by_columns != NULL)
        unique = find_unique(model, how->by_columns, count_columns(how->by_columns));
    else if (how->by != NULL)
        unique = find_unique(model, &how->by, 1);
    if (unique != NULL)
        return (struct key_columns){model, unique->columns, unique->column_count, NULL};
    if (how->by == NULL)
        return ar_primary_key(model);
    *storage = (uint16_t)(how->by - model->columns);
    return (struct key_columns){model, storage, 1, NULL};
}

static enum ar_status check(const struct upsert *all)
{
    const struct chunk *chunk = &all->chunk;
    struct failure *failure = &chunk->store->failure;
    enum ar_status status = AR_OK;

    if (all->how->by_columns != NULL)
        status = check_by_columns(failure, chunk->model, all->how);
    else if (all->how->by != NULL)
        status = check_by(failure, chunk->model, all->how->by);
    if (status == AR_OK)
        status = check_update(failure, chunk->model, all->how);
    if (status == AR_OK && chunk->model->column_count > AR_ROW_SET_COLUMNS_MAX &&
        chunk->link->db->driver->dialect.row_table != NULL)
        status = ar_fail(failure, AR_MISUSE, chunk->model, NULL,
                         "upsert of %s: it has %u columns, but at most %d are possible on this database",
                         chunk->model->name, chunk->model->column_count, AR_ROW_SET_COLUMNS_MAX);
    return status;
}

/* ---- Runs -------------------------------------------------------------------------------------------------------- */

/* Return true if no row can conflict with the record: a conflict column is NULL, or left to the database. */
static bool is_plain(const struct upsert *all, size_t row)
{
    for (size_t i = 0; i < all->target.count; i++) {
        const struct ar_column *column = &all->target.model->columns[all->target.columns[i]];
        if (ar_chunk_omits(&all->chunk, row, column) ||
            ar_field_value(column, ar_chunk_copy(&all->chunk, row)).kind == AR_VALUE_NULL)
            return true;
    }
    return false;
}

/* Return the run that begins at a record. */
static struct upsert run_at(const struct upsert *all, size_t first)
{
    const struct dialect *dialect = &all->chunk.link->db->driver->dialect;
    const size_t most = dialect->has_key_arrays ? AR_CHUNK_ARRAYS_MAX : SIZE_MAX;
    struct upsert run = *all;

    run.chunk.records = (char *)all->chunk.records + first * all->chunk.model->size;
    run.chunk.copies = ar_chunk_copy(&all->chunk, first);
    run.chunk.count = all->chunk.count - first;
    run.effects = all->effects + first;
    run.chunk.count = ar_chunk_run(&run.chunk, most);
    for (size_t i = 1; i < run.chunk.count; i++)
        if (is_plain(&run, i) != is_plain(&run, 0))
            run.chunk.count = i;
    return run;
}

static enum ar_status write_run(struct upsert *run)
{
    if (!is_plain(run, 0))
        return ar_upsert_run(run);
    for (size_t i = 0; i < run->chunk.count; i++)
        run->effects[i] = AR_UPSERT_INSERTED;
    return ar_insert_chunk(&run->chunk);
}

/* Return true if an update would set the foreign key. */
static bool moves(const struct upsert *all, const struct ar_relation *relation)
{
    struct key_columns columns = ar_owner_columns(relation);

    for (size_t i = 0; i < columns.count && !all->how->ignore; i++)
        if (ar_upsert_sets(all, &columns.model->columns[columns.columns[i]]))
            return true;
    return false;
}

/* The former parent of a row that an upsert moves is unknown, so that its counter would be wrong. */
static enum ar_status check_parents(const struct upsert *all)
{
    const struct ar_model *model = all->chunk.model;

    for (size_t i = 0; i < model->relation_count; i++) {
        const struct ar_relation *relation = model->relations[i];
        if (ar_parent_is_changed(relation, NULL) && moves(all, relation))
            return ar_fail(&all->chunk.store->failure, AR_MISUSE, model, NULL,
                           "upsert of %s: it could move a row to another %s, which counts or notes its rows: leave the "
                           "foreign key out of .update, or set .ignore",
                           model->name, relation->name);
    }
    return AR_OK;
}

/* Update the parents of rows that were inserted or updated. */
static enum ar_status update_parents(const struct upsert *all)
{
    struct parents parents = {.s = all->chunk.s};
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < all->chunk.count && status == AR_OK; i++)
        if (all->effects[i] != AR_UPSERT_IGNORED)
            status = ar_parents_add(&parents, all->chunk.model, ar_chunk_copy(&all->chunk, i),
                                    all->effects[i] == AR_UPSERT_INSERTED ? 1 : 0, NULL);
    if (status == AR_OK && parents.groups != NULL)
        status = ar_parents_write(&parents);
    ar_parents_free(&parents);
    return status;
}

static enum ar_status write_all(const struct upsert *all)
{
    enum ar_status status = AR_OK;

    for (size_t done = 0; done < all->chunk.count && status == AR_OK;) {
        struct upsert run = run_at(all, done);
        status = write_run(&run);
        done += run.chunk.count;
    }
    return status == AR_OK && all->chunk.identity->layout.has_parents ? update_parents(all) : status;
}

/* Return true if a failure after the statement must undo it: a returned value may not fit its field. */
static bool may_not_fit(const struct upsert *all)
{
    const struct ar_model *model = all->chunk.model;
    const uint32_t kept = AR_COLUMN_KEY | AR_COLUMN_VERSION | AR_COLUMN_CREATED_AT;

    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        bool is_read = all->how->ignore ? ar_upsert_omits(all, column) : !ar_upsert_sets(all, column);
        if (is_read && (column->flags & kept) == 0 && !is_of_target(all, column))
            return true;
    }
    return false;
}

static enum ar_status upsert_all(const struct upsert *all)
{
    bool is_one_statement = all->chunk.count == 1 && all->chunk.link->db->driver->dialect.is_inserted != NULL &&
                            !all->chunk.identity->layout.has_parents;
    enum ar_status status = ar_chunk_prepare(&all->chunk);

    if (status == AR_OK && all->chunk.identity->layout.has_parents)
        status = check_parents(all);
    if (status != AR_OK)
        return status;
    if (is_one_statement && !may_not_fit(all))
        return write_all(all);
    status = ar_begin(all->chunk.s);
    return status == AR_OK ? ar_transaction_end(all->chunk.s, write_all(all)) : status;
}

/* ---- Calls ------------------------------------------------------------------------------------------------------- */

/* Remember the rows, and report what was done. */
static void finish(const struct upsert *all, enum ar_upsert_effect *effects, struct ar_upsert_totals *totals)
{
    struct ar_upsert_totals counted = {0};

    for (size_t i = 0; i < all->chunk.count; i++) {
        switch (all->effects[i]) {
        case AR_UPSERT_IGNORED:
            counted.ignored++;
            continue;
        case AR_UPSERT_INSERTED:
            counted.inserted++;
            break;
        case AR_UPSERT_UPDATED:
            counted.updated++;
            break;
        }
        ar_chunk_remember(&all->chunk, i, all->effects[i] == AR_UPSERT_UPDATED);
    }
    if (effects != NULL)
        memcpy(effects, all->effects, all->chunk.count * sizeof *effects);
    if (totals != NULL)
        *totals = counted;
}

static enum ar_status upsert_many(struct ar_session *s, const struct ar_model *model, void *records, size_t count,
                                  const struct ar_upsert *how, enum ar_upsert_effect *effects,
                                  struct ar_upsert_totals *totals)
{
    static const struct ar_upsert by_key;
    uint16_t storage;
    struct upsert all = {.how = how != NULL ? how : &by_key};
    enum ar_status status = ar_chunk_start(s, model, records, count, &all.chunk);

    if (totals != NULL)
        *totals = (struct ar_upsert_totals){0};
    all.target = target_of(model, all.how, &storage);
    if (status == AR_OK)
        status = check(&all);
    if (status == AR_OK && count == 1)
        status = ar_write_check_shard_key(&s->store, model, records);
    if (status != AR_OK || count == 0)
        return status;
    all.effects = ar_arena_allocate(&s->store.scratch, count * sizeof *all.effects);
    if (all.effects == NULL)
        return ar_fail_no_memory(&s->store.failure);
    status = upsert_all(&all);
    if (ar_run_may_repeat(&s->link, status))
        status = upsert_all(&all);
    if (status == AR_OK)
        finish(&all, effects, totals);
    return status;
}

enum ar_status ar_record_upsert(struct ar_session *s, const struct ar_model *model, void *record,
                                const struct ar_upsert *how, enum ar_upsert_effect *effect)
{
    AR_USE(s, AR_MISUSE);
    return ar_session_done(s, upsert_many(s, model, record, 1, how, effect, NULL));
}

enum ar_status ar_record_upsert_many(struct ar_session *s, const struct ar_model *model, void *records, size_t count,
                                     const struct ar_upsert *how, enum ar_upsert_effect *effects,
                                     struct ar_upsert_totals *totals)
{
    AR_USE(s, AR_MISUSE);
    return ar_session_done(s, upsert_many(s, model, records, count, how, effects, totals));
}
