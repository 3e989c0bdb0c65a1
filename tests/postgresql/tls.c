/* TLS parameters in the URL are passed to libpq: the server's certificate is verified. */
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum ar_status open_with(const char *more, struct ar_db **db)
{
    return ar_db_open(server_url(more), NULL, db);
}

/* Return "&sslmode=verify-full&sslrootcert=…", valid until the next call. */
static const char *verifying(const char *variable)
{
    static char more[512];
    snprintf(more, sizeof more, "&sslmode=verify-full&sslrootcert=%s", getenv(variable));
    return more;
}

static void assert_encrypted(struct ar_db *db, bool is_encrypted)
{
    struct ar_session *s;
    char sql[160];
    snprintf(sql, sizeof sql,
             "DO $$ BEGIN ASSERT %s = (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()); END $$",
             is_encrypted ? "true" : "false");
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    ok(s, ar_execute(s, sql));
    ar_session_close(s);
}

static void test_trusted_certificate(void **state)
{
    (void)state;
    struct ar_db *db;
    assert_int_equal(open_with(verifying("ARMATURE_TEST_CERTIFICATE"), &db), AR_OK);
    assert_encrypted(db, true);
    ar_db_close(db);
}

static void test_another_certificate(void **state)
{
    (void)state;
    struct ar_db *db;
    assert_int_equal(open_with(verifying("ARMATURE_TEST_OTHER_CERTIFICATE"), &db), AR_UNAVAILABLE);
    assert_non_null(strstr(ar_db_error(db)->message, "certificate verify failed"));
    ar_db_close(db);
}

static void test_modes(void **state)
{
    static const struct {
        const char *more;
        bool is_encrypted;
    } modes[] = {{"&sslmode=require", true}, {"&sslmode=disable", false}};
    (void)state;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        struct ar_db *db;
        assert_int_equal(open_with(modes[i].more, &db), AR_OK);
        assert_encrypted(db, modes[i].is_encrypted);
        ar_db_close(db);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trusted_certificate),
        cmocka_unit_test(test_another_certificate),
        cmocka_unit_test(test_modes),
    };
    return cmocka_run_group_tests_name("tls", tests, NULL, NULL);
}
