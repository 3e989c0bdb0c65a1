/* Relations over every kind of key: composite, string, char[N], UUID, unsigned. */
#ifndef SCENARIO_KEYS_H
#define SCENARIO_KEYS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

/* Numbered per tenant: both columns are needed to identify an account. */
struct account {
    int64_t tenant_id AR_PRIMARY_KEY;
    int64_t number AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(accounts)
  AR_HAS_MANY(entries, (tenant_id, account_number), account, .target = entry)
  AR_HAS_ONE(limit_of, (tenant_id, account_number), account, .target = account_limit);

struct entry {
    int64_t id AR_PRIMARY_KEY;
    int64_t tenant_id AR_NULLABLE;
    int64_t account_number AR_NULLABLE;
    const char *purpose;
} AR_TABLE(entries)
  AR_BELONGS_TO(account, (tenant_id, account_number), entries);

struct account_limit {
    int64_t tenant_id AR_PRIMARY_KEY;
    int64_t account_number AR_PRIMARY_KEY;
    double amount;
} AR_TABLE(account_limits)
  AR_BELONGS_TO(account, (tenant_id, account_number), limit_of);

/* A string key, and a model with a composite key of strings that refers to it. */
struct country {
    const char *code AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(countries)
  AR_HAS_MANY(cities, country_code, country, .target = city);

struct city {
    const char *country_code AR_PRIMARY_KEY;
    char name[24] AR_PRIMARY_KEY;
} AR_TABLE(cities)
  AR_BELONGS_TO(country, country_code, cities)
  AR_HAS_MANY(streets, (country_code, city_name), city, .target = street);

struct street {
    uint32_t id AR_PRIMARY_KEY;
    const char *country_code;
    char city_name[24];
    const char *name;
} AR_TABLE(streets)
  AR_BELONGS_TO(city, (country_code, city_name), streets);

struct device {
    uint8_t id[16] AR_UUID AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(devices)
  AR_HAS_MANY(readings, device_id, device, .target = reading);

struct reading {
    int64_t id AR_PRIMARY_KEY;
    uint8_t device_id[16] AR_UUID AR_NULLABLE;
    double value;
} AR_TABLE(readings)
  AR_BELONGS_TO(device, device_id, readings);

#endif
