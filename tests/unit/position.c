/* Positions as tokens, S-611: their bytes and strings, merging them, and what a server must have reached. */
#include "link/position.h"
#include "model/row.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct ar_position token_of(uint64_t system, uint32_t timeline, uint64_t wal)
{
    return ar_token_of(&(struct place){system, wal, timeline});
}

static void assert_format(const struct ar_position *token, const char *expected)
{
    char text[AR_POSITION_LENGTH + 1];
    struct ar_position parsed;

    ar_position_format(token, text);
    assert_string_equal(text, expected);
    assert_true(ar_position_parse(text, &parsed));
    assert_memory_equal(&parsed, token, sizeof parsed);
}

static void test_string(void **state)
{
    static const struct ar_position none;
    struct ar_position token = token_of(0x1234, 1, 0xabcdef);

    (void)state;
    assert_format(&none, "");
    assert_format(&token, "1234.1.abcdef");
    for (unsigned i = 1; i < AR_POSITION_DATABASES; i++) {
        struct ar_position other = token_of(UINT64_MAX - i, UINT32_MAX, UINT64_MAX);
        assert_true(ar_position_merge(&token, &other));
    }
    assert_format(&token, "1234.1.abcdef-fffffffffffffffe.ffffffff.ffffffffffffffff-"
                          "fffffffffffffffd.ffffffff.ffffffffffffffff-fffffffffffffffc.ffffffff.ffffffffffffffff");
}

/* The longest string has AR_POSITION_LENGTH characters. */
static void test_longest(void **state)
{
    struct ar_position token = {{0}};
    char text[AR_POSITION_LENGTH + 1];

    (void)state;
    for (unsigned i = 0; i < AR_POSITION_DATABASES; i++) {
        struct ar_position other = token_of(UINT64_MAX - i, UINT32_MAX, UINT64_MAX);
        assert_true(ar_position_merge(&token, &other));
    }
    ar_position_format(&token, text);
    assert_int_equal(strlen(text), AR_POSITION_LENGTH);
}

static void test_no_string(void **state)
{
    static const char *const wrong[] = {NULL,
                                        "1",
                                        "1.1",
                                        "1.1.",
                                        "1.1.1-",
                                        "-1.1.1",
                                        "1.1.1-1.2.2",
                                        "0.1.1",
                                        "01.1.1",
                                        "1.01.1",
                                        "1.1.01",
                                        "1.100000000.1",
                                        "1.1.1 ",
                                        " 1.1.1",
                                        "A.1.1",
                                        "g.1.1",
                                        "1-1-1",
                                        "1..1",
                                        ".1.1",
                                        "1.1.1.1",
                                        "1.1.1--2.1.1",
                                        "10000000000000000.1.1",
                                        "1.1.10000000000000000",
                                        "1.1.1-2.1.1-3.1.1-4.1.1-5.1.1"};
    struct ar_position token = token_of(7, 8, 9), before = token;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (ar_position_parse(wrong[i], &token))
            fail_msg("\"%s\" was read", wrong[i]);
    assert_memory_equal(&token, &before, sizeof token);
}

static void test_merge(void **state)
{
    struct ar_position token = {{0}}, other = token_of(1, 1, 100), none = {{0}};

    (void)state;
    assert_true(ar_position_merge(&token, &none));
    assert_format(&token, "");
    assert_true(ar_position_merge(&token, &other));
    assert_format(&token, "1.1.64");
    other = token_of(1, 1, 50);
    assert_true(ar_position_merge(&token, &other));
    assert_format(&token, "1.1.64");
    other = token_of(2, 3, 5);
    assert_true(ar_position_merge(&token, &other));
    assert_true(ar_position_merge(&token, &token));
    assert_format(&token, "1.1.64-2.3.5");
    other = token_of(1, 2, 60); /* after a failover */
    assert_true(ar_position_merge(&token, &other));
    assert_format(&token, "1.2.64-2.3.5");
    other = token_of(1, 1, 200); /* of a session that has not noticed it */
    assert_true(ar_position_merge(&token, &other));
    assert_format(&token, "1.2.c8-2.3.5");
}

static void test_too_many(void **state)
{
    struct ar_position token = {{0}}, before;

    (void)state;
    for (unsigned i = 1; i <= AR_POSITION_DATABASES; i++) {
        struct ar_position other = token_of(i, 1, i);
        assert_true(ar_position_merge(&token, &other));
    }
    before = token;
    struct ar_position one_more = token_of(99, 1, 1), known = token_of(1, 1, 1);
    assert_false(ar_position_merge(&token, &one_more));
    assert_true(ar_position_merge(&token, &known));
    assert_memory_equal(&token, &before, sizeof token);
    /* A server of yet another database has nothing to reach. */
    const struct position other = {.at = {99, 1, 1}, .is_standby = true};
    assert_true(ar_position_has_reached(&other, &token));
}

/* ---- The answer of a server -------------------------------------------------------------------------------------- */

struct answer {
    struct row row;
    struct ar_value values[5];
    size_t readable; /* there is no memory for later values */
};

static bool read_value(const struct row *row, size_t column, struct ar_value *out)
{
    const struct answer *answer = (const struct answer *)row;

    *out = answer->values[column];
    return column < answer->readable;
}

static void test_answer(void **state)
{
    static const struct row_methods methods = {.value = read_value};
    static const struct driver driver = {.name = "test"};
    struct answer answer = {
        .row = {&methods},
        .values = {ar_value_integer(100), ar_value_integer(1), ar_value_integer(7), ar_value_integer(2),
                   ar_value_null()},
    };
    struct position position;
    const struct statement statement = ar_position_statement(&driver, &position);

    (void)state;
    for (; answer.readable < 5; answer.readable++)
        assert_int_equal(statement.on_row(statement.payload, &answer.row), AR_NO_MEMORY);
    assert_int_equal(statement.on_row(statement.payload, &answer.row), AR_OK);
    assert_true(position.is_standby);
    assert_true(position.at.system == 7 && position.at.wal == 100 && position.at.timeline == 2);
    assert_true(position.age_ms == INT64_MAX); /* it has replayed nothing */
    answer.values[1] = ar_value_integer(0);
    answer.values[4] = ar_value_integer(30);
    assert_int_equal(statement.on_row(statement.payload, &answer.row), AR_OK);
    assert_false(position.is_standby);
    assert_true(position.age_ms == 30);
}

static void test_reached(void **state)
{
    const struct ar_position token = token_of(1, 2, 100), none = {{0}};
    static const struct {
        struct place at;
        bool has_reached;
    } servers[] = {
        {{1, 100, 2}, true}, {{1, 99, 2}, false},
        {{1, 100, 3}, true}, {{1, 200, 1}, false}, /* it has remained on the timeline before the failover */
        {{1, 100, 0}, true},                       /* its timeline cannot be read */
        {{2, 1, 1}, true},                         /* of another database */
    };

    (void)state;
    for (size_t i = 0; i < sizeof servers / sizeof *servers; i++) {
        const struct position server = {.at = servers[i].at, .is_standby = true};
        assert_int_equal(ar_position_has_reached(&server, &token), servers[i].has_reached);
        assert_true(ar_position_has_reached(&server, &none));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_string), cmocka_unit_test(test_longest),  cmocka_unit_test(test_no_string),
        cmocka_unit_test(test_merge),  cmocka_unit_test(test_too_many), cmocka_unit_test(test_reached),
        cmocka_unit_test(test_answer),
    };
    return cmocka_run_group_tests_name("position", tests, NULL, NULL);
}
