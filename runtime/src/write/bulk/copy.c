/* insert_many by a bulk copy, with keys that are drawn first. */
#include "link/run.h"
#include "write/bulk/chunk.h"

/* Find out if the rows can be copied, and draw their keys. */
static enum ar_status query_facts(const struct chunk *chunk, struct bulk_copy *copy)
{
    struct statement queries[AR_COPY_QUERIES];
    struct outcome outcomes[AR_COPY_QUERIES];

    if (!chunk->link->db->driver->prepare_copy(copy, queries))
        return ar_fail_no_memory(&chunk->store->failure);
    return ar_run_all(chunk->link, queries, AR_COPY_QUERIES, outcomes);
}

static enum ar_status copy_rows(const struct chunk *chunk, const struct bulk_copy *copy)
{
    struct statement statement;
    struct outcome outcome;
    enum ar_status status;

    if (!chunk->link->db->driver->copy_statement(copy, &statement))
        return ar_fail_no_memory(&chunk->store->failure);
    status = ar_run(chunk->link, &statement, &outcome);
    if (status != AR_OK || outcome.changes == copy->rows.count)
        return status;
    return ar_fail(&chunk->store->failure, AR_DATABASE, copy->model, NULL, "%s accepted %llu of %zu rows",
                   copy->model->table, (unsigned long long)outcome.changes, copy->rows.count);
}

/* Return true if there is a column besides the generated key. */
static bool has_values(const struct row_set *rows)
{
    return rows->column_count > 1 || (rows->columns[0]->flags & AR_COLUMN_GENERATED) == 0;
}

enum ar_status ar_insert_by_copy(struct chunk *chunk, bool *is_done)
{
    struct column_list columns = ar_chunk_columns(chunk, true);
    const struct row_set *rows = columns.items != NULL ? ar_chunk_rows(chunk, &columns) : NULL;
    struct bulk_copy copy = {.model = chunk->model,
                             .wants_keys = ar_chunk_generates_key(chunk),
                             .arena = &chunk->store->scratch,
                             .failure = &chunk->store->failure};
    enum ar_status status;

    *is_done = false;
    if (rows == NULL)
        return AR_NO_MEMORY;
    copy.rows = *rows;
    if (copy.wants_keys && !has_values(rows))
        return AR_OK;
    status = query_facts(chunk, &copy);
    if (status != AR_OK || !copy.is_possible)
        return status;
    *is_done = true;
    for (size_t i = 0; i < chunk->count && copy.wants_keys && status == AR_OK; i++)
        status = ar_chunk_set_key(chunk, i, copy.keys[i]);
    return status == AR_OK ? copy_rows(chunk, &copy) : status;
}
