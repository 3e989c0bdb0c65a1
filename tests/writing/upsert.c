/* Upserts: what is inserted, what is updated, and what the records and the session know afterwards. */
#include "stock.ar.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_tables(void **state)
{
    return fixture_open(state, &maker_model, &product_model, &price_model, &mark_model, &weighing_model, &survey_model);
}

static const struct ar_upsert *by_sku(void)
{
    static struct ar_upsert how;

    how = (struct ar_upsert){.by = product_column.sku.column};
    return &how;
}

/* The number of statements of one upsert: SQLite also looks the rows up before and afterwards. */
static size_t statements_of_one(void)
{
    return fixture_is_sqlite() ? 3 : 1;
}

/* Given a product of another session, with revision 0. */
static int64_t given_product(struct fixture *f, const char *sku, const char *title)
{
    struct product product = {.sku = sku, .title = title, .amount = 5, .created_at = 1000};

    add_row(f, &product_model, &product);
    return product.id;
}

static struct product *stored(struct fixture *f, int64_t id)
{
    struct product *product;

    ar_session_clear(f->other);
    ok(f->other, product_find(f->other, id, &product));
    return product;
}

static int64_t count_products(struct fixture *f)
{
    int64_t count;

    ok(f->other, product_count(product_query(f->other), &count));
    return count;
}

/* ---- S-250: one record ------------------------------------------------------------------------------------------- */

static void test_s250_inserts_a_new_row(void **state)
{
    struct fixture *f = *state;
    struct product product = {.sku = "a", .title = "A"};
    enum ar_upsert_effect effect;

    ok(f->s, product_upsert(f->s, &product, by_sku(), &effect));
    assert_statements(f, statements_of_one());
    assert_int_equal(effect, AR_UPSERT_INSERTED);
    assert_true(product.id > 0 && product.created_at > 0 && product.updated_at > 0);
    assert_text(product.state, "new");
    assert_int_equal(product.revision, 0);
    assert_text(stored(f, product.id)->title, "A");
    /* The session knows the row: a save without changes writes nothing. */
    reset_statements(f);
    ok(f->s, product_save(f->s, &product));
    assert_statements(f, 0);
}

static void test_s250_updates_the_row_with_the_unique_column(void **state)
{
    struct fixture *f = *state;
    int64_t id = given_product(f, "a", "old");
    struct product product = {.sku = "a", .title = "new", .amount = 7};
    enum ar_upsert_effect effect;

    run_sql(f, "UPDATE products SET state = 'sold'");
    ok(f->s, product_upsert(f->s, &product, by_sku(), &effect));
    assert_statements(f, statements_of_one());
    assert_int_equal(effect, AR_UPSERT_UPDATED);
    assert_int_equal(product.id, id);
    assert_int_equal(product.revision, 1);
    assert_int_equal(product.created_at, 1000);
    assert_text(product.state, "sold"); /* its field was NULL: left to the database */
    assert_text(stored(f, id)->title, "new");
    assert_int_equal(stored(f, id)->amount, 7);
    assert_int_equal(count_products(f), 1);
    /* Its revision is known: a save succeeds. */
    product.amount = 8;
    ok(f->s, product_save(f->s, &product));
    assert_int_equal(stored(f, id)->revision, 2);
}

static void test_s250_by_the_key(void **state)
{
    struct fixture *f = *state;
    int64_t id = given_product(f, "a", "old");
    struct product product = {.id = id, .sku = "b", .title = "new"}, fresh = {.sku = "c"};
    enum ar_upsert_effect effect;

    ok(f->s, product_upsert(f->s, &product, NULL, &effect));
    assert_int_equal(effect, AR_UPSERT_UPDATED);
    assert_text(stored(f, id)->sku, "b");
    ok(f->s, product_upsert(f->s, &fresh, NULL, &effect)); /* no key: inserted */
    assert_int_equal(effect, AR_UPSERT_INSERTED);
    assert_true(fresh.id > id);
    fresh = (struct product){.id = 900, .sku = "d"};
    ok(f->s, product_upsert(f->s, &fresh, NULL, NULL)); /* a key without a row */
    assert_text(stored(f, 900)->sku, "d");
}

/* The row that is updated was inserted, updated or locked by the same transaction. */
static void test_s250_within_a_transaction(void **state)
{
    struct fixture *f = *state;
    int64_t id = given_product(f, "b", "old");
    struct product product = {.sku = "a"}, other = {.sku = "b"}, *locked;
    enum ar_upsert_effect effect;

    ok(f->s, ar_begin(f->s));
    ok(f->s, product_upsert(f->s, &product, by_sku(), &effect));
    assert_int_equal(effect, AR_UPSERT_INSERTED);
    for (int32_t i = 1; i <= 2; i++) {
        ok(f->s, product_upsert(f->s, &product, by_sku(), &effect));
        assert_int_equal(effect, AR_UPSERT_UPDATED);
        assert_int_equal(product.revision, i);
    }
    ok(f->s, product_find_for_update(f->s, id, &locked));
    ok(f->s, product_upsert(f->s, &other, by_sku(), &effect));
    assert_int_equal(effect, AR_UPSERT_UPDATED);
    ok(f->s, ar_commit(f->s));
    assert_int_equal(stored(f, product.id)->revision, 2);
}

/* ---- S-251: columns ---------------------------------------------------------------------------------------------- */

static void test_s251_only_the_chosen_columns(void **state)
{
    struct fixture *f = *state;
    int64_t id = given_product(f, "a", "old");
    struct product product = {.sku = "a", .title = "new", .amount = 7};
    const struct ar_column *const amount[] = {product_column.amount.column, NULL};
    const struct ar_upsert how = {.by = product_column.sku.column, .update = amount};
    enum ar_upsert_effect effect;

    ok(f->s, product_upsert(f->s, &product, &how, &effect));
    assert_statements(f, statements_of_one());
    assert_int_equal(effect, AR_UPSERT_UPDATED);
    assert_text(product.title, "old"); /* the record receives what the update left alone */
    assert_text(stored(f, id)->title, "old");
    assert_int_equal(stored(f, id)->amount, 7);
    assert_int_equal(stored(f, id)->revision, 1);
    assert_true(stored(f, id)->updated_at > 1000);
}

static void test_s251_ignore(void **state)
{
    struct fixture *f = *state;
    int64_t id = given_product(f, "a", "old");
    struct product product = {.sku = "a", .title = "new"}, before = product, fresh = {.sku = "b"};
    const struct ar_upsert how = {.by = product_column.sku.column, .ignore = true};
    enum ar_upsert_effect effect;

    ok(f->s, product_upsert(f->s, &product, &how, &effect));
    assert_int_equal(effect, AR_UPSERT_IGNORED);
    assert_memory_equal(&product, &before, sizeof before);
    assert_text(stored(f, id)->title, "old");
    assert_int_equal(stored(f, id)->revision, 0);
    ok(f->s, product_upsert(f->s, &fresh, &how, &effect));
    assert_int_equal(effect, AR_UPSERT_INSERTED);
    assert_true(fresh.id > 0);
    assert_text(fresh.state, "new");
}

static void test_s251_misuse(void **state)
{
    struct fixture *f = *state;
    struct product product = {.sku = "a"};
    const struct ar_column *const key[] = {product_column.id.column, NULL};
    const struct ar_column *const foreign[] = {maker_column.name.column, NULL};
    struct ar_upsert how = {.by = product_column.title.column};
    struct weighing weighing = {.amount = 1};

    fails(f->s, AR_MISUSE, product_upsert(f->s, &product, &how, NULL));
    assert_error_names(f->s, "product.title: the column is not unique");
    how = (struct ar_upsert){.by = maker_column.name.column};
    fails(f->s, AR_MISUSE, product_upsert(f->s, &product, &how, NULL));
    assert_error_names(f->s, "the column name belongs to maker");
    how = (struct ar_upsert){.update = foreign};
    fails(f->s, AR_MISUSE, product_upsert(f->s, &product, &how, NULL));
    how = (struct ar_upsert){.update = key};
    fails(f->s, AR_MISUSE, product_upsert(f->s, &product, &how, NULL));
    assert_error_names(f->s, "keys, counters and times of deletion are never updated");
    how = (struct ar_upsert){.update = key, .ignore = true};
    fails(f->s, AR_MISUSE, product_upsert(f->s, &product, &how, NULL));
    how = (struct ar_upsert){.by = weighing_column.twice.column};
    fails(f->s, AR_MISUSE, weighing_upsert(f->s, &weighing, &how, NULL));
    assert_error_names(f->s, "weighing.twice: the database computes the column");
    how = (struct ar_upsert){.by = weighing_column.weight.column};
    fails(f->s, AR_MISUSE, weighing_upsert(f->s, &weighing, &how, NULL));
    assert_error_names(f->s, "weighing.weight: only integers, strings, UUIDs");
    assert_statements(f, 0);
}

/* ---- S-252: many ------------------------------------------------------------------------------------------------- */

enum { MANY = 300 };

/* Every third product is there already; every fifth new one has no sku, and conflicts with none. */
static void test_s252_many(void **state)
{
    struct fixture *f = *state;
    static char skus[MANY][16];
    struct product *products = calloc(MANY, sizeof *products);
    enum ar_upsert_effect effects[MANY];
    struct ar_upsert_totals totals;

    for (size_t i = 0; i < MANY; i++) {
        snprintf(skus[i], sizeof skus[i], "sku %03zu", (i * 7) % MANY);
        products[i] = (struct product){.sku = skus[i], .title = "new", .amount = (int32_t)i, .state = "given"};
        if (i % 3 == 0)
            products[i].id = -given_product(f, skus[i], "old");
    }
    int64_t expected[MANY];
    for (size_t i = 0; i < MANY; i++) {
        expected[i] = -products[i].id;
        products[i].id = 0;
    }
    ok(f->s, product_upsert_many(f->s, products, MANY, by_sku(), effects, &totals));
    assert_statements(f, statements_of_one());
    assert_int_equal(totals.inserted, 200);
    assert_int_equal(totals.updated, 100);
    assert_int_equal(totals.ignored, 0);
    assert_int_equal(count_products(f), MANY);
    for (size_t i = 0; i < MANY; i++) {
        struct product *row = stored(f, products[i].id);
        assert_int_equal(effects[i], i % 3 == 0 ? AR_UPSERT_UPDATED : AR_UPSERT_INSERTED);
        assert_text(row->sku, skus[i]);
        assert_int_equal(row->amount, i);
        assert_int_equal(row->revision, i % 3 == 0);
        assert_int_equal(products[i].revision, row->revision);
        assert_int_equal(products[i].created_at, row->created_at);
        if (i % 3 == 0)
            assert_int_equal(products[i].id, expected[i]);
    }
    free(products);
}

static void test_s252_null_never_conflicts(void **state)
{
    struct fixture *f = *state;
    struct product products[] = {
        {.title = "one", .state = "x"}, {.title = "two", .state = "x"}, {.sku = "a", .title = "three", .state = "x"}};
    struct ar_upsert_totals totals;

    ok(f->s, product_upsert_many(f->s, products, 3, by_sku(), NULL, &totals));
    assert_int_equal(totals.inserted, 3);
    products[0].id = products[1].id = products[2].id = 0;
    ok(f->s, product_upsert_many(f->s, products, 3, by_sku(), NULL, &totals));
    assert_int_equal(totals.inserted, 2);
    assert_int_equal(totals.updated, 1);
    assert_int_equal(count_products(f), 5);
}

static void test_s252_the_same_row_twice(void **state)
{
    struct fixture *f = *state;
    struct product products[] = {{.sku = "a", .title = "one"}, {.sku = "b"}, {.sku = "a", .title = "two"}};
    const struct ar_upsert ignore = {.by = product_column.sku.column, .ignore = true};
    enum ar_upsert_effect effects[3];
    struct product before[3];

    memcpy(before, products, sizeof before);
    fails(f->s, AR_INVALID, product_upsert_many(f->s, products, 3, by_sku(), NULL, NULL));
    assert_error_names(f->s, "two of the records would update the same product");
    assert_memory_equal(products, before, sizeof before);
    assert_int_equal(count_products(f), 0);
    /* Ignoring, the first one is inserted. */
    ok(f->s, product_upsert_many(f->s, products, 3, &ignore, effects, NULL));
    assert_int_equal(effects[0], AR_UPSERT_INSERTED);
    assert_int_equal(effects[1], AR_UPSERT_INSERTED);
    assert_int_equal(effects[2], AR_UPSERT_IGNORED);
    assert_text(stored(f, products[0].id)->title, "one");
    assert_int_equal(products[2].id, 0);
}

static void test_s252_composite_keys_and_nothing_but_a_key(void **state)
{
    struct fixture *f = *state;
    struct price prices[] = {{.sku = "a", .quantity = 1, .amount = 1.5},
                             {.sku = "a", .quantity = 2, .amount = 2.5},
                             {.sku = "b", .quantity = 1, .amount = 3.5}},
                 *row;
    struct mark marks[] = {{"one"}, {"two"}};
    struct ar_upsert_totals totals;

    run_sql(f, "INSERT INTO prices (sku, quantity, amount, currency) VALUES ('a', 2, 9, 'USD')");
    run_sql(f, "INSERT INTO marks (code) VALUES ('two')");
    ok(f->s, price_upsert_many(f->s, prices, 3, NULL, NULL, &totals));
    assert_int_equal(totals.inserted, 2);
    assert_int_equal(totals.updated, 1);
    assert_text(prices[0].currency, "EUR");
    assert_text(prices[1].currency, "USD");
    ok(f->other, price_find(f->other, "a", 2, &row));
    assert_true(row->amount == 2.5);
    ok(f->s, mark_upsert_many(f->s, marks, 2, NULL, NULL, &totals));
    assert_int_equal(totals.inserted, 1);
    assert_int_equal(totals.updated, 1);
    ok(f->s, mark_upsert_many(f->s, marks, 2, &(struct ar_upsert){.ignore = true}, NULL, &totals));
    assert_int_equal(totals.ignored, 2);
    ok(f->s, mark_upsert_many(f->s, marks, 0, NULL, NULL, &totals));
    assert_int_equal(totals.ignored, 0);
}

/* A trigger changes the column by which rows are found: a single record takes the new value, several are refused. */
static void test_s252_changed_by_a_trigger(void **state)
{
    struct fixture *f = *state;
    struct price price = {.sku = "a", .quantity = 1, .amount = 2, .currency = "EUR"}, *row;
    struct price prices[] = {{.sku = "a", .quantity = 1, .amount = 3, .currency = "EUR"},
                             {.sku = "b", .quantity = 1, .amount = 3, .currency = "EUR"}};
    enum ar_upsert_effect effect;

    if (fixture_is_sqlite())
        return;
    run_sql(f, "CREATE OR REPLACE FUNCTION normalize_sku() RETURNS trigger LANGUAGE plpgsql AS"
               " $$BEGIN NEW.sku := upper(NEW.sku); RETURN NEW; END$$");
    run_sql(f, "CREATE TRIGGER normalize BEFORE INSERT ON prices FOR EACH ROW EXECUTE FUNCTION normalize_sku()");
    run_sql(f, "INSERT INTO prices (sku, quantity, amount, currency) VALUES ('A', 1, 1, 'EUR')");
    ok(f->s, price_upsert(f->s, &price, NULL, &effect));
    assert_int_equal(effect, AR_UPSERT_UPDATED);
    assert_text(price.sku, "A");
    fails(f->s, AR_DATABASE, price_upsert_many(f->s, prices, 2, NULL, NULL, NULL));
    assert_error_names(f->s, "2 records were upserted into prices, but 0 rows were returned");
    ok(f->other, price_find(f->other, "A", 1, &row));
    assert_true(row->amount == 2);
}

/* A trigger skips a row, which is not written therefore: no other is, either. */
static void test_s253_skipped_by_a_trigger(void **state)
{
    struct fixture *f = *state;
    struct price prices[] = {{.sku = "a", .quantity = 1, .amount = 3, .currency = "EUR"},
                             {.sku = "skip", .quantity = 1, .amount = 3, .currency = "EUR"}};
    struct ar_upsert_totals totals;
    int64_t count;

    if (fixture_is_sqlite()) {
        run_sql(f, "CREATE TRIGGER skip BEFORE INSERT ON prices WHEN new.sku = 'skip' BEGIN SELECT RAISE(IGNORE); END");
    } else {
        run_sql(f, "CREATE OR REPLACE FUNCTION skip_row() RETURNS trigger LANGUAGE plpgsql AS"
                   " $$ BEGIN RETURN NULL; END $$");
        run_sql(f, "CREATE TRIGGER skip BEFORE INSERT ON prices FOR EACH ROW WHEN (new.sku = 'skip')"
                   " EXECUTE FUNCTION skip_row()");
    }
    fails(f->s, AR_DATABASE, price_upsert_many(f->s, prices, 2, NULL, NULL, NULL));
    assert_error_names(f->s, "2 records were upserted into prices, but 1 rows were");
    ok(f->other, price_count(price_query(f->other), &count));
    assert_int_equal(count, 0);
    ok(f->s, price_upsert_many(f->s, prices, 1, NULL, NULL, &totals));
    assert_int_equal(totals.inserted, 1);
}

/* ---- S-253: all or nothing --------------------------------------------------------------------------------------- */

static void test_s253_a_failure_changes_nothing(void **state)
{
    struct fixture *f = *state;
    int64_t id = given_product(f, "a", "old");
    struct product products[] = {{.sku = "a", .title = "new"}, {.sku = "b", .title = "new", .maker_id = 999}};
    struct product before[2];

    memcpy(before, products, sizeof before);
    fails(f->s, AR_CONSTRAINT, product_upsert_many(f->s, products, 2, by_sku(), NULL, NULL));
    assert_memory_equal(products, before, sizeof before);
    assert_text(stored(f, id)->title, "old");
    products[1].maker_id = 0;
    products[1].amount = -1;
    memcpy(before, products, sizeof before);
    reset_statements(f);
    fails(f->s, AR_INVALID, product_upsert_many(f->s, products, 2, by_sku(), NULL, NULL));
    assert_memory_equal(products, before, sizeof before);
    assert_statements(f, 0);
}

static void test_s253_rollback(void **state)
{
    struct fixture *f = *state;
    int64_t id = given_product(f, "a", "old");
    struct product *known, products[] = {{.sku = "a", .title = "new"}, {.sku = "b", .title = "new"}};

    ok(f->s, product_find(f->s, id, &known));
    ok(f->s, ar_begin(f->s));
    ok(f->s, product_upsert_many(f->s, products, 2, by_sku(), NULL, NULL));
    assert_text(known->title, "new");
    ok(f->s, ar_rollback(f->s));
    assert_text(known->title, "old");
    assert_int_equal(known->revision, 0);
    fails(f->s, AR_NOT_FOUND, product_find(f->s, products[1].id, &known));
}

/* ---- S-254: the session afterwards ------------------------------------------------------------------------------- */

static void test_s254_records_and_lists(void **state)
{
    struct fixture *f = *state;
    struct maker *first, *second, makers[] = {{.name = "first"}, {.name = "second"}};
    struct product *known;
    struct product_list list;

    add_row(f, &maker_model, &makers[0]);
    add_row(f, &maker_model, &makers[1]);
    struct product row = {.sku = "a", .title = "old", .maker_id = makers[0].id};
    add_row(f, &product_model, &row);
    ok(f->s, maker_find(f->s, makers[0].id, &first));
    ok(f->s, maker_find(f->s, makers[1].id, &second));
    ok(f->s, maker_products(f->s, first, &list));
    assert_int_equal(list.count, 1);
    known = list.items[0];
    ok(f->s, maker_products(f->s, second, &list));
    assert_int_equal(list.count, 0);

    /* The row moves to the second maker, and the record of the session is refreshed. */
    struct product moved = {.sku = "a", .title = "new", .maker_id = makers[1].id};
    ok(f->s, product_upsert(f->s, &moved, by_sku(), NULL));
    assert_text(known->title, "new");
    assert_int_equal(known->maker_id, makers[1].id);
    ok(f->s, maker_products(f->s, first, &list));
    assert_int_equal(list.count, 0);
    ok(f->s, maker_products(f->s, second, &list));
    assert_int_equal(list.count, 1);
    assert_ptr_equal(list.items[0], known);
}

/* Values of the caller stay in the caller's memory if the row has the same ones. */
static void test_s254_strings_of_the_caller(void **state)
{
    struct fixture *f = *state;
    char sku[] = "a", title[] = "title";
    struct product product = {.sku = sku, .title = title};

    ok(f->s, product_upsert(f->s, &product, by_sku(), NULL));
    assert_ptr_equal(product.sku, sku);
    assert_ptr_equal(product.title, title);
}

/* ---- S-255: defaults of many inserts ----------------------------------------------------------------------------- */

/* Rows that leave the same defaults to the database are inserted together, on SQLite with one lookup. */
static void test_s255_defaults_of_insert_many(void **state)
{
    struct fixture *f = *state;
    struct product *products = calloc(MANY, sizeof *products);
    struct price *prices = calloc(MANY, sizeof *prices);

    for (size_t i = 0; i < MANY; i++) {
        products[i] = (struct product){.amount = (int32_t)i, .state = i < MANY / 2 ? NULL : "given"};
        prices[i] = (struct price){.sku = "a", .quantity = (int32_t)(MANY - i), .amount = (double)i};
    }
    ok(f->s, product_insert_many(f->s, products, MANY));
    assert_statements(f, fixture_is_sqlite() ? 3 : 2);
    ok(f->s, price_insert_many(f->s, prices, MANY));
    assert_statements(f, fixture_is_sqlite() ? 2 : 1);
    for (size_t i = 0; i < MANY; i++) {
        struct price *price;
        assert_int_equal(stored(f, products[i].id)->amount, i);
        assert_text(products[i].state, i < MANY / 2 ? "new" : "given");
        assert_text(prices[i].currency, "EUR");
        ok(f->other, price_find(f->other, "a", prices[i].quantity, &price));
        assert_true(price->amount == (double)i);
    }
    free(products);
    free(prices);
}

/* ---- S-900: many columns ----------------------------------------------------------------------------------------- */

static void test_s900_more_than_100_columns(void **state)
{
    enum { COUNT = 40 };
    struct fixture *f = *state;
    struct survey *surveys = calloc(COUNT, sizeof *surveys), *found;
    bool is_refused = fixture_is_sqlite() && !fixture_is_plain();

    for (size_t i = 0; i < COUNT; i++)
        surveys[i] = (struct survey){.a0 = (int32_t)i, .j9 = (int32_t)i + 100};
    ok(f->s, survey_insert_many(f->s, surveys, COUNT));
    for (size_t i = 0; i < COUNT; i++)
        surveys[i].j9 = 0;
    if (is_refused) {
        fails(f->s, AR_MISUSE, survey_upsert_many(f->s, surveys, COUNT, NULL, NULL, NULL));
        assert_error_names(f->s, "it has 101 columns, but at most 100");
    } else {
        ok(f->s, survey_upsert_many(f->s, surveys, COUNT, NULL, NULL, NULL));
    }
    struct ar_list list;
    ok(f->other, ar_sql_all(f->other, &survey_model, "SELECT * FROM surveys ORDER BY id", NULL, 0, &list));
    assert_int_equal(list.count, COUNT);
    found = list.items[39];
    assert_int_equal(found->id, surveys[39].id);
    assert_int_equal(found->a0, 39);
    assert_int_equal(found->j9, is_refused ? 139 : 0);
    free(surveys);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_tables, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_s250_inserts_a_new_row),
        TEST(test_s250_updates_the_row_with_the_unique_column),
        TEST(test_s250_by_the_key),
        TEST(test_s250_within_a_transaction),
        TEST(test_s251_only_the_chosen_columns),
        TEST(test_s251_ignore),
        TEST(test_s251_misuse),
        TEST(test_s252_many),
        TEST(test_s252_null_never_conflicts),
        TEST(test_s252_the_same_row_twice),
        TEST(test_s252_composite_keys_and_nothing_but_a_key),
        TEST(test_s252_changed_by_a_trigger),
        TEST(test_s253_skipped_by_a_trigger),
        TEST(test_s253_a_failure_changes_nothing),
        TEST(test_s253_rollback),
        TEST(test_s254_records_and_lists),
        TEST(test_s254_strings_of_the_caller),
        TEST(test_s255_defaults_of_insert_many),
        TEST(test_s900_more_than_100_columns),
    };
    return cmocka_run_group_tests_name("upsert", tests, NULL, NULL);
}
