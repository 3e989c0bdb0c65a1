/* Indexes and checks. */
#ifndef SHOP_H
#define SHOP_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct seller {
    int64_t     id    AR_PRIMARY_KEY;
    const char *email AR_NOT_NULL;
    const char *region;
    const char *code;
} AR_TABLE(sellers)
  AR_HAS_MANY(offers, (region, code), seller, .references = (region, code))
  AR_INDEX(sellers_code, region, code, .unique = true)
  AR_INDEX(sellers_email, "lower(email)", .unique = true);

struct offer {
    int64_t     id        AR_PRIMARY_KEY;
    const char *region;
    const char *code;
    int64_t     buyer_id  AR_NULLABLE;
    int64_t     price     AR_COLUMN("Unit Price") AR_CHECK("\"Unit Price\" >= 0");
    time_t      starts;
    time_t      ends      AR_NULLABLE;
    int64_t     cents     AR_GENERATED("\"Unit Price\" / 100") AR_NULLABLE;
    const char *state     AR_CHECK("state IN ('draft', 'public')", .name = known_state);
} AR_TABLE(offers)
  AR_BELONGS_TO(seller, (region, code), offers, .references = (region, code))
  AR_BELONGS_TO(buyer, buyer_id, .target = seller)
  AR_INDEX(offers_by_time, region, code, starts desc)
  AR_INDEX(offers_public, price desc, id, .where = "state = 'public'")
  AR_INDEX(offers_buyer_id, "ends IS NULL" desc)
  AR_CHECK("starts <= ends")
  AR_CHECK("code IS NULL OR region IS NOT NULL", .postgresql = "num_nulls(region, code) <> 1");

/* Names of constraints that others have, and unique indexes on the same columns in another order. */
struct deal {
    int64_t     id         AR_PRIMARY_KEY AR_UNIQUE;
    int64_t     seller_id  AR_NULLABLE;
    int64_t     offer_id   AR_NULLABLE;
    int64_t     number     AR_COLUMN(side) AR_CHECK("side > 0");
    int64_t     year;
    int64_t     rank;
} AR_TABLE(deals)
  AR_BELONGS_TO(seller, seller_id)
  AR_BELONGS_TO(offer, offer_id)
  AR_BELONGS_TO_ONE_OF(side, seller, offer)
  AR_CHECK("year > 2000")
  AR_CHECK("rank > 0")
  AR_CHECK("rank < year", .name = deals_check1)
  AR_UNIQUE_KEY(year, rank)
  AR_UNIQUE_KEY(id, year)
  AR_INDEX(deals_rank, rank desc, year, .unique = true);

/* Unique columns whose index is another one, has more columns, or is that of the key; and characters of a literal. */
struct slot {
    int64_t     shop   AR_PRIMARY_KEY AR_UNIQUE;
    int64_t     number AR_PRIMARY_KEY;
    int64_t     a, b, d, e, f, g, h, i;
    int64_t     c      AR_UNIQUE;
    const char *note   AR_CHECK("note <> '\t'");
} AR_TABLE(slots)
  AR_UNIQUE_KEY(a, b)
  AR_UNIQUE_KEY(d, e)
  AR_INDEX(slots_c, c desc)
  AR_INDEX(slots_a, a, b, c, .unique = true)
  AR_INDEX(slots_d, d desc, e, .unique = true)
  AR_INDEX(slots_all, a, b, c, d, e, f, g, h, i, .unique = true);

/* clang-format on */

#endif
