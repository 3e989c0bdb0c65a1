/* Decimals of every width, as values and as keys; intervals; and fields that a numeric may not fit. */
#ifndef DECIMALS_SHOP_H
#define DECIMALS_SHOP_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct tariff {
    int64_t     code AR_DECIMAL(12, 3) AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(tariffs)
  AR_HAS_MANY(products, tariff_code, tariff)
  AR_MANY_TO_MANY(regions, region_tariffs, tariff_code, region_id, tariffs);

struct region {
    int64_t     id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(regions)
  AR_MANY_TO_MANY(tariffs, region_tariffs, region_id, tariff_code, regions);

struct product {
    int64_t     id          AR_PRIMARY_KEY;
    int64_t     tariff_code AR_DECIMAL(12, 3) AR_NULLABLE;
    int64_t     price       AR_DECIMAL(10, 2) AR_DEFAULT(9.5) AR_NULLABLE_BY(has_price);
    bool        has_price;
    int16_t     tax         AR_DECIMAL(4, 2)  AR_RANGE(0, 25.5);
    int32_t     rate        AR_DECIMAL(9, 9);
    int64_t     weight      AR_DECIMAL(18, 0);
    int64_t     volume      AR_DECIMAL(18, 18);
    int32_t     amount;
} AR_TABLE(products)
  AR_BELONGS_TO(tariff, tariff_code, products);

/* The tests create this view. */
struct product_text {
    int64_t     id AR_PRIMARY_KEY;
    const char *price;
    const char *tax;
    const char *rate;
    const char *weight;
    const char *volume;
} AR_TABLE(product_texts);

struct track {
    int64_t     id       AR_PRIMARY_KEY;
    int64_t     album_id;
    int64_t     duration AR_INTERVAL AR_DEFAULT(180000000) AR_NULLABLE_BY(has_duration);
    bool        has_duration;
    int64_t     fade     AR_INTERVAL AR_NULLABLE;
} AR_TABLE(tracks)
  AR_BELONGS_TO(album, album_id, tracks);

struct album {
    int64_t     id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(albums)
  AR_HAS_MANY(tracks, album_id, album);

/* The tests create this table with columns that these fields do not fit exactly. */
struct reading {
    int64_t     id AR_PRIMARY_KEY;
    double      precise;
    float       single;
    int64_t     whole;
} AR_TABLE(readings);

struct entry {
    int64_t     id     AR_PRIMARY_KEY;
    const char *amount AR_DECIMAL(38, 2) AR_DEFAULT(9.5);
    char        limit[5] AR_DECIMAL(2, 1);
} AR_TABLE(entries);

/* clang-format on */

#endif
