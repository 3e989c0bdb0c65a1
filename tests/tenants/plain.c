/* SQLite without virtual tables, functions and collations of this process (.sqlite_plain): what its sets of keys and
 * rows can contain, its limits, and what it refuses. That all else behaves as usual is shown by the tests of other
 * folders, which run in this mode, too. */
#include "support.h"
#include "tools.ar.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_plain(void **state)
{
    static const struct ar_model *const models[] = {&maker_model, &tool_model, &sale_model};
    const struct ar_db_options options = {.sqlite_plain = true};
    return fixture_open_with(state, "sqlite::memory:", &options, models, 3);
}

static struct maker new_maker(int number, const char *name)
{
    struct maker maker = {.name = name, .weight = number};
    memset(maker.id, number + 1, sizeof maker.id);
    return maker;
}

/* The connection has none of them. */
static void test_s650_nothing_registered(void **state)
{
    static const char *const statements[] = {
        "SELECT * FROM temp.armature_keys(1)", "SELECT * FROM temp.armature_rows(1)",
        "SELECT armature_wanted(1, 1)",        "SELECT armature_in_range(1, 1, 1, 0)",
        "SELECT armature_take_all(1)",         "SELECT 1 ORDER BY 1 COLLATE armature_decimal",
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        fails(f->s, AR_DATABASE, ar_execute(f->s, statements[i]));
}

static const char *const odd_names[] = {
    "plain",       "it's", "\"quoted\"", "back\\slash", "line\nbreak", "\x01\x1f\x7f",
    "caf\xc3\xa9", "",     "[1, 2]",     "null",        "?1",          "7",
};
enum { ODD_NAMES = sizeof odd_names / sizeof *odd_names };

static void test_s650_strings(void **state)
{
    struct fixture *f = *state;
    struct maker_list list;
    for (int i = 0; i < ODD_NAMES; i++) {
        struct maker maker = new_maker(i, odd_names[i]);
        add_row(f, &maker_model, &maker);
    }
    struct maker_query *q = maker_query(f->s);
    maker_where(q, ar_in(maker_column.name, odd_names, ODD_NAMES));
    ok(f->s, maker_all(q, &list));
    assert_statements(f, 1);
    assert_int_equal(list.count, ODD_NAMES);
    for (int i = 0; i < ODD_NAMES; i++) {
        q = maker_query(f->s);
        maker_where(q, ar_not_in(maker_column.name, odd_names + i, ODD_NAMES - (size_t)i));
        ok(f->s, maker_all(q, &list));
        assert_int_equal(list.count, i);
    }
    q = maker_query(f->s);
    maker_where(q, ar_in(maker_column.name, odd_names, 0));
    ok(f->s, maker_all(q, &list));
    assert_int_equal(list.count, 0);
}

static void test_s650_integers(void **state)
{
    static const int64_t scores[] = {INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX};
    struct fixture *f = *state;
    struct maker_list list;
    for (int i = 0; i < 7; i++) {
        struct maker maker = new_maker(i, odd_names[i]);
        maker.score = scores[i];
        add_row(f, &maker_model, &maker);
    }
    for (size_t i = 1; i <= 7; i++) {
        struct maker_query *q = maker_query(f->s);
        maker_where(q, ar_in(maker_column.score, scores, i));
        maker_order_by(q, ar_asc(maker_column.score));
        ok(f->s, maker_all(q, &list));
        assert_int_equal(list.count, i);
        assert_true(list.items[i - 1]->score == scores[i - 1]);
    }
}

/* JSON would round them. */
static void test_s650_numbers(void **state)
{
    static const double weights[] = {0.1,      1.0 / 3, -5e-324, DBL_MAX, DBL_MIN, 1e22, 123456789.123456789,
                                     INFINITY, -0.0};
    enum { COUNT = sizeof weights / sizeof *weights };
    struct fixture *f = *state;
    struct maker_list list;
    struct maker_name_list names;
    for (int i = 0; i < COUNT; i++) {
        struct maker maker = new_maker(i, odd_names[i]);
        maker.weight = weights[i];
        add_row(f, &maker_model, &maker);
    }
    struct maker_query *q = maker_query(f->s);
    maker_where(q, ar_in(maker_column.weight, weights, COUNT));
    ok(f->s, maker_all(q, &list));
    assert_int_equal(list.count, COUNT);
    ok(f->s, names_of(f->s, weights, COUNT, odd_names + 1, 2, &names));
    assert_int_equal(names.count, COUNT - 2);
    ok(f->s, names_of(f->s, weights, 0, odd_names, 2, &names));
    assert_int_equal(names.count, 0);
    ok(f->s, names_of(f->s, weights, 1, odd_names, 0, &names));
    assert_int_equal(names.count, 1);
    assert_text(names.items[0]->name, "plain");
}

/* Insert makers with two tools each, and each tool with three sales. */
static void given_makers(struct fixture *f, int count)
{
    struct maker *makers = calloc((size_t)count, sizeof *makers);
    struct tool *tools = calloc((size_t)count * 2, sizeof *tools);
    struct sale *sales = calloc((size_t)count * 6, sizeof *sales);
    char(*names)[16] = calloc((size_t)count, sizeof *names);
    assert_true(makers != NULL && tools != NULL && sales != NULL && names != NULL);
    for (int i = 0; i < count; i++) {
        snprintf(names[i], sizeof names[i], "maker %d", i);
        makers[i] = (struct maker){.name = names[i], .score = i};
        memcpy(makers[i].id, &(int){i + 1}, sizeof(int));
    }
    for (int i = 0; i < count * 2; i++) {
        tools[i] = (struct tool){.country = i % 2 == 0 ? "\"de\"" : "at", .number = i / 2, .price = "1.50"};
        memcpy(tools[i].maker_id, makers[i / 2].id, sizeof tools[i].maker_id);
    }
    for (int i = 0; i < count * 6; i++)
        sales[i] = (struct sale){.country = tools[i / 3].country, .number = tools[i / 3].number, .paid = i / 10.0};
    ok(f->s, maker_insert_many(f->s, makers, (size_t)count));
    ok(f->s, tool_insert_many(f->s, tools, (size_t)count * 2));
    ok(f->s, sale_insert_many(f->s, sales, (size_t)count * 6));
    for (int i = 0; i < count * 6; i++)
        assert_int_equal(sales[i].id, i + 1);
    free(makers), free(tools), free(sales), free(names);
    ar_session_clear(f->s);
    reset_statements(f);
}

/* By blobs, and by strings with integers. */
static void test_s651_relations(void **state)
{
    enum { MAKERS = 50 };
    struct fixture *f = *state;
    struct maker_list makers;
    given_makers(f, MAKERS);
    struct maker_query *q = maker_query(f->s);
    tool_with_sales(maker_with_tools(q));
    maker_order_by(q, ar_asc(maker_column.score));
    ok(f->s, maker_all(q, &makers));
    assert_statements(f, 3);
    assert_int_equal(makers.count, MAKERS);
    for (size_t i = 0; i < makers.count; i++) {
        struct tool_list tools;
        ok(f->s, maker_tools(f->s, makers.items[i], &tools));
        assert_int_equal(tools.count, 2);
        for (size_t j = 0; j < 2; j++) {
            struct sale_list sales;
            assert_int_equal(tools.items[j]->number, i);
            ok(f->s, tool_sales(f->s, tools.items[j], &sales));
            assert_int_equal(sales.count, 3);
            assert_text(sales.items[0]->country, tools.items[j]->country);
            assert_true(sales.items[2]->paid == (double)(sales.items[2]->id - 1) / 10.0);
        }
    }
    assert_statements(f, 0);
}

/* More values than a statement has parameters: rows take several statements, keys one. */
static void test_s651_many(void **state)
{
    enum { MAKERS = 20000 };
    struct fixture *f = *state;
    struct tool_list tools;
    given_makers(f, MAKERS);
    struct tool_query *q = tool_query(f->s);
    struct maker *maker;
    tool_with_maker(q);
    ok(f->s, tool_all(q, &tools));
    assert_statements(f, 2);
    assert_int_equal(tools.count, MAKERS * 2);
    for (size_t i = 0; i < tools.count; i++) {
        ok(f->s, tool_maker(f->s, tools.items[i], &maker));
        assert_int_equal(maker->score, tools.items[i]->number);
    }
    assert_statements(f, 0);
}

static void test_s651_upsert(void **state)
{
    struct fixture *f = *state;
    struct tool tools[40];
    int64_t rows;
    given_makers(f, 20);
    for (int i = 0; i < 40; i++) {
        tools[i] = (struct tool){.country = "at", .number = i, .price = "99999999999999999999999999.99"};
        memcpy(tools[i].maker_id, &(int[4]){1}, sizeof tools[i].maker_id);
    }
    ok(f->s, tool_upsert_many(f->s, tools, 40, NULL, NULL, NULL));
    ok(f->s, tool_count(tool_query(f->s), &rows));
    assert_int_equal(rows, 60);
    struct tool_query *q = tool_query(f->s);
    tool_where(q, ar_eq(tool_column.price, tools[0].price));
    ok(f->s, tool_count(q, &rows));
    assert_int_equal(rows, 40);
}

/* Only numbers are bound one by one, and only so many. */
static void test_s652_too_many_numbers(void **state)
{
    enum { MANY = 300000 };
    struct fixture *f = *state;
    struct maker_list list;
    struct maker maker = new_maker(1, "light");
    double *weights = malloc(MANY * sizeof *weights);
    assert_non_null(weights);
    for (int i = 0; i < MANY; i++)
        weights[i] = i;
    add_row(f, &maker_model, &maker);
    struct maker_query *q = maker_query(f->s);
    maker_where(q, ar_in(maker_column.weight, weights, MANY));
    fails(f->s, AR_INVALID, maker_all(q, &list));
    assert_error_names(f->s, "the statement has 300001 values, but SQLite takes at most ");
    q = maker_query(f->s);
    maker_where(q, ar_in(maker_column.weight, weights, 30000));
    ok(f->s, maker_all(q, &list));
    assert_int_equal(list.count, 1);
    free(weights);
}

static void test_s653_order_of_decimals(void **state)
{
    struct fixture *f = *state;
    struct tool_list list;
    given_makers(f, 1);
    struct tool_query *q = tool_query(f->s);
    tool_order_by(q, ar_asc(tool_column.price));
    fails(f->s, AR_MISUSE, tool_all(q, &list));
    assert_error_names(f->s, "tool.price cannot be ordered or compared: with .sqlite_plain, SQLite does not know");
    q = tool_query(f->s);
    tool_where(q, ar_lt(tool_column.price, "2.00"));
    fails(f->s, AR_MISUSE, tool_all(q, &list));
    q = tool_query(f->s);
    tool_where(q, ar_eq(tool_column.price, "1.50"));
    ok(f->s, tool_all(q, &list));
    assert_int_equal(list.count, 2);
}

/* The result of arithmetic is checked, also near the limits, where SQLite continues with rounded numbers. */
static void test_s653_arithmetic(void **state)
{
    struct fixture *f = *state;
    struct maker maker = new_maker(1, "strong");
    maker.score = INT64_MAX - 1;
    add_row(f, &maker_model, &maker);
    ok(f->s, maker_update_all(maker_query(f->s), ar_add(maker_column.score, 1), NULL));
    fails(f->s, AR_INVALID, maker_update_all(maker_query(f->s), ar_add(maker_column.score, 1), NULL));
    assert_error_names(f->s, "update_all of maker: the result for score is outside the range");
    ok(f->s, maker_update_all(maker_query(f->s), ar_set(maker_column.score, INT64_MIN), NULL));
    fails(f->s, AR_INVALID, maker_update_all(maker_query(f->s), ar_subtract(maker_column.score, 1), NULL));
    ok(f->s, maker_update_all(maker_query(f->s), ar_multiply(maker_column.weight, 0.5), NULL));
}

/* A table of the file cannot hide the table function. */
static void test_s654_names_in_the_file(void **state)
{
    struct fixture *f = *state;
    given_makers(f, 3);
    ok(f->s, ar_execute(f->s, "CREATE TABLE json_each (key, value); INSERT INTO json_each VALUES (0, 'maker 1')"));
    struct maker_query *q = maker_query(f->s);
    struct maker_list list;
    const char *const names[] = {"maker 0", "maker 2"};
    maker_where(q, ar_in(maker_column.name, names, 2));
    maker_order_by(q, ar_asc(maker_column.name));
    ok(f->s, maker_all(q, &list));
    assert_int_equal(list.count, 2);
    assert_text(list.items[1]->name, "maker 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define story(test) cmocka_unit_test_setup_teardown(test, open_plain, fixture_close)
        story(test_s650_nothing_registered),
        story(test_s650_strings),
        story(test_s650_integers),
        story(test_s650_numbers),

        story(test_s651_relations),
        story(test_s651_many),
        story(test_s651_upsert),
        story(test_s652_too_many_numbers),
        story(test_s653_order_of_decimals),
        story(test_s653_arithmetic),
        story(test_s654_names_in_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
