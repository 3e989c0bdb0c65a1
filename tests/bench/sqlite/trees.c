/* Hand-written, on SQLite: parents with children by several strategies, and trees of three levels. */
#include "checksum.h"
#include "data.h"
#include "fail.h"
#include "hand_sqlite.h"
#include "side.h"

#define FIRST_USERS "SELECT " HAND_SQLITE_USER("") " FROM users WHERE id <= ?1"

static uint64_t sum_tree(void *state)
{
    const struct hand_sqlite *hand = state;
    const struct user *users = hand->levels[0].items;
    const struct rows *children = &hand->levels[1];
    const struct post *posts = children->items;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++) {
        sum = checksum_user(sum, &users[i]);
        for (size_t child = children->start[i]; child < children->start[i + 1]; child++)
            sum = checksum_post(sum, &posts[rows_place(children, child)]);
    }
    return sum;
}

static void read_parents(struct hand_sqlite *hand)
{
    hand_sqlite_reset(hand);
    hand_sqlite_run(hand, hand->begin);
    hand_sqlite_bind_size(hand, hand->statements[0]);
    hand_sqlite_read_users(hand, hand->statements[0], &hand->levels[0]);
}

/* ---- W4: users with their posts ------------------------------------------------------------------------------------
 */

/* Load the children with one statement that repeats the condition on parents. CROSS JOIN fixes the order of the loops,
 * so that children are in the order of their parents and need no hash table. IN (SELECT ...) takes 2 % more
 * instructions. The users are a range of keys here, but the code does not use this fact, because the workload
 * represents an arbitrary condition. */
static void *tree_open(const char *url, size_t size)
{
    return hand_sqlite_open(
        url, size, FIRST_USERS,
        "SELECT " HAND_SQLITE_POST("p.") " FROM users AS u"
                                         " CROSS JOIN posts AS p ON p.user_id = u.id WHERE u.id <= ?1",
        NULL);
}

/* Read children that are in the order of their parents. */
static void read_children(struct hand_sqlite *hand)
{
    struct rows *users = &hand->levels[0], *posts = &hand->levels[1];
    const struct user *parents = users->items;
    sqlite3_stmt *row = hand->statements[1];
    size_t *start = rows_reserve_starts(posts, users->count);
    size_t parent = 0;
    start[0] = 0;
    hand_sqlite_bind_size(hand, row);
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct post *post = rows_add(posts, sizeof *post);
        hand_sqlite_read_post(hand, row, 0, post);
        while (parents[parent].id != post->user_id)
            start[++parent] = posts->count - 1;
    }
    while (parent < users->count)
        start[++parent] = posts->count;
    hand_sqlite_check(hand, sqlite3_reset(row));
}

static void tree_load(void *state)
{
    struct hand_sqlite *hand = state;
    read_parents(hand);
    read_children(hand);
    hand_sqlite_run(hand, hand->commit);
}

const struct side sqlite_tree = {"by keys", tree_open, hand_sqlite_close, NULL, tree_load, sum_tree};

/* Read all posts and skip those of other users: fastest if a large part of all users is loaded. */
static void *scan_open(const char *url, size_t size)
{
    struct hand_sqlite *hand =
        hand_sqlite_open(url, size, FIRST_USERS, "SELECT " HAND_SQLITE_POST("") " FROM posts", NULL);
    hand->parents = bench_allocate(POST_COUNT, sizeof *hand->parents);
    return hand;
}

static void scan_load(void *state)
{
    struct hand_sqlite *hand = state;
    struct rows *users = &hand->levels[0], *posts = &hand->levels[1];
    sqlite3_stmt *row = hand->statements[1];
    read_parents(hand);
    key_table_fill(&hand->table, users, sizeof(struct user));
    while (sqlite3_step(row) == SQLITE_ROW) {
        size_t parent = key_table_find(&hand->table, users, sizeof(struct user), sqlite3_column_int64(row, 1));
        if (parent == 0)
            continue;
        hand->parents[posts->count] = (uint32_t)parent - 1;
        hand_sqlite_read_post(hand, row, 0, rows_add(posts, sizeof(struct post)));
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
    hand_sqlite_run(hand, hand->commit);
    rows_group(posts, users->count, hand->parents);
}

const struct side sqlite_tree_scan = {"scan", scan_open, hand_sqlite_close, NULL, scan_load, sum_tree};

/* One statement per user. */
static void *loop_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size, FIRST_USERS, "SELECT " HAND_SQLITE_POST("") " FROM posts WHERE user_id = ?1",
                            NULL);
}

static void loop_load(void *state)
{
    struct hand_sqlite *hand = state;
    struct rows *users = &hand->levels[0], *posts = &hand->levels[1];
    read_parents(hand);
    size_t *start = rows_reserve_starts(posts, users->count);
    for (size_t i = 0; i < users->count; i++) {
        start[i] = posts->count;
        hand_sqlite_check(hand, sqlite3_bind_int64(hand->statements[1], 1, ((const struct user *)users->items)[i].id));
        hand_sqlite_read_posts(hand, hand->statements[1], posts);
    }
    start[users->count] = posts->count;
    hand_sqlite_run(hand, hand->commit);
}

const struct side sqlite_tree_loop = {"per parent", loop_open, hand_sqlite_close, NULL, loop_load, sum_tree};

/* ---- W5: users with their posts with their comments -----------------------------------------------------------------
 */

static void *levels_open(const char *url, size_t size)
{
    return hand_sqlite_open(
        url, size, FIRST_USERS,
        "SELECT " HAND_SQLITE_POST("p.") " FROM users AS u"
                                         " CROSS JOIN posts AS p ON p.user_id = u.id WHERE u.id <= ?1",
        "SELECT " HAND_SQLITE_COMMENT(
            "c.") " FROM users AS u"
                  " CROSS JOIN posts AS p ON p.user_id = u.id CROSS JOIN comments AS c ON c.post_id = p.id"
                  " WHERE u.id <= ?1");
}

static void read_comments(struct hand_sqlite *hand)
{
    const struct post *posts = hand->levels[1].items;
    struct rows *comments = &hand->levels[2];
    sqlite3_stmt *row = hand->statements[2];
    size_t *start = rows_reserve_starts(comments, hand->levels[1].count);
    size_t parent = 0;
    start[0] = 0;
    hand_sqlite_bind_size(hand, row);
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct comment *comment = rows_add(comments, sizeof *comment);
        hand_sqlite_read_comment(hand, row, 0, comment);
        while (posts[parent].id != comment->post_id)
            start[++parent] = comments->count - 1;
    }
    while (parent < hand->levels[1].count)
        start[++parent] = comments->count;
    hand_sqlite_check(hand, sqlite3_reset(row));
}

static void levels_load(void *state)
{
    struct hand_sqlite *hand = state;
    read_parents(hand);
    read_children(hand);
    read_comments(hand);
    hand_sqlite_run(hand, hand->commit);
}

static uint64_t sum_levels(void *state)
{
    const struct hand_sqlite *hand = state;
    const struct user *users = hand->levels[0].items;
    const struct post *posts = hand->levels[1].items;
    const struct comment *comments = hand->levels[2].items;
    const size_t *post_start = hand->levels[1].start, *comment_start = hand->levels[2].start;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++) {
        sum = checksum_user(sum, &users[i]);
        for (size_t j = post_start[i]; j < post_start[i + 1]; j++) {
            sum = checksum_post(sum, &posts[j]);
            for (size_t k = comment_start[j]; k < comment_start[j + 1]; k++)
                sum = checksum_comment(sum, &comments[k]);
        }
    }
    return sum;
}

const struct side sqlite_levels = {"by keys", levels_open, hand_sqlite_close, NULL, levels_load, sum_levels};

/* ---- W6: authors with their articles with their remarks, no index on the foreign keys ------------------------------
 */

/* All rows of three tables are needed: reading each table once in its own order, and grouping by hash, is fastest. */
static void *diesel_open(const char *url, size_t size)
{
    struct hand_sqlite *hand =
        hand_sqlite_open(url, size, "SELECT id, name, hair_color FROM authors",
                         "SELECT id, author_id, title, body FROM articles", "SELECT id, article_id, text FROM remarks");
    hand->parents = bench_allocate(REMARK_COUNT, sizeof *hand->parents);
    return hand;
}

static void read_authors(struct hand_sqlite *hand)
{
    sqlite3_stmt *row = hand->statements[0];
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct author *author = rows_add(&hand->levels[0], sizeof *author);
        author->id = sqlite3_column_int64(row, 0);
        author->name = hand_sqlite_text(hand, row, 1);
        author->hair_color = hand_sqlite_text(hand, row, 2);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
}

static void read_articles(struct hand_sqlite *hand)
{
    struct rows *authors = &hand->levels[0], *articles = &hand->levels[1];
    sqlite3_stmt *row = hand->statements[1];
    key_table_fill(&hand->table, authors, sizeof(struct author));
    while (sqlite3_step(row) == SQLITE_ROW) {
        int64_t key = sqlite3_column_int64(row, 1);
        size_t parent = key_table_find(&hand->table, authors, sizeof(struct author), key);
        if (parent == 0)
            continue;
        hand->parents[articles->count] = (uint32_t)parent - 1;
        struct article *article = rows_add(articles, sizeof *article);
        article->id = sqlite3_column_int64(row, 0);
        article->author_id = key;
        article->title = hand_sqlite_text(hand, row, 2);
        article->body = hand_sqlite_text(hand, row, 3);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
    rows_group(articles, authors->count, hand->parents);
}

static void read_remarks(struct hand_sqlite *hand)
{
    struct rows *articles = &hand->levels[1], *remarks = &hand->levels[2];
    sqlite3_stmt *row = hand->statements[2];
    key_table_fill(&hand->table, articles, sizeof(struct article));
    while (sqlite3_step(row) == SQLITE_ROW) {
        int64_t key = sqlite3_column_int64(row, 1);
        size_t parent = key_table_find(&hand->table, articles, sizeof(struct article), key);
        if (parent == 0)
            continue;
        hand->parents[remarks->count] = (uint32_t)parent - 1;
        struct remark *remark = rows_add(remarks, sizeof *remark);
        remark->id = sqlite3_column_int64(row, 0);
        remark->article_id = key;
        remark->text = hand_sqlite_text(hand, row, 2);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
    rows_group(remarks, articles->count, hand->parents);
}

static void diesel_load(void *state)
{
    struct hand_sqlite *hand = state;
    hand_sqlite_reset(hand);
    hand_sqlite_run(hand, hand->begin);
    read_authors(hand);
    read_articles(hand);
    read_remarks(hand);
    hand_sqlite_run(hand, hand->commit);
}

static uint64_t sum_diesel(void *state)
{
    const struct hand_sqlite *hand = state;
    const struct author *authors = hand->levels[0].items;
    const struct article *articles = hand->levels[1].items;
    const struct remark *remarks = hand->levels[2].items;
    const struct rows *level1 = &hand->levels[1], *level2 = &hand->levels[2];
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++) {
        sum = checksum_author(sum, &authors[i]);
        for (size_t j = level1->start[i]; j < level1->start[i + 1]; j++) {
            size_t article = rows_place(level1, j);
            sum = checksum_article(sum, &articles[article]);
            for (size_t k = level2->start[article]; k < level2->start[article + 1]; k++)
                sum = checksum_remark(sum, &remarks[rows_place(level2, k)]);
        }
    }
    return sum;
}

const struct side sqlite_diesel = {"scans", diesel_open, hand_sqlite_close, NULL, diesel_load, sum_diesel};
