/* insert_many on SQLite: INSERT … SELECT from a virtual table over the structs. */
#include "link/ask.h"
#include "link/run.h"
#include "sql/run.h"
#include "write/bulk/chunk.h"

#include <stdio.h>

/* Add SELECT c0, c1, … FROM temp.armature_rows(?). */
static void add_table(struct sql *sql, const char *row_table, size_t column_count)
{
    for (size_t i = 0; i < column_count; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "%sc%zu", i > 0 ? ", " : " SELECT ", i);
        ar_sql_add(sql, name, NULL);
    }
    ar_sql_add(sql, " FROM ", row_table, "(", NULL);
    ar_sql_add_placeholder(sql);
    ar_sql_add(sql, ")", NULL);
}

static enum ar_status insert_rows(const struct chunk *chunk, const struct column_list *columns, struct outcome *outcome)
{
    const struct parameter parameter = {.rows = ar_chunk_rows(chunk, columns)};
    struct statement statement = {.reason = AR_REASON_SAVE, .model = chunk->model};
    struct sql sql = ar_sql_start(chunk->link);
    enum ar_status status;

    if (parameter.rows == NULL)
        return AR_NO_MEMORY;
    ar_chunk_add_table(&sql, "INSERT INTO ", chunk, columns);
    add_table(&sql, chunk->link->db->driver->dialect.row_table, columns->count);
    status = ar_sql_finish(&sql, &statement);
    statement.parameters = &parameter;
    statement.parameter_count = 1;
    return status == AR_OK ? ar_run(chunk->link, &statement, outcome) : status;
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
    bool generates_key = ar_chunk_generates_key(chunk);
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
    if (status != AR_OK || !generates_key || outcome.key == first + (int64_t)chunk->count - 1)
        return status;
    return ar_fail(&chunk->store->failure, AR_DATABASE, chunk->model, NULL,
                   "rows inserted into %s did not receive the expected keys", chunk->model->table);
}
