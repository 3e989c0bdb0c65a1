/* Models whose records have rules: permitted values, values filled in by the database, and versions. */
#ifndef RECORDS_ACCOUNT_H
#define RECORDS_ACCOUNT_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

/* Columns only, no rules. */
struct plan {
    int64_t     id    AR_PRIMARY_KEY;
    const char *name  AR_NOT_NULL;
    int64_t     price;
    const char *note;
} AR_TABLE(plans)
  AR_HAS_MANY(accounts, plan_id, plan);

/* A column for each validation rule. */
struct account {
    int64_t     id         AR_PRIMARY_KEY;
    const char *name       AR_LENGTH(2, 10) AR_NOT_NULL;
    const char *email      AR_EMAIL AR_UNIQUE;
    int32_t     age        AR_RANGE(0, 150);
    double      score      AR_RANGE(-1.5, 1.5);
    const char *status     AR_DEFAULT("'new'");
    int64_t     plan_id    AR_NULLABLE;
    time_t      created_at AR_CREATED_AT;
    time_t      updated_at AR_UPDATED_AT;
} AR_TABLE(accounts)
  AR_BELONGS_TO(plan, plan_id, accounts);

/* Written by several sessions; its body is edited in place. */
struct document {
    int64_t         id         AR_PRIMARY_KEY;
    const char     *title;
    char           *body;
    int32_t         revision   AR_VERSION;
    struct timespec created_at AR_CREATED_AT;
    struct timespec updated_at AR_UPDATED_AT;
} AR_TABLE(documents);

/* Defaults of every kind. The zero of a number is an explicit value, unless the column is nullable. */
struct setting {
    int64_t     id      AR_PRIMARY_KEY;
    const char *name    AR_DEFAULT("'it''s'");
    int32_t     level   AR_DEFAULT(7) AR_NULLABLE;
    int32_t     plain   AR_DEFAULT(7);
    const char *upper   AR_DEFAULT("upper('abc')");
} AR_TABLE(settings);

/* clang-format on */

#endif
