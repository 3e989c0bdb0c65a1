/* AR_ENUM_TYPE and AR_LABEL: enums as values of PostgreSQL's enum types, and labels in every kind of statement.
 * PostgreSQL sorts by the order of the type, SQLite by the labels. */
#include "films.ar.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

static int open_films(void **state)
{
    return fixture_open(state, &film_model, &rule_model);
}

static void given_films(struct fixture *f)
{
    struct film films[] = {
        {.title = "Alien", .rating = RATING_NC_17, .mood = MOOD_SAD},
        {.title = "Bambi", .rating = RATING_G, .second = RATING_PG_13, .has_second = true, .mood = MOOD_HAPPY},
        {.title = "Cabaret", .rating = RATING_PG_13, .mood = MOOD_PLAIN},
    };
    for (size_t i = 0; i < sizeof films / sizeof *films; i++)
        add_row(f, &film_model, &films[i]);
}

static void assert_titles_at(struct fixture *f, struct film_query *q, const char *expected, const char *file, int line)
{
    struct film_list films;
    char all[64] = "";
    support_ok(f->s, film_all(q, &films), "film_all", file, line);
    for (size_t i = 0; i < films.count; i++)
        strncat(all, films.items[i]->title, 1);
    support_text(all, expected, file, line);
}

#define assert_titles(f, q, expected) assert_titles_at((f), (q), (expected), __FILE__, __LINE__)

static struct film_query *films_where(struct fixture *f, struct ar_condition condition)
{
    struct film_query *q = film_query(f->s);
    film_where(q, condition);
    film_order_by(q, ar_asc(film_column.id));
    return q;
}

/* Return what the database has in the column of film 1, as text. */
static const char *stored(struct fixture *f, const char *column)
{
    struct film *film;
    char sql[128];
    snprintf(sql, sizeof sql, "UPDATE films SET title = CAST(%s AS text) WHERE id = 1", column);
    run_sql(f, sql);
    ar_session_clear(f->s);
    ok(f->s, film_find(f->s, 1, &film));
    return film->title;
}

/* ---- Single rows ------------------------------------------------------------------------------------------------- */

static void test_round_trip(void **state)
{
    struct fixture *f = *state;
    struct film *film, added = {.title = "Dune", .mood = MOOD_PLAIN};
    given_films(f);

    ok(f->s, film_find(f->s, 1, &film));
    assert_int_equal(film->rating, RATING_NC_17);
    assert_int_equal(film->mood, MOOD_SAD);
    assert_false(film->has_second);
    ok(f->s, film_find(f->s, 2, &film));
    assert_int_equal(film->second, RATING_PG_13);
    assert_true(film->has_second);

    film->rating = RATING_NC_17;
    ok(f->s, film_save(f->s, film));
    ok(f->s, film_reload(f->s, film));
    assert_int_equal(film->rating, RATING_NC_17);
    ok(f->s, film_insert(f->s, &added));
    assert_int_equal(added.rating, RATING_G); /* the default */
}

static void test_labels_are_stored(void **state)
{
    struct fixture *f = *state;
    given_films(f);
    assert_text(stored(f, "rating"), "RATING_NC_17");
    assert_text(stored(f, "mood"), "it's \"sad\"");
    run_sql(f, "UPDATE films SET rating = 'PG-13' WHERE id = 1");
    assert_text(stored(f, "rating"), "PG-13");
}

static void test_names_are_labels(void **state)
{
    enum rating rating = RATING_R;
    (void)state;
    assert_text(rating_name(RATING_PG_13), "PG-13");
    assert_text(rating_name(RATING_NC_17), "RATING_NC_17");
    assert_null(rating_name((enum rating)99));
    assert_true(rating_parse("PG-13", &rating));
    assert_int_equal(rating, RATING_PG_13);
    assert_false(rating_parse("RATING_PG_13", &rating));
    assert_text(mood_name(MOOD_HAPPY), "très heureux");
}

static void test_unknown_labels(void **state)
{
    struct fixture *f = *state;
    struct film *film, wrong = {.title = "?", .rating = (enum rating)99, .mood = MOOD_SAD};
    given_films(f);

    fails(f->s, AR_INVALID, film_insert(f->s, &wrong));
    run_sql(f, "UPDATE films SET mood = 'angry' WHERE id = 1");
    fails(f->s, AR_INVALID, film_find(f->s, 1, &film));
    assert_error_names(f->s, "angry");
    if (fixture_is_sqlite())
        return;
    ok(f->s, ar_execute(f->s, "ALTER TYPE mpaa_rating ADD VALUE IF NOT EXISTS 'X'"));
    ok(f->s, ar_execute(f->s, "UPDATE films SET rating = 'X' WHERE id = 2"));
    fails(f->s, AR_INVALID, film_find(f->s, 2, &film));
    assert_error_names(f->s, "\"X\"");
}

/* ---- Many rows --------------------------------------------------------------------------------------------------- */

static void test_insert_many_and_upserts(void **state)
{
    struct fixture *f = *state;
    struct film films[300] = {{0}};
    struct film *film;
    for (int i = 0; i < 300; i++)
        films[i] = (struct film){.title = "x",
                                 .rating = i % 2 == 0 ? RATING_G : RATING_PG_13,
                                 .second = RATING_R,
                                 .has_second = i % 3 == 0,
                                 .mood = MOOD_HAPPY};
    ok(f->s, film_insert_many(f->s, films, 300));
    ar_session_clear(f->s);
    ok(f->s, film_find(f->s, films[299].id, &film));
    assert_int_equal(film->rating, RATING_PG_13);
    assert_int_equal(film->mood, MOOD_HAPPY);
    assert_false(film->has_second);

    struct rule rules[] = {{.rating = RATING_PG_13, .age = 13}, {.rating = RATING_R, .age = 17}};
    const struct ar_upsert by_rating = {.by = rule_column.rating.column};
    ok(f->s, rule_upsert_many(f->s, rules, 2, &by_rating, NULL, NULL));
    rules[0].age = 12;
    enum ar_upsert_effect effect;
    ok(f->s, rule_upsert(f->s, &rules[0], &by_rating, &effect));
    assert_int_equal(effect, AR_UPSERT_UPDATED);
}

/* ---- Conditions and orders --------------------------------------------------------------------------------------- */

static void test_conditions(void **state)
{
    struct fixture *f = *state;
    const int64_t wanted[] = {RATING_G, RATING_PG_13};
    const char *const labels[] = {"PG-13"};
    given_films(f);

    assert_titles(f, films_where(f, ar_eq(film_column.rating, RATING_PG_13)), "C");
    assert_titles(f, films_where(f, ar_eq(film_column.rating, "PG-13")), "C");
    assert_titles(f, films_where(f, ar_in(film_column.rating, wanted, 2)), "BC");
    assert_titles(f, films_where(f, ar_not_in(film_column.rating, labels, 1)), "AB");
    assert_titles(f, films_where(f, ar_is_null(film_column.second)), "AC");
    assert_titles(f, films_where(f, ar_lt_column(film_column.rating, film_column.second)), "B");
    assert_titles(f, films_where(f, ar_gt(film_column.rating, RATING_G)), "AC");
    assert_titles(f, films_where(f, ar_starts_with(film_column.rating, "PG")), "C");
    assert_titles(f, films_where(f, ar_contains_nocase(film_column.rating, "g")), "ABC");
    fails(f->s, AR_INVALID, film_count(films_where(f, ar_eq(film_column.rating, "RATING_PG_13")), &(int64_t){0}));
}

static void test_orders_and_aggregates(void **state)
{
    struct fixture *f = *state;
    struct film_query *q = film_query(f->s);
    struct ar_value value;
    struct film restricted = {.title = "Rocky", .rating = RATING_R, .mood = MOOD_SAD};
    given_films(f);
    add_row(f, &film_model, &restricted); /* R is the zero value, which AR_NULLABLE makes NULL */
    run_sql(f, "UPDATE films SET rating = 'R' WHERE title = 'Rocky'");

    film_order_by(q, ar_asc(film_column.rating));
    assert_titles(f, q, fixture_is_sqlite() ? "BCRA" : "RBCA");
    ok(f->s,
       ar_query_aggregate((struct ar_query *)film_query(f->s), AR_AGGREGATE_MIN, film_column.rating.column, &value));
    assert_memory_equal(value.bytes.data, fixture_is_sqlite() ? "G" : "R", value.bytes.size);
}

static void test_update_all(void **state)
{
    struct fixture *f = *state;
    int64_t changed;
    given_films(f);
    ok(f->s,
       film_update_all(films_where(f, ar_eq(film_column.mood, MOOD_PLAIN)),
                       ar_sets(ar_set(film_column.rating, RATING_NC_17), ar_set(film_column.mood, "it's \"sad\"")),
                       &changed));
    assert_int_equal(changed, 1);
    assert_titles(f, films_where(f, ar_eq(film_column.rating, RATING_NC_17)), "AC");
}

/* ---- The type ---------------------------------------------------------------------------------------------------- */

/* The type is created once for both tables; an existing one must have all labels. */
static void test_the_type_is_created(void **state)
{
    struct fixture *f = *state;
    ok(f->s, ar_create_tables(f->s, &film_model, &rule_model));
    if (fixture_is_sqlite())
        return;
    ok(f->s, ar_execute(f->s, "DROP TABLE rules, films; DROP TYPE mpaa_rating;"
                              "CREATE TYPE mpaa_rating AS ENUM ('G', 'R', 'PG-13')"));
    fails(f->s, AR_DATABASE, ar_create_tables(f->s, &rule_model));
    assert_error_names(f->s, "ALTER TYPE mpaa_rating ADD VALUE");
    ok(f->s, ar_execute(f->s, "DROP TYPE mpaa_rating"));
}

#define test(name) cmocka_unit_test_setup_teardown(name, open_films, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_round_trip),
        test(test_labels_are_stored),
        test(test_names_are_labels),
        test(test_unknown_labels),
        test(test_insert_many_and_upserts),
        test(test_conditions),
        test(test_orders_and_aggregates),
        test(test_update_all),
        test(test_the_type_is_created),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
