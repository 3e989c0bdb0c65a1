/* A URL that is NULL, such as that of an unset environment variable, and a session of a database that could not be
 * opened were accesses through a null pointer. */
#include "support.h"

static void assert_no_session(struct ar_db *db)
{
    struct ar_session *s = (struct ar_session *)(void *)&db;

    assert_int_equal(ar_session_open(db, NULL, &s), AR_MISUSE);
    assert_null(s);
    ar_session_close(s);
}

static void test_no_url(void **state)
{
    struct ar_db *db;

    (void)state;
    assert_int_equal(ar_db_open(NULL, NULL, &db), AR_MISUSE);
    assert_text(ar_db_error(db)->message, "the URL of the database is NULL");
    assert_no_session(db);
    ar_db_close(db);
}

static void test_session_of_a_failed_database(void **state)
{
    static const char *const urls[] = {"", "sqlite:/nonexistent/folder/x.db", "postgresql:///x?host=/nonexistent"};

    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        struct ar_db *db;
        assert_int_not_equal(ar_db_open(urls[i], NULL, &db), AR_OK);
        assert_no_session(db);
        assert_string_not_equal(ar_db_error(db)->message, "");
        ar_db_close(db);
    }
    assert_no_session(NULL);
}

static void test_session_of_a_database_without_its_tables(void **state)
{
    const struct ar_db_options options = {.schema = AR_SCHEMA_FULL};
    struct ar_db *db;

    (void)state;
    assert_int_equal(ar_db_open("sqlite::memory:", &options, &db), AR_MISUSE);
    assert_no_session(db);
    ar_db_close(db);
}

static void test_session_of_a_database_that_was_not_taken(void **state)
{
    struct ar_databases *databases;
    struct ar_db *db;

    (void)state;
    assert_int_equal(ar_databases_open("sqlite:{name}.db", NULL, &databases), AR_OK);
    assert_int_equal(ar_databases_take(databases, "../escape", &db), AR_INVALID);
    assert_no_session(db);
    ar_databases_give_back(databases, db);
    ar_databases_close(databases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_url),
        cmocka_unit_test(test_session_of_a_failed_database),
        cmocka_unit_test(test_session_of_a_database_without_its_tables),
        cmocka_unit_test(test_session_of_a_database_that_was_not_taken),
    };
    return cmocka_run_group_tests_name("failed_open", tests, NULL, NULL);
}
