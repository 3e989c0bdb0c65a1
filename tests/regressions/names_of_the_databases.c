/* Names that a database truncates, reserves or uses as quotes. On PostgreSQL, unique indexes were missing if their
 * names were truncated to the same 63 bytes, and a name with $armature$ ended the block that adds a foreign key. */
#include "names_of_the_databases.ar.h"
#include "support.h"

static int open_names(void **state)
{
    return fixture_open(state, &place_model, &quote_model);
}

static void every_unique_index_is_created(void **state)
{
    struct fixture *f = *state;
    struct place first = {.first = "a", .second = "b"};
    struct place same_first = {.first = "a", .second = "c"};
    struct place same_second = {.first = "d", .second = "b"};
    ok(f->s, place_save(f->s, &first));
    fails(f->s, AR_CONSTRAINT, place_save(f->s, &same_first));
    fails(f->s, AR_CONSTRAINT, place_save(f->s, &same_second));
}

static void the_tables_can_be_created_again(void **state)
{
    struct fixture *f = *state;
    ok(f->s, ar_create_tables(f->s, &place_model, &quote_model));
}

static void a_foreign_key_is_created(void **state)
{
    struct fixture *f = *state;
    struct quote orphan = {.place_id = 7};
    fails(f->s, AR_CONSTRAINT, quote_save(f->s, &orphan));
}

static void rows_are_read_and_written(void **state)
{
    struct fixture *f = *state;
    struct place place = {.first = "a", .second = "b"};
    ok(f->s, place_save(f->s, &place));
    struct quote quote = {.place_id = place.id, .rowid = "one", .oid = "two", ._rowid_ = "three"};
    ok(f->s, quote_save(f->s, &quote));
    ar_session_clear(f->s);

    struct place *found;
    struct quote_list quotes;
    ok(f->s, place_find(f->s, place.id, &found));
    ok(f->s, place_quotes(f->s, found, &quotes));
    assert_int_equal(quotes.count, 1);
    assert_text(quotes.items[0]->rowid, "one");
    assert_text(quotes.items[0]->oid, "two");
    assert_text(quotes.items[0]->_rowid_, "three");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_unique_index_is_created, open_names, fixture_close),
        cmocka_unit_test_setup_teardown(the_tables_can_be_created_again, open_names, fixture_close),
        cmocka_unit_test_setup_teardown(a_foreign_key_is_created, open_names, fixture_close),
        cmocka_unit_test_setup_teardown(rows_are_read_and_written, open_names, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
