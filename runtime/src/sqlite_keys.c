/* Keys bound to one parameter. armature_keys(?) is an eponymous virtual table over a key set that is bound as a pointer (https://sqlite.org/vtab.html,
 * https://sqlite.org/bindptr.html). One statement text serves any number of keys, and rows come in the keys' order. */
#include "sqlite_keys.h"

#include "driver_sqlite.h"
#include "table.h"

#include <stdlib.h>

static const char *const pointer_type = "armature_keys";

enum { COLUMN_ORDINAL = AR_KEY_COLUMNS_MAX, COLUMN_KEYS };

struct keys_cursor {
    sqlite3_vtab_cursor base;
    const struct key_set *keys;
    size_t position;
};

static int keys_connect(sqlite3 *database, void *context, int argument_count, const char *const *arguments,
                        sqlite3_vtab **out, char **message)
{
    int code = sqlite3_declare_vtab(database,
                                    "CREATE TABLE keys (k0, k1, k2, k3, k4, k5, k6, k7, ordinal INTEGER, keys HIDDEN)");

    (void)context, (void)argument_count, (void)arguments, (void)message;
    if (code != SQLITE_OK)
        return code;
    *out = sqlite3_malloc(sizeof **out);
    if (*out == NULL)
        return SQLITE_NOMEM;
    **out = (sqlite3_vtab){0};
    return SQLITE_OK;
}

static int keys_disconnect(sqlite3_vtab *table)
{
    sqlite3_free(table);
    return SQLITE_OK;
}

static int keys_best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    for (int i = 0; i < info->nConstraint; i++) {
        if (info->aConstraint[i].iColumn != COLUMN_KEYS || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
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

static int keys_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    struct keys_cursor *cursor = sqlite3_malloc(sizeof *cursor);

    (void)table;
    if (cursor == NULL)
        return SQLITE_NOMEM;
    *cursor = (struct keys_cursor){0};
    *out = &cursor->base;
    return SQLITE_OK;
}

static int keys_close(sqlite3_vtab_cursor *base)
{
    sqlite3_free(base);
    return SQLITE_OK;
}

static int keys_filter(sqlite3_vtab_cursor *base, int plan, const char *plan_text, int argument_count,
                       sqlite3_value **arguments)
{
    struct keys_cursor *cursor = (struct keys_cursor *)base;

    (void)plan, (void)plan_text;
    cursor->keys = argument_count == 1 ? sqlite3_value_pointer(arguments[0], pointer_type) : NULL;
    cursor->position = 0;
    return SQLITE_OK;
}

static int keys_next(sqlite3_vtab_cursor *base)
{
    ((struct keys_cursor *)base)->position++;
    return SQLITE_OK;
}

static int keys_eof(sqlite3_vtab_cursor *base)
{
    const struct keys_cursor *cursor = (const struct keys_cursor *)base;

    return cursor->keys == NULL || cursor->position >= cursor->keys->count;
}

static int keys_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column)
{
    const struct keys_cursor *cursor = (const struct keys_cursor *)base;
    const struct key_set *keys = cursor->keys;

    if (column == COLUMN_ORDINAL) {
        sqlite3_result_int64(context, (sqlite3_int64)cursor->position);
    } else if (column < COLUMN_ORDINAL && (size_t)column < keys->column_count) {
        if (keys->integers != NULL)
            sqlite3_result_int64(context, keys->integers[cursor->position]);
        else
            (void)ar_sqlite_result(context, &keys->values[cursor->position * keys->column_count + (size_t)column],
                                   keys->types[column]);
    }
    return SQLITE_OK;
}

static int keys_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
    *out = (sqlite3_int64)((struct keys_cursor *)base)->position;
    return SQLITE_OK;
}

/* armature_wanted(?, key), of integer keys. */
static void wanted(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    const struct key_set *keys = sqlite3_value_pointer(arguments[0], pointer_type);
    struct key key;

    (void)count;
    if (keys == NULL || sqlite3_value_type(arguments[1]) != SQLITE_INTEGER)
        return; /* NULL */
    key = ar_key_of_integer(sqlite3_value_int64(arguments[1]));
    sqlite3_result_int(context, ar_table_find(keys->places, &key) != NULL);
}

int ar_sqlite_keys_register(sqlite3 *database)
{
    /* xCreate NULL makes it eponymous-only: it is there without CREATE VIRTUAL TABLE. */
    static const sqlite3_module module = {
        .xConnect = keys_connect,
        .xBestIndex = keys_best_index,
        .xDisconnect = keys_disconnect,
        .xOpen = keys_open,
        .xClose = keys_close,
        .xFilter = keys_filter,
        .xNext = keys_next,
        .xEof = keys_eof,
        .xColumn = keys_column,
        .xRowid = keys_rowid,
    };

    int code = sqlite3_create_module(database, "armature_keys", &module, NULL);

    if (code != SQLITE_OK)
        return code;
    return sqlite3_create_function_v2(database, "armature_wanted", 2, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, wanted,
                                      NULL, NULL, NULL);
}

int ar_sqlite_keys_bind(sqlite3_stmt *statement, int index, const struct key_set *keys)
{
    return sqlite3_bind_pointer(statement, index, (void *)(uintptr_t)keys, pointer_type, NULL);
}
