/* insert_many on PostgreSQL: one array parameter per column. */
#include "model/field.h"
#include "model/row.h"
#include "sql/run.h"
#include "write/bulk/chunk.h"

#include <stdlib.h>

/* The keys that the statement returned, in that order. */
struct returned_keys {
    const struct chunk *chunk;
    int64_t *items;
    size_t count;
};

/* Return the values of one column as an array, and add the bytes of its strings and blobs to *size. */
static const struct key_set *array_of(const struct chunk *chunk, const struct ar_column *column, size_t *size)
{
    struct arena *scratch = &chunk->store->scratch;
    struct ar_value *values = ar_arena_allocate(scratch, chunk->count * sizeof *values);
    struct key_set *set = ar_arena_allocate(scratch, sizeof *set);
    enum ar_type *type = ar_arena_allocate(scratch, sizeof *type);

    if (values == NULL || set == NULL || type == NULL)
        return NULL;
    *type = column->type;
    for (size_t row = 0; row < chunk->count; row++) {
        values[row] = ar_field_value(column, ar_chunk_copy(chunk, row));
        if (values[row].kind == AR_VALUE_TEXT || values[row].kind == AR_VALUE_BLOB)
            *size += values[row].bytes.size;
    }
    *set = (struct key_set){.count = chunk->count, .column_count = 1, .values = values, .types = type};
    return set;
}

/* Unnest the arrays, which have the same length, in the select list: in FROM, the server would materialize them first.
 */
static enum ar_status add_arrays(struct sql *sql, const struct chunk *chunk, const struct column_list *columns,
                                 size_t *size)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct key_set *array = array_of(chunk, columns->items[i], size);
        if (array == NULL)
            return ar_fail_no_memory(&chunk->store->failure);
        ar_sql_add(sql, i > 0 ? "), " : " SELECT ", NULL);
        ar_sql_add_function(sql, "unnest");
        ar_sql_add(sql, "(", NULL);
        ar_sql_add_keys(sql, array);
    }
    ar_sql_add(sql, ")", NULL);
    return AR_OK;
}

static enum ar_status take_key(void *payload, const struct row *row)
{
    struct returned_keys *keys = payload;
    struct ar_value key;

    if (!row->methods->value(row, 0, &key))
        return ar_fail_no_memory(&keys->chunk->store->failure);
    if (key.kind != AR_VALUE_INTEGER)
        return AR_OK; /* not counted, therefore refused at the end */
    if (keys->count < keys->chunk->count)
        keys->items[keys->count++] = key.integer;
    return AR_OK;
}

static int compare_keys(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

/* Set the key of each record. The server generates ascending keys in the order of the rows, but does not promise to
 * return them in that order. */
static enum ar_status assign_keys(struct returned_keys *keys)
{
    const struct chunk *chunk = keys->chunk;
    enum ar_status status = AR_OK;

    if (keys->count != chunk->count)
        return ar_fail(&chunk->store->failure, AR_DATABASE, chunk->model, &chunk->model->columns[chunk->model->key[0]],
                       "%zu rows were inserted into %s, but %zu keys were returned", chunk->count, chunk->model->table,
                       keys->count);
    qsort(keys->items, keys->count, sizeof *keys->items, compare_keys);
    for (size_t i = 0; i < chunk->count && status == AR_OK; i++)
        status = ar_chunk_set_key(chunk, i, keys->items[i]);
    return status;
}

enum ar_status ar_insert_by_arrays(struct chunk *chunk, bool *is_done)
{
    bool returns_key = ar_chunk_generates_key(chunk);
    struct column_list columns = ar_chunk_columns(chunk, false);
    struct returned_keys keys = {
        .chunk = chunk,
        .items = ar_arena_allocate(&chunk->store->scratch, chunk->count * sizeof *keys.items),
    };
    struct statement statement = {
        .on_row = returns_key ? take_key : NULL, .payload = &keys, .reason = AR_REASON_SAVE, .model = chunk->model};
    struct sql sql = ar_sql_start(chunk->link);
    enum ar_status status;
    size_t size = 0;

    *is_done = columns.count > 0; /* a statement cannot insert several rows of nothing but defaults */
    if (columns.items == NULL || keys.items == NULL)
        return ar_fail_no_memory(&chunk->store->failure);
    if (!*is_done)
        return AR_OK;
    ar_chunk_add_table(&sql, "INSERT INTO ", chunk, &columns);
    status = add_arrays(&sql, chunk, &columns, &size);
    /* In total they may exceed what the server accepts: then use one statement per row. */
    *is_done = size <= chunk->link->db->driver->dialect.values_size_max / 2;
    if (!*is_done)
        return status;
    if (returns_key)
        ar_sql_add(&sql, " RETURNING ", chunk->model->columns[chunk->model->key[0]].sql, NULL);
    if (status == AR_OK)
        status = ar_sql_run(chunk->link, &sql, statement, NULL);
    return status == AR_OK && returns_key ? assign_keys(&keys) : status;
}
