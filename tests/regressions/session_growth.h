/* A row that is read and written repeatedly, with a string that fills a whole block of memory. */
#ifndef REGRESSION_SESSION_GROWTH_H
#define REGRESSION_SESSION_GROWTH_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct page {
    int64_t     id    AR_PRIMARY_KEY;
    const char *text;
    int64_t     views;
} AR_TABLE(pages);

/* clang-format on */

#endif
