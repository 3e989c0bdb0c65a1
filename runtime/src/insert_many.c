/* Many inserts at once: several rows by one statement, in one transaction. */
#include "field.h"
#include "session.h"
#include "sql.h"
#include "write.h"

#include <armature/record.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How several rows go into one statement. */
enum way {
    BY_ARRAYS, /* PostgreSQL: one array for each column */
    BY_TABLE,  /* SQLite: all structs as a table, whose keys are known before */
    ONE_BY_ONE /* where neither can be */
};

/* As many as one statement takes, and so few that each goes by itself. */
static const size_t most_rows[] = {[BY_ARRAYS] = 5000, [BY_TABLE] = SIZE_MAX, [ONE_BY_ONE] = 1};
static const size_t fewest_rows[] = {[BY_ARRAYS] = 2, [BY_TABLE] = 16, [ONE_BY_ONE] = 1};

/* Writes that go together: of one model, with the same columns left to the database. */
struct chunk {
    struct ar_session *s;
    const struct ar_model *model;
    struct write *writes;
    size_t count;
    const struct ar_column **columns; /* that are written */
    size_t column_count;
    enum way way;
    int64_t last_key; /* that the rows will get, where it is known before */
    int64_t *keys;    /* that the database gave, in the order they came */
    size_t key_count;
};

static bool generates_key(const struct chunk *chunk)
{
    return ar_write_omits(&chunk->writes[0], &chunk->model->columns[chunk->model->key[0]]);
}

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

static enum ar_status list_columns(struct chunk *chunk)
{
    const struct ar_model *model = chunk->model;

    chunk->columns = ar_arena_allocate(&chunk->s->scratch, model->column_count * sizeof *chunk->columns);
    chunk->column_count = 0;
    if (chunk->columns == NULL)
        return ar_session_no_memory(chunk->s);
    for (size_t i = 0; i < model->column_count; i++)
        if (!ar_write_omits(&chunk->writes[0], &model->columns[i]))
            chunk->columns[chunk->column_count++] = &model->columns[i];
    return AR_OK;
}

/* INSERT INTO table (columns). */
static struct sql start_insert(const struct chunk *chunk)
{
    struct sql sql = ar_sql_start(chunk->s);

    ar_sql_add(&sql, "INSERT INTO ", chunk->model->sql, NULL);
    for (size_t i = 0; i < chunk->column_count; i++)
        ar_sql_add(&sql, i > 0 ? ", " : " (", chunk->columns[i]->sql, NULL);
    ar_sql_add(&sql, ")", NULL);
    return sql;
}

/* ---- By arrays --------------------------------------------------------------------------------------------------- */

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
    for (size_t i = 0; i < chunk->column_count; i++) {
        const struct key_set *array = array_of(chunk, chunk->columns[i]);
        if (array == NULL)
            return ar_session_no_memory(chunk->s);
        ar_sql_add(sql, i > 0 ? "), unnest(" : " SELECT unnest(", NULL);
        ar_sql_add_keys(sql, array);
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

static enum ar_status set_key(struct chunk *chunk, size_t row, int64_t key)
{
    return ar_write_set_integer(&chunk->writes[row], &chunk->model->columns[chunk->model->key[0]], key);
}

/* Gives each record its key. Rows get their keys in the order of the statement, and keys of one statement rise; the
 * order in which they are returned is nowhere promised. */
static enum ar_status place_keys(struct chunk *chunk)
{
    const struct ar_column *column = &chunk->model->columns[chunk->model->key[0]];
    enum ar_status status = AR_OK;

    if (chunk->key_count != chunk->count)
        return ar_fail(&chunk->s->failure, AR_DATABASE, chunk->model, column,
                       "%zu rows were inserted into %s, and %zu keys came back", chunk->count, chunk->model->table,
                       chunk->key_count);
    qsort(chunk->keys, chunk->count, sizeof *chunk->keys, compare_keys);
    for (size_t i = 0; i < chunk->count && status == AR_OK; i++)
        status = set_key(chunk, i, chunk->keys[i]);
    return status;
}

/* The database chooses the keys, and returns them. */
static enum ar_status insert_arrays(struct chunk *chunk)
{
    bool returns_key = generates_key(chunk);
    struct sql sql = start_insert(chunk);
    struct statement statement = {
        .on_row = returns_key ? take_key : NULL, .payload = chunk, .reason = AR_REASON_SAVE, .model = chunk->model};
    enum ar_status status;

    chunk->key_count = 0;
    chunk->keys = ar_arena_allocate(&chunk->s->scratch, chunk->count * sizeof *chunk->keys);
    if (chunk->keys == NULL)
        return ar_session_no_memory(chunk->s);
    status = add_arrays(&sql, chunk);
    if (returns_key)
        ar_sql_add(&sql, " RETURNING ", chunk->model->columns[chunk->model->key[0]].sql, NULL);
    if (status == AR_OK)
        status = ar_sql_run(&sql, statement, NULL);
    return status == AR_OK && returns_key ? place_keys(chunk) : status;
}

/* ---- By a table -------------------------------------------------------------------------------------------------- */

static enum ar_status list_rows(const struct chunk *chunk, struct row_set *out)
{
    const void **records = ar_arena_allocate(&chunk->s->scratch, chunk->count * sizeof *records);

    if (records == NULL)
        return ar_session_no_memory(chunk->s);
    for (size_t i = 0; i < chunk->count; i++)
        records[i] = chunk->writes[i].copy;
    *out = (struct row_set){
        .count = chunk->count, .records = records, .columns = chunk->columns, .column_count = chunk->column_count};
    return AR_OK;
}

/* SELECT c0, c1, … FROM armature_rows(?). */
static void add_table(struct sql *sql, size_t column_count)
{
    for (size_t i = 0; i < column_count; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "%sc%zu", i > 0 ? ", " : " SELECT ", i);
        ar_sql_add(sql, name, NULL);
    }
    ar_sql_add(sql, " FROM armature_rows(", NULL);
    ar_sql_add_place(sql);
    ar_sql_add(sql, ")", NULL);
}

static enum ar_status insert_table(struct chunk *chunk)
{
    struct sql sql = start_insert(chunk);
    struct row_set rows;
    const struct parameter parameter = {.rows = &rows};
    struct statement statement = {.reason = AR_REASON_SAVE, .model = chunk->model};
    struct outcome outcome;
    enum ar_status status = list_rows(chunk, &rows);

    add_table(&sql, chunk->column_count);
    if (status == AR_OK)
        status = ar_sql_finish(&sql, &statement);
    statement.parameters = &parameter;
    statement.parameter_count = 1;
    if (status == AR_OK)
        status = ar_session_run(chunk->s, &statement, &outcome);
    if (status != AR_OK || !generates_key(chunk) || outcome.key == chunk->last_key)
        return status;
    return ar_fail(&chunk->s->failure, AR_DATABASE, chunk->model, NULL,
                   "rows inserted into %s got other keys than those that were next", chunk->model->table);
}

/* Finds out which keys the rows will get, if they have none: the next ones, because nobody else writes. Where that cannot
 * be known, only an INSERT of its own tells which row has which. To write the keys would have SQLite search for each. */
static enum ar_status foresee_keys(struct chunk *chunk)
{
    int64_t first;
    enum ar_status status;

    if (!generates_key(chunk))
        return AR_OK;
    status = ar_session_next_keys(chunk->s, chunk->model, chunk->count, &first);
    if (status == AR_OK && first == 0)
        chunk->way = ONE_BY_ONE;
    for (size_t i = 0; i < chunk->count && status == AR_OK && first != 0; i++)
        status = set_key(chunk, i, first + (int64_t)i);
    chunk->last_key = first + (int64_t)chunk->count - 1;
    return status;
}

/* ---- The whole --------------------------------------------------------------------------------------------------- */

static enum way preferred_way(const struct ar_session *s, const struct ar_model *model)
{
    if (s->db->driver->dialect.has_arrays)
        return BY_ARRAYS;
    return model->column_count > model->key_count && model->column_count <= AR_ROW_SET_COLUMNS_MAX ? BY_TABLE
                                                                                                   : ONE_BY_ONE;
}

/* How many of the writes from the first on one statement takes. */
static size_t chunk_size(enum way way, const struct write *writes, size_t count)
{
    size_t size = 0;

    while (size < count && size < most_rows[way] && !has_defaults(&writes[size]) &&
           writes[size].has_key == writes[0].has_key)
        size++;
    return size >= fewest_rows[way] ? size : 1;
}

/* Inserts the first of the writes, as many as go together; `*done` says how many that were. */
static enum ar_status insert_some(struct chunk *chunk, size_t count, size_t *done)
{
    enum ar_status status = AR_OK;

    chunk->count = chunk_size(chunk->way, chunk->writes, count);
    if (chunk->way == BY_TABLE && chunk->count > 1)
        status = foresee_keys(chunk);
    if (chunk->way == ONE_BY_ONE)
        chunk->count = 1;
    *done = chunk->count;
    if (status != AR_OK)
        return status;
    if (chunk->count == 1)
        return ar_write_run_insert(&chunk->writes[0], false);
    status = list_columns(chunk);
    if (status != AR_OK)
        return status;
    return chunk->way == BY_TABLE ? insert_table(chunk) : insert_arrays(chunk);
}

static enum ar_status insert_all(struct ar_session *s, const struct ar_model *model, struct write *writes, size_t count)
{
    struct chunk chunk = {.s = s, .model = model, .way = preferred_way(s, model)};
    enum ar_status status = AR_OK;

    for (size_t done = 0, size; done < count && status == AR_OK; done += size) {
        chunk.writes = writes + done;
        status = insert_some(&chunk, count - done, &size);
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
