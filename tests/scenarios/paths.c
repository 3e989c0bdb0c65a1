/* Paths by name, S-41 to S-47: ar_query_with(q, "posts.comments"), for paths known only at run time. The sub-queries
 * themselves are tested in eager.c. */
#include "data.h"

#include <stdio.h>

/* S-41: a path of one name takes one extra statement, and the accessors return what it loaded. */
static void test_s41_one_name(void **state)
{
    struct fixture *f = *state;
    given_d1(f);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    ok(f->s, ar_query_with(query, "orders"));

    struct user_list users;
    struct order_list orders;
    ok(f->s, user_all(query, &users));
    ok(f->s, user_orders(f->s, users.items[0], &orders));
    assert_int_equal(orders.count, 2);
    ok(f->s, user_orders(f->s, users.items[1], &orders));
    assert_text(orders.items[0]->order_number, "ORD003");
    assert_statements(f, 2);
}

/* S-42: two and three levels. */
static void test_s42_two_and_three_levels(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct user_query *two = by_key(user_query(f->s), &user_model), *three = by_key(user_query(f->s), &user_model);
    ok(f->s, ar_query_with(two, "posts.comments"));
    ok(f->s, ar_query_with(three, "posts.comments.user"));

    struct user_list users;
    struct post_list posts;
    struct comment_list comments;
    struct user *writer;
    ok(f->s, user_all(two, &users));
    assert_statements(f, 3);
    ok(f->s, user_all(three, &users));
    assert_statements(f, 4);
    ok(f->s, user_posts(f->s, users.items[0], &posts));
    ok(f->s, post_comments(f->s, posts.items[0], &comments));
    assert_text(comments.items[0]->content, "Great post!");
    ok(f->s, comment_user(f->s, comments.items[0], &writer));
    assert_ptr_equal(writer, users.items[1]);
    assert_statements(f, 0);
}

/* S-42: seven levels down a chain of eight. */
static void test_s42_seven_levels(void **state)
{
    struct fixture *f = *state;
    int64_t parent_id = 0;
    for (char name[] = "cat 1"; name[4] <= '8'; name[4]++)
        parent_id = add_cat(f, parent_id, name);
    struct cat_query *query = cat_query(f->s);
    cat_where(query, ar_is_null(cat_column.parent_id));
    ok(f->s, ar_query_with(query, "children.children.children.children.children.children.children"));

    struct cat *cat;
    ok(f->s, cat_one(query, &cat));
    assert_statements(f, 8);
    for (int level = 1; level <= 7; level++) {
        struct cat_list children;
        ok(f->s, cat_children(f->s, cat, &children));
        assert_int_equal(children.count, 1);
        cat = children.items[0];
    }
    assert_text(cat->name, "cat 8");
    assert_statements(f, 0);
}

/* S-43: the same path twice is one sub-query. */
static void test_s43_same_path_twice(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct user_query *query = user_query(f->s);
    struct post_query *posts = user_with_posts(query);
    ok(f->s, ar_query_with(query, "posts.comments"));
    ok(f->s, ar_query_with(query, "posts.comments"));
    assert_ptr_equal(user_with_posts(query), posts);

    struct user_list users;
    ok(f->s, user_all(query, &users));
    assert_statements(f, 3);
}

/* S-44: a shallow path after a deep one keeps the deep one. */
static void test_s44_shallow_after_deep(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    ok(f->s, ar_query_with(query, "posts.comments"));
    ok(f->s, ar_query_with(query, "posts"));

    struct user_list users;
    struct post_list posts;
    struct comment_list comments;
    ok(f->s, user_all(query, &users));
    ok(f->s, user_posts(f->s, users.items[0], &posts));
    ok(f->s, post_comments(f->s, posts.items[0], &comments));
    assert_int_equal(comments.count, 2);
    assert_statements(f, 3);
}

/* S-45: several branches, also below each other. */
static void test_s45_branches(void **state)
{
    struct fixture *f = *state;
    given_d3(f);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    ok(f->s, ar_query_with(query, "orders.items"));
    ok(f->s, ar_query_with(query, "posts.comments"));
    ok(f->s, ar_query_with(query, "posts.user"));

    struct user_list users;
    struct order_list orders;
    struct order_item_list items;
    struct post_list posts;
    struct comment_list comments;
    struct user *writer;
    ok(f->s, user_all(query, &users));
    assert_statements(f, 6);
    ok(f->s, user_orders(f->s, users.items[1], &orders));
    ok(f->s, order_items(f->s, orders.items[1], &items));
    assert_text(items.items[1]->product_name, "Product 5-2");
    ok(f->s, user_posts(f->s, users.items[1], &posts));
    ok(f->s, post_comments(f->s, posts.items[0], &comments));
    assert_int_equal(comments.count, 3);
    ok(f->s, post_user(f->s, posts.items[1], &writer));
    assert_ptr_equal(writer, users.items[1]);
    assert_statements(f, 0);
}

/* S-46: a path that leads back to its start ends at the records it started from. */
static void test_s46_path_returns_to_its_start(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    ok(f->s, ar_query_with(query, "posts.user.posts.user"));

    struct user_list users;
    struct post_list posts;
    struct user *writer;
    ok(f->s, user_all(query, &users));
    assert_statements(f, 5);
    for (int round = 0; round < 3; round++) {
        ok(f->s, user_posts(f->s, users.items[0], &posts));
        assert_int_equal(posts.count, 2);
        ok(f->s, post_user(f->s, posts.items[1], &writer));
        assert_ptr_equal(writer, users.items[0]);
    }
    assert_statements(f, 0);
}

/* S-47: refused paths. The message names the path, the mistake, and the model that lacks the relation. */
static void test_s47_refused(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *path, *wrong, *model;
    } bad[] = {
        {"", "empty segment", "post"},
        {".", "empty segment", "post"},
        {".user", "empty segment", "post"},
        {"user.", "empty segment", "user"},
        {"user..posts", "empty segment", "user"},
        {"nonsense", "\"nonsense\"", "post"},
        {"nonsense.user", "\"nonsense\"", "post"},
        {"user.nonsense.posts", "\"nonsense\"", "user"},
        {"user.posts.nonsense", "\"nonsense\"", "post"},
        {"title", "\"title\"", "post"},
        {"users", "\"users\"", "post"},
        {"User", "\"User\"", "post"},
        {" user", "\" user\"", "post"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char path[64], model[64];
        fails(f->s, AR_MISUSE, ar_query_with(post_query(f->s), bad[i].path));
        snprintf(path, sizeof path, "\"%s\"", bad[i].path);
        snprintf(model, sizeof model, "relation of %s", bad[i].model);
        assert_error_names(f->s, path);
        assert_error_names(f->s, bad[i].wrong);
        assert_error_names(f->s, model);
    }
    assert_statements(f, 0);
}

/* S-47: a refused path adds nothing to the query, which still runs. */
static void test_s47_bad_path_stores_nothing(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    ok(f->s, ar_query_with(query, "posts"));
    fails(f->s, AR_MISUSE, ar_query_with(query, "posts.comments.nonsense"));
    fails(f->s, AR_MISUSE, ar_query_with(query, "orders.items."));

    struct user_list users;
    struct post_list posts;
    ok(f->s, user_all(query, &users));
    ok(f->s, user_posts(f->s, users.items[0], &posts));
    assert_int_equal(posts.count, 2);
    assert_statements(f, 2);
}

/* A path and the typed call lead to the same sub-query, in either order. */
static void test_path_and_typed_call(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    ok(f->s, ar_query_with(query, "posts.comments"));
    comment_where(post_with_comments(user_with_posts(query)), ar_starts_with(comment_column.content, "Great"));

    struct user_list users;
    struct post_list posts;
    struct comment_list comments;
    ok(f->s, user_all(query, &users));
    ok(f->s, user_posts(f->s, users.items[0], &posts));
    ok(f->s, post_comments(f->s, posts.items[0], &comments));
    assert_int_equal(comments.count, 1);
    assert_text(comments.items[0]->content, "Great post!");
    assert_statements(f, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scenario(test_s41_one_name, open_blog_and_shop),
        scenario(test_s42_two_and_three_levels, open_blog_and_shop),
        scenario(test_s42_seven_levels, open_tree),
        scenario(test_s43_same_path_twice, open_blog_and_shop),
        scenario(test_s44_shallow_after_deep, open_blog_and_shop),
        scenario(test_s45_branches, open_blog_and_shop),
        scenario(test_s46_path_returns_to_its_start, open_blog_and_shop),
        scenario(test_s47_refused, open_blog_and_shop),
        scenario(test_s47_bad_path_stores_nothing, open_blog_and_shop),
        scenario(test_path_and_typed_call, open_blog_and_shop),
    };
    return cmocka_run_group_tests_name("paths", tests, NULL, NULL);
}
