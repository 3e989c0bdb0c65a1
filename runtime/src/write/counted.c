/* Inserts and updates of records that have parents with counters or times. */
#include "write/counted.h"

#include "link/run.h"
#include "session/transaction.h"
#include "sql/run.h"
#include "write/parent_sql.h"
#include "write/parents.h"

/* The foreign keys of the row as the database has them. */
struct old_row {
    const struct ar_model *model;
    struct field_reader reader;
    void *record; /* a struct with these columns only */
    bool is_found;
};

static enum ar_status take_row(void *payload, const struct row *row)
{
    struct old_row *old = payload;
    size_t next;

    old->is_found = true;
    return ar_parent_read_columns(row, &old->reader, old->model, NULL, old->record, &next);
}

/* Lock the row and read its foreign keys: the session may not know that it was moved. */
static enum ar_status select_old(const struct write *write, struct old_row *old)
{
    const struct ar_model *model = write->model;
    const struct statement statement = {
        .on_row = take_row, .payload = old, .is_single = true, .reason = AR_REASON_SAVE, .model = model};
    struct sql sql = ar_sql_start(write->link);
    struct ar_value key[AR_KEY_COLUMNS_MAX];

    *old = (struct old_row){.model = model,
                            .reader = {.text = &write->store->scratch, .failure = &write->store->failure},
                            .record = ar_arena_allocate_zero(&write->store->scratch, model->size)};
    if (old->record == NULL)
        return ar_fail_no_memory(&write->store->failure);
    ar_key_values(ar_primary_key(model), write->copy, key);
    ar_parent_sql_add_columns(&sql, "SELECT ", model, NULL);
    ar_sql_add(&sql, " FROM ", ar_sql_table(&sql, model), " WHERE ", NULL);
    ar_sql_add_key(&sql, ar_primary_key(model), key);
    ar_sql_add(&sql, write->link->db->driver->dialect.lock[AR_LOCK_UPDATE], NULL);
    return ar_sql_run(write->link, &sql, statement, NULL);
}

/* Note that the row left the parents of `old`, or NULL, for those of the record; and update all of them. */
static enum ar_status write_parents(const struct write *write, const void *old, int64_t joined)
{
    struct parents parents = {.s = write->s};
    enum ar_status status = AR_OK;

    if (old != NULL)
        status = ar_parents_add(&parents, write->model, old, -1, NULL);
    if (status == AR_OK)
        status = ar_parents_add(&parents, write->model, write->copy, joined, NULL);
    if (status == AR_OK)
        status = ar_parents_write(&parents);
    ar_parents_free(&parents);
    return status;
}

/* ---- Insert ------------------------------------------------------------------------------------------------------ */

/* A row that exists is locked, so that it can only be updated. One that another session inserts meanwhile is a
 * violation of the key. */
static enum ar_status insert(struct write *write, bool or_update, counted_insert *run)
{
    struct old_row old = {0};
    enum ar_status status = or_update ? select_old(write, &old) : AR_OK;

    if (status == AR_OK)
        status = run(write, old.is_found, true);
    return status == AR_OK ? write_parents(write, old.is_found ? old.record : NULL, 1) : status;
}

static enum ar_status insert_in_transaction(struct write *write, bool or_update, counted_insert *run)
{
    enum ar_status status = ar_begin(write->s);

    return status == AR_OK ? ar_transaction_end(write->s, insert(write, or_update, run)) : status;
}

enum ar_status ar_counted_insert(struct write *write, bool or_update, counted_insert *run)
{
    enum ar_status status = insert_in_transaction(write, or_update, run);

    return ar_run_may_repeat(write->link, status) ? insert_in_transaction(write, or_update, run) : status;
}

/* ---- Update ------------------------------------------------------------------------------------------------------ */

static bool moves(const struct write *write)
{
    for (size_t i = 0; i < write->model->column_count; i++)
        if (ar_parent_key_has(write->model, i, NULL) && ar_columns_have(write->updated, i))
            return true;
    return false;
}

bool ar_counted_has_update(const struct write *write)
{
    for (size_t i = 0; i < write->model->relation_count; i++)
        if (write->model->relations[i]->touches)
            return true;
    return moves(write);
}

static enum ar_status update(struct write *write, struct statement *statement, counted_update *run)
{
    bool is_moved = moves(write);
    struct old_row old = {0};
    enum ar_status status = is_moved ? select_old(write, &old) : AR_OK;

    if (status == AR_OK)
        status = run(write, statement);
    return status == AR_OK ? write_parents(write, old.is_found ? old.record : NULL, is_moved ? 1 : 0) : status;
}

static enum ar_status update_in_transaction(struct write *write, struct statement *statement, counted_update *run)
{
    enum ar_status status = ar_begin(write->s);

    return status == AR_OK ? ar_transaction_end(write->s, update(write, statement, run)) : status;
}

enum ar_status ar_counted_update(struct write *write, struct statement *statement, counted_update *run)
{
    enum ar_status status = update_in_transaction(write, statement, run);

    return ar_run_may_repeat(write->link, status) ? update_in_transaction(write, statement, run) : status;
}
