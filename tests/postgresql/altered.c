/* The type of a column changes after statements were prepared. Outside a transaction they are re-prepared without an
 * error; in a transaction, the message explains what to do. */
#include "data.h"
#include "server.h"

static const struct ar_model *const models[] = {&user_model, &post_model, &comment_model, &order_model,
                                                &order_item_model};

static int open_blog(void **state)
{
    if (fixture_open_with(state, server_url(""), NULL, models, sizeof models / sizeof *models) != 0)
        return -1;
    add_users(*state, 2, 2);
    return 0;
}

/* Another session alters a column that all reads of posts return. */
static void alter_posts(struct fixture *f, int turn)
{
    run_sql(f, turn % 2 == 0 ? "ALTER TABLE posts ALTER title TYPE varchar(100)"
                             : "ALTER TABLE posts ALTER title TYPE text");
}

static enum ar_status find_post(struct ar_session *s)
{
    struct post *post;
    return post_find(s, 1, &post);
}

static enum ar_status load_posts(struct ar_session *s)
{
    struct post_list list;
    enum ar_status status = post_all(post_query(s), &list);
    return status == AR_OK && list.count != 4 ? AR_MISUSE : status;
}

static enum ar_status load_tree(struct ar_session *s, enum ar_plan plan)
{
    struct user_query *users = user_query(s);
    struct user_list list;
    struct post_list posts;
    user_with_posts(users);
    ar_query_plan(users, plan);
    enum ar_status status = user_all(users, &list);
    if (status == AR_OK && list.count != 2)
        return AR_MISUSE;
    if (status == AR_OK)
        status = user_posts(s, list.items[1], &posts);
    return status == AR_OK && posts.count != 2 ? AR_MISUSE : status;
}

static enum ar_status load_waves(struct ar_session *s)
{
    return load_tree(s, AR_PLAN_WAVES);
}

static enum ar_status load_one_trip(struct ar_session *s)
{
    return load_tree(s, AR_PLAN_ONE_TRIP);
}

static enum ar_status load_relation(struct ar_session *s)
{
    struct user *user;
    struct post_list posts;
    enum ar_status status = user_find(s, 2, &user);
    if (status == AR_OK)
        user_clear_relation_cache(s, user);
    if (status == AR_OK)
        status = user_posts(s, user, &posts);
    return status == AR_OK && posts.count != 2 ? AR_MISUSE : status;
}

static enum ar_status (*const reads[])(struct ar_session *s) = {find_post, load_posts, load_waves, load_one_trip,
                                                                load_relation};

enum { READS = sizeof reads / sizeof *reads };

static void read_after_alterations(struct fixture *f, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ok(f->s, reads[i](f->s));
        for (int turn = 0; turn < 2; turn++) {
            ar_session_clear(f->s);
            alter_posts(f, turn);
            ok(f->s, reads[i](f->s));
        }
    }
}

static void test_outside_a_transaction(void **state)
{
    read_after_alterations(*state, READS);
}

static void test_with_snapshots(void **state)
{
    struct fixture *f = *state;
    reopen_session(f, (struct ar_session_options){.snapshot = true});
    read_after_alterations(f, READS - 1);

    /* The posts must be read in the same snapshot as the user. */
    ok(f->s, load_relation(f->s));
    ar_session_clear(f->s);
    alter_posts(f, 0);
    fails(f->s, AR_BUSY, load_relation(f->s));
    assert_error_names(f->s, "in a session with .snapshot, read again");
    ok(f->s, load_relation(f->s));
}

/* An INSERT that returns the column runs only once. */
static void test_written_once(void **state)
{
    struct fixture *f = *state;
    int64_t count;
    struct post posts[3] = {
        {.user_id = 1, .title = "first"}, {.user_id = 1, .title = "second"}, {.user_id = 1, .title = "third"}};
    run_sql(f, "ALTER TABLE posts ALTER status SET DEFAULT 'draft'");
    ok(f->s, post_insert(f->s, &posts[0]));
    for (int turn = 0; turn < 2; turn++) {
        run_sql(f, turn == 0 ? "ALTER TABLE posts ALTER status TYPE varchar(100), ALTER id TYPE integer"
                             : "ALTER TABLE posts ALTER status TYPE text, ALTER id TYPE bigint");
        posts[1].id = posts[2].id = 0;
        ok(f->s, post_insert(f->s, &posts[1]));
        ok(f->s, post_count(post_query(f->s), &count));
        assert_int_equal(count, 6 + 3 * turn);
        posts[1].id = 0;
        ok(f->s, post_insert_many(f->s, posts + 1, 2));
        ok(f->s, post_count(post_query(f->s), &count));
        assert_int_equal(count, 8 + 3 * turn);
    }
}

static void test_inside_a_transaction(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < READS; i++) {
        ok(f->s, reads[i](f->s));
        ar_session_clear(f->s);
        ok(f->s, ar_begin(f->s));
        alter_posts(f, (int)i);
        fails(f->s, AR_BUSY, reads[i](f->s));
        assert_error_names(f->s, "Call ar_rollback and run the transaction again");
        ok(f->s, ar_rollback(f->s));
        ok(f->s, ar_begin(f->s));
        ok(f->s, reads[i](f->s));
        ok(f->s, ar_commit(f->s));
    }
}

struct attempt {
    struct fixture *f;
    int tries;
};

static enum ar_status find_altered(struct ar_session *s, void *payload)
{
    struct attempt *attempt = payload;
    if (attempt->tries++ == 0)
        alter_posts(attempt->f, 0);
    return find_post(s);
}

/* ar_transaction() retries, as the message advises. */
static void test_transaction_is_tried_again(void **state)
{
    struct fixture *f = *state;
    struct attempt attempt = {.f = f};
    alter_posts(f, 1);
    ok(f->s, find_post(f->s));
    ok(f->s, ar_transaction(f->s, find_altered, &attempt));
    assert_int_equal(attempt.tries, 2);
}

/* User SQL deallocates the session's prepared statements. */
static void test_deallocated(void **state)
{
    struct fixture *f = *state;
    ok(f->s, find_post(f->s));
    ok(f->s, ar_execute(f->s, "CREATE OR REPLACE FUNCTION forget() RETURNS void LANGUAGE plpgsql AS"
                              " $$BEGIN EXECUTE 'DEALLOCATE ALL'; END$$"));
    ok(f->s, find_post(f->s));
    ok(f->s, ar_execute(f->s, "SELECT forget()"));
    ok(f->s, find_post(f->s));
}

/* An unsupported feature has the same SQLSTATE. */
static void test_not_offered(void **state)
{
    struct fixture *f = *state;
    struct post *post;
    run_sql(f, "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
               " $$BEGIN RAISE EXCEPTION 'not offered' USING ERRCODE = '0A000'; END$$");
    run_sql(f, "CREATE TRIGGER refuse BEFORE UPDATE ON posts FOR EACH ROW WHEN (NEW.title = 'refused')"
               " EXECUTE FUNCTION refuse()");
    ok(f->s, post_find(f->s, 1, &post));
    post->title = "taken";
    ok(f->s, post_save(f->s, post));
    post->title = "refused";
    fails(f->s, AR_DATABASE, post_save(f->s, post));
    ok(f->s, ar_begin(f->s));
    fails(f->s, AR_DATABASE, post_save(f->s, post));
    assert_error_names(f->s, "not offered");
    ok(f->s, ar_rollback(f->s));
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_blog, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_outside_a_transaction),
        test(test_with_snapshots),
        test(test_written_once),
        test(test_inside_a_transaction),
        test(test_transaction_is_tried_again),
        test(test_deallocated),
        test(test_not_offered),
    };
    return cmocka_run_group_tests_name("altered", tests, NULL, NULL);
}
