/* Structs bound as one parameter: a table with the columns c0, c1, …, from which one statement inserts any number of
 * rows. */
#include "driver/sqlite/structs.h"

#include "driver/sqlite/array_table.h"
#include "driver/sqlite/value.h"
#include "model/field.h"
#include "model/key.h"

#include <string.h>

static size_t count_rows(const void *items)
{
    return ((const struct row_set *)items)->count;
}

/* Return a field of a type whose every value SQLite can store. Return false if the slow path must check it. */
static inline bool return_usual(const struct ar_column *column, const void *record, sqlite3_context *context)
{
    const char *text;

    if ((column->flags & (AR_COLUMN_NULLABLE | AR_COLUMN_TIME_TEXT)) != 0)
        return false;
    if (column->type == AR_TYPE_INT64 || (column->type == AR_TYPE_TIME && sizeof(time_t) == sizeof(int64_t))) {
        sqlite3_result_int64(context, ar_integer_at(record, column->offset));
        return true;
    }
    if (column->type != AR_TYPE_TEXT)
        return false;
    memcpy(&text, (const char *)record + column->offset, sizeof text);
    sqlite3_result_text(context, text, -1, SQLITE_STATIC); /* NULL is NULL */
    return true;
}

static int row_column(const void *items, size_t position, int number, sqlite3_context *context)
{
    const struct row_set *rows = items;
    const struct ar_column *column;
    struct ar_value value;

    if ((size_t)number >= rows->column_count)
        return SQLITE_OK;
    column = rows->columns[number];
    if (return_usual(column, ar_row_set_at(rows, position), context))
        return SQLITE_OK;
    value = ar_field_value(column, ar_row_set_at(rows, position));
    return ar_sqlite_result(context, &value, column) ? SQLITE_OK : SQLITE_RANGE;
}

static const struct array_table rows_table = {
    .name = "armature_rows",
    .letter = 'c',
    .numbered = AR_ROW_SET_COLUMNS_MAX,
    .count = count_rows,
    .column = row_column,
};

int ar_sqlite_structs_register(sqlite3 *database)
{
    return ar_sqlite_array_table_register(database, &rows_table);
}

int ar_sqlite_structs_bind(sqlite3_stmt *statement, int index, const struct row_set *rows)
{
    return ar_sqlite_array_table_bind(statement, index, &rows_table, rows);
}

const struct ar_column *ar_sqlite_structs_refused(const struct row_set *rows)
{
    for (size_t row = 0; row < rows->count; row++) {
        for (size_t i = 0; i < rows->column_count; i++) {
            struct ar_value value = ar_field_value(rows->columns[i], ar_row_set_at(rows, row));
            if (!ar_sqlite_holds(&value, rows->columns[i]))
                return rows->columns[i];
        }
    }
    return NULL;
}
