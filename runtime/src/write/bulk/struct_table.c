/* insert_many on SQLite: INSERT … SELECT from a virtual table over the structs. */
#include "link/ask.h"
#include "link/run.h"
#include "sql/run.h"
#include "write/bulk/input.h"

static enum ar_status insert_rows(const struct chunk *chunk, const struct column_list *columns, struct outcome *outcome)
{
    const struct statement statement = {.reason = AR_REASON_SAVE, .model = chunk->model};
    struct sql sql = ar_sql_start(chunk->link);
    enum ar_status status;
    size_t size = 0;

    ar_chunk_add_table(&sql, "INSERT INTO ", chunk, columns);
    ar_sql_add(&sql, " ", NULL);
    ar_chunk_add_input_columns(&sql, columns);
    ar_sql_add(&sql, " FROM ", NULL);
    status = ar_chunk_add_input(&sql, chunk, columns, &size);
    return status == AR_OK ? ar_sql_run(chunk->link, &sql, statement, outcome) : status;
}

/* The defaults of the rows, and how many rows were read. */
struct defaults {
    struct read_back read_back;
    size_t count;
};

static enum ar_status take_defaults(void *payload, const struct row *row)
{
    struct defaults *defaults = payload;
    const struct read_back *read_back = &defaults->read_back;
    size_t ordinal;
    enum ar_status status = ar_read_back_ordinal(read_back, row, &ordinal);

    if (status != AR_OK)
        return status;
    defaults->count++;
    return ar_read_back_columns(read_back, row, 1, ar_chunk_copy(read_back->chunk, ordinal));
}

/* Read the defaults of the rows, which are found by their keys. */
static enum ar_status read_defaults(struct chunk *chunk)
{
    struct column_list columns = ar_chunk_key_columns(chunk);
    struct sql sql = ar_sql_start(chunk->link);
    struct defaults defaults = {.count = 0};
    const struct column_list *read = &defaults.read_back.columns;
    struct statement statement = {
        .on_row = take_defaults, .payload = &defaults, .reason = AR_REASON_SAVE, .model = chunk->model};
    size_t size = 0;
    enum ar_status status = ar_read_back_start(chunk, ar_chunk_reads_default, chunk, &defaults.read_back);

    if (columns.items == NULL || status != AR_OK)
        return AR_NO_MEMORY;
    ar_sql_add(&sql, "SELECT armature_input.ordinal", NULL);
    for (size_t i = 0; i < read->count; i++) {
        ar_sql_add(&sql, ", ", NULL);
        ar_sql_add_column(&sql, read->items[i]);
    }
    ar_sql_add(&sql, " FROM ", NULL);
    status = ar_chunk_add_input(&sql, chunk, &columns, &size);
    ar_sql_add(&sql, " CROSS JOIN ", ar_sql_table(&sql, chunk->model), " ON ", NULL);
    if (status == AR_OK)
        ar_chunk_add_match(&sql, chunk->model->sql, ar_primary_key(chunk->model), &columns);
    if (status == AR_OK)
        status = ar_sql_run(chunk->link, &sql, statement, NULL);
    if (status == AR_OK && defaults.count != chunk->count)
        return ar_fail(
            &chunk->store->failure, AR_DATABASE, chunk->model, NULL,
            "%zu rows were inserted into %s, but %zu were found: a trigger skips rows, or changes their keys",
            chunk->count, chunk->model->table, defaults.count);
    return status;
}

/* Set the keys that SQLite will generate: the next ones, because the transaction excludes other writers. If they cannot
 * be predicted, *first is 0, and each row needs a separate INSERT that reports its key. Writing the keys explicitly is
 * no alternative: SQLite would search the table for each. */
static enum ar_status predict_keys(const struct chunk *chunk, int64_t *first)
{
    enum ar_status status = ar_ask_next_keys(chunk->link, chunk->model, chunk->count, first);

    for (size_t i = 0; i < chunk->count && status == AR_OK && *first != 0; i++)
        status = ar_chunk_set_key(chunk, i, *first + (int64_t)i);
    return status;
}

enum ar_status ar_insert_by_table(struct chunk *chunk, bool *is_done)
{
    bool generates_key = ar_chunk_generates_key(chunk),
         has_defaults = !chunk->is_unseen && ar_chunk_has_defaults(chunk);
    struct column_list columns = ar_chunk_columns(chunk, false);
    struct outcome outcome = {0};
    int64_t first = 0;
    enum ar_status status = columns.items != NULL ? AR_OK : AR_NO_MEMORY;

    *is_done = false;
    if (status != AR_OK || columns.count == 0 || columns.count > AR_ROW_SET_COLUMNS_MAX)
        return status;
    if (generates_key)
        status = predict_keys(chunk, &first);
    if (status != AR_OK || (generates_key && first == 0))
        return status;
    *is_done = true;
    status = insert_rows(chunk, &columns, &outcome);
    if (status == AR_OK && generates_key && outcome.key != first + (int64_t)chunk->count - 1)
        return ar_fail(&chunk->store->failure, AR_DATABASE, chunk->model, NULL,
                       "rows inserted into %s did not receive the expected keys", chunk->model->table);
    return status == AR_OK && has_defaults ? read_defaults(chunk) : status;
}
