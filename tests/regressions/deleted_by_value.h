/* Rows that depend on another row by a column that is not its primary key. */
#ifndef DELETED_BY_VALUE_H
#define DELETED_BY_VALUE_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct team {
    int64_t     id     AR_PRIMARY_KEY;
    const char *code   AR_UNIQUE;
    int64_t     number AR_UNIQUE AR_NULLABLE;
} AR_TABLE(teams)
  AR_HAS_MANY(players, team_code, team, .references = code, .dependent = destroy)
  AR_UNIQUE_KEY(code, number)
  AR_HAS_MANY(shirts, team_number, team, .references = number, .dependent = delete);

struct player {
    int64_t     id        AR_PRIMARY_KEY;
    const char *team_code;
} AR_TABLE(players)
  AR_BELONGS_TO(team, team_code, players, .references = code);

struct shirt {
    int64_t id          AR_PRIMARY_KEY;
    int64_t team_number;
} AR_TABLE(shirts)
  AR_BELONGS_TO(team, team_number, shirts, .references = number);

struct sponsor {
    int64_t     id        AR_PRIMARY_KEY;
    const char *team_code;
} AR_TABLE(sponsors)
  AR_BELONGS_TO(team, team_code, .references = code);

/* One foreign key begins like the other. */
struct badge {
    int64_t     id          AR_PRIMARY_KEY;
    const char *team_code;
    int64_t     team_number;
} AR_TABLE(badges)
  AR_BELONGS_TO(team, team_code, .references = code)
  AR_BELONGS_TO(numbered, (team_code, team_number), .target = team, .references = (code, number));

/* clang-format on */

#endif
