/* A save returned AR_NOT_FOUND if delete_all had deleted a loaded row; now it inserts the row again. */
#include "save_after_delete_all.ar.h"
#include "support.h"

static int open_regions(void **state)
{
    return fixture_open(state, &region_model, &town_model);
}

static struct region *a_region(struct fixture *f)
{
    struct region region = {.code = "n", .name = "north", .size = 5}, *loaded;
    add_row(f, &region_model, &region);
    ok(f->s, region_find(f->s, "n", &loaded));
    return loaded;
}

static void assert_row(struct fixture *f, const char *name, int64_t size)
{
    struct region *region;
    ar_session_clear(f->other);
    ok(f->other, region_find(f->other, "n", &region));
    assert_text(region->name, name);
    assert_int_equal(region->size, size);
}

static void test_a_struct(void **state)
{
    struct fixture *f = *state;
    struct region region = *a_region(f);
    ok(f->s, region_delete_all(region_query(f->s), NULL));
    ok(f->s, region_save(f->s, &region));
    assert_row(f, "north", 5);
}

static void test_a_record(void **state)
{
    struct fixture *f = *state;
    struct region *region = a_region(f), *again;
    ok(f->s, region_delete_all(region_query(f->s), NULL));
    ok(f->s, region_save(f->s, region));
    assert_row(f, "north", 5);
    ok(f->s, region_find(f->s, "n", &again));
    assert_ptr_equal(again, region);
    ok(f->s, ar_execute(f->s, "DELETE FROM regions"));
    region->size = 6;
    ok(f->s, region_save(f->s, region));
    assert_row(f, "north", 6);
}

/* If the row still exists, saving its record writes only the caller's changes. */
static void test_a_record_whose_row_still_exists(void **state)
{
    struct fixture *f = *state;
    struct region *region = a_region(f);
    struct region_query *others = region_query(f->s);
    region_where(others, ar_ne(region_column.code, "n"));
    ok(f->s, region_update_all(region_query(f->s), ar_set(region_column.size, 7), NULL));
    ok(f->s, region_delete_all(others, NULL));
    region->name = "far north";
    ok(f->s, region_save(f->s, region));
    assert_row(f, "far north", 7);
}

/* A list from which the row was removed is loaded again. */
static void test_lists(void **state)
{
    struct fixture *f = *state;
    struct region *north = a_region(f), south = {.code = "s", .name = "south"};
    struct town town = {.name = "aberdeen", .region_code = "n"};
    struct town_list towns;
    ok(f->s, region_insert(f->s, &south));
    ok(f->s, town_insert(f->s, &town));
    ok(f->s, region_towns(f->s, north, &towns));
    assert_int_equal(towns.count, 1);
    ok(f->s, ar_execute(f->s, "SELECT 1"));
    ok(f->s, region_towns(f->s, north, &towns));
    assert_int_equal(towns.count, 1);
    run_sql(f, "UPDATE towns SET region_code = 's'");
    ok(f->s, town_update_all(town_query(f->s), ar_set(town_column.region_code, "n"), NULL));
    ok(f->s, region_towns(f->s, north, &towns));
    town.region_code = "s";
    ok(f->s, town_update_all(town_query(f->s), ar_set(town_column.region_code, "n"), NULL));
    ok(f->s, region_towns(f->s, north, &towns));
    assert_int_equal(towns.count, 1);
    ok(f->s, town_save(f->s, &town));
    ok(f->s, region_towns(f->s, north, &towns));
    assert_int_equal(towns.count, 0);
}

/* If another session deleted the row without this one noticing, a save still returns AR_NOT_FOUND, so that the update
 * is not lost silently. */
static void test_a_row_deleted_elsewhere(void **state)
{
    struct fixture *f = *state;
    struct region *region = a_region(f);
    run_sql(f, "DELETE FROM regions");
    region->size = 6;
    fails(f->s, AR_NOT_FOUND, region_save(f->s, region));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_regions, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_struct),
        TEST(test_a_record),
        TEST(test_a_record_whose_row_still_exists),
        TEST(test_lists),
        TEST(test_a_row_deleted_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
