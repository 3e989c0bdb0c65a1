/* Rules whose messages contain values. */
#ifndef REGRESSION_SECRETS_IN_MESSAGES_H
#define REGRESSION_SECRETS_IN_MESSAGES_H

#include <armature/annotations.h>
#include <stdint.h>

enum secret_kind { SECRET_PIN, SECRET_PASSWORD };

/* clang-format off */

struct secret {
    int64_t          id      AR_PRIMARY_KEY;
    const char      *email   AR_EMAIL AR_NULLABLE;
    enum secret_kind kind    AR_ENUM_TEXT;
    const char      *content;
} AR_TABLE(secrets);

/* clang-format on */

#endif
