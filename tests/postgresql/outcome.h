/* A model whose hooks report how transactions end. */
#ifndef POSTGRESQL_OUTCOME_H
#define POSTGRESQL_OUTCOME_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct payment {
    int64_t     id      AR_PRIMARY_KEY;
    int64_t     amount;
    int64_t     payer_id AR_NULLABLE;
} AR_TABLE(outcome_payments)
  AR_AFTER_COMMIT(payment_committed)
  AR_AFTER_ROLLBACK(payment_rolled_back)
  AR_BELONGS_TO(payer, payer_id, payments);

/* The database makes the key, of which the session keeps a copy for the hooks. */
struct voucher {
    uint8_t     id[16] AR_UUID AR_PRIMARY_KEY AR_GENERATE_UUID(database);
    int64_t     amount;
} AR_TABLE(outcome_vouchers)
  AR_AFTER_COMMIT(voucher_committed);

struct payer {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(outcome_payers)
  AR_HAS_MANY(payments, payer_id, payer, .target = payment);

/* clang-format on */

#endif
