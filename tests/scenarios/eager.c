/* Eager trees, S-61 to S-82: one statement per relation regardless of the number of rows, including all accesses.
 * Conditions and limits of sub-queries are in refined.c; graph.c compares all strategies of loading. */
#include "data.h"

/* S-61: the user of every order. */
static void test_s61_orders_with_user(void **state)
{
    struct fixture *f = *state;
    int64_t user_id = add_user(f, "user1");
    for (int i = 0; i < 5; i++)
        add_order(f, user_id, "ORD", 100);
    struct order_query *query = by_key(order_query(f->s), &order_model);
    order_with_user(query);

    struct order_list orders;
    struct user *user;
    ok(f->s, order_all(query, &orders));
    assert_int_equal(orders.count, 5);
    for (size_t i = 0; i < orders.count; i++) {
        ok(f->s, order_user(f->s, orders.items[i], &user));
        assert_text(user->username, "user1");
    }
    assert_statements(f, 2);
}

/* S-62: the orders of a user. */
static void test_s62_users_with_orders(void **state)
{
    struct fixture *f = *state;
    int64_t user_id = add_user(f, "user1");
    for (int i = 0; i < 3; i++)
        add_order(f, user_id, "ORD", 100);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    user_with_orders(query);

    struct user_list users;
    struct order_list orders;
    ok(f->s, user_all(query, &users));
    ok(f->s, user_orders(f->s, users.items[0], &orders));
    assert_int_equal(orders.count, 3);
    assert_int_equal(orders.items[2]->id, 3);
    assert_statements(f, 2);
}

/* S-63: two relations of one user. */
static void test_s63_users_with_orders_and_posts(void **state)
{
    struct fixture *f = *state;
    int64_t user_id = add_user(f, "user1");
    add_order(f, user_id, "ORD001", 100);
    add_order(f, user_id, "ORD002", 200);
    add_post(f, user_id, "First");
    add_post(f, user_id, "Second");
    struct user_query *query = by_key(user_query(f->s), &user_model);
    user_with_orders(query);
    user_with_posts(query);

    struct user_list users;
    struct order_list orders;
    struct post_list posts;
    ok(f->s, user_all(query, &users));
    ok(f->s, user_orders(f->s, users.items[0], &orders));
    ok(f->s, user_posts(f->s, users.items[0], &posts));
    assert_int_equal(orders.count, 2);
    assert_int_equal(posts.count, 2);
    assert_text(posts.items[1]->title, "Second");
    assert_statements(f, 3);
}

/* S-64: a has_one, with and without a row. */
static void test_s64_owners_with_profile(void **state)
{
    struct fixture *f = *state;
    add_loose_profile(f, add_owner(f, "with"), "Test bio");
    add_owner(f, "without");
    struct owner_query *query = by_key(owner_query(f->s), &owner_model);
    owner_with_profile(query);

    struct owner_list owners;
    struct loose_profile *profile;
    ok(f->s, owner_all(query, &owners));
    ok(f->s, owner_profile(f->s, owners.items[0], &profile));
    assert_text(profile->bio, "Test bio");
    ok(f->s, owner_profile(f->s, owners.items[1], &profile));
    assert_null(profile);
    assert_statements(f, 2);
}

/* S-65: if no row matches, no sub-query runs, except in a plan of one round trip. */
static void test_s65_no_row_matches(void **state)
{
    struct fixture *f = *state;
    given_d1(f);
    struct order_query *query = order_query(f->s);
    order_where(query, ar_eq(order_column.order_number, "ORD999"));
    order_with_user(query);
    ar_query_plan(query, AR_PLAN_WAVES);

    struct order_list orders;
    struct order *order;
    ok(f->s, order_all(query, &orders));
    assert_int_equal(orders.count, 0);
    assert_statements(f, 1);
    ok(f->s, order_first(query, &order));
    assert_null(order);
    assert_statements(f, 1);
    fails(f->s, AR_NOT_FOUND, order_one(query, &order));
    assert_null(order);
    assert_statements(f, 1);
}

/* S-66: an empty list counts as loaded. */
static void test_s66_user_without_orders(void **state)
{
    struct fixture *f = *state;
    add_user(f, "user1");
    struct user_query *query = by_key(user_query(f->s), &user_model);
    user_with_orders(query);

    struct user_list users;
    struct order_list orders;
    ok(f->s, user_all(query, &users));
    assert_statements(f, 2);
    ok(f->s, user_orders(f->s, users.items[0], &orders));
    assert_int_equal(orders.count, 0);
    assert_statements(f, 0);
}

/* S-67: an orphan has no owner. */
static void test_s67_orphan(void **state)
{
    struct fixture *f = *state;
    add_loose_post(f, 999999, "orphan");
    struct loose_post_query *query = by_key(loose_post_query(f->s), &loose_post_model);
    loose_post_with_owner(query);

    struct loose_post_list posts;
    struct owner *owner;
    ok(f->s, loose_post_all(query, &posts));
    assert_int_equal(posts.count, 1);
    ok(f->s, loose_post_owner(f->s, posts.items[0], &owner));
    assert_null(owner);
    assert_statements(f, 2);
}

/* If all foreign keys are null, the sub-query is skipped. */
static void test_null_foreign_keys(void **state)
{
    struct fixture *f = *state;
    add_loose_post(f, 0, "nobody's");
    add_loose_post(f, 0, "nobody's either");
    struct loose_post_query *query = by_key(loose_post_query(f->s), &loose_post_model);
    loose_post_with_owner(query);
    ar_query_plan(query, AR_PLAN_WAVES);

    struct loose_post_list posts;
    struct owner *owner;
    ok(f->s, loose_post_all(query, &posts));
    assert_int_equal(posts.count, 2);
    ok(f->s, loose_post_owner(f->s, posts.items[1], &owner));
    assert_null(owner);
    assert_statements(f, 1);
}

/* S-68: two levels. */
static void test_s68_users_with_posts_comments(void **state)
{
    struct fixture *f = *state;
    add_users(f, 1, 3);
    add_comments(f, 3, 1, 2);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    post_with_comments(user_with_posts(query));

    struct user_list users;
    struct post_list posts;
    struct comment_list comments;
    ok(f->s, user_all(query, &users));
    ok(f->s, user_posts(f->s, users.items[0], &posts));
    assert_int_equal(posts.count, 3);
    for (size_t i = 0; i < posts.count; i++) {
        ok(f->s, post_comments(f->s, posts.items[i], &comments));
        assert_int_equal(comments.count, 2);
        assert_int_equal(comments.items[0]->post_id, posts.items[i]->id);
    }
    assert_statements(f, 3);
}

/* S-69: without posts, the query of comments is skipped. */
static void test_s69_user_without_posts(void **state)
{
    struct fixture *f = *state;
    add_user(f, "user1");
    struct user_query *query = by_key(user_query(f->s), &user_model);
    post_with_comments(user_with_posts(query));
    ar_query_plan(query, AR_PLAN_WAVES);

    struct user_list users;
    struct post_list posts;
    ok(f->s, user_all(query, &users));
    ok(f->s, user_posts(f->s, users.items[0], &posts));
    assert_int_equal(posts.count, 0);
    assert_statements(f, 2);
}

/* S-70: three levels of the library. */
static void test_s70_three_levels(void **state)
{
    struct fixture *f = *state;
    given_library(f);
    struct author_query *query = by_key(author_query(f->s), &author_model);
    book_with_chapters(author_with_books(query));

    struct author_list authors;
    struct book_list books;
    struct chapter_list chapters;
    ok(f->s, author_all(query, &authors));
    assert_statements(f, 3);
    ok(f->s, author_books(f->s, authors.items[0], &books));
    ok(f->s, book_chapters(f->s, books.items[1], &chapters));
    assert_text(chapters.items[0]->title, "Three");
    ok(f->s, author_books(f->s, authors.items[1], &books));
    ok(f->s, book_chapters(f->s, books.items[0], &chapters));
    assert_int_equal(chapters.count, 0);
    assert_statements(f, 0);
}

/* S-70: four levels, from the profile up to its author and down to the chapters. */
static void test_s70_four_levels(void **state)
{
    struct fixture *f = *state;
    given_library(f);
    struct profile_query *query = profile_query(f->s);
    book_with_chapters(author_with_books(profile_with_author(query)));

    struct profile *profile;
    struct author *ada;
    struct book_list books;
    struct chapter_list chapters;
    ok(f->s, profile_one(query, &profile));
    assert_statements(f, 4);
    ok(f->s, profile_author(f->s, profile, &ada));
    ok(f->s, author_books(f->s, ada, &books));
    ok(f->s, book_chapters(f->s, books.items[0], &chapters));
    assert_int_equal(chapters.count, 2);
    assert_statements(f, 0);
}

/* S-71: a relation to its own model, on one level and on two. */
static void test_s71_children(void **state)
{
    struct fixture *f = *state;
    given_tree(f);
    struct cat_query *query = cat_query(f->s);
    cat_where(query, ar_eq(cat_column.name, "root"));
    cat_with_children(query);

    struct cat *root;
    struct cat_list children;
    ok(f->s, cat_one(query, &root));
    ok(f->s, cat_children(f->s, root, &children));
    assert_int_equal(children.count, 2);
    assert_text(children.items[0]->name, "k1");
    assert_text(children.items[1]->name, "k2");
    assert_statements(f, 2);
}

static void test_s71_children_children(void **state)
{
    struct fixture *f = *state;
    given_tree(f);
    struct cat_query *query = by_key(cat_query(f->s), &cat_model);
    cat_with_children(cat_with_children(query));

    struct cat_list cats, children;
    struct cat *parent;
    ok(f->s, cat_all(query, &cats));
    assert_int_equal(cats.count, 4);
    assert_statements(f, 3);
    static const size_t expected[] = {2, 1, 0, 0};
    for (size_t i = 0; i < cats.count; i++) {
        ok(f->s, cat_children(f->s, cats.items[i], &children));
        assert_int_equal(children.count, expected[i]);
        for (size_t j = 0; j < children.count; j++) {
            ok(f->s, cat_parent(f->s, children.items[j], &parent));
            assert_ptr_equal(parent, cats.items[i]);
        }
    }
    assert_statements(f, 0);
}

/* S-72: orders of one user with items and user. */
static void test_s72_orders_with_items_and_user(void **state)
{
    struct fixture *f = *state;
    given_d1(f);
    struct order_query *query = by_key(order_query(f->s), &order_model);
    order_where(query, ar_eq(order_column.user_id, 1));
    order_with_items(query);
    order_with_user(query);

    struct order_list orders;
    struct order_item_list items;
    struct user *user;
    ok(f->s, order_all(query, &orders));
    assert_int_equal(orders.count, 2);
    for (size_t i = 0; i < orders.count; i++) {
        ok(f->s, order_user(f->s, orders.items[i], &user));
        assert_text(user->username, "user1");
        ok(f->s, order_items(f->s, orders.items[i], &items));
        assert_int_equal(items.count, 1);
        assert_int_equal(items.items[0]->order_id, orders.items[i]->id);
    }
    assert_statements(f, 3);
}

/* S-78: down to the comments and up to their users. */
static void test_s78_comments_with_their_users(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct post_query *query = by_key(post_query(f->s), &post_model);
    post_with_user(query);
    comment_with_user(post_with_comments(query));

    struct post_list posts;
    struct comment_list comments;
    struct user *blogger1, *writer;
    ok(f->s, post_all(query, &posts));
    assert_statements(f, 4);
    ok(f->s, post_user(f->s, posts.items[0], &blogger1));
    ok(f->s, post_comments(f->s, posts.items[0], &comments));
    assert_int_equal(comments.count, 2);
    ok(f->s, comment_user(f->s, comments.items[0], &writer));
    assert_text(writer->username, "blogger2");
    ok(f->s, comment_user(f->s, comments.items[1], &writer));
    assert_ptr_equal(writer, blogger1);
    assert_statements(f, 0);
}

/* S-79: a query that runs twice returns the same records with the same number of statements, and the second time also
 * new rows. */
static void test_s79_run_twice(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    post_with_comments(user_with_posts(query));

    struct user_list once, twice;
    struct post_list posts;
    ok(f->s, user_all(query, &once));
    assert_statements(f, 3);
    add_post(f, 1, "Third");
    ok(f->s, user_all(query, &twice));
    assert_statements(f, 3);
    assert_int_equal(twice.count, 2);
    assert_ptr_equal(twice.items[0], once.items[0]);
    assert_ptr_equal(twice.items[1], once.items[1]);
    ok(f->s, user_posts(f->s, twice.items[0], &posts));
    assert_int_equal(posts.count, 3);
    assert_text(posts.items[2]->title, "Third");
    assert_statements(f, 0);
}

/* S-80: two posts of one user have the same user record, which a find returns as well. */
static void test_s80_same_pointer(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct post_query *query = by_key(post_query(f->s), &post_model);
    post_with_user(query);

    struct post_list posts;
    struct user *first, *second;
    ok(f->s, post_all(query, &posts));
    ok(f->s, post_user(f->s, posts.items[0], &first));
    ok(f->s, post_user(f->s, posts.items[1], &second));
    assert_ptr_equal(first, second);
    assert_ptr_equal(first, the_user(f, 1));
    assert_statements(f, 2);
}

/* S-81: if a sub-query fails, the whole call fails with an empty list, and nothing of it is cached. */
static void test_s81_failing_sub_query(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct user_query *query = user_query(f->s);
    post_with_comments(user_with_posts(query));

    struct user_list users = {.count = 99};
    struct user *user = the_user(f, 1);
    struct post_list posts;
    run_sql(f, "ALTER TABLE comments RENAME TO hidden_comments");
    fails(f->s, AR_DATABASE, user_all(query, &users));
    assert_int_equal(users.count, 0);
    assert_error_names(f->s, "comments");
    fails(f->s, AR_DATABASE, user_first(query, &user));
    assert_null(user);
    run_sql(f, "ALTER TABLE hidden_comments RENAME TO comments");

    reset_statements(f);
    ok(f->s, user_posts(f->s, the_user(f, 1), &posts));
    assert_int_equal(posts.count, 2);
    assert_statements(f, 1);
    ok(f->s, user_all(query, &users));
    assert_int_equal(users.count, 2);
    assert_statements(f, 3);
}

/* S-81: the sub-query fails after some of its rows. */
static void test_s81_failing_row(void **state)
{
    struct fixture *f = *state;
    for (int64_t i = 1; i <= 3; i++)
        add_loose_post(f, add_owner(f, "somebody"), "a post");
    struct owner_query *query = owner_query(f->s);
    owner_with_posts(query);

    struct owner_list owners;
    struct loose_post_list posts;
    run_sql(f, "UPDATE loose_posts SET views = NULL WHERE id = 2");
    assert_int_not_equal(owner_all(query, &owners), AR_OK);
    assert_int_equal(owners.count, 0);
    run_sql(f, "UPDATE loose_posts SET views = 0 WHERE id = 2");
    reset_statements(f);
    ok(f->s, owner_posts(f->s, the_owner(f, 1), &posts));
    assert_int_equal(posts.count, 1);
    assert_statements(f, 1);
}

/* S-81: a failing call does not change lists that were loaded before. */
static void test_s81_earlier_lists_stay(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct user *blogger1 = the_user(f, 1);
    struct post_list before, after;
    ok(f->s, user_posts(f->s, blogger1, &before));

    struct user_query *query = by_key(user_query(f->s), &user_model);
    post_where(user_with_posts(query), ar_eq(post_column.title, "Second"));
    user_with_comments(query);
    struct user_list users;
    run_sql(f, "ALTER TABLE comments RENAME TO hidden_comments");
    fails(f->s, AR_DATABASE, user_all(query, &users));
    run_sql(f, "ALTER TABLE hidden_comments RENAME TO comments");
    ok(f->s, user_posts(f->s, blogger1, &after));
    assert_int_equal(after.count, 2);
    assert_ptr_equal(after.items[0], before.items[0]);
}

/* S-82: in its own result, an eagerly loaded relation is served regardless of the cache settings. */
static void test_s82_ttl_0_and_cache_off(void **state)
{
    struct fixture *f = *state;
    add_jar(f, add_shelf(f, "kitchen"), "plum");
    struct shelf_query *query = by_key(shelf_query(f->s), &shelf_model);
    shelf_with_instant_jars(query);
    shelf_with_uncached_jars(query);

    struct shelf_list shelves;
    struct jar_list jars;
    ok(f->s, shelf_all(query, &shelves));
    assert_statements(f, 3);
    for (int access = 0; access < 2; access++) {
        ok(f->s, shelf_instant_jars(f->s, shelves.items[0], &jars));
        assert_int_equal(jars.count, 1);
        ok(f->s, shelf_uncached_jars(f->s, shelves.items[0], &jars));
        assert_text(jars.items[0]->content, "plum");
    }
    assert_statements(f, 0);
}

/* S-82, belongs_to and has_one. */
static void test_s82_single_records(void **state)
{
    struct fixture *f = *state;
    int64_t kitchen = add_shelf(f, "kitchen");
    add_jar(f, kitchen, "plum");
    add_label(f, kitchen, "Kitchen");
    struct jar_query *query = by_key(jar_query(f->s), &jar_model);
    shelf_with_uncached_label(jar_with_uncached_shelf(query));

    struct jar_list jars;
    struct shelf *shelf;
    struct label *label;
    ok(f->s, jar_all(query, &jars));
    assert_statements(f, 3);
    for (int access = 0; access < 2; access++) {
        ok(f->s, jar_uncached_shelf(f->s, jars.items[0], &shelf));
        ok(f->s, shelf_uncached_label(f->s, shelf, &label));
        assert_text(label->text, "Kitchen");
    }
    assert_statements(f, 0);
}

/* S-82: a tree that leads back to its start: the shelf occurs twice, and its jars are served all the same. */
static void test_s82_way_back(void **state)
{
    struct fixture *f = *state;
    add_jar(f, add_shelf(f, "kitchen"), "plum");
    struct shelf_query *query = by_key(shelf_query(f->s), &shelf_model);
    jar_with_uncached_shelf(shelf_with_uncached_jars(query));

    struct shelf_list shelves;
    struct jar_list jars;
    struct shelf *shelf;
    ok(f->s, shelf_all(query, &shelves));
    assert_statements(f, 3);
    for (int access = 0; access < 2; access++) {
        ok(f->s, shelf_uncached_jars(f->s, shelves.items[0], &jars));
        ok(f->s, jar_uncached_shelf(f->s, jars.items[0], &shelf));
        assert_ptr_equal(shelf, shelves.items[0]);
    }
    assert_statements(f, 0);
}

/* S-82: a session without a cache, one whose caches are too small for the result, and one that loads single records. */
static void test_s82_session_options(void **state)
{
    struct fixture *f = *state;
    static const struct ar_session_options options[] = {{.cache_off = true}, {.cache_max_size = 1}, {.load_one = true}};
    for (int64_t i = 1; i <= 3; i++)
        add_jar(f, add_shelf(f, "shelf"), "jar");

    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        reopen_session(f, options[i]);
        struct shelf_query *query = by_key(shelf_query(f->s), &shelf_model);
        struct shelf_list shelves;
        struct jar_list jars;
        shelf_with_jars(query);
        ok(f->s, shelf_all(query, &shelves));
        for (size_t j = 0; j < shelves.count; j++) {
            ok(f->s, shelf_jars(f->s, shelves.items[j], &jars));
            assert_int_equal(jars.count, 1);
            assert_int_equal(jars.items[0]->shelf_id, shelves.items[j]->id);
        }
        assert_int_equal(shelves.count, 3);
        assert_statements(f, 2);
    }
}

/* An eager load reads the database even if the relation is cached. */
static void test_eager_loads_what_is_remembered(void **state)
{
    struct fixture *f = *state;
    int64_t kitchen = add_shelf(f, "kitchen");
    struct jar_list jars;
    struct shelf_list shelves;
    add_jar(f, kitchen, "plum");
    ok(f->s, shelf_jars(f->s, the_shelf(f, kitchen), &jars));
    add_jar(f, kitchen, "pear");
    assert_statements(f, 1);

    struct shelf_query *query = by_key(shelf_query(f->s), &shelf_model);
    shelf_with_jars(query);
    ok(f->s, shelf_all(query, &shelves));
    ok(f->s, shelf_jars(f->s, shelves.items[0], &jars));
    assert_int_equal(jars.count, 2);
    assert_statements(f, 2);
}

/* Counting and testing for existence load no relations. */
static void test_count_loads_no_relations(void **state)
{
    struct fixture *f = *state;
    given_d3(f);
    struct user_query *query = user_query(f->s);
    user_with_posts(query);

    int64_t count;
    bool exists;
    ok(f->s, user_count(query, &count));
    assert_int_equal(count, 3);
    ok(f->s, user_exists(query, &exists));
    assert_true(exists);
    assert_statements(f, 2);
}

/* The query of a relation may be the root of a tree. */
static void test_eager_below_a_relation_query(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct post_query *query = user_posts_query(f->s, the_user(f, 1));
    post_with_comments(query);

    struct post_list posts;
    struct comment_list comments;
    ok(f->s, post_all(query, &posts));
    assert_int_equal(posts.count, 2);
    ok(f->s, post_comments(f->s, posts.items[0], &comments));
    assert_int_equal(comments.count, 2);
    assert_statements(f, 2);
}

/* The first record is loaded with its own relations only. */
static void test_first_with_relation(void **state)
{
    struct fixture *f = *state;
    given_d3(f);
    struct user_query *query = user_query(f->s);
    user_order_by(query, ar_desc(user_column.age));
    post_with_comments(user_with_posts(query));

    struct user *oldest;
    struct post_list posts;
    struct comment_list comments;
    ok(f->s, user_first(query, &oldest));
    assert_int_equal(oldest->age, 35);
    ok(f->s, user_posts(f->s, oldest, &posts));
    assert_text(posts.items[0]->title, "Post 5");
    ok(f->s, post_comments(f->s, posts.items[0], &comments));
    assert_int_equal(comments.count, 3);
    assert_int_equal(f->rows, 1 + 2 + 4);
    assert_statements(f, 3);
}

/* Insert a post between the statements of a tree. A tree reads one snapshot: the post is in none of its lists. */
static void write_after_users(struct fixture *f, const struct ar_event *event)
{
    if (event->reason != AR_REASON_QUERY)
        return;
    f->after_statement = NULL;
    add_post(f, 1, "too late");
}

static void test_tree_of_one_moment(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    post_with_comments(user_with_posts(query));

    struct user_list users;
    struct post_list posts;
    f->after_statement = write_after_users;
    ok(f->s, user_all(query, &users));
    assert_null(f->after_statement);
    ok(f->s, user_posts(f->s, users.items[0], &posts));
    assert_int_equal(posts.count, 2);
    assert_statements(f, 3);
    ok(f->s, user_all(query, &users));
    ok(f->s, user_posts(f->s, users.items[0], &posts));
    assert_int_equal(posts.count, 3);
}

/* The reasons of the statements: one query, the others eager, in one transaction; a query alone needs no
 * transaction. */
static void test_reasons(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct user_query *query = user_query(f->s);
    struct user_list users;
    ok(f->s, user_all(query, &users));
    assert_int_equal(f->reasons[AR_REASON_QUERY], 1);
    assert_int_equal(f->reasons[AR_REASON_TRANSACTION], 0);
    assert_statements(f, 1);

    post_with_comments(user_with_posts(query));
    ok(f->s, user_all(query, &users));
    assert_int_equal(f->reasons[AR_REASON_QUERY], 1);
    assert_int_equal(f->reasons[AR_REASON_EAGER], 2);
    assert_int_equal(f->reasons[AR_REASON_TRANSACTION], 2);
    assert_statements(f, 3);
}

/* In a transaction of the program, a tree sees the transaction's writes, and neither begins nor ends another one. */
static void test_tree_within_a_transaction(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct user_query *query = by_key(user_query(f->s), &user_model);
    user_with_posts(query);

    struct user_list users;
    struct post_list posts;
    struct post third = {.user_id = 1, .title = "Third"};
    ok(f->s, ar_begin(f->s));
    ok(f->s, post_insert(f->s, &third));
    reset_statements(f);
    ok(f->s, user_all(query, &users));
    ok(f->s, user_posts(f->s, users.items[0], &posts));
    assert_int_equal(posts.count, 3);
    assert_text(posts.items[2]->title, "Third");
    assert_int_equal(f->reasons[AR_REASON_TRANSACTION], 0);
    assert_statements(f, 2);
    ok(f->s, ar_rollback(f->s));
    ok(f->s, user_posts(f->s, users.items[0], &posts));
    assert_int_equal(posts.count, 2);
}

static int open_blog_file(void **state)
{
    return fixture_open_file(state, &user_model, &post_model, &comment_model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scenario(test_s61_orders_with_user, open_blog_and_shop),
        scenario(test_s62_users_with_orders, open_blog_and_shop),
        scenario(test_s63_users_with_orders_and_posts, open_blog_and_shop),
        scenario(test_s64_owners_with_profile, open_loose),
        scenario(test_s65_no_row_matches, open_blog_and_shop),
        scenario(test_s66_user_without_orders, open_blog_and_shop),
        scenario(test_s67_orphan, open_loose),
        scenario(test_null_foreign_keys, open_loose),
        scenario(test_s68_users_with_posts_comments, open_blog_and_shop),
        scenario(test_s69_user_without_posts, open_blog_and_shop),
        scenario(test_s70_three_levels, open_library),
        scenario(test_s70_four_levels, open_library),
        scenario(test_s71_children, open_tree),
        scenario(test_s71_children_children, open_tree),
        scenario(test_s72_orders_with_items_and_user, open_blog_and_shop),
        scenario(test_s78_comments_with_their_users, open_blog_and_shop),
        scenario(test_s79_run_twice, open_blog_and_shop),
        scenario(test_s80_same_pointer, open_blog_and_shop),
        scenario(test_s81_failing_sub_query, open_blog_and_shop),
        scenario(test_s81_failing_row, open_loose),
        scenario(test_s81_earlier_lists_stay, open_blog_and_shop),
        scenario(test_s82_ttl_0_and_cache_off, open_store),
        scenario(test_s82_single_records, open_store),
        scenario(test_s82_way_back, open_store),
        scenario(test_s82_session_options, open_store),
        scenario(test_eager_loads_what_is_remembered, open_store),
        scenario(test_count_loads_no_relations, open_blog_and_shop),
        scenario(test_eager_below_a_relation_query, open_blog_and_shop),
        scenario(test_first_with_relation, open_blog_and_shop),
        scenario(test_reasons, open_blog_and_shop),
        scenario(test_tree_within_a_transaction, open_blog_and_shop),
        scenario(test_tree_of_one_moment, open_blog_file),
    };
    return cmocka_run_group_tests_name("eager", tests, NULL, NULL);
}
