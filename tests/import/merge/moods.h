#ifndef MOODS_H
#define MOODS_H
/* clang-format off */
#include <armature/annotations.h>
#include <stdint.h>

/* Functions that have names of others, or of their new ones. */
int words_count(void);
int lines_count(void);
int lines_row_count(void);

typedef enum { SAD AR_LABEL("sad"), HAPPY AR_LABEL("happy") } feeling_t;

/* Who is it? */
struct person {
    int64_t id AR_PRIMARY_KEY;
    feeling_t mood AR_ENUM_TYPE(mood);
} AR_TABLE(people);

/* clang-format on */
#endif /* MOODS_H */
