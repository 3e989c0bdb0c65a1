/* Opens databases and runs the DDL of models. A statement that lacks an object which is not part of the models (a
 * function, a collation, an attached database) is repeated once there is a substitute. */
#include "sql_database.h"
#include "dialect.h"
#include "emit.h"
#include "sql.h"
#include "sql_keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

sqlite3 *sql_database_empty(void)
{
    sqlite3 *database = NULL;
    if (sqlite3_open_v2(":memory:", &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, NULL) != SQLITE_OK) {
        fprintf(stderr, "armature: error: cannot open a database in memory: %s\n", sqlite3_errmsg(database));
        exit(1);
    }
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    return database;
}

const char *sql_database_message(struct arena *arena, sqlite3 *database)
{
    static const char prefix[] = "no such column: ", hint[] = "\" - should this be a string literal in single-quotes?";
    const char *message = sqlite3_errmsg(database);
    const char *name = message + strlen(prefix), *end = strstr(message, hint);
    if (strncmp(message, prefix, strlen(prefix)) != 0 || name[0] != '"' || end == NULL)
        return arena_text(arena, message);
    return arena_print(arena, "%s%.*s", prefix, (int)(end - name - 1), name + 1);
}

const char *sql_database_named(struct arena *arena, sqlite3 *database, const char *prefix)
{
    const char *message = sql_database_message(arena, database);
    size_t length = strlen(prefix);
    return strncmp(message, prefix, length) == 0 ? message + length : NULL;
}

/* ---- Substitutes ------------------------------------------------------------------------------------------------- */

static void call_nothing(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)context, (void)count, (void)values;
}

static int compare_nothing(void *data, int left_size, const void *left, int right_size, const void *right)
{
    (void)data, (void)left_size, (void)left, (void)right_size, (void)right;
    return 0;
}

static bool create_function(sqlite3 *database, const char *name)
{
    return sqlite3_create_function(database, name, -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, call_nothing, NULL,
                                   NULL) == SQLITE_OK;
}

/* Create the object that SQLite's latest message names. Return false if the message is about something else. */
static bool create_missing(struct arena *arena, sqlite3 *database)
{
    const char *function = sql_database_named(arena, database, "no such function: ");
    const char *collation = sql_database_named(arena, database, "no such collation sequence: ");
    if (function != NULL)
        return create_function(database, function);
    return collation != NULL &&
           sqlite3_create_collation(database, collation, SQLITE_UTF8, NULL, compare_nothing) == SQLITE_OK;
}

int sql_database_prepare(struct arena *arena, sqlite3 *database, const char *sql, sqlite3_stmt **out)
{
    const char *last = NULL;
    int code = sqlite3_prepare_v2(database, sql, -1, out, NULL);
    while (code != SQLITE_OK) {
        const char *name = sql_database_named(arena, database, "no such function: ");
        if (name == NULL || (last != NULL && strcmp(name, last) == 0) || !create_function(database, name))
            return code;
        last = name;
        code = sqlite3_prepare_v2(database, sql, -1, out, NULL);
    }
    return code;
}

sqlite3 *sql_database_of_columns(struct arena *arena, const struct model *model)
{
    sqlite3 *database = sql_database_empty();
    struct text sql = {0};
    text_print(&sql, "CREATE TABLE %s (", sql_name(arena, model->table));
    for (size_t i = 0; i < model->column_count; i++)
        text_print(&sql, "%s, ", sql_name(arena, model->columns[i]->name));
    text_print(&sql, "PRIMARY KEY (");
    for (size_t i = 0; i < model->key_count; i++)
        text_print(&sql, "%s%s", i > 0 ? ", " : "", sql_name(arena, model->keys[i]->name));
    text_add(&sql, ")) WITHOUT ROWID");
    sqlite3_exec(database, sql.data, NULL, NULL, NULL);
    text_free(&sql);
    return database;
}

/* ---- The tables of models ---------------------------------------------------------------------------------------- */

/* Create a table with the columns and the key of the model, without anything that SQLite could refuse, and those of its
 * indexes that SQLite accepts. */
static void create_plain_table(struct arena *arena, sqlite3 *database, const struct model *model)
{
    struct text sql = {0};
    text_print(&sql, "CREATE TABLE IF NOT EXISTS %s (", model->table_sql);
    for (size_t i = 0; i < model->column_count; i++)
        text_print(&sql, "%s%s %s", i > 0 ? ", " : "", model->columns[i]->sql,
                   dialect_sqlite.column_type(model->columns[i]));
    for (size_t i = 0; i < model->key_count; i++)
        text_print(&sql, "%s%s", i == 0 ? ", PRIMARY KEY (" : ", ", model->keys[i]->sql);
    text_add(&sql, model->key_count > 0 ? "))" : ")");
    sqlite3_exec(database, sql.data, NULL, NULL, NULL);
    text_free(&sql);
    for (size_t i = 0; i < model->index_count; i++) {
        struct text index = {0};
        emit_index(&index, arena, model, &model->indexes[i], &dialect_sqlite);
        sqlite3_exec(database, index.data, NULL, NULL, NULL);
        text_free(&index);
    }
}

static void create_table(struct arena *arena, sqlite3 *database, const struct model *model)
{
    enum { SUBSTITUTES_MAX = 16 };
    struct text sql = {0};
    emit_schema_of(&sql, arena, model, &dialect_sqlite);
    int code = sqlite3_exec(database, sql.data, NULL, NULL, NULL);
    for (int i = 0; code != SQLITE_OK && i < SUBSTITUTES_MAX && create_missing(arena, database); i++)
        code = sqlite3_exec(database, sql.data, NULL, NULL, NULL);
    text_free(&sql);
    if (code != SQLITE_OK || model->is_view)
        create_plain_table(arena, database, model);
}

sqlite3 *sql_database_open(const struct model_set *set)
{
    sqlite3 *database = sql_database_empty();
    sql_keys_register(database);
    for (size_t i = 0; i < set->model_count; i++)
        create_table(set->arena, database, set->models[i]);
    return database;
}
