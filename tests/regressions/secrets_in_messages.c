/* Messages leaked data: a malformed URL with its password, all values of a refused row, and values whose line breaks
 * forge log entries. */
#include "secrets_in_messages.ar.h"
#include "support.h"

#include <string.h>

static int open_secrets(void **state)
{
    return fixture_open(state, &secret_model);
}

static void test_urls(void **state)
{
    static const char *const urls[] = {
        "Postgresql://bob:secret@host/db",
        "postgresql//bob:secret@host/db",
        "bob:secret@host/db",
        "postgresql://bob:secret@[::1/db",
        "postgresql://bob:secret@[::1]x/db",
        "postgresql://bob:secret%zz@host/db",
        "postgresql://bob:%00secret@host/db",
        "postgresql://bob:sec@secret@host/db",
        "postgresql://bob:sec/secret@host/db",
        "postgresql://bob:secret@host/db?no_such=secret",
        "postgresql://bob:secret@host/db?sslmode",
        "postgresql://bob:secret@host/db?password=secret=x&y",
        "postgresql://bob:\"secret\"@[::1/db",
        "secret",
    };

    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        struct ar_db *db;
        enum ar_status status = ar_db_open(urls[i], NULL, &db);
        const char *message = ar_db_error(db)->message;
        if (status != AR_MISUSE)
            fail_msg("%s gave %s: %s", urls[i], ar_status_name(status), message);
        if (i + 1 < sizeof urls / sizeof urls[0] && strstr(message, "secret") != NULL)
            fail_msg("the password is in: %s", message);
        ar_db_close(db);
    }
}

/* A value in a message cannot begin a new line. */
static void test_control_characters(void **state)
{
    struct fixture *f = *state;
    struct secret secret = {.email = "x\n2026-01-01 forged \x1b[31m\x7f\t"}, *found;
    const char *message;

    fails(f->s, AR_INVALID, secret_insert(f->s, &secret));
    assert_error_names(f->s, "x\\n2026-01-01 forged \\x1b[31m\\x7f\\t");

    run_sql(f, "INSERT INTO secrets (id, email, kind, content) VALUES (1, 'a@b.c', 'no\r\nkind', 'text')");
    fails(f->s, AR_INVALID, secret_find(f->s, 1, &found));
    message = ar_session_error(f->s)->message;
    assert_non_null(strstr(message, "no\\r\\nkind"));
    assert_null(strpbrk(message, "\r\n"));
}

static void test_rows(void **state)
{
    struct fixture *f = *state;
    struct secret secret = {.content = "secret\ncontent"};

    run_sql(f, "DROP TABLE secrets");
    run_sql(f, "CREATE TABLE secrets (id INTEGER PRIMARY KEY, email TEXT NOT NULL, kind TEXT, content TEXT)");
    secret.id = 1;
    fails(f->s, AR_CONSTRAINT, ar_record_insert(f->s, &secret_model, &secret));
    const struct ar_error *error = ar_session_error(f->s);
    assert_null(strstr(error->message, "secret\\"));
    assert_null(strstr(error->message, "content"));
    if (fixture_is_sqlite()) {
        assert_null(error->detail);
    } else {
        assert_non_null(strstr(error->detail, "Failing row contains"));
        assert_non_null(strstr(error->detail, "secret\\ncontent"));
    }
    struct secret *found;
    fails(f->s, AR_NOT_FOUND, secret_find(f->s, 9, &found));
    assert_null(ar_session_error(f->s)->detail);
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_secrets, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_urls), test(test_control_characters), test(test_rows)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
