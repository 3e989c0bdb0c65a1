/* Armature's side: rows of user SQL, in any order and sorted. */
#include "armature_side.h"
#include "checksum.h"
#include "lines.ar.h"
#include "lines_checksum.h"
#include "side.h"

static void rows_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    armature_check(side, rows_of_users(side->session, &side->rows));
}

/* The struct has the same fields as a user. */
static uint64_t sum_rows(void *state)
{
    const struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->rows.count; i++) {
        const struct user_row *row = side->rows.items[i];
        const struct user user = {.id = row->id,
                                  .name = row->name,
                                  .email = row->email,
                                  .hair_color = row->hair_color,
                                  .age = row->age,
                                  .score = row->score,
                                  .active = row->active,
                                  .created_at = row->created_at};
        sum = checksum_user(sum, &user);
    }
    return sum;
}

static void lines_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    armature_check(side, lines_of_posts(side->session, (int64_t)side->size, &side->lines));
}

static void sorted_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    armature_check(side, sorted_lines(side->session, (int64_t)side->size, &side->lines));
}

static uint64_t sum_lines(void *state)
{
    const struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->lines.count; i++)
        sum = checksum_line(sum, side->lines.items[i]);
    return sum;
}

const struct side armature_rows = {"Armature", armature_open, armature_close, NULL, rows_load, sum_rows};
const struct side armature_lines = {"Armature", armature_open, armature_close, NULL, lines_load, sum_lines};
const struct side armature_sorted = {"Armature", armature_open, armature_close, NULL, sorted_load, sum_lines};
