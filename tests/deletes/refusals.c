/* Deletes that are refused, S-284 and S-286: the message names the model and the relation that refer, on both
 * databases, and nothing is deleted. */
#include "data.h"

/* S-284: .dependent = restrict. */
static void test_s284_restrict(void **state)
{
    struct fixture *f = *state;
    struct label *label = the_label(f, add_label(f, "Stax"));
    struct contract contract = {.label_id = label->id};

    (void)add_album(f, label->id, "x");
    add_row(f, &contract_model, &contract);
    reset_statements(f);
    fails(f->s, AR_CONSTRAINT, label_delete(f->s, label));
    assert_statements(f, 1);
    assert_error_names(f->s, "this label was not deleted");
    assert_error_names(f->s, "label.contract is .dependent = restrict");
    assert_text(ar_session_error(f->s)->model, "label");
    assert_int_equal(count_of(f, &album_model), 1);
    assert_int_equal(count_of(f, &label_model), 1);
}

/* S-286: a foreign key without a rule. */
static void test_s286_plain_foreign_key(void **state)
{
    struct fixture *f = *state;
    struct album *album = the_album(f, add_album(f, add_label(f, "Stax"), "x"));
    struct invoice invoice = {.album_id = album->id};

    add_track(f, album->id, 1, 0);
    add_row(f, &invoice_model, &invoice);
    fails(f->s, AR_CONSTRAINT, album_delete(f->s, album));
    assert_error_names(f->s, "rows refer to it by invoice.album (invoice.album_id)");
    assert_int_equal(count_of(f, &track_model), 1);
    ok(f->s, track_delete_all(track_query(f->s), NULL));
    fails(f->s, AR_CONSTRAINT, album_delete_all(album_query(f->s), NULL));
    assert_error_names(f->s, "invoice.album (invoice.album_id)");
}

/* S-286: rows that would be destroyed are referred to: the model is the one whose rows they are. */
static void test_s286_below(void **state)
{
    struct fixture *f = *state;
    struct label *label = the_label(f, add_label(f, "Stax"));
    struct invoice invoice = {.album_id = add_album(f, label->id, "x")};

    add_row(f, &invoice_model, &invoice);
    fails(f->s, AR_CONSTRAINT, label_delete(f->s, label));
    assert_error_names(f->s, "rows of table albums are referred to by");
    assert_error_names(f->s, "invoice.album (invoice.album_id)");
    assert_int_equal(count_of(f, &album_model), 1);
}

/* S-286: ON DELETE RESTRICT of the database. */
static void test_s286_restrict_of_the_database(void **state)
{
    struct fixture *f = *state;
    struct invoice invoice = {.album_id = add_album(f, add_label(f, "Stax"), "x")}, *own;
    struct deposit deposit = {0};

    add_row(f, &invoice_model, &invoice);
    deposit.invoice_id = invoice.id;
    add_row(f, &deposit_model, &deposit);
    ok(f->s, invoice_find(f->s, invoice.id, &own));
    fails(f->s, AR_CONSTRAINT, invoice_delete(f->s, own));
    assert_error_names(f->s, "deposit.invoice (deposit.invoice_id)");
}

/* A failed delete of a stale record deletes none of its dependents. */
static void test_s286_not_found(void **state)
{
    struct fixture *f = *state;
    struct label label = {.id = 77};
    struct poster poster = {.label_id = add_label(f, "Stax"), .singer_id = add_singer(f, "Ann")};

    add_row(f, &poster_model, &poster);
    fails(f->s, AR_NOT_FOUND, label_delete(f->s, &label));
    assert_int_equal(count_of(f, &poster_model), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s284_restrict, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s286_plain_foreign_key, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s286_below, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s286_restrict_of_the_database, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s286_not_found, open_label, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
