/* On SQLite, writing an item whose shelf has a string key invalidated the items of all shelves, if those of this shelf
 * were not loaded. String keys are compared by their bytes on SQLite as well, unless the column has a collation. */
#include "lists_of_others.ar.h"
#include "support.h"

static int open_shelves(void **state)
{
    if (fixture_open(state, &shelf_model, &item_model) != 0)
        return -1;
    add_row(*state, &shelf_model, &(struct shelf){.code = "a", .name = "first"});
    add_row(*state, &shelf_model, &(struct shelf){.code = "b", .name = "second"});
    add_row(*state, &item_model, &(struct item){.shelf_code = "a", .name = "bolt"});
    return 0;
}

static void assert_cached(struct fixture *f, struct shelf *shelf, size_t count)
{
    struct item_list items;
    reset_statements(f);
    ok(f->s, shelf_items(f->s, shelf, &items));
    assert_int_equal(items.count, count);
    assert_statements(f, 0);
}

static void test_writes(void **state)
{
    struct fixture *f = *state;
    struct shelf *shelf;
    struct item_list items;
    struct item item = {.shelf_code = "b", .name = "nut"};
    ok(f->s, shelf_find(f->s, "a", &shelf));
    ok(f->s, shelf_items(f->s, shelf, &items));
    ok(f->s, item_insert(f->s, &item));
    assert_cached(f, shelf, 1);
    ok(f->s, item_delete(f->s, &item));
    assert_cached(f, shelf, 1);
}

/* A missing shelf is found in the cache once it is inserted. */
static void test_missing_targets(void **state)
{
    struct fixture *f = *state;
    struct item *item;
    struct shelf *shelf;
    struct shelf late = {.code = "late", .name = "third"};
    run_sql(f, fixture_is_sqlite() ? "PRAGMA foreign_keys = OFF"
                                   : "ALTER TABLE items DROP CONSTRAINT "
                                     "items_shelf_code_fkey");
    add_row(f, &item_model, &(struct item){.shelf_code = "late", .name = "screw"});
    ok(f->s, item_find(f->s, 2, &item));
    ok(f->s, item_shelf(f->s, item, &shelf));
    assert_null(shelf);
    ok(f->s, shelf_insert(f->s, &late));
    reset_statements(f);
    ok(f->s, item_shelf(f->s, item, &shelf));
    assert_statements(f, 0);
    assert_non_null(shelf);
    assert_text(shelf->name, "third");
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_shelves, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_writes),
        test(test_missing_targets),
    };
    return cmocka_run_group_tests_name("lists_of_others", tests, NULL, NULL);
}
