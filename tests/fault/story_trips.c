/* Steps of the story with UUID keys and rarer field types: insert in bulk, find by every kind of condition, load with
 * each plan and with a cache policy, delete by a query. */
#include "story.h"

#include "fault.h"

#include <string.h>

enum { TRIPS = 3, STOPS = 4 };

#define RETURN_IF_FAILED(status)                                                                                       \
    do {                                                                                                               \
        if ((status) != AR_OK)                                                                                         \
            return (status);                                                                                           \
    } while (0)

static struct trip trip_of(size_t number)
{
    static const unsigned char map[] = {1, 2, 3};
    struct trip trip = {
        .weather = number == 0 ? WEATHER_SUNNY : WEATHER_RAINY,
        .started_at = {.tv_sec = 1000 * (time_t)(number + 1)},
        .map = {map, sizeof map},
        .length = 1.5,
        .has_length = number > 0,
        .code = "trip",
    };

    trip.id[0] = (uint8_t)(number + 1);
    return trip;
}

/* Even if the step is repeated, each trip exists once. */
static enum ar_status insert_trips(struct story *story)
{
    struct trip trips[TRIPS];
    struct stop stops[TRIPS * STOPS];

    for (size_t i = 0; i < TRIPS; i++)
        trips[i] = trip_of(i);
    for (size_t i = 0; i < TRIPS * STOPS; i++) {
        stops[i] = (struct stop){.place = i % 2 == 0 ? "river" : "hill"};
        memcpy(stops[i].trip_id, trips[i / STOPS].id, sizeof stops[i].trip_id);
    }
    enum ar_status status = ar_begin(story->s);
    RETURN_IF_FAILED(status);
    status = trip_insert_many(story->s, trips, TRIPS);
    if (status == AR_OK)
        status = stop_insert_many(story->s, stops, TRIPS * STOPS);
    for (size_t i = 0; i < TRIPS && status == AR_OK; i++) {
        struct photo photo = {.file = "photo.jpg"};
        memcpy(photo.trip_id, trips[i].id, sizeof photo.trip_id);
        status = photo_insert(story->s, &photo);
    }
    return story_end_transaction(story, status);
}

static struct trip_query *trips_by_id(struct story *story)
{
    struct trip_query *q = trip_query(story->s);
    trip_order_by(q, ar_asc(trip_column.id));
    return q;
}

/* Load with a limit per trip, and a relation to one row. */
static enum ar_status load_trips(struct story *story)
{
    ar_session_clear(story->s);
    struct trip_query *q = trips_by_id(story);
    struct stop_query *stops = trip_with_stops(q);
    stop_order_by(stops, ar_desc(stop_column.place));
    stop_limit(stops, 2);
    trip_with_photo(q);
    struct trip_list trips;
    struct stop_list found;
    struct photo *photo;
    enum ar_status status = trip_all(q, &trips);
    RETURN_IF_FAILED(status);
    assert_int_equal(trips.count, TRIPS);
    assert_int_equal(trips.items[1]->weather, WEATHER_RAINY);
    assert_int_equal(trips.items[0]->map.size, 3);
    status = trip_stops(story->s, trips.items[2], &found);
    RETURN_IF_FAILED(status);
    assert_int_equal(found.count, 2);
    assert_string_equal(found.items[1]->place, "river");
    status = trip_photo(story->s, trips.items[1], &photo);
    RETURN_IF_FAILED(status);
    assert_string_equal(photo->file, "photo.jpg");
    return AR_OK;
}

static enum ar_status load_in_one_trip(struct story *story)
{
    struct user_query *q = user_query(story->s);
    user_where(q, ar_starts_with(user_column.name, "a"));
    post_with_marks(user_with_posts(q));
    ar_query_plan(q, AR_PLAN_ONE_TRIP);
    const char *plan;
    struct user_list users;
    enum ar_status status = ar_explain(q, &plan);
    RETURN_IF_FAILED(status);
    assert_non_null(plan);
    status = user_all(q, &users);
    RETURN_IF_FAILED(status);
    assert_int_equal(users.count, 1);
    return AR_OK;
}

static enum ar_status find_trips(struct story *story)
{
    static const char *const places[] = {"hill", "cave", NULL};
    struct trip second = trip_of(1);
    struct stop_query *q = trip_stops_query(story->s, &second);
    stop_where(q, ar_or(ar_in(stop_column.place, places, 3), ar_ends_with(stop_column.place, "\\")));
    stop_limit(q, 10);
    int64_t count;
    struct trip *trip;
    struct ar_value latest;
    enum ar_status status = stop_count(q, &count);
    RETURN_IF_FAILED(status);
    assert_int_equal(count, 2);
    struct trip_query *rainy = trip_query(story->s);
    trip_where(rainy, ar_eq(trip_column.weather, weather_name(WEATHER_RAINY)));
    trip_where(rainy, ar_between(trip_column.length, 1.0, 2.0));
    trip_where(rainy, ar_ne(trip_column.id, second.id));
    status = trip_one(rainy, &trip);
    RETURN_IF_FAILED(status);
    assert_int_equal(trip->id[0], 3);
    status = trip_max(trip_query(story->s), trip_column.started_at, &latest);
    RETURN_IF_FAILED(status);
    assert_int_equal(latest.time.seconds, 3000);
    return AR_OK;
}

/* The policy limits the lifetime of entries, and their number to two. */
static enum ar_status load_under_policy(struct story *story)
{
    const struct ar_session_options options = {.cache_ttl = 300, .cache_max_size = 2};
    struct stop_list stops;
    struct trip *trip = NULL;
    ar_session_close(story->s);
    enum ar_status status = ar_session_open(story->db, &options, &story->s);
    RETURN_IF_FAILED(status);
    struct stop_query *q = stop_query(story->s);
    stop_order_by(q, ar_asc(stop_column.id));
    status = stop_all(q, &stops);
    for (size_t i = 0; i < stops.count && status == AR_OK; i++)
        status = stop_trip(story->s, stops.items[i], &trip);
    RETURN_IF_FAILED(status);
    assert_int_equal(trip->id[0], TRIPS);
    stop_trip_clear_cache(story->s, stops.items[0]);
    return stop_trip(story->s, stops.items[0], &trip);
}

/* A change in a transaction is visible in another record of the row, and is undone with the transaction. */
static enum ar_status change_trip_and_roll_back(struct story *story)
{
    struct trip first = trip_of(0);
    struct trip *trip;
    enum ar_status status = trip_find(story->s, first.id, &trip);
    RETURN_IF_FAILED(status);
    status = ar_begin(story->s);
    RETURN_IF_FAILED(status);
    trip->map = (struct ar_blob){"new", 3};
    trip->has_length = true;
    status = trip_save(story->s, trip);
    if (status == AR_OK)
        status = trip_reload(story->s, trip);
    if (status != AR_OK)
        fault_disarm(); /* the rollback must succeed */
    enum ar_status ended = ar_rollback(story->s);
    if (status != AR_OK && ended != AR_OK)
        fail_msg("the rollback failed: %s", ar_session_error(story->s)->message);
    if (status != AR_OK || ended != AR_OK)
        trip->map = (struct ar_blob){NULL, 0}; /* if not saved, it is still the caller's change */
    if (status == AR_OK)
        status = ended;
    return status != AR_OK ? status : trip_reload(story->s, trip);
}

static enum ar_status delete_stops(struct story *story)
{
    struct trip first = trip_of(0);
    struct stop_query *q = trip_stops_query(story->s, &first);
    int64_t deleted;
    stop_order_by(q, ar_asc(stop_column.id));
    stop_limit(q, STOPS / 2);
    stop_offset(q, STOPS / 2);
    return stop_delete_all(q, &deleted);
}

const struct step story_trip_steps[] = {
    {"insert trips", insert_trips},
    {"load trips", load_trips},
    {"load in one trip", load_in_one_trip},
    {"find trips", find_trips},
    {"load under a policy", load_under_policy},
    {"change a trip and roll back", change_trip_and_roll_back},
    {"delete stops", delete_stops},
};
const size_t story_trip_step_count = sizeof story_trip_steps / sizeof story_trip_steps[0];
