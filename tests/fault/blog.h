/* The models of the fault tests: every kind of key, every kind of string, and a default that an insert reads back. */
#ifndef FAULT_BLOG_H
#define FAULT_BLOG_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct user {
    int64_t     id         AR_PRIMARY_KEY;
    const char *name       AR_NOT_NULL AR_UNIQUE;
    char       *note;
    const char *status     AR_DEFAULT("'new'");
    time_t      updated_at AR_UPDATED_AT;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, user)
  AR_HAS_ONE(latest_post, user_id, .target = post, .where = "title <> ''", .order = "id DESC")
  AR_HAS_MANY(likes, subject, .target = like)
  AR_HAS_MANY(liked, liker, .references = name, .target = like, .order = "id")
  AR_HAS_MANY_THROUGH(marks, posts, marks)
  AR_MANY_TO_MANY(readings, user_articles, user_id, article, .target = article);

struct post {
    int64_t     id      AR_PRIMARY_KEY;
    int64_t     user_id;
    const char *title;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id, posts)
  AR_HAS_MANY(marks, post_id, post, .target = mark);

struct mark {
    const char *tag     AR_PRIMARY_KEY;
    int64_t     post_id AR_PRIMARY_KEY;
    const char *comment;
} AR_TABLE(marks)
  AR_BELONGS_TO(post, post_id, marks);

struct article {
    const char *name     AR_PRIMARY_KEY;
    const char *text     AR_DEFAULT("'empty'");
    const char *shout    AR_GENERATED("upper(text)");
    int32_t     revision AR_VERSION;
} AR_TABLE(articles)
  AR_INDEX(articles_shout, shout desc)
  AR_CHECK("revision >= 0");

/* By a string that is not the primary key, and to one of two models. */
struct like {
    int64_t     id           AR_PRIMARY_KEY;
    const char *liker;
    const char *subject_type;
    int64_t     subject_id   AR_NULLABLE;
} AR_TABLE(likes)
  AR_BELONGS_TO(user, liker, liked, .references = name)
  AR_BELONGS_TO_ANY(subject, subject_type, subject_id, user, post);

enum weather { WEATHER_SUNNY, WEATHER_RAINY };

/* A field of every type with separate code, and relations of every kind by a UUID. */
struct trip {
    uint8_t         id[16]     AR_PRIMARY_KEY AR_UUID;
    enum weather    weather    AR_ENUM_TEXT;
    struct timespec started_at;
    struct ar_blob  map;
    double          length     AR_NULLABLE_BY(has_length);
    bool            has_length;
    char            code[8];
} AR_TABLE(trips)
  AR_HAS_MANY(stops, trip_id, trip)
  AR_HAS_ONE(photo, trip_id, trip)
  AR_SQL(trips_under, (enum weather weather AR_ENUM_TEXT, const uint8_t ids[][16] AR_UUID),
         "SELECT code, length, map, started_at, weather, id FROM trips WHERE weather = :weather AND id IN (:ids)")
  AR_SQL(set_codes, (const char *code, const uint8_t ids[][16] AR_UUID),
         "UPDATE trips SET code = :code WHERE id IN (:ids)");

struct stop {
    int64_t     id          AR_PRIMARY_KEY;
    uint8_t     trip_id[16] AR_UUID;
    const char *place;
} AR_TABLE(stops)
  AR_BELONGS_TO(trip, trip_id, stops);

struct photo {
    int64_t     id          AR_PRIMARY_KEY;
    uint8_t     trip_id[16] AR_UUID;
    const char *file;
} AR_TABLE(photos)
  AR_BELONGS_TO(trip, trip_id, photo);

/* Results of statements, with parameters of every kind: plain, strings, and lists. */
struct place_count {
    const char *place;
    int64_t     stops;
    int64_t     latest AR_NULLABLE;
} AR_ROW
  AR_SQL(count_places, (const char *const places[], const uint8_t trips[][16] AR_UUID, const char *other AR_NULLABLE),
         "SELECT place, count(*) AS stops, max(id) AS latest FROM stops"
         " WHERE place IN (:places) AND trip_id IN (:trips) OR place = :other GROUP BY place ORDER BY place")
  AR_SQL(count_place, (const char *place, const int32_t not_ids[]),
         "SELECT max(id) AS latest, max(place) AS place, count(*) AS stops FROM stops"
         " WHERE place = :place AND id NOT IN (:not_ids)",
         .one = true);

/* clang-format on */

#endif
