/* The structs of a chunk as a table of a statement, and rows that a statement returns for them. */
#include "write/bulk/input.h"

#include "link/link.h"
#include "model/array.h"
#include "model/field.h"
#include "model/row.h"

#include <stdio.h>

size_t ar_chunk_value_size(const struct ar_column *column, const struct ar_value *value)
{
    if (value->kind == AR_VALUE_ARRAY)
        return ar_array_text_size(column->type, value, ARRAY_BRACES);
    return value->kind == AR_VALUE_TEXT || value->kind == AR_VALUE_BLOB ? value->bytes.size : 0;
}

/* ---- Input ------------------------------------------------------------------------------------------------------- */

/* Return the values of the columns as arrays; NULL if out of memory. Add the bytes of strings and blobs to *size. */
static struct key_set *arrays_of(const struct chunk *chunk, const struct column_list *columns, size_t *size)
{
    struct arena *scratch = &chunk->store->scratch;
    struct key_set *set = ar_arena_allocate(scratch, sizeof *set);
    struct ar_value *values = ar_arena_allocate(scratch, chunk->count * columns->count * sizeof *values), *next;

    if (set == NULL || values == NULL)
        return NULL;
    next = values;
    for (size_t row = 0; row < chunk->count; row++) {
        for (size_t i = 0; i < columns->count; i++, next++) {
            *next = ar_field_value(columns->items[i], ar_chunk_copy(chunk, row));
            *size += ar_chunk_value_size(columns->items[i], next);
        }
    }
    *set = (struct key_set){.count = chunk->count,
                            .column_count = columns->count,
                            .values = values,
                            .columns = columns->items,
                            .has_column_types = true};
    return set;
}

static enum ar_status add_arrays(struct sql *sql, const struct chunk *chunk, const struct column_list *columns,
                                 size_t *size)
{
    uint16_t *numbers = ar_arena_allocate(&chunk->store->scratch, columns->count * sizeof *numbers);
    const struct key_set *set = arrays_of(chunk, columns, size);

    if (numbers == NULL || set == NULL)
        return ar_fail_no_memory(&chunk->store->failure);
    for (size_t i = 0; i < columns->count; i++)
        numbers[i] = (uint16_t)(columns->items[i] - chunk->model->columns);
    ar_sql_add_input_rows(sql, (struct key_columns){chunk->model, numbers, columns->count, NULL}, set);
    ar_sql_add(sql, " WITH ORDINALITY AS armature_input (", NULL);
    for (size_t i = 0; i < columns->count; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "c%zu, ", i);
        ar_sql_add(sql, name, NULL);
    }
    ar_sql_add(sql, "ordinal)", NULL);
    return AR_OK;
}

enum ar_status ar_chunk_add_input(struct sql *sql, const struct chunk *chunk, const struct column_list *columns,
                                  size_t *size)
{
    const struct dialect *dialect = &sql->driver->dialect;
    const struct row_set *rows;

    if (dialect->has_key_arrays)
        return add_arrays(sql, chunk, columns, size);
    rows = ar_chunk_rows(chunk, columns);
    if (rows == NULL)
        return AR_NO_MEMORY;
    ar_sql_add(sql, dialect->row_table, "(", NULL);
    ar_sql_add_rows(sql, rows);
    ar_sql_add(sql, ") AS armature_input", NULL);
    return AR_OK;
}

void ar_chunk_add_input_columns(struct sql *sql, const struct column_list *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "c%zu", i);
        ar_sql_add(sql, i > 0 ? ", " : "SELECT ", NULL);
        ar_sql_add_input(sql, columns->items[i], name);
    }
}

void ar_chunk_add_match(struct sql *sql, const char *table, struct key_columns match, const struct column_list *columns)
{
    for (size_t i = 0; i < match.count; i++) {
        const struct ar_column *column = &match.model->columns[match.columns[i]];
        size_t number = 0;
        char name[48];
        while (columns->items[number] != column)
            number++;
        (void)snprintf(name, sizeof name, "armature_input.c%zu", number);
        ar_sql_add(sql, i > 0 ? " AND " : "", NULL);
        ar_sql_add_column_of(sql, table, column);
        ar_sql_add_operator_of(sql, column, "=");
        ar_sql_add_input(sql, column, name);
    }
}

/* ---- Output ------------------------------------------------------------------------------------------------------ */

enum ar_status ar_read_back_start(const struct chunk *chunk, bool (*wanted)(void *payload, const struct ar_column *),
                                  void *payload, struct read_back *out)
{
    struct arena *scratch = &chunk->store->scratch;
    const struct ar_model *model = chunk->model;

    *out = (struct read_back){
        .chunk = chunk,
        .columns.items = ar_arena_allocate(scratch, model->column_count * sizeof *out->columns.items),
        .row = ar_arena_allocate_zero(scratch, model->size),
    };
    if (out->columns.items == NULL || out->row == NULL)
        return ar_fail_no_memory(&chunk->store->failure);
    for (size_t i = 0; i < model->column_count; i++)
        if (wanted(payload, &model->columns[i]))
            out->columns.items[out->columns.count++] = &model->columns[i];
    return AR_OK;
}

enum ar_status ar_read_back_ordinal(const struct read_back *read_back, const struct row *row, size_t *out)
{
    const struct chunk *chunk = read_back->chunk;
    bool counts_from_one = chunk->link->db->driver->dialect.has_key_arrays; /* WITH ORDINALITY does */
    struct ar_value value;

    if (!row->methods->value(row, 0, &value))
        return ar_fail_no_memory(&chunk->store->failure);
    *out = value.kind == AR_VALUE_INTEGER ? (size_t)(value.integer - (counts_from_one ? 1 : 0)) : chunk->count;
    if (*out < chunk->count)
        return AR_OK;
    return ar_fail(&chunk->store->failure, AR_DATABASE, chunk->model, NULL,
                   "a row written into %s was returned with an unknown number", chunk->model->table);
}

enum ar_status ar_read_back_columns(const struct read_back *read_back, const struct row *row, size_t first, void *out)
{
    struct store *store = read_back->chunk->store;
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < read_back->columns.count && status == AR_OK; i++) {
        const struct ar_column *column = read_back->columns.items[i];
        status = row->methods->read_field(row, first + i, column, &store->field_reader, read_back->row);
        if (status == AR_OK && !ar_field_equal(column, read_back->row, out))
            ar_field_copy(column, read_back->row, out);
    }
    return status;
}
