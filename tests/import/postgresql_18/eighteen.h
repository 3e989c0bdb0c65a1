/* The tables of the database eighteen, imported by armature. */
#ifndef EIGHTEEN_H
#define EIGHTEEN_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct account {
    uint8_t     id[16]     AR_UUID AR_PRIMARY_KEY AR_DEFAULT("uuidv7()");
    uint8_t     token[16]  AR_UUID AR_DEFAULT("uuidv7()");
    const char *email      AR_NOT_NULL;
    const char *nick;
    int32_t     age        AR_NULLABLE_BY(has_age);
    bool        has_age;
    const char *first_name AR_NOT_NULL;
    const char *last_name  AR_NOT_NULL;
    /* in the database, it is VIRTUAL: it is computed whenever it is read */
    const char *name       AR_GENERATED("(first_name || ' '::text) || last_name");
    const char *initials   AR_GENERATED("\"left\"(first_name, 1) || \"left\"(last_name, 1)");
} AR_TABLE(account)
  AR_HAS_MANY(payment, account_id, account)
  /* some rows may not meet the check: it is NOT VALID or NOT ENFORCED */
  AR_CHECK("age >= 18", .name = grown_up);

/* its partitions */
struct part {
    /* the database does not number new rows */
    int64_t        id  AR_PRIMARY_KEY;
    struct ar_date day;
} AR_TABLE(part);

struct payment {
    int64_t id             AR_PRIMARY_KEY;
    uint8_t account_id[16] AR_UUID;
    int64_t refunded_by    AR_NULLABLE;
} AR_TABLE(payment)
  AR_BELONGS_TO(account, account_id, payment)
  /* some rows may not meet the foreign key: it is NOT VALID or NOT ENFORCED */
  AR_BELONGS_TO(refunded_by, refunded_by, payment_by_refunded_by, .target = payment)
  AR_HAS_MANY(payment_by_refunded_by, refunded_by, refunded_by, .target = payment);

/* clang-format on */

#endif
