/* Orders with times stored as strings, as Northwind, Django and Rails do in SQLite. */
#ifndef REGRESSIONS_DATETIME_TEXT_H
#define REGRESSIONS_DATETIME_TEXT_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct dated_order {
    int64_t         id          AR_PRIMARY_KEY;
    time_t          ordered_at  AR_STORED_AS(text);
    struct timespec shipped_at  AR_STORED_AS(text) AR_NULLABLE;
    time_t          required_on AR_STORED_AS(date) AR_NULLABLE;
    time_t          created_at  AR_STORED_AS(text) AR_CREATED_AT;
    struct timespec updated_at  AR_STORED_AS(text) AR_UPDATED_AT;
    time_t          noted_at    AR_STORED_AS(text) AR_NULLABLE AR_DEFAULT("CURRENT_TIMESTAMP");
} AR_TABLE(dated_orders);

/* The same rows as strings, from a view. */
struct raw_order {
    int64_t     id          AR_PRIMARY_KEY;
    const char *ordered_at;
    const char *shipped_at;
    const char *required_on;
    int64_t     kept_form; /* true if all times are strings of this form */
} AR_TABLE(raw_orders);

/* The same column, declared in the other form. */
struct mistaken_order {
    int64_t     id         AR_PRIMARY_KEY;
    time_t      ordered_at;
} AR_TABLE(mistaken_orders);

struct numbered_order {
    int64_t     id         AR_PRIMARY_KEY;
    time_t      ordered_at AR_STORED_AS(text);
} AR_TABLE(numbered_orders);

/* clang-format on */

#endif
