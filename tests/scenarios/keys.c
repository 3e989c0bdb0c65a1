/* Relations over keys that are not a single integer: composite, string, char[N], UUID. Lazy, eager, explicit and by
 * query, with similar keys that differ in one column only. */
#include "data.h"

#include <string.h>

/* Accounts 1 and 2 of tenants 1 and 2: every key shares one column with two others. */
static void given_accounts(struct fixture *f)
{
    add_account(f, 1, 1, "one-one");
    add_account(f, 1, 2, "one-two");
    add_account(f, 2, 1, "two-one");
    add_account(f, 2, 2, "two-two");
    add_entry(f, 1, 2, "rent of one-two");
    add_entry(f, 2, 1, "rent of two-one");
    add_entry(f, 1, 2, "food of one-two");
    add_row(f, &account_limit_model, &(struct account_limit){.tenant_id = 2, .account_number = 1, .amount = 500});
}

static struct account *the_account(struct fixture *f, int64_t tenant_id, int64_t number)
{
    struct account *account;
    ok(f->s, account_find(f->s, tenant_id, number, &account));
    reset_statements(f);
    return account;
}

static void test_composite_has_many(void **state)
{
    struct fixture *f = *state;
    given_accounts(f);
    struct account *account = the_account(f, 1, 2);
    struct entry_list entries;
    struct account *back;
    int64_t count;
    ok(f->s, account_entries(f->s, account, &entries));
    assert_int_equal(entries.count, 2);
    assert_text(entries.items[0]->purpose, "rent of one-two");
    assert_text(entries.items[1]->purpose, "food of one-two");
    assert_statements(f, 1);
    ok(f->s, entry_account(f->s, entries.items[1], &back));
    assert_ptr_equal(back, account);
    assert_statements(f, 0);
    ok(f->s, entry_count(account_entries_query(f->s, account), &count));
    assert_int_equal(count, 2);
    assert_statements(f, 1);
}

static void test_composite_siblings(void **state)
{
    struct fixture *f = *state;
    given_accounts(f);
    struct account_list accounts;
    struct entry_list entries;
    ok(f->s, account_all(by_key(account_query(f->s), &account_model), &accounts));
    assert_int_equal(accounts.count, 4);
    assert_statements(f, 1);
    static const size_t expected[] = {0, 2, 1, 0};
    for (size_t i = 0; i < 4; i++) {
        ok(f->s, account_entries(f->s, accounts.items[i], &entries));
        assert_int_equal(entries.count, expected[i]);
    }
    assert_statements(f, 1);
}

static void test_composite_has_one(void **state)
{
    struct fixture *f = *state;
    given_accounts(f);
    struct account_limit *limit;
    struct account *back;
    ok(f->s, account_limit_of(f->s, the_account(f, 1, 2), &limit));
    assert_null(limit);
    ok(f->s, account_limit_of(f->s, the_account(f, 2, 1), &limit));
    assert_true(limit->amount == 500);
    assert_statements(f, 1);
    ok(f->s, account_limit_account(f->s, limit, &back));
    assert_text(back->name, "two-one");
    assert_statements(f, 0);
}

/* A composite foreign key with one null column is null. */
static void test_composite_half_null(void **state)
{
    struct fixture *f = *state;
    given_accounts(f);
    struct entry *half;
    struct account *account;
    struct account_list accounts;
    ok(f->s, entry_find(f->s, add_entry(f, 1, 0, "half"), &half));
    reset_statements(f);
    ok(f->s, entry_account(f->s, half, &account));
    assert_null(account);
    assert_statements(f, 0);
    ok(f->s, account_all(entry_account_query(f->s, half), &accounts));
    assert_int_equal(accounts.count, 0);
}

static void test_composite_eager(void **state)
{
    struct fixture *f = *state;
    given_accounts(f);
    add_entry(f, 0, 0, "of nobody");
    struct entry_query *query = by_key(entry_query(f->s), &entry_model);
    account_with_limit_of(entry_with_account(query));
    struct entry_list entries;
    struct account *account;
    struct account_limit *limit;
    ok(f->s, entry_all(query, &entries));
    assert_int_equal(entries.count, 4);
    ok(f->s, entry_account(f->s, entries.items[1], &account));
    assert_text(account->name, "two-one");
    ok(f->s, account_limit_of(f->s, account, &limit));
    assert_true(limit->amount == 500);
    ok(f->s, entry_account(f->s, entries.items[3], &account));
    assert_null(account);
    assert_statements(f, 3);
}

static void test_composite_limit_per_parent(void **state)
{
    struct fixture *f = *state;
    given_accounts(f);
    struct account_query *query = by_key(account_query(f->s), &account_model);
    struct entry_query *latest = account_with_entries(query);
    entry_order_by(latest, ar_desc(entry_column.id));
    entry_limit(latest, 1);
    struct account_list accounts;
    struct entry_list entries;
    ok(f->s, account_all(query, &accounts));
    assert_statements(f, 2);
    ok(f->s, account_entries(f->s, accounts.items[1], &entries));
    assert_int_equal(entries.count, 1);
    assert_text(entries.items[0]->purpose, "food of one-two");
    ok(f->s, account_entries(f->s, accounts.items[3], &entries));
    assert_int_equal(entries.count, 0);
    assert_statements(f, 0);
}

static void test_composite_explicit_and_clear(void **state)
{
    struct fixture *f = *state;
    given_accounts(f);
    struct account first = {.tenant_id = 1, .number = 2}, second = {.tenant_id = 2, .number = 1}, unset = {.name = ""};
    struct account *const accounts[] = {&first, &unset, &second};
    struct entry_list entries;
    ok(f->s, account_load_entries(f->s, accounts, 3));
    assert_statements(f, 1);
    ok(f->s, account_entries(f->s, &second, &entries));
    assert_int_equal(entries.count, 1);
    ok(f->s, account_entries(f->s, &unset, &entries));
    assert_int_equal(entries.count, 0);
    assert_statements(f, 0);
    account_entries_clear_cache(f->s, &first);
    ok(f->s, account_entries(f->s, &second, &entries));
    assert_statements(f, 0);
    ok(f->s, account_entries(f->s, &first, &entries));
    assert_int_equal(entries.count, 2);
    assert_statements(f, 1);
}

/* A move changes one column of the foreign key; both lists are right. */
static void test_composite_move(void **state)
{
    struct fixture *f = *state;
    given_accounts(f);
    struct account from = {.tenant_id = 1, .number = 2}, to = {.tenant_id = 2, .number = 2};
    struct entry_list entries;
    ok(f->s, account_entries(f->s, &to, &entries));
    assert_int_equal(entries.count, 0);
    ok(f->s, account_entries(f->s, &from, &entries));
    entries.items[0]->tenant_id = 2;
    ok(f->s, entry_update(f->s, entries.items[0]));
    ok(f->s, account_entries(f->s, &from, &entries));
    assert_int_equal(entries.count, 1);
    ok(f->s, account_entries(f->s, &to, &entries));
    assert_int_equal(entries.count, 1);
}

/* ---- Text -------------------------------------------------------------------------------------------------------- */

static void given_places(struct fixture *f)
{
    static const char *const codes[] = {"de", "fr", "x'; --"};
    for (size_t i = 0; i < 3; i++)
        add_row(f, &country_model, &(struct country){.code = codes[i], .name = codes[i]});
    add_row(f, &city_model, &(struct city){.country_code = "de", .name = "Köln"});
    add_row(f, &city_model, &(struct city){.country_code = "de", .name = "Bonn"});
    add_row(f, &city_model, &(struct city){.country_code = "x'; --", .name = "Bonn"});
    add_row(f, &street_model, &(struct street){.country_code = "de", .city_name = "Köln", .name = "Ring"});
    add_row(f, &street_model, &(struct street){.country_code = "de", .city_name = "Bonn", .name = "Hofgarten"});
}

static void test_text_keys(void **state)
{
    struct fixture *f = *state;
    given_places(f);
    struct country_list countries;
    struct city_list cities;
    struct country *country;
    ok(f->s, country_all(by_key(country_query(f->s), &country_model), &countries));
    assert_statements(f, 1);
    static const size_t expected[] = {2, 0, 1};
    for (size_t i = 0; i < 3; i++) {
        ok(f->s, country_cities(f->s, countries.items[i], &cities));
        assert_int_equal(cities.count, expected[i]);
        for (size_t j = 0; j < cities.count; j++) {
            ok(f->s, city_country(f->s, cities.items[j], &country));
            assert_ptr_equal(country, countries.items[i]);
        }
    }
    assert_statements(f, 1);
}

/* The order is that of the composite string key: Bonn is before Köln. */
static void test_text_keys_eager(void **state)
{
    struct fixture *f = *state;
    given_places(f);
    struct country_query *query = country_query(f->s);
    country_where(query, ar_eq(country_column.code, "de"));
    city_with_streets(country_with_cities(query));
    struct country *country;
    struct city_list cities;
    struct street_list streets;
    ok(f->s, country_one(query, &country));
    ok(f->s, country_cities(f->s, country, &cities));
    assert_int_equal(cities.count, 2);
    assert_text(cities.items[0]->name, "Bonn");
    ok(f->s, city_streets(f->s, cities.items[1], &streets));
    assert_int_equal(streets.count, 1);
    assert_text(streets.items[0]->name, "Ring");
    assert_statements(f, 3);
}

/* A NULL string is not a key; an empty string is. */
static void test_text_key_null_and_empty(void **state)
{
    struct fixture *f = *state;
    given_places(f);
    struct country nowhere = {.code = NULL}, empty = {.code = ""};
    struct city_list cities;
    ok(f->s, country_cities(f->s, &nowhere, &cities));
    assert_int_equal(cities.count, 0);
    assert_statements(f, 0);
    ok(f->s, country_cities(f->s, &empty, &cities));
    assert_int_equal(cities.count, 0);
    assert_statements(f, 1);
}

/* A foreign key of two strings, one of them a char[N], in a caller-owned struct. */
static void test_text_foreign_key_on_the_stack(void **state)
{
    struct fixture *f = *state;
    given_places(f);
    struct street street = {.id = 1, .country_code = "x'; --", .city_name = "Bonn"};
    struct city *city;
    struct street_list streets;
    ok(f->s, street_city(f->s, &street, &city));
    assert_text(city->country_code, "x'; --");
    assert_statements(f, 1);
    ok(f->s, city_streets(f->s, city, &streets));
    assert_int_equal(streets.count, 0);
    memcpy(street.city_name, "Köln", sizeof "Köln");
    ok(f->s, street_city(f->s, &street, &city));
    assert_null(city);
    assert_statements(f, 2);
}

/* ---- UUID -------------------------------------------------------------------------------------------------------- */

static void test_uuid_keys(void **state)
{
    struct fixture *f = *state;
    struct device first = {.id = {1, 0, 255}, .name = "first"}, second = {.id = {1, 0, 254}, .name = "second"};
    struct reading reading = {.value = 1.5}, loose = {.value = 2.5};
    memcpy(reading.device_id, second.id, sizeof second.id);
    add_row(f, &device_model, &first);
    add_row(f, &device_model, &second);
    add_row(f, &reading_model, &reading);
    add_row(f, &reading_model, &loose);

    struct reading_query *query = by_key(reading_query(f->s), &reading_model);
    struct reading_list readings;
    struct device *device;
    reading_with_device(query);
    ok(f->s, reading_all(query, &readings));
    ok(f->s, reading_device(f->s, readings.items[0], &device));
    assert_text(device->name, "second");
    ok(f->s, reading_device(f->s, readings.items[1], &device));
    assert_null(device);
    assert_statements(f, 2);

    ok(f->s, device_readings(f->s, &second, &readings));
    assert_int_equal(readings.count, 1);
    ok(f->s, device_readings(f->s, &first, &readings));
    assert_int_equal(readings.count, 0);
    ok(f->s, device_readings(f->s, &(struct device){.name = "no key"}, &readings));
    assert_int_equal(readings.count, 0);
    assert_statements(f, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scenario(test_composite_has_many, open_keys),
        scenario(test_composite_siblings, open_keys),
        scenario(test_composite_has_one, open_keys),
        scenario(test_composite_half_null, open_keys),
        scenario(test_composite_eager, open_keys),
        scenario(test_composite_limit_per_parent, open_keys),
        scenario(test_composite_explicit_and_clear, open_keys),
        scenario(test_composite_move, open_keys),
        scenario(test_text_keys, open_keys),
        scenario(test_text_keys_eager, open_keys),
        scenario(test_text_key_null_and_empty, open_keys),
        scenario(test_text_foreign_key_on_the_stack, open_keys),
        scenario(test_uuid_keys, open_keys),
    };
    return cmocka_run_group_tests_name("keys", tests, NULL, NULL);
}
