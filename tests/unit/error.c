/* Failures: the names of statuses, and messages that do not fit. */
#include "base/error.h"

#include "base/utf8.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>

static struct failure failure;

/* Every status has the name of its constant. */
static void test_names_of_statuses(void **state)
{
#define STATUS(name)                                                                                                   \
    {                                                                                                                  \
        name, #name                                                                                                    \
    }
    static const struct {
        enum ar_status status;
        const char *name;
    } statuses[] = {STATUS(AR_OK),         STATUS(AR_NO_MEMORY),   STATUS(AR_NOT_FOUND), STATUS(AR_CONFLICT),
                    STATUS(AR_CONSTRAINT), STATUS(AR_INVALID),     STATUS(AR_BUSY),      STATUS(AR_UNAVAILABLE),
                    STATUS(AR_DATABASE),   STATUS(AR_INTERRUPTED), STATUS(AR_MISUSE),    STATUS(AR_UNKNOWN_OUTCOME)};

    (void)state;
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        assert_string_equal(ar_status_name(statuses[i].status), statuses[i].name);
    assert_string_equal(ar_status_name((enum ar_status)77), "unknown status");
}

/* Control characters are escaped, spaces at the end left out. */
static void test_characters(void **state)
{
    (void)state;
    assert_int_equal(ar_fail(&failure, AR_DATABASE, NULL, NULL, "a\x1b[31m\tb\nc\rd\x7f \n"), AR_DATABASE);
    assert_string_equal(failure.message, "a\\x1b[31m\\tb\\nc\\rd\\x7f");
    ar_failure_add_detail(&failure, "\001");
    assert_string_equal(failure.detail, "\\x01");
}

/* What does not fit is left out, but never a part of a character. */
static void test_long_texts(void **state)
{
    static const char *const characters[] = {"x", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\n"};
    char text[4096];

    (void)state;
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
        for (size_t before = 0; before < 4; before++) {
            size_t length = before, size = strlen(characters[i]);
            memset(text, 'y', before);
            for (; length + size < sizeof text; length += size)
                memcpy(text + length, characters[i], size);
            text[length] = '\0';
            (void)ar_fail(&failure, AR_DATABASE, NULL, NULL, "%s.", text);
            ar_failure_add_text(&failure, "%s", text);
            ar_failure_add_detail(&failure, text);
            ar_failure_add_sql(&failure, text);
            assert_true(strlen(failure.message) > sizeof failure.message - 6);
            assert_true(strlen(failure.detail) > sizeof failure.detail - 6);
            assert_true(strlen(failure.sql) > sizeof failure.sql - 6);
            assert_true(ar_utf8_is_valid(failure.message, strlen(failure.message)));
            assert_true(ar_utf8_is_valid(failure.detail, strlen(failure.detail)));
            assert_true(ar_utf8_is_valid(failure.sql, strlen(failure.sql)));
        }
    }
    (void)ar_fail(&failure, AR_DATABASE, NULL, NULL, "%1000s", "");
    ar_failure_add_text(&failure, ": %.30s", text);
    assert_int_equal(failure.error.status, AR_DATABASE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_of_statuses),
        cmocka_unit_test(test_characters),
        cmocka_unit_test(test_long_texts),
    };

    return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
