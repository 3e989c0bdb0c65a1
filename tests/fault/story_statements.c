/* Steps of the story with user SQL: rows and records, lists of strings and UUIDs, eager loads of relations, writes,
 * plans, and SQL that is only known at run time. */
#include "story.h"

#include <string.h>

#define RETURN_IF_FAILED(status)                                                                                       \
    do {                                                                                                               \
        if ((status) != AR_OK)                                                                                         \
            return (status);                                                                                           \
    } while (0)

static const uint8_t trips[2][16] = {{2}, {3}};

static enum ar_status read_rows(struct story *story)
{
    static const char *const places[] = {"hill", "{\"'\\", "river"};
    static const int32_t ids[] = {1000, 2000};
    struct place_count_list list;
    struct place_count *one;
    enum ar_status status = count_places(story->s, places, 3, trips, 2, NULL, &list);
    if (status != AR_OK)
        assert_int_equal(list.count, 0);
    RETURN_IF_FAILED(status);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[0]->place, "hill");
    assert_int_equal(list.items[0]->stops, 4);
    status = count_place(story->s, "hill", ids, 2, &one);
    if (status != AR_OK)
        assert_null(one);
    RETURN_IF_FAILED(status);
    assert_true(one->stops >= 4);
    return AR_OK;
}

static enum ar_status read_records(struct story *story)
{
    struct trip_list list;
    struct stop_list stops;
    ar_session_clear(story->s);
    enum ar_status status = trips_under(story->s, WEATHER_RAINY, trips, 2, &list);
    RETURN_IF_FAILED(status);
    assert_int_equal(list.count, 2);
    status = trip_stops(story->s, list.items[0], &stops);
    RETURN_IF_FAILED(status);
    assert_int_equal(stops.count, 4);

    ar_session_clear(story->s);
    struct trip_query *q = trips_under_query(story->s, WEATHER_RAINY, trips, 2);
    trip_with_photo(q);
    stop_where(trip_with_stops(q), ar_eq(stop_column.place, "hill"));
    status = trip_all(q, &list);
    if (status != AR_OK)
        assert_int_equal(list.count, 0);
    RETURN_IF_FAILED(status);
    assert_int_equal(list.count, 2);
    return trip_stops(story->s, list.items[1], &stops);
}

/* Repeating it changes nothing more. */
static enum ar_status write_rows(struct story *story)
{
    struct trip *trip;
    int64_t changed;
    enum ar_status status = trip_find(story->s, trips[0], &trip);
    RETURN_IF_FAILED(status);
    status = set_codes(story->s, "new", trips, 1, &changed);
    RETURN_IF_FAILED(status);
    assert_int_equal(changed, 1);
    status = trip_reload(story->s, trip);
    RETURN_IF_FAILED(status);
    assert_string_equal(trip->code, "new");
    return AR_OK;
}

static enum ar_status explain(struct story *story)
{
    const char *plan;
    enum ar_status status = trips_under_explain(story->s, WEATHER_SUNNY, trips, 2, &plan);
    if (status != AR_OK)
        assert_null(plan);
    RETURN_IF_FAILED(status);
    assert_non_null(strstr(plan, "trips_under"));
    return AR_OK;
}

/* The same text, for rows, for records, with other kinds of values, and without reading the rows. */
static enum ar_status run_dynamic(struct story *story)
{
    static const char sql[] = "SELECT stops.*, 1 AS stops, 2 AS latest FROM stops WHERE place = $1 AND id < $2";
    const struct ar_value values[] = {ar_value_text("hill"), ar_value_integer(1000)},
                          others[] = {ar_value_text("hill"), ar_value_real(1000.5)}, id = ar_value_uuid(trips[0]);
    struct ar_list list;
    enum ar_status status = ar_sql_all(story->s, &place_count_row, sql, values, 2, &list);
    RETURN_IF_FAILED(status);
    assert_true(list.count >= 4);
    status = ar_sql_all(story->s, &stop_model, sql, others, 2, &list);
    if (status != AR_OK)
        assert_int_equal(list.count, 0);
    RETURN_IF_FAILED(status);
    assert_true(list.count >= 4);
    status = ar_execute_with(story->s, sql, values, 2, NULL);
    RETURN_IF_FAILED(status);
    return ar_execute_with(story->s, "UPDATE trips SET code = 'trip' WHERE id = $1", &id, 1, NULL);
}

const struct step story_statement_steps[] = {
    {"read rows of statements", read_rows}, {"read records of statements", read_records},
    {"write by statements", write_rows},    {"explain a statement", explain},
    {"run dynamic SQL", run_dynamic},
};
const size_t story_statement_step_count = sizeof story_statement_steps / sizeof story_statement_steps[0];
