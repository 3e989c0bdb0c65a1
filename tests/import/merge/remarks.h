#ifndef REMARKS_H
#define REMARKS_H
/* clang-format off */
#include <armature/annotations.h>
#include <stdint.h>

typedef enum { SAD AR_LABEL("sad"), HAPPY AR_LABEL("happy") } feeling_t;

/*
  Who is it?
  A person.
*/
struct person {
    int64_t id AR_PRIMARY_KEY;
    feeling_t mood AR_ENUM_TYPE(mood);
} AR_TABLE(people) AR_CHECK("id <> 7 OR (id > 0)" /* in C ) */
    // and a line )
    , .name = odd);

/* clang-format on */
#endif
