/* Values and sets of keys as SQLite gets them: in the form of their column, refused if there is none, and in SQL
 * without the library's table functions. */
#include "driver/sqlite/json_keys.h"
#include "driver/sqlite/keys.h"
#include "driver/sqlite/plain.h"
#include "driver/sqlite/structs.h"
#include "driver/sqlite/value.h"

#include "unit.h"

#include <math.h>
#include <string.h>

static const struct ar_column seconds = {.type = AR_TYPE_TIME}, exact = {.type = AR_TYPE_TIMESPEC},
                              text = {.type = AR_TYPE_TEXT}, real = {.type = AR_TYPE_DOUBLE},
                              blob = {.type = AR_TYPE_BLOB}, uuid_text = {.type = AR_TYPE_UUID_TEXT},
                              date_text = {.type = AR_TYPE_TIME, .flags = AR_COLUMN_TIME_TEXT};

static const char uuid[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

/* ---- Values ------------------------------------------------------------------------------------------------------ */

struct returned {
    const struct ar_value *value;
    const struct ar_column *column;
    bool is_stored;
};

static void return_value(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    struct returned *returned = sqlite3_user_data(context);

    (void)count, (void)arguments;
    returned->is_stored = ar_sqlite_result(context, returned->value, returned->column);
}

/* The string that `SELECT quote(…)` makes of a value that is bound, or returned by a function; "refused" if it is. */
static const char *quote(sqlite3 *database, const char *sql, const struct ar_value *value,
                         const struct ar_column *column)
{
    static char result[128];
    struct returned returned = {value, column, true};
    sqlite3_stmt *handle;

    sqlite3_create_function(database, "returned", 0, SQLITE_UTF8, &returned, return_value, NULL, NULL);
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &handle, NULL), SQLITE_OK);
    strcpy(result, "refused");
    if (sqlite3_bind_parameter_count(handle) == 0 || ar_sqlite_bind(handle, 1, value, column) == SQLITE_OK) {
        assert_int_equal(sqlite3_step(handle), SQLITE_ROW);
        if (returned.is_stored)
            strncpy(result, (const char *)sqlite3_column_text(handle, 0), sizeof result - 1);
    }
    sqlite3_finalize(handle);
    return result;
}

static void test_values(void **state)
{
    static const char *const items[] = {"a", "\""};
    const struct ar_texts array = {items, 2};
    const struct ar_column texts = {.type = AR_TYPE_TEXTS};
    const struct {
        const struct ar_column *column;
        struct ar_value value;
        const char *expected;
    } cases[] = {
        {NULL, {.kind = AR_VALUE_NULL}, "NULL"},
        {NULL, {.kind = AR_VALUE_INTEGER, .integer = -7}, "-7"},
        {&real, {.kind = AR_VALUE_REAL, .real = 0.5}, "0.5"},
        {&real, {.kind = AR_VALUE_REAL, .real = (double)NAN}, "refused"},
        {&text, {.kind = AR_VALUE_TEXT, .bytes = {"it's", 4}}, "'it''s'"},
        {&blob, {.kind = AR_VALUE_BLOB, .bytes = {"\1\2", 2}}, "X'0102'"},
        {&blob, {.kind = AR_VALUE_BLOB, .bytes = {NULL, 0}}, "X''"},
        {NULL, {.kind = AR_VALUE_BLOB, .bytes = {"\1", 1}}, "X'01'"},
        {&uuid_text, {.kind = AR_VALUE_BLOB, .bytes = {uuid, 16}}, "'01020304-0506-0708-090a-0b0c0d0e0f10'"},
        {&uuid_text, {.kind = AR_VALUE_BLOB, .bytes = {uuid, 2}}, "X'0102'"},
        {&texts, {.kind = AR_VALUE_ARRAY, .bytes = {array.items, array.count}}, "'[\"a\",\"\\\"\"]'"},
        {&seconds, {.kind = AR_VALUE_TIME, .time = {7, 5}}, "7"},
        {&exact, {.kind = AR_VALUE_TIME, .time = {7, 5}}, "7000000005"},
        {&exact, {.kind = AR_VALUE_TIME, .time = {INT64_MAX, 0}}, "refused"},
        {&exact, {.kind = AR_VALUE_TIME, .time = {INT64_MAX / 1000000000, 999999999}}, "refused"},
        {&text, {.kind = AR_VALUE_TIME, .time = {7, 0}}, "refused"},
        {NULL, {.kind = AR_VALUE_TIME, .time = {7, 0}}, "refused"},
        {&date_text, {.kind = AR_VALUE_TIME, .time = {INT64_MAX, 0}}, "refused"},
        {&text, {.kind = AR_VALUE_DATE, .date = {2024, 2, 29}}, "'2024-02-29'"},
        {&text, {.kind = AR_VALUE_DATE, .date = {2023, 2, 29}}, "refused"},
        {&text, {.kind = AR_VALUE_TIME_OF_DAY, .time_of_day = {.hour = 24}}, "refused"},
        {&text, {.kind = AR_VALUE_DECIMAL}, "refused"},
        {&text, {.kind = AR_VALUE_OUT_OF_RANGE}, "refused"},
        {&text, {.kind = AR_VALUE_OTHER}, "refused"},
    };
    struct sqlite_stored stored;
    sqlite3 *database;

    (void)state;
    assert_int_equal(sqlite3_open(":memory:", &database), SQLITE_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct ar_value *value = &cases[i].value;
        bool is_refused = strcmp(cases[i].expected, "refused") == 0;
        assert_string_equal(quote(database, "SELECT quote(?)", value, cases[i].column), cases[i].expected);
        if (value->kind != AR_VALUE_TIME || cases[i].column != &seconds)
            assert_string_equal(quote(database, "SELECT quote(returned())", value, cases[i].column), cases[i].expected);
        assert_int_equal(ar_sqlite_holds(value, cases[i].column), !is_refused);
        assert_int_equal(ar_sqlite_store(value, cases[i].column, &stored), !is_refused);
    }
    sqlite3_close(database);
}

/* ---- Sets -------------------------------------------------------------------------------------------------------- */

static struct arena arena;

static struct key_set set_of(const struct ar_value *values, const struct ar_column *const *columns, size_t count)
{
    return (struct key_set){.count = count, .column_count = 1, .values = values, .columns = columns};
}

/* Keys that no value of the column equals are null; a string of a zero byte, and a number, cannot be in JSON. */
static void test_keys(void **state)
{
    static const struct ar_value uuids[] = {{.kind = AR_VALUE_BLOB, .bytes = {uuid, 16}}, {.kind = AR_VALUE_NULL}},
                                 times[] = {{.kind = AR_VALUE_TIME, .time = {INT64_MAX, 0}}},
                                 blobs[] = {{.kind = AR_VALUE_BLOB, .bytes = {"ab", 2}},
                                            {.kind = AR_VALUE_BLOB, .bytes = {NULL, 0}},
                                            {.kind = AR_VALUE_NULL}},
                                 zero[] = {{.kind = AR_VALUE_TEXT, .bytes = {"a\0b", 3}}},
                                 quoted[] = {{.kind = AR_VALUE_TEXT, .bytes = {"\"\n\\", 3}}},
                                 number[] = {{.kind = AR_VALUE_REAL, .real = 0.5}};
    static const struct {
        const struct ar_column *column;
        const struct ar_value *values;
        size_t count;
        const char *json; /* NULL: it is not possible */
    } cases[] = {
        {&uuid_text, uuids, 2, "[\"01020304-0506-0708-090a-0b0c0d0e0f10\",null]"},
        {&exact, times, 1, "[null]"},
        {&blob, blobs, 3, "[[1,2],[3,0],null]"},
        {&text, zero, 1, NULL},
        {&text, quoted, 1, "[\"\\u0022\\u000a\\u005c\"]"},
        {&real, number, 1, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct key_set keys = set_of(cases[i].values, &cases[i].column, cases[i].count);
        struct key_form form = ar_sqlite_key_form(&keys);
        struct ar_bytes json, bytes;
        assert_int_equal(form.is_json, cases[i].json != NULL);
        if (cases[i].json == NULL)
            continue;
        assert_true(ar_sqlite_write_keys(&keys, form, &arena, &json, &bytes));
        assert_int_equal(json.size, strlen(cases[i].json));
        assert_memory_equal(json.data, cases[i].json, json.size);
        assert_int_equal(bytes.size, form.in_bytes != 0 ? 2 : 0);
    }
    ar_arena_free(&arena);
}

static const char *plain(const char *sql, const struct parameter *parameters, size_t count)
{
    const struct statement statement = {.sql = sql, .parameters = parameters, .parameter_count = count};
    size_t total;

    return ar_sqlite_plain_sql(&statement, &arena, &total);
}

/* Only table functions whose argument is a set are replaced: not in strings and comments, nor with other arguments. */
static void test_plain_sql(void **state)
{
    static const struct ar_column *const columns[] = {&real};
    static const struct ar_value numbers[] = {{.kind = AR_VALUE_REAL, .real = 1}, {.kind = AR_VALUE_REAL, .real = 2}};
    const struct key_set keys = set_of(numbers, columns, 2);
    const struct row_set rows = {.count = 1, .first = numbers, .size = 8, .columns = columns, .column_count = 1};
    const struct parameter parameters[] = {{.keys = &keys}, {.rows = &rows}};
    static const char *const unchanged[] = {
        "SELECT 'temp.armature_keys(?1)'",
        "SELECT \"?",
        "-- ?1",
        "/* ?",
        "SELECT [t?], `?`",
        "SELECT 4 - 2 / 1",
        "FROM temp.armature_keys(1)",
        "FROM temp",
        "FROM temp.armature_keys(?1, 2)",
        "FROM temp.armature_keys(?2)",
        "FROM temp.armature_rows(?1)",
        "FROM temp.armature_keys(?4)",
        "FROM temp.armature_keys(?0)",
    };

    (void)state;
    for (size_t i = 0; i < sizeof unchanged / sizeof *unchanged; i++)
        assert_string_equal(plain(unchanged[i], parameters, 2), unchanged[i]);
    assert_string_equal(plain("FROM temp.armature_keys(?)", parameters, 2),
                        "FROM (SELECT column1 AS k0, column2 AS ordinal FROM (VALUES (?3, 0), (?, 1)))");
    assert_string_equal(plain("FROM temp.armature_rows(?2), temp.armature_keys(?1)", parameters, 2),
                        "FROM (SELECT column1 AS c0, column2 AS ordinal FROM (VALUES (?5, 0))),"
                        " (SELECT column1 AS k0, column2 AS ordinal FROM (VALUES (?3, 0), (?4, 1)))");
    ar_arena_free(&arena);
}

/* ---- Table functions --------------------------------------------------------------------------------------------- */

/* Assert the rows of a statement whose only parameter is the argument of a table function, as `SELECT quote(…)` prints
 * them, separated by spaces. */
static void assert_rows(sqlite3 *database, const char *sql, const struct key_set *keys, const struct row_set *rows,
                        const char *expected)
{
    char result[128] = "";
    sqlite3_stmt *handle;

    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &handle, NULL), SQLITE_OK);
    assert_int_equal(keys != NULL ? ar_sqlite_keys_bind(handle, 1, keys) : ar_sqlite_structs_bind(handle, 1, rows),
                     SQLITE_OK);
    while (sqlite3_step(handle) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(handle); i++) {
            const char *value = (const char *)sqlite3_column_text(handle, i);
            strcat(strcat(result, result[0] != '\0' ? " " : ""), value != NULL ? value : "NULL");
        }
    sqlite3_finalize(handle);
    assert_string_equal(result, expected);
}

/* Columns that the keys or structs do not have are NULL, as is the argument. */
static void test_table_functions(void **state)
{
    static const int64_t integers[] = {7, 9};
    const struct ar_column number = {.type = AR_TYPE_INT64, .size = sizeof(int64_t)};
    const struct ar_column *const columns[] = {&number};
    const struct key_set keys = {.count = 2, .column_count = 1, .integers = integers};
    const struct row_set rows = {2, integers, sizeof integers[0], columns, 1, NULL};
    sqlite3 *database;

    (void)state;
    assert_int_equal(sqlite3_open(":memory:", &database), SQLITE_OK);
    assert_int_equal(ar_sqlite_keys_register(database), SQLITE_OK);
    assert_int_equal(ar_sqlite_structs_register(database), SQLITE_OK);
    assert_rows(database, "SELECT k0, k1, ordinal, rowid, items FROM armature_keys(?)", &keys, NULL,
                "7 NULL 0 0 NULL 9 NULL 1 1 NULL");
    assert_rows(database, "SELECT c0, c1, ordinal, rowid, items FROM armature_rows(?)", NULL, &rows,
                "7 NULL 0 0 NULL 9 NULL 1 1 NULL");
    assert_rows(database, "SELECT k0 FROM armature_keys(?)", NULL, &rows, ""); /* a pointer of another type */
    assert_int_equal(sqlite3_exec(database, "SELECT k0 FROM armature_keys", NULL, NULL, NULL), SQLITE_ERROR);
    assert_null(ar_sqlite_structs_refused(&rows));
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_plain_sql),
        cmocka_unit_test(test_table_functions),
    };

    return cmocka_run_group_tests_name("sqlite_value", tests, NULL, NULL);
}
