/* Rows that refer to one of several models, and are added to and removed from relations of them. */
#ifndef LINKS_OF_UNIONS_H
#define LINKS_OF_UNIONS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct room {
    int64_t id          AR_PRIMARY_KEY;
    int32_t plant_count;
} AR_TABLE(rooms)
  AR_HAS_MANY(plants, room_id, room)
  AR_HAS_MANY(lamps, room_id, room)
  AR_HAS_MANY(spots, place, .target = spot, .dependent = nullify)
  AR_HAS_MANY(sources, to_room_id, to_room, .target = pipe);

struct garden {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(gardens)
  AR_HAS_MANY(plants, garden_id, garden)
  AR_HAS_MANY(lamps, garden_id, garden)
  AR_HAS_MANY(spots, place, .target = spot)
  AR_HAS_MANY(sources, to_garden_id, to_garden, .target = pipe);

/* Counted, so that its rows are written one by one. */
struct plant {
    int64_t id        AR_PRIMARY_KEY;
    int64_t room_id   AR_NULLABLE;
    int64_t garden_id AR_NULLABLE;
    int32_t revision  AR_VERSION;
} AR_TABLE(plants)
  AR_BELONGS_TO(room, room_id, plants, .counter = plant_count)
  AR_BELONGS_TO(garden, garden_id, plants)
  AR_BELONGS_TO_ONE_OF(place, room, garden);

struct lamp {
    int64_t id        AR_PRIMARY_KEY;
    int64_t room_id   AR_NULLABLE;
    int64_t garden_id AR_NULLABLE;
} AR_TABLE(lamps)
  AR_BELONGS_TO(room, room_id, lamps)
  AR_BELONGS_TO(garden, garden_id, lamps)
  AR_BELONGS_TO_ONE_OF(place, room, garden);

/* Two arcs. */
struct pipe {
    int64_t id             AR_PRIMARY_KEY;
    int64_t from_room_id   AR_NULLABLE;
    int64_t from_garden_id AR_NULLABLE;
    int64_t to_room_id     AR_NULLABLE;
    int64_t to_garden_id   AR_NULLABLE;
    int32_t width          AR_RANGE(1, 9);
} AR_TABLE(pipes)
  AR_BELONGS_TO(from_room, from_room_id, .target = room)
  AR_BELONGS_TO(from_garden, from_garden_id, .target = garden)
  AR_BELONGS_TO(to_room, to_room_id, sources, .target = room)
  AR_BELONGS_TO(to_garden, to_garden_id, sources, .target = garden)
  AR_BELONGS_TO_ONE_OF(source, from_room, from_garden)
  AR_BELONGS_TO_ONE_OF(drain, to_room, to_garden);

struct maker {
    int64_t id         AR_PRIMARY_KEY;
    int32_t spot_count;
} AR_TABLE(makers)
  AR_HAS_MANY(spots, maker_id, maker);

struct spot {
    int64_t     id         AR_PRIMARY_KEY;
    const char *place_type;
    int64_t     place_id   AR_NULLABLE;
    int64_t     maker_id   AR_NULLABLE;
} AR_TABLE(spots)
  AR_BELONGS_TO_ANY(place, place_type, place_id, room, garden)
  AR_BELONGS_TO(maker, maker_id, spots, .counter = spot_count);

/* clang-format on */

#endif
