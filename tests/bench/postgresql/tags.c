/* Hand-written, on PostgreSQL: posts with their tags, by a join table with columns of its own and by one without. */
#include "hand_postgresql.h"
#include "side.h"
#include "tagged.h"

static struct tagged tagged; /* one side is measured at a time */

/*   lists  selects the links of posts, by their keys; with their tags, if `tags` is NULL
 *   tags   selects the tags of posts, once each */
static void *open_with(const char *url, size_t size, const char *lists, const char *tags)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "posts", "SELECT " HAND_POST " FROM posts WHERE id <= $1", BIGINT);
    hand_postgresql_prepare(hand, "lists", lists, BIGINT_ARRAY);
    if (tags != NULL)
        hand_postgresql_prepare(hand, "tags", tags, BIGINT_ARRAY);
    hand_postgresql_pipeline(hand);
    return hand;
}

static void *through_open(const char *url, size_t size)
{
    return open_with(
        url, size,
        "SELECT l.post_id, t.id, t.name, t.weight, l.id, l.post_id, l.tag_id, l.added_at FROM taggings AS l"
        " JOIN tags AS t ON t.id = l.tag_id WHERE l.post_id = ANY($1)",
        NULL);
}

static void *many_to_many_open(const char *url, size_t size)
{
    return open_with(url, size,
                     "SELECT l.post_id, t.id, t.name, t.weight FROM post_labels AS l"
                     " JOIN tags AS t ON t.id = l.tag_id WHERE l.post_id = ANY($1)",
                     NULL);
}

static void read_row(struct hand_postgresql *hand, const PGresult *result, int row, struct tagged_row *to)
{
    bool is_new;
    to->tag = tagged_find(&tagged, bigint_field(result, row, 1), &is_new);
    to->tagging = NULL;
    if (is_new) {
        to->tag->name = text_field(hand, result, row, 2);
        to->tag->weight = bigint_field(result, row, 3);
    }
    if (PQnfields(result) > 4) {
        to->tagging = &tagged.taggings[row];
        to->tagging->id = bigint_field(result, row, 4);
        to->tagging->post_id = bigint_field(result, row, 5);
        to->tagging->tag_id = bigint_field(result, row, 6);
        to->tagging->added_at = bigint_field(result, row, 7);
    }
}

/* Count the rows of each post, then store each row in its list, and free the result. */
static void read_lists(struct hand_postgresql *hand, const struct rows *posts, PGresult *result,
                       void (*read)(struct hand_postgresql *hand, const PGresult *result, int row,
                                    struct tagged_row *to))
{
    static uint32_t owners[TAGGED_ROWS_MAX];
    static size_t next[TAGGED_POSTS + 1];
    int count = PQntuples(result);
    key_table_fill(&hand->table, posts, sizeof(struct post));
    memset(next, 0, sizeof next);
    for (int row = 0; row < count; row++) {
        size_t post = key_table_find(&hand->table, posts, sizeof(struct post), bigint_field(result, row, 0));
        owners[row] = (uint32_t)post - 1;
        next[post]++;
    }
    for (size_t i = 1; i <= posts->count; i++)
        next[i] += next[i - 1];
    memcpy(tagged.starts, next, sizeof next);
    for (int row = 0; row < count; row++)
        read(hand, result, row, &tagged.rows[next[owners[row]]++]);
    for (size_t i = 0; i < posts->count; i++)
        tagged_sort(tagged.rows + tagged.starts[i], tagged.starts[i + 1] - tagged.starts[i]);
    PQclear(result);
}

static void read_tags(struct hand_postgresql *hand, PGresult *result)
{
    for (int row = 0; row < PQntuples(result); row++) {
        bool is_new;
        struct tag *tag = tagged_find(&tagged, bigint_field(result, row, 0), &is_new);
        tag->name = text_field(hand, result, row, 1);
        tag->weight = bigint_field(result, row, 2);
    }
    PQclear(result);
}

/* Two round trips: the posts, then their lists by their keys, with the tags by a statement of their own or not. */
static void load_with(struct hand_postgresql *hand, bool has_tags,
                      void (*read)(struct hand_postgresql *hand, const PGresult *result, int row,
                                   struct tagged_row *to))
{
    struct rows *posts = &hand->levels[0];
    arena_reset(&hand->texts);
    posts->count = 0;
    tagged_reset(&tagged);
    hand_postgresql_send(hand, "begin", NULL, 0);
    hand_postgresql_send_key(hand, "posts", (int64_t)hand->size);
    hand_postgresql_sync(hand);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_read(hand, &hand_posts, posts, hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
    int size = hand_postgresql_put_keys(hand, &hand_posts, posts);
    if (has_tags)
        hand_postgresql_send(hand, "tags", hand->parameter, size);
    hand_postgresql_send(hand, "lists", hand->parameter, size);
    hand_postgresql_send(hand, "commit", NULL, 0);
    hand_postgresql_sync(hand);
    if (has_tags)
        read_tags(hand, hand_postgresql_receive(hand, PGRES_TUPLES_OK));
    read_lists(hand, posts, hand_postgresql_receive(hand, PGRES_TUPLES_OK), read);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
}

static void load(void *state)
{
    load_with(state, false, &read_row);
}

/* ---- The links and the tags by a statement each ---------------------------------------------------------------------
 */

static void *through_links_open(const char *url, size_t size)
{
    return open_with(url, size, "SELECT post_id, tag_id, id, added_at FROM taggings WHERE post_id = ANY($1)",
                     "SELECT id, name, weight FROM tags WHERE id IN (SELECT tag_id FROM taggings"
                     " WHERE post_id = ANY($1))");
}

static void *many_to_many_links_open(const char *url, size_t size)
{
    return open_with(url, size, "SELECT post_id, tag_id FROM post_labels WHERE post_id = ANY($1)",
                     "SELECT id, name, weight FROM tags WHERE id IN (SELECT tag_id FROM post_labels"
                     " WHERE post_id = ANY($1))");
}

static void read_link(struct hand_postgresql *hand, const PGresult *result, int row, struct tagged_row *to)
{
    bool is_new;
    (void)hand;
    to->tag = tagged_find(&tagged, bigint_field(result, row, 1), &is_new);
    to->tagging = NULL;
    if (PQnfields(result) > 2) {
        to->tagging = &tagged.taggings[row];
        to->tagging->id = bigint_field(result, row, 2);
        to->tagging->post_id = bigint_field(result, row, 0);
        to->tagging->tag_id = to->tag->id;
        to->tagging->added_at = bigint_field(result, row, 3);
    }
}

static void links_load(void *state)
{
    load_with(state, true, &read_link);
}

static uint64_t sum_through(void *state)
{
    return tagged_checksum(&tagged, &((const struct hand_postgresql *)state)->levels[0], true);
}

static uint64_t sum_many_to_many(void *state)
{
    return tagged_checksum(&tagged, &((const struct hand_postgresql *)state)->levels[0], false);
}

const struct side postgresql_through = {"by keys", through_open, hand_postgresql_close, NULL, load, sum_through};
const struct side postgresql_many_to_many = {"by keys", many_to_many_open, hand_postgresql_close, NULL,
                                             load,      sum_many_to_many};
const struct side postgresql_through_links = {"links, tags", through_links_open, hand_postgresql_close,
                                              NULL,          links_load,         sum_through};
const struct side postgresql_many_to_many_links = {"links, tags", many_to_many_links_open, hand_postgresql_close, NULL,
                                                   links_load,    sum_many_to_many};
