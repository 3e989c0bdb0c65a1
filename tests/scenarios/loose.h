/* Rows without foreign key constraints: null keys, orphans, owners without children, two profiles of one owner. The
 * tables are created by hand (data.c), because the generated ones would have the constraints. */
#ifndef SCENARIO_LOOSE_H
#define SCENARIO_LOOSE_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct owner {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(owners)
  AR_HAS_ONE(profile, owner_id, owner, .target = loose_profile)
  AR_HAS_MANY(all_profiles, owner_id, .target = loose_profile)
  AR_HAS_MANY(posts, owner_id, owner, .target = loose_post);

struct loose_profile {
    int64_t id AR_PRIMARY_KEY;
    const char *bio;
    int64_t owner_id AR_NULLABLE;
} AR_TABLE(loose_profiles)
  AR_BELONGS_TO(owner, owner_id, profile);

/* `views` is not nullable for the program, but nullable in the table: reading a row with NULL fails. */
struct loose_post {
    int64_t id AR_PRIMARY_KEY;
    const char *title;
    int64_t views;
    int64_t owner_id AR_NULLABLE;
} AR_TABLE(loose_posts)
  AR_BELONGS_TO(owner, owner_id, posts);

#endif
