/* Exact decimals in integers: every value survives a round trip and is the number that the server prints; numbers that
 * do not fit are refused in both directions; conditions, orders, arithmetic and aggregates have the unit of the field.
 */
#include "shop.ar.h"
#include "support.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* On PostgreSQL, the text of the numeric itself; on SQLite, of the stored integer. */
static int open_products(void **state)
{
    if (fixture_open(state, &tariff_model, &region_model, &product_model) != 0)
        return -1;
    run_sql(*state, "DROP VIEW IF EXISTS product_texts");
    run_sql(*state, "CREATE VIEW product_texts AS SELECT id, CAST(price AS TEXT) AS price, CAST(tax AS TEXT) AS tax,"
                    " CAST(rate AS TEXT) AS rate, CAST(weight AS TEXT) AS weight, CAST(volume AS TEXT) AS volume"
                    " FROM products");
    return 0;
}

static int close_products(void **state)
{
    run_sql(*state, "DROP VIEW IF EXISTS product_texts");
    return fixture_close(state);
}

/* Return the product as another session reads it. */
static struct product *stored(struct fixture *f, int64_t id)
{
    struct product *product;
    ar_session_clear(f->other);
    f->is_paused = true;
    ok(f->other, product_find(f->other, id, &product));
    f->is_paused = false;
    return product;
}

static void assert_same(const struct product *a, const struct product *b)
{
    assert_true(a->has_price == b->has_price && a->price == b->price);
    assert_int_equal(a->tax, b->tax);
    assert_int_equal(a->rate, b->rate);
    assert_true(a->weight == b->weight);
    assert_true(a->volume == b->volume);
    assert_true(a->tariff_code == b->tariff_code);
}

/* Write a number of hundredths and so on as the server prints it. */
static const char *print(char text[32], int64_t number, int scale)
{
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%0*" PRId64, scale + 1, number < 0 ? -number : number);
    if (fixture_is_sqlite())
        snprintf(text, 32, "%" PRId64, number);
    else
        snprintf(text, 32, "%s%.*s%s%s", number < 0 ? "-" : "", length - scale, digits, scale > 0 ? "." : "",
                 digits + length - scale);
    return text;
}

static void assert_server_has(struct fixture *f, const struct product *product)
{
    char text[32];
    struct product_text *texts;
    ar_session_clear(f->other);
    f->is_paused = true;
    ok(f->other, product_text_find(f->other, product->id, &texts));
    f->is_paused = false;
    assert_text(texts->price, product->has_price ? print(text, product->price, 2) : NULL);
    assert_text(texts->tax, print(text, product->tax, 2));
    assert_text(texts->rate, print(text, product->rate, 9));
    assert_text(texts->weight, print(text, product->weight, 0));
    assert_text(texts->volume, print(text, product->volume, 18));
}

/* ---- Round trips ------------------------------------------------------------------------------------------------- */

static void test_limits(void **state)
{
    static const struct product limits[] = {
        {.has_price = true},
        {.has_price = true, .price = 1, .rate = 1, .weight = 1, .volume = 1},
        {.has_price = true, .price = -1, .rate = -1, .weight = -1, .volume = -1},
        {.has_price = true,
         .price = 9999999999,
         .tax = 2550,
         .rate = 999999999,
         .weight = 999999999999999999,
         .volume = 999999999999999999},
        {.has_price = true,
         .price = -9999999999,
         .rate = -999999999,
         .weight = -999999999999999999,
         .volume = -999999999999999999},
        {.has_price = true, .price = 1000000, .rate = 100000000, .weight = 100000000000000000, .volume = 10000},
        {.has_price = true, .price = 1000050, .rate = 10001, .weight = 10000000010000, .volume = 100000000000000001},
        {.has_price = false},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        struct product product = limits[i];
        ok(f->s, product_insert(f->s, &product));
        assert_statements(f, 1);
        product.has_price = limits[i].has_price; /* NULL lets the default apply */
        if (!limits[i].has_price) {
            assert_true(stored(f, product.id)->has_price);
            assert_true(stored(f, product.id)->price == 950);
            continue;
        }
        assert_same(stored(f, product.id), &product);
        assert_server_has(f, &product);
    }
}

/* Return a number of up to `digits` digits, short ones as often as long ones. */
static int64_t random_number(uint64_t *random, int digits)
{
    int64_t limit = 1;
    *random = *random * 6364136223846793005U + 1442695040888963407U;
    for (int i = (int)(*random >> 33) % digits; i >= 0; i--)
        limit *= 10;
    *random = *random * 6364136223846793005U + 1442695040888963407U;
    return (int64_t)(*random >> 1) % limit * (*random & 1 ? 1 : -1);
}

static struct product random_product(uint64_t *random)
{
    return (struct product){
        .has_price = true,
        .price = random_number(random, 10),
        .tax = (int16_t)(llabs(random_number(random, 4)) % 2551),
        .rate = (int32_t)random_number(random, 9),
        .weight = random_number(random, 18),
        .volume = random_number(random, 18),
    };
}

/* Inserted by one statement, from arrays or structs, and by COPY. */
static void test_random_values(void **state)
{
    enum { COUNT = 6000 };
    struct fixture *f = *state;
    struct product *products = calloc(COUNT, sizeof *products);
    struct product_list list;
    uint64_t random = 20261127;
    for (size_t i = 0; i < COUNT; i++)
        products[i] = random_product(&random);
    ok(f->s, product_insert_many(f->s, products, 300));
    ok(f->s, product_insert_many(f->s, products + 300, COUNT - 300));
    f->is_paused = true;
    struct product_query *q = product_query(f->other);
    product_order_by(q, ar_asc(product_column.id));
    ok(f->other, product_all(q, &list));
    assert_int_equal(list.count, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        assert_same(list.items[i], &products[i]);
    for (size_t i = 0; i < COUNT; i += 29)
        assert_server_has(f, &products[i]);
    free(products);
}

/* ---- Values that do not fit -------------------------------------------------------------------------------------- */

static void test_writes_that_do_not_fit(void **state)
{
    struct fixture *f = *state;
    struct product price = {.has_price = true, .price = 10000000000}, tax = {.tax = 2551}, small = {.tax = -1};
    struct product rate = {.rate = 1000000000}, weight = {.weight = INT64_MIN};
    fails(f->s, AR_INVALID, product_insert(f->s, &price));
    assert_error_names(f->s,
                       "product.price is 100000000.00; AR_DECIMAL(10, 2) takes at most 8 digits before the point");
    fails(f->s, AR_INVALID, product_insert(f->s, &tax));
    assert_error_names(f->s, "product.tax is 25.51; AR_RANGE asks for 0.00 to 25.50");
    fails(f->s, AR_INVALID, product_insert(f->s, &small));
    assert_error_names(f->s, "product.tax is -0.01");
    fails(f->s, AR_INVALID, product_insert_many(f->s, &rate, 1));
    assert_error_names(f->s, "product.rate is 1.000000000; AR_DECIMAL(9, 9) takes at most 0 digits before the point");
    fails(f->s, AR_INVALID, product_insert(f->s, &weight));
    assert_error_names(f->s, "product.weight is -9223372036854775808");
    assert_statements(f, 0);
}

/* A table of the same columns without the limits, with this price. */
static void make_other_prices(struct fixture *f, const char *type, const char *price)
{
    char sql[400];
    run_sql(f, "DROP VIEW IF EXISTS product_texts");
    run_sql(f, "DROP TABLE products");
    snprintf(sql, sizeof sql,
             "CREATE TABLE products AS SELECT CAST(1 AS BIGINT) AS id, CAST(NULL AS %s) AS tariff_code,"
             " CAST(%s AS %s) AS price, CAST(0 AS %s) AS tax, CAST(0 AS %s) AS rate, CAST(0 AS %s) AS weight,"
             " CAST(0 AS %s) AS volume, 0 AS amount",
             type, price, type, type, type, type, type);
    run_sql(f, sql);
    ar_session_clear(f->s);
}

static void test_reads_that_do_not_fit(void **state)
{
    static const struct {
        const char *type, *price, *message;
    } postgresql[] = {
        {"NUMERIC", "1.999", "price of table products has 1.999, but AR_DECIMAL(10, 2) takes 2 digits after the point"},
        {"NUMERIC", "-0.00000000000000000000000000001", "has -0.00000000000000000000000000001, but"},
        {"NUMERIC", "100000000", "has 100000000.00, but AR_DECIMAL(10, 2) takes at most 8 digits before the point"},
        {"NUMERIC", "1e40", "has 10000000000000000000000000000000000000000.00, but"},
        {"NUMERIC", "'NaN'", "has NaN, which is not a number that AR_DECIMAL holds"},
        {"NUMERIC", "'-Infinity'", "has -Infinity, which is not a number"},
        {"BIGINT", "1", "is for columns of type numeric"},
        {"FLOAT8", "1", "is for columns of type numeric"},
        {"TEXT", "'1'", "is for columns of type numeric"},
    };
    static const struct {
        const char *type, *price, *message;
    } sqlite[] = {
        {"REAL", "1.5", "price of table products has a floating-point number"},
        {"TEXT", "'1.50'", "has a value that is not a decimal number"},
        {"INTEGER", "10000000000", "has 100000000.00, but AR_DECIMAL(10, 2) takes at most 8 digits before the point"},
    };
    struct fixture *f = *state;
    bool is_sqlite = fixture_is_sqlite();
    size_t count = is_sqlite ? sizeof sqlite / sizeof sqlite[0] : sizeof postgresql / sizeof postgresql[0];
    for (size_t i = 0; i < count; i++) {
        struct product *product;
        make_other_prices(f, is_sqlite ? sqlite[i].type : postgresql[i].type,
                          is_sqlite ? sqlite[i].price : postgresql[i].price);
        reopen_session(f, (struct ar_session_options){0});
        fails(f->s, AR_INVALID, product_find(f->s, 1, &product));
        assert_error_names(f->s, is_sqlite ? sqlite[i].message : postgresql[i].message);
        assert_null(product);
    }
}

/* More digits than necessary are only zeros. */
static void test_reads_of_other_scales(void **state)
{
    struct fixture *f = *state;
    struct product *product;
    if (fixture_is_sqlite())
        return;
    make_other_prices(f, "NUMERIC", "12.50000000000000000000");
    reopen_session(f, (struct ar_session_options){0});
    ok(f->s, product_find(f->s, 1, &product));
    assert_true(product->price == 1250);
}

/* ---- Queries ----------------------------------------------------------------------------------------------------- */

/* Products with the prices -0.50, 0.00, 2.00, 10.00 and 10.01, not in this order, and one without. */
static void add_prices(struct fixture *f)
{
    static const int64_t prices[] = {1000, -50, 1001, 0, 200};
    for (size_t i = 0; i < 5; i++) {
        struct product product = {.has_price = true, .price = prices[i], .amount = (int32_t)prices[i]};
        add_row(f, &product_model, &product);
    }
    add_row(f, &product_model, &(struct product){.weight = 7});
    run_sql(f, "UPDATE products SET price = NULL WHERE weight = 7");
}

static void assert_prices(struct fixture *f, struct product_query *q, size_t count, const int64_t *prices)
{
    struct product_list list;
    reset_statements(f);
    ok(f->s, product_all(q, &list));
    assert_statements(f, 1);
    assert_int_equal(list.count, count);
    for (size_t i = 0; i < count; i++)
        assert_true(list.items[i]->price == prices[i]);
}

static struct product_query *where(struct fixture *f, struct ar_condition condition)
{
    struct product_query *q = product_query(f->s);
    product_where(q, condition);
    product_order_by(q, ar_asc(product_column.price));
    return q;
}

static void test_conditions(void **state)
{
    static const int64_t wanted[] = {200, -50, 777};
    struct fixture *f = *state;
    add_prices(f);
    assert_prices(f, where(f, ar_eq(product_column.price, 1001)), 1, (const int64_t[]){1001});
    assert_prices(f, where(f, ar_lt(product_column.price, 1000)), 3, (const int64_t[]){-50, 0, 200});
    assert_prices(f, where(f, ar_between(product_column.price, 1, 1000)), 2, (const int64_t[]){200, 1000});
    assert_prices(f, where(f, ar_in(product_column.price, wanted, 3)), 2, (const int64_t[]){-50, 200});
    assert_prices(f, where(f, ar_not_in(product_column.price, wanted, 3)), 3, (const int64_t[]){0, 1000, 1001});
    assert_prices(f, where(f, ar_is_null(product_column.price)), 1, (const int64_t[]){0});
    assert_prices(f, where(f, ar_gt(product_column.price, INT64_MAX)), 0, NULL);
    assert_prices(f, where(f, ar_ge(product_column.price, INT64_MIN)), 5, (const int64_t[]){-50, 0, 200, 1000, 1001});
}

static void test_order_and_pages(void **state)
{
    struct fixture *f = *state;
    struct product_list list;
    struct product_query *q = product_query(f->s);
    add_prices(f);
    product_order_by(q, ar_desc(product_column.price));
    product_limit(q, 2);
    ok(f->s, product_all(q, &list));
    assert_true(list.items[0]->price == 1001 && list.items[1]->price == 1000);
    q = product_query(f->s);
    product_order_by(q, ar_desc(product_column.price));
    product_after(q, list.items[1]);
    ok(f->s, product_all(q, &list));
    assert_int_equal(list.count, 4);
    assert_true(list.items[0]->price == 200);
    assert_false(list.items[3]->has_price);
}

/* SQLite would compare integers in different units. */
static void test_columns_of_different_units(void **state)
{
    struct fixture *f = *state;
    struct product_list list;
    struct product_query *q = product_query(f->s);
    product_where(q, ar_eq_column(product_column.price, product_column.tax));
    ok(f->s, product_all(q, &list));
    q = product_query(f->s);
    product_where(q, ar_lt_column(product_column.price, product_column.rate));
    fails(f->s, AR_MISUSE, product_all(q, &list));
    assert_error_names(f->s, "product.price and product.rate cannot be compared: they have different units");
    q = product_query(f->s);
    product_where(q, ar_lt_column(product_column.amount, product_column.price));
    fails(f->s, AR_MISUSE, product_all(q, &list));
}

static void test_arithmetic(void **state)
{
    struct fixture *f = *state;
    int64_t changed;
    add_prices(f);
    ok(f->s, product_update_all(where(f, ar_eq(product_column.price, 200)), ar_add(product_column.price, 1), &changed));
    assert_prices(f, where(f, ar_eq(product_column.price, 201)), 1, (const int64_t[]){201});
    reset_statements(f);
    ok(f->s,
       product_update_all(where(f, ar_eq(product_column.price, 201)), ar_multiply(product_column.price, 3), NULL));
    assert_prices(f, where(f, ar_eq(product_column.price, 603)), 1, (const int64_t[]){603});
    ok(f->s,
       product_update_all(where(f, ar_eq(product_column.price, 603)),
                          ar_sets(ar_subtract(product_column.price, 604), ar_set(product_column.tax, 1975)), NULL));
    assert_prices(f, where(f, ar_eq(product_column.tax, 1975)), 1, (const int64_t[]){-1});
    fails(f->s, AR_INVALID,
          product_update_all(product_query(f->s), ar_add(product_column.price, 9999999000), &changed));
    assert_error_names(f->s, "price");
    fails(f->s, AR_INVALID, product_update_all(product_query(f->s), ar_subtract(product_column.tax, 1), &changed));
    fails(f->s, AR_INVALID, product_update_all(product_query(f->s), ar_set(product_column.price, 10000000000), NULL));
}

static void test_updates(void **state)
{
    struct fixture *f = *state;
    struct product product = {.has_price = true, .price = 100}, *read;
    add_row(f, &product_model, &product);
    ok(f->s, product_find(f->s, product.id, &read));
    read->price = 12345678, read->volume = 5;
    ok(f->s, product_save(f->s, read));
    assert_statements(f, 2);
    assert_true(stored(f, product.id)->price == 12345678);
    assert_true(stored(f, product.id)->volume == 5);
    read->has_price = false;
    ok(f->s, product_save(f->s, read));
    assert_false(stored(f, product.id)->has_price);
}

/* ---- Aggregates -------------------------------------------------------------------------------------------------- */

static struct ar_value sum_of(struct fixture *f)
{
    struct ar_value value;
    ok(f->s, product_sum(product_query(f->s), product_column.price, &value));
    assert_int_equal(value.kind, AR_VALUE_INTEGER);
    return value;
}

static void test_aggregates(void **state)
{
    struct fixture *f = *state;
    struct ar_value value;
    add_prices(f);
    assert_true(sum_of(f).integer == 2151);
    ok(f->s, product_min(product_query(f->s), product_column.price, &value));
    assert_true(value.kind == AR_VALUE_INTEGER && value.integer == -50);
    ok(f->s, product_max(product_query(f->s), product_column.price, &value));
    assert_true(value.kind == AR_VALUE_INTEGER && value.integer == 1001);
    ok(f->s, product_avg(product_query(f->s), product_column.price, &value));
    assert_true(value.kind == AR_VALUE_REAL && value.real == 430.2);
    ok(f->s, product_sum(where(f, ar_eq(product_column.price, 5)), product_column.price, &value));
    assert_int_equal(value.kind, AR_VALUE_NULL);
}

/* A sum may have more digits than its column, but not more than 64 bits. */
static void test_large_sums(void **state)
{
    enum { COUNT = 10 };
    struct fixture *f = *state;
    struct ar_value value;
    for (int i = 0; i < COUNT; i++)
        add_row(f, &product_model, &(struct product){.volume = 999999999999999999});
    struct product_query *some = product_query(f->s);
    product_limit(some, 9);
    ok(f->s, product_sum(some, product_column.volume, &value));
    assert_true(value.integer == 8999999999999999991);
    fails(f->s, AR_DATABASE, product_sum(product_query(f->s), product_column.volume, &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_products, close_products)
        TEST(test_limits),
        TEST(test_random_values),
        TEST(test_writes_that_do_not_fit),
        TEST(test_reads_that_do_not_fit),
        TEST(test_reads_of_other_scales),
        TEST(test_conditions),
        TEST(test_order_and_pages),
        TEST(test_columns_of_different_units),
        TEST(test_arithmetic),
        TEST(test_updates),
        TEST(test_aggregates),
        TEST(test_large_sums),
#undef TEST
    };

    return cmocka_run_group_tests_name("decimals", tests, NULL, NULL);
}
