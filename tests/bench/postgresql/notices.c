/* Hand-written, on PostgreSQL: notices about rows of three tables. */
#include "fail.h"
#include "hand_postgresql.h"
#include "noticed.h"
#include "side.h"

#define NOTICE "id, subject_type, subject_id, text"

static void read_notice(struct hand_postgresql *hand, const PGresult *result, int row, void *out)
{
    struct notice *notice = out;
    notice->id = bigint_field(result, row, 0);
    notice->subject_type = text_field(hand, result, row, 1);
    notice->subject_id = bigint_field(result, row, 2);
    notice->text = text_field(hand, result, row, 3);
}

static const struct kind notices = {sizeof(struct notice), read_notice};

static struct hand_postgresql *open_rows(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand->parents = bench_allocate(size, sizeof *hand->parents);
    return hand;
}

static void reset(struct hand_postgresql *hand)
{
    arena_reset(&hand->texts);
    for (size_t kind = 0; kind < NOTICED_LEVELS; kind++)
        hand->levels[kind].count = 0;
}

static uint64_t sum_notices(void *state)
{
    const struct hand_postgresql *hand = state;
    return noticed_checksum(hand->levels, hand->parents);
}

/* ---- Two round trips: the notices, and a statement for each kind ----------------------------------------------------
 */

static const struct kind *const kinds[] = {
    [NOTICED_USER] = &hand_users, [NOTICED_POST] = &hand_posts, [NOTICED_COMMENT] = &hand_comments};
static const char *const names[] = {[NOTICED_USER] = "users", [NOTICED_POST] = "posts", [NOTICED_COMMENT] = "comments"};

static void *by_keys_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = open_rows(url, size);
    hand_postgresql_prepare(hand, "notices", "SELECT " NOTICE " FROM notices", 0);
    hand_postgresql_prepare(hand, "users", "SELECT " HAND_USER " FROM users WHERE id = ANY($1)", BIGINT_ARRAY);
    hand_postgresql_prepare(hand, "posts", "SELECT " HAND_POST " FROM posts WHERE id = ANY($1)", BIGINT_ARRAY);
    hand_postgresql_prepare(hand, "comments", "SELECT " HAND_COMMENT " FROM comments WHERE id = ANY($1)", BIGINT_ARRAY);
    hand_postgresql_pipeline(hand);
    return hand;
}

/* Send the statement with the keys of the subjects of a kind. PostgreSQL removes duplicates. */
static void send_keys(struct hand_postgresql *hand, enum noticed_kind kind)
{
    const struct notice *items = hand->levels[0].items;
    size_t count = 0;
    char *parameter = hand_postgresql_parameter(hand, 20 + 12 * hand->levels[0].count);
    char *to = parameter + 20;
    for (size_t i = 0; i < hand->levels[0].count; i++) {
        if (noticed_kind(items[i].subject_type) != kind)
            continue;
        to = put_64(put_32(to, 8), (uint64_t)items[i].subject_id);
        count++;
    }
    hand_postgresql_put_array(parameter, BIGINT, count, false);
    hand_postgresql_send(hand, names[kind], parameter, (int)(to - parameter));
}

static void by_keys_load(void *state)
{
    struct hand_postgresql *hand = state;
    reset(hand);
    hand_postgresql_send(hand, "begin", NULL, 0);
    hand_postgresql_send(hand, "notices", NULL, 0);
    hand_postgresql_sync(hand);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_read(hand, &notices, &hand->levels[0], hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
    for (enum noticed_kind kind = NOTICED_USER; kind < NOTICED_LEVELS; kind++)
        send_keys(hand, kind);
    hand_postgresql_send(hand, "commit", NULL, 0);
    hand_postgresql_sync(hand);
    for (enum noticed_kind kind = NOTICED_USER; kind < NOTICED_LEVELS; kind++)
        hand_postgresql_read(hand, kinds[kind], &hand->levels[kind], hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
    noticed_find(hand->levels, hand->parents);
}

const struct side postgresql_notices = {"by keys", by_keys_open, hand_postgresql_close,
                                        NULL,      by_keys_load, sum_notices};

/* ---- One round trip: three joins, whose rows are read one kind after another ----------------------------------------
 */

static void *join_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = open_rows(url, size);
    hand_postgresql_prepare(hand, "join",
                            "SELECT n.id, n.subject_type, n.subject_id, n.text, u.*, p.*, c.* FROM notices AS n"
                            " LEFT JOIN (SELECT " HAND_USER " FROM users) AS u"
                            " ON subject_type = 'user' AND u.id = subject_id"
                            " LEFT JOIN (SELECT " HAND_POST " FROM posts) AS p"
                            " ON subject_type = 'post' AND p.id = subject_id"
                            " LEFT JOIN (SELECT " HAND_COMMENT " FROM comments) AS c"
                            " ON subject_type = 'comment' AND c.id = subject_id ORDER BY n.id",
                            0);
    return hand;
}

/* Read a subject again for each of its notices. */
static void read_subject(struct hand_postgresql *hand, const PGresult *result, int row, const struct notice *notice)
{
    enum noticed_kind kind = noticed_kind(notice->subject_type);
    hand->parents[row] = (uint32_t)hand->levels[kind].count;
    void *out = rows_add(&hand->levels[kind], kinds[kind]->size);
    if (kind == NOTICED_USER)
        read_user_at(hand, result, row, 4, out);
    else if (kind == NOTICED_POST)
        read_post_at(hand, result, row, 12, out);
    else
        read_comment_at(hand, result, row, 18, out);
}

static void join_load(void *state)
{
    struct hand_postgresql *hand = state;
    reset(hand);
    hand_postgresql_send(hand, "join", NULL, 0);
    PGresult *result = hand_postgresql_receive(hand, PGRES_TUPLES_OK);
    int count = PQntuples(result);
    for (int row = 0; row < count; row++) {
        struct notice *notice = rows_add(&hand->levels[0], sizeof *notice);
        read_notice(hand, result, row, notice);
        read_subject(hand, result, row, notice);
    }
    PQclear(result);
}

const struct side postgresql_notices_join = {"join", join_open, hand_postgresql_close, NULL, join_load, sum_notices};
