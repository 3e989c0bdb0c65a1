/* Models that are only read: views with and without a key, and tables without one. */
#include "support.h"
#include "views.ar.h"

#include <string.h>

static int open_views(void **state)
{
    return fixture_open(state, &buyer_model, &purchase_model, &visit_entry_model, &buyer_total_model, &sale_model);
}

/* Amy bought for 5 and 7, Ben for 9, Cid nothing; Amy visited two pages, twice the first one, and somebody another. */
static void given_orders(struct fixture *f)
{
    static const char *const names[] = {"Amy", "Ben", "Cid"};
    for (size_t i = 0; i < 3; i++)
        add_row(f, &buyer_model, &(struct buyer){.name = names[i]});
    add_row(f, &purchase_model, &(struct purchase){.buyer_id = 1, .price = 5});
    add_row(f, &purchase_model, &(struct purchase){.buyer_id = 1, .price = 7});
    add_row(f, &purchase_model, &(struct purchase){.buyer_id = 2, .price = 9});
    run_sql(f, "INSERT INTO visit_log (buyer_id, page) VALUES (1, 'a'), (1, 'b'), (NULL, 'c'), (1, 'a')");
}

static void test_view_with_key(void **state)
{
    struct fixture *f = *state;
    given_orders(f);
    struct buyer_total *amy, *again;
    struct buyer *buyer;
    struct purchase_list orders;
    ok(f->s, buyer_total_find(f->s, 1, &amy));
    assert_int_equal(amy->total, 12);
    assert_int_equal(amy->count, 2);
    ok(f->s, buyer_total_buyer(f->s, amy, &buyer));
    assert_text(buyer->name, "Amy");
    ok(f->s, buyer_spent(f->s, buyer, &again));
    assert_ptr_equal(again, amy);
    ok(f->s, buyer_total_orders(f->s, amy, &orders));
    assert_int_equal(orders.count, 2);
    assert_statements(f, 4);
    fails(f->s, AR_NOT_FOUND, buyer_total_find(f->s, 3, &amy));
    add_row(f, &purchase_model, &(struct purchase){.buyer_id = 1, .price = 8});
    ok(f->s, buyer_total_reload(f->s, again));
    assert_int_equal(again->total, 20);
}

static void test_queries(void **state)
{
    struct fixture *f = *state;
    given_orders(f);
    struct buyer_total_query *q = buyer_total_query(f->s);
    struct buyer_total_list totals;
    struct ar_value largest;
    int64_t count;
    buyer_total_where(
        q, ar_and(ar_gt(buyer_total_column.total, 8), buyer_total_has_buyer(ar_eq(buyer_column.name, "Ben"))));
    ok(f->s, buyer_total_all(q, &totals));
    assert_int_equal(totals.count, 1);
    assert_int_equal(totals.items[0]->buyer_id, 2);
    struct sale_query *sales = sale_query(f->s);
    sale_where(sales, ar_lt(sale_column.price, 9));
    ok(f->s, sale_count(sales, &count));
    assert_int_equal(count, 2);
    ok(f->s, sale_max(sales, sale_column.price, &largest));
    assert_int_equal(largest.integer, 7);
    assert_statements(f, 3);
}

/* Rows without a key are records of their own, also if all columns are equal; siblings share loads. */
static void test_rows_without_key(void **state)
{
    struct fixture *f = *state;
    given_orders(f);
    struct visit_entry_query *q = visit_entry_query(f->s);
    struct visit_entry_list entries, again;
    struct buyer *buyer;
    visit_entry_order_by(q, ar_asc(visit_entry_column.page));
    ok(f->s, visit_entry_all(q, &entries));
    assert_int_equal(entries.count, 4);
    assert_text(entries.items[0]->page, "a");
    assert_text(entries.items[1]->page, "a");
    assert_ptr_not_equal(entries.items[0], entries.items[1]);
    for (size_t i = 0; i < 4; i++) {
        ok(f->s, visit_entry_buyer(f->s, entries.items[i], &buyer));
        assert_true(i == 3 ? buyer == NULL : strcmp(buyer->name, "Amy") == 0);
    }
    assert_statements(f, 2);
    q = visit_entry_query(f->s);
    ok(f->s, visit_entry_all(q, &again));
    assert_int_equal(again.count, 4);
    assert_ptr_not_equal(again.items[0], entries.items[0]);
    assert_text(entries.items[3]->page, "c");
    struct visit_entry own = {.buyer_id = 2};
    ok(f->s, visit_entry_buyer(f->s, &own, &buyer));
    assert_text(buyer->name, "Ben");
    own.buyer_id = 1;
    ok(f->s, visit_entry_buyer(f->s, &own, &buyer));
    assert_text(buyer->name, "Amy");
}

/* The refined relation of a row without a key lasts as long as the result that it was loaded for. */
static void test_refined_relations_without_key(void **state)
{
    struct fixture *f = *state;
    given_orders(f);
    struct visit_entry_query *q = visit_entry_query(f->s);
    struct visit_entry_list entries;
    struct buyer *buyer;
    visit_entry_order_by(q, ar_asc(visit_entry_column.page));
    buyer_where(visit_entry_with_buyer(q), ar_ne(buyer_column.name, "Amy"));
    ok(f->s, visit_entry_all(q, &entries));
    reset_statements(f);
    for (size_t i = 0; i < entries.count; i++) {
        ok(f->s, visit_entry_buyer(f->s, entries.items[i], &buyer));
        assert_null(buyer);
    }
    assert_statements(f, 0);
    ok(f->s, visit_entry_buyer(f->s, &(struct visit_entry){.buyer_id = 1}, &buyer));
    assert_text(buyer->name, "Amy");
    assert_statements(f, 1);
}

/* A row that its struct cannot hold has no key that a message could name. PostgreSQL has no such rows here. */
static void test_invalid_row_without_key(void **state)
{
    struct fixture *f = *state;
    struct sale_list sales;
    given_orders(f);
    if (!fixture_is_sqlite())
        return;
    run_sql(f, "UPDATE purchases SET price = 1.5");
    fails(f->s, AR_INVALID, sale_all(sale_query(f->s), &sales));
    assert_error_names(f->s, "column price of table sales");
    assert_null(strstr(ar_session_error(f->s)->message, "in the row"));
    assert_int_equal(sales.count, 0);
}

/* As targets: eagerly, lazily, counted, and in conditions. */
static void test_relations_to_views(void **state)
{
    struct fixture *f = *state;
    given_orders(f);
    struct buyer_query *q = buyer_query(f->s);
    struct buyer_list buyers;
    struct sale_list sales;
    struct visit_entry_list visits;
    struct buyer_total *total;
    (void)buyer_with_spent(q);
    (void)sale_with_buyer(buyer_with_sales(q));
    (void)buyer_with_visits(q);
    buyer_with_visits_count(q);
    buyer_order_by(q, ar_asc(buyer_column.id));
    ok(f->s, buyer_all(q, &buyers));
    int64_t statements = (int64_t)f->statements, count;
    ok(f->s, buyer_sales(f->s, buyers.items[0], &sales));
    assert_int_equal(sales.count, 2);
    assert_int_equal(sales.items[0]->price, 7);
    struct buyer *buyer;
    ok(f->s, sale_buyer(f->s, sales.items[1], &buyer));
    assert_ptr_equal(buyer, buyers.items[0]);
    ok(f->s, buyer_visits(f->s, buyers.items[0], &visits));
    assert_int_equal(visits.count, 3);
    ok(f->s, buyer_visits_count(f->s, buyers.items[2], &count));
    assert_int_equal(count, 0);
    ok(f->s, buyer_spent(f->s, buyers.items[1], &total));
    assert_int_equal(total->total, 9);
    ok(f->s, buyer_spent(f->s, buyers.items[2], &total));
    assert_null(total);
    assert_int_equal(f->statements, statements);
    q = buyer_query(f->s);
    buyer_where(q, ar_or(buyer_has_sales(ar_gt(sale_column.price, 8)), buyer_has_visits_count(AR_GT, 2)));
    ok(f->s, buyer_count(q, &count));
    assert_int_equal(count, 2);
}

static void test_refusals(void **state)
{
    struct fixture *f = *state;
    given_orders(f);
    struct buyer_total total = {.buyer_id = 9};
    struct sale sale = {.buyer_id = 1};
    fails(f->s, AR_MISUSE, ar_record_insert(f->s, &buyer_total_model, &total));
    assert_error_names(f->s, "buyer_total");
    fails(f->s, AR_MISUSE, ar_record_save(f->s, &sale_model, &sale));
    fails(f->s, AR_MISUSE, ar_record_delete(f->s, &sale_model, &sale));
    fails(f->s, AR_MISUSE, ar_record_insert_many(f->s, &sale_model, &sale, 1));
    fails(f->s, AR_MISUSE, ar_query_delete_all(ar_query_open(f->s, &sale_model), NULL));
    struct buyer_query *q = buyer_query(f->s);
    struct buyer_list buyers;
    sale_limit(buyer_with_sales(q), 1);
    fails(f->s, AR_MISUSE, buyer_all(q, &buyers));
    assert_error_names(f->s, "buyer.sales");
    struct sale_query *sales = sale_query(f->s);
    struct sale_list list;
    ar_query_after((struct ar_query *)sales, &sale);
    fails(f->s, AR_MISUSE, sale_all(sales, &list));
}

/* Creating the tables again keeps the views. */
static void test_create_again(void **state)
{
    struct fixture *f = *state;
    given_orders(f);
    ok(f->s,
       ar_create_tables(f->s, &buyer_model, &purchase_model, &visit_entry_model, &buyer_total_model, &sale_model));
    int64_t count;
    ok(f->s, sale_count(sale_query(f->s), &count));
    assert_int_equal(count, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_view_with_key, open_views, fixture_close),
        cmocka_unit_test_setup_teardown(test_queries, open_views, fixture_close),
        cmocka_unit_test_setup_teardown(test_rows_without_key, open_views, fixture_close),
        cmocka_unit_test_setup_teardown(test_refined_relations_without_key, open_views, fixture_close),
        cmocka_unit_test_setup_teardown(test_invalid_row_without_key, open_views, fixture_close),
        cmocka_unit_test_setup_teardown(test_relations_to_views, open_views, fixture_close),
        cmocka_unit_test_setup_teardown(test_refusals, open_views, fixture_close),
        cmocka_unit_test_setup_teardown(test_create_again, open_views, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
