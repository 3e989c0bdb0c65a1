/* Paths and many-to-many relations with `.where` and `.order`: their own, and those of what they follow. */
#ifndef THROUGH_SCOPES_H
#define THROUGH_SCOPES_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>

/* clang-format off */

struct singer {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(singers)
  AR_HAS_MANY(roles, singer_id, singer)
  AR_HAS_MANY(leads, singer_id, .target = role, .where = "is_lead = TRUE")
  AR_HAS_ONE(latest_role, singer_id, .target = role, .order = "year DESC")
  AR_HAS_MANY_THROUGH(operas, roles, opera)
  AR_HAS_MANY_THROUGH(lead_operas, leads, opera)
  AR_HAS_MANY_THROUGH(long_operas, roles, opera, .where = "minutes > 150", .order = "minutes DESC")
  AR_HAS_MANY_THROUGH(some_leads, operas, leads, .where = "year = 1999 OR year = 2003")
  AR_HAS_MANY_THROUGH(some_singers, some_leads, singer, .distinct = true)
  AR_HAS_MANY_THROUGH(some_operas, some_leads, opera, .distinct = true)
  AR_HAS_MANY_THROUGH(long_halls, long_operas, halls, .distinct = true)
  AR_HAS_ONE_THROUGH(longest, roles, opera, .order = "minutes DESC")
  AR_HAS_ONE_THROUGH(latest_opera, latest_role, opera)
  AR_MANY_TO_MANY(prizes, singer_prizes, singer_id, prize_id, singers, .order = "year DESC")
  AR_MANY_TO_MANY(old_prizes, singer_prizes, singer_id, prize_id, .target = prize, .where = "year < 2000");

struct role {
    int64_t id AR_PRIMARY_KEY;
    int64_t singer_id;
    int64_t opera_id;
    int64_t year;
    bool is_lead;
} AR_TABLE(roles)
  AR_BELONGS_TO(singer, singer_id, roles)
  AR_BELONGS_TO(opera, opera_id, roles);

struct opera {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
    int64_t minutes;
} AR_TABLE(operas)
  AR_HAS_MANY(roles, opera_id, opera)
  AR_HAS_MANY(leads, opera_id, .target = role, .where = "is_lead = TRUE")
  AR_MANY_TO_MANY(halls, opera_halls, opera_id, hall_id)
  AR_HAS_MANY_THROUGH(singers, roles, singer, .distinct = true, .order = "name");

struct hall {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(halls);

struct prize {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
    int64_t year;
} AR_TABLE(prizes)
  AR_MANY_TO_MANY(singers, singer_prizes, prize_id, singer_id, prizes, .order = "name DESC");

#endif
