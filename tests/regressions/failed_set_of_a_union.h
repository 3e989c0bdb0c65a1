/* Rows of one of several models, by foreign keys that hold less than the keys. */
#ifndef FAILED_SET_OF_A_UNION_H
#define FAILED_SET_OF_A_UNION_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct lake {
    const char *code AR_PRIMARY_KEY;
} AR_TABLE(lakes);

struct peak {
    const char *code AR_PRIMARY_KEY;
} AR_TABLE(peaks);

struct photo {
    int64_t     id         AR_PRIMARY_KEY;
    const char *place_type;
    char        place_code[4];
} AR_TABLE(photos)
  AR_BELONGS_TO_ANY(place, place_type, place_code, lake, peak);

struct hut {
    int64_t country AR_PRIMARY_KEY;
    int64_t number  AR_PRIMARY_KEY;
} AR_TABLE(huts);

struct camp {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(camps);

struct night {
    int64_t id          AR_PRIMARY_KEY;
    int64_t hut_country AR_NULLABLE;
    int16_t hut_number  AR_NULLABLE;
    int64_t camp_id     AR_NULLABLE;
} AR_TABLE(nights)
  AR_BELONGS_TO(hut, (hut_country, hut_number))
  AR_BELONGS_TO(camp, camp_id)
  AR_BELONGS_TO_ONE_OF(stay, hut, camp);

/* clang-format on */

#endif
