/* Models with columns that the database computes. */
#ifndef CONSTRAINTS_INVOICE_H
#define CONSTRAINTS_INVOICE_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

/* Its count is a counter, on which a computed column depends. */
struct invoice {
    int64_t     id         AR_PRIMARY_KEY;
    const char *title      AR_NOT_NULL;
    int64_t     item_count;
    int64_t     pages      AR_GENERATED("(item_count + 1) / 2");
    time_t      deleted_at AR_NULLABLE AR_DELETED_AT;
    bool        is_open    AR_GENERATED("deleted_at IS NULL");
} AR_TABLE(invoices)
  AR_HAS_MANY(items, invoice_id, invoice);

struct item {
    int64_t     id         AR_PRIMARY_KEY;
    int64_t     invoice_id AR_NULLABLE;
    const char *name       AR_NOT_NULL AR_UNIQUE;
    int32_t     price;
    int32_t     quantity;
    int16_t     total      AR_GENERATED("price * quantity");
    const char *label      AR_GENERATED("name || ' x' || CAST(quantity AS text)");
    int32_t     changes    AR_VERSION;
} AR_TABLE(items)
  AR_BELONGS_TO(invoice, invoice_id, items, .counter = item_count);

/* clang-format on */

#endif
