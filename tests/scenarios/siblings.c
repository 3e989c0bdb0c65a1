/* Loading for all siblings, S-33 to S-35: for N records of one query, a relation takes one statement instead of N. Also
 * explicit loads of records that the caller selects. */
#include "data.h"

/* S-33: the first access loads the comments of all 100 posts. */
static void test_s33_comments_of_100_posts(void **state)
{
    struct fixture *f = *state;
    add_users(f, 10, 10);
    add_comments(f, 100, 10, 2);

    struct post_list posts;
    struct comment_list comments;
    ok(f->s, post_all(by_key(post_query(f->s), &post_model), &posts));
    assert_int_equal(posts.count, 100);
    assert_statements(f, 1);
    ok(f->s, post_comments(f->s, posts.items[0], &comments));
    assert_int_equal(comments.count, 2);
    assert_int_equal(f->reasons[AR_REASON_LAZY], 1);
    for (size_t i = 0; i < posts.count; i++) {
        ok(f->s, post_comments(f->s, posts.items[i], &comments));
        assert_int_equal(comments.count, 2);
        assert_int_equal(comments.items[0]->post_id, posts.items[i]->id);
    }
    assert_statements(f, 1);
}

/* S-34: 100 comments by 7 users: one statement, and only 7 records. */
static void test_s34_users_of_100_comments(void **state)
{
    struct fixture *f = *state;
    add_users(f, 7, 1);
    add_comments(f, 7, 7, 15);

    struct comment_query *query = by_key(comment_query(f->s), &comment_model);
    comment_limit(query, 100);
    struct comment_list comments;
    struct user *user, *users[8] = {NULL};
    size_t distinct = 0;
    ok(f->s, comment_all(query, &comments));
    assert_int_equal(comments.count, 100);
    assert_statements(f, 1);
    for (size_t i = 0; i < comments.count; i++) {
        ok(f->s, comment_user(f->s, comments.items[i], &user));
        assert_int_equal(user->id, comments.items[i]->user_id);
        distinct += users[user->id] == NULL;
        assert_true(users[user->id] == NULL || users[user->id] == user);
        users[user->id] = user;
    }
    assert_int_equal(distinct, 7);
    assert_int_equal(f->rows, 7);
    assert_statements(f, 1);
}

/* Records of one query are siblings again after a transaction that changed one of them was rolled back. */
static void test_siblings_after_a_rollback(void **state)
{
    struct fixture *f = *state;
    add_users(f, 3, 2);

    struct user_list users;
    struct post_list posts;
    ok(f->s, user_all(by_key(user_query(f->s), &user_model), &users));
    assert_int_equal(users.count, 3);
    ok(f->s, ar_begin(f->s));
    users.items[0]->age++;
    ok(f->s, user_save(f->s, users.items[0]));
    ok(f->s, ar_rollback(f->s));
    reset_statements(f);
    for (size_t i = 0; i < users.count; i++) {
        ok(f->s, user_posts(f->s, users.items[i], &posts));
        assert_int_equal(posts.count, 2);
    }
    assert_statements(f, 1);
}

/* A record that was deleted is no sibling any more: its target is not loaded. */
static void test_deleted_sibling(void **state)
{
    struct fixture *f = *state;
    int64_t kitchen = add_shelf(f, "kitchen"), cellar = add_shelf(f, "cellar");
    add_jar(f, kitchen, "plum");
    add_jar(f, cellar, "wine");

    struct jar_list jars;
    struct shelf *shelf;
    ok(f->s, jar_all(by_key(jar_query(f->s), &jar_model), &jars));
    ok(f->s, jar_delete(f->s, jars.items[1]));
    reset_statements(f);
    ok(f->s, jar_shelf(f->s, jars.items[0], &shelf));
    assert_text(shelf->name, "kitchen");
    assert_int_equal(f->rows, 1);
    assert_statements(f, 1);
}

/* S-35: `.load = one` on the relation excludes the siblings. */
static void test_s35_load_one(void **state)
{
    struct fixture *f = *state;
    add_users(f, 10, 10);
    add_comments(f, 100, 10, 1);

    struct post_list posts;
    struct comment_list comments;
    ok(f->s, post_all(by_key(post_query(f->s), &post_model), &posts));
    assert_statements(f, 1);
    for (size_t i = 0; i < posts.count; i++) {
        ok(f->s, post_single_comments(f->s, posts.items[i], &comments));
        assert_int_equal(comments.count, 1);
        assert_int_equal(comments.items[0]->post_id, posts.items[i]->id);
    }
    assert_statements(f, 100);
    ok(f->s, post_single_comments(f->s, posts.items[50], &comments));
    assert_statements(f, 0);
}

/* S-35, for a session and every kind of relation; records in the identity map still need no statement. */
static void test_s35_session_loads_one(void **state)
{
    struct fixture *f = *state;
    given_library(f);
    reopen_session(f, (struct ar_session_options){.load_one = true});

    struct author_list authors;
    struct book_list books;
    struct profile *profile;
    ok(f->s, author_all(by_key(author_query(f->s), &author_model), &authors));
    assert_statements(f, 1);
    for (size_t i = 0; i < authors.count; i++) {
        ok(f->s, author_books(f->s, authors.items[i], &books));
        ok(f->s, author_profile(f->s, authors.items[i], &profile));
    }
    assert_statements(f, 4);
    struct author *author;
    ok(f->s, author_books(f->s, authors.items[0], &books));
    ok(f->s, book_author(f->s, books.items[1], &author));
    assert_ptr_equal(author, authors.items[0]);
    assert_statements(f, 0);
}

/* The siblings of related records are those of all lists that one statement loaded, down to the leaves of D3. */
static void test_siblings_of_siblings(void **state)
{
    struct fixture *f = *state;
    given_d3(f);

    struct user_list users;
    struct post_list posts;
    struct comment_list comments;
    struct user *writer;
    size_t seen = 0;
    ok(f->s, user_all(by_key(user_query(f->s), &user_model), &users));
    for (size_t u = 0; u < users.count; u++) {
        ok(f->s, user_posts(f->s, users.items[u], &posts));
        assert_int_equal(posts.count, 2);
        for (size_t p = 0; p < posts.count; p++) {
            ok(f->s, post_comments(f->s, posts.items[p], &comments));
            for (size_t c = 0; c < comments.count; c++, seen++)
                ok(f->s, comment_user(f->s, comments.items[c], &writer));
        }
    }
    assert_int_equal(seen, 12);
    assert_statements(f, 3);
}

/* Null keys, orphans and shared targets among siblings: one statement, and each has the right result. */
static void test_mixed_siblings(void **state)
{
    struct fixture *f = *state;
    int64_t owner_id = add_owner(f, "somebody");
    add_loose_post(f, 0, "nobody's");
    add_loose_post(f, owner_id, "somebody's");
    add_loose_post(f, 999999, "orphan");
    add_loose_post(f, owner_id, "somebody's too");

    struct loose_post_list posts;
    struct owner *owners[4];
    ok(f->s, loose_post_all(by_key(loose_post_query(f->s), &loose_post_model), &posts));
    assert_statements(f, 1);
    for (size_t i = 0; i < 4; i++)
        ok(f->s, loose_post_owner(f->s, posts.items[i], &owners[i]));
    assert_null(owners[0]);
    assert_text(owners[1]->name, "somebody");
    assert_null(owners[2]);
    assert_ptr_equal(owners[3], owners[1]);
    assert_statements(f, 1);
}

/* Siblings with no profile, one, and two. */
static void test_has_one_of_siblings(void **state)
{
    struct fixture *f = *state;
    int64_t none = add_owner(f, "none"), one = add_owner(f, "one"), two = add_owner(f, "two");
    add_loose_profile(f, two, "lowest");
    add_loose_profile(f, one, "only");
    add_loose_profile(f, two, "highest");

    struct owner_list owners;
    struct loose_profile *profiles[3];
    ok(f->s, owner_all(by_key(owner_query(f->s), &owner_model), &owners));
    assert_int_equal(owners.items[0]->id, none);
    assert_statements(f, 1);
    for (size_t i = 0; i < 3; i++)
        ok(f->s, owner_profile(f->s, owners.items[i], &profiles[i]));
    assert_null(profiles[0]);
    assert_text(profiles[1]->bio, "only");
    assert_text(profiles[2]->bio, "lowest");
    assert_statements(f, 1);
}

/* A sibling whose relation is loaded is not loaded again, and keeps its list. */
static void test_loaded_sibling_keeps_its_list(void **state)
{
    struct fixture *f = *state;
    int64_t kitchen = add_shelf(f, "kitchen"), cellar = add_shelf(f, "cellar");
    add_jar(f, kitchen, "plum");
    add_jar(f, cellar, "pear");

    struct jar_list early, late;
    struct shelf_list shelves;
    ok(f->s, shelf_jars(f->s, the_shelf(f, kitchen), &early));
    add_jar(f, kitchen, "quince");
    ok(f->s, shelf_all(by_key(shelf_query(f->s), &shelf_model), &shelves));
    assert_statements(f, 2);
    ok(f->s, shelf_jars(f->s, shelves.items[1], &late));
    assert_text(late.items[0]->content, "pear");
    assert_statements(f, 1);
    ok(f->s, shelf_jars(f->s, shelves.items[0], &late));
    assert_int_equal(late.count, 1);
    assert_ptr_equal(late.items[0], early.items[0]);
    assert_statements(f, 0);
}

/* An explicit load takes one statement; later accesses need none. */
static void test_explicit_load(void **state)
{
    struct fixture *f = *state;
    given_d3(f);

    struct user_list users;
    struct order_list orders;
    ok(f->s, user_all(by_key(user_query(f->s), &user_model), &users));
    assert_statements(f, 1);
    ok(f->s, user_load_orders(f->s, users.items, users.count));
    assert_int_equal(f->reasons[AR_REASON_EXPLICIT], 1);
    assert_statements(f, 1);
    static const size_t expected[] = {2, 2, 1};
    for (size_t i = 0; i < users.count; i++) {
        ok(f->s, user_orders(f->s, users.items[i], &orders));
        assert_int_equal(orders.count, expected[i]);
        assert_int_equal(orders.items[0]->user_id, users.items[i]->id);
    }
    assert_statements(f, 0);
}

/* An explicit load of some records excludes the others. */
static void test_explicit_load_of_some(void **state)
{
    struct fixture *f = *state;
    given_d3(f);

    struct user_list users;
    struct order_list orders;
    ok(f->s, user_all(by_key(user_query(f->s), &user_model), &users));
    ok(f->s, user_load_orders(f->s, users.items + 1, 1));
    assert_statements(f, 2);
    ok(f->s, user_orders(f->s, users.items[1], &orders));
    assert_statements(f, 0);
    ok(f->s, user_orders(f->s, users.items[0], &orders));
    assert_text(orders.items[1]->order_number, "ORD004");
    assert_statements(f, 1);
}

/* An explicit load reads the database even if the relation is cached: new rows are seen. */
static void test_explicit_load_again(void **state)
{
    struct fixture *f = *state;
    struct shelf *shelf = the_shelf(f, add_shelf(f, "kitchen"));
    add_jar(f, shelf->id, "plum");

    struct jar_list jars;
    struct shelf *const shelves[] = {shelf};
    ok(f->s, shelf_jars(f->s, shelf, &jars));
    add_jar(f, shelf->id, "pear");
    ok(f->s, shelf_load_jars(f->s, shelves, 1));
    assert_statements(f, 2);
    ok(f->s, shelf_jars(f->s, shelf, &jars));
    assert_int_equal(jars.count, 2);
    assert_statements(f, 0);
}

/* An explicit load of relations with the cache off: served to the records of its result. */
static void test_explicit_load_without_cache(void **state)
{
    struct fixture *f = *state;
    int64_t kitchen = add_shelf(f, "kitchen"), cellar = add_shelf(f, "cellar");
    add_jar(f, kitchen, "plum");
    add_jar(f, cellar, "pear");

    struct shelf_list shelves;
    struct jar_list jars;
    struct shelf *shelf;
    ok(f->s, shelf_all(by_key(shelf_query(f->s), &shelf_model), &shelves));
    ok(f->s, shelf_load_uncached_jars(f->s, shelves.items, shelves.count));
    assert_statements(f, 2);
    for (size_t i = 0; i < 2; i++) {
        ok(f->s, shelf_uncached_jars(f->s, shelves.items[i], &jars));
        assert_int_equal(jars.count, 1);
        assert_int_equal(jars.items[0]->shelf_id, shelves.items[i]->id);
    }
    assert_statements(f, 0);
    ok(f->s, jar_all(by_key(jar_query(f->s), &jar_model), &jars));
    ok(f->s, jar_load_uncached_shelf(f->s, jars.items, jars.count));
    ok(f->s, jar_uncached_shelf(f->s, jars.items[1], &shelf));
    assert_int_equal(shelf->id, cellar);
    assert_statements(f, 2);
}

/* An explicit load without any key to load: no records, unsaved records, null foreign keys. */
static void test_explicit_load_of_nothing(void **state)
{
    struct fixture *f = *state;
    struct loose_post *nobodys = the_loose_post(f, add_loose_post(f, 0, "nobody's"));
    struct owner unsaved = {.name = "unsaved"};
    struct owner *const owners[] = {&unsaved};
    struct loose_post *const posts[] = {nobodys};

    ok(f->s, owner_load_posts(f->s, NULL, 0));
    ok(f->s, owner_load_posts(f->s, owners, 1));
    ok(f->s, loose_post_load_owner(f->s, posts, 1));
    assert_statements(f, 0);
}

/* An explicit load of the same record twice and of caller-owned structs. */
static void test_explicit_load_of_repeated(void **state)
{
    struct fixture *f = *state;
    given_d1(f);
    struct user first = {.id = 1}, second = {.id = 2};
    struct user *const users[] = {&first, &second, the_user(f, 1), &first};

    struct order_list orders;
    ok(f->s, user_load_orders(f->s, users, 4));
    assert_int_equal(f->rows, 3);
    assert_statements(f, 1);
    ok(f->s, user_orders(f->s, &first, &orders));
    assert_int_equal(orders.count, 2);
    ok(f->s, user_orders(f->s, &second, &orders));
    assert_int_equal(orders.count, 1);
    assert_statements(f, 0);
}

/* An explicit load that fails returns an error and caches nothing. */
static void test_explicit_load_fails(void **state)
{
    struct fixture *f = *state;
    given_d1(f);
    struct user *const users[] = {the_user(f, 1), the_user(f, 2)};

    run_sql(f, "ALTER TABLE orders RENAME TO hidden_orders");
    fails(f->s, AR_DATABASE, user_load_orders(f->s, users, 2));
    run_sql(f, "ALTER TABLE hidden_orders RENAME TO orders");
    struct order_list orders;
    reset_statements(f);
    ok(f->s, user_orders(f->s, users[1], &orders));
    assert_text(orders.items[0]->order_number, "ORD003");
    assert_statements(f, 1);
}

/* More keys than a statement can have parameters: still one statement. */
static void test_siblings_by_the_ten_thousands(void **state)
{
    struct fixture *f = *state;
    run_sql(f, "INSERT INTO shelves (id, name) WITH RECURSIVE numbers (n) AS "
               "(SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 40000) SELECT n, 'shelf' FROM numbers");
    run_sql(f, "INSERT INTO jars (id, shelf_id, content) SELECT id, id, 'jar' FROM shelves");

    struct shelf_list shelves;
    struct jar_list jars;
    struct jar_list all;
    struct shelf *shelf;
    ok(f->s, shelf_all(by_key(shelf_query(f->s), &shelf_model), &shelves));
    for (size_t i = 0; i < shelves.count; i++) {
        ok(f->s, shelf_jars(f->s, shelves.items[i], &jars));
        assert_int_equal(jars.count, 1);
        assert_int_equal(jars.items[0]->shelf_id, shelves.items[i]->id);
    }
    assert_int_equal(shelves.count, 40000);
    assert_statements(f, 2);

    ar_session_clear(f->s);
    ok(f->s, jar_all(by_key(jar_query(f->s), &jar_model), &all));
    for (size_t i = 0; i < all.count; i++) {
        ok(f->s, jar_shelf(f->s, all.items[i], &shelf));
        assert_int_equal(shelf->id, all.items[i]->shelf_id);
    }
    assert_statements(f, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scenario(test_s33_comments_of_100_posts, open_blog_and_shop),
        scenario(test_s34_users_of_100_comments, open_blog_and_shop),
        scenario(test_siblings_after_a_rollback, open_blog_and_shop),
        scenario(test_deleted_sibling, open_store),
        scenario(test_s35_load_one, open_blog_and_shop),
        scenario(test_s35_session_loads_one, open_library),
        scenario(test_siblings_of_siblings, open_blog_and_shop),
        scenario(test_mixed_siblings, open_loose),
        scenario(test_has_one_of_siblings, open_loose),
        scenario(test_loaded_sibling_keeps_its_list, open_store),
        scenario(test_explicit_load, open_blog_and_shop),
        scenario(test_explicit_load_of_some, open_blog_and_shop),
        scenario(test_explicit_load_again, open_store),
        scenario(test_explicit_load_without_cache, open_store),
        scenario(test_explicit_load_of_nothing, open_loose),
        scenario(test_explicit_load_of_repeated, open_blog_and_shop),
        scenario(test_explicit_load_fails, open_blog_and_shop),
        scenario(test_siblings_by_the_ten_thousands, open_store),
    };
    return cmocka_run_group_tests_name("siblings", tests, NULL, NULL);
}
