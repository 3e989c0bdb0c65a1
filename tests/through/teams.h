/* Relations through others: people are members of teams, teams are in cities, cities in countries. */
#ifndef TEAMS_H
#define TEAMS_H

#include <armature/annotations.h>

#include <stdint.h>

/* clang-format off */

struct country {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(countries)
  AR_HAS_MANY(cities, country_id, country)
  AR_HAS_MANY_THROUGH(teams, cities, teams);

struct city {
    int64_t id AR_PRIMARY_KEY;
    int64_t country_id AR_NULLABLE;
    const char *name AR_NOT_NULL;
} AR_TABLE(cities)
  AR_BELONGS_TO(country, country_id, cities)
  AR_HAS_MANY(teams, city_id, city)
  AR_HAS_MANY_THROUGH(people, teams, memberships, person)
  AR_HAS_MANY_THROUGH(residents, teams, people, .distinct = true);

struct team {
    int64_t id AR_PRIMARY_KEY;
    int64_t city_id AR_NULLABLE;
    const char *name AR_NOT_NULL;
} AR_TABLE(teams)
  AR_BELONGS_TO(city, city_id, teams)
  AR_HAS_MANY(memberships, team_id, team)
  AR_HAS_MANY_THROUGH(people, memberships, person, .inverse = teams)
  AR_HAS_MANY_THROUGH(profiles, people, profile)
  AR_HAS_ONE_THROUGH(country, city, country);

struct membership {
    int64_t id AR_PRIMARY_KEY;
    int64_t person_id;
    int64_t team_id AR_NULLABLE;
    const char *role;
} AR_TABLE(memberships)
  AR_BELONGS_TO(person, person_id, memberships)
  AR_BELONGS_TO(team, team_id, memberships)
  AR_HAS_MANY_THROUGH(teammates, team, people)
  AR_HAS_ONE_THROUGH(city, team, city);

struct person {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(people)
  AR_HAS_MANY(memberships, person_id, person)
  AR_HAS_ONE(profile, person_id, person)
  AR_HAS_MANY_THROUGH(teams, memberships, team, .inverse = people)
  AR_HAS_MANY_THROUGH(cities, teams, city, .distinct = true)
  AR_HAS_ONE_THROUGH(first_team, memberships, team)
  AR_HAS_MANY_THROUGH(countries, cities, country, .distinct = true)
  AR_HAS_MANY(visits, person_id, person)
  AR_HAS_MANY_THROUGH(visited, visits, city)
  AR_HAS_MANY_THROUGH(recent_teams, memberships, team, .cache = off);

/* Cities do not list their visits. */
struct visit {
    int64_t id AR_PRIMARY_KEY;
    int64_t person_id;
    int64_t city_id;
} AR_TABLE(visits)
  AR_BELONGS_TO(person, person_id, visits)
  AR_BELONGS_TO(city, city_id);

struct profile {
    int64_t id AR_PRIMARY_KEY;
    int64_t person_id;
    const char *text;
} AR_TABLE(profiles)
  AR_BELONGS_TO(person, person_id, profile);

#endif
