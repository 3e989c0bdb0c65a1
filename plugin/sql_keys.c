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

void sql_keys_register(sqlite3 *database)
{
    static const sqlite3_module module = {
        .xConnect = table_connect,
        .xBestIndex = table_best_index,
        .xDisconnect = table_disconnect,
    };
    sqlite3_create_module(database, "armature_keys", &module, NULL);
}
