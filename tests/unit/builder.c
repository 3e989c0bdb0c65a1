/* The SQL builder without a database or a session, for two dialects. */
#include "sql/builder.h"

#include "fake/driver.h"
#include "unit.h"

#include "fake/library.ar.h"

#include <string.h>

static struct arena arena;
static struct failure failure;

/* Return the dialect of the fake driver, but with numbered parameters, arrays, and unqualified operators. */
static struct driver numbered(void)
{
    struct driver driver = fake_driver;

    driver.dialect.numbers_parameters = true;
    driver.dialect.has_key_arrays = true;
    driver.dialect.builtin_schema = NULL;
    return driver;
}

static struct statement finish(struct sql *sql)
{
    struct statement statement = {0};

    assert_int_equal(ar_sql_finish(sql, &statement), AR_OK);
    return statement;
}

static int tear_down(void **state)
{
    (void)state;
    ar_arena_free(&arena);
    return 0;
}

static void test_values_are_parameters(void **state)
{
    const struct driver driver = numbered();
    struct sql plain = ar_sql_begin(&fake_driver, &arena, &failure), dollars = ar_sql_begin(&driver, &arena, &failure);
    struct sql *both[] = {&plain, &dollars};
    struct statement statement;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        ar_sql_add(both[i], "SELECT ", NULL);
        ar_sql_add_value(both[i], &author_model.columns[1], ar_value_text("'; DROP TABLE authors"));
        ar_sql_add(both[i], ", ", NULL);
        ar_sql_add_number(both[i], UINT64_MAX);
    }
    statement = finish(&plain);
    assert_string_equal(statement.sql, "SELECT ?, ?");
    assert_int_equal(statement.parameter_count, 2);
    assert_string_equal(statement.parameters[0].value.bytes.data, "'; DROP TABLE authors");
    assert_ptr_equal(statement.parameters[0].column, &author_model.columns[1]);
    assert_int_equal(statement.parameters[1].value.integer, INT64_MAX);
    assert_string_equal(finish(&dollars).sql, "SELECT $1, $2");
}

/* Generated SQL is used in place until something is appended. */
static void test_constants_are_not_copied(void **state)
{
    struct sql sql = ar_sql_begin(&fake_driver, &arena, &failure);
    struct statement statement;

    (void)state;
    ar_sql_use_constant(&sql, &author_model.select);
    ar_sql_add(&sql, "", NULL);
    statement = finish(&sql);
    assert_true(statement.is_constant);
    assert_ptr_equal(statement.sql, author_model.select.sqlite);
    ar_sql_add(&sql, " LIMIT 1", NULL);
    statement = finish(&sql);
    assert_false(statement.is_constant);
    assert_string_equal(statement.sql, "SELECT authors.id, authors.name, authors.born FROM authors LIMIT 1");
}

static void test_operators_are_qualified_by_the_dialect(void **state)
{
    const struct driver driver = numbered();
    struct sql plain = ar_sql_begin(&driver, &arena, &failure), schema = ar_sql_begin(&fake_driver, &arena, &failure);
    const struct ar_value key = ar_value_integer(7);

    (void)state;
    ar_sql_add_key(&plain, ar_primary_key(&author_model), &key);
    assert_string_equal(finish(&plain).sql, "authors.id = $1");
    ar_sql_add_function(&schema, "lower");
    ar_sql_add_operator(&schema, "<");
    assert_string_equal(finish(&schema).sql, "builtin.lower OPERATOR(builtin.<) ");
}

/* A set of keys has one placeholder, or one per column. */
static void test_sets_of_keys(void **state)
{
    const struct driver driver = numbered();
    const struct ar_column text = {.type = AR_TYPE_TEXT}, *const columns[] = {NULL, &text};
    const struct ar_value values[] = {ar_value_integer(1), ar_value_text("de")};
    const struct key_set keys = {.count = 1, .column_count = 2, .values = values, .columns = columns};
    struct sql table = ar_sql_begin(&fake_driver, &arena, &failure), arrays = ar_sql_begin(&driver, &arena, &failure);

    (void)state;
    ar_sql_add_keys(&table, &keys);
    assert_string_equal(finish(&table).sql, "?");
    ar_sql_add_keys(&arrays, &keys);
    ar_sql_add(&arrays, " ", NULL);
    ar_sql_add_placeholder(&arrays);
    assert_string_equal(finish(&arrays).sql, "$1, $2 $3");
    assert_int_equal(finish(&arrays).parameter_count, 1);
}

static void test_version(void **state)
{
    struct sql sql = ar_sql_begin(&fake_driver, &arena, &failure);

    (void)state;
    ar_sql_add_next_version(&sql, &author_model.columns[2]);
    assert_string_equal(finish(&sql).sql, "CASE WHEN authors.born OPERATOR(builtin.<) 2147483647 THEN authors.born"
                                          " OPERATOR(builtin.+) 1 ELSE 0 END");
}

static void test_long_statements(void **state)
{
    struct sql sql = ar_sql_begin(&fake_driver, &arena, &failure);
    struct statement statement;

    (void)state;
    for (int i = 0; i < 1000; i++)
        ar_sql_add_number(&sql, (uint64_t)i);
    statement = finish(&sql);
    assert_int_equal(strlen(statement.sql), 1000);
    assert_int_equal(statement.parameter_count, 1000);
    assert_int_equal(statement.parameters[999].value.integer, 999);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_are_parameters),
        cmocka_unit_test(test_constants_are_not_copied),
        cmocka_unit_test(test_operators_are_qualified_by_the_dialect),
        cmocka_unit_test(test_sets_of_keys),
        cmocka_unit_test(test_version),
        cmocka_unit_test(test_long_statements),
    };

    return cmocka_run_group_tests(tests, NULL, tear_down);
}
