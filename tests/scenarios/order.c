/* Sorted and limited rows. SQLite delivers rows by callback if an index returns them in the requested order. Indexes
 * come and go while a statement is cached. */
#include "data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POSTS = 20 };

/* Insert posts titled 07, 14, 01, …: each number below POSTS once, unsorted. */
static void given_posts(struct fixture *f)
{
    int64_t user_id = add_user(f, "ada");
    for (int i = 1; i <= POSTS; i++) {
        char title[8];
        snprintf(title, sizeof title, "%02d", i * 7 % POSTS);
        add_post(f, user_id, title);
    }
    reset_statements(f);
}

/* Read three posts by title, starting at this number. In a new session, no other records are known. */
static void assert_three_from(struct fixture *f, int first)
{
    struct post_list posts;
    struct post_query *query = post_query(f->s);
    post_order_by(query, ar_asc(post_column.title));
    post_limit(query, 3);
    post_offset(query, (uint64_t)first);
    reset_statements(f);
    ok(f->s, post_all(query, &posts));
    assert_statements(f, 1);
    assert_int_equal(posts.count, 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(atoi(posts.items[i]->title), first + i);
}

/* Assert how SQLite fetches the rows of all posts in this order. */
static void assert_rows(struct fixture *f, struct ar_order order, const char *how)
{
    const char *text;
    struct post_query *query = post_query(f->s);
    post_order_by(query, order);
    ok(f->s, ar_explain(query, &text));
    assert_true(!fixture_is_sqlite() || strstr(text, fixture_is_plain() ? "rows: fetched" : how) != NULL);
}

static void test_explained(void **state)
{
    struct fixture *f = *state;
    given_posts(f);
    assert_rows(f, ar_asc(post_column.id), "rows: delivered by a function");
    assert_rows(f, ar_asc(post_column.title), "rows: fetched");
    ok(f->s, ar_execute(f->s, "CREATE INDEX posts_title ON posts (title)"));
    assert_rows(f, ar_desc(post_column.title), "rows: delivered by a function");
}

static void test_sorted(void **state)
{
    struct fixture *f = *state;
    given_posts(f);
    assert_three_from(f, 0);
    assert_three_from(f, 17);
}

static void test_by_key(void **state)
{
    struct fixture *f = *state;
    struct post_list posts;
    given_posts(f);
    struct post_query *query = post_query(f->s);
    post_order_by(query, ar_desc(post_column.id));
    post_limit(query, 4);
    post_offset(query, 2);
    ok(f->s, post_all(query, &posts));
    assert_int_equal(posts.count, 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(posts.items[i]->id, POSTS - 2 - i);
}

/* With an index, rows come in its order; without it, the cached statement sorts them again. */
static void come_and_go(struct fixture *f, struct ar_session *maker)
{
    given_posts(f);
    for (int round = 0; round < 2; round++) {
        ok(maker, ar_execute(maker, "CREATE INDEX posts_title ON posts (title)"));
        ar_session_clear(f->s);
        assert_three_from(f, 5);
        ok(maker, ar_execute(maker, "DROP INDEX posts_title"));
        ar_session_clear(f->s);
        assert_three_from(f, 11);
        assert_three_from(f, 2);
    }
}

static void test_index_comes_and_goes(void **state)
{
    struct fixture *f = *state;
    come_and_go(f, f->s);
}

static void test_index_of_another_connection(void **state)
{
    struct fixture *f = *state;
    come_and_go(f, f->other);
}

/* A view of two halves, each of which is sorted, while the whole is not. */
static void test_view_of_two_halves(void **state)
{
    struct fixture *f = *state;
    given_posts(f);
    ok(f->s, ar_execute(f->s, "CREATE INDEX posts_title ON posts (title); ALTER TABLE posts RENAME TO all_posts;"
                              "CREATE VIEW posts AS SELECT * FROM all_posts WHERE id % 2 = 0"
                              " UNION ALL SELECT * FROM all_posts WHERE id % 2 = 1"));
    for (int first = 0; first < POSTS - 3; first++)
        assert_three_from(f, first);
    ok(f->s, ar_execute(f->s, "DROP VIEW posts; ALTER TABLE all_posts RENAME TO posts")); /* for the next test */
}

/* No rows, one row, and a row in the middle that cannot be read. */
static void test_few_rows(void **state)
{
    struct fixture *f = *state;
    struct post_list posts;
    struct post *post;
    given_posts(f);
    struct post_query *query = post_query(f->s);
    post_order_by(query, ar_desc(post_column.id));
    ok(f->s, post_first(query, &post));
    assert_int_equal(post->id, POSTS);
    query = post_query(f->s);
    post_limit(query, 0);
    ok(f->s, post_all(query, &posts));
    assert_int_equal(posts.count, 0);
    if (!fixture_is_sqlite())
        return;
    ok(f->s, ar_execute(f->s, "UPDATE posts SET title = x'01' WHERE id = 5"));
    ar_session_clear(f->s);
    query = post_query(f->s);
    post_order_by(query, ar_asc(post_column.id));
    fails(f->s, AR_INVALID, post_all(query, &posts));
    assert_error_names(f->s, "title");
    query = post_query(f->s);
    post_where(query, ar_ne(post_column.id, 5));
    post_order_by(query, ar_asc(post_column.id));
    ok(f->s, post_all(query, &posts));
    assert_int_equal(posts.count, POSTS - 1);
}

/* A pattern can make SQLite re-prepare the statement for each value. */
static void test_pattern(void **state)
{
    struct fixture *f = *state;
    struct post_list posts;
    given_posts(f);
    for (int round = 0; round < 3; round++) {
        struct post_query *query = post_query(f->s);
        post_where(query, ar_like(post_column.title, round % 2 == 0 ? "1%" : "0%"));
        post_order_by(query, ar_asc(post_column.title));
        ok(f->s, post_all(query, &posts));
        assert_int_equal(posts.count, 10);
        for (int i = 0; i < 10; i++)
            assert_int_equal(atoi(posts.items[i]->title), (round % 2 == 0 ? 10 : 0) + i);
    }
}

/* The table changes while the statement is cached. */
static void test_column_comes(void **state)
{
    struct fixture *f = *state;
    struct post_list posts;
    given_posts(f);
    for (int round = 0; round < 3; round++) {
        struct post_query *query = post_query(f->s);
        post_order_by(query, ar_asc(post_column.id));
        ok(f->s, post_all(query, &posts));
        assert_int_equal(posts.count, POSTS);
        for (int i = 0; i < POSTS; i++)
            assert_int_equal(posts.items[i]->id, i + 1);
        if (round == 0)
            ok(f->s, ar_execute(f->s, "ALTER TABLE posts ADD COLUMN mood text"));
    }
}

/* A query by key alone is a find; with a limit, an offset or another condition it is not. */
static void test_key_alone(void **state)
{
    struct fixture *f = *state;
    struct post *found, *post;
    struct post_list posts;
    given_posts(f);
    reset_statements(f);
    ok(f->s, post_find(f->s, 3, &found));
    const char *find = f->last_sql;
    struct post_query *query = post_query(f->s);
    post_where(query, ar_eq(post_column.id, 3));
    ok(f->s, post_one(query, &post));
    assert_ptr_equal(post, found);
    assert_string_equal(f->last_sql, find);
    query = post_query(f->s);
    post_where(query, ar_eq(post_column.id, 3));
    post_where(query, ar_ne(post_column.title, found->title));
    assert_int_equal(post_one(query, &post), AR_NOT_FOUND);
    query = post_query(f->s);
    post_where(query, ar_eq(post_column.id, 3));
    post_limit(query, 0);
    ok(f->s, post_all(query, &posts));
    assert_int_equal(posts.count, 0);
    query = post_query(f->s);
    post_where(query, ar_eq(post_column.id, 3));
    post_offset(query, 1);
    ok(f->s, post_all(query, &posts));
    assert_int_equal(posts.count, 0);
    query = post_query(f->s);
    post_where(query, ar_eq(post_column.id, POSTS + 1));
    assert_int_equal(post_one(query, &post), AR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scenario(test_explained, open_blog_and_shop),
        scenario(test_sorted, open_blog_and_shop),
        scenario(test_by_key, open_blog_and_shop),
        scenario(test_index_comes_and_goes, open_blog_and_shop),
        scenario(test_index_of_another_connection, open_blog_and_shop),
        scenario(test_view_of_two_halves, open_blog_and_shop),
        scenario(test_few_rows, open_blog_and_shop),
        scenario(test_pattern, open_blog_and_shop),
        scenario(test_column_comes, open_blog_and_shop),
        scenario(test_key_alone, open_blog_and_shop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
