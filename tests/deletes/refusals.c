/* Deletes that are refused, S-284 and S-286: the message names the model and the relation that refer, on both
 * databases, and nothing is deleted. */
#include "data.h"

#include <stdio.h>
#include <string.h>

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

/* S-286: a table of no model refers to the rows. SQLite does not name it; PostgreSQL's own message does. */
static void test_s286_unknown_table(void **state)
{
    struct fixture *f = *state;
    struct label *label = the_label(f, add_label(f, "Stax"));

    run_sql(f, "CREATE TABLE refusing (label_id bigint NOT NULL REFERENCES labels (id));"
               "INSERT INTO refusing SELECT id FROM labels");
    fails(f->s, AR_CONSTRAINT, label_delete(f->s, label));
    assert_error_names(f->s, fixture_is_sqlite()
                                 ? "label was not deleted: rows refer to it by a foreign key of table refusing: delete"
                                 : "on table \"refusing\"");
    fails(f->s, AR_CONSTRAINT, label_delete_all(label_query(f->s), NULL));
    assert_error_names(f->s, fixture_is_sqlite()
                                 ? "rows of table labels are referred to by a foreign key of table refusing: delete"
                                 : "on table \"refusing\"");
    run_sql(f, "DROP TABLE refusing");
    ok(f->s, label_delete(f->s, label));
}

/* S-286: SQLite does not know which of the rows are the reason, so that the message lists every table that has any. */
static void test_s286_unknown_rows(void **state)
{
    struct fixture *f = *state;
    int64_t album = add_album(f, add_label(f, "Stax"), "x");

    if (!fixture_is_sqlite())
        return;
    add_row(f, &invoice_model, &(struct invoice){.album_id = album});
    run_sql(f, "CREATE TABLE prizes (album_id bigint NOT NULL REFERENCES Albums (id) ON DELETE CASCADE, n int UNIQUE);"
               "CREATE TABLE forgetting (album_id bigint REFERENCES albums (id) ON DELETE SET NULL);"
               "CREATE TABLE refusing (prize int NOT NULL REFERENCES PRIZES (n) ON DELETE RESTRICT)");
    fails(f->s, AR_CONSTRAINT, album_delete_all(album_query(f->s), NULL));
    assert_error_names(f->s,
                       "rows of table albums are referred to by invoice.album (invoice.album_id) or a foreign key "
                       "of table refusing: delete those first (FOREIGN KEY constraint failed)");
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

/* S-286: what refers to rows that the database would delete with the record. */
static void test_s286_below_a_cascade(void **state)
{
    struct fixture *f = *state;
    struct album *album = the_album(f, add_album(f, add_label(f, "Stax"), "x"));
    struct award award = {.album_id = album->id};

    add_row(f, &award_model, &award);
    add_row(f, &ribbon_model, &(struct ribbon){.award_id = award.id});
    fails(f->s, AR_CONSTRAINT, album_delete(f->s, album));
    assert_error_names(f->s, "rows refer to it by ribbon.award (ribbon.award_id)");
    assert_int_equal(count_of(f, &award_model), 1);
}

/* A trigger that refuses to delete rows of a table. */
static void given_guard(struct fixture *f, const char *table)
{
    char sql[400];

    snprintf(sql, sizeof sql,
             fixture_is_sqlite()
                 ? "CREATE TRIGGER guard BEFORE DELETE ON %s BEGIN SELECT RAISE(ABORT, 'guarded'); END"
                 : "CREATE OR REPLACE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
                   "'guarded' USING ERRCODE = 'check_violation'; END $$; "
                   "CREATE TRIGGER guard BEFORE DELETE ON %s FOR EACH ROW EXECUTE FUNCTION guard()",
             table);
    run_sql(f, sql);
}

/* S-286: a refusal that is not about a foreign key keeps the message of the database. */
static void test_s286_trigger(void **state)
{
    struct fixture *f = *state;
    struct invoice *invoice, new_invoice = {.album_id = add_album(f, add_label(f, "Stax"), "x")};

    add_row(f, &invoice_model, &new_invoice);
    ok(f->s, invoice_find(f->s, new_invoice.id, &invoice));
    given_guard(f, "invoices");
    fails(f->s, AR_CONSTRAINT, invoice_delete(f->s, invoice));
    assert_error_names(f->s, "guarded");
    assert_null(strstr(ar_session_error(f->s)->message, "refer"));
    fails(f->s, AR_CONSTRAINT, invoice_delete_all(invoice_query(f->s), NULL));
    assert_error_names(f->s, "guarded");
    assert_int_equal(count_of(f, &invoice_model), 1);
}

/* S-286: the same for a row that is destroyed: its hooks at the end of the transaction learn of no delete. */
static void test_s286_trigger_below(void **state)
{
    struct fixture *f = *state;
    struct singer *singer = the_singer(f, add_singer(f, "Ann"));

    add_row(f, &rehearsal_model, &(struct rehearsal){.singer_id = singer->id, .place = "hall"});
    given_guard(f, "rehearsals");
    memset(rehearsal_log, 0, sizeof rehearsal_log);
    fails(f->s, AR_CONSTRAINT, singer_delete(f->s, singer));
    assert_error_names(f->s, "guarded");
    assert_text(rehearsal_log, "before hall\n");
    assert_int_equal(count_of(f, &rehearsal_model), 1);
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

/* S-286: a foreign key that only the database and the owner know. */
static void test_s286_without_a_belongs_to(void **state)
{
    struct fixture *f = *state;
    struct crate crate = {.name = "blue"}, *known;

    run_sql(f, "DROP TABLE discs; CREATE TABLE discs (id INTEGER PRIMARY KEY, crate_id BIGINT NOT NULL"
               " CONSTRAINT discs_crate_id_fkey REFERENCES crates (id))");
    add_row(f, &crate_model, &crate);
    run_sql(f, "INSERT INTO discs SELECT 1, id FROM crates");
    ok(f->s, crate_find(f->s, crate.id, &known));
    fails(f->s, AR_CONSTRAINT, crate_delete(f->s, known));
    assert_error_names(f->s, "this crate was not deleted: rows refer to it by crate.discs (disc.crate_id)");
    fails(f->s, AR_CONSTRAINT, crate_delete_all(crate_query(f->s), NULL));
    assert_error_names(f->s, "crate.discs (disc.crate_id)");
    run_sql(f, "DELETE FROM discs");
    ok(f->s, crate_delete(f->s, known));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s284_restrict, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s286_plain_foreign_key, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s286_unknown_table, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s286_unknown_rows, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s286_below, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s286_restrict_of_the_database, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s286_below_a_cascade, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s286_without_a_belongs_to, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s286_trigger, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s286_trigger_below, open_label, fixture_close),
        cmocka_unit_test_setup_teardown(test_s286_not_found, open_label, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
