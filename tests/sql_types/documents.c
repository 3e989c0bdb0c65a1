/* AR_JSON: documents are checked before they are written, and conditions on their parts find the same rows on both
 * databases. */
#include "documents.ar.h"
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static int open_documents(void **state)
{
    return fixture_open(state, &user_model, &note_model);
}

/* The rows of every test of conditions, 1 to 9. */
static const char *const documents[] = {
    "{\"theme\":{\"color\":\"dark\",\"size\":12},\"tags\":[\"a\",{\"deep\":[1,2,[3]]}],\"on\":true}",
    "{\"theme\":{\"color\":\"Dark\",\"size\":9.5},\"tags\":[],\"on\":false}",
    "{\"theme\":{\"color\":7,\"size\":\"12\"},\"tags\":{\"0\":\"a\"},\"on\":\"true\"}",
    "{\"theme\":{\"color\":null,\"size\":null},\"on\":null}",
    "{\"theme\":\"dark\"}",
    "{\"a.b\":{\"it's\":\"x\"},\"0\":\"zero\",\"\xC3\xA9t\xC3\xA9\":1e3,\"theme\":{\"color\":\"light\",\"size\":-4}}",
    "[\"dark\",12,true]",
    "\"dark\"",
    NULL,
};

enum { DOCUMENT_COUNT = sizeof documents / sizeof *documents };

static void given_documents(struct fixture *f)
{
    for (int i = 0; i < DOCUMENT_COUNT; i++) {
        struct user user = {.settings = documents[i]};
        add_row(f, &user_model, &user);
        assert_int_equal(user.id, i + 1);
    }
}

/* The users that satisfy the condition have these ids. */
static void assert_finds_at(struct fixture *f, struct ar_condition condition, const char *expected, int line)
{
    struct user_query *q = user_query(f->s);
    struct user_list users;
    char ids[32] = "";
    user_where(q, condition);
    user_order_by(q, ar_asc(user_column.id));
    support_ok(f->s, user_all(q, &users), "user_all", __FILE__, line);
    for (size_t i = 0; i < users.count; i++)
        snprintf(ids + i, sizeof ids - i, "%d", (int)users.items[i]->id);
    support_text(ids, expected, __FILE__, line);
}

#define assert_finds(f, condition, expected) assert_finds_at((f), (condition), (expected), __LINE__)

static void assert_refused_at(struct fixture *f, struct ar_condition condition, const char *message, int line)
{
    struct user_query *q = user_query(f->s);
    struct user_list users;
    user_where(q, condition);
    support_fails(f->s, AR_MISUSE, user_all(q, &users), "user_all", __FILE__, line);
    support_error_names(f->s, message, __FILE__, line);
}

#define assert_refused(f, condition, message) assert_refused_at((f), (condition), (message), __LINE__)

static struct ar_json_text_at text(const char *path)
{
    return ar_json_text(user_column.settings, path);
}

static struct ar_json_number_at number(const char *path)
{
    return ar_json_number(user_column.settings, path);
}

static struct ar_json_bool_at truth(const char *path)
{
    return ar_json_bool(user_column.settings, path);
}

static struct ar_condition exists(const char *path)
{
    return ar_json_exists(user_column.settings, path);
}

/* ---- Documents --------------------------------------------------------------------------------------------------- */

/* PostgreSQL has its own form of the same document. */
static void test_round_trip(void **state)
{
    struct fixture *f = *state;
    struct user user = {.settings = "{\"b\":[1,2.50],\"a\":\"\\u00e9\\\"\"}", .small = "[null]"}, *read;

    ok(f->s, user_save(f->s, &user));
    ar_session_clear(f->s);
    ok(f->s, user_find(f->s, user.id, &read));
    assert_text(read->settings, fixture_is_sqlite() ? "{\"b\":[1,2.50],\"a\":\"\\u00e9\\\"\"}"
                                                    : "{\"a\": \"\xC3\xA9\\\"\", \"b\": [1, 2.50]}");
    assert_text(read->required, "{}");
    assert_text(read->small, "[null]");
    read->settings = NULL;
    read->required = "7";
    ok(f->s, user_save(f->s, read));
    ok(f->s, user_reload(f->s, read));
    assert_null(read->settings);
    assert_text(read->required, "7");
}

static void test_other_strings_are_refused(void **state)
{
    struct fixture *f = *state;
    struct user user = {.settings = "{\"a\": 1,}"};
    struct user many[] = {{.settings = "1"}, {.settings = "nul"}};
    int64_t changed;

    fails(f->s, AR_INVALID, user_save(f->s, &user));
    assert_error_names(f->s, "user.settings is not JSON: a name in quotes is expected at byte 8");
    fails(f->s, AR_INVALID, user_insert_many(f->s, many, 2));
    fails(f->s, AR_INVALID, user_update_all(user_query(f->s), ar_set(user_column.settings, "{"), &changed));
    ok(f->s, user_count(user_query(f->s), &changed));
    assert_int_equal(changed, 0);
    user.settings = "";
    fails(f->s, AR_INVALID, user_save(f->s, &user));
}

/* The error says what is wrong, and where. */
static void test_errors(void **state)
{
    static const struct {
        const char *json, *error;
    } wrong[] = {
        {"[\"a\\u0000\"]", "a NUL character at byte 9"},
        {"[\"\\ud800\"]", "half of a surrogate pair at byte 8"},
        {"[\"\\ud800\\u0041\"]", "half of a surrogate pair at byte 14"},
        {"[\"\\udc00\"]", "half of a surrogate pair at byte 8"},
        {"[\"\\ud800", "half of a surrogate pair at byte 8"},
        {"[\"\\ud800x1234\"]", "half of a surrogate pair at byte 8"},
        {"[\"\\ud800\\n1234\"]", "half of a surrogate pair at byte 8"},
        {"[\"\\ud800\\u12\"]", "\\u without four hexadecimal digits at byte 12"},
        {"[\"\\ud800\\ue000\"]", "half of a surrogate pair at byte 14"},
        {"{\"\\x\": 1}", "an unknown escape at byte 3"},
        {"[1e-]", "a number that lacks a digit at byte 4"},
        {"[\"\\u12g4\"]", "\\u without four hexadecimal digits at byte 6"},
        {"[\"\\x\"]", "an unknown escape at byte 3"},
        {"[\"a\tb\"]", "a control character in a string at byte 3"},
        {"[\"a", "an unterminated string at byte 3"},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct user user = {.settings = wrong[i].json, .required = "1"};
        char expected[128];
        snprintf(expected, sizeof expected, "user.settings is not JSON: %s", wrong[i].error);
        fails(f->s, AR_INVALID, user_save(f->s, &user));
        assert_error_names(f->s, expected);
    }
}

static void test_many_rows(void **state)
{
    struct fixture *f = *state;
    struct user users[200] = {{0}}, *read;
    int64_t changed;
    for (int i = 0; i < 200; i++) {
        users[i].settings = i % 2 == 0 ? "{\"n\": 1}" : NULL;
        users[i].required = "[]";
        strcpy(users[i].small, "\"x\"");
    }
    ok(f->s, user_insert_many(f->s, users, 200));
    users[0].settings = "{\"n\": 2}";
    ok(f->s, user_upsert_many(f->s, users, 200, NULL, NULL, NULL));
    ar_session_clear(f->s);
    ok(f->s, user_find(f->s, users[0].id, &read));
    assert_text(read->settings, "{\"n\": 2}");
    ok(f->s, user_find(f->s, users[1].id, &read));
    assert_null(read->settings);
    ok(f->s, user_update_all(user_query(f->s), ar_set(user_column.settings, "[true]"), &changed));
    assert_int_equal(changed, 200);
    assert_text(read->required, "[]");
}

/* ---- Conditions -------------------------------------------------------------------------------------------------- */

static void test_strings(void **state)
{
    struct fixture *f = *state;
    const char *const colors[] = {"dark", "light", NULL};
    given_documents(f);

    assert_finds(f, ar_eq(text("theme.color"), "dark"), "1");
    assert_finds(f, ar_ne(text("theme.color"), "dark"), "26");
    assert_finds(f, ar_not(ar_eq(text("theme.color"), "dark")), "23456789");
    assert_finds(f, ar_eq(text("theme.color"), "7"), "");
    assert_finds(f, ar_eq(text("theme"), "dark"), "5");
    assert_finds(f, ar_eq(text("theme"), "{\"color\":\"dark\",\"size\":12}"), "");
    assert_finds(f, ar_eq(text(""), "dark"), "8");
    assert_finds(f, ar_lt(text("theme.color"), "dark"), "2"); /* by bytes, on both */
    assert_finds(f, ar_ge(text("theme.color"), "dark"), "16");
    assert_finds(f, ar_between(text("theme.color"), "a", "e"), "1");
    assert_finds(f, ar_in(text("theme.color"), colors, 3), "16");
    assert_finds(f, ar_not_in(text("theme.color"), colors, 3), "2");
    assert_finds(f, ar_in(text("theme.color"), colors, 0), "");
    assert_finds(f, ar_starts_with_exact(text("theme.color"), "d"), "1");
    assert_finds(f, ar_contains_nocase(text("theme.color"), "AR"), "12");
    assert_finds(f, ar_eq_nocase(text("theme.color"), "DARK"), "12");
    assert_finds(f, ar_like_exact(text("theme.color"), "%gh_"), "6");
}

static void test_numbers(void **state)
{
    struct fixture *f = *state;
    given_documents(f);

    assert_finds(f, ar_eq(number("theme.size"), 12), "1");
    assert_finds(f, ar_ne(number("theme.size"), 12), "26");
    assert_finds(f, ar_gt(number("theme.size"), 9), "12");
    assert_finds(f, ar_le(number("theme.size"), 9.5), "26");
    assert_finds(f, ar_eq(number("theme.size"), 9.5f), "2");
    assert_finds(f, ar_lt(number("theme.size"), (uint64_t)10), "26");
    assert_finds(f, ar_not(ar_gt(number("theme.size"), 9)), "3456789");
    assert_finds(f, ar_eq(number("\xC3\xA9t\xC3\xA9"), 1000), "6");
    assert_finds(f, ar_gt(number("on"), 0), ""); /* true is not a number */
}

/* 0.1 is no double, and the last number is none either. */
static void test_exact_numbers(void **state)
{
    struct fixture *f = *state;
    run_sql(f, "INSERT INTO users (id, settings, required) VALUES (1, '{\"n\": 0.1}', '1'),"
               " (2, '{\"n\": 9223372036854775807}', '1'), (3, '{\"n\": 9223372036854775806}', '1'),"
               " (4, '{\"n\": 1e400}', '1')");
    assert_finds(f, ar_eq(number("n"), 0.1), "1");
    assert_finds(f, ar_eq(number("n"), INT64_MAX), "2");
    assert_finds(f, ar_gt(number("n"), INT64_MAX), "4");
    assert_finds(f, ar_gt(number("n"), 1e300), "4");
    assert_finds(f, ar_lt(number("n"), 0.3), "1");
    assert_finds(f, ar_gt(number("n"), -0.1), "1234");
    assert_finds(f, ar_eq(number("n"), 0.1 + 0.2), "");
    assert_finds(f, ar_gt(number("n"), -HUGE_VAL), "1234");
    assert_finds(f, ar_lt(number("n"), -HUGE_VAL), "");
    assert_finds(f, ar_gt(number("n"), HUGE_VAL), "");
}

static void test_bools_and_existence(void **state)
{
    struct fixture *f = *state;
    given_documents(f);

    assert_finds(f, ar_eq(truth("on"), true), "1");
    assert_finds(f, ar_eq(truth("on"), false), "2");
    assert_finds(f, ar_ne(truth("on"), true), "2");
    assert_finds(f, ar_not(ar_eq(truth("on"), true)), "23456789");
    assert_finds(f, ar_eq(truth("[2]"), true), "7");
    assert_finds(f, exists("on"), "1234"); /* null is there */
    assert_finds(f, exists("theme.color"), "12346");
    assert_finds(f, ar_not(exists("theme")), "789");
    assert_finds(f, exists(""), "12345678");
    assert_finds(f, ar_is_null(user_column.settings), "9");
}

/* An index finds elements of arrays only, a name members of objects only. */
static void test_paths(void **state)
{
    struct fixture *f = *state;
    given_documents(f);

    assert_finds(f, ar_eq(text("tags[0]"), "a"), "1");
    assert_finds(f, ar_eq(text("tags.0"), "a"), "3");
    assert_finds(f, ar_eq(text("[0]"), "dark"), "7");
    assert_finds(f, ar_eq(text("0"), "zero"), "6");
    assert_finds(f, ar_eq(number("tags[1].deep[2][0]"), 3), "1");
    assert_finds(f, exists("tags[2]"), "");
    assert_finds(f, ar_eq(text("\"a.b\".it's"), "x"), "6");
    assert_finds(f, ar_eq(text("\"a.b\".\"it's\""), "x"), "6");
    assert_finds(f, exists("theme.color.deeper"), "");
    assert_finds(f, exists("theme[0]"), ""); /* a string or an object is not an array */
    assert_finds(f, exists("[0].a"), "");
    assert_finds(f, exists("'; DROP TABLE users; --"), "");
    assert_finds(f, exists("%s $1 ? {}"), "");
}

static void test_misuse(void **state)
{
    static const char *const wrong[] = {".a",    "a.",  "a..b",  "a[",  "a[]",    "a[-1]",         "a[x]", "a]b",
                                        "a[1]b", "a[1", "a[1.b", "\"a", "\"\".a", "a[1234567890]", "a\\b", "\"a\"b"};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_refused(f, exists(wrong[i]), "path");
    assert_refused(f, exists(NULL), "path");
    assert_refused(f, ar_eq(text("a"), (const char *)NULL), "NULL");
    assert_refused(f, ar_lt(truth("a"), true), "ar_eq and ar_ne");
    assert_refused(f, ar_json_exists(note_column.body, "a"), "note.body cannot be used in a query of user");
}

/* Parts in conditions on related rows, in sub-queries and in updates. */
static void test_related_rows(void **state)
{
    struct fixture *f = *state;
    struct note note = {.user_id = 2, .body = "{\"kind\": \"todo\", \"n\": [5]}"};
    struct user_query *q = user_query(f->s);
    struct user_list users;
    struct note_list notes;
    int64_t changed;
    given_documents(f);
    add_row(f, &note_model, &note);
    note = (struct note){.user_id = 2, .body = "{\"kind\": \"done\"}"};
    add_row(f, &note_model, &note);

    assert_finds(f, user_has_notes(ar_eq(ar_json_text(note_column.body, "kind"), "todo")), "2");
    user_where(q, ar_eq(number("theme.size"), 9.5));
    note_where(user_with_notes(q), ar_eq(ar_json_number(note_column.body, "n[0]"), 5));
    ok(f->s, user_all(q, &users));
    ok(f->s, user_notes(f->s, users.items[0], &notes));
    assert_int_equal(notes.count, 1);
    q = user_query(f->s);
    user_where(q, ar_or(ar_eq(text("theme"), "dark"), ar_eq(text(""), "dark")));
    ok(f->s, user_update_all(q, ar_set(user_column.settings, "{\"theme\": \"found\"}"), &changed));
    assert_int_equal(changed, 2);
    assert_finds(f, ar_eq(text("theme"), "found"), "58");
}

/* Parts beside a key: the notes are loaded by the key in the conditions. */
static void test_keys_and_parts(void **state)
{
    struct fixture *f = *state;
    struct note note = {.user_id = 2, .body = "{}"};
    struct user_query *q = user_query(f->s);
    struct user_list users;
    struct note_list notes;
    const char *plan;
    given_documents(f);
    add_row(f, &note_model, &note);
    user_where(q, ar_and(exists("theme"), ar_eq(number("theme.size"), 9.5), ar_eq(user_column.id, 2)));
    user_with_notes(q);
    ok(f->s, ar_explain(q, &plan));
    if (!fixture_is_sqlite())
        assert_non_null(strstr(plan, "notes: notes, by the key in the conditions of the level above"));
    ok(f->s, user_all(q, &users));
    assert_int_equal(users.count, 1);
    ok(f->s, user_notes(f->s, users.items[0], &notes));
    assert_int_equal(notes.count, 1);
    user_where(q, ar_eq(text("theme.color"), "none"));
    ok(f->s, user_all(q, &users));
    assert_int_equal(users.count, 0);
}

/* ---- ar_json_valid ----------------------------------------------------------------------------------------------- */

static void test_validity(void **state)
{
    static const char *const valid[] = {
        "{}",
        "[]",
        " [ ] ",
        "0",
        "-0",
        "1.5e+3",
        "1E9",
        "\"\"",
        "null",
        "true",
        "false",
        "[1,2]",
        "[[[]]]",
        "{\"a\":{}}",
        "\t1\r\n",
        "\"/\\/\"",
        "\"\\uD83D\\uDE00\"",
        "\"\\u00e9\"",
        "\"\\uE000\\uFFFF\"",
    };
    static const char *const invalid[] = {
        "",
        " ",
        "{",
        "}",
        "[1,]",
        "[,1]",
        "{a:1}",
        "{\"a\"}",
        "{\"a\":}",
        "01",
        "1.",
        ".5",
        "+1",
        "1e",
        "-",
        "0x1",
        "NaN",
        "Infinity",
        "nul",
        "True",
        "'a'",
        "\"",
        "\"\t\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u0000\"",
        "\"\\uD83D\"",
        "1 2",
        "[] []",
        "\"\\uDE00\"",
        "\"\\uD83Dx\"",
        "\"\\uD83D\\u0041\"",
        "\"\xFF\"",
        "\xEF\xBB\xBF{}",
        "{\"a\":1 \"b\":2}",
        "[1 2]",
        "{\"a\":1,}",
        "[1}",
        "{\"a\":1]",
        "// x\n1",
        "\"\\u@@@@\"",
        "\"\\",
    };
    char deep[2 * 513 + 1];
    (void)state;
    for (size_t i = 0; i < sizeof valid / sizeof *valid; i++)
        if (!ar_json_valid(valid[i]))
            fail_msg("valid: %s", valid[i]);
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++)
        if (ar_json_valid(invalid[i]))
            fail_msg("invalid: %s", invalid[i]);
    assert_false(ar_json_valid(NULL));
    for (size_t depth = 512; depth <= 513; depth++) {
        memset(deep, '[', depth);
        memset(deep + depth, ']', depth);
        deep[2 * depth] = '\0';
        assert_int_equal(ar_json_valid(deep), depth == 512);
    }
}

#define test(name) cmocka_unit_test_setup_teardown(name, open_documents, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_round_trip),
        test(test_other_strings_are_refused),
        test(test_errors),
        test(test_many_rows),
        test(test_strings),
        test(test_numbers),
        test(test_exact_numbers),
        test(test_bools_and_existence),
        test(test_paths),
        test(test_misuse),
        test(test_related_rows),
        test(test_keys_and_parts),
        cmocka_unit_test(test_validity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
