/* Keys of every kind: UUIDs, strings with integers, numbers, blobs. */
#ifndef TENANTS_TOOLS_H
#define TENANTS_TOOLS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct maker {
    uint8_t        id[16] AR_UUID AR_PRIMARY_KEY;
    const char    *name   AR_UNIQUE;
    double         weight;
    struct ar_blob seal;
    int64_t        score;
} AR_TABLE(makers)
  AR_HAS_MANY(tools, maker_id, maker, .target = tool);

struct tool {
    const char *country  AR_PRIMARY_KEY;
    int64_t     number   AR_PRIMARY_KEY;
    uint8_t     maker_id[16] AR_UUID;
    const char *price    AR_DECIMAL(30, 2) AR_NOT_NULL;
} AR_TABLE(tools)
  AR_BELONGS_TO(maker, maker_id, tools)
  AR_HAS_MANY(sales, (country, number), tool, .target = sale);

struct sale {
    int64_t     id      AR_PRIMARY_KEY;
    const char *country;
    int64_t     number;
    double      paid;
} AR_TABLE(sales)
  AR_BELONGS_TO(tool, (country, number), sales);

/* User SQL with lists, and with names in strings that are not meant. */
struct maker_name {
    const char *name;
} AR_ROW
  AR_SQL(names_of, (const double weights[], const char *const names[]),
         "SELECT name FROM makers WHERE name <> 'temp.armature_keys(?1) -- ?' AND weight IN (:weights)"
         "   AND name NOT IN (:names) ORDER BY name");

/* clang-format on */

#endif
