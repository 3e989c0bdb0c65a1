/* Reads with Armature, as in user code. */
#include "armature_side.h"
#include "checksum.h"
#include "data.h"
#include "fail.h"
#include "side.h"

/* ---- W1: users by their keys ---------------------------------------------------------------------------------------
 */

static void *find_open(const char *url, size_t size)
{
    struct armature_side *side =
        armature_side_open(url, size, &(const struct ar_session_options){.read_only = true, .snapshot = true});
    side->found = bench_allocate(size, sizeof(struct user *));
    side->ids = bench_allocate(size, sizeof *side->ids);
    data_draw_users(side->ids, size);
    return side;
}

static void find_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    for (size_t i = 0; i < side->size; i++)
        armature_check(side, user_find(side->session, side->ids[i], &side->found[i]));
}

static uint64_t sum_found(void *state)
{
    const struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->size; i++)
        sum = checksum_user(sum, side->found[i]);
    return sum;
}

const struct side armature_find = {"Armature", find_open, armature_close, NULL, find_load, sum_found};

/* ---- W2: all users ------------------------------------------------------------------------------------------------
 */

static void users_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    armature_check(side, user_all(user_query(side->session), &side->users));
}

static uint64_t sum_users(void *state)
{
    const struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->users.count; i++)
        sum = checksum_user(sum, side->users.items[i]);
    return sum;
}

const struct side armature_users = {"Armature", armature_open, armature_close, NULL, users_load, sum_users};
const struct side armature_users_read_only = {"Armature", armature_open_read_only, armature_close, NULL, users_load,
                                              sum_users};

/* ---- M: all posts --------------------------------------------------------------------------------------------------
 */

static void posts_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    armature_check(side, post_all(post_query(side->session), &side->posts));
}

static uint64_t sum_posts(void *state)
{
    const struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->posts.count; i++)
        sum = checksum_post(sum, side->posts.items[i]);
    return sum;
}

const struct side armature_posts = {"Armature", armature_open, armature_close, NULL, posts_load, sum_posts};
const struct side armature_posts_read_only = {"Armature", armature_open_read_only, armature_close, NULL, posts_load,
                                              sum_posts};

/* ---- W3, W3e: posts, and the user of each --------------------------------------------------------------------------
 */

static void *belongs_to_open(const char *url, size_t size)
{
    struct armature_side *side = armature_open(url, size);
    side->found = bench_allocate(size, sizeof(struct user *));
    return side;
}

static void load_posts(struct armature_side *side, bool eager)
{
    ar_session_clear(side->session);
    struct post_query *posts = post_query(side->session);
    post_order_by(posts, ar_asc(post_column.id));
    post_limit(posts, side->size);
    if (eager)
        post_with_user(posts);
    armature_check(side, post_all(posts, &side->posts));
}

/* The first access loads the users of all posts that the same query has read. */
static void find_users(struct armature_side *side)
{
    for (size_t i = 0; i < side->posts.count; i++)
        armature_check(side, post_user(side->session, side->posts.items[i], &side->found[i]));
}

static void lazy_load(void *state)
{
    load_posts(state, false);
    find_users(state);
}

/* The users are loaded but not yet looked up, as on the hand-written side. */
static void belongs_to_load(void *state)
{
    load_posts(state, true);
}

static uint64_t sum_posts_with_users(void *state)
{
    struct armature_side *side = state;
    uint64_t sum = 0;
    find_users(side);
    for (size_t i = 0; i < side->posts.count; i++) {
        sum = checksum_post(sum, side->posts.items[i]);
        sum = checksum_user(sum, side->found[i]);
    }
    return sum;
}

const struct side armature_lazy = {"Armature", belongs_to_open, armature_close, NULL, lazy_load, sum_posts_with_users};
const struct side armature_belongs_to = {"Armature", belongs_to_open, armature_close,
                                         NULL,       belongs_to_load, sum_posts_with_users};

/* ---- W4: users with their posts ------------------------------------------------------------------------------------
 */

static void *open_for_waves(const char *url, size_t size)
{
    struct armature_side *side = armature_open(url, size);
    side->plan = AR_PLAN_WAVES;
    return side;
}

static void *open_for_one_trip(const char *url, size_t size)
{
    struct armature_side *side = armature_open(url, size);
    side->plan = AR_PLAN_ONE_TRIP;
    return side;
}

static struct user_query *query_users(struct armature_side *side)
{
    ar_session_clear(side->session);
    struct user_query *users = user_query(side->session);
    user_where(users, ar_le(user_column.id, (int64_t)side->size));
    ar_query_plan(users, side->plan);
    return users;
}

static void tree_load(void *state)
{
    struct armature_side *side = state;
    struct user_query *users = query_users(side);
    user_with_posts(users);
    armature_check(side, user_all(users, &side->users));
}

static uint64_t sum_tree(void *state)
{
    struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->users.count; i++) {
        struct post_list posts;
        sum = checksum_user(sum, side->users.items[i]);
        armature_check(side, user_posts(side->session, side->users.items[i], &posts));
        for (size_t child = 0; child < posts.count; child++)
            sum = checksum_post(sum, posts.items[child]);
    }
    return sum;
}

const struct side armature_tree = {"Armature", armature_open, armature_close, NULL, tree_load, sum_tree};
const struct side armature_tree_read_only = {"Armature", armature_open_read_only, armature_close, NULL, tree_load,
                                             sum_tree};
const struct side armature_tree_waves = {"waves", open_for_waves, armature_close, NULL, tree_load, sum_tree};
const struct side armature_tree_one_trip = {"one trip", open_for_one_trip, armature_close, NULL, tree_load, sum_tree};

/* ---- W5: users with their posts with their comments -----------------------------------------------------------------
 */

static void levels_load(void *state)
{
    struct armature_side *side = state;
    struct user_query *users = query_users(side);
    post_with_comments(user_with_posts(users));
    armature_check(side, user_all(users, &side->users));
}

/* Run a few times, so that the choice of a plan is that of a program which has been running. */
static void *open_settled(const char *url, size_t size)
{
    enum { RUNS = 10 };
    void *side = armature_open(url, size);
    for (int i = 0; i < RUNS; i++)
        levels_load(side);
    return side;
}

static uint64_t sum_levels(void *state)
{
    struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->users.count; i++) {
        struct post_list posts;
        sum = checksum_user(sum, side->users.items[i]);
        armature_check(side, user_posts(side->session, side->users.items[i], &posts));
        for (size_t j = 0; j < posts.count; j++) {
            struct comment_list comments;
            sum = checksum_post(sum, posts.items[j]);
            armature_check(side, post_comments(side->session, posts.items[j], &comments));
            for (size_t k = 0; k < comments.count; k++)
                sum = checksum_comment(sum, comments.items[k]);
        }
    }
    return sum;
}

const struct side armature_levels = {"Armature", armature_open, armature_close, NULL, levels_load, sum_levels};
const struct side armature_levels_waves = {"waves", open_for_waves, armature_close, NULL, levels_load, sum_levels};
const struct side armature_levels_one_trip = {"one trip", open_for_one_trip, armature_close,
                                              NULL,       levels_load,       sum_levels};

/* ---- W6: authors with their articles with their remarks -------------------------------------------------------------
 */

static void diesel_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    struct author_query *authors = author_query(side->session);
    article_with_remarks(author_with_articles(authors));
    armature_check(side, author_all(authors, &side->authors));
}

static uint64_t sum_diesel(void *state)
{
    struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->authors.count; i++) {
        struct article_list articles;
        sum = checksum_author(sum, side->authors.items[i]);
        armature_check(side, author_articles(side->session, side->authors.items[i], &articles));
        for (size_t j = 0; j < articles.count; j++) {
            struct remark_list remarks;
            sum = checksum_article(sum, articles.items[j]);
            armature_check(side, article_remarks(side->session, articles.items[j], &remarks));
            for (size_t k = 0; k < remarks.count; k++)
                sum = checksum_remark(sum, remarks.items[k]);
        }
    }
    return sum;
}

const struct side armature_diesel = {"Armature", armature_open, armature_close, NULL, diesel_load, sum_diesel};
const struct side armature_levels_settled = {"Armature", open_settled, armature_close, NULL, levels_load, sum_levels};
