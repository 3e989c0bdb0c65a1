#ifndef MOODS_H
#define MOODS_H
#include <armature/annotations.h>
#include <stdint.h>
/* clang-format off */

typedef enum { SAD AR_LABEL("sad"), HAPPY AR_LABEL("happy") } feeling_t;

/* Who is it? */
struct person {
    int64_t id AR_PRIMARY_KEY;
    feeling_t mood AR_ENUM_TYPE(mood);
} AR_TABLE(people);

/* clang-format on */
#endif /* MOODS_H */
