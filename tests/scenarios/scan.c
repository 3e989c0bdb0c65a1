/* Relations loaded by a full table scan. SQLite scans if there is no index and if there are many keys; PostgreSQL's
 * planner chooses by itself, and the same calls return the same rows. If every owner is loaded, neither database needs
 * keys. */
#include "data.h"

#include <stdio.h>
#include <string.h>

/* Drop the indexes through the tested session's connection, which then reads the list of indexes again. */
static void drop_indexes(struct fixture *f)
{
    ok(f->s, ar_execute(f->s, "DROP INDEX posts_user_id; DROP INDEX comments_post_id"));
    reset_statements(f);
}

/* Assert that SQLite's last statement was a full table scan, or was not. */
static void assert_scan(const struct fixture *f, bool expected)
{
    const char *test = fixture_is_plain() ? " WHERE +" : "armature_wanted";
    if (fixture_is_sqlite())
        assert_int_equal(strstr(f->last_sql, test) != NULL, expected);
}

/* Assert that the last statement read all rows without keys, or did not. */
static void assert_all(const struct fixture *f, bool expected)
{
    assert_int_equal(strstr(f->last_sql, "IS NOT NULL") != NULL, expected);
}

/* Insert users with posts and comments: user n has n % 3 posts, post n has n % 2 comments. */
static void given_users(struct fixture *f, int count)
{
    for (int i = 1; i <= count; i++) {
        char name[32];
        snprintf(name, sizeof name, "user%d", i);
        int64_t user_id = add_user(f, name);
        for (int k = 0; k < i % 3; k++) {
            int64_t post_id = add_post(f, user_id, name);
            if (post_id % 2 == 1)
                add_comment(f, user_id, post_id, name);
        }
    }
}

/* Assert that the users of a query have exactly the posts and comments that belong to them. */
static void check_tree(struct fixture *f, struct user_query *query, int count,
                       void (*check_way)(const struct fixture *f, bool expected), bool expected)
{
    struct user_list users;
    post_with_comments(user_with_posts(query));
    reset_statements(f);
    ok(f->s, user_all(query, &users));
    check_way(f, expected);
    assert_statements(f, 3);
    assert_int_equal(users.count, count);
    for (size_t i = 0; i < users.count; i++) {
        struct post_list posts;
        ok(f->s, user_posts(f->s, users.items[i], &posts));
        assert_int_equal(posts.count, users.items[i]->id % 3);
        for (size_t k = 0; k < posts.count; k++) {
            struct comment_list comments;
            assert_int_equal(posts.items[k]->user_id, users.items[i]->id);
            assert_true(k == 0 || posts.items[k - 1]->id < posts.items[k]->id);
            ok(f->s, post_comments(f->s, posts.items[k], &comments));
            assert_int_equal(comments.count, posts.items[k]->id % 2);
        }
    }
    assert_statements(f, 0);
}

static struct user_query *first_users(struct fixture *f, int64_t count)
{
    struct user_query *query = user_query(f->s);
    user_where(query, ar_le(user_column.id, count));
    return query;
}

static void test_without_index(void **state)
{
    struct fixture *f = *state;
    given_users(f, 20);
    check_tree(f, first_users(f, 15), 15, assert_scan, false);
    drop_indexes(f);
    check_tree(f, first_users(f, 15), 15, assert_scan, true);
}

/* Assert that SQLite's last statement read all rows without keys, or did not. */
static void assert_all_unasked(const struct fixture *f, bool expected)
{
    if (fixture_is_sqlite())
        assert_all(f, expected);
}

/* With an index: nearly all keys read all rows without keys, many keys scan the table, few keys search the index. */
static void test_many_keys(void **state)
{
    struct fixture *f = *state;
    given_users(f, 800);
    check_tree(f, first_users(f, 799), 799, assert_all_unasked, true);
    ar_session_clear(f->s);
    check_tree(f, first_users(f, 500), 500, assert_scan, true);

    struct user_list users;
    struct post_list posts;
    struct user_query *query = by_key(first_users(f, 200), &user_model);
    user_with_posts(query);
    ok(f->s, user_all(query, &users));
    assert_scan(f, false);
    ok(f->s, user_posts(f->s, users.items[199], &posts));
    assert_int_equal(posts.count, 200 % 3);

    /* Many keys, but few of those that the table may have. */
    add_row(f, &user_model, &(struct user){.id = 5000, .username = "last"});
    ar_session_clear(f->s);
    query = by_key(first_users(f, 500), &user_model);
    user_with_posts(query);
    ok(f->s, user_all(query, &users));
    assert_scan(f, false);
    ok(f->s, user_posts(f->s, users.items[499], &posts));
    assert_int_equal(posts.count, 500 % 3);
}

/* A negative highest key does not limit the number of rows, so they are searched by their keys. */
static void test_many_negative_keys(void **state)
{
    enum { USERS = 300 };
    struct fixture *f = *state;
    struct user_list users;
    struct post_list posts;
    for (int64_t id = -USERS; id < 0; id++) {
        add_row(f, &user_model, &(struct user){.id = id, .username = "user"});
        add_post(f, id, "post");
    }
    struct user_query *query = first_users(f, -1);
    user_with_posts(query);
    reset_statements(f);
    ok(f->s, user_all(query, &users));
    assert_scan(f, false);
    assert_statements(f, 2);
    assert_int_equal(users.count, USERS);
    for (size_t i = 0; i < users.count; i++) {
        ok(f->s, user_posts(f->s, users.items[i], &posts));
        assert_int_equal(posts.count, 1);
        assert_int_equal(posts.items[0]->user_id, users.items[i]->id);
    }
    assert_statements(f, 0);
}

/* The targets of a belongs_to, loaded lazily. */
static void test_many_targets(void **state)
{
    struct fixture *f = *state;
    given_users(f, 900);
    struct post_list posts;
    struct user *user;
    ok(f->s, post_all(by_key(post_query(f->s), &post_model), &posts));
    reset_statements(f);
    for (size_t i = 0; i < posts.count; i++) {
        ok(f->s, post_user(f->s, posts.items[i], &user));
        assert_int_equal(user->id, posts.items[i]->user_id);
    }
    assert_scan(f, true);
    assert_statements(f, 1);
}

/* A scan applies conditions and an order; a limit per parent is loaded by keys. */
static void test_refined(void **state)
{
    struct fixture *f = *state;
    given_users(f, 20);
    drop_indexes(f);
    struct user_list users;
    struct post_list posts;
    static const int64_t ids[] = {2, 5, 6};
    struct user_query *query = by_key(user_query(f->s), &user_model);
    user_where(query, ar_in(user_column.id, ids, 3));
    struct post_query *refined = user_with_posts(query);
    post_where(refined, ar_gt(post_column.id, 3));
    post_order_by(refined, ar_desc(post_column.id));
    ok(f->s, user_all(query, &users));
    assert_scan(f, true);
    ok(f->s, user_posts(f->s, users.items[0], &posts)); /* posts 2 and 3 */
    assert_int_equal(posts.count, 0);
    ok(f->s, user_posts(f->s, users.items[1], &posts)); /* posts 5 and 6 */
    assert_int_equal(posts.count, 2);
    assert_true(posts.items[0]->id > posts.items[1]->id);
    ok(f->s, user_posts(f->s, users.items[2], &posts));
    assert_int_equal(posts.count, 0);

    query = by_key(user_query(f->s), &user_model);
    post_limit(user_with_posts(query), 1);
    ok(f->s, user_all(query, &users));
    assert_scan(f, false);
    ok(f->s, user_posts(f->s, users.items[1], &posts));
    assert_int_equal(posts.count, 1);
}

/* All users, then all posts, then all comments: no level is loaded by keys. */
static void test_whole_tables(void **state)
{
    struct fixture *f = *state;
    struct user_list users;
    struct post_list posts;
    given_users(f, 20);
    check_tree(f, user_query(f->s), 20, assert_all, true);

    /* The level below one that omits rows is loaded by keys; so is the level below a root of which only the first row
     * is read. */
    struct user_query *query = by_key(user_query(f->s), &user_model);
    struct post_query *refined = user_with_posts(query);
    post_where(refined, ar_gt(post_column.id, 3));
    ok(f->s, user_all(query, &users));
    assert_all(f, true);
    ok(f->s, user_posts(f->s, users.items[1], &posts)); /* posts 2 and 3 */
    assert_int_equal(posts.count, 0);
    ok(f->s, user_posts(f->s, users.items[4], &posts)); /* posts 5 and 6 */
    assert_int_equal(posts.count, 2);
    query = by_key(user_query(f->s), &user_model);
    refined = user_with_posts(query);
    post_where(refined, ar_gt(post_column.id, 3));
    post_with_comments(refined);
    ok(f->s, user_all(query, &users));
    assert_all(f, false);
    struct user *first;
    query = by_key(user_query(f->s), &user_model);
    user_with_posts(query);
    ok(f->s, user_first(query, &first));
    assert_all(f, false);
}

/* The table of a foreign key that may be NULL can have many rows that belong to none: it is not read whole. */
static void test_rows_without_an_owner(void **state)
{
    struct fixture *f = *state;
    struct owner_list owners;
    for (int i = 0; i < 3; i++) {
        add_loose_post(f, add_owner(f, "owner"), "theirs");
        add_loose_post(f, 0, "nobody's");
    }
    struct owner_query *query = owner_query(f->s);
    owner_with_posts(query);
    ok(f->s, owner_all(query, &owners));
    assert_int_equal(owners.count, 3);
    assert_all(f, false);
}

/* SQLite columns can hold other values: no foreign key at all, or one that is not an integer. */
static void test_odd_foreign_keys(void **state)
{
    struct fixture *f = *state;
    if (!fixture_is_sqlite())
        skip();
    given_users(f, 2);
    drop_indexes(f);
    ok(f->s, ar_execute(f->s, "PRAGMA foreign_keys = OFF; UPDATE posts SET user_id = 'two' WHERE id = 2;"
                              "PRAGMA foreign_keys = ON"));
    for (int is_all = 0; is_all < 2; is_all++) {
        struct user_list users;
        struct post_list posts;
        struct user_query *query = is_all ? user_query(f->s) : first_users(f, 2);
        user_with_posts(query);
        ok(f->s, user_all(query, &users));
        assert_scan(f, !is_all);
        assert_all(f, is_all);
        ok(f->s, user_posts(f->s, users.items[1], &posts));
        assert_int_equal(posts.count, 1);
        assert_int_equal(posts.items[0]->id, 3);
    }
    /* A value that is read must fit its field. */
    struct user_list users;
    ok(f->s, ar_execute(f->s, "UPDATE posts SET title = x'01' WHERE id = 3"));
    ar_session_clear(f->s);
    struct user_query *query = user_query(f->s);
    user_with_posts(query);
    assert_int_equal(user_all(query, &users), AR_INVALID);
    assert_string_equal(ar_session_error(f->s)->column, "title");
}

static void test_explained(void **state)
{
    struct fixture *f = *state;
    const char *text;
    struct user_query *query = user_query(f->s);
    user_with_posts(query);
    ok(f->s, ar_explain(query, &text));
    assert_non_null(strstr(text, "posts: posts, all rows: the level above is a whole table"));
    if (!fixture_is_sqlite()) {
        assert_non_null(strstr(text, "one trip, 1 round trip"));
        return;
    }
    query = first_users(f, 15);
    user_with_posts(query);
    ok(f->s, ar_explain(query, &text));
    assert_non_null(strstr(text, "posts: posts, by the keys of the level above"));
    drop_indexes(f);
    ok(f->s, ar_explain(query, &text));
    assert_non_null(strstr(text, "posts: posts, by a full table scan: there is no index"));
    assert_non_null(strstr(text, fixture_is_plain() ? "users, refined; rows: fetched"
                                                    : "users, refined; rows: delivered by an aggregate function"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scenario(test_without_index, open_blog_and_shop),    scenario(test_many_keys, open_blog_and_shop),
        scenario(test_many_targets, open_blog_and_shop),     scenario(test_refined, open_blog_and_shop),
        scenario(test_odd_foreign_keys, open_blog_and_shop), scenario(test_explained, open_blog_and_shop),
        scenario(test_whole_tables, open_blog_and_shop),     scenario(test_many_negative_keys, open_blog_and_shop),
        scenario(test_rows_without_an_owner, open_loose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
