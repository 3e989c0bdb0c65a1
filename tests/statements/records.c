/* Statements on models, S-336 to S-341: managed records, lazy and eager relations, writes, and what is refused. */
#include "forum.ar.h"
#include "support.h"

#include <string.h>

static int open_forum(void **state)
{
    return fixture_open(state, &user_model, &post_model, &comment_model);
}

static const uint8_t token[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

/* Ada, an owner with a token, has three posts; Bob, a member, has none. */
static void given_posts(struct fixture *f)
{
    struct user ada = {.username = "Ada", .standing = OWNER, .created_at = 1};
    memcpy(ada.token, token, sizeof token);
    add_row(f, &user_model, &ada);
    add_row(f, &user_model, &(struct user){.username = "Bob", .standing = MEMBER, .created_at = 2});
    for (int i = 1; i <= 3; i++)
        add_row(f, &post_model, &(struct post){.user_id = 1, .title = i == 1 ? "one" : "more", .views = 10 * i});
    add_row(f, &comment_model, &(struct comment){.user_id = 2, .post_id = 3, .content = "c", .created_at = 1});
}

/* S-336: rows are records of the identity map, whatever the order of the columns; extra columns are ignored. */
static void test_s336_records(void **state)
{
    struct fixture *f = *state;
    given_posts(f);
    struct post *found;
    struct post_list list;

    ok(f->s, post_find(f->s, 2, &found));
    ok(f->s, posts_in_any_order(f->s, &list));
    assert_int_equal(list.count, 3);
    assert_int_equal(list.items[0]->id, 3);
    assert_int_equal(list.items[0]->views, 30);
    assert_text(list.items[2]->title, "one");
    assert_ptr_equal(list.items[1], found);
    assert_statements(f, 2);
}

/* S-337: enums by name, UUIDs, and lists of UUIDs as parameters. */
static void test_s337_parameters(void **state)
{
    struct fixture *f = *state;
    given_posts(f);
    struct user_list users;
    struct user *user;
    uint8_t tokens[2][16] = {{0}};

    ok(f->s, users_with_standing(f->s, OWNER, &users));
    assert_int_equal(users.count, 1);
    assert_text(users.items[0]->username, "Ada");
    ok(f->s, user_with_token(f->s, token, &user));
    assert_ptr_equal(user, users.items[0]);
    memcpy(tokens[1], token, sizeof token);
    ok(f->s, users_with_tokens(f->s, (const uint8_t(*)[16])tokens, 2, &users));
    assert_int_equal(users.count, 1);
    assert_statements(f, 3);
    fails(f->s, AR_NOT_FOUND, user_with_token(f->s, tokens[0], &user));
    assert_null(user);
    assert_error_names(f->s, "user_with_token returned no row");
    run_sql(f, "UPDATE users SET token = (SELECT token FROM users WHERE id = 1)");
    fails(f->s, AR_MISUSE, user_with_token(f->s, token, &user));
    assert_null(user);
    assert_error_names(f->s, "user_with_token returned 2 rows, but is declared with .one = true");
}

/* S-338: relations of the records load lazily for all siblings, and eagerly with the query of the statement. */
static void test_s338_relations(void **state)
{
    struct fixture *f = *state;
    given_posts(f);
    struct post_list posts;
    struct comment_list comments;
    struct user *user;

    ok(f->s, posts_in_any_order(f->s, &posts));
    ok(f->s, post_user(f->s, posts.items[0], &user));
    assert_text(user->username, "Ada");
    for (size_t i = 0; i < posts.count; i++)
        ok(f->s, post_comments(f->s, posts.items[i], &comments));
    assert_statements(f, 3);

    ar_session_clear(f->s);
    struct post_query *q = posts_in_any_order_query(f->s);
    comment_where(post_with_comments(q), ar_eq(comment_column.content, "c"));
    post_with_user(q);
    ok(f->s, post_all(q, &posts));
    assert_int_equal(posts.count, 3);
    assert_statements(f, 3);
    ok(f->s, post_comments(f->s, posts.items[0], &comments));
    assert_int_equal(comments.count, 1);
    ok(f->s, post_user(f->s, posts.items[1], &user));
    assert_text(user->username, "Ada");
    assert_statements(f, 0);
}

/* S-338: the lists of a statement's query are copied: the program may change them before it runs. */
static void test_s338_lists(void **state)
{
    struct fixture *f = *state;
    given_posts(f);
    add_row(f, &user_model, &(struct user){.username = "Cyd"});
    int64_t ids[] = {1, 7};
    char name[] = "Cyd";
    const char *names[] = {"Dan", name};
    struct user_list users;
    struct post_list posts;
    struct user_query *q = users_with_ids_or_names_query(f->s, ids, 2, names, 2);
    ids[0] = 2;
    name[0] = 'x';
    names[1] = NULL;
    user_with_posts(q);
    ok(f->s, user_all(q, &users));
    assert_int_equal(users.count, 2);
    assert_text(users.items[0]->username, "Ada");
    assert_text(users.items[1]->username, "Cyd");
    ok(f->s, user_posts(f->s, users.items[0], &posts));
    assert_int_equal(posts.count, 3);
    assert_statements(f, 2);
    ok(f->s, user_all(users_with_ids_or_names_query(f->s, ids, 0, names, 0), &users));
    assert_int_equal(users.count, 0);
    ok(f->s, user_all(users_with_ids_or_names_query(f->s, NULL, 0, NULL, 0), &users));
    assert_int_equal(users.count, 0);
    ok(f->s, users_with_ids_or_names(f->s, NULL, 0, NULL, 0, &users));
    assert_int_equal(users.count, 0);
}

/* S-339: a statement without rows returns how many it has changed, and records are refreshed. */
static void test_s339_changes(void **state)
{
    struct fixture *f = *state;
    given_posts(f);
    struct post *post;
    int64_t changed = -1;
    const int64_t ids[] = {1};

    ok(f->s, post_find(f->s, 2, &post));
    ok(f->s, add_views(f->s, 5, ids, 1, &changed));
    assert_int_equal(changed, 2);
    ok(f->s, post_reload(f->s, post));
    assert_int_equal(post->views, 25);
    ok(f->s, add_views(f->s, 1, NULL, 0, NULL));
    assert_statements(f, 4);

    struct post_list posts;
    ok(f->s, views_added(f->s, 100, &posts));
    assert_int_equal(posts.count, 3);
    assert_statements(f, 1);
    assert_int_equal(post->views, 126);
}

static enum ar_status deliver_none(struct ar_session *s, const struct post_list *posts, void *payload)
{
    (void)s, (void)posts, (void)payload;
    fail_msg("a chunk was delivered");
    return AR_OK;
}

/* S-340: nothing can be added to the query of a statement. */
static void test_s340_refused(void **state)
{
    struct fixture *f = *state;
    given_posts(f);
    struct post_list posts;
    int64_t count;

    struct post_query *q = posts_in_any_order_query(f->s);
    post_where(q, ar_eq(post_column.id, 1));
    fails(f->s, AR_MISUSE, post_all(q, &posts));
    assert_error_names(f->s, "posts_in_any_order");
    assert_error_names(f->s, "write them into the statement");
    q = posts_in_any_order_query(f->s);
    post_only(q, post_column.title);
    fails(f->s, AR_MISUSE, post_all(q, &posts));
    assert_error_names(f->s, "nor columns: write them into the statement");
    ok(f->s, ar_begin(f->s));
    q = posts_in_any_order_query(f->s);
    post_for_update(q);
    fails(f->s, AR_MISUSE, post_all(q, &posts));
    assert_error_names(f->s, "locks nor columns: write them into the statement");
    ok(f->s, ar_rollback(f->s));
    reset_statements(f);
    fails(f->s, AR_MISUSE, post_count(posts_in_any_order_query(f->s), &count));
    fails(f->s, AR_MISUSE, post_delete_all(posts_in_any_order_query(f->s), NULL));
    fails(f->s, AR_MISUSE, post_each(posts_in_any_order_query(f->s), 10, deliver_none, NULL));
    assert_error_names(f->s, "a query of the statement posts_in_any_order cannot be streamed");
    assert_statements(f, 0);
    struct post *first;
    ok(f->s, post_first(posts_in_any_order_query(f->s), &first));
    assert_int_equal(first->id, 3);
}

/* S-341: a session that only reads refuses statements that write. */
static void test_s341_read_only(void **state)
{
    struct fixture *f = *state;
    given_posts(f);
    struct post_list posts;

    reopen_session(f, (struct ar_session_options){.read_only = true});
    fails(f->s, AR_MISUSE, add_views(f->s, 1, NULL, 0, NULL));
    assert_error_names(f->s, "add_views cannot write: the session was opened with read_only");
    fails(f->s, AR_MISUSE, views_added(f->s, 1, &posts));
    fails(f->s, AR_MISUSE, ar_execute_with(f->s, "DELETE FROM posts", NULL, 0, NULL));
    assert_error_names(f->s, "ar_execute_with cannot write");
    assert_statements(f, 0);
    ok(f->s, posts_in_any_order(f->s, &posts));
    assert_int_equal(posts.items[0]->views, 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s336_records, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s337_parameters, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s338_relations, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s338_lists, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s339_changes, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s340_refused, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s341_read_only, open_forum, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
