#ifndef SHOP_ITEM_H
#define SHOP_ITEM_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

typedef struct {
    int64_t id    AR_PRIMARY_KEY;
    double  price AR_RANGE(0, 1000);
} AR_TABLE(items) item_t;

#endif
