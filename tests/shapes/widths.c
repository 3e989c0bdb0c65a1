/* Foreign keys of other widths than the keys they refer to load as others do, and are checked when they are written. */
#include "support.h"
#include "widths.ar.h"

static const int64_t far_away = 5000000000; /* a key that an int32_t cannot hold */

static int open_vans(void **state)
{
    return fixture_open(state, &depot_model, &driver_model, &van_model, &stop_model);
}

/* Depots 1, 2 and one with a large key; driver 1 drives vans 1 and 2 of depot 1; van 3 of depot 2 has no driver. */
static void given_vans(struct fixture *f)
{
    add_row(f, &depot_model, &(struct depot){.id = 1, .town = "Aix"});
    add_row(f, &depot_model, &(struct depot){.id = 2, .town = "Bern"});
    add_row(f, &depot_model, &(struct depot){.id = far_away, .town = "Cork"});
    add_row(f, &driver_model, &(struct driver){.id = 1, .name = "Dot"});
    add_row(f, &van_model, &(struct van){.depot_id = 1, .driver_id = 1, .plate = "A 1"});
    add_row(f, &van_model, &(struct van){.depot_id = 1, .driver_id = 1, .plate = "A 2"});
    add_row(f, &van_model, &(struct van){.depot_id = 2, .plate = "B 1"});
    add_row(f, &stop_model, &(struct stop){.van_depot_id = 1, .van_id = 2});
}

static void test_lazy(void **state)
{
    struct fixture *f = *state;
    given_vans(f);
    struct van_list vans;
    struct depot *depot;
    struct driver *driver;
    ok(f->s, van_all(by_key(van_query(f->s), &van_model), &vans));
    assert_int_equal(vans.count, 3);
    ok(f->s, van_depot(f->s, vans.items[2], &depot));
    assert_text(depot->town, "Bern");
    ok(f->s, van_driver(f->s, vans.items[1], &driver));
    assert_text(driver->name, "Dot");
    assert_statements(f, 3);
    ok(f->s, depot_vans(f->s, depot, &vans));
    assert_int_equal(vans.count, 1);
    ok(f->s, driver_vans(f->s, driver, &vans));
    assert_int_equal(vans.count, 2);
    assert_statements(f, 2);
}

/* A key that no narrow foreign key can have has no rows, whatever else is loaded with it. */
static void test_eager(void **state)
{
    struct fixture *f = *state;
    given_vans(f);
    struct depot_query *q = depot_query(f->s);
    struct van_query *vans = depot_with_vans(q);
    van_limit(vans, 1);
    (void)van_with_driver(vans);
    depot_order_by(q, ar_asc(depot_column.id));
    struct depot_list depots;
    ok(f->s, depot_all(q, &depots));
    assert_statements(f, 3);
    size_t expected[] = {1, 1, 0};
    for (size_t i = 0; i < depots.count; i++) {
        struct van_list list;
        ok(f->s, depot_vans(f->s, depots.items[i], &list));
        assert_int_equal(list.count, expected[i]);
    }
    assert_int_equal(depots.count, 3);
    assert_statements(f, 0);
}

static void test_conditions_and_counts(void **state)
{
    struct fixture *f = *state;
    given_vans(f);
    struct depot_query *q = depot_query(f->s);
    int64_t count;
    depot_where(q, depot_has_vans(van_has_driver(ar_eq(driver_column.name, "Dot"))));
    ok(f->s, depot_count(q, &count));
    assert_int_equal(count, 1);
    q = depot_query(f->s);
    depot_with_vans_count(q);
    depot_order_by(q, ar_desc(depot_column.id));
    struct depot_list depots;
    ok(f->s, depot_all(q, &depots));
    int64_t expected[] = {0, 1, 2};
    for (size_t i = 0; i < 3; i++) {
        ok(f->s, depot_vans_count(f->s, depots.items[i], &count));
        assert_int_equal(count, expected[i]);
    }
}

/* Several columns of other widths are one key. */
static void test_composite(void **state)
{
    struct fixture *f = *state;
    given_vans(f);
    struct stop *stop;
    struct van *van;
    struct stop_list stops;
    ok(f->s, stop_find(f->s, 1, &stop));
    ok(f->s, stop_van(f->s, stop, &van));
    assert_text(van->plate, "A 2");
    ok(f->s, van_stops(f->s, van, &stops));
    assert_int_equal(stops.count, 1);
    assert_ptr_equal(stops.items[0], stop);
    assert_statements(f, 3);
}

/* A foreign key is set from a key only if it can hold it; a wide one may contain a value that is no key. */
static void test_limits(void **state)
{
    struct fixture *f = *state;
    given_vans(f);
    struct depot *cork;
    struct van van = {.plate = "C 1"}, stray = {.id = 1, .driver_id = far_away};
    struct driver *driver;
    ok(f->s, depot_find(f->s, far_away, &cork));
    fails(f->s, AR_INVALID, depot_vans_build(f->s, cork, &van));
    assert_error_names(f->s, "depot_id");
    struct ar_graph graph = ar_graph_start(f->s);
    van_set_depot(&graph, &van, cork);
    fails(f->s, AR_INVALID, ar_graph_save(&graph));
    reset_statements(f);
    ok(f->s, van_driver(f->s, &stray, &driver));
    assert_null(driver);
    assert_statements(f, 1);
    struct van *moved;
    ok(f->s, van_find(f->s, 1, &moved));
    assert_int_not_equal(depot_vans_add(f->s, cork, &moved, 1, NULL), AR_OK);
    ok(f->s, van_reload(f->s, moved));
    assert_int_equal(moved->depot_id, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lazy, open_vans, fixture_close),
        cmocka_unit_test_setup_teardown(test_eager, open_vans, fixture_close),
        cmocka_unit_test_setup_teardown(test_conditions_and_counts, open_vans, fixture_close),
        cmocka_unit_test_setup_teardown(test_composite, open_vans, fixture_close),
        cmocka_unit_test_setup_teardown(test_limits, open_vans, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
