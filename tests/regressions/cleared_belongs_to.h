/* Children whose foreign key is a string, a UUID, a tuple or an integer. */
#ifndef REGRESSION_CLEARED_BELONGS_TO_H
#define REGRESSION_CLEARED_BELONGS_TO_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct color {
    const char *name AR_PRIMARY_KEY;
    int64_t     hue;
} AR_TABLE(colors);

struct maker {
    uint8_t id[16]  AR_UUID AR_PRIMARY_KEY;
    int64_t founded;
} AR_TABLE(makers);

struct shelf {
    int64_t room   AR_PRIMARY_KEY;
    int64_t number AR_PRIMARY_KEY;
    int64_t height;
} AR_TABLE(shelves);

struct owner {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(owners);

struct item {
    int64_t     id           AR_PRIMARY_KEY;
    const char *color_name;
    uint8_t     maker_id[16] AR_UUID;
    int64_t     room;
    int64_t     shelf_number;
    int64_t     owner_id;
} AR_TABLE(items)
  AR_BELONGS_TO(color, color_name)
  AR_BELONGS_TO(maker, maker_id)
  AR_BELONGS_TO(shelf, (room, shelf_number))
  AR_BELONGS_TO(owner, owner_id);

/* clang-format on */

#endif
