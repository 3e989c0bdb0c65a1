/* AR_GENERATED: the database computes the column; records have its value after every write. */
#include "invoice.ar.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

static int open_invoices(void **state)
{
    return fixture_open(state, &invoice_model, &item_model);
}

static struct item pen(void)
{
    return (struct item){.name = "pen", .price = 3, .quantity = 4};
}

/* The row as another session reads it. */
static struct item *stored(struct fixture *f, int64_t id)
{
    struct item *item;

    ar_session_clear(f->other);
    ok(f->other, item_find(f->other, id, &item));
    return item;
}

static void test_an_insert_returns_the_values(void **state)
{
    struct fixture *f = *state;
    struct item item = pen();

    item.total = 999; /* is not written */
    ok(f->s, item_insert(f->s, &item));
    assert_statements(f, 1);
    assert_int_equal(item.total, 12);
    assert_text(item.label, "pen x4");
    assert_int_equal(stored(f, item.id)->total, 12);
    reset_statements(f);
    ok(f->s, item_save(f->s, &item));
    assert_statements(f, 0);
}

static void test_an_update_returns_the_values(void **state)
{
    struct fixture *f = *state;
    struct item item = pen(), *found;

    add_row(f, &item_model, &item);
    ok(f->s, item_find(f->s, item.id, &found));
    reset_statements(f);
    found->quantity = 5;
    found->total = 999;
    ok(f->s, item_save(f->s, found));
    assert_statements(f, 1);
    assert_int_equal(found->total, 15);
    assert_text(found->label, "pen x5");
    assert_int_equal(found->changes, 1);
    assert_int_equal(stored(f, item.id)->total, 15);
}

/* It is the only field that differs: nothing is sent. */
static void test_an_assigned_value_is_not_written(void **state)
{
    struct fixture *f = *state;
    struct item item = pen(), *found;

    add_row(f, &item_model, &item);
    ok(f->s, item_find(f->s, item.id, &found));
    reset_statements(f);
    found->total = 999;
    ok(f->s, item_save(f->s, found));
    assert_statements(f, 0);
    assert_int_equal(stored(f, item.id)->total, 12);
}

static void test_a_record_of_some_columns_is_updated(void **state)
{
    struct fixture *f = *state;
    struct item_query *q = item_query(f->s);
    struct item item = pen(), *found;

    add_row(f, &item_model, &item);
    item_only(q, item_column.quantity);
    ok(f->s, item_one(q, &found));
    found->quantity = 1;
    ok(f->s, item_save(f->s, found));
    assert_int_equal(found->total, 3);
}

/* The value does not fit the field: the row stays as it was. */
static void test_a_value_that_does_not_fit_is_refused(void **state)
{
    struct fixture *f = *state;
    struct item item = pen(), large = {.name = "ship", .price = 40000, .quantity = 1}, *found;
    int64_t count;

    add_row(f, &item_model, &item);
    ok(f->s, item_find(f->s, item.id, &found));
    found->price = 40000;
    assert_true(item_save(f->s, found) != AR_OK);
    assert_int_equal(stored(f, item.id)->price, 3);
    assert_int_equal(found->total, 12);
    assert_true(item_insert(f->s, &large) != AR_OK);
    ok(f->other, item_count(item_query(f->other), &count));
    assert_int_equal(count, 1);
    found->price = 2;
    ok(f->s, item_save(f->s, found));
    assert_int_equal(found->total, 8);
}

static void assert_many(struct fixture *f, size_t count)
{
    static struct item items[3000];
    static char names[3000][16];

    for (size_t i = 0; i < count; i++) {
        (void)snprintf(names[i], sizeof names[i], "item %zu", i);
        items[i] = (struct item){.name = names[i], .price = (int32_t)(i % 100), .quantity = 2};
    }
    ok(f->s, item_insert_many(f->s, items, count));
    for (size_t i = 0; i < count; i++)
        assert_int_equal(items[i].total, 2 * (i % 100));
    assert_text(items[count - 1].label + strlen(items[count - 1].name), " x2");
}

static void test_inserts_of_many_rows_return_the_values(void **state)
{
    assert_many(*state, 3);
}

/* As many rows are inserted in another way if they have no computed columns. */
static void test_inserts_of_very_many_rows_return_the_values(void **state)
{
    assert_many(*state, 3000);
}

static void test_an_upsert_returns_the_values(void **state)
{
    struct fixture *f = *state;
    const struct ar_column *const quantity[] = {item_column.quantity.column, NULL};
    const struct ar_column *const total[] = {item_column.total.column, NULL};
    const struct ar_upsert by_name = {.by = item_column.name.column, .update = quantity};
    struct item item = pen();

    ok(f->s, item_upsert(f->s, &item, &by_name, NULL));
    assert_int_equal(item.total, 12);
    item.id = 0;
    item.quantity = 10;
    ok(f->s, item_upsert(f->s, &item, &by_name, NULL));
    assert_int_equal(item.total, 30);
    assert_text(item.label, "pen x10");
    fails(f->s, AR_MISUSE,
          item_upsert(f->s, &item, &(struct ar_upsert){.by = item_column.name.column, .update = total}, NULL));
    assert_error_names(f->s, "computed");
}

static void test_update_all_cannot_assign_it(void **state)
{
    struct fixture *f = *state;
    struct item item = pen(), *found;

    add_row(f, &item_model, &item);
    ok(f->s, item_find(f->s, item.id, &found));
    fails(f->s, AR_MISUSE, item_update_all(item_query(f->s), ar_set(item_column.total, 1), NULL));
    assert_error_names(f->s, "AR_GENERATED");
    ok(f->s, item_update_all(item_query(f->s), ar_set(item_column.price, 1), NULL));
    ok(f->s, item_find(f->s, item.id, &found));
    assert_int_equal(found->total, 4);
}

static void test_conditions_and_orders_use_it(void **state)
{
    struct fixture *f = *state;
    struct item items[] = {
        pen(), {.name = "ink", .price = 9, .quantity = 9}, {.name = "cap", .price = 1, .quantity = 1}};
    struct item_query *q = item_query(f->s);
    struct item_list list;

    ok(f->other, item_insert_many(f->other, items, 3));
    item_where(q, ar_gt(item_column.total, 5));
    item_order_by(q, ar_desc(item_column.total));
    ok(f->s, item_all(q, &list));
    assert_int_equal(list.count, 2);
    assert_text(list.items[0]->name, "ink");
    assert_int_equal(list.items[0]->total, 81);
}

/* A counter changes by writes of other records. */
static void test_a_column_computed_from_a_counter(void **state)
{
    struct fixture *f = *state;
    struct invoice invoice = {.title = "May"}, *found;
    struct item item = pen(), more = {.name = "ink", .price = 1, .quantity = 1};

    ok(f->s, invoice_insert(f->s, &invoice));
    assert_int_equal(invoice.pages, 0);
    assert_true(invoice.is_open);
    item.invoice_id = more.invoice_id = invoice.id;
    ok(f->s, item_insert(f->s, &item));
    ok(f->s, item_insert(f->s, &more));
    ok(f->s, invoice_find(f->s, invoice.id, &found));
    assert_int_equal(found->item_count, 2);
    assert_int_equal(found->pages, 1);
}

static void test_a_delete_by_a_time_changes_it(void **state)
{
    struct fixture *f = *state;
    struct invoice invoice = {.title = "May"}, *found;
    struct invoice_query *q = invoice_query(f->s);

    add_row(f, &invoice_model, &invoice);
    ok(f->s, invoice_find(f->s, invoice.id, &found));
    ok(f->s, invoice_delete(f->s, found));
    invoice_with_deleted(q);
    ok(f->s, invoice_one(q, &found));
    assert_false(found->is_open);
    ok(f->s, invoice_restore(f->s, found));
    ok(f->s, invoice_find(f->s, invoice.id, &found));
    assert_true(found->is_open);
}

static void test_a_link_changes_it(void **state)
{
    struct fixture *f = *state;
    struct invoice invoice = {.title = "May"};
    struct item item = pen(), *items[] = {&item};

    add_row(f, &invoice_model, &invoice);
    add_row(f, &item_model, &item);
    item.total = 0;
    ok(f->s, invoice_items_add(f->s, &invoice, items, 1, NULL));
    assert_int_equal(item.invoice_id, invoice.id);
}

static void test_a_rollback_restores_it(void **state)
{
    struct fixture *f = *state;
    struct item item = pen(), *found;

    add_row(f, &item_model, &item);
    ok(f->s, item_find(f->s, item.id, &found));
    ok(f->s, ar_begin(f->s));
    found->quantity = 9;
    ok(f->s, item_save(f->s, found));
    assert_int_equal(found->total, 27);
    ok(f->s, ar_rollback(f->s));
    ok(f->s, item_find(f->s, item.id, &found));
    assert_int_equal(found->total, 12);
    assert_text(found->label, "pen x4");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_invoices, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_an_insert_returns_the_values),
        TEST(test_an_update_returns_the_values),
        TEST(test_an_assigned_value_is_not_written),
        TEST(test_a_record_of_some_columns_is_updated),
        TEST(test_a_value_that_does_not_fit_is_refused),
        TEST(test_inserts_of_many_rows_return_the_values),
        TEST(test_inserts_of_very_many_rows_return_the_values),
        TEST(test_an_upsert_returns_the_values),
        TEST(test_update_all_cannot_assign_it),
        TEST(test_conditions_and_orders_use_it),
        TEST(test_a_column_computed_from_a_counter),
        TEST(test_a_delete_by_a_time_changes_it),
        TEST(test_a_link_changes_it),
        TEST(test_a_rollback_restores_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
