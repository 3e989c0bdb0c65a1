/* AR_INDEX and AR_UNIQUE_KEY: what the database refuses, foreign keys that refer to unique columns, and upserts that
 * find rows by them. */
#include "shop.ar.h"
#include "support.h"

#include <string.h>

static int open_shop(void **state)
{
    return fixture_open(state, &seller_model, &offer_model, &seat_model);
}

static struct seller given_seller(struct fixture *f, const char *region, int32_t code, const char *email)
{
    struct seller seller = {.region = region, .code = code, .email = email};

    add_row(f, &seller_model, &seller);
    return seller;
}

/* ---- Unique indexes ---------------------------------------------------------------------------------------------- */

static void test_a_unique_index_refuses_equal_rows(void **state)
{
    struct fixture *f = *state;
    struct seller second = {.region = "north", .code = 1, .email = "bob@example.com"};

    given_seller(f, "north", 1, "ann@example.com");
    fails(f->s, AR_CONSTRAINT, seller_insert(f->s, &second));
    assert_text(ar_session_error(f->s)->column, "region");
    assert_error_names(f->s, "seller.region");
    if (fixture_is_sqlite())
        assert_error_names(f->s, "another row has (\"north\", 1)");
    else
        assert_error_names(f->s, "sellers_code");
    second.code = 2;
    ok(f->s, seller_insert(f->s, &second));
}

static void test_an_index_on_an_expression_refuses_equal_values_of_it(void **state)
{
    struct fixture *f = *state;
    struct seller second = {.region = "north", .code = 2, .email = "ANN@example.com"};

    given_seller(f, "north", 1, "Ann@Example.com");
    fails(f->s, AR_CONSTRAINT, seller_insert(f->s, &second));
    assert_text(ar_session_error(f->s)->model, "seller");
    assert_error_names(f->s, "sellers_email");
}

static void test_a_partial_index_ignores_other_rows(void **state)
{
    struct fixture *f = *state;
    struct offer offers[3] = {{.region = "north", .code = 1, .is_current = true},
                              {.region = "north", .code = 1},
                              {.region = "north", .code = 1}};

    given_seller(f, "north", 1, "ann@example.com");
    ok(f->s, offer_insert_many(f->s, offers, 3));
    offers[1].is_current = true;
    fails(f->s, AR_CONSTRAINT, offer_save(f->s, &offers[1]));
    offers[0].is_current = false;
    ok(f->s, offer_save(f->s, &offers[0]));
    ok(f->s, offer_save(f->s, &offers[1]));
}

static void test_a_foreign_key_refers_to_the_columns_of_a_unique_index(void **state)
{
    struct fixture *f = *state;
    struct seller north = given_seller(f, "north", 1, "ann@example.com"), *found;
    struct offer offer = {.region = "north", .code = 1}, stray = {.region = "south", .code = 1}, *loaded;

    add_row(f, &offer_model, &offer);
    ok(f->s, offer_find(f->s, offer.id, &loaded));
    ok(f->s, offer_seller(f->s, loaded, &found));
    assert_int_equal(found->id, north.id);
    fails(f->s, AR_CONSTRAINT, offer_insert(f->s, &stray));
}

/* ---- Upserts by an AR_UNIQUE_KEY --------------------------------------------------------------------------------- */

/* The columns are in another order than in AR_UNIQUE_KEY. */
static const struct ar_upsert *by_place(void)
{
    static const struct ar_column *columns[3];
    static const struct ar_upsert how = {.by_columns = columns};

    columns[0] = seat_column.number.column;
    columns[1] = seat_column.hall.column;
    return &how;
}

static void test_an_upsert_finds_the_row_by_several_columns(void **state)
{
    struct fixture *f = *state;
    struct seat first = {.hall = 1, .number = "a", .holder = "Ann"};
    struct seat again = {.hall = 1, .number = "a", .holder = "Bob"}, other = {.hall = 2, .number = "a"}, *stored;
    enum ar_upsert_effect effect;

    add_row(f, &seat_model, &first);
    ok(f->s, seat_upsert(f->s, &again, by_place(), &effect));
    assert_int_equal(effect, AR_UPSERT_UPDATED);
    assert_int_equal(again.id, first.id);
    assert_int_equal(again.moves, 1);
    ok(f->s, seat_upsert(f->s, &other, by_place(), &effect));
    assert_int_equal(effect, AR_UPSERT_INSERTED);
    ar_session_clear(f->other);
    ok(f->other, seat_find(f->other, first.id, &stored));
    assert_text(stored->holder, "Bob");
    assert_text(stored->number, "a");
}

/* NULL is never equal: the record is a new row. */
static void test_an_upsert_with_null_in_a_column_inserts(void **state)
{
    struct fixture *f = *state;
    struct seat seats[3] = {{.hall = 1}, {.hall = 1}, {.hall = 1, .number = "a"}};
    struct ar_upsert_totals totals;

    ok(f->s, seat_upsert_many(f->s, seats, 3, by_place(), NULL, &totals));
    assert_int_equal(totals.inserted, 3);
    for (size_t i = 0; i < 3; i++)
        seats[i].id = 0;
    ok(f->s, seat_upsert_many(f->s, seats, 3, by_place(), NULL, &totals));
    assert_int_equal(totals.inserted, 2);
    assert_int_equal(totals.updated, 1);
}

static void test_an_upsert_by_a_unique_index(void **state)
{
    struct fixture *f = *state;
    struct seller seller = given_seller(f, "north", 1, "ann@example.com");
    struct seller again = {.region = "north", .code = 1, .email = "new@example.com"};
    const struct ar_column *columns[] = {seller_column.region.column, seller_column.code.column, NULL};
    enum ar_upsert_effect effect;

    ok(f->s, seller_upsert(f->s, &again, &(struct ar_upsert){.by_columns = columns}, &effect));
    assert_int_equal(effect, AR_UPSERT_UPDATED);
    assert_int_equal(again.id, seller.id);
}

static void test_an_upsert_refuses_columns_that_are_not_unique(void **state)
{
    struct fixture *f = *state;
    struct seat seat = {.hall = 1, .number = "a"};
    const struct ar_column *part[] = {seat_column.hall.column, NULL}, *none[] = {NULL};
    const struct ar_column *twice[] = {seat_column.hall.column, seat_column.hall.column, NULL};
    const struct ar_column *foreign[] = {seat_column.hall.column, seller_column.code.column, NULL};
    struct ar_upsert both = *by_place();

    both.by = seat_column.hall.column;
    fails(f->s, AR_MISUSE, seat_upsert(f->s, &seat, &(struct ar_upsert){.by_columns = part}, NULL));
    assert_error_names(f->s, "AR_UNIQUE_KEY");
    fails(f->s, AR_MISUSE, seat_upsert(f->s, &seat, &(struct ar_upsert){.by_columns = none}, NULL));
    fails(f->s, AR_MISUSE, seat_upsert(f->s, &seat, &(struct ar_upsert){.by_columns = twice}, NULL));
    fails(f->s, AR_MISUSE, seat_upsert(f->s, &seat, &(struct ar_upsert){.by_columns = foreign}, NULL));
    assert_error_names(f->s, "belongs to seller");
    fails(f->s, AR_MISUSE, seat_upsert(f->s, &seat, &both, NULL));
    assert_error_names(f->s, ".by_columns");
    assert_statements(f, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_unique_index_refuses_equal_rows, open_shop, fixture_close),
        cmocka_unit_test_setup_teardown(test_an_index_on_an_expression_refuses_equal_values_of_it, open_shop,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_a_partial_index_ignores_other_rows, open_shop, fixture_close),
        cmocka_unit_test_setup_teardown(test_a_foreign_key_refers_to_the_columns_of_a_unique_index, open_shop,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_an_upsert_finds_the_row_by_several_columns, open_shop, fixture_close),
        cmocka_unit_test_setup_teardown(test_an_upsert_with_null_in_a_column_inserts, open_shop, fixture_close),
        cmocka_unit_test_setup_teardown(test_an_upsert_by_a_unique_index, open_shop, fixture_close),
        cmocka_unit_test_setup_teardown(test_an_upsert_refuses_columns_that_are_not_unique, open_shop, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
