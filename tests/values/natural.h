/* Keys that the database makes by defaults, identity columns and sequences. The tests create the tables. */
#ifndef VALUES_NATURAL_H
#define VALUES_NATURAL_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

/* A string. */
struct coupon {
    const char *code   AR_PRIMARY_KEY AR_DEFAULT("'of the table'");
    const char *reason AR_DEFAULT("'gift'");
    int32_t     value;
} AR_TABLE(coupons)
  AR_HAS_MANY(uses, coupon_code, coupon, .target = coupon_use);

struct coupon_use {
    int64_t     id AR_PRIMARY_KEY;
    const char *coupon_code;
    int32_t     number;
} AR_TABLE(coupon_uses)
  AR_BELONGS_TO(coupon, coupon_code, uses);

/* An integer that need not ascend. */
struct invoice {
    int64_t     number AR_PRIMARY_KEY AR_DEFAULT("1");
    const char *customer;
} AR_TABLE(invoices);

/* Two columns, of which the database makes the second. The range is that of numbers, not of a missing one. */
struct position {
    int64_t     invoice_number AR_PRIMARY_KEY;
    int64_t     number         AR_PRIMARY_KEY AR_DEFAULT("1") AR_RANGE(1, 2000000);
    const char *article;
} AR_TABLE(positions);

/* A single integer without a default: an identity column or a serial of PostgreSQL. */
struct person {
    int32_t     id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(persons);

/* Times and dates. */
struct reading {
    int64_t meter AR_PRIMARY_KEY;
    time_t  at    AR_PRIMARY_KEY AR_DEFAULT("CURRENT_TIMESTAMP");
    int32_t value;
} AR_TABLE(readings);

struct menu {
    struct ar_date day AR_PRIMARY_KEY AR_DEFAULT("CURRENT_DATE");
    const char    *dish;
} AR_TABLE(menus);

/* clang-format on */

#endif
