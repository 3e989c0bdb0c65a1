/* A set of keys bound as one parameter: a table with the columns k0, k1, … and `ordinal`, and a function that looks up
 * a key. */
#include "driver/sqlite/keys.h"

#include "driver/sqlite/array_table.h"
#include "driver/sqlite/value.h"
#include "model/key_table.h"

static size_t count_keys(const void *items)
{
    return ((const struct key_set *)items)->count;
}

static int key_column(const void *items, size_t position, int column, sqlite3_context *context)
{
    const struct key_set *keys = items;
    size_t part = (size_t)column;

    if (part >= keys->column_count)
        return SQLITE_OK;
    if (keys->integers != NULL)
        sqlite3_result_int64(context, keys->integers[position]);
    else
        (void)ar_sqlite_result(context, &keys->values[position * keys->column_count + part], keys->columns[part]);
    return SQLITE_OK;
}

static const struct array_table keys_table = {
    .name = "armature_keys",
    .letter = 'k',
    .numbered = AR_KEY_COLUMNS_MAX,
    .count = count_keys,
    .column = key_column,
};

/* armature_wanted(?, key), for keys of one integer. */
static void wanted(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    const struct key_set *keys = sqlite3_value_pointer(arguments[0], keys_table.name);
    struct key key;

    (void)count;
    if (keys == NULL || sqlite3_value_type(arguments[1]) != SQLITE_INTEGER)
        return; /* NULL */
    key = ar_key_of_integer(sqlite3_value_int64(arguments[1]));
    sqlite3_result_int(context, ar_key_table_find(keys->table, &key) != NULL);
}

int ar_sqlite_keys_register(sqlite3 *database)
{
    int code = ar_sqlite_array_table_register(database, &keys_table);

    if (code != SQLITE_OK)
        return code;
    return sqlite3_create_function_v2(database, "armature_wanted", 2, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, wanted,
                                      NULL, NULL, NULL);
}

int ar_sqlite_keys_bind(sqlite3_stmt *statement, int index, const struct key_set *keys)
{
    return ar_sqlite_array_table_bind(statement, index, &keys_table, keys);
}
