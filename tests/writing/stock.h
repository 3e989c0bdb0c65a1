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

/* More columns than SQLite takes from structs at once. */
#define TEN_ANSWERS(name)                                                                                              \
    int32_t name##0, name##1, name##2, name##3, name##4, name##5, name##6, name##7, name##8, name##9;

struct survey {
    int64_t id AR_PRIMARY_KEY;
    TEN_ANSWERS(a) TEN_ANSWERS(b) TEN_ANSWERS(c) TEN_ANSWERS(d) TEN_ANSWERS(e)
    TEN_ANSWERS(f) TEN_ANSWERS(g) TEN_ANSWERS(h) TEN_ANSWERS(i) TEN_ANSWERS(j)
} AR_TABLE(surveys);

/* Unique columns by which no row can be found. */
struct weighing {
    int64_t id     AR_PRIMARY_KEY;
    int32_t amount;
    int32_t twice  AR_GENERATED("amount * 2") AR_UNIQUE;
    double  weight AR_UNIQUE;
} AR_TABLE(weighings);

/* clang-format on */

#endif
