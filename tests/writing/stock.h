/* Models for upserts: unique columns, defaults, versions, timestamps, and keys of every kind. */
#ifndef WRITING_STOCK_H
#define WRITING_STOCK_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct maker {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name AR_UNIQUE;
} AR_TABLE(makers)
  AR_HAS_MANY(products, maker_id, maker);

struct product {
    int64_t     id         AR_PRIMARY_KEY;
    const char *sku        AR_UNIQUE;
    const char *title      AR_LENGTH(0, 40);
    int32_t     amount     AR_RANGE(0, 1000000);
    const char *state      AR_DEFAULT("'new'");
    int64_t     maker_id   AR_NULLABLE;
    int32_t     revision   AR_VERSION;
    time_t      created_at AR_CREATED_AT;
    time_t      updated_at AR_UPDATED_AT;
} AR_TABLE(products)
  AR_BELONGS_TO(maker, maker_id, products);

/* A composite key of the caller. */
struct price {
    const char *sku      AR_PRIMARY_KEY;
    int32_t     quantity AR_PRIMARY_KEY;
    double      amount;
    const char *currency AR_DEFAULT("'EUR'");
} AR_TABLE(prices);

/* Nothing but a key. */
struct mark {
    char code[8] AR_PRIMARY_KEY;
} AR_TABLE(marks);

/* Unique columns by which no row can be found. */
struct weighing {
    int64_t id     AR_PRIMARY_KEY;
    int32_t amount;
    int32_t twice  AR_GENERATED("amount * 2") AR_UNIQUE;
    double  weight AR_UNIQUE;
} AR_TABLE(weighings);

/* clang-format on */

#endif
