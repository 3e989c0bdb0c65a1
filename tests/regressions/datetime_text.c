/* A time_t was read from '1996-07-04 12:00:00' in SQLite, but compared and written as an integer: a filter by date
 * returned every row, and a save made the row unreadable for other programs. The stored form is now a property of the
 * column, AR_STORED_AS. */
#include "datetime_text.ar.h"
#include "support.h"

#include <stdio.h>

enum { NOON = 836481600, DAY = 86400 }; /* 1996-07-04 12:00:00 UTC */

static int open_orders(void **state)
{
    static const char *const view =
        "CREATE VIEW raw_orders AS SELECT id, ordered_at, shipped_at, required_on,"
        " typeof(created_at) = 'text' AND created_at = datetime(created_at) AND"
        " typeof(updated_at) = 'text' AND substr(updated_at, 1, 19) = datetime(updated_at) AND"
        " typeof(noted_at) = 'text' AND noted_at = datetime(noted_at) AS kept_form FROM dated_orders";

    if (fixture_open(state, &dated_order_model) != 0)
        return -1;
    if (fixture_is_sqlite())
        run_sql(*state, view);
    return 0;
}

/* Insert orders 1, 2 and 3, of July 3, 4 and 5 at noon, as another program writes them. */
static void add_external_orders(struct fixture *f)
{
    run_sql(f, "INSERT INTO dated_orders (id, ordered_at, shipped_at, required_on, created_at, updated_at) VALUES"
               " (1, '1996-07-03 12:00:00', '1996-07-03 12:00:00.250000', '1996-07-03', '1996-07-03 12:00:00',"
               " '1996-07-03 12:00:00'),"
               " (2, '1996-07-04 12:00:00', '1996-07-04 12:00:00', '1996-07-04', '1996-07-04 12:00:00',"
               " '1996-07-04 12:00:00'),"
               " (3, '1996-07-05 12:00:00', NULL, NULL, '1996-07-05 12:00:00', '1996-07-05 12:00:00')");
}

static int64_t count(struct fixture *f, struct ar_condition condition)
{
    struct dated_order_query *q = dated_order_query(f->s);
    int64_t result;

    dated_order_where(q, condition);
    ok(f->s, dated_order_count(q, &result));
    return result;
}

static void test_a_filter_by_date_finds_the_rows_of_other_programs(void **state)
{
    struct fixture *f = *state;
    struct timespec quarter = {.tv_sec = NOON - DAY, .tv_nsec = 250000000};

    add_external_orders(f);
    assert_int_equal(count(f, ar_ge(dated_order_column.ordered_at, NOON)), 2);
    assert_int_equal(count(f, ar_lt(dated_order_column.ordered_at, NOON)), 1);
    assert_int_equal(count(f, ar_eq(dated_order_column.ordered_at, NOON)), 1);
    assert_int_equal(count(f, ar_gt(dated_order_column.ordered_at, NOON + 2 * DAY)), 0);
    assert_int_equal(count(f, ar_between(dated_order_column.ordered_at, NOON - DAY, NOON)), 2);
    assert_int_equal(count(f, ar_eq(dated_order_column.shipped_at, quarter)), 1);
    assert_int_equal(count(f, ar_eq(dated_order_column.required_on, NOON - DAY / 2)), 1);
    assert_int_equal(count(f, ar_ge(dated_order_column.required_on, NOON - DAY / 2)), 1);
    assert_int_equal(count(f, ar_gt(dated_order_column.required_on, NOON - DAY)), 1);
}

static void test_order_and_extremes(void **state)
{
    struct fixture *f = *state;
    struct dated_order_query *q = dated_order_query(f->s);
    struct dated_order_list list;
    struct ar_value value;

    add_external_orders(f);
    dated_order_order_by(q, ar_desc(dated_order_column.ordered_at));
    ok(f->s, dated_order_all(q, &list));
    assert_int_equal(list.count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(list.items[i]->ordered_at, NOON + DAY - (time_t)i * DAY);
    assert_int_equal(list.items[2]->shipped_at.tv_nsec, 250000000);
    assert_int_equal(list.items[2]->required_on, NOON - DAY - DAY / 2);
    ok(f->s, dated_order_max(q, dated_order_column.ordered_at, &value));
    assert_int_equal(value.kind, AR_VALUE_TIME);
    assert_int_equal(value.time.seconds, NOON + DAY);
    ok(f->s, dated_order_min(q, dated_order_column.shipped_at, &value));
    assert_int_equal(value.time.seconds, NOON - DAY);
    assert_int_equal(value.time.nanoseconds, 250000000);
}

static void assert_raw(struct fixture *f, int64_t id, const char *ordered_at, const char *shipped_at,
                       const char *required_on)
{
    struct raw_order *raw;

    if (!fixture_is_sqlite())
        return;
    ar_session_clear(f->other);
    f->is_paused = true;
    ok(f->other, raw_order_find(f->other, id, &raw));
    f->is_paused = false;
    assert_text(raw->ordered_at, ordered_at);
    assert_text(raw->shipped_at, shipped_at);
    assert_text(raw->required_on, required_on);
    assert_int_equal(raw->kept_form, 1);
}

static void test_every_write_keeps_the_form(void **state)
{
    struct fixture *f = *state;
    struct dated_order order = {.ordered_at = NOON, .shipped_at = {.tv_sec = NOON, .tv_nsec = 5000}};
    struct dated_order *found, many[20] = {0};
    struct dated_order_query *q = dated_order_query(f->s);
    int64_t changed;

    ok(f->s, dated_order_save(f->s, &order));
    assert_true(order.noted_at > NOON && order.created_at > NOON);
    assert_raw(f, order.id, "1996-07-04 12:00:00", "1996-07-04 12:00:00.000005", NULL);
    order.ordered_at = -1;
    order.required_on = -DAY;
    ok(f->s, dated_order_save(f->s, &order));
    assert_raw(f, order.id, "1969-12-31 23:59:59", "1996-07-04 12:00:00.000005", "1969-12-31");
    for (size_t i = 0; i < 20; i++)
        many[i] = (struct dated_order){.ordered_at = NOON, .required_on = DAY, .noted_at = NOON};
    ok(f->s, dated_order_insert_many(f->s, many, 20));
    assert_raw(f, many[19].id, "1996-07-04 12:00:00", NULL, "1970-01-02");
    dated_order_where(q, ar_eq(dated_order_column.ordered_at, NOON));
    ok(f->s, dated_order_update_all(q, ar_set(dated_order_column.ordered_at, NOON + 1), &changed));
    assert_int_equal(changed, 20);
    assert_raw(f, many[0].id, "1996-07-04 12:00:01", NULL, "1970-01-02");
    ar_session_clear(f->s);
    ok(f->s, dated_order_find(f->s, order.id, &found));
    assert_int_equal(found->ordered_at, -1);
    assert_int_equal(found->shipped_at.tv_nsec, 5000);
    assert_int_equal(found->required_on, -DAY);
    reset_statements(f);
    ok(f->s, dated_order_save(f->s, found));
    assert_statements(f, 0);
}

static void test_the_calendar(void **state)
{
    static const struct {
        time_t time;
        const char *text;
    } times[] = {
        {-62167219200, "0000-01-01 00:00:00"}, {-62162121600, "0000-02-29 00:00:00"},
        {951782400, "2000-02-29 00:00:00"},    {951868799, "2000-02-29 23:59:59"},
        {4107542400, "2100-03-01 00:00:00"},   {253402300799, "9999-12-31 23:59:59"},
        {-1, "1969-12-31 23:59:59"},           {-2203891200, "1900-03-01 00:00:00"},
    };
    struct fixture *f = *state;

    if (!fixture_is_sqlite())
        return;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        struct dated_order order = {.ordered_at = times[i].time}, *found;
        ok(f->s, dated_order_save(f->s, &order));
        assert_raw(f, order.id, times[i].text, NULL, NULL);
        ar_session_clear(f->s);
        ok(f->s, dated_order_find(f->s, order.id, &found));
        assert_int_equal(found->ordered_at, times[i].time);
    }
    for (int i = 0; i < 2; i++) {
        struct dated_order order = {.ordered_at = i == 0 ? -62167219201 : 253402300800};
        fails(f->s, AR_INVALID, dated_order_save(f->s, &order));
        assert_error_names(f->s, "ordered_at");
    }
}

static void test_a_date_has_no_time_of_day(void **state)
{
    struct fixture *f = *state;
    struct dated_order order = {.ordered_at = NOON, .required_on = NOON};
    struct dated_order_query *q = dated_order_query(f->s);

    fails(f->s, AR_INVALID, dated_order_save(f->s, &order));
    assert_error_names(f->s, "dated_order.required_on");
    assert_error_names(f->s, "AR_STORED_AS(date)");
    fails(f->s, AR_INVALID, dated_order_update_all(q, ar_set(dated_order_column.required_on, NOON), NULL));
}

static void test_the_other_form_is_an_error_that_names_the_attribute(void **state)
{
    struct fixture *f = *state;
    struct mistaken_order *mistaken;
    struct numbered_order *numbered;

    if (!fixture_is_sqlite())
        return;
    run_sql(f, "CREATE TABLE mistaken_orders (id INTEGER PRIMARY KEY, ordered_at DATETIME)");
    run_sql(f, "INSERT INTO mistaken_orders VALUES (1, '1996-07-04 12:00:00'), (2, '1996-07-04'), (3, 'soon')");
    fails(f->s, AR_INVALID, mistaken_order_find(f->s, 1, &mistaken));
    assert_error_names(f->s, "column ordered_at of table mistaken_orders");
    assert_error_names(f->s, "AR_STORED_AS(text)");
    fails(f->s, AR_INVALID, mistaken_order_find(f->s, 2, &mistaken));
    assert_error_names(f->s, "AR_STORED_AS(date)");
    fails(f->s, AR_INVALID, mistaken_order_find(f->s, 3, &mistaken));
    assert_error_names(f->s, "not a timestamp");
    run_sql(f, "CREATE TABLE numbered_orders (id INTEGER PRIMARY KEY, ordered_at DATETIME)");
    run_sql(f, "INSERT INTO numbered_orders VALUES (1, 836481600), (2, 'soon')");
    fails(f->s, AR_INVALID, numbered_order_find(f->s, 1, &numbered));
    assert_error_names(f->s, "column ordered_at of table numbered_orders");
    assert_error_names(f->s, "remove the attribute");
    fails(f->s, AR_INVALID, numbered_order_find(f->s, 2, &numbered));
    assert_error_names(f->s, "not a timestamp");
}

/* The error is reported even if no row is read: a filter would match all rows or none, and a write would mix forms. */
static void test_the_other_form_is_refused_before_any_statement(void **state)
{
    struct fixture *f = *state;
    struct mistaken_order mistaken = {.ordered_at = NOON}, many[20] = {{.ordered_at = NOON}};
    struct mistaken_order_query *q = mistaken_order_query(f->s);
    struct numbered_order numbered = {.ordered_at = NOON};
    int64_t count;

    if (!fixture_is_sqlite())
        return;
    run_sql(f, "CREATE TABLE mistaken_orders (id INTEGER PRIMARY KEY, ordered_at DATETIME)");
    run_sql(f, "INSERT INTO mistaken_orders VALUES (1, '1996-07-04 12:00:00')");
    run_sql(f, "CREATE TABLE numbered_orders (id INTEGER PRIMARY KEY, ordered_at DATETIME)");
    run_sql(f, "INSERT INTO numbered_orders VALUES (1, 836481600)");
    ok(f->s, mistaken_order_count(q, &count));
    assert_int_equal(count, 1);
    mistaken_order_where(q, ar_gt(mistaken_order_column.ordered_at, NOON + DAY));
    fails(f->s, AR_INVALID, mistaken_order_count(q, &count));
    assert_error_names(f->s, "AR_STORED_AS(text)");
    fails(f->s, AR_INVALID, mistaken_order_delete_all(q, NULL));
    fails(f->s, AR_INVALID, mistaken_order_insert(f->s, &mistaken));
    fails(f->s, AR_INVALID, mistaken_order_insert_many(f->s, many, 20));
    fails(f->s, AR_INVALID,
          mistaken_order_update_all(mistaken_order_query(f->s), ar_set(mistaken_order_column.ordered_at, NOON), NULL));
    fails(f->s, AR_INVALID, numbered_order_insert(f->s, &numbered));
    assert_error_names(f->s, "remove AR_STORED_AS");
    ok(f->s, mistaken_order_count(mistaken_order_query(f->s), &count));
    assert_int_equal(count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_filter_by_date_finds_the_rows_of_other_programs, open_orders,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_order_and_extremes, open_orders, fixture_close),
        cmocka_unit_test_setup_teardown(test_every_write_keeps_the_form, open_orders, fixture_close),
        cmocka_unit_test_setup_teardown(test_the_calendar, open_orders, fixture_close),
        cmocka_unit_test_setup_teardown(test_a_date_has_no_time_of_day, open_orders, fixture_close),
        cmocka_unit_test_setup_teardown(test_the_other_form_is_an_error_that_names_the_attribute, open_orders,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_the_other_form_is_refused_before_any_statement, open_orders,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
