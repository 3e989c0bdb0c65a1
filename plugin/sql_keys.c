/* A table-valued function with the columns and the costs of the one in runtime/src/driver/sqlite/keys.c, so that SQLite
 * chooses the same plan as at run time. */
#include "sql_keys.h"

#include <armature/model.h>
#include <stdio.h>

enum { HIDDEN_COLUMN = AR_KEY_COLUMNS_MAX + 1 };

static int table_connect(sqlite3 *database, void *data, int count, const char *const *arguments, sqlite3_vtab **out,
                         char **message)
{
    (void)data, (void)count, (void)arguments, (void)message;
    char columns[AR_KEY_COLUMNS_MAX * sizeof "k00, "] = "";
    char sql[sizeof columns + sizeof "CREATE TABLE keys (ordinal INTEGER, keys HIDDEN)"];
    for (int i = 0, length = 0; i < AR_KEY_COLUMNS_MAX; i++)
        length += snprintf(columns + length, sizeof columns - (size_t)length, "k%d, ", i);
    snprintf(sql, sizeof sql, "CREATE TABLE keys (%sordinal INTEGER, keys HIDDEN)", columns);
    int code = sqlite3_declare_vtab(database, sql);
    if (code == SQLITE_OK && (*out = sqlite3_malloc(sizeof **out)) == NULL)
        code = SQLITE_NOMEM;
    if (code == SQLITE_OK)
        **out = (sqlite3_vtab){0};
    return code;
}

static int table_disconnect(sqlite3_vtab *table)
{
    sqlite3_free(table);
    return SQLITE_OK;
}

/* The table can be read only by its argument. */
static int table_best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    for (int i = 0; i < info->nConstraint; i++) {
        if (info->aConstraint[i].iColumn != HIDDEN_COLUMN || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (!info->aConstraint[i].usable)
            return SQLITE_CONSTRAINT;
        info->aConstraintUsage[i].argvIndex = 1;
        info->aConstraintUsage[i].omit = 1;
        info->estimatedCost = 100;
        info->estimatedRows = 100;
        return SQLITE_OK;
    }
    return SQLITE_CONSTRAINT;
}

static int cursor_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    (void)table;
    *out = sqlite3_malloc(sizeof **out);
    if (*out == NULL)
        return SQLITE_NOMEM;
    **out = (sqlite3_vtab_cursor){0};
    return SQLITE_OK;
}

static int cursor_close(sqlite3_vtab_cursor *cursor)
{
    sqlite3_free(cursor);
    return SQLITE_OK;
}

static int cursor_filter(sqlite3_vtab_cursor *cursor, int plan, const char *plan_text, int count,
                         sqlite3_value **arguments)
{
    (void)cursor, (void)plan, (void)plan_text, (void)count, (void)arguments;
    return SQLITE_OK;
}

static int cursor_next(sqlite3_vtab_cursor *cursor)
{
    (void)cursor;
    return SQLITE_OK;
}

static int cursor_eof(sqlite3_vtab_cursor *cursor)
{
    (void)cursor;
    return 1;
}

static int cursor_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column)
{
    (void)cursor, (void)context, (void)column;
    return SQLITE_OK;
}

static int cursor_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
    (void)cursor;
    *out = 0;
    return SQLITE_OK;
}

void sql_keys_register(sqlite3 *database)
{
    static const sqlite3_module module = {
        .xConnect = table_connect,
        .xBestIndex = table_best_index,
        .xDisconnect = table_disconnect,
        .xOpen = cursor_open,
        .xClose = cursor_close,
        .xFilter = cursor_filter,
        .xNext = cursor_next,
        .xEof = cursor_eof,
        .xColumn = cursor_column,
        .xRowid = cursor_rowid,
    };
    sqlite3_create_module(database, "armature_keys", &module, NULL);
}
