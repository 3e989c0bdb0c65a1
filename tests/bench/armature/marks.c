/* Armature's side: a million small rows. */
#include "armature_side.h"
#include "side.h"

static void marks_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    armature_check(side, mark_all(mark_query(side->session), &side->marks));
}

static uint64_t sum_marks(void *state)
{
    const struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->marks.count; i++)
        sum += (uint64_t)side->marks.items[i]->id;
    return sum;
}

const struct side armature_marks = {"Armature", armature_open, armature_close, NULL, marks_load, sum_marks};
const struct side armature_marks_read_only = {"Armature", armature_open_read_only, armature_close, NULL, marks_load,
                                              sum_marks};
