/* Models that refer to themselves: by one key, by a composite one, by a string, with conditions, orders and policies.
 */
#ifndef TREES_H
#define TREES_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct part {
    int64_t id AR_PRIMARY_KEY;
    int64_t parent_id AR_NULLABLE;
    const char *name;
    int32_t weight;
} AR_TABLE(parts)
  AR_BELONGS_TO(parent, parent_id, children, .target = part)
  AR_BELONGS_TO(brief_parent, parent_id, brief_children, .target = part, .cache = { .ttl = 1 })
  AR_HAS_MANY(children, parent_id, parent, .target = part)
  AR_HAS_MANY(brief_children, parent_id, brief_parent, .target = part, .cache = { .ttl = 1 })
  AR_HAS_MANY(heavy, parent_id, .target = part, .where = "weight > 10", .order = "weight DESC")
  AR_HAS_ONE(sole, parent_id, .target = part);

struct branch {
    int64_t bank AR_PRIMARY_KEY;
    int32_t number AR_PRIMARY_KEY;
    int64_t head_bank AR_NULLABLE;
    int32_t head_number AR_NULLABLE;
} AR_TABLE(branches)
  AR_BELONGS_TO(head, (head_bank, head_number), offices, .target = branch)
  AR_HAS_MANY(offices, (head_bank, head_number), head, .target = branch);

struct taxon {
    const char *name AR_PRIMARY_KEY;
    const char *parent_name;
} AR_TABLE(taxa)
  AR_BELONGS_TO(parent, parent_name, children, .target = taxon)
  AR_HAS_MANY(children, parent_name, parent, .target = taxon);

struct clerk {
    int64_t id AR_PRIMARY_KEY;
    const char *code AR_NOT_NULL AR_UNIQUE;
    const char *boss_code;
} AR_TABLE(clerks)
  AR_BELONGS_TO(boss, boss_code, reports, .target = clerk, .references = code)
  AR_HAS_MANY(reports, boss_code, boss, .target = clerk, .references = code);

#endif
