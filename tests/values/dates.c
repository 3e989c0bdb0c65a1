/* Columns of dates and times of day, as values, keys and foreign keys. */
#include "support.h"
#include "theatre.ar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_theatre(void **state)
{
    return fixture_open(state, &play_day_model, &show_model, &seat_model, &actor_model);
}

static void assert_date(struct ar_date date, int year, int month, int day)
{
    assert_int_equal(date.year, year);
    assert_int_equal(date.month, month);
    assert_int_equal(date.day, day);
}

static void assert_time(struct ar_time_of_day time, int hour, int minute, int second, unsigned microsecond)
{
    assert_int_equal(time.hour, hour);
    assert_int_equal(time.minute, minute);
    assert_int_equal(time.second, second);
    assert_int_equal(time.microsecond, microsecond);
}

static const struct ar_date may_1 = {2024, 5, 1}, may_2 = {2024, 5, 2}, may_3 = {2024, 5, 3};
static const struct ar_time_of_day three = {15, 0, 0, 0}, eight = {20, 0, 0, 0}, midnight = {0, 0, 0, 0};

/* Three days; two shows on May 1, one at midnight of May 2; a seat for each show, the number of its price. */
static void given_shows(struct fixture *f)
{
    struct play_day days[] = {
        {.day = may_1, .motto = "spring"}, {.day = may_2}, {.day = may_3, .replaces = may_1, .motto = "again"}};
    struct show shows[] = {
        {.day = may_1, .starts = three, .hall = 1, .ends = {17, 30, 0, 0}, .has_end = true, .title = "Faust"},
        {.day = may_1, .starts = eight, .hall = 1, .title = "Nathan"},
        {.day = may_2, .starts = midnight, .hall = 2, .has_end = true, .title = "Woyzeck"}};
    for (size_t i = 0; i < 3; i++)
        add_row(f, &play_day_model, &days[i]);
    for (size_t i = 0; i < 3; i++) {
        struct seat seat = {.day = shows[i].day, .starts = shows[i].starts, .hall = shows[i].hall, .price = (int64_t)i};
        add_row(f, &show_model, &shows[i]);
        add_row(f, &seat_model, &seat);
    }
    reset_statements(f);
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

static void test_a_round_trip(void **state)
{
    struct fixture *f = *state;
    struct actor actor = {.born = {1, 1, 1}, .rises = {23, 59, 59, 999999}, .joined = {9999, 12, 31}}, *read;
    ok(f->s, actor_save(f->s, &actor));
    ok(f->other, actor_find(f->other, actor.id, &read));
    assert_date(read->born, 1, 1, 1);
    assert_date(read->joined, 9999, 12, 31);
    assert_time(read->rises, 23, 59, 59, 999999);
    reset_statements(f);

    read->joined = (struct ar_date){0};
    read->rises = (struct ar_time_of_day){0};
    ok(f->other, actor_save(f->other, read));
    ok(f->other, actor_save(f->other, read)); /* no column differs */
    assert_statements(f, 1);
    ok(f->s, actor_reload(f->s, &actor));
    assert_date(actor.joined, 0, 0, 0);
    assert_time(actor.rises, 0, 0, 0, 0);
}

/* The padding of a struct does not count as a change. In memory from malloc it has no value, so that valgrind reports
 * its use. */
static void test_padding(void **state)
{
    struct fixture *f = *state;
    struct actor actor = {.born = may_1, .rises = eight}, *read;
    struct ar_time_of_day *rises = malloc(sizeof *rises);
    assert_non_null(rises);
    ok(f->s, actor_save(f->s, &actor));
    ok(f->other, actor_find(f->other, actor.id, &read));
    reset_statements(f);
    memset(&read->rises, 0xff, sizeof read->rises);
    read->rises.hour = 20;
    read->rises.minute = read->rises.second = 0;
    read->rises.microsecond = 0;
    ok(f->other, actor_save(f->other, read));
    rises->hour = 20;
    rises->minute = rises->second = 0;
    rises->microsecond = 0;
    read->rises = *rises;
    ok(f->other, actor_save(f->other, read));
    assert_statements(f, 0);
    free(rises);
}

/* The default is the present day, in UTC on both databases. */
static void test_a_default(void **state)
{
    struct fixture *f = *state;
    struct actor actor = {.born = may_1};
    if (!fixture_is_sqlite())
        ok(f->s, ar_execute(f->s, "SET TIME ZONE 'Pacific/Kiritimati'"));
    time_t before = time(NULL), after;
    struct tm expected;
    ok(f->s, actor_save(f->s, &actor));
    after = time(NULL);
    gmtime_r(before / 86400 == after / 86400 ? &before : &after, &expected);
    assert_date(actor.joined, expected.tm_year + 1900, expected.tm_mon + 1, expected.tm_mday);
}

static void test_dates_that_do_not_exist(void **state)
{
    static const struct ar_date wrong[] = {{2024, 13, 1}, {2023, 2, 29}, {0, 1, 1},
                                           {-43, 3, 15},  {10000, 1, 1}, {0, 0, 0}};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct actor actor = {.born = wrong[i]}, *read;
        struct actor_query *q = actor_query(f->s);
        fails(f->s, AR_INVALID, actor_save(f->s, &actor));
        assert_error_names(f->s, "actor.born cannot be stored: it is not a date of the years 1 to 9999");
        actor_where(q, ar_eq(actor_column.born, wrong[i]));
        fails(f->s, AR_INVALID, actor_one(q, &read));
        assert_error_names(f->s, "the value for actor.born is not a date of the years 1 to 9999");
    }
    struct actor late = {.born = may_1, .rises = {24, 0, 0, 0}};
    fails(f->s, AR_INVALID, actor_save(f->s, &late));
    assert_error_names(f->s, "actor.rises cannot be stored: it is not a time of day before 24:00");
    assert_statements(f, 0);
    struct play_day *day;
    fails(f->s, AR_INVALID, play_day_find(f->s, wrong[1], &day));
}

/* A row with these values cannot be read; the message has this text. */
static void assert_unreadable(struct fixture *f, const char *born, const char *rises, const char *message)
{
    struct actor *read;
    char sql[200];
    run_sql(f, "DELETE FROM actors");
    snprintf(sql, sizeof sql, "INSERT INTO actors (id, born, rises) VALUES (1, %s, %s)", born, rises);
    run_sql(f, sql);
    fails(f->s, AR_INVALID, actor_find(f->s, 1, &read));
    assert_error_names(f->s, message);
}

static void test_stored_values_that_do_not_fit(void **state)
{
    struct fixture *f = *state;
    if (fixture_is_sqlite()) {
        assert_unreadable(f, "'2024-13-01'", "'00:00:00'",
                          "column born of table actors has a string that is not a date: expected YYYY-MM-DD");
        assert_unreadable(f, "'2024-05-01 00:00:00'", "'00:00:00'", "has a string that is not a date");
        assert_unreadable(f, "x'07e8'", "'00:00:00'", "has a value that is not a date");
        assert_unreadable(f, "'2024-05-01'", "'24:00:00'",
                          "column rises of table actors has a string that is not a time of day: expected HH:MM:SS");
        assert_unreadable(f, "'2024-05-01'", "x'07'", "has a value that is not a time of day");
    } else {
        assert_unreadable(f, "'infinity'", "'00:00:00'",
                          "column born of table actors has a value that the field cannot hold: it takes dates of the "
                          "years 1 to 9999");
        assert_unreadable(f, "'-infinity'", "'00:00:00'", "has a value that the field cannot hold");
        assert_unreadable(f, "'0044-03-15 BC'", "'00:00:00'", "has a time, or a date outside the years 1 to 9999");
        assert_unreadable(f, "'10000-01-01'", "'00:00:00'", "has a time, or a date outside the years 1 to 9999");
        assert_unreadable(f, "'2024-05-01'", "'24:00:00'",
                          "column rises of table actors has a value that the field cannot hold: it takes times of day "
                          "before 24:00");
        run_sql(f, "ALTER TABLE actors ALTER COLUMN rises TYPE time with time zone");
        assert_unreadable(f, "'2024-05-01'", "'12:00:00+01'", "has a value that is not a time of day");
    }
}

/* ---- Conditions -------------------------------------------------------------------------------------------------- */

static void assert_count(struct fixture *f, struct ar_condition condition, int64_t expected)
{
    struct show_query *q = show_query(f->s);
    int64_t count;
    show_where(q, condition);
    ok(f->s, show_count(q, &count));
    assert_int_equal(count, expected);
}

static void test_conditions(void **state)
{
    struct fixture *f = *state;
    const struct ar_date days[] = {may_3, may_2};
    const struct ar_time_of_day times[] = {midnight, three, {15, 0, 0, 1}};
    given_shows(f);
    assert_count(f, ar_eq(show_column.day, may_1), 2);
    assert_count(f, ar_ne(show_column.day, may_1), 1);
    assert_count(f, ar_lt(show_column.day, may_2), 2);
    assert_count(f, ar_ge(show_column.day, ((struct ar_date){2023, 12, 31})), 3);
    assert_count(f, ar_between(show_column.day, may_1, may_2), 3);
    assert_count(f, ar_in(show_column.day, days, 2), 1);
    assert_count(f, ar_not_in(show_column.day, days, 2), 2);
    assert_count(f, ar_in(show_column.day, days, 0), 0);
    assert_count(f, ar_eq(show_column.starts, midnight), 1);
    assert_count(f, ar_gt(show_column.starts, ((struct ar_time_of_day){14, 59, 59, 999999})), 2);
    assert_count(f, ar_in(show_column.starts, times, 3), 2);
    assert_count(f, ar_is_null(show_column.ends), 1);
    assert_count(f, ar_gt_column(show_column.ends, show_column.starts), 1);
    assert_count(f, show_has_play_day(ar_eq(play_day_column.motto, "spring")), 2);
    assert_statements(f, 14);
}

static void test_order_and_extremes(void **state)
{
    struct fixture *f = *state;
    struct show_query *q = show_query(f->s);
    struct show_list list;
    struct ar_value value;
    given_shows(f);
    show_order_by(q, ar_desc(show_column.ends));
    show_order_by(q, ar_asc(show_column.starts));
    ok(f->s, show_all(q, &list));
    assert_text(list.items[0]->title, "Faust");
    assert_text(list.items[1]->title, "Woyzeck");
    assert_false(list.items[2]->has_end);

    ok(f->s, show_max(show_query(f->s), show_column.day, &value));
    assert_int_equal(value.kind, AR_VALUE_DATE);
    assert_date(value.date, 2024, 5, 2);
    ok(f->s, show_min(show_query(f->s), show_column.starts, &value));
    assert_int_equal(value.kind, AR_VALUE_TIME_OF_DAY);
    assert_time(value.time_of_day, 0, 0, 0, 0);
}

/* The latest show of each day, from the database and then from loaded records. */
static void test_extremes_of_relations(void **state)
{
    struct fixture *f = *state;
    struct play_day *day;
    struct show_list shows;
    struct ar_value value;
    given_shows(f);
    ok(f->s, play_day_find(f->s, may_1, &day));
    reset_statements(f);
    ok(f->s, play_day_shows_aggregate(f->s, day, ar_max(show_column.starts), &value));
    assert_time(value.time_of_day, 20, 0, 0, 0);
    assert_statements(f, 1);
    ok(f->s, play_day_shows(f->s, day, &shows));
    reset_statements(f);
    ok(f->s, play_day_shows_aggregate(f->s, day, ar_min(show_column.starts), &value));
    assert_time(value.time_of_day, 15, 0, 0, 0);
    ok(f->s, play_day_shows_aggregate(f->s, day, ar_max(show_column.day), &value));
    assert_date(value.date, 2024, 5, 1);
    assert_statements(f, 0);
}

static void test_pages(void **state)
{
    struct fixture *f = *state;
    struct show_list list;
    const struct show *last = NULL;
    const char *const titles[] = {"Nathan", "Faust", "Woyzeck"};
    given_shows(f);
    for (size_t i = 0; i < 3; i++) {
        struct show_query *q = show_query(f->s);
        show_order_by(q, ar_asc(show_column.day));
        show_order_by(q, ar_desc(show_column.starts));
        show_after(q, last);
        show_limit(q, 1);
        ok(f->s, show_all(q, &list));
        assert_int_equal(list.count, 1);
        last = list.items[0];
        assert_text(last->title, titles[i]);
    }
    assert_statements(f, 3);
}

static void test_update_all(void **state)
{
    struct fixture *f = *state;
    struct show_query *q = show_query(f->s);
    struct show *show;
    int64_t changed;
    given_shows(f);
    show_where(q, ar_eq(show_column.day, may_1));
    ok(f->s, show_update_all(q, ar_set(show_column.ends, ((struct ar_time_of_day){23, 0, 0, 5})), &changed));
    assert_int_equal(changed, 2);
    ok(f->s, show_find(f->s, may_1, eight, 1, &show));
    assert_time(show->ends, 23, 0, 0, 5);
    assert_true(show->has_end);
}

/* ---- Keys and relations ------------------------------------------------------------------------------------------ */

static void test_finds_saves_and_deletes(void **state)
{
    struct fixture *f = *state;
    struct show show = {.day = may_3, .starts = {9, 30, 0, 250000}, .hall = 4, .title = "Kinder"}, *found;
    given_shows(f);
    ok(f->s, show_save(f->s, &show));
    ok(f->s, show_find(f->s, may_3, (struct ar_time_of_day){9, 30, 0, 250000}, 4, &found));
    assert_text(found->title, "Kinder");
    found->title = "Für Kinder";
    ok(f->s, show_save(f->s, found));
    ok(f->other, show_find(f->other, may_3, (struct ar_time_of_day){9, 30, 0, 250000}, 4, &found));
    assert_text(found->title, "Für Kinder");
    ok(f->other, show_delete(f->other, found));
    fails(f->s, AR_NOT_FOUND, show_reload(f->s, &show));
    fails(f->s, AR_NOT_FOUND, show_find(f->s, may_3, midnight, 4, &found));

    struct play_day unset = {.motto = "?"};
    fails(f->s, AR_INVALID, play_day_save(f->s, &unset));
    assert_error_names(f->s, "play_day.day");
}

static void test_relations(void **state)
{
    struct fixture *f = *state;
    struct play_day_query *q = play_day_query(f->s);
    struct play_day_list days, replacements;
    struct play_day *replaced;
    struct show_list shows;
    struct seat_list seats;
    static const size_t counts[] = {2, 1, 0};
    given_shows(f);
    play_day_order_by(q, ar_asc(play_day_column.day));
    play_day_with_replaced(q);
    play_day_with_replacements(q);
    show_with_seats(play_day_with_shows(q));
    ok(f->s, play_day_all(q, &days));
    assert_statements(f, 5);
    for (size_t i = 0; i < 3; i++) {
        ok(f->s, play_day_shows(f->s, days.items[i], &shows));
        assert_int_equal(shows.count, counts[i]);
        for (size_t j = 0; j < shows.count; j++) {
            ok(f->s, show_seats(f->s, shows.items[j], &seats));
            assert_int_equal(seats.count, 1);
            assert_int_equal(seats.items[0]->price, 2 * i + j);
        }
        ok(f->s, play_day_replacements(f->s, days.items[i], &replacements));
        assert_int_equal(replacements.count, i == 0 ? 1 : 0);
        ok(f->s, play_day_replaced(f->s, days.items[i], &replaced));
        assert_ptr_equal(replaced, i == 2 ? days.items[0] : NULL);
    }
    assert_statements(f, 0);

    struct seat_query *all = seat_query(f->s);
    struct show *show;
    ar_session_clear(f->s);
    all = seat_query(f->s);
    seat_order_by(all, ar_asc(seat_column.price));
    ok(f->s, seat_all(all, &seats));
    for (size_t i = 0; i < 3; i++) {
        ok(f->s, seat_show(f->s, seats.items[i], &show)); /* the first one loads all */
        assert_text(show->title, ((const char *const[]){"Faust", "Nathan", "Woyzeck"})[i]);
    }
    assert_statements(f, 2);
}

/* A join table with a column that is a date. */
static void test_a_join_table(void **state)
{
    struct fixture *f = *state;
    struct actor actor = {.born = {1950, 6, 1}, .name = "Ada"};
    struct play_day *days[2];
    struct play_day_list list;
    given_shows(f);
    add_row(f, &actor_model, &actor);
    ok(f->s, play_day_find(f->s, may_1, &days[0]));
    ok(f->s, play_day_find(f->s, may_3, &days[1]));
    ok(f->s, actor_play_days_add(f->s, &actor, days, 2, NULL));
    ar_session_clear(f->other);
    struct actor *read;
    ok(f->other, actor_find(f->other, actor.id, &read));
    ok(f->other, actor_play_days(f->other, read, &list));
    assert_int_equal(list.count, 2);
    assert_date(list.items[1]->day, 2024, 5, 3);
}

/* Deleting a day deletes its shows and their seats. */
static void test_dependents(void **state)
{
    struct fixture *f = *state;
    struct play_day *day;
    int64_t count;
    given_shows(f);
    run_sql(f, "UPDATE play_days SET replaces = NULL");
    ok(f->s, play_day_find(f->s, may_1, &day));
    ok(f->s, play_day_delete(f->s, day));
    ok(f->other, show_count(show_query(f->other), &count));
    assert_int_equal(count, 1);
    ok(f->other, seat_count(seat_query(f->other), &count));
    assert_int_equal(count, 1);
}

/* ---- Many rows --------------------------------------------------------------------------------------------------- */

/* A pseudorandom number below `limit`, the same ones in every run. */
static unsigned below(uint64_t *state, unsigned limit)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*state >> 33) % limit;
}

static struct actor random_actor(uint64_t *state, size_t i)
{
    struct actor actor = {
        .born = {(int16_t)(i + 1), (uint8_t)(below(state, 12) + 1), (uint8_t)(below(state, 28) + 1)},
        .rises = {(uint8_t)below(state, 24), (uint8_t)below(state, 60), (uint8_t)below(state, 60), 0},
    };
    if (below(state, 2) == 0)
        actor.rises.microsecond = below(state, 1000000);
    return actor;
}

/* Insert that many actors by _insert_many: with arrays, or by COPY on PostgreSQL. Then compare each with the text that
 * the database makes of it. */
static void insert_many(struct fixture *f, size_t count)
{
    struct actor *actors = calloc(count, sizeof *actors), *read;
    struct shown_actor *shown;
    uint64_t seed = 7;
    char born[24], rises[24];
    for (size_t i = 0; i < count; i++)
        actors[i] = random_actor(&seed, i);
    ok(f->s, actor_insert_many(f->s, actors, count));
    run_sql(f, fixture_is_sqlite()
                   ? "CREATE VIEW shown_actors AS SELECT id, date(born) AS born, rises FROM actors"
                   : "CREATE VIEW shown_actors AS SELECT id, CAST(born AS text) AS born,"
                     " to_char(rises, CASE WHEN extract(microseconds FROM rises) % 1000000 = 0 THEN 'HH24:MI:SS'"
                     " ELSE 'HH24:MI:SS.US' END) AS rises FROM actors");
    for (size_t i = 0; i < count; i += count / 50) {
        ok(f->other, actor_find(f->other, actors[i].id, &read));
        ok(f->other, shown_actor_find(f->other, actors[i].id, &shown));
        assert_date(read->born, actors[i].born.year, actors[i].born.month, actors[i].born.day);
        assert_time(read->rises, actors[i].rises.hour, actors[i].rises.minute, actors[i].rises.second,
                    actors[i].rises.microsecond);
        snprintf(born, sizeof born, "%04d-%02d-%02d", read->born.year, read->born.month, read->born.day);
        snprintf(rises, sizeof rises, read->rises.microsecond != 0 ? "%02d:%02d:%02d.%06u" : "%02d:%02d:%02d",
                 read->rises.hour, read->rises.minute, read->rises.second, (unsigned)read->rises.microsecond);
        assert_text(shown->born, born);
        assert_text(shown->rises, rises);
    }
    run_sql(f, "DROP VIEW shown_actors");

    /* The database orders them as the fields are compared. */
    struct actor_query *q = actor_query(f->other);
    struct actor_list list;
    actor_order_by(q, ar_asc(actor_column.rises));
    ok(f->other, actor_all(q, &list));
    for (size_t i = 1; i < list.count; i++) {
        const struct ar_time_of_day *a = &list.items[i - 1]->rises, *b = &list.items[i]->rises;
        assert_true(((a->hour * 60 + a->minute) * 60 + a->second) * INT64_C(1000000) + a->microsecond <=
                    ((b->hour * 60 + b->minute) * 60 + b->second) * INT64_C(1000000) + b->microsecond);
    }
    free(actors);
}

static void test_insert_many(void **state)
{
    insert_many(*state, 100);
}

static void test_insert_very_many(void **state)
{
    struct fixture *f = *state;
    run_sql(f, "DROP TABLE actor_days"); /* no foreign key refers to the table */
    insert_many(f, 4000);
}

static void test_upserts(void **state)
{
    struct fixture *f = *state;
    struct actor actors[] = {{.born = may_1, .name = "a"}, {.born = may_2, .name = "b"}}, *read;
    enum ar_upsert_effect effects[2];
    struct show shows[] = {{.day = may_1, .starts = three, .hall = 1, .title = "Faust II"},
                           {.day = may_3, .starts = midnight, .hall = 1, .title = "Egmont"}};
    struct show *show;
    given_shows(f);
    add_row(f, &actor_model, &(struct actor){.born = may_2, .name = "c"});
    ok(f->s, actor_upsert_many(f->s, actors, 2, &(struct ar_upsert){.by = actor_column.born.column}, effects, NULL));
    assert_int_equal(effects[0], AR_UPSERT_INSERTED);
    assert_int_equal(effects[1], AR_UPSERT_UPDATED);
    ok(f->other, actor_find(f->other, actors[1].id, &read));
    assert_text(read->name, "b");

    ok(f->s, show_upsert_many(f->s, shows, 2, &(struct ar_upsert){0}, effects, NULL));
    assert_int_equal(effects[0], AR_UPSERT_UPDATED);
    assert_int_equal(effects[1], AR_UPSERT_INSERTED);
    ok(f->other, show_find(f->other, may_1, three, 1, &show));
    assert_text(show->title, "Faust II");
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_theatre, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_a_round_trip),
        test(test_padding),
        test(test_a_default),
        test(test_dates_that_do_not_exist),
        test(test_stored_values_that_do_not_fit),
        test(test_conditions),
        test(test_order_and_extremes),
        test(test_extremes_of_relations),
        test(test_pages),
        test(test_update_all),
        test(test_finds_saves_and_deletes),
        test(test_relations),
        test(test_a_join_table),
        test(test_dependents),
        test(test_insert_many),
        test(test_insert_very_many),
        test(test_upserts),
    };
    return cmocka_run_group_tests_name("dates", tests, NULL, NULL);
}
