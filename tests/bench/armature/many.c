/* Armature's side: the lists of a hundred models, each loaded lazily. */
#include "armature_side.h"
#include "data_shapes.h"
#include "many.ar.h"
#include "side.h"

/* Load the list of one model, and add its keys to `sum`. */
#define LOAD(number)                                                                                                   \
    {                                                                                                                  \
        struct kind_##number##_list list;                                                                              \
        armature_check(side, hub_kinds_##number(side->session, hub, &list));                                           \
        for (size_t i = 0; i < list.count; i++)                                                                        \
            sum += (uint64_t)list.items[i]->id;                                                                        \
    }

static uint64_t load_all(struct armature_side *side, const struct hub *hub)
{
    uint64_t sum = 0;
    HUNDRED(LOAD)
    return sum;
}

static void many_load(void *state)
{
    struct armature_side *side = state;
    side->sum = 0;
    for (int64_t id = 1; id <= HUB_COUNT; id++) {
        struct hub *hub;
        ar_session_clear(side->session);
        armature_check(side, hub_find(side->session, id, &hub));
        side->sum += load_all(side, hub);
    }
}

static uint64_t sum_many(void *state)
{
    return ((const struct armature_side *)state)->sum;
}

const struct side armature_many = {"Armature", armature_open, armature_close, NULL, many_load, sum_many};
