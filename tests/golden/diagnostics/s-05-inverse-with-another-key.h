/* S-05: an inverse with a different foreign key. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *username;
} AR_TABLE(users)
  AR_HAS_MANY(posts, user_id, editor);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
    int64_t editor_id;
} AR_TABLE(posts)
  AR_BELONGS_TO(user, user_id)
  AR_BELONGS_TO(editor, editor_id, posts, .target = user);

struct region {
    int64_t country AR_PRIMARY_KEY;
    int64_t number AR_PRIMARY_KEY;
    int64_t code AR_UNIQUE;
} AR_TABLE(regions)
  AR_HAS_MANY(cities, (country, region_number), region_by_code, .target = city)
  AR_HAS_MANY(towns, country, broken, .target = city, .references = code)
  AR_HAS_MANY(villages, country, faulty, .target = city, .references = code)
  AR_HAS_MANY(twice, country, region_by_code, .target = city, .references = code)
  AR_HAS_MANY(lost, nowhere, lost, .target = city, .references = code)
  AR_HAS_MANY(places, country, region, .target = city)
  AR_HAS_MANY(shorts, country, short_region, .target = city, .references = code);

struct city {
    int64_t id AR_PRIMARY_KEY;
    int64_t country;
    int64_t region_number;
} AR_TABLE(cities)
  AR_BELONGS_TO(region, (country, region_number))
  AR_BELONGS_TO(region_by_code, country, .target = region, .references = code)
  AR_BELONGS_TO(broken, country, .target = regoin)
  AR_BELONGS_TO(short_region, country, .target = region)
  AR_BELONGS_TO(faulty, 5)
  AR_BELONGS_TO(lost, nowhere, lost, .target = region, .references = code);
