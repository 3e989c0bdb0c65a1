/* Trees of relations and their round trips, counted by a proxy: one with AR_PLAN_ONE_TRIP, one per level with
 * AR_PLAN_WAVES, and the same graph with both. */
#include "data.h"
#include "proxy.h"
#include "server.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct proxy *proxy;

static int open_proxy(void **state)
{
    (void)state;
    proxy = proxy_start(server_url(""));
    return 0;
}

static int close_proxy(void **state)
{
    (void)state;
    proxy_stop(proxy);
    return 0;
}

/* Open the blog and the shop with D3 through the proxy, with a session that is connected. */
static int open_shop(void **state)
{
    static const struct ar_model *const models[] = {&user_model, &post_model, &comment_model, &order_model,
                                                    &order_item_model};
    proxy_delay(proxy, 0);
    if (fixture_open_with(state, proxy_url(proxy, ""), NULL, models, sizeof models / sizeof *models) != 0)
        return -1;
    given_d3(*state);
    ok(((struct fixture *)*state)->s, ar_execute(((struct fixture *)*state)->s, "SELECT 1"));
    (void)proxy_take_trips(proxy);
    return 0;
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_shop, fixture_close)

/* Assert the number of round trips since the last count. */
#define assert_trips(expected) assert_int_equal(proxy_take_trips(proxy), (expected))

/* ---- The tree ---------------------------------------------------------------------------------------------------- */

/* Return a query with four relations on three levels: users, their posts and orders, comments and items. */
static struct user_query *users_with_all(struct ar_session *s, enum ar_plan plan)
{
    struct user_query *users = user_query(s);
    post_with_comments(user_with_posts(users));
    order_with_items(user_with_orders(users));
    user_order_by(users, ar_asc(user_column.id));
    ar_query_plan(users, plan);
    return users;
}

/* Return the same query with a condition, so that no level is a whole table. */
static struct user_query *chosen_users_with_all(struct ar_session *s, enum ar_plan plan)
{
    struct user_query *users = users_with_all(s, plan);
    user_where(users, ar_gt(user_column.id, 0));
    return users;
}

static void print_user(FILE *out, struct ar_session *s, const struct user *user)
{
    struct post_list posts;
    struct comment_list comments;
    struct order_list orders;
    struct order_item_list items;
    fprintf(out, "%s\n", user->username);
    ok(s, user_posts(s, user, &posts));
    for (size_t i = 0; i < posts.count; i++) {
        fprintf(out, "  post %s\n", posts.items[i]->title);
        ok(s, post_comments(s, posts.items[i], &comments));
        for (size_t k = 0; k < comments.count; k++)
            fprintf(out, "    %" PRId64 " of %" PRId64 "\n", comments.items[k]->id, comments.items[k]->user_id);
    }
    ok(s, user_orders(s, user, &orders));
    for (size_t i = 0; i < orders.count; i++) {
        fprintf(out, "  order %s %g\n", orders.items[i]->order_number, orders.items[i]->total_amount);
        ok(s, order_items(s, orders.items[i], &items));
        for (size_t k = 0; k < items.count; k++)
            fprintf(out, "    %d %s\n", items.items[k]->quantity, items.items[k]->product_name);
    }
}

/* Run the query and print the graph without further statements. The caller must free the string. */
static char *graph_of(struct fixture *f, struct user_query *query)
{
    char *text;
    size_t size;
    struct user_list users;
    ok(f->s, user_all(query, &users));
    reset_statements(f);
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    for (size_t i = 0; i < users.count; i++)
        print_user(out, f->s, users.items[i]);
    fclose(out);
    assert_statements(f, 0);
    return text;
}

static void assert_explains(struct fixture *f, void *query, const char *first, const char *second)
{
    const char *text;
    ok(f->s, ar_explain(query, &text));
    if (strstr(text, first) == NULL || strstr(text, second) == NULL)
        fail_msg("\"%s\" and \"%s\" are not in:\n%s", first, second, text);
}

/* ---- Round trips ------------------------------------------------------------------------------------------------- */

/* The first time, every statement is prepared in the same round trip. */
static void test_one_trip(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 3; i++) {
        struct user_list users;
        ok(f->s, user_all(chosen_users_with_all(f->s, AR_PLAN_ONE_TRIP), &users));
        assert_trips(1);
        assert_int_equal(users.count, 3);
        assert_statements(f, 5);
    }
}

static void test_one_trip_per_wave(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 3; i++) {
        struct user_list users;
        ok(f->s, user_all(chosen_users_with_all(f->s, AR_PLAN_WAVES), &users));
        assert_trips(3);
        assert_int_equal(users.count, 3);
        assert_statements(f, 5);
    }
}

/* In an open transaction, a tree takes the same number of round trips. */
static void test_within_a_transaction(void **state)
{
    struct fixture *f = *state;
    struct user_list users;
    ok(f->s, ar_begin(f->s));
    assert_trips(1);
    ok(f->s, user_all(chosen_users_with_all(f->s, AR_PLAN_ONE_TRIP), &users));
    assert_trips(1);
    ok(f->s, user_all(chosen_users_with_all(f->s, AR_PLAN_WAVES), &users));
    assert_trips(3);
    assert_int_equal(f->reasons[AR_REASON_TRANSACTION], 1);
    ok(f->s, ar_commit(f->s));
    assert_trips(1);
}

static void test_single_statements(void **state)
{
    struct fixture *f = *state;
    struct user *user;
    struct post_list posts;
    for (int i = 0; i < 2; i++) {
        ok(f->s, user_find(f->s, 1, &user));
        assert_trips(1);
        user_clear_relation_cache(f->s, user);
        ok(f->s, user_posts(f->s, user, &posts));
        assert_trips(1);
        fails(f->s, AR_NOT_FOUND, user_find(f->s, 999, &user));
        assert_trips(1);
    }
    struct post post = {.user_id = 1, .title = "new", .status = "draft"};
    ok(f->s, post_save(f->s, &post));
    assert_trips(1);
    post.title = "changed";
    ok(f->s, post_save(f->s, &post));
    assert_trips(1);
    ok(f->s, post_delete(f->s, &post));
    assert_trips(1);
}

/* Statements dropped from the cache are deallocated in a later round trip, not in an extra one. They are sent in a
 * separate write, which the server may answer before the next one: a few trips are counted twice. */
static void test_many_statement_texts(void **state)
{
    struct fixture *f = *state;
    for (int64_t i = 0; i < 300; i++) {
        struct user_query *query = user_query(f->s);
        for (int64_t k = 0; k <= i; k++)
            user_where(query, ar_gt(user_column.id, k - i));
        int64_t count;
        ok(f->s, user_count(query, &count));
        assert_int_equal(count, 3);
    }
    assert_in_range(proxy_take_trips(proxy), 300, 340);
}

/* ---- The same graph ---------------------------------------------------------------------------------------------- */

static void refine_nothing(struct user_query *users)
{
    (void)users;
}

static void refine_every_level(struct user_query *users)
{
    struct post_query *posts = user_with_posts(users);
    struct order_query *orders = user_with_orders(users);
    user_where(users, ar_gt(user_column.id, 1));
    post_where(posts, ar_or(ar_eq(post_column.status, "published"), ar_is_null(post_column.status)));
    post_order_by(posts, ar_desc(post_column.title));
    comment_order_by(post_with_comments(posts), ar_desc(comment_column.id));
    order_where(orders, ar_between(order_column.total_amount, 150.0, 450.0));
    order_item_where(order_with_items(orders), ar_gt(order_item_column.quantity, 1));
}

static void refine_root_by_limit(struct user_query *users)
{
    user_limit(users, 2);
    user_offset(users, 1);
}

static void refine_to_nothing(struct user_query *users)
{
    user_where(users, ar_eq(user_column.username, "nobody"));
}

static void test_the_same_graph(void **state)
{
    static void (*const refinements[])(struct user_query * users) = {refine_nothing, refine_every_level,
                                                                     refine_root_by_limit, refine_to_nothing};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof refinements / sizeof *refinements; i++) {
        char *graphs[2];
        for (int plan = AR_PLAN_WAVES; plan <= AR_PLAN_ONE_TRIP; plan++) {
            reopen_session(f, (struct ar_session_options){0});
            (void)proxy_take_trips(proxy);
            struct user_query *users = users_with_all(f->s, (enum ar_plan)plan);
            refinements[i](users);
            graphs[plan - AR_PLAN_WAVES] = graph_of(f, users);
            if (plan == AR_PLAN_ONE_TRIP)
                assert_trips(1);
        }
        assert_string_equal(graphs[0], graphs[1]);
        free(graphs[0]);
        free(graphs[1]);
    }
}

/* All users, all posts …: no level depends on its parent level, so all of them are sent together. */
static void test_whole_tables(void **state)
{
    struct fixture *f = *state;
    char *graphs[2];
    graphs[0] = graph_of(f, chosen_users_with_all(f->s, AR_PLAN_WAVES));
    reopen_session(f, (struct ar_session_options){0});
    (void)proxy_take_trips(proxy);
    assert_explains(f, users_with_all(f->s, AR_PLAN_AUTO), "one trip, 1 round trip of", "each level is a whole table");
    graphs[1] = graph_of(f, users_with_all(f->s, AR_PLAN_AUTO));
    assert_trips(1);
    assert_string_equal(graphs[0], graphs[1]);
    free(graphs[0]);
    free(graphs[1]);
}

/* ---- Keys in conditions ------------------------------------------------------------------------------------------ */

static struct user_query *user_with_all(struct ar_session *s, int64_t id, enum ar_plan plan)
{
    struct user_query *users = users_with_all(s, plan);
    user_where(users, ar_eq(user_column.id, id));
    return users;
}

/* S-792: the relations of a row that is found by its key are read in its round trip; their own relations need another
 * one, unless the caller wants a single one. */
static void test_relations_of_a_key(void **state)
{
    struct fixture *f = *state;
    char *graphs[2];
    assert_explains(f, user_with_all(f->s, 2, AR_PLAN_WAVES), "level by level, 2 round trips of",
                    "posts: posts, by the key in the conditions of the level above; rows: ");
    graphs[0] = graph_of(f, user_with_all(f->s, 2, AR_PLAN_WAVES));
    assert_trips(2);
    reopen_session(f, (struct ar_session_options){0});
    (void)proxy_take_trips(proxy);
    graphs[1] = graph_of(f, user_with_all(f->s, 2, AR_PLAN_ONE_TRIP));
    assert_trips(1);
    assert_string_equal(graphs[0], graphs[1]);
    assert_non_null(strstr(graphs[0], "post"));
    free(graphs[0]);
    free(graphs[1]);
}

/* A query of an unsaved record's relation matches nothing: neither it nor its relations are read, and no transaction
 * surrounds them. */
static void test_relations_of_nothing(void **state)
{
    struct fixture *f = *state;
    struct post post = {.title = "unsaved"};
    for (int plan = AR_PLAN_AUTO; plan <= AR_PLAN_ONE_TRIP; plan++) {
        struct user_query *users = post_user_query(f->s, &post);
        struct user_list list;
        ar_query_plan(users, (enum ar_plan)plan);
        (void)post_with_comments(user_with_posts(users));
        assert_explains(f, users, "level by level, 0 round trips of", "the query matches nothing");
        (void)proxy_take_trips(proxy);
        ok(f->s, user_all(users, &list));
        assert_int_equal(list.count, 0);
        assert_trips(0);
    }
}

/* S-793: a page of one record, with a list, the first rows of another and a number, takes one round trip, also in a
 * transaction and if the record does not meet another condition: its rows arrive without it. */
static void test_page_of_a_record(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 4; i++) {
        struct user_query *users = user_query(f->s);
        struct user_list list;
        struct post_list posts;
        struct order_list orders;
        int64_t count;
        user_where(users, ar_and(ar_eq(user_column.id, 1), ar_eq(user_column.username, i < 3 ? "user1" : "nobody")));
        (void)user_with_orders(users);
        post_limit(user_with_posts(users), 1);
        (void)user_with_comments_count(users);
        if (i == 2)
            ok(f->s, ar_begin(f->s));
        (void)proxy_take_trips(proxy);
        reset_statements(f);
        ok(f->s, user_all(users, &list));
        assert_trips(1);
        assert_statements(f, 4);
        assert_int_equal(list.count, i < 3 ? 1 : 0);
        if (i == 3)
            break;
        ok(f->s, user_posts(f->s, list.items[0], &posts));
        ok(f->s, user_orders(f->s, list.items[0], &orders));
        ok(f->s, user_comments_count(f->s, list.items[0], &count));
        assert_statements(f, 0);
        assert_int_equal(posts.count, 1);
        assert_int_equal(orders.count, 2);
        assert_int_equal(count, 6);
        if (i == 2)
            ok(f->s, ar_rollback(f->s));
    }
}

/* S-796: the parents of one record, and what belongs to them, are found by its key in the same round trip, but not in
 * a transaction that could see another state of the record, nor if the caller wants one level after the other. */
static void test_parents_of_a_record(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 4; i++) {
        struct comment_query *comments = comment_query(f->s);
        struct comment_list list;
        struct order_list orders;
        struct user *user;
        comment_where(comments, ar_eq(comment_column.id, 2));
        (void)user_with_orders(post_with_user(comment_with_post(comments)));
        (void)comment_with_user(comments);
        if (i == 2)
            ok(f->s, ar_begin(f->s));
        if (i == 3)
            ar_query_plan(comments, AR_PLAN_WAVES);
        (void)proxy_take_trips(proxy);
        reset_statements(f);
        ok(f->s, comment_all(comments, &list));
        assert_trips(i < 2 ? 1 : 4);
        assert_statements(f, 5);
        ok(f->s, comment_user(f->s, list.items[0], &user));
        assert_int_equal(user->id, 2);
        struct post *post;
        ok(f->s, comment_post(f->s, list.items[0], &post));
        ok(f->s, post_user(f->s, post, &user));
        assert_int_equal(user->id, 1);
        ok(f->s, user_orders(f->s, user, &orders));
        assert_int_equal(orders.count, 2);
        assert_statements(f, 0);
        if (i == 2)
            ok(f->s, ar_rollback(f->s));
    }
    /* A record that was given another parent in memory has that one. */
    struct comment_query *comments = comment_query(f->s);
    struct comment *comment;
    struct post *post;
    ok(f->s, comment_find(f->s, 2, &comment));
    comment->post_id++;
    comment_where(comments, ar_eq(comment_column.id, 2));
    (void)comment_with_post(comments);
    ok(f->s, comment_one(comments, &comment));
    ok(f->s, comment_post(f->s, comment, &post));
    assert_int_equal(post->id, comment->post_id);
}

/* S-794: all rows have the same parent. A post that was given another one in memory has that one. */
static void test_parent_of_all(void **state)
{
    struct fixture *f = *state;
    struct post_query *posts = post_query(f->s);
    struct post_list list;
    struct post *changed;
    struct user *user;
    ok(f->s, post_find(f->s, 1, &changed));
    changed->user_id = 2;
    post_where(posts, ar_eq(post_column.user_id, 1));
    (void)post_with_user(posts);
    (void)proxy_take_trips(proxy);
    reset_statements(f);
    ok(f->s, post_all(posts, &list));
    assert_trips(1);
    assert_true(list.count > 1);
    for (size_t i = 0; i < list.count; i++) {
        if (list.items[i] == changed)
            continue;
        ok(f->s, post_user(f->s, list.items[i], &user));
        assert_int_equal(user->id, 1);
    }
    assert_statements(f, 2);
    ok(f->s, post_user(f->s, changed, &user));
    assert_int_equal(user->id, 2);
    assert_statements(f, 1);
}

/* S-795: a condition of any level fixes the keys of the level below. */
static void test_key_on_a_level(void **state)
{
    struct fixture *f = *state;
    struct user_query *users = user_query(f->s);
    struct user_list list;
    struct comment_list comments;
    struct post *post;
    struct comment_query *of_post;
    user_where(users, ar_gt(user_column.id, 0));
    of_post = user_with_comments(users);
    comment_where(of_post, ar_in(comment_column.post_id, ((int64_t[]){1}), 1));
    (void)comment_with_post(of_post);
    ar_query_plan(users, AR_PLAN_WAVES);
    ok(f->s, user_all(users, &list));
    assert_trips(2);
    reset_statements(f);
    for (size_t i = 0; i < list.count; i++) {
        ok(f->s, user_comments(f->s, list.items[i], &comments));
        for (size_t k = 0; k < comments.count; k++) {
            ok(f->s, comment_post(f->s, comments.items[k], &post));
            assert_int_equal(post->id, 1);
        }
    }
    assert_statements(f, 0);
}

/* A key in a condition that does not decide alone fixes nothing. */
static void test_key_among_others(void **state)
{
    struct fixture *f = *state;
    struct user_query *users = user_query(f->s);
    struct user_list list;
    user_where(users, ar_or(ar_eq(user_column.id, 1), ar_eq(user_column.id, 2)));
    (void)user_with_posts(users);
    ar_query_plan(users, AR_PLAN_WAVES);
    ok(f->s, user_all(users, &list));
    assert_int_equal(list.count, 2);
    assert_trips(2);

    struct post_list posts;
    users = user_query(f->s);
    user_where(users, ar_in(user_column.id, ((int64_t[]){3, 1}), 2));
    (void)user_with_posts(users);
    ar_query_plan(users, AR_PLAN_WAVES);
    ok(f->s, user_all(users, &list));
    assert_trips(2);
    for (size_t i = 0; i < list.count; i++) {
        ok(f->s, user_posts(f->s, list.items[i], &posts));
        assert_int_equal(posts.count, 2);
    }
}

/* ---- Choice of the plan ------------------------------------------------------------------------------------------ */

static void test_explained(void **state)
{
    struct fixture *f = *state;
    assert_explains(f, chosen_users_with_all(f->s, AR_PLAN_ONE_TRIP), "one trip, 1 round trip of",
                    "the caller chose this plan");
    assert_explains(f, chosen_users_with_all(f->s, AR_PLAN_WAVES), "level by level, 3 round trips of",
                    "the caller chose this plan");
    assert_explains(f, user_query(f->s), "level by level, 1 round trip of", "there is only one level");
    assert_explains(f, chosen_users_with_all(f->s, AR_PLAN_ONE_TRIP),
                    "\n    posts: posts, by the conditions of the level above; rows: ",
                    "\n        items: order_items, by the conditions of the level above; rows: ");
    assert_statements(f, 0);
    assert_trips(0);
}

/* With a limit per parent, subqueries cannot repeat the condition on parents. */
static void test_a_limit_for_each_parent(void **state)
{
    struct fixture *f = *state;
    struct user_query *users = chosen_users_with_all(f->s, AR_PLAN_ONE_TRIP);
    post_limit(user_with_posts(users), 1);
    assert_explains(f, users, "level by level, 3 round trips of", "a limit applies to each parent");

    struct user_list list;
    struct post_list posts;
    ok(f->s, user_all(users, &list));
    assert_trips(3);
    for (size_t i = 0; i < list.count; i++) {
        ok(f->s, user_posts(f->s, list.items[i], &posts));
        assert_int_equal(posts.count, 1);
    }
}

static void test_the_first_alone(void **state)
{
    struct fixture *f = *state;
    struct user *user;
    ok(f->s, user_first(chosen_users_with_all(f->s, AR_PLAN_ONE_TRIP), &user));
    assert_int_equal(user->id, 1);
    assert_trips(3);
}

/* Return another session, with a new connection, and close the fixture's. */
static struct ar_session *use_new_connection(struct fixture *f)
{
    struct ar_session *hold; /* the idle connection */
    ar_session_close(f->s);
    ok(f->other, ar_session_open(f->db, NULL, &hold));
    ok(hold, ar_begin(hold));
    f->s = NULL;
    ok(f->other, ar_session_open(f->db, NULL, &f->s));
    return hold;
}

/* A tree that was never run takes one trip if the connection has very slow round trips, as measured when it is made. */
static void test_auto_at_first(void **state)
{
    struct fixture *f = *state;
    struct user_list users;
    proxy_delay(proxy, 20000);
    struct ar_session *hold = use_new_connection(f);
    assert_explains(f, chosen_users_with_all(f->s, AR_PLAN_AUTO), "one trip, 1 round trip of",
                    "by the measured times of this tree and of a round trip");
    (void)proxy_take_trips(proxy);
    ok(f->s, user_all(chosen_users_with_all(f->s, AR_PLAN_AUTO), &users));
    assert_trips(1);
    ok(f->s, ar_begin(f->s));
    assert_explains(f, chosen_users_with_all(f->s, AR_PLAN_AUTO), "level by level, 3 round trips of",
                    "in the caller's transaction");
    ok(f->s, ar_rollback(f->s));
    ok(hold, ar_rollback(hold));
    ar_session_close(hold);
}

/* A connection that becomes slow is detected in use: then this small tree takes one trip. */
static void test_auto_by_observation(void **state)
{
    struct fixture *f = *state;
    const char *text = "";
    proxy_delay(proxy, 5000);
    for (int i = 0; i < 1000 && strstr(text, "one trip") == NULL; i++) {
        struct user_list users;
        ok(f->s, user_all(chosen_users_with_all(f->s, AR_PLAN_AUTO), &users));
        ok(f->s, ar_explain(chosen_users_with_all(f->s, AR_PLAN_AUTO), &text));
    }
    if (strstr(text, "one trip") == NULL || strstr(text, "by the measured times") == NULL)
        fail_msg("%s", text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_one_trip),
        test(test_one_trip_per_wave),
        test(test_within_a_transaction),
        test(test_single_statements),
        test(test_many_statement_texts),
        test(test_the_same_graph),
        test(test_whole_tables),
        test(test_relations_of_a_key),
        test(test_relations_of_nothing),
        test(test_page_of_a_record),
        test(test_parents_of_a_record),
        test(test_parent_of_all),
        test(test_key_on_a_level),
        test(test_key_among_others),
        test(test_explained),
        test(test_a_limit_for_each_parent),
        test(test_the_first_alone),
        test(test_auto_at_first),
        test(test_auto_by_observation),
    };
    return cmocka_run_group_tests_name("trees", tests, open_proxy, close_proxy);
}
