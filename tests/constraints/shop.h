/* Models whose tables have indexes and checks of the program's choice. */
#ifndef CONSTRAINTS_SHOP_H
#define CONSTRAINTS_SHOP_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>

/* clang-format off */

/* Offers refer to the columns of the unique index; the index on an expression compares without letter case. */
struct seller {
    int64_t     id     AR_PRIMARY_KEY;
    const char *region AR_NOT_NULL;
    int32_t     code;
    const char *email;
} AR_TABLE(sellers)
  AR_HAS_MANY(offers, (region, code), seller, .references = (region, code))
  AR_INDEX(sellers_code, region, code desc, .unique = true)
  AR_INDEX(sellers_email, "lower(email)", .unique = true);

/* A seller has at most one offer that is current. */
struct offer {
    int64_t     id     AR_PRIMARY_KEY;
    const char *region AR_NOT_NULL;
    int32_t     code;
    const char *title;
    int64_t     price  AR_COLUMN("Unit Price") AR_CHECK("\"Unit Price\" >= 0");
    int64_t     starts;
    int64_t     ends   AR_NULLABLE;
    bool        is_current;
} AR_TABLE(offers)
  AR_BELONGS_TO(seller, (region, code), offers, .references = (region, code))
  AR_INDEX(offers_by_time, region, code, starts desc)
  AR_INDEX(offers_current, region, code, .unique = true, .where = "is_current")
  AR_CHECK("starts <= ends", .name = offers_end_last)
  AR_CHECK("title IS NULL OR length(title) < 20", .postgresql = "char_length(title) < 20");

struct seat {
    int64_t     id     AR_PRIMARY_KEY;
    int32_t     hall;
    const char *number;
    const char *holder;
    int32_t     moves  AR_VERSION;
} AR_TABLE(seats)
  AR_UNIQUE_KEY(hall, number);

/* clang-format on */

#endif
