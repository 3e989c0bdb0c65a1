/* Everything that a diagram can show, and names that are markup. */
#ifndef SHAPES_H
#define SHAPES_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

enum plan { FREE, TEAM AR_LABEL("team & friends"), ENTERPRISE, ACADEMIC, GOVERNMENT, NON_PROFIT };

/* A composite key, which others refer to. */
struct tenant {
    int32_t region          AR_PRIMARY_KEY;
    int64_t number          AR_PRIMARY_KEY;
    enum plan plan          AR_ENUM_TEXT;
} AR_TABLE(tenants)
  AR_HAS_MANY(employees, (region, tenant), tenant_of, .target = employee)
  AR_HAS_ONE(settings, (region, tenant))
  AR_HAS_MANY_THROUGH(badges, employees, badge);

/* One row for each tenant: the foreign key is the primary key. */
struct settings {
    int32_t region          AR_PRIMARY_KEY;
    int64_t tenant          AR_PRIMARY_KEY;
    const char *theme;
} AR_TABLE(settings)
  AR_BELONGS_TO(owner, (region, tenant), settings, .target = tenant);

/* Two foreign keys to its own table, and a many-to-many relation to itself. */
struct employee {
    int64_t id              AR_PRIMARY_KEY;
    int32_t region;
    int64_t tenant;
    int64_t manager_id      AR_NULLABLE;
    int64_t mentor_id;
    bool has_mentor         AR_TRANSIENT;
} AR_TABLE(hr.employees)
  AR_BELONGS_TO(tenant_of, (region, tenant), employees, .target = tenant)
  AR_BELONGS_TO(manager, manager_id, reports, .target = employee)
  AR_HAS_MANY(reports, manager_id, manager, .target = employee)
  AR_BELONGS_TO(mentor, mentor_id, .target = employee)
  AR_HAS_ONE(badge, holder_id, holder)
  AR_MANY_TO_MANY(friends, friendships, employee_id, friend_id, .target = employee)
  AR_HAS_MANY(notes, subject, .target = note);

/* One to one: the foreign key is unique. */
struct badge {
    const char *code        AR_PRIMARY_KEY;
    int64_t holder_id       AR_UNIQUE;
} AR_TABLE(badges)
  AR_BELONGS_TO(holder, holder_id, badge, .target = employee);

/* To one of several models, by a type and by one foreign key for each. */
struct note {
    uint8_t id[16]          AR_UUID AR_PRIMARY_KEY;
    const char *subject_type AR_NOT_NULL;
    int64_t subject_id;
    int64_t author_id       AR_NULLABLE;
    const char *badge_code;
} AR_TABLE(notes)
  AR_BELONGS_TO_ANY(subject, subject_type, subject_id, employee, market)
  AR_BELONGS_TO(author, author_id, .target = employee)
  AR_BELONGS_TO(badge, badge_code)
  AR_BELONGS_TO_ONE_OF(source, author, badge);

/* Two models that refer to each other. */
struct market {
    int64_t id              AR_PRIMARY_KEY;
    int64_t capital_id      AR_NULLABLE;
} AR_TABLE("<script>alert('&')</script>")
  AR_HAS_MANY(cities, market_id, market, .target = city)
  AR_BELONGS_TO(capital, capital_id, .target = city);

struct city {
    int64_t id              AR_PRIMARY_KEY;
    int64_t market_id       AR_COLUMN("the \"market\" <b>");
    const char *name        AR_COLUMN("Ort é");
} AR_TABLE(cities)
  AR_BELONGS_TO(market, market_id, cities);

struct staff {
    int64_t id              AR_PRIMARY_KEY;
    int64_t manager_id      AR_NULLABLE;
} AR_VIEW(hr.staff, "SELECT id, manager_id FROM employees")
  AR_BELONGS_TO(boss, manager_id, .target = employee);

/* Without relations. */
struct counter {
    const char *name        AR_PRIMARY_KEY;
    int64_t pk;
} AR_TABLE(counters);

#endif
