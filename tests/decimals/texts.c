/* Decimals of any size as strings: exactly as the server prints them, compared and ordered as numbers on both
 * databases, and readable for other programs. */
#include "shop.ar.h"
#include "support.h"

#include <stdio.h>

static int open_ledger(void **state)
{
    return fixture_open(state, &entry_model);
}

static void add_entry(struct fixture *f, const char *amount)
{
    struct entry entry = {.amount = amount, .limit = "0.5"};
    add_row(f, &entry_model, &entry);
}

static const char *const amounts[] = {
    "9.00", "10.00", "-9.00", "-10.00", "0.00", "0.10", "12345678901234567890123456789012345.67", "-0.01",
};

/* In the order of the numbers. */
static const char *const sorted[] = {
    "-10.00", "-9.00", "-0.01", "0.00", "0.10", "9.00", "10.00", "12345678901234567890123456789012345.67",
};

enum { COUNT = sizeof amounts / sizeof amounts[0] };

static void add_all(struct fixture *f)
{
    for (size_t i = 0; i < COUNT; i++)
        add_entry(f, amounts[i]);
}

static void test_round_trips(void **state)
{
    struct fixture *f = *state;
    struct entry entries[COUNT] = {{.id = 0}};
    struct entry_list list;
    for (size_t i = 0; i < COUNT; i++)
        entries[i] = (struct entry){.amount = amounts[i], .limit = "-9.9"};
    ok(f->s, entry_insert_many(f->s, entries, COUNT));
    struct entry_query *q = entry_query(f->other);
    entry_order_by(q, ar_asc(entry_column.id));
    ok(f->other, entry_all(q, &list));
    assert_int_equal(list.count, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        assert_text(list.items[i]->amount, amounts[i]);
        assert_text(list.items[i]->limit, "-9.9");
    }
    list.items[0]->amount = "7.25";
    ok(f->other, entry_save(f->other, list.items[0]));
    ok(f->s, entry_reload(f->s, &entries[0]));
    assert_text(entries[0].amount, "7.25");
}

static void test_order_and_conditions(void **state)
{
    static const char *const wanted[] = {"10.00", "0.00", "1.00"};
    struct fixture *f = *state;
    struct entry_list list;
    struct ar_value value;
    int64_t count;
    add_all(f);
    struct entry_query *q = entry_query(f->s);
    entry_order_by(q, ar_asc(entry_column.amount));
    ok(f->s, entry_all(q, &list));
    assert_int_equal(list.count, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        assert_text(list.items[i]->amount, sorted[i]);
    for (size_t i = 0; i < COUNT; i++) {
        struct entry_query *less = entry_query(f->s), *equal = entry_query(f->s);
        entry_where(less, ar_lt(entry_column.amount, sorted[i]));
        ok(f->s, entry_count(less, &count));
        assert_int_equal(count, i);
        entry_where(equal, ar_eq(entry_column.amount, sorted[i]));
        ok(f->s, entry_count(equal, &count));
        assert_int_equal(count, 1);
    }
    q = entry_query(f->s);
    entry_where(q, ar_in(entry_column.amount, wanted, 3));
    ok(f->s, entry_count(q, &count));
    assert_int_equal(count, 2);
    ok(f->s, entry_min(entry_query(f->s), entry_column.amount, &value));
    assert_text(value.bytes.data, "-10.00");
    ok(f->s, entry_max(entry_query(f->s), entry_column.amount, &value));
    assert_text(value.bytes.data, sorted[COUNT - 1]);

    struct entry_query *page = entry_query(f->s);
    entry_order_by(page, ar_asc(entry_column.amount));
    entry_after(page, list.items[4]);
    ok(f->s, entry_all(page, &list));
    assert_int_equal(list.count, 3);
    assert_text(list.items[0]->amount, "9.00");
}

static void test_strings_that_are_not_numbers(void **state)
{
    static const char *const wrong[] = {"1.5",  "1.500", "01.50", "1.50 ", "+1.50", "-0.00",
                                        "1,50", "",      ".50",   "NaN",   "1e2"};
    struct fixture *f = *state;
    struct entry_list list;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct entry entry = {.amount = wrong[i], .limit = "0.0"};
        fails(f->s, AR_INVALID, entry_insert(f->s, &entry));
        assert_error_names(f->s, "AR_DECIMAL(38, 2) takes a number with 2 digits after the point");
        struct entry_query *q = entry_query(f->s);
        entry_where(q, ar_eq(entry_column.amount, wrong[i]));
        fails(f->s, AR_INVALID, entry_all(q, &list));
    }
    struct entry large = {.amount = "1.00", .limit = "10.0"};
    fails(f->s, AR_INVALID, entry_insert(f->s, &large));
    assert_error_names(f->s, "entry.limit is 10.0; AR_DECIMAL(2, 1) takes at most 1 digits before the point");
    struct entry_query *q = entry_query(f->s);
    entry_where(q, ar_contains(entry_column.amount, "1"));
    fails(f->s, AR_MISUSE, entry_all(q, &list));
    assert_error_names(f->s, "entry.amount is a decimal number, which no pattern matches");
    q = entry_query(f->s);
    entry_where(q, ar_eq_nocase(entry_column.amount, "1.00"));
    fails(f->s, AR_MISUSE, entry_all(q, &list));
    assert_error_names(f->s, "entry.amount is a decimal number, which no pattern matches");
}

/* The default is one too. */
static void test_default_and_null(void **state)
{
    struct fixture *f = *state;
    struct entry entry = {.limit = "1.0"}, *read;
    ok(f->s, entry_insert(f->s, &entry));
    ok(f->other, entry_find(f->other, entry.id, &read));
    assert_text(read->amount, "9.50");
    run_sql(f, "UPDATE entries SET amount = NULL");
    ar_session_clear(f->other);
    ok(f->other, entry_find(f->other, entry.id, &read));
    assert_null(read->amount);
}

/* What other programs wrote is refused if it is not in the form that conditions compare. */
static void test_other_forms(void **state)
{
    struct fixture *f = *state;
    struct entry_list list;
    if (!fixture_is_sqlite())
        return;
    run_sql(f, "INSERT INTO entries (amount, \"limit\") VALUES ('1.5', '0.5')");
    fails(f->s, AR_INVALID, entry_all(entry_query(f->s), &list));
    assert_error_names(f->s,
                       "amount of table entries has \"1.5\", which is not a number with 2 digits after the point");
}

/* Strings of decimals need a numeric column: another type would change the digits. */
static void test_other_types_are_found(void **state)
{
    struct fixture *f = *state;
    if (fixture_is_sqlite())
        skip();
    ok(f->s, ar_check_tables(f->s, &entry_model));
    run_sql(f, "ALTER TABLE entries ALTER amount DROP DEFAULT, ALTER amount TYPE double precision");
    fails(f->s, AR_CONFLICT, ar_check_tables(f->s, &entry_model));
    assert_error_names(f->s, "amount");
    assert_error_names(f->s, "numeric");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_ledger, fixture_close)
        TEST(test_round_trips),      TEST(test_order_and_conditions), TEST(test_strings_that_are_not_numbers),
        TEST(test_default_and_null), TEST(test_other_forms),          TEST(test_other_types_are_found),
#undef TEST
    };

    return cmocka_run_group_tests_name("texts", tests, NULL, NULL);
}
