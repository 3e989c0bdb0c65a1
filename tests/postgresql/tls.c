/* TLS parameters in the URL are passed to libpq: the server's certificate is verified, and an interrupt uses TLS too if
 * libpq can do that. */
#include "proxy.h"
#include "server.h"

#include <libpq-fe.h>
#include <stdatomic.h>
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

struct sleeper {
    struct ar_session *s;
    atomic_bool is_done;
};

static enum ar_status sleep_long(void *payload)
{
    struct sleeper *sleeper = payload;
    enum ar_status status = ar_execute(sleeper->s, "SELECT pg_sleep(600)");
    atomic_store(&sleeper->is_done, true);
    return status;
}

/* Return true if the program sent a cancel request without TLS: its code, and the key that anyone could use again. */
static bool has_plain_cancel(struct proxy *proxy)
{
    static const char request[] = "\0\0\0\x10\x04\xd2\x16\x2e";
    const unsigned char *sent;
    size_t size = proxy_take_recording(proxy, &sent), length = sizeof request - 1;
    bool is_found = false;
    for (size_t i = 0; i + length <= size && !is_found; i++)
        is_found = memcmp(sent + i, request, length) == 0;
    return is_found;
}

/* S-632 */
static void test_interrupt(void **state)
{
    (void)state;
    struct proxy *proxy = proxy_start(server_url(""));
    struct sleeper sleeper;
    struct call call;
    struct ar_db *db;
    atomic_init(&sleeper.is_done, false);
    assert_int_equal(ar_db_open(proxy_url(proxy, verifying("ARMATURE_TEST_CERTIFICATE")), NULL, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &sleeper.s), AR_OK);
    proxy_record(proxy, true);
    call_start(&call, sleep_long, &sleeper);
    while (!atomic_load(&sleeper.is_done))
        ar_session_interrupt(sleeper.s);
    assert_int_equal(call_finish(&call), AR_INTERRUPTED);
    assert_error_names(sleeper.s, "ar_session_interrupt ended the statement");
#ifdef LIBPQ_HAS_ASYNC_CANCEL /* libpq 17 */
    assert_false(has_plain_cancel(proxy));
#else
    assert_true(has_plain_cancel(proxy));
#endif
    ar_session_close(sleeper.s);
    ar_db_close(db);
    proxy_stop(proxy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trusted_certificate),
        cmocka_unit_test(test_another_certificate),
        cmocka_unit_test(test_modes),
        cmocka_unit_test(test_interrupt),
    };
    return cmocka_run_group_tests_name("tls", tests, NULL, NULL);
}
