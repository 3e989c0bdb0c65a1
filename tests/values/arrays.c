/* Columns of arrays: bigint[] and text[] on PostgreSQL, JSON on SQLite. */
#include "hooks.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_recipes(void **state)
{
    return fixture_open(state, &recipe_model);
}

static const char *const odd[] = {"",     "a b",  "\"quoted\"", "back\\slash", "{curly, [square]}",
                                  "NULL", "null", "a,b",        "\n\t\x01",    "größer \xf0\x9f\x8d\x9e"};
enum { ODD = sizeof odd / sizeof odd[0] };
static const int64_t numbers[] = {0, -1, INT64_MAX, INT64_MIN, 7};
enum { NUMBERS = sizeof numbers / sizeof numbers[0] };

static struct recipe make_recipe(const char *name)
{
    return (struct recipe){.name = name, .tags = {odd, ODD}, .minutes = {numbers, NUMBERS}};
}

static void assert_tags(const struct recipe *recipe, const char *const *tags, size_t count)
{
    assert_int_equal(recipe->tags.count, count);
    assert_non_null(recipe->tags.items);
    for (size_t i = 0; i < count; i++)
        assert_text(recipe->tags.items[i], tags[i]);
}

static void assert_minutes(const struct recipe *recipe, const int64_t *minutes, size_t count)
{
    assert_int_equal(recipe->minutes.count, count);
    assert_int_equal(recipe->minutes.items == NULL, minutes == NULL);
    for (size_t i = 0; i < count; i++)
        assert_true(recipe->minutes.items[i] == minutes[i]);
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

static void test_a_round_trip(void **state)
{
    struct fixture *f = *state;
    struct recipe recipe = make_recipe("bread"), *read;
    ok(f->s, recipe_save(f->s, &recipe));
    assert_statements(f, 1);
    ok(f->other, recipe_find(f->other, recipe.id, &read));
    assert_tags(read, odd, ODD);
    assert_minutes(read, numbers, NUMBERS);
    assert_text(noted.tags, " a b \"quoted\" back\\slash {curly, [square]} NULL null a,b \n\t\x01 größer "
                            "\xf0\x9f\x8d\x9e ");
    assert_true(noted.minutes == 5);
}

/* The session's record has copies, also of the strings. */
static void test_ownership(void **state)
{
    struct fixture *f = *state;
    char text[] = "fresh";
    const char *tags[] = {text};
    int64_t minutes[] = {1, 2};
    struct recipe recipe = {.name = "soup", .tags = {tags, 1}, .minutes = {minutes, 2}}, *read;
    ok(f->s, recipe_save(f->s, &recipe));
    text[0] = 'F';
    tags[0] = NULL;
    minutes[1] = 9;
    ok(f->s, recipe_find(f->s, recipe.id, &read));
    assert_tags(read, (const char *const[]){"fresh"}, 1);
    assert_minutes(read, (const int64_t[]){1, 2}, 2);
}

static void test_empty_and_null(void **state)
{
    struct fixture *f = *state;
    struct recipe recipe = {.name = "water", .tags = {odd, 0}}, *read;
    ok(f->s, recipe_save(f->s, &recipe));
    ok(f->other, recipe_find(f->other, recipe.id, &read));
    assert_tags(read, NULL, 0);
    assert_minutes(read, NULL, 0);
    read->minutes = (struct ar_int64s){numbers, 0};
    ok(f->other, recipe_save(f->other, read));
    ok(f->s, recipe_reload(f->s, &recipe));
    assert_minutes(&recipe, numbers, 0);
    read->minutes.items = NULL;
    ok(f->other, recipe_save(f->other, read));
    ok(f->s, recipe_reload(f->s, &recipe));
    assert_null(recipe.minutes.items);

    struct recipe missing = {.name = "none"};
    fails(f->s, AR_INVALID, recipe_save(f->s, &missing));
    assert_error_names(f->s, "recipe.tags is NULL, but AR_NOT_NULL asks for a value");
    const char *const hole[] = {"a", NULL};
    missing.tags = (struct ar_texts){hole, 2};
    fails(f->s, AR_INVALID, recipe_save(f->s, &missing));
    assert_error_names(f->s, "an array with a NULL string");
}

/* Save writes an array only if its items differ. */
static void test_changes(void **state)
{
    struct fixture *f = *state;
    struct recipe recipe = make_recipe("bread"), *read;
    const char *other[ODD];
    int64_t minutes[NUMBERS];
    ok(f->s, recipe_save(f->s, &recipe));
    ok(f->other, recipe_find(f->other, recipe.id, &read));
    reset_statements(f);
    memcpy(other, odd, sizeof other);
    memcpy(minutes, numbers, sizeof minutes);
    read->tags.items = other;
    read->minutes.items = minutes;
    ok(f->other, recipe_save(f->other, read));
    assert_statements(f, 0);
    other[3] = "another";
    read->tags.items = other;
    ok(f->other, recipe_save(f->other, read));
    assert_null(strstr(f->last_sql, "minutes"));
    assert_statements(f, 1);
    minutes[0]++;
    read->minutes = (struct ar_int64s){minutes, NUMBERS};
    ok(f->other, recipe_save(f->other, read));
    read->minutes.count--;
    ok(f->other, recipe_save(f->other, read));
    assert_statements(f, 2);
    ok(f->s, recipe_reload(f->s, &recipe));
    assert_text(recipe.tags.items[3], "another");
    assert_minutes(&recipe, minutes, NUMBERS - 1);
}

/* ---- Conditions -------------------------------------------------------------------------------------------------- */

static void given_recipes(struct fixture *f)
{
    static const char *const green[] = {"vegan", "quick"}, *const sweet[] = {"sweet"};
    static const int64_t long_time[] = {10, 50}, short_time[] = {10};
    struct recipe recipes[] = {
        {.name = "salad", .tags = {green, 2}, .minutes = {short_time, 1}},
        {.name = "cake", .tags = {sweet, 1}, .minutes = {long_time, 2}},
        {.name = "fruit", .tags = {green, 1}},
        {.name = "nothing", .tags = {green, 0}, .minutes = {short_time, 0}},
    };
    for (size_t i = 0; i < 4; i++)
        add_row(f, &recipe_model, &recipes[i]);
    reset_statements(f);
}

static void assert_names(struct fixture *f, struct ar_condition condition, const char *expected)
{
    struct recipe_query *q = recipe_query(f->s);
    struct recipe_list list;
    char names[100] = "";
    recipe_where(q, condition);
    recipe_order_by(q, ar_asc(recipe_column.id));
    ok(f->s, recipe_all(q, &list));
    for (size_t i = 0; i < list.count; i++) {
        strcat(names, i > 0 ? " " : "");
        strcat(names, list.items[i]->name);
    }
    assert_text(names, expected);
    assert_statements(f, 1);
}

static void test_conditions(void **state)
{
    struct fixture *f = *state;
    const char *const sweet[] = {"sweet"};
    given_recipes(f);
    assert_names(f, ar_contains(recipe_column.tags, "vegan"), "salad fruit");
    assert_names(f, ar_contains(recipe_column.tags, "veg"), "");
    assert_names(f, ar_contains(recipe_column.minutes, 10), "salad cake");
    assert_names(f, ar_contains(recipe_column.minutes, 50), "cake");
    assert_names(f, ar_not(ar_contains(recipe_column.minutes, 50)), "salad nothing"); /* not of NULL */
    assert_names(f, ar_not(ar_contains(recipe_column.tags, "quick")), "cake fruit nothing");
    assert_names(f, ar_or(ar_contains(recipe_column.tags, "sweet"), ar_is_null(recipe_column.minutes)), "cake fruit");
    assert_names(f, ar_eq(recipe_column.tags, ((struct ar_texts){sweet, 1})), "cake");
    assert_names(f, ar_ne(recipe_column.tags, ((struct ar_texts){sweet, 1})), "salad fruit nothing");
    assert_names(f, ar_contains(recipe_column.name, "a"), "salad cake");
}

static void test_misuse(void **state)
{
    struct fixture *f = *state;
    struct recipe_list list;
    const char *const hole[] = {NULL};
    struct recipe_query *q = recipe_query(f->s);
    recipe_where(q, ar_lt(recipe_column.minutes, ((struct ar_int64s){numbers, 1})));
    fails(f->s, AR_MISUSE, recipe_all(q, &list));
    assert_error_names(f->s, "recipe.minutes is an array");
    q = recipe_query(f->s);
    recipe_order_by(q, ar_asc(recipe_column.tags));
    fails(f->s, AR_MISUSE, recipe_all(q, &list));
    assert_error_names(f->s, "cannot be ordered by recipe.tags, which is an array");
    q = recipe_query(f->s);
    recipe_where(q, ar_eq(recipe_column.tags, ((struct ar_texts){hole, 1})));
    fails(f->s, AR_INVALID, recipe_all(q, &list));
    assert_error_names(f->s, "an array with a NULL string");
    assert_statements(f, 0);
}

static void test_update_all(void **state)
{
    struct fixture *f = *state;
    const char *const tags[] = {"all", "of them"};
    struct recipe *read;
    int64_t changed;
    given_recipes(f);
    ok(f->s, recipe_update_all(recipe_query(f->s),
                               ar_sets(ar_set(recipe_column.tags, ((struct ar_texts){tags, 2})),
                                       ar_set(recipe_column.minutes, ((struct ar_int64s){numbers, 2}))),
                               &changed));
    assert_int_equal(changed, 4);
    ok(f->s, recipe_first(recipe_query(f->s), &read));
    assert_tags(read, tags, 2);
    assert_minutes(read, numbers, 2);
}

/* ---- Many rows --------------------------------------------------------------------------------------------------- */

static void check_many(struct fixture *f, size_t count)
{
    struct recipe *recipes = calloc(count, sizeof *recipes), *read;
    char(*names)[12] = calloc(count, sizeof *names);
    for (size_t i = 0; i < count; i++) {
        snprintf(names[i], sizeof names[i], "n%zu", i);
        recipes[i] = (struct recipe){.name = names[i], .tags = {odd, i % (ODD + 1)}};
        recipes[i].minutes = (struct ar_int64s){i % 5 == 0 ? NULL : numbers, i % 5};
    }
    ok(f->s, recipe_insert_many(f->s, recipes, count));
    for (size_t i = 0; i < count; i += 7) {
        ok(f->other, recipe_find(f->other, recipes[i].id, &read));
        assert_tags(read, odd, i % (ODD + 1));
        assert_minutes(read, i % 5 == 0 ? NULL : numbers, i % 5);
    }
    free(names);
    free(recipes);
}

static void test_insert_many(void **state)
{
    check_many(*state, 60);
}

static void test_insert_very_many(void **state)
{
    check_many(*state, 2500);
}

static void test_upsert(void **state)
{
    struct fixture *f = *state;
    struct recipe both[2] = {make_recipe("salad"), make_recipe("bread")}, *read;
    enum ar_upsert_effect effects[2];
    const struct ar_column *minutes_only[] = {recipe_column.minutes.column, NULL};
    const struct ar_upsert how = {.by = recipe_column.name.column, .update = minutes_only};
    given_recipes(f);
    ok(f->s, recipe_upsert_many(f->s, both, 2, &how, effects, NULL));
    assert_int_equal(effects[0], AR_UPSERT_UPDATED);
    assert_int_equal(effects[1], AR_UPSERT_INSERTED);
    assert_tags(&both[0], (const char *const[]){"vegan", "quick"}, 2); /* those of the row */
    ok(f->other, recipe_find(f->other, both[0].id, &read));
    assert_minutes(read, numbers, NUMBERS);
    ok(f->other, recipe_find(f->other, both[1].id, &read));
    assert_tags(read, odd, ODD);
}

/* ---- Tables of other programs ------------------------------------------------------------------------------------ */

static void fails_to_read(struct fixture *f, const char *values, const char *reason)
{
    char sql[300];
    struct recipe *read;
    snprintf(sql, sizeof sql, "INSERT INTO recipes VALUES (1, 'x', %s)", values);
    run_sql(f, "DELETE FROM recipes");
    run_sql(f, sql);
    ar_session_clear(f->s);
    fails(f->s, AR_INVALID, recipe_find(f->s, 1, &read));
    assert_error_names(f->s, reason);
}

static void test_json_of_others(void **state)
{
    struct fixture *f = *state;
    struct recipe *read;
    static const char *const wrong[] = {"1",       "{}",     "[1",    "[1,]", "[,1]", "[1] 2", "[1.5]",
                                        "[\"1\"]", "[true]", "[[1]]", "[01]", "[-]",  "",      "[1 2]"};
    static const char *const wrong_texts[] = {"[1]",
                                              "[\"a]",
                                              "[\"\\x\"]",
                                              "[\"\\u12\"]",
                                              "[\"\\ud800\"]",
                                              "[\"\\u0000\"]",
                                              "[\"a\" 1]",
                                              "[\"\\ud800\\u0041\"]",
                                              "[\"\\udc00\"]",
                                              "[\"a\n\"]",
                                              "[\"\\",
                                              "[\"\\u1",
                                              "[\"\\ud800",
                                              "[\"\\ud800x1234\"]",
                                              "[\"\\ud800\\n1234\"]",
                                              "[\"\\ud800\\u12\"]",
                                              "[\"\\ud800\\ue000\"]"};
    char values[100];
    if (!fixture_is_sqlite())
        return;
    run_sql(f,
            "INSERT INTO recipes VALUES (1, 'x', ' [ \"a\\u00e9\\n\\/\" , \"\\ud83c\\udf5e\" , \"\\u20ac\\uE000\" ] ',"
            " '[ 1 , -2 ]')");
    ok(f->s, recipe_find(f->s, 1, &read));
    assert_tags(read, (const char *const[]){"aé\n/", "\xf0\x9f\x8d\x9e", "€\xee\x80\x80"}, 3);
    assert_minutes(read, (const int64_t[]){1, -2}, 2);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        snprintf(values, sizeof values, "'[]', '%s'", wrong[i]);
        fails_to_read(f, values, "column minutes of table recipes has a string that is not a JSON array of integers");
    }
    for (size_t i = 0; i < sizeof wrong_texts / sizeof wrong_texts[0]; i++) {
        snprintf(values, sizeof values, "'%s', NULL", wrong_texts[i]);
        fails_to_read(f, values, "column tags of table recipes has a string that is not a JSON array of strings");
    }
    fails_to_read(f, "'[\"a\", null]', NULL", "column tags of table recipes has an array with NULL");
    fails_to_read(f, "'[]', '[null]'", "column minutes of table recipes has an array with NULL");
    fails_to_read(f, "'[]', '[9223372036854775808]'", "out of the range of int64_t");
    fails_to_read(f, "x'5b5d', NULL", "a value that is not an array");
}

static void test_postgresql_arrays_of_others(void **state)
{
    struct fixture *f = *state;
    struct recipe recipe = {.name = "own", .tags = {odd + 1, 2}, .minutes = {numbers, 2}}, *read;
    if (fixture_is_sqlite())
        return;
    run_sql(f, "DROP TABLE recipes");
    run_sql(f, "CREATE TABLE recipes (id serial PRIMARY KEY, name text UNIQUE, tags varchar(20)[], minutes int4[])");
    ok(f->s, recipe_save(f->s, &recipe));
    ok(f->other, recipe_find(f->other, recipe.id, &read));
    assert_tags(read, odd + 1, 2);
    assert_minutes(read, numbers, 2);
    reset_statements(f);
    assert_names(f, ar_and(ar_contains(recipe_column.tags, "a b"), ar_contains(recipe_column.minutes, -1)), "own");
    struct recipe many[3] = {make_recipe("a"), make_recipe("b"), make_recipe("c")};
    for (size_t i = 0; i < 3; i++)
        many[i].minutes.count = 1;
    ok(f->s, recipe_insert_many(f->s, many, 3));
    recipe.minutes.count = 3;
    fails(f->s, AR_INVALID, recipe_save(f->s, &recipe)); /* INT64_MAX into int4[] */

    fails_to_read(f, "'{a,NULL}', NULL", "column tags of table recipes has an array with NULL");
    fails_to_read(f, "'{{a},{b}}', NULL", "column tags of table recipes has an array of several dimensions");
    fails_to_read(f, "'{}', '{{1,2},{3,4}}'", "column minutes of table recipes has an array of several dimensions");
    fails_to_read(f, "'{}', '{1,NULL}'", "column minutes of table recipes has an array with NULL");
    run_sql(f, "DELETE FROM recipes");
    run_sql(f, "INSERT INTO recipes VALUES (1, 'x', '{}', '[5:6]={1,2}')");
    ar_session_clear(f->s);
    ok(f->s, recipe_find(f->s, 1, &read));
    assert_tags(read, NULL, 0);
    assert_minutes(read, (const int64_t[]){1, 2}, 2);
    run_sql(f, "ALTER TABLE recipes ALTER COLUMN minutes TYPE float8[]");
    ar_session_clear(f->s);
    fails(f->s, AR_INVALID, recipe_find(f->s, 1, &read));
    assert_error_names(f->s, "column minutes of table recipes has a value that is not an array of integers");
    run_sql(f, "ALTER TABLE recipes ALTER COLUMN minutes TYPE smallint[] USING '{1}'");
    run_sql(f, "ALTER TABLE recipes ALTER COLUMN tags TYPE text USING 'a'");
    ar_session_clear(f->s);
    fails(f->s, AR_INVALID, recipe_find(f->s, 1, &read));
    assert_error_names(f->s, "column tags of table recipes has a value that is not an array of strings");
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_recipes, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_a_round_trip), test(test_ownership),      test(test_empty_and_null),
        test(test_changes),      test(test_conditions),     test(test_misuse),
        test(test_update_all),   test(test_insert_many),    test(test_insert_very_many),
        test(test_upsert),       test(test_json_of_others), test(test_postgresql_arrays_of_others),
    };
    return cmocka_run_group_tests_name("arrays", tests, NULL, NULL);
}
