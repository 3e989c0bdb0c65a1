/* Decimals as keys: found, saved, upserted, and the keys of relations. */
#include "shop.ar.h"
#include "support.h"

static int open_tariffs(void **state)
{
    if (fixture_open(state, &tariff_model, &region_model, &product_model) != 0)
        return -1;
    return 0;
}

/* Tariffs 0.125, 10.000 and -7.500. */
static void add_tariffs(struct fixture *f)
{
    add_row(f, &tariff_model, &(struct tariff){.code = 125, .name = "eighth"});
    add_row(f, &tariff_model, &(struct tariff){.code = 10000, .name = "ten"});
    add_row(f, &tariff_model, &(struct tariff){.code = -7500, .name = "refund"});
}

static void test_find_and_save(void **state)
{
    struct fixture *f = *state;
    struct tariff *eighth, *again;
    add_tariffs(f);
    ok(f->s, tariff_find(f->s, 125, &eighth));
    assert_text(eighth->name, "eighth");
    ok(f->s, tariff_find(f->s, 125, &again));
    assert_ptr_equal(eighth, again);
    assert_statements(f, 2);
    fails(f->s, AR_NOT_FOUND, tariff_find(f->s, 126, &again));
    eighth->name = "1/8";
    ok(f->s, tariff_save(f->s, eighth));
    ok(f->s, tariff_delete(f->s, eighth));
    struct tariff zero = {.code = 0, .name = "free"};
    ok(f->s, tariff_save(f->s, &zero));
    ok(f->other, tariff_find(f->other, 0, &again));
    assert_text(again->name, "free");
}

static void test_upsert(void **state)
{
    struct fixture *f = *state;
    struct tariff tariffs[] = {{.code = 10000, .name = "ten!"}, {.code = 1, .name = "new"}}, *read;
    enum ar_upsert_effect effects[2];
    add_tariffs(f);
    ok(f->s, tariff_upsert_many(f->s, tariffs, 2, &(struct ar_upsert){.by = tariff_column.code.column}, effects, NULL));
    assert_int_equal(effects[0], AR_UPSERT_UPDATED);
    assert_int_equal(effects[1], AR_UPSERT_INSERTED);
    ok(f->other, tariff_find(f->other, 10000, &read));
    assert_text(read->name, "ten!");
    ok(f->other, tariff_find(f->other, 1, &read));
    assert_text(read->name, "new");
}

static void test_relations(void **state)
{
    struct fixture *f = *state;
    struct tariff_list tariffs;
    struct product_list products;
    struct tariff *owner;
    add_tariffs(f);
    for (int i = 0; i < 6; i++)
        add_row(f, &product_model, &(struct product){.tariff_code = i % 2 == 0 ? 125 : -7500, .amount = i});
    add_row(f, &product_model, &(struct product){.amount = 9});

    struct tariff_query *q = tariff_query(f->s);
    tariff_order_by(q, ar_asc(tariff_column.code));
    tariff_with_products(q);
    ok(f->s, tariff_all(q, &tariffs));
    assert_statements(f, 2);
    assert_text(tariffs.items[0]->name, "refund");
    static const size_t counts[] = {3, 3, 0};
    for (size_t i = 0; i < 3; i++) {
        ok(f->s, tariff_products(f->s, tariffs.items[i], &products));
        assert_int_equal(products.count, counts[i]);
    }
    assert_statements(f, 0);

    ar_session_clear(f->s);
    ok(f->s, product_all(product_query(f->s), &products));
    for (size_t i = 0; i < products.count; i++) {
        ok(f->s, product_tariff(f->s, products.items[i], &owner));
        assert_true(products.items[i]->amount == 9 ? owner == NULL : owner->code == products.items[i]->tariff_code);
    }
    assert_statements(f, 2);
}

/* The struct of the join table is made by the tool. */
static void test_join_table(void **state)
{
    struct fixture *f = *state;
    struct region north = {.name = "north"}, *region;
    struct tariff *tariffs[2];
    struct tariff_list list;
    add_tariffs(f);
    add_row(f, &region_model, &north);
    ok(f->s, region_find(f->s, north.id, &region));
    ok(f->s, tariff_find(f->s, 125, &tariffs[0]));
    ok(f->s, tariff_find(f->s, -7500, &tariffs[1]));
    ok(f->s, region_tariffs_add(f->s, region, tariffs, 2, NULL));
    ar_session_clear(f->s);
    ok(f->s, region_find(f->s, north.id, &region));
    ok(f->s, region_tariffs(f->s, region, &list));
    assert_int_equal(list.count, 2);
    assert_true(list.items[0]->code == -7500 && list.items[1]->code == 125);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_tariffs, fixture_close)
        TEST(test_find_and_save),
        TEST(test_upsert),
        TEST(test_relations),
        TEST(test_join_table),
#undef TEST
    };

    return cmocka_run_group_tests_name("decimal_keys", tests, NULL, NULL);
}
