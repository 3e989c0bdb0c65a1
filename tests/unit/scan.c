/* Scripts: the ends of statements in both languages, and user SQL that may write. */
#include "base/body.h"
#include "base/may_write.h"

#include "unit.h"

#include <string.h>

/* The statement of which the script consists: its only semicolon that counts is the last. */
static void assert_one(enum script_language language, const char *script)
{
    const char *next, *end = ar_body_skip(language, script, &next);

    if (*end != ';' || end[1] != '\0' || next != NULL)
        fail_msg("%s ends before \"%s\"", script, end);
}

static void assert_first(enum script_language language, const char *script, const char *rest)
{
    const char *next;

    (void)ar_body_skip(language, script, &next);
    assert_string_equal(next, rest);
}

static void test_bodies(void **state)
{
    (void)state;
    assert_one(SCRIPT_POSTGRESQL, "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE 1 END; END;");
    assert_one(SCRIPT_POSTGRESQL, "CREATE OR REPLACE PROCEDURE f() BEGIN ATOMIC SELECT 1; END;");
    assert_one(SCRIPT_POSTGRESQL, "CREATE FUNCTION f() AS $$ ; $$ LANGUAGE sql;");
    assert_one(SCRIPT_POSTGRESQL, "CREATE RULE r AS ON INSERT TO a DO (SELECT 1; SELECT 2);");
    assert_one(SCRIPT_SQLITE, "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT CASE 1 END; END;");
    assert_first(SCRIPT_SQLITE, "CREATE FUNCTION f BEGIN; 2", " 2");
    assert_first(SCRIPT_POSTGRESQL, "CREATE TRIGGER t BEGIN; 2", " 2");
    assert_first(SCRIPT_POSTGRESQL, "SELECT 1); (2);", " (2);");
    assert_first(SCRIPT_POSTGRESQL, "SELECT $a, $1, $; 2", " 2");
}

/* A string without an end reaches to that of the script. */
static void test_broken_scripts(void **state)
{
    static const char *const broken[] = {"SELECT 'a; b", "SELECT /* ; b", "SELECT \"a; b", "SELECT $a$ ; $b$ $a"};
    const char *next;

    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        assert_string_equal(ar_body_skip(SCRIPT_POSTGRESQL, broken[i], &next), "");
        assert_null(next);
    }
}

static void test_spaces(void **state)
{
    (void)state;
    assert_true(ar_scan_is_space('\v'));
    assert_false(ar_scan_is_space('a'));
    assert_false(ar_scan_is_space('\0'));
}

static void test_statements_that_may_write(void **state)
{
    static const char *const writes[] = {"DELETE FROM a",          "SELECT 1; insert INTO a VALUES (1)",
                                         "SELECT * INTO b FROM a", "WITH x AS (DELETE /* no */ FROM a) SELECT 1",
                                         "SELECT 1 FOR UPDATE",    "(SELECT 1); VACUUM"};
    static const char *const reads[] = {"",
                                        "SELECT 'insert', \"update\", delete, from_delete FROM a",
                                        "TABLE a; VALUES (1)",
                                        "SELECT 1 -- DELETE FROM a",
                                        "SELECT 'unterminated",
                                        "PRAGMA user_version;"};

    (void)state;
    for (size_t i = 0; i < sizeof writes / sizeof *writes; i++)
        if (!ar_sql_may_write(SCRIPT_POSTGRESQL, writes[i]))
            fail_msg("%s may write", writes[i]);
    for (size_t i = 0; i < sizeof reads / sizeof *reads; i++)
        if (ar_sql_may_write(SCRIPT_POSTGRESQL, reads[i]))
            fail_msg("%s only reads", reads[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bodies),
        cmocka_unit_test(test_broken_scripts),
        cmocka_unit_test(test_spaces),
        cmocka_unit_test(test_statements_that_may_write),
    };

    return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
