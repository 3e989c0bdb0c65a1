/* Models for graphs: chains, trees, circles with and without a nullable foreign key, composite keys. */
#ifndef WRITING_CLUB_H
#define WRITING_CLUB_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

/* A club may have a leader, who is a member of it. */
struct club {
    int64_t     id        AR_PRIMARY_KEY;
    const char *name      AR_LENGTH(0, 20);
    int64_t     leader_id AR_NULLABLE;
    int32_t     member_count;
} AR_TABLE(clubs)
  AR_BELONGS_TO(leader, leader_id, .target = member)
  AR_HAS_MANY(members, club_id, club);

struct member {
    int64_t     id         AR_PRIMARY_KEY;
    int64_t     club_id;
    const char *name;
    const char *state      AR_DEFAULT("'active'");
    int32_t     revision   AR_VERSION;
    time_t      created_at AR_CREATED_AT;
} AR_TABLE(members)
  AR_BELONGS_TO(club, club_id, members, .counter = member_count)
  AR_HAS_MANY(notes, member_id, member);

struct note {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     member_id;
    int64_t     parent_id AR_NULLABLE;
    const char *text;
} AR_TABLE(notes)
  AR_BELONGS_TO(member, member_id, notes)
  AR_BELONGS_TO(parent, parent_id, replies, .target = note)
  AR_HAS_MANY(replies, parent_id, parent, .target = note);

/* Keys of the caller, of which one refers to another model. */
struct hall {
    const char *code AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(halls)
  AR_HAS_MANY(rows, hall_code, hall, .target = hall_row);

struct hall_row {
    char    hall_code[8] AR_PRIMARY_KEY;
    int32_t number       AR_PRIMARY_KEY;
    int64_t keeper_id;
} AR_TABLE(hall_rows)
  AR_BELONGS_TO(hall, hall_code, rows)
  AR_BELONGS_TO(keeper, keeper_id, .target = member)
  AR_HAS_MANY(chairs, (hall_code, row_number), row, .target = chair);

struct chair {
    int64_t id           AR_PRIMARY_KEY;
    char    hall_code[8];
    int32_t row_number;
} AR_TABLE(chairs)
  AR_BELONGS_TO(row, (hall_code, row_number), chairs, .target = hall_row);

/* Neither can be inserted first. */
struct hen {
    int64_t id     AR_PRIMARY_KEY;
    int64_t egg_id;
} AR_TABLE(hens)
  AR_BELONGS_TO(egg, egg_id);

struct egg {
    int64_t id     AR_PRIMARY_KEY;
    int64_t hen_id;
} AR_TABLE(eggs)
  AR_BELONGS_TO(hen, hen_id);

/* clang-format on */

#endif
