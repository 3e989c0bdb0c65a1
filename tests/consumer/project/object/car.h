#ifndef CAR_H
#define CAR_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct car {
    int64_t     id    AR_PRIMARY_KEY;
    const char *plate AR_UNIQUE;
} AR_TABLE(cars);

#endif
