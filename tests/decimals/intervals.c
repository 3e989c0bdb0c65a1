/* Intervals in microseconds: round trips, the server's own text, conditions, arithmetic and aggregates. */
#include "shop.ar.h"
#include "support.h"

static const int64_t second = 1000000, hour = 3600 * INT64_C(1000000), day = 24 * 3600 * INT64_C(1000000);

static int open_tracks(void **state)
{
    return fixture_open(state, &album_model, &track_model);
}

/* Return an album with tracks of these durations. */
static struct album *add_album(struct fixture *f, size_t count, const int64_t *durations)
{
    struct album album = {.name = "first"}, *found;
    add_row(f, &album_model, &album);
    for (size_t i = 0; i < count; i++)
        add_row(f, &track_model,
                &(struct track){
                    .album_id = album.id, .has_duration = true, .duration = durations[i], .fade = durations[i]});
    ok(f->s, album_find(f->s, album.id, &found));
    reset_statements(f);
    return found;
}

static struct track_query *where(struct fixture *f, struct ar_condition condition)
{
    struct track_query *q = track_query(f->s);
    track_where(q, condition);
    track_order_by(q, ar_asc(track_column.duration));
    return q;
}

static void assert_count(struct fixture *f, struct track_query *q, int64_t expected)
{
    int64_t count;
    ok(f->s, track_count(q, &count));
    assert_int_equal(count, expected);
}

static void test_round_trips(void **state)
{
    enum { COUNT = 8 };
    static const int64_t durations[COUNT] = {
        0, 1, -1, 999999, INT64_MAX, INT64_MIN, INT64_C(86400000001), -12345678901234};
    struct fixture *f = *state;
    struct album *album = add_album(f, 0, NULL);
    struct track tracks[COUNT] = {{.id = 0}};
    struct track_list list;
    for (size_t i = 0; i < COUNT; i++)
        tracks[i] =
            (struct track){.album_id = album->id, .has_duration = true, .duration = durations[i], .fade = durations[i]};
    ok(f->s, track_insert_many(f->s, tracks, COUNT));
    struct track_query *q = track_query(f->other);
    track_order_by(q, ar_asc(track_column.id));
    ok(f->other, track_all(q, &list));
    for (size_t i = 0; i < COUNT; i++) {
        assert_true(list.items[i]->duration == durations[i]);
        assert_true(list.items[i]->fade == durations[i]);
        ok(f->s, track_count(where(f, ar_eq(track_column.duration, durations[i])), &(int64_t){0}));
    }
}

static void test_default_and_null(void **state)
{
    struct fixture *f = *state;
    struct album *album = add_album(f, 0, NULL);
    struct track track = {.album_id = album->id}, *read;
    ok(f->s, track_insert(f->s, &track));
    ok(f->other, track_find(f->other, track.id, &read));
    assert_true(read->has_duration && read->duration == 180 * second);
    run_sql(f, "UPDATE tracks SET duration = NULL");
    ar_session_clear(f->other);
    ok(f->other, track_find(f->other, track.id, &read));
    assert_false(read->has_duration);
}

/* Values that the server itself reads, with days, which have 24 hours; and those with months, which have no length. */
static void test_texts_of_the_server(void **state)
{
    static const struct {
        const char *sql;
        int64_t duration;
    } cases[] = {
        {"UPDATE tracks SET duration = '1 day 02:03:04.000005'", 93784000005},
        {"UPDATE tracks SET duration = '-3 days +00:00:01'", -259199000000},
        {"UPDATE tracks SET duration = '100000000 hours'", INT64_C(360000000000000000)},
        {"UPDATE tracks SET duration = '2 weeks'", 14 * INT64_C(86400000000)},
    };
    static const char *const refused[] = {"UPDATE tracks SET duration = '1 month'",
                                          "UPDATE tracks SET duration = '-1 year 3 days'",
                                          "UPDATE tracks SET duration = '106751992 days'"};
    struct fixture *f = *state;
    struct track track = {.album_id = add_album(f, 0, NULL)->id}, *read;
    if (fixture_is_sqlite())
        return;
    add_row(f, &track_model, &track);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        run_sql(f, cases[i].sql);
        ar_session_clear(f->s);
        ok(f->s, track_find(f->s, track.id, &read));
        assert_true(read->duration == cases[i].duration);
        assert_count(f, where(f, ar_eq(track_column.duration, cases[i].duration)), 1);
    }
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        run_sql(f, refused[i]);
        ar_session_clear(f->s);
        fails(f->s, AR_INVALID, track_find(f->s, track.id, &read));
        assert_error_names(
            f->s, "duration of table tracks has a value that the field cannot hold: it takes intervals without");
    }
}

static void test_columns_of_other_types(void **state)
{
    struct fixture *f = *state;
    struct track track = {.album_id = add_album(f, 0, NULL)->id, .has_duration = true, .duration = 5}, *read;
    add_row(f, &track_model, &track);
    ok(f->s, ar_execute(f->s, "CREATE TABLE other_tracks AS SELECT id, album_id, fade, 1.5 AS duration FROM tracks"));
    ok(f->s, ar_execute(f->s, "DROP TABLE tracks"));
    ok(f->s, ar_execute(f->s, "ALTER TABLE other_tracks RENAME TO tracks"));
    fails(f->s, AR_INVALID, track_find(f->s, track.id, &read));
    assert_error_names(f->s, "duration of table tracks has a value that is not an interval");
}

static void test_conditions_and_arithmetic(void **state)
{
    const int64_t durations[] = {2 * day, second, hour, -second}, wanted[] = {hour, 2 * day, 7};
    struct fixture *f = *state;
    struct track_list list;
    (void)add_album(f, 4, durations);
    assert_count(f, where(f, ar_gt(track_column.duration, 24 * hour)), 1);
    assert_count(f, where(f, ar_le(track_column.duration, hour)), 3);
    assert_count(f, where(f, ar_in(track_column.duration, wanted, 3)), 2);
    ok(f->s, track_all(where(f, ar_not_in(track_column.duration, wanted, 3)), &list));
    assert_int_equal(list.count, 2);
    assert_true(list.items[0]->duration == -second && list.items[1]->duration == second);

    ok(f->s, track_update_all(where(f, ar_eq(track_column.duration, hour)),
                              ar_sets(ar_add(track_column.duration, day), ar_multiply(track_column.fade, 3)), NULL));
    ok(f->s, track_all(where(f, ar_eq(track_column.duration, 25 * hour)), &list));
    assert_int_equal(list.count, 1);
    assert_true(list.items[0]->fade == 3 * hour);
    fails(f->s, AR_MISUSE, track_all(where(f, ar_lt_column(track_column.id, track_column.duration)), &list));
    assert_error_names(f->s, "different units");
    ok(f->s, track_all(where(f, ar_gt_column(track_column.duration, track_column.fade)), &list));
    assert_int_equal(list.count, 1);
}

static void assert_aggregates(struct fixture *f, struct ar_value sum, struct ar_value average, struct ar_value least,
                              struct ar_value greatest)
{
    (void)f;
    assert_int_equal(sum.kind, AR_VALUE_INTEGER);
    assert_true(sum.integer == 26 * hour + 5);
    assert_int_equal(average.kind, AR_VALUE_REAL);
    assert_true(average.real == 31200000002.0); /* 31200000001.67, rounded */
    assert_int_equal(least.kind, AR_VALUE_INTEGER);
    assert_true(least.integer == 2 * hour);
    assert_true(greatest.kind == AR_VALUE_INTEGER && greatest.integer == day);
}

/* Of a query, of a relation by a statement, and of a relation that is loaded. */
static void test_aggregates(void **state)
{
    const int64_t durations[] = {day, 2 * hour + 5, 2 * hour};
    struct fixture *f = *state;
    struct ar_value sum, average, least, greatest;
    struct track_list list;
    struct album *album = add_album(f, 3, durations);
    run_sql(f, "UPDATE tracks SET duration = duration, fade = NULL");
    run_sql(f, fixture_is_sqlite() ? "UPDATE tracks SET duration = 0 WHERE duration = 7200000005"
                                   : "UPDATE tracks SET duration = '0' WHERE duration = '02:00:00.000005'");
    run_sql(f, fixture_is_sqlite() ? "UPDATE tracks SET duration = 7200000000 - 7199999995 WHERE duration = 0"
                                   : "UPDATE tracks SET duration = '0.000005 s' WHERE duration = '0'");
    ok(f->s, track_sum(track_query(f->s), track_column.duration, &sum));
    ok(f->s, track_avg(track_query(f->s), track_column.duration, &average));
    ok(f->s, track_min(where(f, ar_gt(track_column.duration, 5)), track_column.duration, &least));
    ok(f->s, track_max(track_query(f->s), track_column.duration, &greatest));
    assert_aggregates(f, sum, average, least, greatest);
    ok(f->s, album_tracks_aggregate(f->s, album, ar_sum(track_column.duration), &sum));
    ok(f->s, album_tracks_aggregate(f->s, album, ar_avg(track_column.duration), &average));
    assert_aggregates(f, sum, average, least, greatest);
    const int64_t id = album->id;
    ar_session_clear(f->s);
    ok(f->s, album_find(f->s, id, &album));
    ok(f->s, album_tracks(f->s, album, &list));
    reset_statements(f);
    ok(f->s, album_tracks_aggregate(f->s, album, ar_sum(track_column.duration), &sum));
    ok(f->s, album_tracks_aggregate(f->s, album, ar_avg(track_column.duration), &average));
    assert_statements(f, 0);
    assert_aggregates(f, sum, average, least, greatest);
}

/* An average of a relation that is loaded is rounded as those of the database are, whatever its sign. */
static void test_averages(void **state)
{
    static const struct {
        int64_t durations[4];
        int64_t average;
    } cases[] = {
        {{5, 6, 6, 6}, 6},
        {{-5, -6, -6, -6}, -6},
        {{-5, -5, -5, -6}, -5},
        {{1, 1, 1, 0}, 1},
        {{-1, 0, 0, 0}, 0},
        {{1, -1, 5, -5}, 0},
        {{7200000001, 7200000001, 7200000001, 7200000003}, 7200000002},
        {{-1, -2, -1, -2}, -2},
        {{1, 2, 1, 2}, 2},
        {{-7, -7, -8, -8}, -8},
        {{7000000000000000, 7000000000000000, 7000000000000000, 7000000000000000}, 7000000000000000},
        {{-7000000000000000, -7000000000000000, -7000000000000000, -7000000000000000}, -7000000000000000},
    };
    struct fixture *f = *state;
    struct ar_value average;
    struct track_list list;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct album *album = add_album(f, 4, cases[i].durations);
        const int64_t id = album->id;
        ok(f->s, album_tracks_aggregate(f->s, album, ar_avg(track_column.duration), &average));
        assert_true(average.real == (double)cases[i].average);
        ar_session_clear(f->s);
        ok(f->s, album_find(f->s, id, &album));
        ok(f->s, album_tracks(f->s, album, &list));
        reset_statements(f);
        ok(f->s, album_tracks_aggregate(f->s, album, ar_avg(track_column.duration), &average));
        assert_true(average.real == (double)cases[i].average);
        assert_statements(f, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_tracks, fixture_close)
        TEST(test_round_trips),
        TEST(test_default_and_null),
        TEST(test_texts_of_the_server),
        TEST(test_columns_of_other_types),
        TEST(test_conditions_and_arithmetic),
        TEST(test_aggregates),
        TEST(test_averages),
#undef TEST
    };

    return cmocka_run_group_tests_name("intervals", tests, NULL, NULL);
}
