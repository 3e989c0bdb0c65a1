/* The statements of upserts. */
#include "model/row.h"
#include "sql/run.h"
#include "write/bulk/input.h"
#include "write/bulk/upsert.h"

#include <string.h>

/* An upsert with what its statements need. */
struct running {
    struct upsert *upsert;
    struct column_list columns; /* that are written */
    struct read_back read_back;
    size_t returned; /* rows, of the one statement */
};

static bool is_read_back(void *payload, const struct ar_column *column)
{
    const struct upsert *upsert = payload;

    if (upsert->how->ignore)
        return ar_upsert_omits(upsert, column) || (column->flags & AR_COLUMN_KEY) != 0;
    return !ar_upsert_sets(upsert, column);
}

static enum ar_status start(struct upsert *upsert, struct running *out)
{
    *out = (struct running){.upsert = upsert, .columns = ar_chunk_columns(&upsert->chunk, false)};
    if (out->columns.items == NULL)
        return AR_NO_MEMORY;
    return ar_read_back_start(&upsert->chunk, is_read_back, upsert, &out->read_back);
}

/* ---- SQL --------------------------------------------------------------------------------------------------------- */

static void add_updates(struct sql *sql, const struct upsert *upsert)
{
    const struct ar_model *model = upsert->chunk.model;
    const struct ar_column *version = upsert->chunk.identity->layout.version;
    const char *key = model->columns[model->key[0]].sql;

    /* The row is only counted and returned if a column is set: set the key to itself. */
    ar_sql_add(sql, "UPDATE SET ", key, " = ", model->sql, ".", key, NULL);
    for (size_t i = 0; i < model->column_count; i++)
        if (ar_upsert_sets(upsert, &model->columns[i]))
            ar_sql_add(sql, ", ", model->columns[i].sql, " = excluded.", model->columns[i].sql, NULL);
    if (version == NULL)
        return;
    ar_sql_add(sql, ", ", version->sql, " = ", NULL);
    ar_sql_add_next_version(sql, version);
}

/* Return true if the conflict columns are a composite key, of which one column is unique alone: SQLite, which numbers
 * rows by it, takes no index that contains it as the target of a conflict. */
static bool is_numbered(const struct upsert *upsert)
{
    return upsert->chunk.link->db->driver->dialect.numbers_key_alone && upsert->target.count > 1 &&
           upsert->chunk.identity->layout.generated != NULL &&
           ar_key_columns_equal(upsert->target, ar_primary_key(upsert->chunk.model));
}

/* A row of this number is the one that conflicts if its other columns of the key are the same. */
static void add_numbered_conflict(struct sql *sql, const struct upsert *upsert)
{
    const struct ar_model *model = upsert->chunk.model;
    const struct ar_column *number = upsert->chunk.identity->layout.generated;
    const char *intro = " WHERE ";

    ar_sql_add(sql, " ON CONFLICT (", number->sql, ") DO ", NULL);
    if (upsert->how->ignore) {
        ar_sql_add(sql, "NOTHING", NULL);
        return;
    }
    add_updates(sql, upsert);
    for (size_t i = 0; i < model->key_count; i++) {
        const struct ar_column *column = &model->columns[model->key[i]];
        if (column == number)
            continue;
        ar_sql_add(sql, intro, NULL);
        ar_sql_add_column(sql, column);
        ar_sql_add_operator_of(sql, column, "=");
        ar_sql_add(sql, "excluded.", column->sql, NULL);
        intro = " AND ";
    }
}

static void add_conflict(struct sql *sql, const struct upsert *upsert)
{
    if (is_numbered(upsert)) {
        add_numbered_conflict(sql, upsert);
        return;
    }
    for (size_t i = 0; i < upsert->target.count; i++)
        ar_sql_add(sql, i > 0 ? ", " : " ON CONFLICT (", upsert->target.model->columns[upsert->target.columns[i]].sql,
                   NULL);
    ar_sql_add(sql, ") DO ", NULL);
    if (upsert->how->ignore)
        ar_sql_add(sql, "NOTHING", NULL);
    else
        add_updates(sql, upsert);
}

/* Add the columns that are read back, of this table. */
static void add_read_back(struct sql *sql, const struct running *running, const char *table)
{
    for (size_t i = 0; i < running->read_back.columns.count; i++) {
        ar_sql_add(sql, ", ", NULL);
        ar_sql_add_result(sql, table, running->read_back.columns.items[i]);
    }
}

/* Add the one statement of a database with arrays. */
static enum ar_status add_all(struct sql *sql, const struct running *running)
{
    const struct upsert *upsert = running->upsert;
    const struct chunk *chunk = &upsert->chunk;
    size_t size = 0;
    enum ar_status status;

    ar_sql_add(sql, "WITH armature_input AS (SELECT * FROM ", NULL);
    status = ar_chunk_add_input(sql, chunk, &running->columns, &size);
    ar_chunk_add_table(sql, "), armature_written AS (INSERT INTO ", chunk, &running->columns);
    ar_sql_add(sql, " ", NULL);
    ar_chunk_add_input_columns(sql, &running->columns);
    ar_sql_add(sql, " FROM armature_input", NULL);
    add_conflict(sql, upsert);
    /* What DO NOTHING returns is inserted. A partitioned table has no system columns here. */
    ar_sql_add(sql, " RETURNING ", upsert->how->ignore ? "true" : sql->driver->dialect.is_inserted,
               " AS armature_is_inserted", NULL);
    for (size_t i = 0; i < chunk->model->column_count; i++)
        ar_sql_add(sql, ", ", chunk->model->columns[i].sql, NULL);
    ar_sql_add(sql, ") SELECT armature_input.ordinal, armature_written.armature_is_inserted", NULL);
    add_read_back(sql, running, "armature_written");
    /* The only row needs no match, which could fail if a trigger changes the values. */
    ar_sql_add(sql, " FROM armature_written JOIN armature_input ON ", chunk->count == 1 ? "true" : NULL, NULL);
    if (chunk->count > 1)
        ar_chunk_add_match(sql, "armature_written", upsert->target, &running->columns);
    return status;
}

/* Add the lookup of the rows that have the conflict columns of a struct. */
static enum ar_status add_lookup(struct sql *sql, const struct running *running, bool with_columns)
{
    const struct upsert *upsert = running->upsert;
    enum ar_status status;
    size_t size = 0;

    ar_sql_add(sql, "SELECT armature_input.ordinal", NULL);
    if (with_columns)
        add_read_back(sql, running, upsert->chunk.model->sql);
    ar_sql_add(sql, " FROM ", NULL);
    status = ar_chunk_add_input(sql, &upsert->chunk, &running->columns, &size);
    ar_sql_add(sql, " CROSS JOIN ", ar_sql_table(sql, upsert->chunk.model), " ON ", NULL);
    ar_chunk_add_match(sql, upsert->chunk.model->sql, upsert->target, &running->columns);
    return status;
}

/* ---- Running ----------------------------------------------------------------------------------------------------- */

static enum ar_status run(struct sql *sql, struct running *running,
                          enum ar_status (*on_row)(void *, const struct row *))
{
    const struct chunk *chunk = &running->upsert->chunk;
    const struct statement statement = {
        .on_row = on_row, .payload = running, .reason = AR_REASON_SAVE, .model = chunk->model};

    return ar_sql_run(chunk->link, sql, statement, NULL);
}

static enum ar_status take_written(void *payload, const struct row *row)
{
    struct running *running = payload;
    const struct chunk *chunk = &running->upsert->chunk;
    struct ar_value is_inserted;
    size_t ordinal;
    enum ar_status status = ar_read_back_ordinal(&running->read_back, row, &ordinal);

    if (status != AR_OK)
        return status;
    if (!row->methods->value(row, 1, &is_inserted))
        return ar_fail_no_memory(&chunk->store->failure);
    running->upsert->effects[ordinal] = is_inserted.integer != 0 ? AR_UPSERT_INSERTED : AR_UPSERT_UPDATED;
    running->returned++;
    return ar_read_back_columns(&running->read_back, row, 2, ar_chunk_copy(chunk, ordinal));
}

/* The server refuses to write one row twice in a statement. */
static void explain_same_row(const struct upsert *upsert)
{
    const struct chunk *chunk = &upsert->chunk;
    const struct ar_column *column = &chunk->model->columns[upsert->target.columns[0]];

    (void)ar_fail(&chunk->store->failure, AR_INVALID, chunk->model, column,
                  "two of the records would update the same %s, by %s.%s: upsert each row once", chunk->model->name,
                  chunk->model->name, column->field);
}

/* If a type compares values in its own way (citext), the rows cannot be assigned to the records. */
static enum ar_status check_returned(const struct running *running)
{
    const struct chunk *chunk = &running->upsert->chunk;
    const struct ar_column *column = &chunk->model->columns[running->upsert->target.columns[0]];

    if (running->upsert->how->ignore || running->returned == chunk->count)
        return AR_OK;
    return ar_fail(&chunk->store->failure, AR_DATABASE, chunk->model, column,
                   "%zu records were upserted into %s, but %zu rows were returned: a trigger changes the values of "
                   "column %s, or its type does not compare them as the server's own types do",
                   chunk->count, chunk->model->table, running->returned, column->name);
}

static enum ar_status take_existing(void *payload, const struct row *row)
{
    struct running *running = payload;
    size_t ordinal;
    enum ar_status status = ar_read_back_ordinal(&running->read_back, row, &ordinal);

    if (status == AR_OK)
        running->upsert->effects[ordinal] = running->upsert->how->ignore ? AR_UPSERT_IGNORED : AR_UPSERT_UPDATED;
    return status;
}

static enum ar_status take_columns(void *payload, const struct row *row)
{
    struct running *running = payload;
    size_t ordinal;
    enum ar_status status = ar_read_back_ordinal(&running->read_back, row, &ordinal);

    if (status != AR_OK || running->upsert->effects[ordinal] == AR_UPSERT_IGNORED)
        return status;
    running->returned++;
    return ar_read_back_columns(&running->read_back, row, 1, ar_chunk_copy(&running->upsert->chunk, ordinal));
}

/* Two records of one row have the same key now. The first one inserted the row, if any did. */
static enum ar_status find_same_rows_in(const struct running *running, struct key_table *rows)
{
    struct upsert *upsert = running->upsert;
    const struct chunk *chunk = &upsert->chunk;

    for (size_t i = 0; i < chunk->count; i++) {
        struct stored_key *stored = ar_arena_allocate(&chunk->store->scratch, sizeof *stored);
        struct key key;
        enum key_state state =
            ar_key_of_record(ar_primary_key(chunk->model), ar_chunk_copy(chunk, i), &chunk->store->scratch, &key);
        if (stored == NULL || state == KEY_NO_MEMORY || !ar_key_table_reserve(rows) ||
            !ar_key_store(stored, &key, &chunk->store->scratch))
            return ar_fail_no_memory(&chunk->store->failure);
        if (upsert->effects[i] == AR_UPSERT_IGNORED)
            continue;
        if (ar_key_table_find(rows, &key) == NULL) {
            ar_key_table_insert(rows, &key, stored);
        } else if (upsert->how->ignore) {
            upsert->effects[i] = AR_UPSERT_IGNORED;
        } else {
            explain_same_row(upsert);
            return AR_INVALID;
        }
    }
    return AR_OK;
}

static enum ar_status find_same_rows(const struct running *running)
{
    struct key_table rows = {0};
    enum ar_status status = find_same_rows_in(running, &rows);

    ar_key_table_free(&rows);
    return status;
}

static enum ar_status run_one_statement(struct running *running)
{
    struct store *store = running->upsert->chunk.store;
    struct sql sql = ar_sql_start(running->upsert->chunk.link);
    enum ar_status status = add_all(&sql, running);

    memset(running->upsert->effects, 0, running->upsert->chunk.count * sizeof *running->upsert->effects);
    if (status != AR_OK)
        return status;
    status = run(&sql, running, take_written);
    if (status != AR_OK && strcmp(store->failure.error.sqlstate, "21000") == 0) {
        explain_same_row(running->upsert);
        return AR_INVALID;
    }
    if (status == AR_OK)
        status = check_returned(running);
    return status == AR_OK && running->upsert->how->ignore ? find_same_rows(running) : status;
}

static enum ar_status fail_not_written(const struct running *running, size_t written)
{
    const struct chunk *chunk = &running->upsert->chunk;
    const struct ar_column *column = &chunk->model->columns[running->upsert->target.columns[0]];
    const struct ar_column *number = chunk->identity->layout.generated;

    if (is_numbered(running->upsert))
        return ar_fail(&chunk->store->failure, AR_CONSTRAINT, chunk->model, number,
                       "upsert of %s: a row of table %s has the same %s with another key. On SQLite, the column is "
                       "unique alone",
                       chunk->model->name, chunk->model->table, number->name);
    return ar_fail(&chunk->store->failure, AR_DATABASE, chunk->model, column,
                   "%zu records were upserted into %s, but %zu rows were found: a trigger skips rows, or changes the "
                   "values of column %s",
                   written, chunk->model->table, running->returned, column->name);
}

/* Check that the rows of all records were found. A record was not written if another row has its number, or if a
 * trigger skips it, as .ignore may. */
static enum ar_status check_found(const struct running *running)
{
    const struct upsert *upsert = running->upsert;
    size_t written = 0;

    for (size_t i = 0; i < upsert->chunk.count; i++)
        written += upsert->effects[i] != AR_UPSERT_IGNORED;
    if (running->returned == written || (upsert->how->ignore && !is_numbered(upsert)))
        return AR_OK;
    return fail_not_written(running, written);
}

static enum ar_status run_with_lookups(struct running *running)
{
    const struct chunk *chunk = &running->upsert->chunk;
    struct sql before = ar_sql_start(chunk->link), write = before, after = before;
    size_t size = 0;
    enum ar_status status = add_lookup(&before, running, false);

    for (size_t i = 0; i < chunk->count; i++)
        running->upsert->effects[i] = AR_UPSERT_INSERTED;
    if (status == AR_OK)
        status = run(&before, running, take_existing);
    ar_chunk_add_table(&write, "INSERT INTO ", chunk, &running->columns);
    ar_sql_add(&write, " ", NULL);
    ar_chunk_add_input_columns(&write, &running->columns);
    ar_sql_add(&write, " FROM ", NULL);
    if (status == AR_OK)
        status = ar_chunk_add_input(&write, chunk, &running->columns, &size);
    ar_sql_add(&write, " WHERE true", NULL); /* or SQLite would take ON for the condition of a join */
    add_conflict(&write, running->upsert);
    if (status == AR_OK)
        status = run(&write, running, NULL);
    if (status == AR_OK)
        status = add_lookup(&after, running, true);
    if (status == AR_OK)
        status = run(&after, running, take_columns);
    if (status == AR_OK)
        status = check_found(running);
    return status == AR_OK && chunk->count > 1 ? find_same_rows(running) : status;
}

enum ar_status ar_upsert_run(struct upsert *upsert)
{
    struct running running;
    enum ar_status status = start(upsert, &running);

    if (status != AR_OK)
        return status;
    return upsert->chunk.link->db->driver->dialect.is_inserted != NULL ? run_one_statement(&running)
                                                                       : run_with_lookups(&running);
}
