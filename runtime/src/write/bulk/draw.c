/* Keys that the database makes by a DEFAULT, which an insert of many rows could not match with the rows afterwards:
 * they are drawn first. The expression of the default is in the database's catalog. */
#include "link/run.h"
#include "model/field.h"
#include "model/row.h"
#include "sql/run.h"
#include "write/bulk/chunk.h"

static bool is_made(const struct ar_column *column)
{
    const uint32_t flags = AR_COLUMN_KEY | AR_COLUMN_ZERO_DEFAULT;

    return (column->flags & flags) == flags;
}

bool ar_chunk_makes_key(const struct chunk *chunk, size_t row)
{
    const struct ar_model *model = chunk->model;

    for (size_t i = 0; i < model->key_count; i++) {
        const struct ar_column *column = &model->columns[model->key[i]];
        if (is_made(column) && ar_field_takes_default(column, ar_chunk_copy(chunk, row)))
            return true;
    }
    return false;
}

/* Values that are drawn for the rows without one. */
struct drawing {
    const struct chunk *chunk;
    const struct ar_column *column;
    const char *expression; /* of the default; NULL: none that can be drawn */
    size_t next;            /* the row that the next value is for */
};

static enum ar_status take_expression(void *payload, const struct row *row)
{
    struct drawing *drawing = payload;
    struct store *store = drawing->chunk->store;
    struct ar_value value;

    if (!row->methods->value(row, 0, &value))
        return ar_fail_no_memory(&store->failure);
    if (value.kind != AR_VALUE_TEXT)
        return AR_OK;
    drawing->expression = ar_arena_copy_text(&store->scratch, value.bytes.data, value.bytes.size);
    return drawing->expression != NULL ? AR_OK : ar_fail_no_memory(&store->failure);
}

static enum ar_status find_expression(struct drawing *drawing)
{
    static const struct ar_column name = {.type = AR_TYPE_TEXT};
    const struct chunk *chunk = drawing->chunk;
    const struct parameter parameters[] = {
        {.value = ar_value_text(ar_model_qualified(chunk->model)), .column = &name},
        {.value = ar_value_text(drawing->column->name), .column = &name},
    };
    const struct statement statement = {
        .sql = chunk->link->db->driver->dialect.default_query,
        .is_constant = true,
        .is_single = true,
        .parameters = parameters,
        .parameter_count = 2,
        .on_row = take_expression,
        .payload = drawing,
        .reason = AR_REASON_SCHEMA,
        .model = chunk->model,
    };

    return ar_run(chunk->link, &statement, NULL);
}

static bool needs_value(const struct drawing *drawing, size_t row)
{
    return ar_field_takes_default(drawing->column, ar_chunk_copy(drawing->chunk, row));
}

static enum ar_status take_value(void *payload, const struct row *row)
{
    struct drawing *drawing = payload;
    const struct chunk *chunk = drawing->chunk;

    while (drawing->next < chunk->count && !needs_value(drawing, drawing->next))
        drawing->next++;
    if (drawing->next == chunk->count)
        return AR_OK;
    return row->methods->read_field(row, 0, drawing->column, &chunk->store->field_reader,
                                    ar_chunk_copy(chunk, drawing->next++));
}

static enum ar_status draw(struct drawing *drawing, size_t count)
{
    const struct chunk *chunk = drawing->chunk;
    const struct statement statement = {
        .on_row = take_value, .payload = drawing, .reason = AR_REASON_SAVE, .model = chunk->model};
    struct sql sql = ar_sql_start(chunk->link);
    enum ar_status status = find_expression(drawing);

    if (status != AR_OK || drawing->expression == NULL)
        return status;
    ar_sql_add(&sql, "SELECT (", drawing->expression, ") FROM ", NULL);
    ar_sql_add_function(&sql, "generate_series");
    ar_sql_add(&sql, "(1, ", NULL);
    ar_sql_add_value(&sql, NULL, ar_value_integer((int64_t)count));
    ar_sql_add(&sql, ")", NULL);
    return ar_sql_run(chunk->link, &sql, statement, NULL);
}

enum ar_status ar_chunk_draw_keys(const struct chunk *all)
{
    const struct ar_model *model = all->model;
    enum ar_status status = AR_OK;

    if ((all->identity->layout.column_flags & AR_COLUMN_ZERO_DEFAULT) == 0 ||
        all->link->db->driver->dialect.default_query == NULL)
        return AR_OK;
    for (size_t i = 0; i < model->key_count && status == AR_OK; i++) {
        struct drawing drawing = {.chunk = all, .column = &model->columns[model->key[i]]};
        size_t count = 0;
        for (size_t row = 0; row < all->count && is_made(drawing.column); row++)
            count += needs_value(&drawing, row);
        if (count > 1) /* an INSERT of one row returns its key */
            status = draw(&drawing, count);
    }
    return status;
}
