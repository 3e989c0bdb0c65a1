/* Load the Chinook database, read every relation of every row with each strategy, and compare all rows with plain SQL
 * on the SQLite copy (expected.c). Built twice: for SQLite, and with the models of postgresql/chinook.h for PostgreSQL,
 * which has the same rows. */
#include "expected.h"
#include "load.h"
#include "print.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int open_chinook(void **state)
{
    return fixture_open_with(state, chinook_url(), NULL, NULL, 0);
}

/* ---- Relations --------------------------------------------------------------------------------------------------- */

/* Return a query for all rows, ordered by key. */
static struct ar_query *query_by_key(struct fixture *f, const struct ar_model *model)
{
    struct ar_query *q = ar_query_open(f->s, model);
    for (size_t i = 0; i < model->key_count; i++)
        ar_query_order_by(q, ar_order_of(&model->columns[model->key[i]], false));
    return q;
}

static void print_line(FILE *out, const struct ar_relation *relation, const void *owner, const void *target)
{
    print_key(out, relation->owner, owner);
    fputc('>', out);
    if (target != NULL)
        print_record(out, relation->target, target);
    fputc('\n', out);
}

static void print_relation(struct fixture *f, FILE *out, const struct ar_relation *relation, const void *owner)
{
    if (relation->kind != AR_RELATION_HAS_MANY) {
        void *target;
        ok(f->s, ar_relation_one(f->s, relation, owner, &target));
        print_line(out, relation, owner, target);
        return;
    }
    struct ar_list targets;
    ok(f->s, ar_relation_list(f->s, relation, owner, &targets));
    for (size_t i = 0; i < targets.count; i++)
        print_line(out, relation, owner, targets.items[i]);
    if (targets.count == 0)
        print_line(out, relation, owner, NULL);
}

/* Read the relation of all owners and compare it with the expected rows. */
static void assert_relation(struct fixture *f, const struct expected_relation *expected, struct ar_list owners)
{
    char *actual;
    size_t size;
    FILE *out = open_memstream(&actual, &size);
    assert_non_null(out);
    for (size_t i = 0; i < owners.count; i++)
        print_relation(f, out, expected->relation, owners.items[i]);
    fclose(out);

    char what[128];
    snprintf(what, sizeof what, "%s.%s", expected->relation->owner->name, expected->relation->name);
    char *lines = plain_sql(CHINOOK_FILE, expected->sql);
    assert_same_lines(what, actual, lines);
    free(lines);
    free(actual);
}

/* Return true if the query for owners also returns all targets of the belongs_to. */
static bool is_parent_in_same_table(const struct ar_relation *relation)
{
    return relation->kind == AR_RELATION_BELONGS_TO && relation->owner == relation->target;
}

/* ---- Tests ------------------------------------------------------------------------------------------------------- */

static void test_every_row(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        const struct ar_model *model = expected_tables[i].model;
        struct ar_list rows;
        ok(f->s, ar_query_all(query_by_key(f, model), &rows));
        char *actual;
        size_t size;
        FILE *out = open_memstream(&actual, &size);
        assert_non_null(out);
        for (size_t row = 0; row < rows.count; row++) {
            print_record(out, model, rows.items[row]);
            fputc('\n', out);
        }
        fclose(out);
        char *lines = plain_sql(CHINOOK_FILE, expected_tables[i].sql);
        assert_same_lines(model->name, actual, lines);
        free(lines);
        free(actual);
    }
    assert_statements(f, TABLE_COUNT);
}

static void test_every_relation_lazily(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < RELATION_COUNT; i++) {
        const struct ar_relation *relation = expected_relations[i].relation;
        struct ar_list owners;
        ok(f->s, ar_query_all(query_by_key(f, relation->owner), &owners));
        assert_relation(f, &expected_relations[i], owners);
        assert_statements(f, is_parent_in_same_table(relation) ? 1 : 2);
        ar_session_clear(f->s);
    }
}

static void test_every_relation_eagerly(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < RELATION_COUNT; i++) {
        struct ar_query *q = query_by_key(f, expected_relations[i].relation->owner);
        ar_query_with_relation(q, expected_relations[i].relation);
        struct ar_list owners;
        ok(f->s, ar_query_all(q, &owners));
        assert_statements(f, 2);
        assert_relation(f, &expected_relations[i], owners);
        assert_statements(f, 0);
        ar_session_clear(f->s);
    }
}

static void test_every_relation_explicitly(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < RELATION_COUNT; i++) {
        const struct ar_relation *relation = expected_relations[i].relation;
        struct ar_list owners;
        ok(f->s, ar_query_all(query_by_key(f, relation->owner), &owners));
        ok(f->s, ar_relation_load(f->s, relation, (const void *const *)owners.items, owners.count));
        assert_statements(f, 2);
        assert_relation(f, &expected_relations[i], owners);
        assert_statements(f, 0);
        ar_session_clear(f->s);
    }
}

/* Read all relations in one session, with records loaded by earlier ones. */
static void test_every_relation_in_one_session(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < RELATION_COUNT; i++) {
        struct ar_list owners;
        ok(f->s, ar_query_all(query_by_key(f, expected_relations[i].relation->owner), &owners));
        assert_relation(f, &expected_relations[i], owners);
    }
}

/* Read relations without sibling batching, one statement per owner. */
static void test_every_relation_one_by_one(void **state)
{
    struct fixture *f = *state;
    reopen_session(f, (struct ar_session_options){.load_one = true});
    for (size_t i = 0; i < RELATION_COUNT; i++) {
        struct ar_list owners;
        ok(f->s, ar_query_all(query_by_key(f, expected_relations[i].relation->owner), &owners));
        assert_relation(f, &expected_relations[i], owners);
        ar_session_clear(f->s);
    }
}

/* Print the sales of a track: for each invoice line, the quantity and the support employee of the customer. */
static void print_sales(struct fixture *f, FILE *out, const struct artist *artist, const struct track *track)
{
    struct invoice_line_list lines;
    ok(f->s, track_invoice_lines(f->s, track, &lines));
    for (size_t i = 0; i < lines.count; i++) {
        struct invoice *invoice;
        struct customer *customer;
        struct employee *support;
        ok(f->s, invoice_line_invoice(f->s, lines.items[i], &invoice));
        ok(f->s, invoice_customer(f->s, invoice, &customer));
        ok(f->s, customer_support_rep(f->s, customer, &support));
        fprintf(out, "%s: %d by %s\n", artist->Name, (int)lines.items[i]->quantity, support->last_name);
    }
}

static void print_sales_of_artist(struct fixture *f, FILE *out, const struct artist *artist)
{
    struct album_list albums;
    ok(f->s, artist_albums(f->s, artist, &albums));
    for (size_t i = 0; i < albums.count; i++) {
        struct track_list tracks;
        ok(f->s, album_tracks(f->s, albums.items[i], &tracks));
        for (size_t track = 0; track < tracks.count; track++)
            print_sales(f, out, artist, tracks.items[track]);
    }
}

static void test_tree_from_artist_to_employee(void **state)
{
    struct fixture *f = *state;
    struct artist_query *q = artist_query(f->s);
    artist_order_by(q, ar_asc(artist_column.ArtistId));
    struct track_query *tracks = album_with_tracks(artist_with_albums(q));
    struct invoice_query *invoices = invoice_line_with_invoice(track_with_invoice_lines(tracks));
    customer_with_support_rep(invoice_with_customer(invoices));
    struct artist_list artists;
    ok(f->s, artist_all(q, &artists));
    assert_statements(f, 7);

    char *actual;
    size_t size;
    FILE *out = open_memstream(&actual, &size);
    assert_non_null(out);
    for (size_t i = 0; i < artists.count; i++)
        print_sales_of_artist(f, out, artists.items[i]);
    fclose(out);
    assert_statements(f, 0);
    char *lines = plain_sql(CHINOOK_FILE, "SELECT a.Name || ': ' || l.Quantity || ' by ' || e.LastName FROM Artist a "
                                          "JOIN Album b USING (ArtistId) JOIN Track t USING (AlbumId) "
                                          "JOIN InvoiceLine l USING (TrackId) JOIN Invoice i USING (InvoiceId) "
                                          "JOIN Customer c USING (CustomerId) JOIN Employee e ON e.EmployeeId = "
                                          "c.SupportRepId ORDER BY a.ArtistId, b.AlbumId, t.TrackId, l.InvoiceLineId");
    assert_same_lines("the tree", actual, lines);
    free(lines);
    free(actual);
}

/* Count and sum with conditions on columns with CamelCase names. */
static void test_conditions_and_sums(void **state)
{
    struct fixture *f = *state;
    struct track_query *q = track_query(f->s);
    track_where(q, ar_and(ar_gt(track_column.Milliseconds, 120000), ar_eq(track_column.GenreId, 1),
                          ar_is_null(track_column.Composer)));
    int64_t count;
    ok(f->s, track_count(q, &count));
    struct ar_value bytes;
    ok(f->s, track_sum(q, track_column.Bytes, &bytes));
    char actual[64];
    snprintf(actual, sizeof actual, "%lld %lld\n", (long long)count, (long long)bytes.integer);
    char *line = plain_sql(CHINOOK_FILE, "SELECT count(*) || ' ' || sum(Bytes) FROM Track "
                                         "WHERE Milliseconds > 120000 AND GenreId = 1 AND Composer IS NULL");
    assert_string_equal(actual, line);
    free(line);
}

/* Dates that another program wrote as text can be read and changed; unchanged dates are not written. */
static void test_dates_of_others(void **state)
{
    struct fixture *f = *state;
    struct employee *employee;
    ok(f->s, employee_find(f->s, 1, &employee));
    ok(f->s, ar_begin(f->s));
    assert_int_equal(employee->birth_date, -248313600); /* 1962-02-18 */
    reset_statements(f);
    ok(f->s, employee_save(f->s, employee));
    assert_statements(f, 0);
    employee->birth_date += 86400;
    ok(f->s, employee_save(f->s, employee));
    assert_statements(f, 1);

    struct employee_query *q = employee_query(f->s);
    employee_where(q, ar_eq(employee_column.birth_date, (time_t)-248227200));
    struct employee *same;
    ok(f->s, employee_one(q, &same));
    assert_ptr_equal(same, employee);
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(employee->birth_date, -248313600);
}

int main(void)
{
    if (!load_chinook())
        return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_row, open_chinook, fixture_close),
        cmocka_unit_test_setup_teardown(test_every_relation_lazily, open_chinook, fixture_close),
        cmocka_unit_test_setup_teardown(test_every_relation_eagerly, open_chinook, fixture_close),
        cmocka_unit_test_setup_teardown(test_every_relation_explicitly, open_chinook, fixture_close),
        cmocka_unit_test_setup_teardown(test_every_relation_in_one_session, open_chinook, fixture_close),
        cmocka_unit_test_setup_teardown(test_every_relation_one_by_one, open_chinook, fixture_close),
        cmocka_unit_test_setup_teardown(test_tree_from_artist_to_employee, open_chinook, fixture_close),
        cmocka_unit_test_setup_teardown(test_conditions_and_sums, open_chinook, fixture_close),
        cmocka_unit_test_setup_teardown(test_dates_of_others, open_chinook, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
