/* Hand-written, on SQLite: posts with their tags, by a join table with columns of its own and by one without. Reading
 * the links and the tags by a statement each takes longer than a join. */
#include "hand_sqlite.h"
#include "side.h"
#include "tagged.h"

#define FIRST_POSTS "SELECT " HAND_SQLITE_POST("") " FROM posts WHERE id <= ?1"

static struct tagged tagged; /* one side is measured at a time */

static void *through_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size, FIRST_POSTS,
                            "SELECT p.id, t.id, t.name, t.weight, l.id, l.post_id, l.tag_id, l.added_at FROM posts AS p"
                            " CROSS JOIN taggings AS l ON l.post_id = p.id CROSS JOIN tags AS t ON t.id = l.tag_id"
                            " WHERE p.id <= ?1",
                            NULL);
}

static void *many_to_many_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size, FIRST_POSTS,
                            "SELECT p.id, t.id, t.name, t.weight FROM posts AS p"
                            " CROSS JOIN post_labels AS l ON l.post_id = p.id CROSS JOIN tags AS t ON t.id = l.tag_id"
                            " WHERE p.id <= ?1",
                            NULL);
}

static void read_row(struct hand_sqlite *hand, sqlite3_stmt *row, bool has_taggings)
{
    struct tagged_row *to = &tagged.rows[tagged.count];
    bool is_new;
    to->tag = tagged_find(&tagged, sqlite3_column_int64(row, 1), &is_new);
    to->tagging = NULL;
    if (is_new) {
        to->tag->name = hand_sqlite_text(hand, row, 2);
        to->tag->weight = sqlite3_column_int64(row, 3);
    }
    if (has_taggings) {
        to->tagging = &tagged.taggings[tagged.count];
        to->tagging->id = sqlite3_column_int64(row, 4);
        to->tagging->post_id = sqlite3_column_int64(row, 5);
        to->tagging->tag_id = sqlite3_column_int64(row, 6);
        to->tagging->added_at = sqlite3_column_int64(row, 7);
    }
    tagged.count++;
}

/* Rows are in the order of their posts. */
static void load(struct hand_sqlite *hand, bool has_taggings)
{
    struct rows *posts = &hand->levels[0];
    sqlite3_stmt *row = hand->statements[1];
    size_t post = 0;
    hand_sqlite_reset(hand);
    tagged_reset(&tagged);
    hand_sqlite_run(hand, hand->begin);
    hand_sqlite_bind_size(hand, hand->statements[0]);
    hand_sqlite_read_posts(hand, hand->statements[0], posts);
    hand_sqlite_bind_size(hand, row);
    tagged.starts[0] = 0;
    while (sqlite3_step(row) == SQLITE_ROW) {
        while (((const struct post *)posts->items)[post].id != sqlite3_column_int64(row, 0))
            tagged.starts[++post] = tagged.count;
        read_row(hand, row, has_taggings);
    }
    while (post < posts->count)
        tagged.starts[++post] = tagged.count;
    for (size_t i = 0; i < posts->count && has_taggings; i++)
        tagged_sort(tagged.rows + tagged.starts[i], tagged.starts[i + 1] - tagged.starts[i]);
    hand_sqlite_check(hand, sqlite3_reset(row));
    hand_sqlite_run(hand, hand->commit);
}

static void through_load(void *state)
{
    load(state, true);
}

/* The index of the join table returns the tags in order. */
static void many_to_many_load(void *state)
{
    load(state, false);
}

static uint64_t sum_through(void *state)
{
    return tagged_checksum(&tagged, &((const struct hand_sqlite *)state)->levels[0], true);
}

static uint64_t sum_many_to_many(void *state)
{
    return tagged_checksum(&tagged, &((const struct hand_sqlite *)state)->levels[0], false);
}

const struct side sqlite_through = {"join", through_open, hand_sqlite_close, NULL, through_load, sum_through};
const struct side sqlite_many_to_many = {"join", many_to_many_open, hand_sqlite_close,
                                         NULL,   many_to_many_load, sum_many_to_many};
