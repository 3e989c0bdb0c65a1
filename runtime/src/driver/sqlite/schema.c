/* Schema queries of SQLite. */
#include "driver/sqlite/schema.h"

#include "model/key.h"

#include <stdint.h>

/* For 100,000 posts of 10,000 users, a scan takes as long as searches for about 3,000 users. The fewer keys there are,
 * the smaller the difference, and a scan may read pages into memory that are not needed otherwise. Testing the key of a
 * row inside SQLite takes a quarter of the time of reading the row and dropping it. */
enum { SCANNED_PART = 3, ALL_BUT_PART = 4, SCANNED_KEYS_MIN = 256 };

/* ---- Queries ----------------------------------------------------------------------------------------------------- */

/* Find the query in the cache, or prepare it. */
static int prepare(struct sqlite_schema *schema, const char *sql, sqlite3_stmt **out)
{
    int code;

    *out = ar_statement_cache_find(&schema->queries, sql, false);
    if (*out != NULL)
        return SQLITE_OK;
    code = sqlite3_prepare_v3(schema->database, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
    if (code != SQLITE_OK || ar_statement_cache_add(&schema->queries, sql, false, *out, 0))
        return code;
    (void)sqlite3_finalize(*out);
    return SQLITE_NOMEM;
}

/* Run a SELECT of one integer with up to two names as parameters. *out is unchanged if it returns no row, or NULL. */
static int query_integer(struct sqlite_schema *schema, const char *sql, const char *first, const char *second,
                         int64_t *out)
{
    sqlite3_stmt *handle;
    int code = prepare(schema, sql, &handle);

    if (code != SQLITE_OK)
        return code;
    if (first != NULL)
        code = sqlite3_bind_text(handle, 1, first, -1, SQLITE_STATIC);
    if (code == SQLITE_OK && second != NULL)
        code = sqlite3_bind_text(handle, 2, second, -1, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_step(handle);
    if (code == SQLITE_ROW && sqlite3_column_type(handle, 0) == SQLITE_INTEGER)
        *out = sqlite3_column_int64(handle, 0);
    (void)sqlite3_reset(handle);
    (void)sqlite3_clear_bindings(handle);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Run such a query, whose result is true if it is an integer other than 0. */
static int query_flag(struct sqlite_schema *schema, const char *sql, const char *first, const char *second, bool *out)
{
    int64_t found = 0;
    int code = query_integer(schema, sql, first, second, &found);

    *out = found != 0;
    return code;
}

/* Run a query once per subject and remember the answer. */
static int remember(struct pointer_map *answers, struct sqlite_schema *schema, const void *subject,
                    int (*query)(struct sqlite_schema *schema, const void *subject, bool *out), bool *out)
{
    static const char known[2];
    const char *answer = ar_pointer_map_get(answers, subject);
    int code;

    if (answer != NULL) {
        *out = answer == &known[true];
        return SQLITE_OK;
    }
    code = query(schema, subject, out);
    /* If there is no memory, query again the next time. */
    if (code == SQLITE_OK)
        (void)ar_pointer_map_add(answers, subject, (void *)(uintptr_t)&known[*out]);
    return code;
}

/* ---- Opening ----------------------------------------------------------------------------------------------------- */

static void finalize(void *handle)
{
    (void)sqlite3_finalize(handle);
}

bool ar_sqlite_schema_open(struct sqlite_schema *schema, sqlite3 *database)
{
    enum { QUERIES_KEPT = 32 };

    *schema = (struct sqlite_schema){.database = database};
    return ar_statement_cache_open(&schema->queries, (struct statement_limits){QUERIES_KEPT, SIZE_MAX}, finalize);
}

void ar_sqlite_schema_clear(struct sqlite_schema *schema)
{
    ar_pointer_map_free(&schema->key_is_rowid);
    ar_pointer_map_free(&schema->is_indexed);
    ar_pointer_map_free(&schema->by_rules);
    ar_pointer_map_free(&schema->has_form);
}

void ar_sqlite_schema_close(struct sqlite_schema *schema)
{
    ar_sqlite_schema_clear(schema);
    if (schema->queries.buckets != NULL)
        ar_statement_cache_close(&schema->queries);
}

/* ---- Keys -------------------------------------------------------------------------------------------------------- */

/* Return the column that numbers the rows, if any does. */
static const struct ar_column *number_of(const struct ar_model *model)
{
    const struct ar_column *generated = ar_generated_key(model);

    return generated != NULL ? generated : &model->columns[model->key[0]];
}

/* It is if the column is INTEGER PRIMARY KEY and has no index (https://sqlite.org/lang_createtable.html#rowid). */
static int find_rowid(struct sqlite_schema *schema, const void *subject, bool *out)
{
    const struct ar_model *model = subject;
    const struct ar_column *key = number_of(model);
    const char *type = NULL;
    int is_key = 0;
    bool has_index;
    int code = sqlite3_table_column_metadata(schema->database, NULL, model->table, key->name, &type, NULL, NULL,
                                             &is_key, NULL);

    *out = false;
    if (code == SQLITE_ERROR) /* a view, or no such table: the insert reports it */
        return SQLITE_OK;
    if (code != SQLITE_OK || is_key == 0 || type == NULL || sqlite3_stricmp(type, "INTEGER") != 0)
        return code;
    code = query_flag(schema, "SELECT 1 FROM pragma_index_list(?) WHERE origin = 'pk'", model->table, NULL, &has_index);
    *out = code == SQLITE_OK && !has_index;
    return code;
}

int ar_sqlite_key_is_rowid(struct sqlite_schema *schema, const struct ar_model *model, bool *out)
{
    return remember(&schema->key_is_rowid, schema, model, find_rowid, out);
}

/* Find the highest number of a row; 0 if there are no rows. */
static int find_highest(struct sqlite_schema *schema, const struct ar_model *model, int64_t *out)
{
    char *sql = sqlite3_mprintf("SELECT max(%s) FROM %s", number_of(model)->sql, model->sql);
    int code = sql != NULL ? SQLITE_OK : SQLITE_NOMEM;

    *out = 0;
    if (code == SQLITE_OK)
        code = query_integer(schema, sql, NULL, NULL, out);
    sqlite3_free(sql);
    return code;
}

/* Find the highest key that a table with AUTOINCREMENT has ever had; otherwise 0. */
static int find_highest_ever(struct sqlite_schema *schema, const struct ar_model *model, int64_t *out)
{
    bool has_sequences;
    int code =
        query_flag(schema, "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'", NULL, NULL, &has_sequences);

    *out = 0;
    if (code != SQLITE_OK || !has_sequences)
        return code;
    return query_integer(schema, "SELECT seq FROM sqlite_sequence WHERE name = ? COLLATE NOCASE", model->table, NULL,
                         out);
}

int ar_sqlite_next_keys(struct sqlite_schema *schema, const struct ar_model *model, size_t count, int64_t *first)
{
    static const char *const triggers = "SELECT 1 FROM (SELECT type, tbl_name FROM sqlite_schema UNION ALL"
                                        " SELECT type, tbl_name FROM sqlite_temp_schema)"
                                        " WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE";
    int64_t highest = 0, ever = 0;
    bool is_rowid, has_trigger = true;
    int code = ar_sqlite_key_is_rowid(schema, model, &is_rowid);

    *first = 0;
    if (code == SQLITE_OK && is_rowid)
        code = query_flag(schema, triggers, model->table, NULL, &has_trigger);
    if (code == SQLITE_OK && !has_trigger)
        code = find_highest(schema, model, &highest);
    if (code == SQLITE_OK && !has_trigger)
        code = find_highest_ever(schema, model, &ever);
    /* The key after -1 would be 0, which means no key. */
    if (code != SQLITE_OK || has_trigger || highest < 0)
        return code;
    if (ever > highest)
        highest = ever;
    if (count < (uint64_t)(INT64_MAX - highest))
        *first = highest + 1;
    return SQLITE_OK;
}

/* ---- Relations --------------------------------------------------------------------------------------------------- */

/* Only the collation BINARY compares bytes. */
static int find_rules(struct sqlite_schema *schema, const void *subject, bool *out)
{
    struct key_columns columns = ar_target_columns(subject);
    int code = SQLITE_OK;

    *out = false;
    for (size_t i = 0; i < columns.count && code == SQLITE_OK && !*out; i++) {
        const struct ar_column *column = &columns.model->columns[columns.columns[i]];
        const char *collation = NULL;
        if (!ar_type_is_text(column->type))
            continue;
        code = sqlite3_table_column_metadata(schema->database, NULL, columns.model->table, column->name, NULL,
                                             &collation, NULL, NULL, NULL);
        *out = collation == NULL || sqlite3_stricmp(collation, "BINARY") != 0;
    }
    return code == SQLITE_ERROR ? SQLITE_OK : code; /* a view, or no such table: any rules */
}

int ar_sqlite_compares_by_rules(struct sqlite_schema *schema, const struct ar_relation *relation, bool *out)
{
    return remember(&schema->by_rules, schema, relation, find_rules, out);
}

static int find_index(struct sqlite_schema *schema, const void *subject, bool *out)
{
    static const char *const indexes =
        "SELECT 1 FROM pragma_index_list(?1) AS list JOIN pragma_index_info(list.name) AS info"
        " WHERE list.partial = 0 AND info.seqno = 0 AND info.name = ?2 COLLATE NOCASE";
    struct key_columns columns = ar_target_columns(subject);
    const struct ar_column *column = &columns.model->columns[columns.columns[0]];

    *out = (column->flags & AR_COLUMN_KEY) != 0 && column->model->key_count == 1;
    return *out ? SQLITE_OK : query_flag(schema, indexes, column->model->table, column->name, out);
}

int ar_sqlite_choose_access_path(struct sqlite_schema *schema, const struct ar_relation *relation, size_t key_count,
                                 enum access_path *out)
{
    bool has_index = false;
    int64_t highest;
    int code = remember(&schema->is_indexed, schema, relation, find_index, &has_index);

    *out = code == SQLITE_OK && !has_index ? ACCESS_BY_SCAN : ACCESS_BY_KEY;
    if (code != SQLITE_OK || key_count < SCANNED_KEYS_MIN)
        return code;
    /* Consecutive keys: the highest is at least the number of rows. */
    code = find_highest(schema, ar_referred_model(ar_first_hop(relation)), &highest);
    if (code != SQLITE_OK || highest <= 0)
        return code;
    if (key_count >= (uint64_t)highest - (uint64_t)highest / ALL_BUT_PART)
        *out = ACCESS_WHOLE_TABLE;
    else if (key_count >= (uint64_t)highest / SCANNED_PART)
        *out = ACCESS_BY_SCAN;
    return SQLITE_OK;
}

/* ---- Times ------------------------------------------------------------------------------------------------------- */

/* Only the first row is read, so that the cost does not depend on the size of the table. */
static int find_form(struct sqlite_schema *schema, const void *subject, bool *out)
{
    const struct ar_column *column = subject;
    bool is_text = (column->flags & AR_COLUMN_TIME_TEXT) != 0, is_other = false;
    const char *name = column->sql, *table = column->model->sql;
    char *sql = is_text ? sqlite3_mprintf("SELECT typeof(%s) IN ('integer', 'real') OR %d AND %s GLOB '*-* *' "
                                          "FROM %s LIMIT 1",
                                          name, (column->flags & AR_COLUMN_TIME_ISO) != 0, name, table)
                        : sqlite3_mprintf("SELECT typeof(%s) = 'text' AND %s GLOB '[0-9]*-*' FROM %s LIMIT 1", name,
                                          name, table);
    int code = sql != NULL ? query_flag(schema, sql, NULL, NULL, &is_other) : SQLITE_NOMEM;

    sqlite3_free(sql);
    *out = !is_other;
    return code;
}

/* Return true if a table has the column. The parameters of user SQL are described by columns that none has. */
static bool is_of_table(const struct ar_column *column)
{
    const struct ar_model *model = column->model;

    return model->column_count > 0 && column >= model->columns && column < model->columns + model->column_count;
}

static int check_form(struct sqlite_schema *schema, const struct ar_column *column, const struct ar_column **out)
{
    bool has_form = true;
    int code = SQLITE_OK;

    if (column != NULL && ar_type_info_of(column)->ticks_per_second > 0 && is_of_table(column))
        code = remember(&schema->has_form, schema, column, find_form, &has_form);
    if (code == SQLITE_OK && !has_form)
        *out = column;
    return code;
}

int ar_sqlite_find_other_form(struct sqlite_schema *schema, const struct statement *statement,
                              const struct ar_column **out)
{
    int code = SQLITE_OK;

    *out = NULL;
    for (size_t i = 0; i < statement->parameter_count && code == SQLITE_OK && *out == NULL; i++) {
        const struct parameter *parameter = &statement->parameters[i];
        const struct row_set *rows = parameter->rows;
        const struct key_set *keys = parameter->keys;
        code = check_form(schema, parameter->column, out);
        for (size_t j = 0; keys != NULL && j < keys->column_count && code == SQLITE_OK && *out == NULL; j++)
            code = check_form(schema, keys->columns[j], out);
        for (size_t j = 0; rows != NULL && j < rows->column_count && code == SQLITE_OK && *out == NULL; j++)
            code = check_form(schema, rows->columns[j], out);
    }
    return code;
}
