/* Messages stated the error, but not its location or remedy: an aborted transaction, a missing table, a row that does
 * not fit its struct. An explanation showed neither the SQL nor the nesting of relations. */
#include "support.h"
#include "what_to_do.ar.h"

#include <string.h>

static int open_pages(void **state)
{
    return fixture_open(state, &page_model);
}

static void test_aborted_transaction(void **state)
{
    struct fixture *f = *state;
    int64_t count;
    if (fixture_is_sqlite())
        skip();
    ok(f->s, ar_begin(f->s));
    fails(f->s, AR_DATABASE, ar_execute(f->s, "SELECT 1 / 0"));
    fails(f->s, AR_MISUSE, page_count(page_query(f->s), &count));
    assert_error_names(f->s, "call ar_rollback");
    assert_error_names(f->s, "in a savepoint, by calling ar_begin");
    ok(f->s, ar_rollback(f->s));
}

static void test_missing_table(void **state)
{
    struct fixture *f = *state;
    int64_t count;
    run_sql(f, "DROP TABLE pages");
    fails(f->s, AR_DATABASE, page_count(page_query(f->s), &count));
    assert_error_names(f->s, "ar_create_tables(s, &page_model) creates the table of page");
    fails(f->s, AR_DATABASE, ar_execute(f->s, "DELETE FROM missing"));
    assert_error_names(f->s, "ar_create_tables creates the tables of models");
    ok(f->s, ar_create_tables(f->s, &page_model));
}

/* Insert rows that a program with this model cannot have written. */
static void add_bad_rows(struct fixture *f)
{
    run_sql(f, "DROP TABLE pages");
    run_sql(f, "CREATE TABLE pages (id bigint PRIMARY KEY, parent_id bigint, name double precision)");
    run_sql(f, "INSERT INTO pages (id, parent_id, name) VALUES (41, NULL, NULL), (42, 41, 1.5)");
}

static void test_row_that_does_not_fit(void **state)
{
    struct fixture *f = *state;
    struct page_list pages;
    struct page *page;
    add_bad_rows(f);
    fails(f->s, AR_INVALID, page_all(page_query(f->s), &pages));
    assert_error_names(f->s, "in the row whose key is 42");
    fails(f->s, AR_INVALID, page_find(f->s, 42, &page));
    assert_error_names(f->s, "in the row whose key is 42");
    ok(f->s, page_find(f->s, 41, &page));
    fails(f->s, AR_INVALID, page_children(f->s, page, &pages));
    assert_error_names(f->s, "in the row whose key is 42");
    struct page unread = {.id = 42};
    fails(f->s, AR_INVALID, page_reload(f->s, &unread));
    assert_error_names(f->s, "in the row whose key is 42");
}

/* Two children with one child each, which used to be listed level by level. */
static void test_explanation_is_a_tree(void **state)
{
    struct fixture *f = *state;
    struct page_query *q = page_query(f->s), *children = page_with_children(q);
    const char *text, *child, *grandchild, *parent;
    (void)page_with_parent(q);
    page_where(q, ar_or(ar_eq(page_column.name, "it's"), ar_gt(page_column.id, 5)));
    page_where(children, ar_starts_with(page_column.name, "ab"));
    (void)page_with_children(children);
    ok(f->s, ar_explain(q, &text));
    child = strstr(text, "\n    children: pages");
    grandchild = strstr(text, "\n        children: pages");
    parent = strstr(text, "\n    parent: pages");
    assert_true(child != NULL && grandchild != NULL && parent != NULL);
    assert_true(child < grandchild && grandchild < parent);
    assert_non_null(strstr(text, "\n  SQL: SELECT pages.id"));
    assert_non_null(strstr(text, " WHERE ((pages.name"));
    assert_non_null(strstr(text, "it's"));
    assert_non_null(strstr(text, "\n      SQL: SELECT "));
    assert_non_null(strstr(child, "ab%"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_aborted_transaction, open_pages, fixture_close),
        cmocka_unit_test_setup_teardown(test_missing_table, open_pages, fixture_close),
        cmocka_unit_test_setup_teardown(test_row_that_does_not_fit, open_pages, fixture_close),
        cmocka_unit_test_setup_teardown(test_explanation_is_a_tree, open_pages, fixture_close),
    };
    return cmocka_run_group_tests_name("what_to_do", tests, NULL, NULL);
}
