/* Bulk inserts with COPY: the stored rows, and all tables for which COPY and INSERT differ. */
#include "parcel.ar.h"
#include "proxy.h"
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 2400 };

static struct administrator administrator;

static int open_administrator(void **state)
{
    (void)state;
    administrator_open(&administrator);
    return 0;
}

static int close_administrator(void **state)
{
    (void)state;
    administrator_close(&administrator);
    return 0;
}

static int open_parcels(void **state)
{
    if (fixture_open_with(state, server_url("&application_name=sender"), NULL, NULL, 0) != 0)
        return -1;
    run_sql(*state, "DROP TABLE IF EXISTS parcels CASCADE");
    run_sql(*state, "CREATE TABLE parcels (id BIGSERIAL PRIMARY KEY, number BIGINT NOT NULL UNIQUE, weight INTEGER,"
                    " small SMALLINT, count BIGINT, length REAL, width DOUBLE PRECISION, is_heavy BOOLEAN, label TEXT,"
                    " code VARCHAR(20), state TEXT, shelf INTEGER, content BYTEA, token UUID, sent_at TIMESTAMPTZ,"
                    " seen_at TIMESTAMPTZ)");
    return 0;
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_parcels, fixture_close)

/* Return an array that the caller must free. */
static struct parcel *make_parcels(size_t count)
{
    struct parcel *parcels = calloc(count, sizeof *parcels);
    assert_non_null(parcels);
    for (size_t i = 0; i < count; i++) {
        struct parcel *parcel = &parcels[i];
        *parcel = (struct parcel){.number = (int64_t)(count - i), .weight = (int64_t)i - 7, .small = (int16_t)-i};
        parcel->count = UINT32_MAX - (uint32_t)i;
        parcel->length = (float)i / 3;
        parcel->width = (double)i / 7;
        parcel->is_heavy = i % 2 == 0;
        parcel->label = i % 5 == 0 ? NULL : i % 5 == 1 ? "" : "größer \\N \t\n";
        snprintf(parcel->code, sizeof parcel->code, "c%zu", i);
        parcel->state = i % 2 == 0 ? PARCEL_SENT : PARCEL_LOST;
        parcel->shelf = (int32_t)(i % 3);
        parcel->content = i % 4 == 0 ? (struct ar_blob){NULL, 0} : (struct ar_blob){"\0\1\2", i % 4};
        parcel->token[15] = (uint8_t)i;
        parcel->sent_at = (time_t)i * 1000000;
        parcel->seen_at = (struct timespec){.tv_sec = (time_t)i, .tv_nsec = (long)i * 1000};
    }
    return parcels;
}

static void assert_same(const struct parcel *stored, const struct parcel *parcel)
{
    assert_true(stored->id == parcel->id && stored->number == parcel->number && stored->weight == parcel->weight);
    assert_true(stored->small == parcel->small && stored->count == parcel->count);
    assert_true(stored->length == parcel->length && stored->width == parcel->width);
    assert_int_equal(stored->is_heavy, parcel->is_heavy);
    assert_text(stored->label, parcel->label);
    assert_text(stored->code, parcel->code);
    assert_int_equal(stored->state, parcel->state);
    assert_int_equal(stored->shelf, parcel->shelf);
    assert_int_equal(stored->content.size, parcel->content.size);
    assert_int_equal(stored->content.data == NULL, parcel->content.data == NULL);
    if (stored->content.size > 0)
        assert_memory_equal(stored->content.data, parcel->content.data, stored->content.size);
    assert_memory_equal(stored->token, parcel->token, sizeof stored->token);
    assert_true(stored->sent_at == parcel->sent_at);
    assert_true(stored->seen_at.tv_sec == parcel->seen_at.tv_sec && stored->seen_at.tv_nsec == parcel->seen_at.tv_nsec);
}

static int64_t count_parcels(void)
{
    int64_t count;
    ok(administrator.s, parcel_count(parcel_query(administrator.s), &count));
    return count;
}

/* Assert that the table contains these rows. */
static void assert_stored(const struct parcel *parcels, size_t count)
{
    assert_int_equal(count_parcels(), count);
    ar_session_clear(administrator.s);
    for (size_t i = 0; i < count; i++) {
        struct parcel *stored;
        ok(administrator.s, parcel_find(administrator.s, parcels[i].id, &stored));
        assert_same(stored, &parcels[i]);
    }
}

/* Insert rows, and check that they are stored unchanged and that COPY was used or not. */
static void check_insert(struct fixture *f, size_t count, bool is_copied)
{
    struct parcel *parcels = make_parcels(count);
    ok(administrator.s, ar_execute(administrator.s, "DELETE FROM parcels"));
    ar_session_clear(f->s);
    reset_statements(f);
    ok(f->s, parcel_insert_many(f->s, parcels, count));
    assert_int_equal(strncmp(f->last_sql, "COPY ", 5) == 0, is_copied);
    assert_stored(parcels, count);
    free(parcels);
}

/* ---- Stored rows ------------------------------------------------------------------------------------------------- */

static void test_every_type(void **state)
{
    struct fixture *f = *state;
    check_insert(f, MANY, true);
    check_insert(f, 1999, false);
    struct parcel *parcels = make_parcels(MANY);
    ok(administrator.s, ar_execute(administrator.s, "DELETE FROM parcels"));
    ok(f->s, parcel_insert_many(f->s, parcels, MANY));
    for (size_t i = 1; i < MANY; i++)
        assert_true(parcels[i].id > parcels[i - 1].id);
    struct parcel *found;
    reset_statements(f);
    parcels[7].label = "changed";
    ok(f->s, parcel_save(f->s, &parcels[7]));
    assert_statements(f, 1);
    ok(administrator.s, parcel_find(administrator.s, parcels[7].id, &found));
    assert_same(found, &parcels[7]);
    free(parcels);
}

static void test_keys_of_ones_own(void **state)
{
    struct fixture *f = *state;
    struct parcel *parcels = make_parcels(MANY);
    for (size_t i = 0; i < MANY; i++)
        parcels[i].id = 5000 - (int64_t)i;
    ok(f->s, parcel_insert_many(f->s, parcels, MANY));
    assert_int_equal(strncmp(f->last_sql, "COPY ", 5), 0);
    assert_int_equal(parcels[0].id, 5000);
    assert_stored(parcels, MANY);
    free(parcels);
}

/* Strings and blobs of the size of the send buffer, slightly smaller, and larger. */
static void test_large_values(void **state)
{
    static const size_t sizes[] = {(64 << 10) - 13, (64 << 10) - 12, (64 << 10) - 11, 64 << 10, 300000};
    struct fixture *f = *state;
    struct parcel *parcels = make_parcels(MANY);
    char *text = calloc(300001, 1);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        memset(text, 'x', sizes[i]);
        text[sizes[i]] = '\0';
        parcels[i * 100].label = strdup(text);
        parcels[i * 100 + 50].content = (struct ar_blob){parcels[i * 100].label, sizes[i]};
    }
    ok(f->s, parcel_insert_many(f->s, parcels, MANY));
    assert_stored(parcels, MANY);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        free((void *)(uintptr_t)parcels[i * 100].label);
    free(text);
    free(parcels);
}

/* ---- Tables that need INSERT ------------------------------------------------------------------------------------- */

static void test_left_to_insert(void **state)
{
    static const struct {
        const char *before, *after;
        bool is_copied;
    } cases[] = {
        {"CREATE FUNCTION shift() RETURNS trigger LANGUAGE plpgsql AS"
         " $$BEGIN NEW.id = NEW.id + 1000000; RETURN NEW; END$$;"
         " CREATE TRIGGER shift BEFORE INSERT ON parcels FOR EACH ROW EXECUTE FUNCTION shift()",
         "DROP TRIGGER shift ON parcels; DROP FUNCTION shift()", false},
        {"CREATE RULE none AS ON DELETE TO parcels WHERE false DO INSTEAD NOTHING", "DROP RULE none ON parcels", false},
        {"ALTER TABLE parcels ENABLE ROW LEVEL SECURITY", "ALTER TABLE parcels DISABLE ROW LEVEL SECURITY", false},
        {"ALTER TABLE parcels ALTER id SET DEFAULT nextval('parcels_id_seq') * 10",
         "ALTER TABLE parcels ALTER id SET DEFAULT nextval('parcels_id_seq')", false},
        {"ALTER TABLE parcels ALTER weight TYPE numeric", "ALTER TABLE parcels ALTER weight TYPE integer", false},
        {"CREATE SEQUENCE shared; ALTER TABLE parcels ALTER id SET DEFAULT nextval('shared')",
         "ALTER TABLE parcels ALTER id SET DEFAULT nextval('parcels_id_seq'); DROP SEQUENCE shared", false},
        {"ALTER TABLE parcels ALTER id DROP DEFAULT, ALTER id ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME own)",
         "ALTER TABLE parcels ALTER id DROP IDENTITY, ALTER id SET DEFAULT nextval('parcels_id_seq')", true},
        {"DROP SEQUENCE parcels_id_seq CASCADE; ALTER TABLE parcels ALTER id ADD GENERATED ALWAYS AS IDENTITY", "",
         true},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ok(administrator.s, ar_execute(administrator.s, cases[i].before));
        check_insert(f, MANY, cases[i].is_copied);
        ok(administrator.s, ar_execute(administrator.s, cases[i].after));
        check_insert(f, MANY, true);
    }
}

/* A role that may insert, but may neither set keys nor use the sequence, can still insert with INSERT. */
static void test_rights(void **state)
{
    struct fixture *f = *state;
    struct parcel *parcels = make_parcels(MANY);
    ok(administrator.s,
       ar_execute(administrator.s,
                  "DROP SEQUENCE parcels_id_seq CASCADE;"
                  "ALTER TABLE parcels ALTER id ADD GENERATED BY DEFAULT AS IDENTITY;"
                  "DROP ROLE IF EXISTS clerk; CREATE ROLE clerk; GRANT SELECT (id) ON parcels TO clerk;"
                  "GRANT INSERT (number, weight, small, count, length, width, is_heavy, label, code,"
                  " state, shelf, content, token, sent_at, seen_at) ON parcels TO clerk"));
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_execute(f->s, "SET LOCAL ROLE clerk"));
    ok(f->s, parcel_insert_many(f->s, parcels, MANY));
    assert_int_equal(strncmp(f->last_sql, "INSERT ", 7), 0);
    ok(f->s, ar_commit(f->s));
    assert_stored(parcels, MANY);
    ok(administrator.s, ar_execute(administrator.s, "DROP OWNED BY clerk; DROP ROLE clerk"));
    free(parcels);
}

/* ---- Failures ---------------------------------------------------------------------------------------------------- */

/* Assert that nothing was stored by the failed call, and that the session works. */
static void assert_nothing_stored(struct fixture *f, const char *column)
{
    assert_text(ar_session_error(f->s)->column, column);
    assert_int_equal(count_parcels(), 0);
    check_insert(f, MANY, true);
    ok(administrator.s, ar_execute(administrator.s, "DELETE FROM parcels"));
    ar_session_clear(f->s);
}

static void test_values_that_do_not_fit(void **state)
{
    struct fixture *f = *state;
    struct parcel *parcels = make_parcels(MANY);
    for (size_t row = 3; row < MANY; row += MANY - 10) {
        parcels[row].weight = INT64_C(1) << 31;
        fails(f->s, AR_INVALID, parcel_insert_many(f->s, parcels, MANY));
        assert_error_names(f->s, "parcel.weight");
        assert_nothing_stored(f, "weight");
        parcels[row].weight = -(INT64_C(1) << 31);
    }
    parcels[4].seen_at.tv_nsec = 1;
    fails(f->s, AR_INVALID, parcel_insert_many(f->s, parcels, MANY));
    assert_nothing_stored(f, "seen_at");
    parcels[4].seen_at.tv_nsec = 0;
    ok(f->s, parcel_insert_many(f->s, parcels, MANY));
    assert_stored(parcels, MANY);
    free(parcels);
}

static void test_refused_by_the_server(void **state)
{
    struct fixture *f = *state;
    struct parcel *parcels = make_parcels(MANY);
    parcels[1100].number = parcels[3].number;
    fails(f->s, AR_CONSTRAINT, parcel_insert_many(f->s, parcels, MANY));
    assert_nothing_stored(f, "number");
    assert_int_equal(parcels[0].id, 0);
    parcels[1100].number = 0;
    parcels[1100].label = "\xff";
    fails(f->s, AR_INVALID, parcel_insert_many(f->s, parcels, MANY));
    assert_text(ar_session_error(f->s)->sqlstate, "22021");
    assert_nothing_stored(f, NULL);
    free(parcels);

    ok(administrator.s, ar_execute(administrator.s, "DROP TABLE parcels"));
    parcels = make_parcels(MANY);
    fails(f->s, AR_DATABASE, parcel_insert_many(f->s, parcels, MANY));
    assert_error_names(f->s, "parcels");
    free(parcels);
}

static enum ar_status insert_many(void *payload)
{
    struct fixture *f = payload;
    struct parcel *parcels = make_parcels(MANY);
    enum ar_status status = parcel_insert_many(f->s, parcels, MANY);
    free(parcels);
    return status;
}

/* COPY waits for a row of another session when its server process is terminated. */
static void test_ended_while_it_waits(void **state)
{
    struct fixture *f = *state;
    for (int is_killed = 0; is_killed < 2; is_killed++) {
        struct call call;
        ok(administrator.s, ar_begin(administrator.s));
        ok(administrator.s, ar_execute(administrator.s, "INSERT INTO parcels (number) VALUES (600)"));
        f->is_paused = true;
        call_start(&call, insert_many, f);
        await_waiting(&administrator, "sender", 1);
        if (is_killed)
            kill_connections(&administrator, "sender");
        else
            ar_session_interrupt(f->s);
        fails(f->s, is_killed ? AR_UNAVAILABLE : AR_INTERRUPTED, call_finish(&call));
        ok(administrator.s, ar_rollback(administrator.s));
        f->is_paused = false;
        assert_nothing_stored(f, NULL);
    }
}

/* Wrap libpq's function. After `puts_left` calls, fail as if out of memory, without sending the row. */
static int puts_left = -1, puts_refused, puts_made;
int __real_PQputCopyData(void *connection, const char *bytes, int size);
int __wrap_PQputCopyData(void *connection, const char *bytes, int size);

int __wrap_PQputCopyData(void *connection, const char *bytes, int size)
{
    if (puts_left == 0) {
        puts_refused++;
        return -1;
    }
    puts_left -= puts_left > 0;
    puts_made++;
    return __real_PQputCopyData(connection, bytes, size);
}

/* If libpq does not accept a row, the COPY ends and its transaction is rolled back. The call used to hang, and to go on
 * with the rows after those that were lost. */
static void test_rows_that_cannot_be_sent(void **state)
{
    struct fixture *f = *state;
    struct parcel *parcels = make_parcels(MANY);
    char label[5000];
    memset(label, 'x', sizeof label);
    label[sizeof label - 1] = '\0';
    for (size_t i = 0; i < MANY; i++)
        parcels[i].label = label;
    for (int i = 0; i < 2; i++) {
        puts_left = i;
        puts_refused = 0;
        fails(f->s, AR_NO_MEMORY, parcel_insert_many(f->s, parcels, MANY));
        puts_left = -1;
        assert_int_equal(puts_refused, 1);
        assert_int_equal(parcels[0].id, 0);
        assert_nothing_stored(f, NULL);
    }
    free(parcels);
}

/* The same with rows of many sizes, so that the buffer is full at each field of a row; and for the last rows. */
static void test_any_field_that_cannot_be_sent(void **state)
{
    struct fixture *f = *state;
    struct parcel *parcels = make_parcels(MANY);
    char label[400];
    memset(label, 'x', sizeof label);
    for (size_t i = 0; i < MANY; i++)
        parcels[i].label = label;
    for (size_t length = sizeof label - 1; length > sizeof label - 100; length--) {
        label[length] = '\0';
        puts_left = 0;
        fails(f->s, AR_NO_MEMORY, parcel_insert_many(f->s, parcels, MANY));
    }
    puts_left = -1;
    puts_made = 0;
    ok(f->s, parcel_insert_many(f->s, parcels, MANY));
    puts_left = puts_made - 1;
    for (size_t i = 0; i < MANY; i++)
        parcels[i].id = 0;
    fails(f->s, AR_NO_MEMORY, parcel_insert_many(f->s, parcels, MANY));
    puts_left = -1;
    assert_int_equal(count_parcels(), MANY);
    free(parcels);
}

/* The server stored fewer rows than it received, or reports so. */
static void test_fewer_rows_than_were_sent(void **state)
{
    struct fixture *f = *state;
    struct proxy *proxy = proxy_start(server_url(""));
    struct parcel *parcels = make_parcels(MANY);
    struct ar_db *db;
    struct ar_session *s;
    assert_int_equal(ar_db_open(proxy_url(proxy, ""), NULL, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    proxy_replace(proxy, "COPY 2400", "COPY 2399");
    fails(s, AR_DATABASE, parcel_insert_many(s, parcels, MANY));
    assert_error_names(s, "parcels accepted 2399 of 2400 rows");
    assert_int_equal(parcels[0].id, 0);
    assert_int_equal(count_parcels(), 0);
    ok(s, parcel_insert_many(s, parcels, MANY));
    assert_stored(parcels, MANY);
    ar_session_close(s);
    ar_db_close(db);
    proxy_stop(proxy);
    free(parcels);
    (void)f;
}

/* A trigger drops a row: there are fewer keys than records, and no record receives a wrong key. */
static void test_fewer_keys_than_records(void **state)
{
    struct fixture *f = *state;
    struct parcel *parcels = make_parcels(10);
    ok(administrator.s,
       ar_execute(administrator.s,
                  "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS"
                  " $$BEGIN IF NEW.number = 5 THEN RETURN NULL; END IF; RETURN NEW; END$$;"
                  " CREATE TRIGGER lose BEFORE INSERT ON parcels FOR EACH ROW EXECUTE FUNCTION lose()"));
    fails(f->s, AR_DATABASE, parcel_insert_many(f->s, parcels, 10));
    assert_error_names(f->s, "10 rows were inserted into parcels, but 9 keys were returned");
    for (size_t i = 0; i < 10; i++)
        assert_int_equal(parcels[i].id, 0);
    assert_int_equal(count_parcels(), 0);
    ok(administrator.s, ar_execute(administrator.s, "DROP TRIGGER lose ON parcels; DROP FUNCTION lose()"));
    ok(f->s, parcel_insert_many(f->s, parcels, 10));
    assert_stored(parcels, 10);
    free(parcels);
}

/* A script cannot send or receive the rows of a COPY: it fails, and the session remains usable. */
static void test_copy_in_a_script(void **state)
{
    static const char *const scripts[] = {"COPY parcels FROM STDIN", "COPY parcels TO STDOUT",
                                          "SELECT 1; COPY (SELECT 1) TO STDOUT; SELECT 2"};
    struct fixture *f = *state;
    int64_t count;
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        fails(f->s, AR_MISUSE, ar_execute(f->s, scripts[i]));
        assert_error_names(f->s, "ar_execute cannot run COPY");
        assert_text(ar_session_error(f->s)->sql, scripts[i]);
        ok(f->s, parcel_count(parcel_query(f->s), &count));
        assert_int_equal(count, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_every_type),
        test(test_keys_of_ones_own),
        test(test_large_values),
        test(test_left_to_insert),
        test(test_rights),
        test(test_values_that_do_not_fit),
        test(test_refused_by_the_server),
        test(test_ended_while_it_waits),
        test(test_rows_that_cannot_be_sent),
        test(test_any_field_that_cannot_be_sent),
        test(test_fewer_rows_than_were_sent),
        test(test_fewer_keys_than_records),
        test(test_copy_in_a_script),
    };
    return cmocka_run_group_tests(tests, open_administrator, close_administrator);
}
