/* A model with columns whose types only PostgreSQL has. */
#ifndef FAULT_PLACES_H
#define FAULT_PLACES_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

enum place_kind { PLACE_HOUSE AR_LABEL("a house"), PLACE_PARK AR_LABEL("a park") };

struct place {
    int64_t         id      AR_PRIMARY_KEY;
    const char     *address AR_SQL_TYPE("inet") AR_NOT_NULL AR_UNIQUE;
    enum place_kind kind    AR_ENUM_TYPE(place_kind);
    const char     *details AR_JSON;
} AR_TABLE(places);

/* clang-format on */

#endif
