/* Tables to read while another statement is slow. */
#ifndef REGRESSION_ENDLESS_STATEMENT_H
#define REGRESSION_ENDLESS_STATEMENT_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct page {
    int64_t     id    AR_PRIMARY_KEY;
    const char *title;
} AR_TABLE(pages)
  AR_HAS_MANY(notes, page_id, page);

struct note {
    int64_t     id      AR_PRIMARY_KEY;
    int64_t     page_id;
    const char *text;
} AR_TABLE(notes)
  AR_BELONGS_TO(page, page_id, notes);

/* clang-format on */

#endif
