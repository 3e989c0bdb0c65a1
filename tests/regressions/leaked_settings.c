/* Settings that user SQL made for its connection leaked into the next session on that connection. */
#include "leaked_settings.ar.h"
#include "support.h"

#include <string.h>

/* A single connection, which all sessions use in turn. */
static int open_invoices(void **state)
{
    static const struct ar_model *const models[] = {&invoice_model};
    const struct ar_db_options options = {.pool_size = 1};
    return fixture_open_with(state, NULL, &options, models, 1);
}

/* SQL that changes a setting, and SQL that fails if the change is still in effect. */
struct setting {
    const char *set;   /* run by one session */
    const char *check; /* run by the next session */
};

static const struct setting on_postgresql[] = {
    {"CREATE SCHEMA elsewhere; SET search_path = elsewhere", "SELECT count(*) FROM invoices"},
    {"DROP ROLE IF EXISTS stranger; CREATE ROLE stranger; SET ROLE stranger", "SELECT count(*) FROM invoices"},
    {"SET SESSION AUTHORIZATION stranger", "SELECT count(*) FROM invoices"},
    {"SET app.tenant = 'mine'",
     "DO $$ BEGIN IF current_setting('app.tenant', true) = 'mine' THEN RAISE 'inherited'; END IF; END $$"},
    {"CREATE TEMPORARY TABLE mine (id INTEGER)", "CREATE TEMPORARY TABLE mine (id INTEGER)"},
    {"LISTEN news",
     "DO $$ BEGIN IF EXISTS (SELECT FROM pg_listening_channels()) THEN RAISE 'inherited'; END IF; END $$"},
    {"SELECT pg_advisory_lock(1)",
     "DO $$ BEGIN IF EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory') THEN RAISE 'inherited'; END IF; END $$"},
    {"PREPARE mine AS SELECT 1", "PREPARE mine AS SELECT 1"},
    {"SET TimeZone = 'America/New_York'",
     "DO $$ BEGIN IF current_setting('TimeZone') <> 'UTC' THEN RAISE 'inherited'; END IF; END $$"},
    {"SET standard_conforming_strings = off; SET lock_timeout = 1",
     "DO $$ BEGIN IF current_setting('standard_conforming_strings') <> 'on' OR current_setting('lock_timeout') = '1ms'"
     " THEN RAISE 'inherited'; END IF; END $$"},
};

static const struct setting on_sqlite[] = {
    {"CREATE TEMPORARY TABLE mine (id INTEGER)", "CREATE TEMPORARY TABLE mine (id INTEGER)"},
    {"ATTACH ':memory:' AS mine", "ATTACH ':memory:' AS mine"},
    {"PRAGMA query_only = ON", "INSERT INTO invoices (tenant) VALUES ('next')"},
};

static void test_settings_end_with_the_session(void **state)
{
    struct fixture *f = *state;
    const struct setting *settings = fixture_is_sqlite() ? on_sqlite : on_postgresql;
    size_t count =
        fixture_is_sqlite() ? sizeof on_sqlite / sizeof *on_sqlite : sizeof on_postgresql / sizeof *on_postgresql;
    for (size_t i = 0; i < count; i++) {
        struct invoice invoice = {.tenant = "first"}, *found;
        ok(f->s, invoice_insert(f->s, &invoice));
        ok(f->s, ar_execute(f->s, settings[i].set));
        ar_session_clear(f->s);
        ok(f->other, ar_execute(f->other, settings[i].check));
        ar_session_clear(f->other);
        ok(f->s, invoice_find(f->s, invoice.id, &found));
        invoice.id = 0;
        ok(f->s, invoice_insert(f->s, &invoice));
        ar_session_clear(f->s);
    }
    if (!fixture_is_sqlite())
        run_sql(f, "DROP SCHEMA elsewhere; DROP ROLE stranger");
}

/* The same in a transaction and after a failure. */
static void test_settings_of_a_transaction(void **state)
{
    struct fixture *f = *state;
    const struct setting *setting = fixture_is_sqlite() ? &on_sqlite[0] : &on_postgresql[4];
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_execute(f->s, setting->set));
    ok(f->s, ar_commit(f->s));
    fails(f->s, AR_DATABASE, ar_execute(f->s, setting->set));
    ar_session_clear(f->s);
    ok(f->other, ar_execute(f->other, setting->check));
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_invoices, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_settings_end_with_the_session),
        test(test_settings_of_a_transaction),
    };
    return cmocka_run_group_tests_name("leaked_settings", tests, NULL, NULL);
}
