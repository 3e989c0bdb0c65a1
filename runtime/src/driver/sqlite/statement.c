/* Prepared statements of SQLite, and the strategies to read their rows.
 *
 * SQLite delivers rows to an SQL function faster than a program can fetch them: without a call per column and, if the
 * function is an aggregate, without leaving its virtual machine. Therefore `SELECT a, b …` runs as
 *
 *     WITH armature_result (c0, c1) AS (SELECT a, b …) SELECT armature_take_all(c1, c0) FROM armature_result
 *
 * 10,000 rows of 5 columns take 0.6 times as long. The columns are passed from the last to the first: SQLite parses a
 * row's header only as far as the column it reads, so that reading the last one first parses it once. With 8 columns,
 * this saves a sixth of the time.
 *
 * With an ORDER BY or LIMIT inside, SQLite would copy each row before it calls an aggregate, which takes longer than
 * fetching the row. Such a statement, and one that returns at most one row, calls a scalar function instead,
 * armature_take_row, for each row before it is returned. This preserves the order unless SQLite sorts the rows
 * afterwards, which EXPLAIN shows: then the rows are fetched.
 *
 * User SQL can have any form, and returns the columns of its model in any order. If it is a SELECT without ORDER BY and
 * LIMIT, the aggregate receives them in the model's order; with them, the scalar function does, unless SQLite would
 * copy the rows. Otherwise its rows are fetched, by a map of the columns.
 *
 *     SQLITE_AGGREGATED   armature_take_all: any number of rows in any order
 *     SQLITE_CALLED       armature_take_row: at most one row, or rows in an order that an index yields
 *     SQLITE_FETCHED      sqlite3_step and sqlite3_column_value: sorted rows; a single row or ordered rows of SQL
 *                         that does not begin with a model's SELECT; too many columns, or an unknown number of
 *                         them; rows that are only counted
 *
 * The strategy is chosen once, when a statement is prepared. SQLite re-prepares statements by itself after the schema
 * has changed, and may then choose a plan that sorts. armature_take_row detects this at the first row, before it is
 * delivered (is_stale); run.c replaces the statement with one that is fetched, and runs it again. */
#include "driver/sqlite/statement.h"

#include "driver/by_name.h"

#include <stdlib.h>
#include <string.h>

enum { FUNCTION_COLUMNS_MAX = 100 }; /* the default SQLITE_MAX_FUNCTION_ARG */

/* ---- The functions ----------------------------------------------------------------------------------------------- */

/* Return the reader of the running statement; NULL if user SQL calls the function, which then fails. */
static struct sqlite_reader *current_reader(sqlite3_context *context, int count)
{
    struct sqlite_reader *reader = *(struct sqlite_reader **)sqlite3_user_data(context);

    if (reader != NULL && count > 0 && count == reader->prepared->argument_count)
        return reader;
    sqlite3_result_error(context, "only Armature's own statements can call this function", -1);
    return NULL;
}

static inline void take(struct sqlite_reader *reader, sqlite3_context *context, int count, sqlite3_value **columns)
{
    reader->rows++;
    reader->row.values = columns + count - 1;
    reader->status = reader->statement->on_row(reader->statement->payload, &reader->row.base);
    if (reader->status != AR_OK)
        sqlite3_result_error_code(context, SQLITE_ABORT);
}

static bool is_reprepared(const struct sqlite_reader *reader)
{
    return sqlite3_stmt_status(reader->prepared->handle, SQLITE_STMTSTATUS_REPREPARE, 0) > 0;
}

/* armature_take_all. After a failure, SQLite may call it once more before it ends the statement. */
static void take_all_step(sqlite3_context *context, int count, sqlite3_value **columns)
{
    struct sqlite_reader *reader = current_reader(context, count);

    if (reader == NULL || reader->status != AR_OK || reader->is_stale)
        return;
    /* The columns of `SELECT *` may have changed their places. */
    reader->is_stale = reader->rows == 0 && reader->statement->is_by_name && is_reprepared(reader);
    if (reader->is_stale)
        sqlite3_result_error_code(context, SQLITE_ABORT);
    else
        take(reader, context, count, columns);
}

static void take_all_final(sqlite3_context *context)
{
    sqlite3_result_null(context);
}

/* armature_take_row. */
static void take_row(sqlite3_context *context, int count, sqlite3_value **columns)
{
    struct sqlite_reader *reader = current_reader(context, count);

    if (reader == NULL)
        return;
    reader->is_stale = reader->rows == 0 && reader->prepared->is_ordered && is_reprepared(reader);
    if (reader->is_stale)
        sqlite3_result_error_code(context, SQLITE_ABORT);
    else
        take(reader, context, count, columns);
}

int ar_sqlite_statement_register(sqlite3 *database, struct sqlite_reader **current)
{
    const int flags = SQLITE_UTF8 | SQLITE_DIRECTONLY;
    int code = sqlite3_create_function_v2(database, "armature_take_all", -1, flags, current, NULL, take_all_step,
                                          take_all_final, NULL);

    if (code != SQLITE_OK)
        return code;
    return sqlite3_create_function_v2(database, "armature_take_row", -1, flags, current, take_row, NULL, NULL, NULL);
}

/* ---- Preparing --------------------------------------------------------------------------------------------------- */

/* Return the SQL that delivers the rows of a SELECT to the aggregate; NULL if out of memory. */
static char *with_aggregate(const struct statement *statement)
{
    int count = (int)statement->column_count;
    sqlite3_str *sql = sqlite3_str_new(NULL);

    sqlite3_str_appendall(sql, "WITH armature_result (c0");
    for (int i = 1; i < count; i++)
        sqlite3_str_appendf(sql, ", c%d", i);
    sqlite3_str_appendf(sql, ") AS (%s) SELECT armature_take_all(", statement->sql);
    for (int i = count - 1; i > 0; i--)
        sqlite3_str_appendf(sql, "c%d, ", i);
    sqlite3_str_appendall(sql, "c0) FROM armature_result");
    return sqlite3_str_finish(sql);
}

/* Return true if the statement is the SELECT of a model, possibly with conditions, order and limit. */
static bool is_of_model(const struct statement *statement)
{
    const struct ar_model *model = statement->model;

    return model != NULL && statement->column_count == model->column_count &&
           strncmp(statement->sql, model->select.sqlite, strlen(model->select.sqlite)) == 0;
}

/* Return the SQL that calls the scalar function with the columns of the model; NULL if out of memory. The call is not
 * in an outer query, for which SQLite would copy each row. */
static char *with_call(const struct statement *statement)
{
    const struct ar_model *model = statement->model;
    sqlite3_str *sql = sqlite3_str_new(NULL);

    sqlite3_str_appendall(sql, "SELECT armature_take_row(");
    for (size_t i = model->column_count - 1u; i > 0; i--)
        sqlite3_str_appendf(sql, "%s.%s, ", model->sql, model->columns[i].sql);
    sqlite3_str_appendf(sql, "%s.%s) FROM %s%s", model->sql, model->columns[0].sql, model->sql,
                        statement->sql + strlen(model->select.sqlite));
    return sqlite3_str_finish(sql);
}

/* Return the SQL that delivers the columns of a SELECT, in the order of the map, to a function; NULL if out of memory.
 */
static char *with_function(const struct statement *statement, const char *function, const uint16_t *map, int count)
{
    sqlite3_str *sql = sqlite3_str_new(NULL);

    sqlite3_str_appendall(sql, "WITH armature_result (c0");
    for (int i = 1; i < count; i++)
        sqlite3_str_appendf(sql, ", c%d", i);
    sqlite3_str_appendf(sql, ") AS (%s) SELECT %s(", statement->sql, function);
    for (size_t i = statement->model->column_count - 1u; i > 0; i--)
        sqlite3_str_appendf(sql, "c%d, ", (int)map[i]);
    sqlite3_str_appendf(sql, "c%d) FROM armature_result", (int)map[0]);
    return sqlite3_str_finish(sql);
}

/* Find out if SQLite materializes rows in a temporary table while the statement runs, for example to sort them. */
static int materializes(sqlite3 *database, const char *sql, bool *out)
{
    char *explain = sqlite3_mprintf("EXPLAIN %s", sql);
    sqlite3_stmt *handle = NULL;
    int code = explain != NULL ? sqlite3_prepare_v2(database, explain, -1, &handle, NULL) : SQLITE_NOMEM;

    *out = false;
    if (code == SQLITE_OK)
        code = sqlite3_step(handle);
    for (; code == SQLITE_ROW && !*out; code = sqlite3_step(handle)) {
        const char *operation = (const char *)sqlite3_column_text(handle, 1);
        *out = operation == NULL || strstr(operation, "Sorter") != NULL || strstr(operation, "Ephemeral") != NULL ||
               strcmp(operation, "InitCoroutine") == 0;
    }
    (void)sqlite3_finalize(handle);
    sqlite3_free(explain);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Choose the strategy for the statement, and the SQL for it, to be freed by sqlite3_free; NULL if that is unchanged. */
static int choose(sqlite3 *database, const struct statement *statement, enum sqlite_strategy *strategy, char **text)
{
    bool is_one_by_one = statement->is_arranged || statement->is_single, is_materialized = false;
    int code = SQLITE_OK;

    *strategy = SQLITE_FETCHED;
    *text = NULL;
    if (statement->on_row == NULL || statement->column_count == 0 || statement->column_count > FUNCTION_COLUMNS_MAX ||
        (is_one_by_one && !is_of_model(statement)))
        return SQLITE_OK;
    *text = is_one_by_one ? with_call(statement) : with_aggregate(statement);
    if (*text == NULL)
        return SQLITE_NOMEM;
    if (statement->is_arranged)
        code = materializes(database, *text, &is_materialized);
    if (!is_materialized) {
        *strategy = is_one_by_one ? SQLITE_CALLED : SQLITE_AGGREGATED;
        return code;
    }
    sqlite3_free(*text);
    *text = NULL;
    return code;
}

static int prepare(sqlite3 *database, const char *sql, sqlite3_stmt **out)
{
    return sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
}

static const char *column_name(const void *result, int number)
{
    return sqlite3_column_name((sqlite3_stmt *)(uintptr_t)result, number);
}

static bool has_word(const char *sql, const char *pattern)
{
    return sqlite3_strlike(pattern, sql, 0) == 0;
}

/* Replace the handle of a SELECT by one that delivers its rows to a function, if that is faster. If SQLite cannot
 * prepare it, the rows are fetched. */
static int try_function(sqlite3 *database, const struct statement *statement, struct sqlite_statement *prepared)
{
    bool is_ordered = has_word(statement->sql, "%order%by%") || has_word(statement->sql, "%limit%");
    int count = sqlite3_column_count(prepared->handle), code = SQLITE_OK;
    bool is_materialized = false;
    sqlite3_stmt *handle;
    char *text;

    /* The model has no more columns, because it takes each from the result. */
    if (sqlite3_stmt_readonly(prepared->handle) == 0 || count == 0 || count > FUNCTION_COLUMNS_MAX)
        return SQLITE_OK;
    text = with_function(statement, is_ordered ? "armature_take_row" : "armature_take_all", prepared->map, count);
    if (text == NULL)
        return SQLITE_NOMEM;
    if (is_ordered)
        code = materializes(database, text, &is_materialized);
    if (code == SQLITE_OK && !is_materialized)
        code = prepare(database, text, &handle);
    sqlite3_free(text);
    if (code != SQLITE_OK || is_materialized)
        return code == SQLITE_ERROR ? SQLITE_OK : code;
    (void)sqlite3_finalize(prepared->handle);
    prepared->handle = handle;
    prepared->strategy = is_ordered ? SQLITE_CALLED : SQLITE_AGGREGATED;
    prepared->argument_count = (int)statement->model->column_count;
    prepared->is_ordered = is_ordered;
    return SQLITE_OK;
}

/* Find the columns of the model among those of the statement. One without columns returns no rows. */
static const struct ar_column *match_columns(const struct statement *statement, struct sqlite_statement *prepared)
{
    const struct result_columns columns = {prepared->handle, sqlite3_column_count(prepared->handle), column_name};

    return columns.count > 0 ? ar_match_columns(&columns, statement->model, prepared->map) : NULL;
}

/* Prepare the only statement of the SQL. Return SQLITE_MISUSE if there is none, or another one. */
static int prepare_only(sqlite3 *database, const char *sql, sqlite3_stmt **out)
{
    const char *rest;
    sqlite3_stmt *next = NULL;
    int code = sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, out, &rest);

    while (code == SQLITE_OK && *out != NULL && next == NULL && *rest != '\0')
        code = sqlite3_prepare_v2(database, rest, -1, &next, &rest);
    if (code == SQLITE_OK && (*out == NULL || next != NULL))
        code = SQLITE_MISUSE;
    (void)sqlite3_finalize(next);
    return code;
}

/* Prepare the SQL with the columns that its tables have now. SQLite notices what other connections have changed only
 * when it runs a statement. */
static int prepare_with_new_columns(sqlite3 *database, const char *sql, sqlite3_stmt **handle)
{
    int code = sqlite3_exec(database, "SELECT 1 FROM sqlite_schema LIMIT 1", NULL, NULL, NULL);

    (void)sqlite3_finalize(*handle);
    *handle = NULL;
    return code == SQLITE_OK ? prepare_only(database, sql, handle) : code;
}

/* Prepare user SQL, whose columns are those of the model in any order. */
static int prepare_by_name(sqlite3 *database, const struct statement *statement, bool has_functions,
                           struct sqlite_statement *prepared, const struct ar_column **missing)
{
    int code = prepare_only(database, statement->sql, &prepared->handle);

    prepared->strategy = SQLITE_FETCHED;
    if (code != SQLITE_OK || statement->on_row == NULL)
        return code;
    prepared->map = calloc(statement->model->column_count, sizeof *prepared->map);
    if (prepared->map == NULL)
        return SQLITE_NOMEM;
    *missing = match_columns(statement, prepared);
    if (*missing != NULL) {
        code = prepare_with_new_columns(database, statement->sql, &prepared->handle);
        *missing = code == SQLITE_OK ? match_columns(statement, prepared) : NULL;
    }
    if (code != SQLITE_OK || *missing != NULL)
        return code != SQLITE_OK ? code : SQLITE_MISMATCH;
    return has_functions ? try_function(database, statement, prepared) : SQLITE_OK;
}

static int prepare_in_order(sqlite3 *database, const struct statement *statement, bool has_functions,
                            struct sqlite_statement *prepared)
{
    char *text = NULL;
    int code = SQLITE_OK;

    prepared->strategy = SQLITE_FETCHED;
    if (has_functions)
        code = choose(database, statement, &prepared->strategy, &text);
    if (code == SQLITE_OK)
        code = prepare(database, text != NULL ? text : statement->sql, &prepared->handle);
    sqlite3_free(text);
    prepared->argument_count = prepared->strategy != SQLITE_FETCHED ? (int)statement->column_count : 0;
    prepared->is_ordered = statement->is_arranged;
    return code;
}

int ar_sqlite_statement_prepare(sqlite3 *database, const struct statement *statement, bool has_functions,
                                struct sqlite_statement **out, const struct ar_column **missing)
{
    struct sqlite_statement *prepared = calloc(1, sizeof *prepared);
    int code;

    *missing = NULL;
    if (prepared == NULL)
        return SQLITE_NOMEM;
    code = statement->is_by_name ? prepare_by_name(database, statement, has_functions, prepared, missing)
                                 : prepare_in_order(database, statement, has_functions, prepared);
    if (code != SQLITE_OK) {
        ar_sqlite_statement_free(prepared);
        return code;
    }
    prepared->is_read_only = sqlite3_stmt_readonly(prepared->handle) != 0;
    *out = prepared;
    return SQLITE_OK;
}

int ar_sqlite_statement_renew(sqlite3 *database, struct sqlite_reader *reader, const struct ar_column **missing)
{
    struct sqlite_statement *prepared = reader->prepared;
    sqlite3_stmt *renewed;
    int code = prepare(database, reader->statement->sql, &renewed);

    *missing = NULL;
    if (code != SQLITE_OK)
        return code;
    (void)sqlite3_finalize(prepared->handle);
    prepared->handle = renewed;
    prepared->strategy = SQLITE_FETCHED;
    prepared->argument_count = 0;
    prepared->is_ordered = false;
    reader->is_stale = false;
    if (prepared->map != NULL)
        *missing = match_columns(reader->statement, prepared);
    return *missing == NULL ? SQLITE_OK : SQLITE_MISMATCH;
}

size_t ar_sqlite_statement_size(const struct sqlite_statement *prepared)
{
    return sizeof *prepared + (size_t)sqlite3_stmt_status(prepared->handle, SQLITE_STMTSTATUS_MEMUSED, 0);
}

void ar_sqlite_statement_free(void *prepared)
{
    struct sqlite_statement *statement = prepared;

    if (statement == NULL)
        return;
    (void)sqlite3_finalize(statement->handle);
    free(statement->map);
    free(statement);
}

/* ---- Running ----------------------------------------------------------------------------------------------------- */

/* The aggregate receives all rows and returns one, or the scalar function receives each row before it is returned.
 * After the last row, the statement is reset instead of run to its end, which saves a step. */
static int step_function(struct sqlite_reader *reader)
{
    bool is_single = reader->statement->is_single || reader->prepared->strategy == SQLITE_AGGREGATED;
    int code;

    while ((code = sqlite3_step(reader->prepared->handle)) == SQLITE_ROW)
        if (is_single)
            return SQLITE_DONE;
    /* SQLite could not re-prepare it, because `SELECT *` has more columns now, or fewer. */
    if (code == SQLITE_ERROR && reader->statement->is_by_name && reader->rows == 0)
        reader->is_stale = true;
    return code;
}

static int fetch_rows(struct sqlite_reader *reader)
{
    const struct statement *statement = reader->statement;
    int code;

    reader->row.values = NULL;
    reader->row.handle = reader->prepared->handle;
    reader->row.map = reader->prepared->map;
    while ((code = sqlite3_step(reader->prepared->handle)) == SQLITE_ROW) {
        if (reader->rows++ == 0 && reader->row.map != NULL && is_reprepared(reader))
            reader->missing = match_columns(statement, reader->prepared);
        if (reader->missing != NULL)
            return SQLITE_MISMATCH;
        if (statement->on_row == NULL)
            continue;
        reader->status = statement->on_row(statement->payload, &reader->row.base);
        if (reader->status != AR_OK)
            return SQLITE_ABORT;
        if (statement->is_single)
            return SQLITE_DONE;
    }
    return code;
}

int ar_sqlite_statement_step(struct sqlite_reader *reader)
{
    return reader->prepared->strategy == SQLITE_FETCHED ? fetch_rows(reader) : step_function(reader);
}
