/* armature_rows(?): an eponymous virtual table over structs that are bound as a pointer (https://sqlite.org/vtab.html,
 * https://sqlite.org/bindptr.html). One statement inserts any number of them, and no value is bound by itself: 10,000
 * rows of 5 columns take half of the time that 32 rows a statement take. */
#include "sqlite_rows.h"

#include "driver_sqlite.h"
#include "field.h"
#include "sqlite_plan.h"

#include <stdio.h>

static const char *const pointer_type = "armature_rows";

struct rows_table {
    sqlite3_vtab base;
    const struct ar_column **refused;
};

struct rows_cursor {
    sqlite3_vtab_cursor base;
    const struct row_set *rows;
    size_t position;
};

/* CREATE TABLE rows (c0, c1, …, rows HIDDEN). */
static int declare(sqlite3 *database)
{
    enum { NAME_SIZE = 8 };
    char sql[32 + NAME_SIZE * AR_ROW_SET_COLUMNS_MAX + 16], *end = sql;

    end += snprintf(end, 32, "CREATE TABLE rows (");
    for (int i = 0; i < AR_ROW_SET_COLUMNS_MAX; i++)
        end += snprintf(end, NAME_SIZE, "c%d, ", i);
    (void)snprintf(end, 16, "rows HIDDEN)");
    return sqlite3_declare_vtab(database, sql);
}

static int rows_connect(sqlite3 *database, void *context, int argument_count, const char *const *arguments,
                        sqlite3_vtab **out, char **message)
{
    int code = declare(database);
    struct rows_table *table;

    (void)argument_count, (void)arguments, (void)message;
    if (code != SQLITE_OK)
        return code;
    table = sqlite3_malloc(sizeof *table);
    if (table == NULL)
        return SQLITE_NOMEM;
    *table = (struct rows_table){.refused = context};
    *out = &table->base;
    return SQLITE_OK;
}

static int rows_disconnect(sqlite3_vtab *table)
{
    sqlite3_free(table);
    return SQLITE_OK;
}

static int rows_best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    for (int i = 0; i < info->nConstraint; i++) {
        if (info->aConstraint[i].iColumn != AR_ROW_SET_COLUMNS_MAX ||
            info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ || !info->aConstraint[i].usable)
            continue;
        info->aConstraintUsage[i].argvIndex = 1;
        info->aConstraintUsage[i].omit = 1;
        return SQLITE_OK;
    }
    return SQLITE_CONSTRAINT;
}

static int rows_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    struct rows_cursor *cursor = sqlite3_malloc(sizeof *cursor);

    (void)table;
    if (cursor == NULL)
        return SQLITE_NOMEM;
    *cursor = (struct rows_cursor){0};
    *out = &cursor->base;
    return SQLITE_OK;
}

static int rows_close(sqlite3_vtab_cursor *base)
{
    sqlite3_free(base);
    return SQLITE_OK;
}

static int rows_filter(sqlite3_vtab_cursor *base, int plan, const char *plan_text, int argument_count,
                       sqlite3_value **arguments)
{
    struct rows_cursor *cursor = (struct rows_cursor *)base;

    (void)plan, (void)plan_text;
    cursor->rows = argument_count == 1 ? sqlite3_value_pointer(arguments[0], pointer_type) : NULL;
    cursor->position = 0;
    return SQLITE_OK;
}

static int rows_next(sqlite3_vtab_cursor *base)
{
    ((struct rows_cursor *)base)->position++;
    return SQLITE_OK;
}

static int rows_eof(sqlite3_vtab_cursor *base)
{
    const struct rows_cursor *cursor = (const struct rows_cursor *)base;

    return cursor->rows == NULL || cursor->position >= cursor->rows->count;
}

static int rows_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int number)
{
    const struct rows_cursor *cursor = (const struct rows_cursor *)base;
    const struct row_set *rows = cursor->rows;
    const struct ar_column *column;
    struct ar_value value;

    if ((size_t)number >= rows->column_count)
        return SQLITE_OK;
    column = rows->columns[number];
    value = ar_field_value(column, rows->records[cursor->position]);
    if (ar_sqlite_result(context, &value, column->type))
        return SQLITE_OK;
    *((struct rows_table *)base->pVtab)->refused = column;
    return SQLITE_RANGE;
}

static int rows_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
    *out = (sqlite3_int64)((struct rows_cursor *)base)->position;
    return SQLITE_OK;
}

int ar_sqlite_rows_register(sqlite3 *database, const struct ar_column **refused)
{
    /* xCreate NULL makes it eponymous-only: it is there without CREATE VIRTUAL TABLE. */
    static const sqlite3_module module = {
        .xConnect = rows_connect,
        .xBestIndex = rows_best_index,
        .xDisconnect = rows_disconnect,
        .xOpen = rows_open,
        .xClose = rows_close,
        .xFilter = rows_filter,
        .xNext = rows_next,
        .xEof = rows_eof,
        .xColumn = rows_column,
        .xRowid = rows_rowid,
    };

    return sqlite3_create_module(database, "armature_rows", &module, (void *)refused);
}

int ar_sqlite_rows_bind(sqlite3_stmt *statement, int index, const struct row_set *rows)
{
    return sqlite3_bind_pointer(statement, index, (void *)(uintptr_t)rows, pointer_type, NULL);
}

/* ---- Keys -------------------------------------------------------------------------------------------------------- */

/* Runs a SELECT of one integer, with the table's name for its parameter; `*out` stays where it returns no row. */
static int ask(sqlite3 *database, const char *sql, const char *table, int64_t *out)
{
    sqlite3_stmt *handle = NULL;
    int code = sqlite3_prepare_v2(database, sql, -1, &handle, NULL);

    if (code == SQLITE_OK && sqlite3_bind_parameter_count(handle) > 0)
        code = sqlite3_bind_text(handle, 1, table, -1, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_step(handle);
    if (code == SQLITE_ROW)
        *out = sqlite3_column_int64(handle, 0);
    (void)sqlite3_finalize(handle);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

static int find_trigger(sqlite3 *database, const struct ar_model *model, bool *out)
{
    static const char *const sql = "SELECT 1 FROM (SELECT type, tbl_name FROM sqlite_schema UNION ALL"
                                   " SELECT type, tbl_name FROM sqlite_temp_schema)"
                                   " WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE";
    int64_t found = 0;
    int code = ask(database, sql, model->table, &found);

    *out = found != 0;
    return code;
}

/* The highest key that there is; of a table with AUTOINCREMENT, that there ever was. */
static int find_highest(sqlite3 *database, const struct ar_model *model, int64_t *out)
{
    int64_t ever = 0, has_sequences = 0;
    int code = ar_sqlite_highest_key(database, model, out);

    if (code == SQLITE_OK)
        code = ask(database, "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'", NULL, &has_sequences);
    if (code == SQLITE_OK && has_sequences != 0)
        code = ask(database, "SELECT seq FROM sqlite_sequence WHERE name = ? COLLATE NOCASE", model->table, &ever);
    if (ever > *out)
        *out = ever;
    return code;
}

int ar_sqlite_next_keys(sqlite3 *database, const struct ar_model *model, size_t count, int64_t *first)
{
    int64_t highest = 0;
    bool has_trigger;
    int code = find_trigger(database, model, &has_trigger);

    *first = 0;
    if (code != SQLITE_OK || has_trigger)
        return code;
    code = find_highest(database, model, &highest);
    /* Where all keys are below 0, SQLite begins at 1. */
    if (highest < 0)
        highest = 0;
    if (code == SQLITE_OK && count < (uint64_t)(INT64_MAX - highest))
        *first = highest + 1;
    return code;
}
