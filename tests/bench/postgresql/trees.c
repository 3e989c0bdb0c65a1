/* Hand-written, on PostgreSQL: parents with children by several strategies, and trees of three levels. */
#include "checksum.h"
#include "data.h"
#include "fail.h"
#include "hand_postgresql.h"
#include "side.h"

static uint64_t sum_tree(void *state)
{
    const struct hand_postgresql *hand = state;
    const struct user *parents = hand->levels[0].items;
    const struct post *children = hand->levels[1].items;
    const size_t *start = hand->levels[1].start;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++) {
        sum = checksum_user(sum, &parents[i]);
        for (size_t child = start[i]; child < start[i + 1]; child++)
            sum = checksum_post(sum, &children[child]);
    }
    return sum;
}

static struct hand_postgresql *users_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "users", "SELECT " HAND_USER " FROM users WHERE id <= $1", BIGINT);
    return hand;
}

static void read_users(struct hand_postgresql *hand)
{
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_read(hand, &hand_users, &hand->levels[0], hand_postgresql_receive(hand, PGRES_TUPLES_OK));
}

static void read_posts(struct hand_postgresql *hand)
{
    hand_postgresql_read_children(hand, &hand_users, &hand->levels[0], &hand_posts, &hand->levels[1],
                                  hand_postgresql_receive(hand, PGRES_TUPLES_OK));
}

/* ---- W4: users with their posts ------------------------------------------------------------------------------------
 */

/* Load the posts by user keys: two round trips. */
static void *tree_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = users_open(url, size);
    hand_postgresql_prepare(hand, "posts", "SELECT " HAND_POST " FROM posts WHERE user_id = ANY($1)", BIGINT_ARRAY);
    hand_postgresql_pipeline(hand);
    return hand;
}

static void tree_load(void *state)
{
    struct hand_postgresql *hand = state;
    hand_postgresql_reset(hand);
    hand_postgresql_send(hand, "begin", NULL, 0);
    hand_postgresql_send_key(hand, "users", (int64_t)hand->size);
    hand_postgresql_sync(hand);
    read_users(hand);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);

    int size = hand_postgresql_put_keys(hand, &hand_users, &hand->levels[0]);
    hand_postgresql_send(hand, "posts", hand->parameter, size);
    hand_postgresql_send_commit(hand);
    read_posts(hand);
    hand_postgresql_finish_commit(hand);
}

const struct side postgresql_tree = {"by keys", tree_open, hand_postgresql_close, NULL, tree_load, sum_tree};

/* One round trip: begin, the users, the posts by a statement that does not need the user keys, commit. */
static void one_trip_load(void *state)
{
    struct hand_postgresql *hand = state;
    hand_postgresql_reset(hand);
    hand_postgresql_send(hand, "begin", NULL, 0);
    hand_postgresql_send_key(hand, "users", (int64_t)hand->size);
    hand_postgresql_send_key(hand, "posts", (int64_t)hand->size);
    hand_postgresql_send_commit(hand);
    read_users(hand);
    read_posts(hand);
    hand_postgresql_finish_commit(hand);
}

/* Join the posts to the condition on users. */
static void *join_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = users_open(url, size);
    hand_postgresql_prepare(hand, "posts",
                            "SELECT p.id, p.user_id, p.title, p.body, p.views, p.created_at FROM posts AS p"
                            " JOIN users AS u ON u.id = p.user_id WHERE u.id <= $1",
                            BIGINT);
    hand_postgresql_pipeline(hand);
    return hand;
}

const struct side postgresql_tree_join = {"join", join_open, hand_postgresql_close, NULL, one_trip_load, sum_tree};

/* Read all posts and skip those of other users on the client: fastest if almost all users are loaded. one_trip_load
 * binds a parameter, so the statement has a condition on it that is always true. */
static void *scan_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = users_open(url, size);
    hand_postgresql_prepare(hand, "posts", "SELECT " HAND_POST " FROM posts WHERE $1 > 0", BIGINT);
    hand_postgresql_pipeline(hand);
    return hand;
}

const struct side postgresql_tree_scan = {"scan", scan_open, hand_postgresql_close, NULL, one_trip_load, sum_tree};

/* One statement per user, all in the second round trip. */
static void *loop_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = users_open(url, size);
    hand_postgresql_prepare(hand, "posts", "SELECT " HAND_POST " FROM posts WHERE user_id = $1 ORDER BY id", BIGINT);
    hand_postgresql_pipeline(hand);
    return hand;
}

static void loop_load(void *state)
{
    enum { IN_FLIGHT = 100 }; /* with more, client and server could deadlock, each waiting for the other to read */
    struct hand_postgresql *hand = state;
    struct rows *users = &hand->levels[0], *posts = &hand->levels[1];
    hand_postgresql_reset(hand);
    hand_postgresql_send(hand, "begin", NULL, 0);
    hand_postgresql_send_key(hand, "users", (int64_t)hand->size);
    hand_postgresql_sync(hand);
    read_users(hand);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);

    size_t *start = rows_reserve_starts(posts, users->count);
    for (size_t first = 0; first < users->count; first += IN_FLIGHT) {
        size_t end = users->count - first < IN_FLIGHT ? users->count : first + IN_FLIGHT;
        for (size_t i = first; i < end; i++)
            hand_postgresql_send_key(hand, "posts", ((const struct user *)users->items)[i].id);
        hand_postgresql_sync(hand);
        for (size_t i = first; i < end; i++) {
            start[i] = posts->count;
            hand_postgresql_read(hand, &hand_posts, posts, hand_postgresql_receive(hand, PGRES_TUPLES_OK));
        }
        hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
    }
    start[users->count] = posts->count;
    hand_postgresql_send_commit(hand);
    hand_postgresql_finish_commit(hand);
}

const struct side postgresql_tree_loop = {"per parent", loop_open, hand_postgresql_close, NULL, loop_load, sum_tree};

/* ---- W5: users with their posts with their comments -----------------------------------------------------------------
 */

static void *sequence_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = users_open(url, size);
    hand_postgresql_prepare(hand, "posts", "SELECT " HAND_POST " FROM posts WHERE user_id = ANY($1)", BIGINT_ARRAY);
    hand_postgresql_prepare(hand, "comments", "SELECT " HAND_COMMENT " FROM comments WHERE post_id = ANY($1)",
                            BIGINT_ARRAY);
    return hand;
}

static void *levels_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = sequence_open(url, size);
    hand_postgresql_pipeline(hand);
    return hand;
}

/* Send the statement for a level after the first, with the keys of its parent level. */
static void send_level(struct hand_postgresql *hand, size_t level)
{
    const struct kind *above = level == 1 ? &hand_users : &hand_posts;
    int size = hand_postgresql_put_keys(hand, above, &hand->levels[level - 1]);
    hand_postgresql_send(hand, level == 1 ? "posts" : "comments", hand->parameter, size);
}

static void read_comments(struct hand_postgresql *hand)
{
    hand_postgresql_read_children(hand, &hand_posts, &hand->levels[1], &hand_comments, &hand->levels[2],
                                  hand_postgresql_receive(hand, PGRES_TUPLES_OK));
}

/* Three round trips, one per level. */
static void levels_load(void *state)
{
    struct hand_postgresql *hand = state;
    hand_postgresql_reset(hand);
    hand_postgresql_send(hand, "begin", NULL, 0);
    hand_postgresql_send_key(hand, "users", (int64_t)hand->size);
    hand_postgresql_sync(hand);
    read_users(hand);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);

    send_level(hand, 1);
    hand_postgresql_sync(hand);
    read_posts(hand);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);

    send_level(hand, 2);
    hand_postgresql_send_commit(hand);
    read_comments(hand);
    hand_postgresql_finish_commit(hand);
}

/* One round trip: each statement selects its parents again. */
static void *levels_open_for_one_trip(const char *url, size_t size)
{
    struct hand_postgresql *hand = users_open(url, size);
    hand_postgresql_prepare(hand, "posts",
                            "SELECT p.id, p.user_id, p.title, p.body, p.views, p.created_at FROM posts AS p"
                            " JOIN users AS u ON u.id = p.user_id WHERE u.id <= $1",
                            BIGINT);
    hand_postgresql_prepare(hand, "comments",
                            "SELECT c.id, c.post_id, c.user_id, c.text, c.created_at FROM comments AS c"
                            " JOIN posts AS p ON p.id = c.post_id JOIN users AS u ON u.id = p.user_id WHERE u.id <= $1",
                            BIGINT);
    hand_postgresql_pipeline(hand);
    return hand;
}

static void levels_load_in_one_trip(void *state)
{
    struct hand_postgresql *hand = state;
    hand_postgresql_reset(hand);
    hand_postgresql_send(hand, "begin", NULL, 0);
    hand_postgresql_send_key(hand, "users", (int64_t)hand->size);
    hand_postgresql_send_key(hand, "posts", (int64_t)hand->size);
    hand_postgresql_send_key(hand, "comments", (int64_t)hand->size);
    hand_postgresql_send_commit(hand);
    read_users(hand);
    read_posts(hand);
    read_comments(hand);
    hand_postgresql_finish_commit(hand);
}

/* Each statement waits for the previous one, as in code without pipelines. */
static void sequence_load(void *state)
{
    struct hand_postgresql *hand = state;
    hand_postgresql_reset(hand);
    hand_postgresql_send(hand, "begin", NULL, 0);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_send_key(hand, "users", (int64_t)hand->size);
    hand_postgresql_read(hand, &hand_users, &hand->levels[0], hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    send_level(hand, 1);
    read_posts(hand);
    send_level(hand, 2);
    read_comments(hand);
    hand_postgresql_send(hand, "commit", NULL, 0);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
}

static uint64_t sum_levels(void *state)
{
    const struct hand_postgresql *hand = state;
    const struct user *first = hand->levels[0].items;
    const struct post *second = hand->levels[1].items;
    const struct comment *third = hand->levels[2].items;
    const size_t *post_start = hand->levels[1].start, *comment_start = hand->levels[2].start;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++) {
        sum = checksum_user(sum, &first[i]);
        for (size_t j = post_start[i]; j < post_start[i + 1]; j++) {
            sum = checksum_post(sum, &second[j]);
            for (size_t k = comment_start[j]; k < comment_start[j + 1]; k++)
                sum = checksum_comment(sum, &third[k]);
        }
    }
    return sum;
}

const struct side postgresql_levels = {"by keys", levels_open, hand_postgresql_close, NULL, levels_load, sum_levels};
const struct side postgresql_levels_in_one_trip = {"one trip", levels_open_for_one_trip, hand_postgresql_close,
                                                   NULL,       levels_load_in_one_trip,  sum_levels};
const struct side postgresql_levels_in_sequence = {"in sequence", sequence_open, hand_postgresql_close,
                                                   NULL,          sequence_load, sum_levels};
