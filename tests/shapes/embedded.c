/* Embedded structs: their fields are columns like all others, whatever reads or writes them. */
#include "embedded.ar.h"
#include "support.h"

#include <string.h>

static int open_dwellers(void **state)
{
    return fixture_open(state, &country_model, &dweller_model, &visit_model);
}

/* Eve lives in Peru and works in Oman, Flo lives and works in Peru, and Gus lives nowhere. */
static void given_dwellers(struct fixture *f)
{
    struct dweller eve = {.key = {1, 7}, .name = "Eve", .counts.pets = 3};
    struct dweller flo = {.key = {1, 8}, .name = "Flo"}, gus = {.key = {2, 7}, .name = "Gus"};
    eve.home = (struct address){"Low Road", "Lima", UPPER_FLOOR, true, 0, {-12.5, -77}, 1};
    eve.work = (struct address){.street = "Port", .town = "Muscat", .at = {23.5, 58.25}, .country_id = 2};
    flo.home = (struct address){"High Road", "Cusco", GROUND_FLOOR, true, 4, {-13.5, -72}, 1};
    flo.work = flo.home;
    gus.home = (struct address){.street = "Nothing", .town = "Nowhere", .country_id = 1};
    gus.work.street = "None";
    add_row(f, &country_model, &(struct country){.id = 1, .name = "Peru"});
    add_row(f, &country_model, &(struct country){.id = 2, .name = "Oman"});
    add_row(f, &dweller_model, &eve);
    add_row(f, &dweller_model, &flo);
    add_row(f, &dweller_model, &gus);
    add_row(f, &visit_model, &(struct visit){.dweller = {1, 8}, .reason = "tea"});
}

static void test_columns(void **state)
{
    struct fixture *f = *state;
    given_dwellers(f);
    struct dweller *eve;
    ok(f->s, dweller_find(f->s, 1, 7, &eve));
    assert_text(eve->home.street, "Low Road");
    assert_text(eve->home.town, "Lima");
    assert_int_equal(eve->home.storey, UPPER_FLOOR);
    assert_true(eve->home.has_door);
    assert_int_equal(eve->home.door, 0);
    assert_true(eve->home.at.latitude == -12.5);
    assert_true(eve->work.at.longitude == 58.25);
    assert_false(eve->work.has_door);
    assert_int_equal(eve->work.country_id, 2);
    assert_int_equal(eve->counts.pets, 3);
    assert_true(eve->created_at > 0);
    assert_text(dweller_column.home.at.latitude.column->name, "home_at_latitude");
    assert_text(dweller_column.work.town.column->name, "work_city");
    assert_text(dweller_column.counts.pets.column->name, "n pets");
    assert_text(dweller_column.key.number.column->name, "number");
    assert_text(dweller_column.version.column->name, "version");
}

/* A save writes the columns that changed; the two structs of one type are independent. */
static void test_save(void **state)
{
    struct fixture *f = *state;
    given_dwellers(f);
    struct dweller *eve;
    ok(f->s, dweller_find(f->s, 1, 7, &eve));
    reset_statements(f);
    eve->work.street = "Quay";
    eve->home.has_door = false;
    ok(f->s, dweller_save(f->s, eve));
    assert_non_null(strstr(f->last_sql, "work_street"));
    assert_non_null(strstr(f->last_sql, "home_door"));
    assert_null(strstr(f->last_sql, "home_street"));
    assert_statements(f, 1);
    ok(f->s, dweller_reload(f->s, eve));
    assert_text(eve->work.street, "Quay");
    assert_text(eve->home.street, "Low Road");
    assert_false(eve->home.has_door);
    assert_int_equal(eve->version, 1);
}

/* Rules of the embedded struct's fields are checked in each place. */
static void test_rules(void **state)
{
    struct fixture *f = *state;
    struct dweller hal = {.key = {1, 1}, .home.street = "", .work.street = "ok", .work.at.latitude = 91};
    fails(f->s, AR_INVALID, dweller_insert(f->s, &hal));
    const struct ar_error *error = ar_session_error(f->s);
    assert_int_equal(error->violation_count, 2);
    assert_text(error->violations[0].field, "home.street");
    assert_text(error->violations[1].field, "work.at.latitude");
}

static void test_relations(void **state)
{
    struct fixture *f = *state;
    given_dwellers(f);
    struct country_query *q = country_query(f->s);
    struct country_list countries;
    struct dweller_list dwellers;
    (void)country_with_residents(q);
    (void)dweller_with_visits(country_with_workers(q));
    country_order_by(q, ar_asc(country_column.id));
    ok(f->s, country_all(q, &countries));
    assert_statements(f, 4);
    ok(f->s, country_residents(f->s, countries.items[0], &dwellers));
    assert_int_equal(dwellers.count, 2); /* by latitude, from the north; not Gus */
    assert_text(dwellers.items[0]->name, "Eve");
    struct country *oman;
    ok(f->s, dweller_work_country(f->s, dwellers.items[0], &oman));
    assert_ptr_equal(oman, countries.items[1]);
    struct visit_list visits;
    ok(f->s, dweller_visits(f->s, dwellers.items[1], &visits));
    assert_int_equal(visits.count, 1);
    struct dweller *visitor;
    ok(f->s, visit_dweller(f->s, visits.items[0], &visitor));
    assert_ptr_equal(visitor, dwellers.items[1]);
    assert_statements(f, 0);
    /* A move of the foreign key makes the list stale. */
    dwellers.items[1]->home.country_id = 2;
    ok(f->s, dweller_save(f->s, dwellers.items[1]));
    ok(f->s, country_residents(f->s, countries.items[0], &dwellers));
    assert_int_equal(dwellers.count, 1);
}

static void test_queries(void **state)
{
    struct fixture *f = *state;
    given_dwellers(f);
    struct dweller_query *q = dweller_query(f->s);
    struct dweller_list dwellers;
    struct ar_value largest;
    int64_t changed;
    dweller_where(q, ar_and(ar_eq(dweller_column.home.storey, GROUND_FLOOR),
                            ar_lt(dweller_column.home.at.latitude, 1.0), ar_eq(dweller_column.home.door, 4)));
    dweller_order_by(q, ar_desc(dweller_column.work.town));
    dweller_only(q, dweller_column.home.street, dweller_column.counts.pets);
    ok(f->s, dweller_all(q, &dwellers));
    assert_int_equal(dwellers.count, 1);
    assert_text(dwellers.items[0]->home.street, "High Road");
    assert_false(dweller_is_loaded(f->s, dwellers.items[0], dweller_column.home.town));
    q = dweller_query(f->s);
    ok(f->s, dweller_max(q, dweller_column.work.at.latitude, &largest));
    assert_true(largest.real == 23.5);
    ok(f->s, dweller_update_all(q, ar_set(dweller_column.work.street, "Home"), &changed));
    assert_int_equal(changed, 3);
    assert_statements(f, 3);
}

static void test_many(void **state)
{
    struct fixture *f = *state;
    given_dwellers(f);
    struct dweller many[3] = {{.key = {3, 1}, .name = "a"}, {.key = {3, 2}, .name = "b"}, {.key = {3, 3}, .name = "c"}};
    for (int16_t i = 0; i < 3; i++)
        many[i].home = many[i].work =
            (struct address){.street = "Row", .storey = UPPER_FLOOR, .has_door = true, .door = i, .at = {i, i}};
    ok(f->s, dweller_insert_many(f->s, many, 3));
    many[1].home.at.latitude = 45;
    enum ar_upsert_effect effect;
    ok(f->s, dweller_upsert(f->s, &many[1], NULL, &effect));
    assert_int_equal(effect, AR_UPSERT_UPDATED);
    struct dweller_list dwellers;
    struct dweller_query *q = dweller_query(f->s);
    dweller_where(q, ar_eq(dweller_column.key.country_id, 3));
    dweller_order_by(q, ar_asc(dweller_column.key.number));
    ok(f->s, dweller_all(q, &dwellers));
    assert_int_equal(dwellers.count, 3);
    assert_int_equal(dwellers.items[2]->work.door, 2);
    assert_true(dwellers.items[1]->home.at.latitude == 45.0);
    /* AR_UNIQUE_KEY of fields in an embedded struct */
    many[0].key.number = 9;
    fails(f->s, AR_CONSTRAINT, dweller_insert(f->s, &many[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_columns, open_dwellers, fixture_close),
        cmocka_unit_test_setup_teardown(test_save, open_dwellers, fixture_close),
        cmocka_unit_test_setup_teardown(test_rules, open_dwellers, fixture_close),
        cmocka_unit_test_setup_teardown(test_relations, open_dwellers, fixture_close),
        cmocka_unit_test_setup_teardown(test_queries, open_dwellers, fixture_close),
        cmocka_unit_test_setup_teardown(test_many, open_dwellers, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
