/* After a rollback, a record first read in the transaction kept the values written there and was a second record of its
 * row, and a later save wrote the rolled-back value. */
#include "rolled_back_value.ar.h"
#include "support.h"

static int open_products(void **state)
{
    return fixture_open(state, &product_model, &stock_model);
}

/* Insert a row that the session has not read, and return its key. */
static int64_t a_product(struct fixture *f)
{
    struct product product = {.name = "saw", .price = 5};
    add_row(f, &product_model, &product);
    reset_statements(f);
    return product.id;
}

static void assert_row(struct fixture *f, int64_t id, const char *name, int64_t price)
{
    struct product *product;
    ar_session_clear(f->other);
    ok(f->other, product_find(f->other, id, &product));
    assert_text(product->name, name);
    assert_int_equal(product->price, price);
}

static void test_a_save(void **state)
{
    struct fixture *f = *state;
    int64_t id = a_product(f);
    struct product *product, *again;
    ok(f->s, ar_begin(f->s));
    ok(f->s, product_find(f->s, id, &product));
    product->price = 6;
    ok(f->s, product_save(f->s, product));
    product->price = 7;
    ok(f->s, product_save(f->s, product));
    ok(f->s, ar_rollback(f->s));

    assert_int_equal(product->price, 5);
    ok(f->s, product_find(f->s, id, &again));
    assert_ptr_equal(again, product);
    product->name = "axe";
    ok(f->s, product_save(f->s, product));
    assert_row(f, id, "axe", 5);
    product->price = 6;
    ok(f->s, product_save(f->s, product));
    assert_row(f, id, "axe", 6);
}

static void test_a_save_in_a_savepoint(void **state)
{
    struct fixture *f = *state;
    int64_t id = a_product(f);
    struct product *product, *again;
    ok(f->s, ar_begin(f->s));
    ok(f->s, product_find(f->s, id, &product));
    ok(f->s, ar_begin(f->s));
    product->price = 6;
    ok(f->s, product_save(f->s, product));
    ok(f->s, ar_commit(f->s));
    product->price = 7;
    ok(f->s, product_save(f->s, product));
    ok(f->s, ar_begin(f->s));
    product->price = 8;
    ok(f->s, product_save(f->s, product));
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(product->price, 7);
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(product->price, 5);
    ok(f->s, product_find(f->s, id, &again));
    assert_ptr_equal(again, product);
}

static void test_a_delete(void **state)
{
    struct fixture *f = *state;
    int64_t id = a_product(f);
    struct product *product, *again;
    ok(f->s, ar_begin(f->s));
    ok(f->s, product_find(f->s, id, &product));
    ok(f->s, product_delete(f->s, product));
    ok(f->s, ar_rollback(f->s));
    ok(f->s, product_find(f->s, id, &again));
    assert_ptr_equal(again, product);
    product->price = 6;
    ok(f->s, product_save(f->s, product));
    assert_row(f, id, "saw", 6);
}

/* If the transaction wrote a row before the session first read it, the record is refreshed when it is read again. */
static void test_a_row_changed_before_it_is_read(void **state)
{
    struct fixture *f = *state;
    int64_t id = a_product(f);
    struct stock stock = {.product_id = id, .amount = 1}, *loaded;
    struct product *product, *again;
    add_row(f, &stock_model, &stock);
    ok(f->s, stock_find(f->s, stock.id, &loaded));
    ok(f->s, ar_begin(f->s));
    ok(f->s, product_save(f->s, &(struct product){.id = id, .name = "saw", .price = 9}));
    ok(f->s, stock_product(f->s, loaded, &product));
    assert_int_equal(product->price, 9);
    ok(f->s, ar_rollback(f->s));
    ok(f->s, stock_product(f->s, loaded, &again));
    assert_ptr_equal(again, product);
    assert_int_equal(product->price, 5);
}

/* A bulk write made the row equal to its record; the rollback makes them differ again. */
static void test_a_row_that_became_equal_to_its_record(void **state)
{
    struct fixture *f = *state;
    int64_t id = a_product(f);
    struct stock stock = {.product_id = id, .amount = 1}, *loaded;
    struct product *product;
    add_row(f, &stock_model, &stock);
    ok(f->s, stock_find(f->s, stock.id, &loaded));
    ok(f->s, product_find(f->s, id, &product));
    run_sql(f, "UPDATE products SET price = 6");
    ok(f->s, ar_begin(f->s));
    ok(f->s, product_update_all(product_query(f->s), ar_set(product_column.price, 5), NULL));
    ok(f->s, product_find(f->s, id, &product));
    assert_int_equal(product->price, 5);
    ok(f->s, ar_rollback(f->s));
    ok(f->s, stock_product(f->s, loaded, &product));
    assert_int_equal(product->price, 6);
}

/* The inserted row no longer exists, even if a nested transaction changed it and was committed. */
static void test_an_insert(void **state)
{
    struct fixture *f = *state;
    struct product product = {.name = "saw"}, *inserted, *loaded;
    struct stock stock = {.amount = 1};
    ok(f->s, ar_begin(f->s));
    ok(f->s, product_insert(f->s, &product));
    ok(f->s, product_find(f->s, product.id, &inserted));
    ok(f->s, ar_begin(f->s));
    inserted->price = 6;
    ok(f->s, product_save(f->s, inserted));
    ok(f->s, ar_commit(f->s));
    ok(f->s, ar_rollback(f->s));

    stock.product_id = product.id;
    ok(f->s, stock_product(f->s, &stock, &loaded));
    assert_null(loaded); /* the struct has no key */
    stock.id = 1;
    ok(f->s, stock_product(f->s, &stock, &loaded));
    assert_null(loaded);
}

/* Its record must not be mistaken for an existing row that needs no write. */
static void test_a_save_of_an_insert(void **state)
{
    struct fixture *f = *state;
    struct product product = {.name = "saw"}, *inserted;
    ok(f->s, ar_begin(f->s));
    ok(f->s, product_insert(f->s, &product));
    ok(f->s, product_find(f->s, product.id, &inserted));
    ok(f->s, ar_rollback(f->s));
    fails(f->s, AR_NOT_FOUND, product_save(f->s, inserted));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_products, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_save),
        TEST(test_a_save_in_a_savepoint),
        TEST(test_a_delete),
        TEST(test_a_row_changed_before_it_is_read),
        TEST(test_a_row_that_became_equal_to_its_record),
        TEST(test_an_insert),
        TEST(test_a_save_of_an_insert),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
