/* Rows of several tenants. */
#ifndef REGRESSION_LEAKED_SETTINGS_H
#define REGRESSION_LEAKED_SETTINGS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct invoice {
    int64_t     id     AR_PRIMARY_KEY;
    const char *tenant;
} AR_TABLE(invoices);

/* clang-format on */

#endif
