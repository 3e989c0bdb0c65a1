/* Steps of the story with scoped relations, foreign keys to a unique string, and rows of one of two models. */
#include "story.h"

#include "fault.h"

#include <string.h>

#define RETURN_IF_FAILED(status)                                                                                       \
    do {                                                                                                               \
        if ((status) != AR_OK)                                                                                         \
            return (status);                                                                                           \
    } while (0)

/* Ann and her first post, each liked by bob. Both rows are inserted or none. */
static enum ar_status insert_likes(struct story *story)
{
    struct like likes[2] = {{.liker = "bob"}, {.liker = "bob"}};
    enum ar_status status = ar_begin(story->s);
    RETURN_IF_FAILED(status);
    status =
        like_set_subject(story->s, &likes[0], (struct like_subject){.kind = LIKE_SUBJECT_USER, .user = &story->ann});
    if (status == AR_OK)
        status = like_set_subject(story->s, &likes[1],
                                  (struct like_subject){.kind = LIKE_SUBJECT_POST, .post = &story->posts[0]});
    for (size_t i = 0; i < 2 && status == AR_OK; i++)
        status = like_insert(story->s, &likes[i]);
    return story_end_transaction(story, status);
}

static struct like_query *likes_by_id(struct story *story)
{
    struct like_query *q = like_query(story->s);
    like_order_by(q, ar_asc(like_column.id));
    return q;
}

static enum ar_status check_likes(struct story *story, struct like_list likes)
{
    assert_int_equal(likes.count, 2);
    for (size_t i = 0; i < 2; i++) {
        struct like_subject subject;
        struct user *liker;
        enum ar_status status = like_subject(story->s, likes.items[i], &subject);
        if (status != AR_OK)
            assert_int_equal(subject.kind, LIKE_SUBJECT_NONE);
        RETURN_IF_FAILED(status);
        assert_int_equal(subject.kind, i == 0 ? LIKE_SUBJECT_USER : LIKE_SUBJECT_POST);
        assert_int_equal(i == 0 ? subject.user->id : subject.post->id, i == 0 ? story->ann.id : story->posts[0].id);
        status = like_user(story->s, likes.items[i], &liker);
        RETURN_IF_FAILED(status);
        assert_string_equal(liker->name, "bob");
    }
    return AR_OK;
}

static enum ar_status load_lazily(struct story *story)
{
    struct like_list likes;
    ar_session_clear(story->s);
    enum ar_status status = like_all(likes_by_id(story), &likes);
    RETURN_IF_FAILED(status);
    return check_likes(story, likes);
}

static enum ar_status load_eagerly(struct story *story)
{
    struct like_list likes;
    struct like_query *q = likes_by_id(story);
    ar_session_clear(story->s);
    q = likes_by_id(story);
    like_with_subject(q);
    user_with_latest_post(like_with_user(q));
    enum ar_status status = like_all(q, &likes);
    RETURN_IF_FAILED(status);
    return check_likes(story, likes);
}

static enum ar_status load_the_other_side(struct story *story)
{
    struct user_list users;
    struct like_list likes;
    struct post *latest;
    struct user_query *q = user_query(story->s);
    user_order_by(q, ar_asc(user_column.name));
    enum ar_status status = user_all(q, &users);
    RETURN_IF_FAILED(status);
    status = user_liked(story->s, users.items[1], &likes);
    RETURN_IF_FAILED(status);
    assert_int_equal(likes.count, 2);
    status = user_likes(story->s, users.items[0], &likes);
    RETURN_IF_FAILED(status);
    assert_int_equal(likes.count, 1);
    status = user_latest_post(story->s, users.items[0], &latest);
    if (status == AR_OK)
        assert_non_null(latest);
    return status;
}

const struct step story_like_steps[] = {
    {"insert likes", insert_likes},
    {"load likes lazily", load_lazily},
    {"load likes eagerly", load_eagerly},
    {"load the other side of likes", load_the_other_side},
};
const size_t story_like_step_count = sizeof story_like_steps / sizeof story_like_steps[0];
