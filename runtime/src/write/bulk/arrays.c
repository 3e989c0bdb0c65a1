/* insert_many on PostgreSQL: one array parameter per column. */
#include "link/run.h"
#include "model/field.h"
#include "model/row.h"
#include "sql/run.h"
#include "write/bulk/input.h"

#include <stdlib.h>

/* A row that the statement returned: its generated key, and the index of a struct with its defaults. */
struct returned_row {
    int64_t key;
    size_t index;
};

/* The rows that the statement returned, in that order. */
struct returned_rows {
    const struct chunk *chunk;
    struct read_back defaults;
    struct returned_row *items;
    char *structs; /* one for each row, if there are defaults */
    size_t count;
};

/* Return the values of one column as an array, and add the bytes of its strings and blobs to *size. */
static const struct key_set *array_of(const struct chunk *chunk, const struct ar_column *column, size_t *size)
{
    struct arena *scratch = &chunk->store->scratch;
    struct ar_value *values = ar_arena_allocate(scratch, chunk->count * sizeof *values);
    struct key_set *set = ar_arena_allocate(scratch, sizeof *set);
    const struct ar_column **list = ar_arena_allocate(scratch, sizeof *list);

    if (values == NULL || set == NULL || list == NULL)
        return NULL;
    *list = column;
    for (size_t row = 0; row < chunk->count; row++) {
        values[row] = ar_field_value(column, ar_chunk_copy(chunk, row));
        *size += ar_chunk_value_size(column, &values[row]);
    }
    *set = (struct key_set){.count = chunk->count, .column_count = 1, .values = values, .columns = list};
    return set;
}

/* Add the values of an array as those of the column. */
static void add_unnest(struct sql *sql, const struct ar_column *column, const struct key_set *array)
{
    const struct ar_cast *cast = column->cast;

    ar_sql_add(sql, cast != NULL ? "CAST(" : "", NULL);
    ar_sql_add_function(sql, "unnest");
    ar_sql_add(sql, "(", NULL);
    ar_sql_add_keys(sql, array);
    ar_sql_add(sql, ")", NULL);
    if (cast != NULL)
        ar_sql_add(sql, " AS ", cast->type, ")", NULL);
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
        ar_sql_add(sql, i > 0 ? ", " : " SELECT ", NULL);
        add_unnest(sql, columns->items[i], array);
    }
    return AR_OK;
}

/* ---- Rows with generated keys ------------------------------------------------------------------------------------ */

static void *struct_of(const struct returned_rows *rows, size_t index)
{
    return rows->structs + index * rows->chunk->model->size;
}

static enum ar_status take_row(void *payload, const struct row *row)
{
    struct returned_rows *rows = payload;
    struct ar_value key;

    if (!row->methods->value(row, 0, &key))
        return ar_fail_no_memory(&rows->chunk->store->failure);
    if (key.kind != AR_VALUE_INTEGER || rows->count == rows->chunk->count)
        return AR_OK; /* not counted, therefore refused at the end */
    rows->items[rows->count] = (struct returned_row){key.integer, rows->count};
    rows->count++;
    return rows->structs != NULL ? ar_read_back_columns(&rows->defaults, row, 1, struct_of(rows, rows->count - 1))
                                 : AR_OK;
}

static int compare_keys(const void *a, const void *b)
{
    int64_t left = ((const struct returned_row *)a)->key, right = ((const struct returned_row *)b)->key;

    return (left > right) - (left < right);
}

/* Set the key and the defaults of each record. The server generates ascending keys in the order of the rows, but does
 * not promise to return them in that order. */
static enum ar_status assign_rows(struct returned_rows *rows)
{
    const struct chunk *chunk = rows->chunk;
    enum ar_status status = AR_OK;

    if (rows->count != chunk->count)
        return ar_fail(&chunk->store->failure, AR_DATABASE, chunk->model, chunk->identity->layout.generated,
                       "%zu rows were inserted into %s, but %zu keys were returned", chunk->count, chunk->model->table,
                       rows->count);
    qsort(rows->items, rows->count, sizeof *rows->items, compare_keys);
    for (size_t i = 0; i < chunk->count && status == AR_OK; i++) {
        for (size_t k = 0; k < rows->defaults.columns.count; k++)
            ar_field_copy(rows->defaults.columns.items[k], struct_of(rows, rows->items[i].index),
                          ar_chunk_copy(chunk, i));
        status = ar_chunk_set_key(chunk, i, rows->items[i].key);
    }
    return status;
}

static enum ar_status add_insert(struct sql *sql, const struct returned_rows *rows, const struct column_list *columns,
                                 size_t *size)
{
    const struct chunk *chunk = rows->chunk;
    bool returns_key = ar_chunk_generates_key(chunk);
    enum ar_status status;

    ar_chunk_add_table(sql, "INSERT INTO ", chunk, columns);
    status = add_arrays(sql, chunk, columns, size);
    if (returns_key)
        ar_sql_add(sql, " RETURNING ", chunk->identity->layout.generated->sql, NULL);
    for (size_t i = 0; i < rows->defaults.columns.count; i++) {
        ar_sql_add(sql, ", ", NULL);
        ar_sql_add_result(sql, NULL, rows->defaults.columns.items[i]);
    }
    return status;
}

/* ---- Rows with keys of the caller, and defaults ------------------------------------------------------------------ */

static enum ar_status take_defaults(void *payload, const struct row *row)
{
    struct returned_rows *rows = payload;
    size_t ordinal;
    enum ar_status status = ar_read_back_ordinal(&rows->defaults, row, &ordinal);

    if (status != AR_OK)
        return status;
    rows->count++;
    return ar_read_back_columns(&rows->defaults, row, 1, ar_chunk_copy(rows->chunk, ordinal));
}

/* The rows are assigned to the records by their keys. */
static enum ar_status add_insert_by_key(struct sql *sql, const struct returned_rows *rows,
                                        const struct column_list *columns, size_t *size)
{
    const struct chunk *chunk = rows->chunk;
    enum ar_status status;

    ar_sql_add(sql, "WITH armature_input AS (SELECT * FROM ", NULL);
    status = ar_chunk_add_input(sql, chunk, columns, size);
    ar_chunk_add_table(sql, "), armature_written AS (INSERT INTO ", chunk, columns);
    ar_sql_add(sql, " ", NULL);
    ar_chunk_add_input_columns(sql, columns);
    ar_sql_add(sql, " FROM armature_input RETURNING ", NULL);
    for (size_t i = 0; i < chunk->model->column_count; i++)
        ar_sql_add(sql, i > 0 ? ", " : "", chunk->model->columns[i].sql, NULL);
    ar_sql_add(sql, ") SELECT armature_input.ordinal", NULL);
    for (size_t i = 0; i < rows->defaults.columns.count; i++) {
        ar_sql_add(sql, ", ", NULL);
        ar_sql_add_result(sql, "armature_written", rows->defaults.columns.items[i]);
    }
    ar_sql_add(sql, " FROM armature_written JOIN armature_input ON ", NULL);
    ar_chunk_add_match(sql, "armature_written", ar_primary_key(chunk->model), columns);
    return status;
}

static enum ar_status check_defaults(const struct returned_rows *rows)
{
    const struct chunk *chunk = rows->chunk;

    if (rows->count == chunk->count)
        return AR_OK;
    return ar_fail(
        &chunk->store->failure, AR_DATABASE, chunk->model, NULL,
        "%zu rows were inserted into %s, but %zu were returned: a trigger changes its key, or the type of its "
        "key does not compare values as the server's own types do",
        chunk->count, chunk->model->table, rows->count);
}

/* ---- Both -------------------------------------------------------------------------------------------------------- */

static enum ar_status start(struct array_insert *insert)
{
    const struct chunk *chunk = &insert->chunk;
    struct arena *scratch = &chunk->store->scratch;
    struct returned_rows *rows = ar_arena_allocate_zero(scratch, sizeof *rows);
    enum ar_status status = AR_NO_MEMORY;

    insert->returned = rows;
    if (rows != NULL) {
        rows->chunk = chunk;
        rows->items = ar_arena_allocate(scratch, chunk->count * sizeof *rows->items);
        status = ar_read_back_start(chunk, ar_chunk_reads_default, (void *)(uintptr_t)chunk, &rows->defaults);
    }
    if (status == AR_OK && rows->defaults.columns.count > 0)
        rows->structs = ar_arena_allocate_zero(scratch, chunk->count * chunk->model->size);
    if (status != AR_OK || rows->items == NULL || (rows->defaults.columns.count > 0 && rows->structs == NULL))
        return ar_fail_no_memory(&chunk->store->failure);
    return AR_OK;
}

enum ar_status ar_array_insert_prepare(struct array_insert *insert, bool *is_possible)
{
    const struct chunk *chunk = &insert->chunk;
    struct column_list columns = ar_chunk_columns(chunk, false);
    struct sql sql = ar_sql_start(chunk->link);
    bool generates_key = ar_chunk_generates_key(chunk), by_key;
    enum ar_status status = columns.items != NULL ? start(insert) : AR_NO_MEMORY;
    size_t size = 0;

    /* One statement can neither insert several rows that consist of defaults, nor match generated keys with its rows.
     */
    *is_possible = columns.count > 0 && !ar_chunk_makes_key(chunk, 0);
    if (status != AR_OK || !*is_possible)
        return status;
    by_key = !generates_key && insert->returned->defaults.columns.count > 0;
    status = by_key ? add_insert_by_key(&sql, insert->returned, &columns, &size)
                    : add_insert(&sql, insert->returned, &columns, &size);
    /* In total they may exceed what the server accepts: then use one statement per row. */
    *is_possible = size <= chunk->link->db->driver->dialect.values_size_max / 2;
    insert->statement = (struct statement){
        .on_row = generates_key ? take_row
                  : by_key      ? take_defaults
                                : NULL,
        .payload = insert->returned,
        .reason = AR_REASON_SAVE,
        .model = chunk->model,
    };
    return status == AR_OK ? ar_sql_finish(&sql, &insert->statement) : status;
}

enum ar_status ar_array_insert_finish(struct array_insert *insert)
{
    if (ar_chunk_generates_key(&insert->chunk))
        return assign_rows(insert->returned);
    return insert->returned->defaults.columns.count > 0 ? check_defaults(insert->returned) : AR_OK;
}

enum ar_status ar_insert_by_arrays(struct chunk *chunk, bool *is_done)
{
    struct array_insert insert = {.chunk = *chunk};
    enum ar_status status = ar_array_insert_prepare(&insert, is_done);

    if (status == AR_OK && *is_done)
        status = ar_run(chunk->link, &insert.statement, NULL);
    return status == AR_OK && *is_done ? ar_array_insert_finish(&insert) : status;
}
