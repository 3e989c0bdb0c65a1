/* Films with a rating, whose labels are not C identifiers, and a mood that is stored by label on both databases. */
#ifndef FILMS_H
#define FILMS_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>

enum rating { RATING_R AR_LABEL("R"), RATING_G AR_LABEL("G"), RATING_PG_13 AR_LABEL("PG-13") = 7, RATING_NC_17 };
enum mood { MOOD_HAPPY AR_LABEL("très heureux"), MOOD_SAD AR_LABEL("it's \"sad\""), MOOD_PLAIN };

/* clang-format off */

struct film {
    int64_t     id      AR_PRIMARY_KEY;
    const char *title;
    enum rating rating  AR_ENUM_TYPE(mpaa_rating) AR_DEFAULT("'G'") AR_NULLABLE;
    enum rating second  AR_ENUM_TYPE(mpaa_rating) AR_NULLABLE_BY(has_second);
    bool        has_second;
    enum mood   mood    AR_ENUM_TEXT;
} AR_TABLE(films);

struct rule {
    int64_t     id      AR_PRIMARY_KEY;
    enum rating rating  AR_ENUM_TYPE(mpaa_rating) AR_UNIQUE;
    int64_t     age;
} AR_TABLE(rules);

/* clang-format on */

#endif
