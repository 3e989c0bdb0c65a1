/* Armature's side: posts with their tags, by a join table with a struct and by one without. */
#include "armature_side.h"
#include "checksum.h"
#include "side.h"

static struct post_query *first_posts(struct armature_side *side)
{
    ar_session_clear(side->session);
    struct post_query *posts = post_query(side->session);
    post_where(posts, ar_le(post_column.id, (int64_t)side->size));
    return posts;
}

static void through_load(void *state)
{
    struct armature_side *side = state;
    struct post_query *posts = first_posts(side);
    post_with_tags(posts);
    armature_check(side, post_all(posts, &side->posts));
}

static uint64_t sum_through(void *state)
{
    struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->posts.count; i++) {
        struct tag_list tags;
        struct tagging_list taggings;
        armature_check(side, post_tags(side->session, side->posts.items[i], &tags));
        armature_check(side, post_tags_links(side->session, side->posts.items[i], &taggings));
        sum = checksum_post(sum, side->posts.items[i]);
        for (size_t j = 0; j < tags.count; j++)
            sum = checksum_tagging(checksum_tag(sum, tags.items[j]), taggings.items[j]);
    }
    return sum;
}

const struct side armature_through = {"Armature", armature_open, armature_close, NULL, through_load, sum_through};

static void many_to_many_load(void *state)
{
    struct armature_side *side = state;
    struct post_query *posts = first_posts(side);
    post_with_labels(posts);
    armature_check(side, post_all(posts, &side->posts));
}

static uint64_t sum_many_to_many(void *state)
{
    struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->posts.count; i++) {
        struct tag_list tags;
        armature_check(side, post_labels(side->session, side->posts.items[i], &tags));
        sum = checksum_post(sum, side->posts.items[i]);
        for (size_t j = 0; j < tags.count; j++)
            sum = checksum_tag(sum, tags.items[j]);
    }
    return sum;
}

const struct side armature_many_to_many = {"Armature", armature_open,     armature_close,
                                           NULL,       many_to_many_load, sum_many_to_many};
