/* A row whose composite key is all zeros had no relations, and save inserted a loaded row with key 0 again. */
#include "support.h"
#include "zero_key.ar.h"

#include <string.h>

static int open_cells(void **state)
{
    return fixture_open(state, &cell_model, &bundle_model, &mark_model, &ticket_model);
}

/* Insert cell (0, 0) with bundle 0, and a mark of both. */
static void add_rows(struct fixture *f)
{
    add_row(f, &cell_model, &(struct cell){.name = "origin"});
    add_row(f, &cell_model, &(struct cell){.x = 1, .name = "right"});
    run_sql(f, "INSERT INTO bundles (id, cell_x, cell_y, name) VALUES (0, 1, 0, 'first')");
    run_sql(f, "INSERT INTO marks (id, x, y, bundle_id) VALUES (7, 0, 0, 0)");
    reset_statements(f);
}

static void test_relations_of_a_composite_key(void **state)
{
    struct fixture *f = *state;
    struct cell_list cells;
    struct mark_list marks;
    struct cell_query *q = cell_query(f->s);
    struct cell *cell;
    add_rows(f);
    cell_order_by(q, ar_asc(cell_column.x));
    ok(f->s, cell_all(q, &cells));
    ok(f->s, cell_marks(f->s, cells.items[0], &marks));
    assert_int_equal(marks.count, 1);
    ok(f->s, mark_cell(f->s, marks.items[0], &cell));
    assert_ptr_equal(cell, cells.items[0]);
    assert_statements(f, 2);
    int64_t count;
    ok(f->s, mark_count(cell_marks_query(f->s, cells.items[0]), &count));
    assert_int_equal(count, 1);
    cell_marks_clear_cache(f->s, cells.items[0]);
    ok(f->s, cell_load_marks(f->s, cells.items, cells.count));
    ok(f->s, cell_marks(f->s, &(struct cell){.x = 0}, &marks));
    assert_int_equal(marks.count, 1);
}

static void test_writes_of_a_composite_key(void **state)
{
    struct fixture *f = *state;
    struct cell cell = {.name = "origin"}, *loaded;
    ok(f->s, cell_insert(f->s, &cell));
    cell.name = "zero";
    ok(f->s, cell_update(f->s, &cell));
    ok(f->s, cell_find(f->s, 0, 0, &loaded));
    assert_text(loaded->name, "zero");
    loaded->name = "again";
    ok(f->s, cell_save(f->s, loaded));
    ok(f->s, cell_reload(f->s, &cell));
    assert_text(cell.name, "again");
    ok(f->s, cell_delete(f->s, &cell));
    fails(f->s, AR_NOT_FOUND, cell_find(f->s, 0, 0, &loaded));
}

static void test_a_loaded_row_with_key_0(void **state)
{
    struct fixture *f = *state;
    struct bundle *bundle;
    struct mark_list marks;
    struct cell *cell;
    int64_t count;
    add_rows(f);
    ok(f->s, bundle_find(f->s, 0, &bundle));
    bundle->name = "changed";
    ok(f->s, bundle_save(f->s, bundle));
    assert_int_equal(bundle->id, 0);
    ok(f->s, bundle_count(bundle_query(f->s), &count));
    assert_int_equal(count, 1);
    ok(f->s, bundle_reload(f->s, bundle));
    assert_text(bundle->name, "changed");
    ok(f->s, bundle_cell(f->s, bundle, &cell));
    assert_text(cell->name, "right");
    ok(f->s, bundle_marks(f->s, bundle, &marks));
    assert_int_equal(marks.count, 1);
    ok(f->s, mark_count(bundle_marks_query(f->s, bundle), &count));
    assert_int_equal(count, 1);
    ok(f->s, mark_delete(f->s, marks.items[0]));
    ok(f->s, bundle_delete(f->s, bundle));
    ok(f->s, bundle_count(bundle_query(f->s), &count));
    assert_int_equal(count, 0);
}

/* An insert of the loaded record is one of its key, not of a generated one. */
static void test_an_insert_of_a_loaded_row_with_key_0(void **state)
{
    struct fixture *f = *state;
    struct bundle *bundle;
    int64_t count;
    add_rows(f);
    ok(f->s, bundle_find(f->s, 0, &bundle));
    fails(f->s, AR_CONSTRAINT, bundle_insert(f->s, bundle));
    ok(f->s, bundle_count(bundle_query(f->s), &count));
    assert_int_equal(count, 1);
}

/* A different struct with key 0 is unsaved, and so is a record whose key the caller set to 0. */
static void test_a_new_row_next_to_one_with_key_0(void **state)
{
    struct fixture *f = *state;
    struct bundle *bundle, new = {.name = "second"};
    struct mark_list marks;
    int64_t count;
    add_rows(f);
    ok(f->s, bundle_find(f->s, 0, &bundle));
    ok(f->s, bundle_marks(f->s, &new, &marks));
    assert_int_equal(marks.count, 0);
    fails(f->s, AR_INVALID, bundle_update(f->s, &new));
    ok(f->s, bundle_save(f->s, &new));
    assert_true(new.id != 0);
    ok(f->s, bundle_find(f->s, new.id, &bundle));
    bundle->id = 0;
    ok(f->s, bundle_save(f->s, bundle));
    assert_true(bundle->id != 0);
    ok(f->s, bundle_count(bundle_query(f->s), &count));
    assert_int_equal(count, 3);
}

static void test_a_loaded_nil_uuid(void **state)
{
    struct fixture *f = *state;
    static const uint8_t nil[16];
    struct ticket *ticket, new = {.name = "new"};
    run_sql(f, fixture_is_sqlite() ? "INSERT INTO tickets VALUES (zeroblob(16), 'old')"
                                   : "INSERT INTO tickets VALUES ('00000000-0000-0000-0000-000000000000', 'old')");
    ok(f->s, ticket_find(f->s, nil, &ticket));
    ticket->name = "changed";
    ok(f->s, ticket_save(f->s, ticket));
    ok(f->s, ticket_reload(f->s, ticket));
    assert_text(ticket->name, "changed");
    fails(f->s, AR_INVALID, ticket_save(f->s, &new));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_cells, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_relations_of_a_composite_key),     TEST(test_writes_of_a_composite_key),
        TEST(test_a_loaded_row_with_key_0),          TEST(test_an_insert_of_a_loaded_row_with_key_0),
        TEST(test_a_new_row_next_to_one_with_key_0), TEST(test_a_loaded_nil_uuid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
