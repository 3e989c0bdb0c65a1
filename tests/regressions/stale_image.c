/* If a row may have changed since the session read it, the session's image of it is outdated: a caller-owned struct is
 * then written completely. */
#include "stale_image.ar.h"
#include "support.h"

static int open_products(void **state)
{
    return fixture_open(state, &product_model);
}

static struct product *a_product(struct fixture *f)
{
    struct product product = {.name = "saw", .price = 5}, *loaded;
    add_row(f, &product_model, &product);
    ok(f->s, product_find(f->s, product.id, &loaded));
    return loaded;
}

/* Saving the struct makes the row equal to it, although the session had read the same values before. */
static void assert_written(struct fixture *f, struct product *mine)
{
    struct product *theirs;
    ok(f->s, product_save(f->s, mine));
    ar_session_clear(f->other);
    ok(f->other, product_find(f->other, mine->id, &theirs));
    assert_text(theirs->name, mine->name);
    assert_int_equal(theirs->price, mine->price);
}

static void test_after_a_bulk_write(void **state)
{
    struct fixture *f = *state;
    struct product *loaded = a_product(f);
    struct product mine = *loaded;
    ok(f->s, product_update_all(product_query(f->s), ar_set(product_column.price, 6), NULL));
    mine.name = "axe";
    assert_written(f, &mine);
}

static void test_after_user_sql(void **state)
{
    struct fixture *f = *state;
    struct product mine = *a_product(f);
    ok(f->s, ar_execute(f->s, "UPDATE products SET price = 6"));
    assert_written(f, &mine);
}

/* Another session changed the row. This one read it again, but its record kept the caller's changes. */
static void test_after_a_refresh_was_skipped(void **state)
{
    struct fixture *f = *state;
    struct product *loaded = a_product(f), *met;
    struct product mine = *loaded;
    run_sql(f, "UPDATE products SET price = 6");
    loaded->name = "axe";
    ok(f->s, product_find(f->s, mine.id, &met));
    assert_ptr_equal(met, loaded);
    assert_text(met->name, "axe");
    assert_written(f, &mine);
}

static void test_after_a_rollback(void **state)
{
    struct fixture *f = *state;
    struct product product = {.name = "saw", .price = 6}, *loaded;
    add_row(f, &product_model, &product);
    ok(f->s, ar_begin(f->s));
    ok(f->s, product_update_all(product_query(f->s), ar_set(product_column.price, 5), NULL));
    ok(f->s, product_find(f->s, product.id, &loaded));
    assert_int_equal(loaded->price, 5);
    ok(f->s, ar_rollback(f->s));
    product.price = 5;
    assert_written(f, &product);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_products, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_after_a_bulk_write),
        TEST(test_after_user_sql),
        TEST(test_after_a_refresh_was_skipped),
        TEST(test_after_a_rollback),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
