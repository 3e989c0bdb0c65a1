/* A save that found its row by a key in different case (SQLite's COLLATE NOCASE) also changed the case of the stored
 * key, so rows that reference it had a key with different bytes. */
#include "support.h"
#include "upsert_keeps_key.ar.h"

static int open_currencies(void **state)
{
    return fixture_open(state, &currency_model);
}

static void test_the_row_keeps_its_key(void **state)
{
    struct fixture *f = *state;
    struct currency stored = {.code = "eur", .name = "old"}, saved = {.code = "EUR", .name = "Euro"};
    struct currency_list list;

    if (fixture_is_sqlite())
        run_sql(f, "DROP TABLE currencies; CREATE TABLE currencies (code TEXT COLLATE NOCASE PRIMARY KEY, name TEXT)");
    else
        saved.code = "eur";
    add_row(f, &currency_model, &stored);
    ok(f->s, currency_save(f->s, &saved));
    ar_session_clear(f->s);
    ok(f->s, currency_all(currency_query(f->s), &list));
    assert_int_equal(list.count, 1);
    assert_text(list.items[0]->code, "eur");
    assert_text(list.items[0]->name, "Euro");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_row_keeps_its_key, open_currencies, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
