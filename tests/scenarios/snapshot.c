/* Sessions with .snapshot: which state they read, and what ends it. */
#include "data.h"

static int open_blog_file(void **state)
{
    return fixture_open_file(state, &user_model, &post_model, &comment_model);
}

static const struct ar_session_options snapshot = {.snapshot = true};

static int64_t count_users(struct fixture *f)
{
    int64_t count;
    ok(f->s, user_count(user_query(f->s), &count));
    return count;
}

/* Return the number of begins and ends of transactions since the last count. */
static size_t transaction_statements(struct fixture *f)
{
    size_t count = f->reasons[AR_REASON_TRANSACTION];
    reset_statements(f);
    return count;
}

/* Every kind of read sees the state of the session's first read. */
static void test_reads_see_one_state(void **state)
{
    struct fixture *f = *state;
    struct user *user;
    struct post_list posts;
    struct user_list users;
    int64_t id = add_user(f, "before");
    add_post(f, id, "First");
    reopen_session(f, snapshot);

    assert_int_equal(count_users(f), 1);
    add_user(f, "after");
    add_post(f, id, "Second");
    assert_int_equal(count_users(f), 1);
    ok(f->s, user_find(f->s, id, &user));
    ok(f->s, user_posts(f->s, user, &posts));
    assert_int_equal(posts.count, 1);
    struct user_query *tree = user_query(f->s);
    user_with_posts(tree);
    ok(f->s, user_all(tree, &users));
    assert_int_equal(users.count, 1);
    ok(f->s, user_posts(f->s, users.items[0], &posts));
    assert_int_equal(posts.count, 1);
    fails(f->s, AR_NOT_FOUND, user_find(f->s, id + 1, &user));

    ar_session_clear(f->s);
    assert_int_equal(count_users(f), 2);
}

/* One BEGIN for all reads, and one COMMIT at the end. */
static void test_one_transaction(void **state)
{
    struct fixture *f = *state;
    struct user *user;
    int64_t id = add_user(f, "user");
    reopen_session(f, snapshot);
    reset_statements(f);
    for (int i = 0; i < 10; i++)
        ok(f->s, user_find(f->s, id, &user));
    assert_int_equal(f->statements, 10);
    assert_int_equal(transaction_statements(f), 1);
    ar_session_clear(f->s);
    assert_int_equal(transaction_statements(f), 1);
    ar_session_clear(f->s);
    assert_int_equal(transaction_statements(f), 0);
}

/* A write, or a transaction of the program, ends the snapshot: later reads see the new state. */
static void test_writes_end_it(void **state)
{
    struct fixture *f = *state;
    struct user user = {.username = "own", .email = "own@example.com"};
    add_user(f, "first");
    reopen_session(f, snapshot);
    assert_int_equal(count_users(f), 1);
    add_user(f, "second");
    ok(f->s, user_save(f->s, &user));
    assert_int_equal(count_users(f), 3);
    add_user(f, "fourth");
    assert_int_equal(count_users(f), 3);
    ok(f->s, ar_begin(f->s));
    assert_int_equal(count_users(f), 4);
    ok(f->s, ar_commit(f->s));
    ok(f->s, ar_execute(f->s, "DELETE FROM users WHERE username = 'fourth'"));
    assert_int_equal(count_users(f), 3);
}

/* A failed read ends it as well, and the next one works. */
static void test_failures_end_it(void **state)
{
    struct fixture *f = *state;
    add_user(f, "first");
    reopen_session(f, snapshot);
    assert_int_equal(count_users(f), 1);
    run_sql(f, "ALTER TABLE comments RENAME TO remarks");
    ar_session_clear(f->s);
    int64_t count;
    fails(f->s, AR_DATABASE, comment_count(comment_query(f->s), &count));
    add_user(f, "second");
    assert_int_equal(count_users(f), 2);
}

/* It does not block writers. */
static void test_others_write(void **state)
{
    struct fixture *f = *state;
    add_user(f, "first");
    reopen_session(f, (struct ar_session_options){.snapshot = true, .read_only = true});
    assert_int_equal(count_users(f), 1);
    for (int i = 0; i < 100; i++)
        add_user(f, "another");
    assert_int_equal(count_users(f), 1);
    ar_session_clear(f->s);
    assert_int_equal(count_users(f), 101);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scenario(test_reads_see_one_state, open_blog_file), scenario(test_one_transaction, open_blog_file),
        scenario(test_writes_end_it, open_blog_file),       scenario(test_failures_end_it, open_blog_file),
        scenario(test_others_write, open_blog_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
