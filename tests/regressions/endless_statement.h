/* A table to read from while a statement is too slow. */
#ifndef REGRESSION_ENDLESS_STATEMENT_H
#define REGRESSION_ENDLESS_STATEMENT_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct page {
    int64_t     id    AR_PRIMARY_KEY;
    const char *title;
} AR_TABLE(pages);

/* clang-format on */

#endif
