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

/* Every byte of a character has a range of its own. */
static void test_invalid_utf8(void **state)
{
    static const char *const invalid[] = {"\x80",
                                          "\xC1\xBF",
                                          "\xC3",
                                          "\xC3\xC3",
                                          "\xE0\x9F\x80",
                                          "\xED\xA0\x80",
                                          "\xE2\x82\x41",
                                          "\xF0\x8F\xBF\xBF",
                                          "\xF4\x90\x80\x80",
                                          "\xF0\x9F\x98\xC0",
                                          "\xF5\x80\x80\x80"};

    (void)state;
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++)
        if (ar_utf8_is_valid(invalid[i], strlen(invalid[i])))
            fail_msg("string %zu is valid", i);
    assert_true(ar_utf8_is_valid("\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF", 10));
}

/* A limit never divides a character; what is not UTF-8 is cut near the limit. */
static void test_prefixes(void **state)
{
    (void)state;
    assert_int_equal(ar_utf8_prefix("abc", 3, 3), 3);
    assert_int_equal(ar_utf8_prefix("abcd", 4, 3), 3);
    assert_int_equal(ar_utf8_prefix("ab\xC3\xA4", 4, 3), 2);
    assert_int_equal(ar_utf8_prefix("a\xF0\x9F\x98\x80", 5, 4), 1);
    assert_int_equal(ar_utf8_prefix("\xE2\x82\xAC", 3, 1), 0);
    assert_int_equal(ar_utf8_prefix("\x80\x80", 2, 1), 0);
    assert_int_equal(ar_utf8_prefix("\x80\x80\x80\x80\x80\x80", 6, 5), 2);
}

static struct ar_column column_named(const char *name)
{
    return (struct ar_column){.name = name};
}

/* A message names a column by a whole word that is not the name of a table. */
static void test_columns_in_messages(void **state)
{
    const struct ar_column columns[] = {column_named("email"), column_named("name")};
    const struct ar_model row = {.columns = columns, .column_count = 2};

    (void)state;
    assert_ptr_equal(ar_column_in_message(&row, "no such column: email"), &columns[0]);
    assert_ptr_equal(ar_column_in_message(&row, "email.name is wrong"), &columns[1]);
    assert_ptr_equal(ar_column_in_message(&row, "my_email, emails, 2email, name"), &columns[1]);
    assert_null(ar_column_in_message(&row, "email.x, names"));
}

/* Only a model with a table is advised to check its columns. */
static void test_missing_columns(void **state)
{
    const struct ar_column column = column_named("email");
    const struct ar_model row = {.name = "user", .columns = &column, .column_count = 1};
    struct ar_model user = row;

    (void)state;
    user.key_count = 1;
    (void)ar_fail(&failure, AR_DATABASE, NULL, NULL, "no column email");
    ar_failure_add_missing_column(&failure, NULL);
    ar_failure_add_missing_column(&failure, &row);
    assert_string_equal(failure.message, "no column email");
    ar_failure_add_missing_column(&failure, &user);
    assert_non_null(strstr(failure.message, ": the table differs from the model: ar_check_tables(s, &user_model)"));
    (void)ar_fail(&failure, AR_DATABASE, NULL, NULL, "no column name");
    ar_failure_add_missing_column(&failure, &user);
    assert_string_equal(failure.message, "no column name");
}

/* The reason of a failure is the end of its message, which may be too short. */
static void test_reasons(void **state)
{
    (void)state;
    (void)ar_fail(&failure, AR_CONSTRAINT, NULL, NULL, "user: taken");
    ar_failure_set_violation(&failure, VIOLATION_UNIQUE, strlen("user: "));
    assert_string_equal(ar_failure_reason(&failure), "taken");
    ar_failure_set_violation(&failure, VIOLATION_UNIQUE, 100);
    assert_string_equal(ar_failure_reason(&failure), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_of_statuses), cmocka_unit_test(test_characters),
        cmocka_unit_test(test_long_texts),        cmocka_unit_test(test_invalid_utf8),
        cmocka_unit_test(test_prefixes),          cmocka_unit_test(test_columns_in_messages),
        cmocka_unit_test(test_missing_columns),   cmocka_unit_test(test_reasons),
    };

    return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
