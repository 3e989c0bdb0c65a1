#ifndef MOODS_H
#define MOODS_H
/* clang-format off */
#include <armature/annotations.h>
#include <stdint.h>

typedef enum { SAD AR_LABEL("sad"), HAPPY AR_LABEL("happy") } feeling_t;

/* Who is it? */
struct person {
    int64_t id AR_PRIMARY_KEY;
    feeling_t mood AR_ENUM_TYPE(mood);
} AR_TABLE(people);

/* clang-format on */
#endif /* MOODS_H */
