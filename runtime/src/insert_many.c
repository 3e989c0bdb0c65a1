/* Many inserts at once: several rows by one statement, in one transaction. */
#include "field.h"
#include "session.h"
#include "sql.h"
#include "write.h"

#include <armature/record.h>

#include <stdlib.h>
#include <string.h>

/* Rows by one statement. SQLite binds each value by itself, and gains nothing beyond some 32 rows; PostgreSQL takes one
 * array per column. */
enum { ROWS_BY_VALUES = 32, ROWS_BY_ARRAYS = 5000 };

/* Writes that go together: of one model, with the same columns left to the database. */
struct chunk {
    struct ar_session *s;
    const struct ar_model *model;
    struct write *writes;
    size_t count;
    int64_t *keys; /* that the database gave, in the order they came */
    size_t key_count;
};

static bool generates_key(const struct chunk *chunk)
{
    return ar_write_omits(&chunk->writes[0], &chunk->model->columns[chunk->model->key[0]]);
}

/* Whether the database chooses more than the key: then each row has an INSERT of its own that returns it. */
static bool has_defaults(const struct write *write)
{
    for (size_t i = 0; i < write->model->column_count; i++) {
        const struct ar_column *column = &write->model->columns[i];
        if ((column->flags & AR_COLUMN_GENERATED) == 0 && ar_write_omits(write, column))
            return true;
    }
    return false;
}

/* ---- The statement ----------------------------------------------------------------------------------------------- */

static void add_columns(struct sql *sql, const struct chunk *chunk)
{
    const char *intro = "";

    for (size_t i = 0; i < chunk->model->column_count; i++) {
        const struct ar_column *column = &chunk->model->columns[i];
        if (ar_write_omits(&chunk->writes[0], column))
            continue;
        ar_sql_add(sql, intro, column->sql, NULL);
        intro = ", ";
    }
}

static void add_values(struct sql *sql, const struct chunk *chunk)
{
    for (size_t row = 0; row < chunk->count; row++) {
        const char *intro = row > 0 ? ", (" : " VALUES (";
        for (size_t i = 0; i < chunk->model->column_count; i++) {
            const struct ar_column *column = &chunk->model->columns[i];
            if (ar_write_omits(&chunk->writes[0], column))
                continue;
            ar_sql_add(sql, intro, NULL);
            ar_sql_add_value(sql, column, ar_field_value(column, chunk->writes[row].copy));
            intro = ", ";
        }
        ar_sql_add(sql, ")", NULL);
    }
}

/* One column's values as an array. */
static const struct key_set *array_of(const struct chunk *chunk, const struct ar_column *column)
{
    struct arena *scratch = &chunk->s->scratch;
    struct ar_value *values = ar_arena_allocate(scratch, chunk->count * sizeof *values);
    struct key_set *set = ar_arena_allocate(scratch, sizeof *set);
    enum ar_type *type = ar_arena_allocate(scratch, sizeof *type);

    if (values == NULL || set == NULL || type == NULL)
        return NULL;
    *type = column->type;
    for (size_t row = 0; row < chunk->count; row++)
        values[row] = ar_field_value(column, chunk->writes[row].copy);
    *set = (struct key_set){.count = chunk->count, .column_count = 1, .values = values, .types = type};
    return set;
}

/* Arrays of one length are unnested side by side; as a select list they are not copied into a table before. */
static enum ar_status add_arrays(struct sql *sql, const struct chunk *chunk)
{
    const char *intro = " SELECT unnest(";

    for (size_t i = 0; i < chunk->model->column_count; i++) {
        const struct ar_column *column = &chunk->model->columns[i];
        const struct key_set *array;
        if (ar_write_omits(&chunk->writes[0], column))
            continue;
        array = array_of(chunk, column);
        if (array == NULL)
            return ar_session_no_memory(chunk->s);
        ar_sql_add(sql, intro, NULL);
        ar_sql_add_keys(sql, array);
        intro = "), unnest(";
    }
    ar_sql_add(sql, ")", NULL);
    return AR_OK;
}

static enum ar_status take_key(void *payload, const struct row *row)
{
    struct chunk *chunk = payload;
    struct ar_value key;

    if (!row->driver->value(row, 0, &key))
        return ar_session_no_memory(chunk->s);
    if (chunk->key_count < chunk->count)
        chunk->keys[chunk->key_count++] = key.integer;
    return AR_OK;
}

static int compare_keys(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

/* Gives each record its key. Rows get their keys in the order of the statement, and keys of one statement rise; the
 * order in which they are returned is nowhere promised. */
static enum ar_status place_keys(struct chunk *chunk)
{
    const struct ar_column *column = &chunk->model->columns[chunk->model->key[0]];
    const struct field_reader reader = {.text = &chunk->s->text, .failure = &chunk->s->failure};
    enum ar_status status = AR_OK;

    if (chunk->key_count != chunk->count)
        return ar_fail(&chunk->s->failure, AR_DATABASE, chunk->model, column,
                       "%zu rows were inserted into %s, and %zu keys came back", chunk->count, chunk->model->table,
                       chunk->key_count);
    qsort(chunk->keys, chunk->count, sizeof *chunk->keys, compare_keys);
    for (size_t i = 0; i < chunk->count && status == AR_OK; i++) {
        struct ar_value key = ar_value_integer(chunk->keys[i]);
        status = ar_field_read(&reader, column, &key, chunk->writes[i].copy);
    }
    return status;
}

static enum ar_status insert_chunk(struct chunk *chunk)
{
    bool by_arrays = chunk->s->db->driver->dialect.has_arrays;
    bool returns_key = generates_key(chunk);
    struct sql sql = ar_sql_start(chunk->s);
    struct statement statement = {
        .on_row = returns_key ? take_key : NULL, .payload = chunk, .reason = AR_REASON_SAVE, .model = chunk->model};
    enum ar_status status = AR_OK;

    chunk->keys = ar_arena_allocate(&chunk->s->scratch, chunk->count * sizeof *chunk->keys);
    if (chunk->keys == NULL)
        return ar_session_no_memory(chunk->s);
    ar_sql_add(&sql, "INSERT INTO ", chunk->model->sql, " (", NULL);
    add_columns(&sql, chunk);
    ar_sql_add(&sql, ")", NULL);
    if (by_arrays)
        status = add_arrays(&sql, chunk);
    else
        add_values(&sql, chunk);
    if (returns_key)
        ar_sql_add(&sql, " RETURNING ", chunk->model->columns[chunk->model->key[0]].sql, NULL);
    if (status == AR_OK)
        status = ar_sql_run(&sql, statement, NULL);
    return status == AR_OK && returns_key ? place_keys(chunk) : status;
}

/* ---- The whole --------------------------------------------------------------------------------------------------- */

/* How many of the writes from the first on one statement can take. */
static size_t chunk_size(const struct ar_session *s, const struct write *writes, size_t count)
{
    size_t limit = s->db->driver->dialect.has_arrays ? ROWS_BY_ARRAYS : ROWS_BY_VALUES;
    size_t size = 0;

    /* Few rows, each by the statement of a single insert, rather than a new text for every number of rows. */
    if (count < limit && !s->db->driver->dialect.has_arrays)
        return 1;
    while (size < count && size < limit && !has_defaults(&writes[size]) && writes[size].has_key == writes[0].has_key)
        size++;
    return size > 1 ? size : 1;
}

static enum ar_status insert_all(struct ar_session *s, const struct ar_model *model, struct write *writes, size_t count)
{
    enum ar_status status = AR_OK;

    for (size_t done = 0, size; done < count && status == AR_OK; done += size) {
        struct chunk chunk = {.s = s, .model = model, .writes = writes + done};
        size = chunk_size(s, writes + done, count - done);
        chunk.count = size;
        status = size > 1 ? insert_chunk(&chunk) : ar_write_run_insert(&writes[done], false);
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
