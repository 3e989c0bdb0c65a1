/* Queries of some columns: which ones, their SQL, and their rows. */
#include "read/only.h"

#include "model/row.h"
#include "read/sort.h"
#include "session/session.h"
#include "session/use.h"
#include "sql/run.h"
#include "store/partial_row.h"

#include <armature/only.h>

#include <string.h>

/* ---- The columns ------------------------------------------------------------------------------------------------- */

/* Add the columns of a key, and the type that decides if it is one. */
static void add_key(uint64_t *set, struct key_columns key)
{
    for (size_t i = 0; i < key.count; i++)
        ar_columns_add(set, key.columns[i]);
    if (key.guard != NULL)
        ar_columns_add(set, key.guard->column);
}

/* Add the columns of the order of a stream, whose chunks begin at their values, or at those of the related rows that
 * they lead to. Return false if out of memory. */
static bool add_order(const struct ar_query *q, uint64_t *set)
{
    struct sort_keys keys = {.count = 0};

    if (q->is_chunk && !ar_query_sort_keys(q, &q->store->scratch, &keys))
        return false;
    for (size_t i = 0; i < keys.count; i++)
        if (keys.items[i].path_count > 0)
            add_key(set, ar_owner_columns(keys.items[i].path[0]));
        else
            ar_columns_add(set, (size_t)(keys.items[i].column - q->model->columns));
    return true;
}

/* Add the columns without which records do not work: keys, those that a write maintains, and those by which the
 * relations of the tree are found. */
static void add_needed(const struct ar_query *q, uint64_t *set)
{
    const struct ar_model *model = q->model;

    add_key(set, ar_primary_key(model));
    for (size_t i = 0; i < model->column_count; i++)
        if ((model->columns[i].flags &
             (AR_COLUMN_VERSION | AR_COLUMN_UPDATED_AT | AR_COLUMN_COUNTER | AR_COLUMN_COMPUTED)) != 0 ||
            &model->columns[i] == model->deleted_at)
            ar_columns_add(set, i);
    if (q->relation != NULL && ar_target_columns(q->relation).model == model)
        add_key(set, ar_target_columns(q->relation));
    for (const struct ar_query *child = q->first_child; child != NULL; child = child->next)
        add_key(set, ar_owner_columns(child->relation));
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

/* A row of some columns, as a row of all columns. It is in scratch memory while the statement runs. */
struct only_row {
    struct row base; /* must be first */
    const struct row *inner;
    const struct ar_model *model;
    const uint64_t *columns;
    const uint16_t *places; /* of each column of the model in the inner row */
    size_t count;           /* of columns in the inner row that are the model's */
    const struct row_collector *rows;
    enum ar_status (*on_row)(void *payload, const struct row *row);
    enum ar_status (*before_rows)(void *payload);
    enum ar_status (*after_rows)(void *payload);
    void *payload;
};

static bool read_value(const struct row *base, size_t column, struct ar_value *out)
{
    const struct only_row *row = (const struct only_row *)base;

    if (column >= row->model->column_count)
        return row->inner->methods->value(row->inner, row->count + column - row->model->column_count, out);
    *out = ar_value_null();
    return !ar_columns_have(row->columns, column) || row->inner->methods->value(row->inner, row->places[column], out);
}

/* Only the identity map reads rows of a tree: `data` is the struct of a record. */
static enum ar_status read_record(const struct row *base, const struct ar_model *model,
                                  const struct field_reader *reader, void *data)
{
    const struct only_row *row = (const struct only_row *)base;
    enum ar_status status = AR_OK;

    ar_partial_begin(model, ar_record_of(data), row->columns);
    for (size_t i = 0; i < model->column_count && status == AR_OK; i++)
        if (ar_columns_have(row->columns, i))
            status = row->inner->methods->read_field(row->inner, row->places[i], &model->columns[i], reader, data);
    return status;
}

/* Columns after the model's are those of another model, all of them. */
static enum ar_status read_record_at(const struct row *base, size_t first, const struct ar_model *model,
                                     const struct field_reader *reader, void *data)
{
    const struct only_row *row = (const struct only_row *)base;

    return row->inner->methods->read_at(row->inner, row->count + first - row->model->column_count, model, reader, data);
}

static const struct row_methods only_methods = {.value = read_value, .read = read_record, .read_at = read_record_at};

static enum ar_status take_row(void *payload, const struct row *inner)
{
    struct only_row *row = payload;

    row->inner = inner;
    return row->on_row(row->payload, &row->base);
}

static enum ar_status before_rows(void *payload)
{
    const struct only_row *row = payload;

    return row->before_rows(row->payload);
}

static enum ar_status after_rows(void *payload)
{
    const struct only_row *row = payload;
    enum ar_status status = row->after_rows(row->payload);

    if (status == AR_OK)
        ar_partial_close_all(row->rows->result);
    return status;
}

/* ---- The statement ----------------------------------------------------------------------------------------------- */

/* Return the length of the list of all columns, with which the statement begins; 0 if it begins otherwise. */
static size_t list_length(const struct ar_query *q, const struct statement *statement)
{
    const char *all = q->link->db->driver->pick(&q->model->select); /* SELECT … FROM … */
    size_t length = (size_t)(strstr(all, " FROM ") - all);

    return strncmp(statement->sql, all, length) == 0 ? length : 0;
}

/* Replace that list by the list of the wanted columns. Return false if out of memory. */
static bool replace_columns(const struct ar_query *q, const struct only_row *row, size_t length,
                            struct statement *statement)
{
    struct sql text = ar_sql_start(q->link);
    const char *intro = "";

    ar_sql_add(&text, "SELECT ", NULL);
    for (size_t i = 0; i < q->model->column_count; i++) {
        if (!ar_columns_have(row->columns, i))
            continue;
        ar_sql_add(&text, intro, NULL);
        ar_sql_add_result(&text, q->model->sql, &q->model->columns[i]);
        intro = ", ";
    }
    ar_sql_add(&text, statement->sql + length, NULL);
    statement->sql = text.text.data;
    statement->is_constant = false;
    return !text.text.out_of_memory;
}

enum ar_status ar_only_apply(const struct ar_query *q, struct row_collector *rows, struct statement *statement)
{
    const struct ar_model *model = q->model;
    struct arena *scratch = &q->store->scratch;
    struct only_row *row;
    uint16_t *places;
    uint64_t *set;
    size_t length;

    row = ar_arena_allocate_zero(scratch, sizeof *row);
    places = ar_arena_allocate(scratch, model->column_count * sizeof *places);
    set = ar_arena_allocate(&q->store->objects, ar_columns_words(model) * sizeof *set);
    if (row == NULL || places == NULL || set == NULL)
        return ar_fail_no_memory(&q->store->failure);
    memcpy(set, q->columns, ar_columns_words(model) * sizeof *set);
    add_needed(q, set);
    if (!add_order(q, set))
        return ar_fail_no_memory(&q->store->failure);
    *row = (struct only_row){{&only_methods},
                             NULL,
                             model,
                             set,
                             places,
                             0,
                             rows,
                             statement->on_row,
                             statement->before_rows,
                             statement->after_rows,
                             statement->payload};
    for (size_t i = 0; i < model->column_count; i++)
        if (ar_columns_have(set, i))
            places[i] = (uint16_t)row->count++;
    length = list_length(q, statement);
    if (row->count == model->column_count || length == 0)
        return AR_OK;
    if (!replace_columns(q, row, length, statement))
        return ar_fail_no_memory(&q->store->failure);
    ar_partial_expect(q->store, rows->identity);
    statement->column_count = statement->column_count - model->column_count + row->count;
    statement->on_row = take_row;
    statement->before_rows = row->before_rows != NULL ? before_rows : NULL;
    statement->after_rows = after_rows;
    statement->payload = row;
    return AR_OK;
}

/* ---- Public ------------------------------------------------------------------------------------------------------ */

void ar_query_only(struct ar_query *q, const struct ar_column *const *columns, size_t count)
{
    uint64_t *set = q->columns;

    if (q->status != AR_OK)
        return;
    if (set == NULL)
        set = ar_arena_allocate_zero(&q->store->objects, ar_columns_words(q->model) * sizeof *set);
    if (set == NULL) {
        q->status = AR_NO_MEMORY;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (!ar_query_check_column(q, columns[i]))
            return;
        ar_columns_add(set, (size_t)(columns[i] - q->model->columns));
    }
    q->columns = set;
}

bool ar_record_is_loaded(struct ar_session *s, const struct ar_model *model, const void *record,
                         const struct ar_column *column)
{
    AR_USE(s, false);
    const struct record *partial = ar_partial_find(&s->store, model, record);
    bool is_loaded =
        partial == NULL || ar_columns_have(ar_partial_columns(model, partial), (size_t)(column - model->columns));

    (void)ar_session_done(s, AR_OK);
    return is_loaded;
}
