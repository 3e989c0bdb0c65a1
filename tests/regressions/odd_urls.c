/* sqlite::memory, sqlite://blog.db and similar URLs created files with odd names; sqlite:file:blog.db?mode=ro created
 * one named "file:blog.db?mode=ro". */
#include "support.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void test_ambiguous_urls_are_refused(void **state)
{
    static const struct {
        const char *url, *file, *remedy;
    } cases[] = {
        {"sqlite:", NULL, "sqlite:<file>"},
        {"sqlite::memory", ":memory", "sqlite::memory:"},
        {"sqlite::memory:?cache=shared", ":memory:?cache=shared", "sqlite::memory:"},
        {"sqlite:memory:", "memory:", "sqlite::memory:"},
        {"sqlite://odd.db", "odd.db", "without //"},
        {"sqlite:///odd.db", "odd.db", "without //"},
        {"sqlite:odd.db?mode=ro", "odd.db?mode=ro", "sqlite:file:"},
        {"sqlite:file:", NULL, "sqlite::memory:"},
        {"sqlite:file:odd?mode=memory", "odd", "sqlite::memory:"},
        {"sqlite:file::memory:?cache=shared", ":memory:", "sqlite::memory:"},
        {"sqlite:file:/odd?vfs=memdb", "/odd", "sqlite::memory:"},
        {"sqlite:file:?cache=private", NULL, "sqlite::memory:"},
        {"odd.db", "odd.db", "\"odd.db\" is not a database URL"},
        {"mysql://root:secret@host/odd", NULL, "\"mysql…\" is not a database URL"},
        {"0123456789.0123456789.0123456789.odd", "0123456789.0123456789.0123456789.odd",
         "\"0123456789.0123456789.0123456789…\" is not a database URL"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ar_db *db;
        assert_int_equal(ar_db_open(cases[i].url, NULL, &db), AR_MISUSE);
        if (strstr(ar_db_error(db)->message, cases[i].remedy) == NULL)
            fail_msg("%s: %s", cases[i].url, ar_db_error(db)->message);
        ar_db_close(db);
        if (cases[i].file != NULL)
            assert_int_not_equal(access(cases[i].file, F_OK), 0);
    }
}

static void test_uris_of_sqlite_are_accepted(void **state)
{
    const struct ar_db_options options = {.sqlite_setup = "CREATE TABLE IF NOT EXISTS things (id INTEGER PRIMARY KEY)"};
    struct ar_db *db;
    struct ar_session *s;

    (void)state;
    (void)unlink("uri.db");
    assert_int_equal(ar_db_open("sqlite:file:uri.db", &options, &db), AR_OK);
    ar_db_close(db);
    assert_int_equal(access("uri.db", F_OK), 0);
    assert_int_equal(ar_db_open("sqlite:file:uri.db?mode=ro", NULL, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    fails(s, AR_DATABASE, ar_execute(s, "INSERT INTO things VALUES (1)"));
    assert_error_names(s, "readonly");
    ar_session_close(s);
    ar_db_close(db);
    (void)unlink("uri.db");
}

static void test_failed_setup_is_reported(void **state)
{
    const struct ar_db_options options = {.sqlite_setup = "NO SQL"};
    struct ar_db *db;

    (void)state;
    assert_int_equal(ar_db_open("sqlite::memory:", &options, &db), AR_DATABASE);
    assert_text(ar_db_error(db)->sql, "NO SQL");
    ar_db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ambiguous_urls_are_refused),
        cmocka_unit_test(test_uris_of_sqlite_are_accepted),
        cmocka_unit_test(test_failed_setup_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
