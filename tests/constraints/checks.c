/* AR_CHECK: a row that does not meet the condition is refused by every kind of write, with a message that has the
 * model, the field and the condition. */
#include "shop.ar.h"
#include "support.h"

#include <string.h>

static int open_shop(void **state)
{
    return fixture_open(state, &seller_model, &offer_model, &seat_model);
}

static void given_seller(struct fixture *f)
{
    struct seller seller = {.region = "north", .code = 1, .email = "ann@example.com"};

    add_row(f, &seller_model, &seller);
}

static struct offer valid_offer(void)
{
    return (struct offer){.region = "north", .code = 1, .title = "pen", .price = 5, .starts = 10, .ends = 20};
}

static int64_t count_offers(struct fixture *f)
{
    int64_t count;

    ok(f->other, offer_count(offer_query(f->other), &count));
    return count;
}

static void assert_refused(struct fixture *f, const char *field, const char *condition)
{
    const struct ar_error *error = ar_session_error(f->s);

    assert_text(error->model, "offer");
    assert_text(error->column, field);
    assert_error_names(f->s, field != NULL ? "offer.price: " : "offer: ");
    assert_error_names(f->s, condition);
}

#define PRICE "the row does not meet AR_CHECK(\"\"Unit Price\" >= 0\") ("
#define PERIOD "the row does not meet AR_CHECK(\"starts <= ends\") ("

static void test_an_insert_is_refused(void **state)
{
    struct fixture *f = *state;
    struct offer offer = valid_offer();

    given_seller(f);
    offer.price = -1;
    fails(f->s, AR_CONSTRAINT, offer_insert(f->s, &offer));
    assert_statements(f, 1);
    assert_refused(f, "price", PRICE);
    assert_int_equal(offer.id, 0);
    offer.price = 0;
    offer.starts = 21;
    fails(f->s, AR_CONSTRAINT, offer_insert(f->s, &offer));
    assert_refused(f, NULL, PERIOD);
    assert_error_names(f->s, "offers_end_last");
    assert_int_equal(count_offers(f), 0);
}

/* A condition that is neither true nor false, because a column is NULL, is met. */
static void test_null_meets_a_condition(void **state)
{
    struct fixture *f = *state;
    struct offer offer = valid_offer();

    given_seller(f);
    offer.ends = 0;
    offer.title = NULL;
    ok(f->s, offer_insert(f->s, &offer));
    assert_int_equal(count_offers(f), 1);
}

static void test_each_database_has_its_own_condition(void **state)
{
    struct fixture *f = *state;
    struct offer offer = valid_offer();

    given_seller(f);
    offer.title = "nineteen characters";
    ok(f->s, offer_insert(f->s, &offer));
    offer = valid_offer();
    offer.title = "20 characters or mor";
    fails(f->s, AR_CONSTRAINT, offer_insert(f->s, &offer));
    assert_error_names(f->s, "length(title) < 20");
}

static void test_an_update_is_refused_and_the_record_keeps_the_value(void **state)
{
    struct fixture *f = *state;
    struct offer offer = valid_offer(), *found;

    given_seller(f);
    add_row(f, &offer_model, &offer);
    ok(f->s, offer_find(f->s, offer.id, &found));
    found->price = -7;
    fails(f->s, AR_CONSTRAINT, offer_save(f->s, found));
    assert_refused(f, "price", PRICE);
    assert_int_equal(found->price, -7);
    found->price = 7;
    ok(f->s, offer_save(f->s, found));
}

static void test_writes_of_many_rows_are_refused(void **state)
{
    struct fixture *f = *state;
    struct offer offers[3] = {valid_offer(), valid_offer(), valid_offer()};
    int64_t changed;

    given_seller(f);
    offers[1].price = -1;
    fails(f->s, AR_CONSTRAINT, offer_insert_many(f->s, offers, 3));
    assert_refused(f, "price", PRICE);
    assert_int_equal(count_offers(f), 0);
    fails(f->s, AR_CONSTRAINT, offer_upsert(f->s, &offers[1], NULL, NULL));
    assert_refused(f, "price", PRICE);
    offers[1].price = 1;
    ok(f->s, offer_insert_many(f->s, offers, 3));
    fails(f->s, AR_CONSTRAINT, offer_update_all(offer_query(f->s), ar_set(offer_column.ends, 1), &changed));
    assert_refused(f, NULL, PERIOD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_an_insert_is_refused, open_shop, fixture_close),
        cmocka_unit_test_setup_teardown(test_null_meets_a_condition, open_shop, fixture_close),
        cmocka_unit_test_setup_teardown(test_each_database_has_its_own_condition, open_shop, fixture_close),
        cmocka_unit_test_setup_teardown(test_an_update_is_refused_and_the_record_keeps_the_value, open_shop,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_writes_of_many_rows_are_refused, open_shop, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
