/* The statements that write single records: their columns, and their parameters. */
#include "write/write_sql.h"

#include "model/field.h"
#include "write/write_text.h"

static uint64_t *no_columns(const struct write *write)
{
    uint64_t *columns = ar_columns_allocate(write->model, &write->store->scratch);

    if (columns != NULL)
        ar_columns_clear(write->model, columns);
    return columns;
}

/* ---- Parameters -------------------------------------------------------------------------------------------------- */

static inline struct parameter *bind(const struct ar_column *column, const void *record, struct parameter *next)
{
    ar_field_get(column, record, &next->value);
    next->column = column;
    next->keys = NULL;
    next->rows = NULL;
    next->is_untyped = false;
    next->may_repeat = false;
    return next + 1;
}

static struct parameter *bind_columns(const struct ar_model *model, const void *record, const uint64_t *set,
                                      struct parameter *next)
{
    const struct ar_column *columns = model->columns;
    size_t words = ar_columns_words(model);

    for (size_t word = 0; word < words; word++, columns += 64)
        for (uint64_t left = set[word]; left != 0; left &= left - 1)
            next = bind(&columns[__builtin_ctzll(left)], record, next);
    return next;
}

/* Bind the columns of the shape, then the key and the version if the text compares with them. */
static enum ar_status set_parameters(const struct write *write, const struct write_shape *shape, struct statement *out)
{
    const struct ar_model *model = write->model;
    const void *record = write->copy;
    size_t most = (size_t)model->column_count + model->key_count + 1;
    struct parameter *parameters = ar_arena_allocate(&write->store->scratch, most * sizeof *parameters);
    struct parameter *next = parameters;

    if (parameters == NULL)
        return ar_fail_no_memory(&write->store->failure);
    if (shape->columns != NULL)
        next = bind_columns(model, record, shape->columns, next);
    if (shape->kind != WRITE_INSERT && shape->kind != WRITE_INSERT_OR_UPDATE)
        for (size_t i = 0; i < model->key_count; i++)
            next = bind(&model->columns[model->key[i]], record, next);
    if (shape->has_version)
        next = bind(write->identity->layout.version, record, next);
    out->parameters = parameters;
    out->parameter_count = (size_t)(next - parameters);
    return AR_OK;
}

static enum ar_status finish(const struct write *write, const struct write_shape *shape, struct statement *out)
{
    bool is_complete = shape->columns != NULL || shape->kind == WRITE_DELETE;
    enum ar_status status = is_complete ? ar_write_text(write, shape, out) : ar_fail_no_memory(&write->store->failure);

    return status == AR_OK ? set_parameters(write, shape, out) : status;
}

/* ---- Statements -------------------------------------------------------------------------------------------------- */

/* Find the columns that are not left to the database. */
static enum ar_status build_insert(const struct write *write, struct statement *out)
{
    uint64_t *columns = no_columns(write);
    const struct write_shape shape = {
        .kind = write->or_update ? WRITE_INSERT_OR_UPDATE : WRITE_INSERT,
        .reports_key = write->reports_key,
        .columns = columns,
    };

    for (size_t i = 0; i < write->model->column_count && columns != NULL; i++)
        if (!ar_write_omits(write, &write->model->columns[i]))
            ar_columns_add(columns, i);
    return finish(write, &shape, out);
}

enum ar_status ar_write_sql_insert(const struct write *write, struct statement *out)
{
    const struct write_shape *shape = ar_write_text_again(write, out);

    return shape != NULL ? set_parameters(write, shape, out) : build_insert(write, out);
}

enum ar_status ar_write_sql_update(const struct write *write, struct statement *out)
{
    const struct write_shape shape = {
        .kind = WRITE_UPDATE,
        .has_version = write->identity->layout.version != NULL,
        .columns = write->updated,
    };

    return finish(write, &shape, out);
}

/* The columns that a delete by a time sets; add_update adds the version. NULL if out of memory. */
static const uint64_t *marked_columns(const struct write *write)
{
    const struct ar_model *model = write->model;
    uint64_t *columns = no_columns(write);

    for (size_t i = 0; i < model->column_count && columns != NULL; i++)
        if ((model->columns[i].flags & (AR_COLUMN_DELETED_AT | AR_COLUMN_UPDATED_AT)) != 0)
            ar_columns_add(columns, i);
    return columns;
}

enum ar_status ar_write_sql_delete(const struct write *write, bool checks_version, struct statement *out)
{
    bool marks = ar_write_marks(write);
    const struct write_shape shape = {
        .kind = marks ? WRITE_MARK : WRITE_DELETE,
        .has_version = checks_version,
        .columns = marks ? marked_columns(write) : NULL,
    };

    return finish(write, &shape, out);
}

enum ar_status ar_write_sql_restore(const struct write *write, bool checks_version, struct statement *out)
{
    const struct write_shape shape = {
        .kind = WRITE_RESTORE,
        .has_version = checks_version,
        .columns = marked_columns(write),
    };

    return finish(write, &shape, out);
}
