/* Tasks that are sorted by related rows of every kind. */
#ifndef SCENARIO_RELATED_PAGES_H
#define SCENARIO_RELATED_PAGES_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct team {
    const char *code AR_PRIMARY_KEY;
    const char *town;
    time_t      gone_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(teams)
  AR_HAS_MANY(people, team_code, team, .target = person)
  AR_HAS_ONE(newest, team_code, .target = person, .order = "id DESC");

struct person {
    int64_t     id        AR_PRIMARY_KEY;
    const char *team_code;
    const char *name;
    double      weight    AR_NULLABLE_BY(has_weight);
    bool        has_weight;
} AR_TABLE(people)
  AR_BELONGS_TO(team, team_code, people)
  AR_HAS_MANY(tasks, worker_id, worker)
  AR_HAS_MANY(mentions, about, .target = task)
  AR_MANY_TO_MANY(skills, person_skills, person_id, skill_id);

struct skill {
    int64_t     id    AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
} AR_TABLE(skills);

struct room {
    int64_t     building AR_PRIMARY_KEY;
    int32_t     number   AR_PRIMARY_KEY;
    const char *label;
} AR_TABLE(rooms)
  AR_HAS_MANY(tasks, (building, room), place);

struct task {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     worker_id AR_NULLABLE;
    const char *about_type;
    int64_t     about_id  AR_NULLABLE;
    int64_t     building  AR_NULLABLE;
    int32_t     room      AR_NULLABLE;
    int32_t     priority;
} AR_TABLE(tasks)
  AR_BELONGS_TO(place, (building, room), tasks, .target = room)
  AR_BELONGS_TO(worker, worker_id, tasks, .target = person)
  AR_HAS_ONE_THROUGH(team, worker, team)
  AR_BELONGS_TO_ANY(about, about_type, about_id, person, skill);

/* clang-format on */

#endif
