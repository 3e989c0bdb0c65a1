/* Armature's side: users with the number of their posts. */
#include "armature_side.h"
#include "checksum.h"
#include "side.h"

static void counts_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    struct user_query *users = user_query(side->session);
    user_where(users, ar_le(user_column.id, (int64_t)side->size));
    user_with_posts_count(users);
    armature_check(side, user_all(users, &side->users));
}

static uint64_t sum_counts(void *state)
{
    struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->users.count; i++) {
        int64_t count;
        armature_check(side, user_posts_count(side->session, side->users.items[i], &count));
        sum = checksum_user(sum, side->users.items[i]) * 31 + (uint64_t)count;
    }
    return sum;
}

const struct side armature_counts = {"Armature", armature_open, armature_close, NULL, counts_load, sum_counts};
