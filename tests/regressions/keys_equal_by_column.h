/* String keys: a single one, and one combined with a number. */
#ifndef REGRESSION_KEYS_EQUAL_BY_COLUMN_H
#define REGRESSION_KEYS_EQUAL_BY_COLUMN_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct region {
    const char *code AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(regions)
  AR_HAS_MANY(towns, region_code, region, .target = town);

struct town {
    int64_t     id AR_PRIMARY_KEY;
    const char *region_code;
    const char *name;
} AR_TABLE(towns)
  AR_BELONGS_TO(region, region_code, towns);

struct district {
    char    region_code[8] AR_PRIMARY_KEY;
    int64_t number         AR_PRIMARY_KEY;
} AR_TABLE(districts)
  AR_HAS_MANY(houses, (region_code, district_number), district, .target = house, .dependent = delete);

struct house {
    int64_t id AR_PRIMARY_KEY;
    char    region_code[8];
    int64_t district_number;
} AR_TABLE(houses)
  AR_BELONGS_TO(district, (region_code, district_number), houses);

/* The number comes first. */
struct block {
    int64_t number         AR_PRIMARY_KEY;
    char    region_code[8] AR_PRIMARY_KEY;
} AR_TABLE(blocks)
  AR_HAS_MANY(flats, (block_number, region_code), block, .target = flat);

struct flat {
    int64_t id AR_PRIMARY_KEY;
    int64_t block_number;
    char    region_code[8];
} AR_TABLE(flats)
  AR_BELONGS_TO(block, (block_number, region_code), flats);

/* clang-format on */

#endif
