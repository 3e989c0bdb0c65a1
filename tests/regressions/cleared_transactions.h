/* Pages in folders, which a session reads after a clear. */
#ifndef REGRESSION_CLEARED_TRANSACTIONS_H
#define REGRESSION_CLEARED_TRANSACTIONS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct folder {
    int64_t     id    AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(folders)
  AR_HAS_MANY(pages, folder_id, folder);

struct page {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     folder_id;
    const char *title;
} AR_TABLE(pages)
  AR_BELONGS_TO(folder, folder_id, pages);

/* clang-format on */

#endif
