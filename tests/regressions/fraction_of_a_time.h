/* Pages with the time of their last change in whole seconds. */
#ifndef REGRESSION_FRACTION_OF_A_TIME_H
#define REGRESSION_FRACTION_OF_A_TIME_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct page {
    int64_t     id         AR_PRIMARY_KEY;
    const char *title;
    time_t      updated_at AR_UPDATED_AT;
} AR_TABLE(pages);

/* clang-format on */

#endif
