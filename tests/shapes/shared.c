/* Several structs of one table: each has records of its own, and none keeps what a write by another made stale. */
#include "shared.ar.h"
#include "support.h"

static int open_shop(void **state)
{
    return fixture_open(state, &shop_model, &product_line_model, &product_model, &review_model);
}

static void given_products(struct fixture *f)
{
    add_row(f, &shop_model, &(struct shop){.name = "Corner"});
    add_row(f, &product_model, &(struct product){.shop_id = 1, .name = "tea", .description = "long"});
    add_row(f, &product_model, &(struct product){.shop_id = 1, .name = "cup", .description = "round", .stock = 3});
    add_row(f, &review_model, &(struct review){.product_id = 1, .text = "good"});
}

static void test_separate_records(void **state)
{
    struct fixture *f = *state;
    given_products(f);
    struct product_line_list lines;
    struct product *tea;
    struct product_line_query *q = product_line_query(f->s);
    product_line_order_by(q, ar_asc(product_line_column.id));
    ok(f->s, product_line_all(q, &lines));
    assert_int_equal(lines.count, 2);
    ok(f->s, product_find(f->s, lines.items[0]->id, &tea));
    assert_text(tea->description, "long");
    assert_int_equal(tea->stock, 7);
    assert_ptr_not_equal((void *)tea, (void *)lines.items[0]);
    assert_statements(f, 2);
}

/* A write through one struct expires the records of the other: the next read refreshes them. */
static void test_update(void **state)
{
    struct fixture *f = *state;
    given_products(f);
    struct product_line *line, *again;
    struct product *tea;
    struct review *review;
    ok(f->s, product_line_find(f->s, 1, &line));
    ok(f->s, product_find(f->s, 1, &tea));
    ok(f->s, review_find(f->s, 1, &review));
    ok(f->s, review_line(f->s, review, &again));
    assert_ptr_equal(again, line);
    tea->name = "green tea";
    ok(f->s, product_save(f->s, tea));
    reset_statements(f);
    ok(f->s, review_line(f->s, review, &again));
    assert_statements(f, 1);
    assert_ptr_equal(again, line);
    assert_text(line->name, "green tea");
    line->name = "black tea";
    ok(f->s, product_line_save(f->s, line));
    ok(f->s, review_product(f->s, review, &tea));
    assert_text(tea->name, "black tea");
    assert_text(tea->description, "long");
}

static void test_lists(void **state)
{
    struct fixture *f = *state;
    given_products(f);
    struct shop *shop;
    struct product_line_list lines;
    struct product_list products;
    ok(f->s, shop_find(f->s, 1, &shop));
    ok(f->s, shop_lines(f->s, shop, &lines));
    ok(f->s, shop_products(f->s, shop, &products));
    assert_int_equal(lines.count, 2);
    assert_text(lines.items[0]->name, "cup");
    struct product pot = {.shop_id = 1, .name = "a pot"};
    ok(f->s, product_insert(f->s, &pot));
    ok(f->s, shop_lines(f->s, shop, &lines));
    assert_int_equal(lines.count, 3);
    assert_text(lines.items[0]->name, "a pot");
    struct product_line lid = {.shop_id = 1, .name = "lid"};
    ok(f->s, product_line_insert(f->s, &lid));
    ok(f->s, shop_products(f->s, shop, &products));
    assert_int_equal(products.count, 4);
    assert_int_equal(products.items[3]->stock, 7);
    struct product many[2] = {{.shop_id = 1, .name = "x"}, {.shop_id = 1, .name = "y"}};
    ok(f->s, product_insert_many(f->s, many, 2));
    ok(f->s, shop_lines(f->s, shop, &lines));
    assert_int_equal(lines.count, 6);
    ok(f->s, product_update_all(product_query(f->s), ar_set(product_column.shop_id, 1), NULL));
    reset_statements(f);
    ok(f->s, shop_lines(f->s, shop, &lines));
    assert_statements(f, 1);
}

static void test_delete(void **state)
{
    struct fixture *f = *state;
    given_products(f);
    struct product *tea;
    struct product_line *line, *missing;
    struct review *review;
    ok(f->s, product_line_find(f->s, 1, &line));
    ok(f->s, product_find(f->s, 1, &tea));
    ok(f->s, review_find(f->s, 1, &review));
    ok(f->s, product_delete(f->s, tea));
    ok(f->s, review_line(f->s, review, &missing));
    assert_null(missing);
    fails(f->s, AR_NOT_FOUND, product_line_find(f->s, 1, &line));
}

/* A rollback makes both read the rows again. */
static void test_rollback(void **state)
{
    struct fixture *f = *state;
    given_products(f);
    struct product *tea;
    struct product_line *line;
    struct review *review;
    ok(f->s, product_find(f->s, 1, &tea));
    ok(f->s, review_find(f->s, 1, &review));
    ok(f->s, ar_begin(f->s));
    tea->name = "lost";
    ok(f->s, product_save(f->s, tea));
    ok(f->s, review_line(f->s, review, &line));
    assert_text(line->name, "lost");
    ok(f->s, ar_rollback(f->s));
    ok(f->s, review_line(f->s, review, &line));
    assert_text(line->name, "tea");
}

/* What any of the structs declares is part of the table. */
static void test_constraints(void **state)
{
    struct fixture *f = *state;
    given_products(f);
    struct product twice = {.shop_id = 1, .name = "tea"}, stray = {.shop_id = 9, .name = "z"};
    fails(f->s, AR_CONSTRAINT, product_insert(f->s, &twice));
    fails(f->s, AR_CONSTRAINT, product_insert(f->s, &stray));
    ok(f->s, ar_create_tables(f->s, &product_model, &product_line_model));
    ok(f->s, ar_create_tables(f->s, &product_line_model));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_separate_records, open_shop, fixture_close),
        cmocka_unit_test_setup_teardown(test_update, open_shop, fixture_close),
        cmocka_unit_test_setup_teardown(test_lists, open_shop, fixture_close),
        cmocka_unit_test_setup_teardown(test_delete, open_shop, fixture_close),
        cmocka_unit_test_setup_teardown(test_rollback, open_shop, fixture_close),
        cmocka_unit_test_setup_teardown(test_constraints, open_shop, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
