/* Articles with a full-text index. */
#ifndef REGRESSIONS_SEARCH_TRIGGERS_H
#define REGRESSIONS_SEARCH_TRIGGERS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct article {
    int64_t     id    AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
} AR_TABLE(articles);

/* clang-format on */

#endif
