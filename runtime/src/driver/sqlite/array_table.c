/* Virtual tables over caller-owned arrays.
 *
 * Statements name them temp.armature_keys: SQLite then looks for a table of this name only in the temporary schema
 * before it uses the module, so that a table in the database file cannot hide it. Schemas (triggers, views, defaults)
 * cannot use them. */
#include "driver/sqlite/array_table.h"

#include <stdint.h>
#include <stdio.h>

struct table {
    sqlite3_vtab base; /* must be first */
    const struct array_table *kind;
};

struct cursor {
    sqlite3_vtab_cursor base; /* must be first */
    const struct array_table *kind;
    const void *items;
    size_t count, position;
};

/* Return the hidden column that the argument is compared with. */
static int hidden_column(const struct array_table *kind)
{
    return kind->numbered + 1;
}

/* CREATE TABLE items (k0, k1, …, ordinal INTEGER, items HIDDEN). */
static int declare(sqlite3 *database, const struct array_table *kind)
{
    sqlite3_str *sql = sqlite3_str_new(database);
    char *text;
    int code;

    sqlite3_str_appendall(sql, "CREATE TABLE items (");
    for (int i = 0; i < kind->numbered; i++)
        sqlite3_str_appendf(sql, "%c%d, ", kind->letter, i);
    sqlite3_str_appendall(sql, "ordinal INTEGER, items HIDDEN)");
    text = sqlite3_str_finish(sql);
    code = text != NULL ? sqlite3_declare_vtab(database, text) : SQLITE_NOMEM;
    sqlite3_free(text);
    return code;
}

static int table_connect(sqlite3 *database, void *kind, int argument_count, const char *const *arguments,
                         sqlite3_vtab **out, char **message)
{
    int code = declare(database, kind);
    struct table *table;

    (void)argument_count, (void)arguments, (void)message;
    if (code == SQLITE_OK)
        code = sqlite3_vtab_config(database, SQLITE_VTAB_DIRECTONLY);
    if (code != SQLITE_OK)
        return code;
    table = sqlite3_malloc(sizeof *table);
    if (table == NULL)
        return SQLITE_NOMEM;
    *table = (struct table){.kind = kind};
    *out = &table->base;
    return SQLITE_OK;
}

static int table_disconnect(sqlite3_vtab *table)
{
    sqlite3_free(table);
    return SQLITE_OK;
}

static int table_best_index(sqlite3_vtab *base, sqlite3_index_info *info)
{
    int hidden = hidden_column(((const struct table *)base)->kind);

    for (int i = 0; i < info->nConstraint; i++) {
        if (info->aConstraint[i].iColumn != hidden || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
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
    struct cursor *cursor = sqlite3_malloc(sizeof *cursor);

    if (cursor == NULL)
        return SQLITE_NOMEM;
    *cursor = (struct cursor){.kind = ((const struct table *)table)->kind};
    *out = &cursor->base;
    return SQLITE_OK;
}

static int cursor_close(sqlite3_vtab_cursor *base)
{
    sqlite3_free(base);
    return SQLITE_OK;
}

static int cursor_filter(sqlite3_vtab_cursor *base, int plan, const char *plan_text, int argument_count,
                         sqlite3_value **arguments)
{
    struct cursor *cursor = (struct cursor *)base;
    const struct array_table *kind = cursor->kind;

    (void)plan, (void)plan_text, (void)argument_count; /* every plan has one argument */
    cursor->items = sqlite3_value_pointer(arguments[0], kind->name);
    cursor->count = cursor->items != NULL ? kind->count(cursor->items) : 0;
    cursor->position = 0;
    return SQLITE_OK;
}

static int cursor_next(sqlite3_vtab_cursor *base)
{
    ((struct cursor *)base)->position++;
    return SQLITE_OK;
}

static int cursor_eof(sqlite3_vtab_cursor *base)
{
    const struct cursor *cursor = (const struct cursor *)base;

    return cursor->position >= cursor->count;
}

static int cursor_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column)
{
    const struct cursor *cursor = (const struct cursor *)base;
    const struct array_table *kind = cursor->kind;

    if (column < kind->numbered)
        return kind->column(cursor->items, cursor->position, column, context);
    if (column < hidden_column(kind))
        sqlite3_result_int64(context, (sqlite3_int64)cursor->position);
    return SQLITE_OK;
}

static int cursor_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
    *out = (sqlite3_int64)((struct cursor *)base)->position;
    return SQLITE_OK;
}

int ar_sqlite_array_table_register(sqlite3 *database, const struct array_table *table)
{
    /* xCreate NULL makes it eponymous-only: it is there without CREATE VIRTUAL TABLE. */
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

    return sqlite3_create_module(database, table->name, &module, (void *)(uintptr_t)table);
}

int ar_sqlite_array_table_bind(sqlite3_stmt *statement, int index, const struct array_table *table, const void *items)
{
    return sqlite3_bind_pointer(statement, index, (void *)(uintptr_t)items, table->name, NULL);
}
