/* Armature's side: all posts in chunks, each with its user. */
#include "stream.h"
#include "armature_side.h"
#include "side.h"

static enum ar_status take_chunk(struct ar_session *s, const struct post_list *posts, void *payload)
{
    struct armature_side *side = payload;
    for (size_t i = 0; i < posts->count; i++) {
        struct user *user;
        enum ar_status status = post_user(s, posts->items[i], &user);
        if (status != AR_OK)
            return status;
        side->sum = stream_sum(side->sum, posts->items[i], user);
    }
    return AR_OK;
}

static void stream_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    struct post_query *posts = post_query(side->session);
    post_limit(posts, side->size);
    post_with_user(posts);
    side->sum = 0;
    armature_check(side, post_each(posts, STREAM_CHUNK, take_chunk, side));
}

static uint64_t sum_stream(void *state)
{
    const struct armature_side *side = state;
    return side->sum;
}

const struct side armature_stream = {"Armature", armature_open, armature_close, NULL, stream_load, sum_stream};
