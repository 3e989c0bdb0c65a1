/* A row whose primary key is NULL is not a record, because such rows cannot be distinguished. Every read refuses it,
 * and the session stores nothing of it. */
#include "null_key.ar.h"
#include "support.h"

static int open_shelves(void **state)
{
    static const struct ar_model *const none[] = {NULL};
    struct fixture *f;

    if (fixture_open_with(state, NULL, NULL, none, 0) != 0)
        return -1;
    f = *state;
    run_sql(f, "DROP TABLE IF EXISTS books");
    run_sql(f, "DROP TABLE IF EXISTS shelves");
    run_sql(f, "DROP TABLE IF EXISTS counters");
    run_sql(f, "CREATE TABLE shelves (code TEXT, name TEXT)");
    run_sql(f, "CREATE TABLE books (room BIGINT, number TEXT, shelf_code TEXT)");
    run_sql(f, "CREATE TABLE counters (id BIGINT, name TEXT)");
    run_sql(f, "INSERT INTO shelves VALUES ('a', 'first'), (NULL, 'none')");
    run_sql(f, "INSERT INTO books VALUES (1, 'one', 'a'), (1, NULL, 'a')");
    run_sql(f, "INSERT INTO counters VALUES (NULL, 'none')");
    return 0;
}

static void test_a_query_refuses_the_row(void **state)
{
    struct fixture *f = *state;
    struct shelf_query *named = shelf_query(f->s);
    struct shelf_list shelves;
    struct counter_list counters;
    struct shelf *shelf;

    fails(f->s, AR_INVALID, shelf_all(shelf_query(f->s), &shelves));
    assert_error_names(f->s, "table shelves has a primary key that is NULL");
    assert_int_equal(shelves.count, 0);
    fails(f->s, AR_INVALID, counter_all(counter_query(f->s), &counters));
    assert_error_names(f->s, "NULL");
    shelf_where(named, ar_eq(shelf_column.name, "none"));
    fails(f->s, AR_INVALID, shelf_one(named, &shelf));
    assert_null(shelf);
    ok(f->s, shelf_find(f->s, "a", &shelf));
    assert_text(shelf->name, "first");
}

static void test_a_relation_refuses_the_row(void **state)
{
    struct fixture *f = *state;
    struct shelf_query *q = shelf_query(f->s);
    struct shelf *shelf;
    struct shelf_list shelves;
    struct book_list books;

    ok(f->s, shelf_find(f->s, "a", &shelf));
    fails(f->s, AR_INVALID, shelf_books(f->s, shelf, &books));
    assert_error_names(f->s, "table books has a primary key that is NULL");
    assert_int_equal(books.count, 0);
    shelf_where(q, ar_eq(shelf_column.code, "a"));
    shelf_with_books(q);
    fails(f->s, AR_INVALID, shelf_all(q, &shelves));
    assert_int_equal(shelves.count, 0);
    run_sql(f, "UPDATE books SET number = 'two' WHERE number IS NULL");
    ok(f->s, shelf_books(f->s, shelf, &books));
    assert_int_equal(books.count, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_query_refuses_the_row, open_shelves, fixture_close),
        cmocka_unit_test_setup_teardown(test_a_relation_refuses_the_row, open_shelves, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
