/* The reader of migration scripts, S-425: where statements end, and directives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "migrate/recognize.h"
#include "migrate/steps.h"

#include <armature/migrate.h>
#include <stdio.h>
#include <string.h>

/* Assert that the script has exactly these statements; NULL ends the list. */
static void check(enum script_language language, const char *text, const char *const *expected)
{
    struct steps steps;
    struct step step;
    char found[512];

    ar_steps_open(&steps, text, language);
    for (; *expected != NULL; expected++) {
        assert_int_equal(ar_steps_next(&steps, &step), STEP_FOUND);
        snprintf(found, sizeof found, "%.*s", (int)step.length, step.sql);
        assert_string_equal(found, *expected);
    }
    assert_int_equal(ar_steps_next(&steps, &step), STEP_END);
}

#define statements(language, text, ...) check((language), (text), (const char *const[]){__VA_ARGS__, NULL})

/* Assert that the script is refused at this line. */
static void refused(enum script_language language, const char *text, unsigned line, const char *reason)
{
    const struct ar_migration migration = {.number = 7, .name = "broken"};
    struct failure failure;
    unsigned count;
    char place[64];

    assert_int_equal(ar_steps_check(&migration, text, language, &count, &failure), AR_MISUSE);
    snprintf(place, sizeof place, "migration 7 broken, line %u: ", line);
    if (strstr(failure.message, place) == NULL || strstr(failure.message, reason) == NULL)
        fail_msg("%s", failure.message);
}

static void test_strings_and_comments(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        enum script_language language = i == 0 ? SCRIPT_SQLITE : SCRIPT_POSTGRESQL;
        statements(language, "SELECT 1; SELECT 2 ;;\n;SELECT 3", "SELECT 1", "SELECT 2", "SELECT 3");
        statements(language, "SELECT ';''--'; SELECT \"a;\"\"b\"", "SELECT ';''--'", "SELECT \"a;\"\"b\"");
        statements(language, "-- a; b\nSELECT 1 /* ; */ + -- ;\n 2; -- end", "SELECT 1 /* ; */ + -- ;\n 2");
        statements(language, "\xef\xbb\xbfSELECT 1;\r\n", "SELECT 1");
        check(language, " \n -- nothing\n/* */", (const char *const[]){NULL});
    }
}

static void test_sqlite_only(void **state)
{
    (void)state;
    statements(SCRIPT_SQLITE, "SELECT [a;b], `c;d`; SELECT 2", "SELECT [a;b], `c;d`", "SELECT 2");
    statements(SCRIPT_SQLITE, "SELECT 1 /* /* ; */; SELECT 2", "SELECT 1 /* /* ; */", "SELECT 2");
    statements(SCRIPT_SQLITE,
               "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = CASE WHEN 1 THEN 2 END; DELETE FROM d; "
               "END; SELECT 2",
               "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = CASE WHEN 1 THEN 2 END; DELETE FROM d; "
               "END",
               "SELECT 2");
    statements(SCRIPT_SQLITE, "create trigger t delete on a begin select 1; end /* of it */ -- t\n; SELECT '$a$;'",
               "create trigger t delete on a begin select 1; end /* of it */ -- t", "SELECT '$a$;'");
}

static void test_postgresql_only(void **state)
{
    (void)state;
    statements(SCRIPT_POSTGRESQL, "SELECT $$a;b$$, $x$ $$;$x$; SELECT a$b, $1; SELECT 2", "SELECT $$a;b$$, $x$ $$;$x$",
               "SELECT a$b, $1", "SELECT 2");
    statements(SCRIPT_POSTGRESQL, "SELECT E'\\';'; SELECT e'a''\\\\'; SELECT '\\'; SELECT 2", "SELECT E'\\';'",
               "SELECT e'a''\\\\'", "SELECT '\\'", "SELECT 2");
    statements(SCRIPT_POSTGRESQL, "SELECT ARRAY['a;', 'b'], x[1]; SELECT 2", "SELECT ARRAY['a;', 'b'], x[1]",
               "SELECT 2");
    statements(SCRIPT_POSTGRESQL, "SELECT 1 /* /* ; */ ; */; SELECT 2", "SELECT 1 /* /* ; */ ; */", "SELECT 2");
    statements(SCRIPT_POSTGRESQL, "CREATE RULE r AS ON INSERT TO a DO (DELETE FROM b; DELETE FROM c); SELECT 2",
               "CREATE RULE r AS ON INSERT TO a DO (DELETE FROM b; DELETE FROM c)", "SELECT 2");
    statements(SCRIPT_POSTGRESQL,
               "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; "
               "END; SELECT 3",
               "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; "
               "END",
               "SELECT 3");
}

static void test_directives(void **state)
{
    static const char text[] = "-- a comment\n"
                               "-- armature: rebuild\n"
                               "-- armature: allow data-loss: nobody uses it\n"
                               "-- armature: assert no name is empty \r\n"
                               "SELECT 1;\n"
                               "  --armature: outside-transaction\n"
                               "SELECT 2;\n"
                               "SELECT 3;\n";
    struct steps steps;
    struct step step;

    (void)state;
    ar_steps_open(&steps, text, SCRIPT_SQLITE);
    assert_int_equal(ar_steps_next(&steps, &step), STEP_FOUND);
    assert_true(steps.is_rebuild);
    assert_int_equal(step.number, 1);
    assert_int_equal(step.line, 5);
    assert_int_equal(step.message_length, strlen("no name is empty"));
    assert_memory_equal(step.message, "no name is empty", step.message_length);
    assert_false(step.is_outside);
    assert_int_equal(ar_steps_next(&steps, &step), STEP_FOUND);
    assert_true(step.is_outside);
    assert_null(step.message);
    assert_int_equal(step.line, 7);
    assert_int_equal(ar_steps_next(&steps, &step), STEP_FOUND);
    assert_false(step.is_outside);
    assert_int_equal(ar_steps_next(&steps, &step), STEP_END);
}

static void test_refused(void **state)
{
    (void)state;
    refused(SCRIPT_SQLITE, "SELECT 1;\n\nSELECT 'a", 3, "has no end");
    refused(SCRIPT_SQLITE, "SELECT 1;\n/* a", 2, "the comment has no end");
    refused(SCRIPT_SQLITE, "SELECT [a", 1, "has no end");
    refused(SCRIPT_POSTGRESQL, "SELECT 1;\nSELECT $a$ $$", 2, "has no end");
    refused(SCRIPT_SQLITE, "-- armature: outside\nSELECT 1", 1, "unknown");
    refused(SCRIPT_SQLITE, "\n-- armature: assert\nSELECT 1", 2, "needs a message");
    refused(SCRIPT_SQLITE, "-- armature: rebuild it\nSELECT 1", 1, "takes no argument");
    refused(SCRIPT_SQLITE, "SELECT 1;\n-- armature: rebuild\nSELECT 2", 2, "before the first statement");
    refused(SCRIPT_POSTGRESQL, "-- armature: rebuild\nSELECT 2", 1, "SQLite only");
    refused(SCRIPT_SQLITE, "SELECT 1; -- armature: outside-transaction\nSELECT 2", 1, "separate line");
    refused(SCRIPT_SQLITE, "SELECT\n-- armature: outside-transaction\n2", 2, "separate line");
    refused(SCRIPT_SQLITE, "SELECT 1;\n-- armature: assert a\n", 2, "no statement after it");
    refused(SCRIPT_SQLITE, "SELECT 1;\nBEGIN;\nSELECT 2;", 2, "cannot begin or end a transaction");
    refused(SCRIPT_SQLITE, "/* a */ Commit", 1, "cannot begin or end a transaction");
    refused(SCRIPT_POSTGRESQL, "START TRANSACTION", 1, "cannot begin or end a transaction");
    refused(SCRIPT_POSTGRESQL, "PREPARE TRANSACTION 'a'", 1, "cannot begin or end a transaction");
}

static void test_checksum(void **state)
{
    (void)state;
    assert_int_equal(ar_script_checksum(""), 0xcbf29ce484222325);
    assert_int_equal(ar_script_checksum("a\r\nb"), ar_script_checksum("a\nb"));
    assert_int_not_equal(ar_script_checksum("a\rb"), ar_script_checksum("ab"));
    assert_int_equal(ar_script_checksum("foobar"), 0x85944171f73967e8);
}

static void index_of(const char *sql, const char *expected)
{
    struct concurrent_index index;
    char found[64];

    assert_true(ar_recognize_concurrent_index(sql, strlen(sql), &index));
    snprintf(found, sizeof found, "%.*s on %.*s%s%.*s", (int)index.name_length, index.name, (int)index.schema_length,
             index.schema, index.schema_length > 0 ? "." : "", (int)index.table_length, index.table);
    assert_string_equal(found, expected);
}

static void test_concurrent_indexes(void **state)
{
    static const char *const others[] = {"CREATE INDEX a ON b (c)",
                                         "CREATE INDEX CONCURRENTLY ON b (c)",
                                         "DROP INDEX CONCURRENTLY a",
                                         "CREATE",
                                         "",
                                         "CREATE INDEX CONCURRENTLY IF NOT a ON b (c)",
                                         "CREATE INDEX CONCURRENTLY IF EXISTS a ON b (c)",
                                         "CREATE INDEX CONCURRENTLY 'a' ON b (c)",
                                         "CREATE INDEX CONCURRENTLY a IN b (c)",
                                         "CREATE INDEX CONCURRENTLY a ON (c)",
                                         "CREATE INDEX CONCURRENTLY a ON b. (c)"};
    struct concurrent_index index;

    (void)state;
    index_of("CREATE INDEX CONCURRENTLY a ON b (c)", "a on b");
    index_of("create unique index concurrently if not exists \"A b\" on only s.\"T\" (c)", "\"A b\" on s.\"T\"");
    index_of("CREATE INDEX CONCURRENTLY -- why\n a ON b USING gin (c)", "a on b");
    index_of("CREATE INDEX CONCURRENTLY a ON /* the */ s . b -- of\n (c)", "a on s.b");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(ar_recognize_concurrent_index(others[i], strlen(others[i]), &index));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings_and_comments),
        cmocka_unit_test(test_sqlite_only),
        cmocka_unit_test(test_postgresql_only),
        cmocka_unit_test(test_directives),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_checksum),
        cmocka_unit_test(test_concurrent_indexes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
