/* Accounts between which a transaction moves an amount. */
#ifndef REGRESSION_CHANGED_TWICE_H
#define REGRESSION_CHANGED_TWICE_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct account {
    int64_t id      AR_PRIMARY_KEY;
    int64_t balance;
    char   *note;
} AR_TABLE(accounts);

/* clang-format on */

#endif
