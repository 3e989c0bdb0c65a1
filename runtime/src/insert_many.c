/* Many inserts at once: several rows by one statement, in one transaction. */
#include "insert_chunk.h"
#include "session.h"

#include <armature/record.h>

#include <string.h>

/* ---- Chunks ------------------------------------------------------------------------------------------------------ */

bool ar_chunk_generates_key(const struct chunk *chunk)
{
    return ar_write_omits(&chunk->writes[0], &chunk->model->columns[chunk->model->key[0]]);
}

struct column_list ar_chunk_columns(const struct chunk *chunk, bool with_key)
{
    const struct ar_model *model = chunk->model;
    struct column_list list = {
        .items = ar_arena_allocate(&chunk->s->scratch, model->column_count * sizeof *list.items),
    };

    if (list.items == NULL)
        ar_session_no_memory(chunk->s);
    for (size_t i = 0; i < model->column_count && list.items != NULL; i++)
        if (with_key || !ar_write_omits(&chunk->writes[0], &model->columns[i]))
            list.items[list.count++] = &model->columns[i];
    return list;
}

void ar_chunk_add_table(struct sql *sql, const char *intro, const struct chunk *chunk,
                        const struct column_list *columns)
{
    ar_sql_add(sql, intro, chunk->model->sql, NULL);
    for (size_t i = 0; i < columns->count; i++)
        ar_sql_add(sql, i > 0 ? ", " : " (", columns->items[i]->sql, NULL);
    ar_sql_add(sql, ")", NULL);
}

const struct row_set *ar_chunk_rows(const struct chunk *chunk, const struct column_list *columns)
{
    const void **records = ar_arena_allocate(&chunk->s->scratch, chunk->count * sizeof *records);
    struct row_set *rows = ar_arena_allocate(&chunk->s->scratch, sizeof *rows);

    if (records == NULL || rows == NULL) {
        ar_session_no_memory(chunk->s);
        return NULL;
    }
    for (size_t i = 0; i < chunk->count; i++)
        records[i] = chunk->writes[i].copy;
    *rows = (struct row_set){
        .count = chunk->count, .records = records, .columns = columns->items, .column_count = columns->count};
    return rows;
}

enum ar_status ar_chunk_set_key(const struct chunk *chunk, size_t row, int64_t key)
{
    return ar_write_set_integer(&chunk->writes[row], &chunk->model->columns[chunk->model->key[0]], key);
}

/* ---- Ways -------------------------------------------------------------------------------------------------------- */

struct way {
    size_t fewest, most; /* rows that are worth it, and that one statement takes */
    enum ar_status (*insert)(struct chunk *chunk, bool *is_done);
};

/* Always can be. */
static enum ar_status insert_one(struct chunk *chunk, bool *is_done)
{
    *is_done = true;
    return ar_write_run_insert(&chunk->writes[0], false);
}

static const struct way by_copy = {2000, SIZE_MAX, ar_insert_by_copy}, by_arrays = {2, 5000, ar_insert_by_arrays},
                        by_table = {16, SIZE_MAX, ar_insert_by_table}, one_by_one = {1, 1, insert_one};

/* The best first; the last takes every row. */
static const struct way *const ways_of_arrays[] = {&by_copy, &by_arrays, &one_by_one, NULL};
static const struct way *const ways_of_tables[] = {&by_table, &one_by_one, NULL};

/* ---- The whole --------------------------------------------------------------------------------------------------- */

/* Whether the database chooses more than the key: then each row has an INSERT of its own that returns it. */
static bool has_defaults(const struct write *write)
{
    if ((write->identity->column_flags & AR_COLUMN_DEFAULT) == 0)
        return false;
    for (size_t i = 0; i < write->model->column_count; i++) {
        const struct ar_column *column = &write->model->columns[i];
        if ((column->flags & AR_COLUMN_GENERATED) == 0 && ar_write_omits(write, column))
            return true;
    }
    return false;
}

/* How many of the writes from the first on one statement takes. */
static size_t chunk_size(const struct way *way, const struct write *writes, size_t count)
{
    size_t size = 1;

    if (has_defaults(&writes[0]))
        return 1;
    while (size < count && size < way->most && !has_defaults(&writes[size]) &&
           writes[size].has_key == writes[0].has_key)
        size++;
    return size;
}

/* Inserts the first of the writes, as many as go together; `chunk->count` says how many that were. What cannot be is not
 * tried again: `*ways` begins with the next then. */
static enum ar_status insert_some(struct chunk *chunk, const struct way *const **ways, size_t count)
{
    enum ar_status status = AR_OK;
    bool is_done = false;

    for (const struct way *const *way = *ways; *way != NULL && !is_done && status == AR_OK; way++) {
        chunk->count = chunk_size(*way, chunk->writes, count);
        if (chunk->count < (*way)->fewest)
            continue;
        status = (*way)->insert(chunk, &is_done);
        if (!is_done)
            *ways = way + 1;
    }
    return status;
}

static enum ar_status insert_all(struct ar_session *s, const struct ar_model *model, struct write *writes, size_t count)
{
    const struct way *const *ways = s->db->driver->dialect.has_arrays ? ways_of_arrays : ways_of_tables;
    struct chunk chunk = {.s = s, .model = model};
    enum ar_status status = AR_OK;

    for (size_t done = 0; done < count && status == AR_OK; done += chunk.count) {
        chunk.writes = writes + done;
        status = insert_some(&chunk, &ways, count - done);
    }
    return status;
}

enum ar_status ar_record_insert_many(struct ar_session *s, const struct ar_model *model, void *records, size_t count)
{
    struct write *writes = ar_arena_allocate(&s->scratch, count * sizeof *writes);
    enum ar_status status = writes != NULL ? AR_OK : ar_session_no_memory(s);

    for (size_t i = 0; i < count && status == AR_OK; i++) {
        status = ar_write_start(s, model, (char *)records + i * model->size, &writes[i]);
        if (status == AR_OK)
            status = ar_write_prepare_insert(&writes[i]);
    }
    if (status == AR_OK && count > 0)
        status = ar_begin(s);
    if (status != AR_OK || count == 0)
        return ar_session_done(s, status);
    status = ar_transaction_end(s, insert_all(s, model, writes, count));
    for (size_t i = 0; i < count && status == AR_OK; i++)
        ar_write_inserted(&writes[i]);
    return ar_session_done(s, status);
}
