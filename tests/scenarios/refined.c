/* Eager trees with refined sub-queries, S-73 to S-77: conditions, orders, and limits per parent. */
#include "data.h"

/* S-73: only the orders above 150. */
static void test_s73_condition(void **state)
{
    struct fixture *f = *state;
    given_d1(f);
    struct user_query *query = user_query(f->s);
    user_where(query, ar_eq(user_column.username, "user1"));
    order_where(user_with_orders(query), ar_gt(order_column.total_amount, 150));

    struct user *user;
    struct order_list orders;
    ok(f->s, user_one(query, &user));
    ok(f->s, user_orders(f->s, user, &orders));
    assert_int_equal(orders.count, 1);
    assert_true(orders.items[0]->total_amount == 200);
    assert_statements(f, 2);
}

/* S-74: the bound is just below and just above the quantity. */
static void test_s74_around_a_bound(void **state)
{
    struct fixture *f = *state;
    given_d1(f);
    static const struct {
        int64_t above;
        size_t items;
    } cases[] = {{1, 1}, {3, 0}};

    for (size_t i = 0; i < 2; i++) {
        struct order_query *query = order_query(f->s);
        order_where(query, ar_eq(order_column.order_number, "ORD001"));
        order_item_where(order_with_items(query), ar_gt(order_item_column.quantity, cases[i].above));

        struct order *order;
        struct order_item_list items;
        ok(f->s, order_one(query, &order));
        ok(f->s, order_items(f->s, order, &items));
        assert_int_equal(items.count, cases[i].items);
        assert_statements(f, 2);
    }
}

/* S-75: the order of the sub-query is the order of the lists. */
static void test_s75_order(void **state)
{
    struct fixture *f = *state;
    int64_t user1 = add_user(f, "user1"), user2 = add_user(f, "user2");
    add_order(f, user1, "ORD001", 10);
    add_order(f, user2, "ORD002", 25);
    add_order(f, user1, "ORD003", 20);
    add_order(f, user1, "ORD004", 30);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    order_order_by(user_with_orders(query), ar_desc(order_column.total_amount));

    struct user_list users;
    struct order_list orders;
    ok(f->s, user_all(query, &users));
    ok(f->s, user_orders(f->s, users.items[0], &orders));
    assert_int_equal(orders.count, 3);
    assert_text(orders.items[0]->order_number, "ORD004");
    assert_text(orders.items[1]->order_number, "ORD003");
    assert_text(orders.items[2]->order_number, "ORD001");
    ok(f->s, user_orders(f->s, users.items[1], &orders));
    assert_text(orders.items[0]->order_number, "ORD002");
    assert_statements(f, 2);
}

/* S-76: conditions on three levels at once. */
static void test_s76_conditions_on_three_levels(void **state)
{
    struct fixture *f = *state;
    given_d3(f);
    struct user_query *users = by_key(user_query(f->s), &user_model);
    user_where(users, ar_ge(user_column.age, 30));
    struct order_query *orders = user_with_orders(users);
    order_where(orders, ar_eq(order_column.status, "completed"));
    order_item_where(order_with_items(orders), ar_ge(order_item_column.quantity, 2));

    struct user_list list;
    struct order_list completed;
    struct order_item_list items;
    ok(f->s, user_all(users, &list));
    assert_int_equal(list.count, 2);
    ok(f->s, user_orders(f->s, list.items[0], &completed));
    assert_int_equal(completed.count, 1);
    assert_text(completed.items[0]->order_number, "ORD002");
    ok(f->s, order_items(f->s, completed.items[0], &items));
    assert_int_equal(items.count, 1);
    assert_text(items.items[0]->product_name, "Product 2-2");
    ok(f->s, user_orders(f->s, list.items[1], &completed));
    assert_int_equal(completed.count, 0);
    assert_statements(f, 3);
}

/* S-77: added twice, extended by a path, and refined in between, it is one sub-query with all conditions. */
static void test_s77_one_sub_query(void **state)
{
    struct fixture *f = *state;
    given_d3(f);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    struct post_query *posts = user_with_posts(query);
    post_where(posts, ar_eq(post_column.status, "published"));
    ok(f->s, ar_query_with(query, "posts.comments"));
    assert_ptr_equal(user_with_posts(query), posts);
    post_where(user_with_posts(query), ar_ne(post_column.title, "Post 1"));

    struct user_list users;
    struct post_list list;
    struct comment_list comments;
    ok(f->s, user_all(query, &users));
    ok(f->s, user_posts(f->s, users.items[0], &list));
    assert_int_equal(list.count, 0);
    ok(f->s, user_posts(f->s, users.items[1], &list));
    assert_int_equal(list.count, 1);
    assert_text(list.items[0]->title, "Post 3");
    ok(f->s, post_comments(f->s, list.items[0], &comments));
    assert_int_equal(comments.count, 3);
    assert_statements(f, 3);
}

/* An OR in a sub-query is limited to the relation: each user has only their own orders. */
static void test_or_stays_within_the_relation(void **state)
{
    struct fixture *f = *state;
    given_d1(f);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    order_where(user_with_orders(query),
                ar_or(ar_eq(order_column.order_number, "ORD001"), ar_eq(order_column.order_number, "ORD003")));

    struct user_list users;
    struct order_list orders;
    ok(f->s, user_all(query, &users));
    ok(f->s, user_orders(f->s, users.items[0], &orders));
    assert_int_equal(orders.count, 1);
    assert_text(orders.items[0]->order_number, "ORD001");
    ok(f->s, user_orders(f->s, users.items[1], &orders));
    assert_int_equal(orders.count, 1);
    assert_text(orders.items[0]->order_number, "ORD003");
    assert_statements(f, 2);
}

/* A condition on a belongs_to: a target that does not match is NULL in this result. */
static void test_condition_on_belongs_to(void **state)
{
    struct fixture *f = *state;
    given_d3(f);
    struct post_query *query = by_key(post_query(f->s), &post_model);
    user_where(post_with_user(query), ar_gt(user_column.age, 25));

    struct post_list posts;
    struct user *user;
    ok(f->s, post_all(query, &posts));
    assert_int_equal(posts.count, 6);
    ok(f->s, post_user(f->s, posts.items[0], &user));
    assert_null(user);
    ok(f->s, post_user(f->s, posts.items[2], &user));
    assert_text(user->username, "user2");
    assert_statements(f, 2);

    ok(f->s, post_user(f->s, the_post(f, 1), &user));
    assert_text(user->username, "user1");
    assert_statements(f, 1);
}

/* The same with records that the session has loaded before. The filter ends when the foreign key changes. */
static void test_condition_on_known_belongs_to(void **state)
{
    struct fixture *f = *state;
    given_d3(f);
    struct user *user1 = the_user(f, 1), *user2 = the_user(f, 2), *user;
    struct post_query *query = by_key(post_query(f->s), &post_model);
    user_where(post_with_user(query), ar_gt(user_column.age, 30));

    struct post_list posts;
    ok(f->s, post_all(query, &posts));
    assert_statements(f, 2);
    ok(f->s, post_user(f->s, posts.items[0], &user));
    assert_null(user);
    posts.items[0]->user_id = user2->id;
    ok(f->s, post_user(f->s, posts.items[0], &user));
    assert_ptr_equal(user, user2);
    posts.items[0]->user_id = user1->id;
    ok(f->s, post_user(f->s, the_post(f, 2), &user));
    assert_ptr_equal(user, user1);
    assert_statements(f, 0);
}

/* A condition on a has_one: of two profiles, the one that matches; NULL if none does. */
static void test_condition_on_has_one(void **state)
{
    struct fixture *f = *state;
    int64_t both = add_owner(f, "both"), one = add_owner(f, "one");
    add_loose_profile(f, both, "plain");
    add_loose_profile(f, both, "chosen");
    add_loose_profile(f, one, "plain");
    struct owner_query *query = by_key(owner_query(f->s), &owner_model);
    loose_profile_where(owner_with_profile(query), ar_eq(loose_profile_column.bio, "chosen"));

    struct owner_list owners;
    struct loose_profile *profile;
    ok(f->s, owner_all(query, &owners));
    ok(f->s, owner_profile(f->s, owners.items[0], &profile));
    assert_text(profile->bio, "chosen");
    ok(f->s, owner_profile(f->s, owners.items[1], &profile));
    assert_null(profile);
    assert_statements(f, 2);
}

/* An order on a has_one selects one of several rows. */
static void test_order_on_has_one(void **state)
{
    struct fixture *f = *state;
    int64_t both = add_owner(f, "both");
    add_loose_profile(f, both, "a");
    add_loose_profile(f, both, "c");
    add_loose_profile(f, both, "b");
    struct owner_query *query = owner_query(f->s);
    loose_profile_order_by(owner_with_profile(query), ar_desc(loose_profile_column.bio));

    struct owner *owner;
    struct loose_profile *profile;
    ok(f->s, owner_one(query, &owner));
    ok(f->s, owner_profile(f->s, owner, &profile));
    assert_text(profile->bio, "c");
    assert_statements(f, 2);
    ok(f->s, owner_profile(f->s, the_owner(f, both), &profile));
    assert_text(profile->bio, "a");
    assert_statements(f, 1);
}

/* Two relations over one foreign key, each with its own condition. */
static void test_two_relations_over_one_foreign_key(void **state)
{
    struct fixture *f = *state;
    int64_t kitchen = add_shelf(f, "kitchen");
    add_jar(f, kitchen, "plum");
    add_jar(f, kitchen, "pear");
    struct shelf_query *query = shelf_query(f->s);
    jar_where(shelf_with_jars(query), ar_eq(jar_column.content, "plum"));
    jar_where(shelf_with_brief_jars(query), ar_eq(jar_column.content, "pear"));

    struct shelf *shelf;
    struct jar_list plums, pears;
    ok(f->s, shelf_one(query, &shelf));
    ok(f->s, shelf_jars(f->s, shelf, &plums));
    ok(f->s, shelf_brief_jars(f->s, shelf, &pears));
    assert_int_equal(plums.count, 1);
    assert_text(plums.items[0]->content, "plum");
    assert_int_equal(pears.count, 1);
    assert_text(pears.items[0]->content, "pear");
    assert_statements(f, 3);
}

/* Limit and order of a sub-query apply per parent. */
static void test_limit_per_parent(void **state)
{
    struct fixture *f = *state;
    add_users(f, 3, 4);
    add_user(f, "without posts");
    struct user_query *query = by_key(user_query(f->s), &user_model);
    struct post_query *latest = user_with_posts(query);
    post_order_by(latest, ar_desc(post_column.id));
    post_limit(latest, 2);

    struct user_list users;
    struct post_list posts;
    ok(f->s, user_all(query, &users));
    assert_statements(f, 2);
    for (size_t i = 0; i < 3; i++) {
        int64_t last = 4 * ((int64_t)i + 1);
        ok(f->s, user_posts(f->s, users.items[i], &posts));
        assert_int_equal(posts.count, 2);
        assert_int_equal(posts.items[0]->id, last);
        assert_int_equal(posts.items[1]->id, last - 1);
    }
    ok(f->s, user_posts(f->s, users.items[3], &posts));
    assert_int_equal(posts.count, 0);
    assert_statements(f, 0);
}

/* So does an offset, even beyond the last row, and without a limit. */
static void test_offset_per_parent(void **state)
{
    struct fixture *f = *state;
    add_users(f, 2, 3);
    static const struct {
        uint64_t limit, offset;
        size_t count;
        int64_t first; /* of user1 */
    } cases[] = {{1, 1, 1, 2}, {5, 2, 1, 3}, {2, 3, 0, 0}, {0, 0, 0, 0}};

    struct user_list users;
    struct post_list posts;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct user_query *query = by_key(user_query(f->s), &user_model);
        post_limit(user_with_posts(query), cases[i].limit);
        post_offset(user_with_posts(query), cases[i].offset);
        ok(f->s, user_all(query, &users));
        ok(f->s, user_posts(f->s, users.items[1], &posts));
        assert_int_equal(posts.count, cases[i].count);
        ok(f->s, user_posts(f->s, users.items[0], &posts));
        assert_int_equal(posts.count, cases[i].count);
        if (posts.count > 0)
            assert_int_equal(posts.items[0]->id, cases[i].first);
    }

    struct user_query *query = by_key(user_query(f->s), &user_model);
    post_offset(user_with_posts(query), 2);
    ok(f->s, user_all(query, &users));
    ok(f->s, user_posts(f->s, users.items[1], &posts));
    assert_int_equal(posts.count, 1);
    assert_int_equal(posts.items[0]->id, 6);
}

/* A limit with conditions; the level below loads only for the remaining rows. */
static void test_level_below_a_limit(void **state)
{
    struct fixture *f = *state;
    given_d3(f);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    struct post_query *drafts = user_with_posts(query);
    post_where(drafts, ar_eq(post_column.status, "draft"));
    post_limit(drafts, 1);
    post_with_comments(drafts);

    struct user_list users;
    struct post_list posts;
    struct comment_list comments;
    ok(f->s, user_all(query, &users));
    assert_statements(f, 3);
    for (size_t i = 0; i < users.count; i++) {
        ok(f->s, user_posts(f->s, users.items[i], &posts));
        assert_int_equal(posts.count, 1);
        assert_text(posts.items[0]->status, "draft");
        ok(f->s, post_comments(f->s, posts.items[0], &comments));
        assert_int_equal(comments.count, 1);
    }
    assert_statements(f, 0);
}

/* Limit and offset of the root select the parents; their lists are complete. */
static void test_limit_of_the_root(void **state)
{
    struct fixture *f = *state;
    add_users(f, 4, 3);
    struct user_query *query = user_query(f->s);
    user_order_by(query, ar_asc(user_column.id));
    user_limit(query, 2);
    user_offset(query, 1);
    user_with_posts(query);

    struct user_list users;
    struct post_list posts;
    ok(f->s, user_all(query, &users));
    assert_int_equal(users.count, 2);
    assert_int_equal(users.items[0]->id, 2);
    ok(f->s, user_posts(f->s, users.items[1], &posts));
    assert_int_equal(posts.count, 3);
    assert_int_equal(posts.items[0]->user_id, 3);
    assert_statements(f, 2);
}

/* Several orders of a sub-query are sort keys in that sequence. */
static void test_several_orders(void **state)
{
    struct fixture *f = *state;
    int64_t kitchen = add_shelf(f, "kitchen");
    static const char *const contents[] = {"plum", "pear", "plum", "pear"};
    for (size_t i = 0; i < 4; i++)
        add_jar(f, kitchen, contents[i]);
    struct shelf_query *query = shelf_query(f->s);
    jar_order_by(shelf_with_jars(query), ar_asc(jar_column.content));
    jar_order_by(shelf_with_jars(query), ar_desc(jar_column.id));

    struct shelf *shelf;
    struct jar_list jars;
    ok(f->s, shelf_one(query, &shelf));
    ok(f->s, shelf_jars(f->s, shelf, &jars));
    static const int64_t expected[] = {4, 2, 3, 1};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(jars.items[i]->id, expected[i]);
    assert_statements(f, 2);
}

/* A condition on another model's column is refused when the query runs, with both names and without a statement. */
static void test_condition_of_another_model(void **state)
{
    struct fixture *f = *state;
    given_d1(f);
    struct user_query *query = user_query(f->s);
    order_where(user_with_orders(query), ar_eq(user_column.username, "user1"));

    struct user_list users;
    fails(f->s, AR_MISUSE, user_all(query, &users));
    assert_error_names(f->s, "username");
    assert_error_names(f->s, "order");
    assert_int_equal(users.count, 0);
    assert_statements(f, 0);
}

/* A filtered list is discarded when another relation returns its owner again. */
static void test_filter_ends_when_met_by_a_relation(void **state)
{
    struct fixture *f = *state;
    given_d1(f);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    order_where(user_with_orders(query), ar_eq(order_column.order_number, "ORD002"));

    struct user_list users;
    struct order_list orders;
    struct user *user;
    ok(f->s, user_all(query, &users));
    ok(f->s, user_orders(f->s, users.items[0], &orders));
    assert_int_equal(orders.count, 1);
    assert_statements(f, 2);

    struct order_query *all = by_key(order_query(f->s), &order_model);
    order_with_user(all);
    ok(f->s, order_all(all, &orders));
    ok(f->s, order_user(f->s, orders.items[0], &user));
    assert_ptr_equal(user, users.items[0]);
    assert_statements(f, 2);
    ok(f->s, user_orders(f->s, user, &orders));
    assert_int_equal(orders.count, 2);
    assert_statements(f, 1);
}

/* In a tree that leads back to its start, the owners that occur again keep the lists that the tree filtered. */
static void test_filter_survives_the_way_back(void **state)
{
    struct fixture *f = *state;
    given_d3(f);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    struct post_query *published = user_with_posts(query);
    post_where(published, ar_eq(post_column.status, "published"));
    user_with_orders(post_with_user(published));

    struct user_list users;
    struct post_list posts;
    struct order_list orders;
    struct user *writer;
    ok(f->s, user_all(query, &users));
    assert_statements(f, 4);
    for (size_t i = 0; i < users.count; i++) {
        ok(f->s, user_posts(f->s, users.items[i], &posts));
        assert_int_equal(posts.count, 1);
        assert_text(posts.items[0]->status, "published");
        ok(f->s, post_user(f->s, posts.items[0], &writer));
        assert_ptr_equal(writer, users.items[i]);
        ok(f->s, user_orders(f->s, writer, &orders));
        assert_int_equal(orders.items[0]->user_id, writer->id);
    }
    assert_statements(f, 0);
}

/* An explicit load and a clear also discard a filtered list. */
static void test_filter_ends_by_load_and_clear(void **state)
{
    struct fixture *f = *state;
    given_d1(f);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    order_where(user_with_orders(query), ar_eq(order_column.order_number, "none"));

    struct user_list users;
    struct order_list orders;
    ok(f->s, user_all(query, &users));
    ok(f->s, user_load_orders(f->s, users.items, 1));
    assert_statements(f, 3);
    ok(f->s, user_orders(f->s, users.items[0], &orders));
    assert_int_equal(orders.count, 2);
    ok(f->s, user_orders(f->s, users.items[1], &orders));
    assert_int_equal(orders.count, 0);
    assert_statements(f, 0);
    user_orders_clear_cache(f->s, users.items[1]);
    ok(f->s, user_orders(f->s, users.items[1], &orders));
    assert_int_equal(orders.count, 1);
    assert_statements(f, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scenario(test_s73_condition, open_blog_and_shop),
        scenario(test_s74_around_a_bound, open_blog_and_shop),
        scenario(test_s75_order, open_blog_and_shop),
        scenario(test_s76_conditions_on_three_levels, open_blog_and_shop),
        scenario(test_s77_one_sub_query, open_blog_and_shop),
        scenario(test_or_stays_within_the_relation, open_blog_and_shop),
        scenario(test_condition_on_belongs_to, open_blog_and_shop),
        scenario(test_condition_on_known_belongs_to, open_blog_and_shop),
        scenario(test_condition_on_has_one, open_loose),
        scenario(test_order_on_has_one, open_loose),
        scenario(test_two_relations_over_one_foreign_key, open_store),
        scenario(test_limit_per_parent, open_blog_and_shop),
        scenario(test_offset_per_parent, open_blog_and_shop),
        scenario(test_level_below_a_limit, open_blog_and_shop),
        scenario(test_limit_of_the_root, open_blog_and_shop),
        scenario(test_several_orders, open_store),
        scenario(test_condition_of_another_model, open_blog_and_shop),
        scenario(test_filter_ends_when_met_by_a_relation, open_blog_and_shop),
        scenario(test_filter_survives_the_way_back, open_blog_and_shop),
        scenario(test_filter_ends_by_load_and_clear, open_blog_and_shop),
    };
    return cmocka_run_group_tests_name("refined", tests, NULL, NULL);
}
