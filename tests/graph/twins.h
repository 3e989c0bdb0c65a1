/* Names that differ only in characters that a format does not have, in other scripts, or too long for their place. */
#ifndef TWINS_H
#define TWINS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

enum mood { FINE AR_LABEL("schön und über alle Maßen fröhlich"), ODD AR_LABEL("äöüäöüäöüäöüäöüäöüäöü"), RING AR_LABEL("ḁ") };

struct twin {
    int64_t id            AR_PRIMARY_KEY;
    int64_t other_id      AR_NULLABLE;
    const char *korean    AR_COLUMN("가나다 ᄀᄁ 漢字 😀");
    const char *umlauts   AR_COLUMN("äöüäöüäöüäöüäöüäöüäöüäöüäöüäöü");
    enum mood mood        AR_ENUM_TEXT;
} AR_TABLE("two words")
  AR_BELONGS_TO(other, other_id, .target = twin)
  AR_HAS_MANY(seconds, twin_id, twin)
  AR_HAS_MANY_THROUGH(overviews_of_all_äöüäöüäöüäöüäöüäöü, seconds, overview)
  AR_MANY_TO_MANY(friends, "two links", twin_id, friend_id, .target = twin)
  AR_MANY_TO_MANY(rivals, two_links, twin_id, rival_id, .target = twin);

struct second {
    int64_t id          AR_PRIMARY_KEY;
    int64_t twin_id;
    int64_t overview_id;
} AR_TABLE(seconds)
  AR_BELONGS_TO(twin, twin_id, seconds)
  AR_BELONGS_TO(former, twin_id, .target = twin)
  AR_BELONGS_TO(overview, overview_id);

struct overview {
    int64_t id          AR_PRIMARY_KEY;
    int64_t twin_id;
} AR_VIEW(overviews)
  AR_BELONGS_TO(twin, twin_id);

#endif
