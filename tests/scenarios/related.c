/* Conditions on related rows and orders by them, S-200 to S-208. */
#include "data.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- The tables of these tests ----------------------------------------------------------------------------------- */

/* Users ann, bob, cid; posts 1 "Draft" and 2 "News" of ann, 3 "News" of bob; comments 1 "good" and 2 "bad" by bob and
 * cid on post 2, 3 "good" by ann on post 3. */
static void given_posts(struct fixture *f)
{
    int64_t ann = add_user(f, "ann"), bob = add_user(f, "bob"), cid = add_user(f, "cid");
    add_post(f, ann, "Draft");
    int64_t news = add_post(f, ann, "News"), other = add_post(f, bob, "News");
    add_comment(f, bob, news, "good");
    add_comment(f, cid, news, "bad");
    add_comment(f, ann, other, "good");
}

/* Owners 1 to 4; profiles "old" and "new" of 1, "new" of 2; posts 1 of 1, 2 of nobody, 3 of a missing owner, 4 and 5 of
 * 2. */
static void given_owners(struct fixture *f)
{
    for (int i = 0; i < 4; i++)
        add_owner(f, i == 1 ? "zoe" : "abe");
    add_loose_profile(f, 1, "old");
    add_loose_profile(f, 1, "new");
    add_loose_profile(f, 2, "new");
    static const int64_t owners[] = {1, 0, 99, 2, 2};
    for (size_t i = 0; i < 5; i++)
        add_loose_post(f, owners[i], "post");
}

/* The keys of the records in their order, as "1 2 5". */
static const char *ids_of(const struct ar_list *list, const struct ar_model *model, char text[256])
{
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < list->count && length < 240; i++) {
        int64_t id;
        memcpy(&id, (const char *)list->items[i] + model->columns[model->key[0]].offset, sizeof id);
        length += (size_t)snprintf(text + length, 256 - length, i == 0 ? "%" PRId64 : " %" PRId64, id);
    }
    return text;
}

static void assert_rows_at(struct fixture *f, void *q, const struct ar_model *model, const char *expected,
                           const char *file, int line)
{
    struct ar_list list;
    char text[256];
    support_ok(f->s, ar_query_all(q, &list), "all", file, line);
    support_text(ids_of(&list, model, text), expected, file, line);
    support_statements(f, 1, file, line);
}

/* The rows of the model that satisfy the condition, by key; in one statement, and counted alike. */
static void assert_matches_at(struct fixture *f, const struct ar_model *model, struct ar_condition condition,
                              const char *expected, const char *file, int line)
{
    struct ar_query *q = ar_query_open(f->s, model);
    struct ar_list list;
    int64_t count;
    char text[256];
    ar_query_where(q, &condition);
    support_ok(f->s, ar_query_count(q, &count), "count", file, line);
    reset_statements(f);
    ar_query_order_by(q, ar_order_of(&model->columns[model->key[0]], false));
    support_ok(f->s, ar_query_all(q, &list), "all", file, line);
    support_text(ids_of(&list, model, text), expected, file, line);
    support_statements(f, 1, file, line);
    assert_int_equal(count, list.count);
}

#define assert_matches(f, model, condition, expected)                                                                  \
    assert_matches_at((f), &model##_model, (condition), (expected), __FILE__, __LINE__)
#define assert_rows(f, model, q, expected) assert_rows_at((f), (q), &model##_model, (expected), __FILE__, __LINE__)

/* ---- There are related rows -------------------------------------------------------------------------------------- */

static void test_s200_there_is_one(void **state)
{
    struct fixture *f = *state;
    given_posts(f);
    assert_matches(f, user, user_has_posts(), "1 2");
    assert_matches(f, user, ar_not(user_has_posts()), "3");
    assert_matches(f, post, post_has_user(), "1 2 3");
    assert_matches(f, user, user_has_posts(ar_eq(post_column.title, "Draft")), "1");
    assert_matches(f, user, user_has_posts(ar_eq(post_column.title, "None")), "");
    assert_matches(f, post, post_has_user(ar_eq(user_column.username, "bob")), "3");
    assert_matches(f, user, ar_not(user_has_comments(ar_eq(comment_column.content, "good"))), "3");
}

/* The condition is a value like any other: joined, nested, in arrays, made by a function. */
static struct ar_condition commented_as(const char *content)
{
    return post_has_comments(ar_eq(comment_column.content, content));
}

static void test_s200_joined_and_nested(void **state)
{
    struct fixture *f = *state;
    given_posts(f);
    assert_matches(f, user, user_has_posts(ar_and(ar_eq(post_column.title, "News"), commented_as("good"))), "1 2");
    assert_matches(f, user, user_has_posts(ar_and(commented_as("good"), commented_as("bad"))), "1");
    assert_matches(f, user, ar_and(user_has_posts(), ar_not(user_has_posts(commented_as("bad")))), "2");
    assert_matches(f, user, ar_or(ar_eq(user_column.username, "cid"), user_has_posts(ar_not(post_has_comments()))),
                   "1 3");
    /* Users on whose post a user commented who has posts of his own. */
    assert_matches(f, user, user_has_posts(post_has_comments(comment_has_user(user_has_posts()))), "1 2");
    /* And those on whose post a user commented who has none. */
    assert_matches(f, user, user_has_posts(post_has_comments(comment_has_user(ar_not(user_has_posts())))), "1");
    const struct ar_condition each[] = {commented_as("bad"), ar_eq(post_column.title, "Draft")};
    assert_matches(f, user, user_has_posts(ar_any_of(each, 2)), "1");
    assert_matches(f, user, user_has_posts(ar_all_of(each, 2)), "");
    assert_matches(f, user, user_has_posts(ar_all_of(each, 0)), "1 2");
    const struct ar_condition users[] = {user_has_posts(each[1]), user_has_posts(each[0])};
    assert_matches(f, user, ar_all_of(users, 2), "1");
}

/* A has_one leads to one row even if there are several: its condition is about that one. Null keys and orphans have no
 * related row. */
static void test_s201_one_row(void **state)
{
    struct fixture *f = *state;
    given_owners(f);
    assert_matches(f, owner, owner_has_profile(), "1 2");
    assert_matches(f, owner, owner_has_profile(ar_eq(loose_profile_column.bio, "new")), "2");
    assert_matches(f, owner, owner_has_all_profiles(ar_eq(loose_profile_column.bio, "new")), "1 2");
    assert_matches(f, loose_post, loose_post_has_owner(), "1 4 5");
    assert_matches(f, loose_post, ar_not(loose_post_has_owner()), "2 3");
    assert_matches(f, loose_post, loose_post_has_owner(owner_has_profile(ar_eq(loose_profile_column.bio, "old"))), "1");
}

static void test_s202_number_of_rows(void **state)
{
    struct fixture *f = *state;
    given_posts(f);
    static const struct {
        enum ar_comparison comparison;
        int64_t count;
        const char *expected;
    } cases[] = {{AR_EQ, 2, "1"},   {AR_NE, 2, "2 3"},   {AR_LT, 1, "3"},      {AR_LE, 1, "2 3"},     {AR_GT, 1, "1"},
                 {AR_GE, 1, "1 2"}, {AR_GE, 0, "1 2 3"}, {AR_GT, -1, "1 2 3"}, {AR_EQ, INT64_MAX, ""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_matches(f, user, user_has_posts_count(cases[i].comparison, cases[i].count), cases[i].expected);
    assert_matches(f, user, user_has_posts_count(AR_EQ, 1, ar_eq(post_column.title, "News")), "1 2");
    assert_matches(f, user, user_has_posts_count(AR_EQ, 0, ar_eq(post_column.title, "News")), "3");
    assert_matches(f, user, user_has_posts_count(AR_GE, 1, post_has_comments_count(AR_GE, 2)), "1");
    assert_matches(f, user, ar_not(user_has_posts_count(AR_GE, 1)), "3");
}

/* A table related to itself, to any depth, as deep as a condition can be. */
static void test_s203_the_same_table(void **state)
{
    struct fixture *f = *state;
    given_tree(f);
    assert_matches(f, cat, cat_has_children(), "1 2");
    assert_matches(f, cat, cat_has_parent(), "2 3 4");
    assert_matches(f, cat, cat_has_children(cat_has_children()), "1");
    assert_matches(f, cat, cat_has_parent(cat_has_parent(cat_has_children())), "4");
    assert_matches(f, cat, cat_has_children(ar_eq(cat_column.name, "k2")), "1");
    assert_matches(f, cat, ar_and(cat_has_parent(), ar_not(cat_has_parent(cat_has_children_count(AR_GE, 2)))), "4");
    enum { DEPTH = 10 }; /* the parser of older versions of SQLite has a small stack */
    struct ar_condition deep = ar_ge(cat_column.id, 1);
    for (int i = 1; i < DEPTH; i++)
        deep = i % 2 == 0 ? cat_has_children(deep) : cat_has_parent(deep);
    assert_matches(f, cat, deep, "2 3 4");
}

static void test_s204_composite_keys(void **state)
{
    struct fixture *f = *state;
    add_account(f, 1, 1, "a");
    add_account(f, 1, 2, "b");
    add_account(f, 2, 1, "c");
    add_entry(f, 1, 2, "rent");
    add_entry(f, 2, 1, "food");
    add_entry(f, 0, 1, "half a key");
    add_row(f, &account_limit_model, &(struct account_limit){1, 2, 50.0});
    assert_matches(f, entry, entry_has_account(), "1 2");
    assert_matches(f, entry, entry_has_account(ar_eq(account_column.name, "b")), "1");
    assert_matches(f, entry, entry_has_account(account_has_limit_of(ar_gt(account_limit_column.amount, 10.0))), "1");
    assert_matches(f, entry, ar_not(entry_has_account(account_has_limit_of())), "2 3");

    struct account_query *q = account_query(f->s);
    struct account *account;
    account_where(q, account_has_entries(ar_eq(entry_column.purpose, "food")));
    ok(f->s, account_one(q, &account));
    assert_text(account->name, "c");
    q = account_query(f->s);
    account_where(q, account_has_entries_count(AR_EQ, 0));
    ok(f->s, account_one(q, &account));
    assert_text(account->name, "a");
}

/* Everywhere where a query goes: limits, sub-queries of every plan, update_all and delete_all. */
static void test_s205_in_every_statement(void **state)
{
    struct fixture *f = *state;
    given_posts(f);
    for (int plan = AR_PLAN_AUTO; plan <= AR_PLAN_ONE_TRIP; plan++) {
        struct user_query *users = user_query(f->s);
        struct user_list list;
        struct post_list posts;
        ar_query_plan(users, (enum ar_plan)plan);
        user_where(users, user_has_comments());
        user_order_by(users, ar_asc(user_column.id));
        post_where(user_with_posts(users), post_has_comments(comment_has_user(ar_eq(user_column.username, "cid"))));
        ok(f->s, user_all(users, &list));
        assert_int_equal(list.count, 3);
        assert_statements(f, 2);
        ok(f->s, user_posts(f->s, list.items[0], &posts));
        assert_int_equal(posts.count, 1);
        assert_int_equal(posts.items[0]->id, 2);
        ok(f->s, user_posts(f->s, list.items[1], &posts));
        assert_int_equal(posts.count, 0);
        assert_statements(f, 0);
        ar_session_clear(f->s);
    }
    struct post_query *one = user_posts_query(f->s, the_user(f, 1));
    post_where(one, post_has_comments());
    post_limit(one, 5);
    assert_rows(f, post, one, "2");

    int64_t changed;
    struct post_query *posts = post_query(f->s);
    post_where(posts, ar_not(post_has_comments()));
    ok(f->s, post_update_all(posts, ar_set(post_column.status, "quiet"), &changed));
    assert_int_equal(changed, 1);
    ok(f->s, post_delete_all(posts, &changed));
    assert_int_equal(changed, 1);
    assert_matches(f, post, post_has_user(), "2 3");
}

/* All names are in the message. */
static void refused(struct fixture *f, struct user_query *q, const char *const names[3])
{
    struct user_list users;
    fails(f->s, AR_MISUSE, user_all(q, &users));
    for (size_t i = 0; i < 3 && names[i] != NULL; i++)
        assert_error_names(f->s, names[i]);
    assert_statements(f, 0);
}

static void test_s206_of_other_models(void **state)
{
    struct fixture *f = *state;
    static const struct ar_condition empty = {.count = 0};
    struct ar_condition large = ar_eq(post_column.id, 1);
    while (large.count <= AR_CONDITION_TERMS)
        large = ar_and(large, ar_eq(post_column.id, 1));
    const struct {
        struct ar_condition condition;
        const char *names[3];
    } cases[] = {
        {post_has_comments(), {"post.comments", "user"}},
        {user_has_posts(ar_eq(user_column.id, 1)), {"column user.id", "a condition on post", "user.posts"}},
        {user_has_posts(user_has_posts()), {"relation user.posts", "a condition on post"}},
        {user_has_posts(post_has_comments(ar_eq(post_column.id, 1))), {"post.id", "on comment", "post.comments"}},
        {user_has_posts_count(AR_GE, 1, ar_is_null(comment_column.id)), {"comment.id", "on post", "user.posts"}},
        {AR_HAS_COUNT(&user_posts_relation, (enum ar_comparison)9, 1), {"user.posts", "9"}},
        {user_has_posts(ar_all_of(&empty, 1)), {"a condition on", "is empty"}},
        {user_has_posts(large), {"more than 24"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct user_query *q = user_query(f->s);
        user_where(q, cases[i].condition);
        refused(f, q, cases[i].names);
    }
}

/* ---- Orders ------------------------------------------------------------------------------------------------------ */

/* By a column of the related row, in both directions. A row without one is ordered like NULL, before the smallest;
 * equal ones by key. */
static void test_s207_by_a_column(void **state)
{
    struct fixture *f = *state;
    given_owners(f);
    struct loose_post_query *q = loose_post_query(f->s);
    loose_post_order_by(q, loose_post_by_owner(ar_asc(owner_column.name)));
    assert_rows(f, loose_post, q, "2 3 1 4 5");
    q = loose_post_query(f->s);
    loose_post_order_by(q, loose_post_by_owner(ar_desc(owner_column.name)));
    assert_rows(f, loose_post, q, "5 4 1 3 2");
    q = loose_post_query(f->s);
    loose_post_order_by(q, loose_post_by_owner(owner_by_profile(ar_asc(loose_profile_column.bio))));
    loose_post_order_by(q, ar_desc(loose_post_column.id));
    loose_post_offset(q, 1);
    loose_post_limit(q, 3);
    assert_rows(f, loose_post, q, "2 5 4");
    struct owner_query *owners = owner_query(f->s); /* by the first profile of two */
    owner_order_by(owners, owner_by_profile(ar_desc(loose_profile_column.bio)));
    assert_rows(f, owner, owners, "1 2 4 3");
}

static void test_s207_by_a_number(void **state)
{
    struct fixture *f = *state;
    given_owners(f);
    struct owner_query *q = owner_query(f->s);
    owner_order_by(q, owner_by_posts_count(AR_DESC));
    assert_rows(f, owner, q, "2 1 4 3");
    q = owner_query(f->s);
    owner_order_by(q, owner_by_posts_count(AR_ASC));
    assert_rows(f, owner, q, "3 4 1 2");
    q = owner_query(f->s);
    owner_order_by(q, owner_by_all_profiles_count(AR_DESC));
    owner_order_by(q, ar_desc(owner_column.name));
    owner_order_by(q, ar_desc(owner_column.id));
    assert_rows(f, owner, q, "1 2 4 3");
    struct loose_post_query *posts = loose_post_query(f->s);
    loose_post_order_by(posts, loose_post_by_owner(owner_by_all_profiles_count(AR_DESC)));
    assert_rows(f, loose_post, posts, "1 5 4 3 2");
}

static void test_s207_composite_keys(void **state)
{
    struct fixture *f = *state;
    add_account(f, 1, 1, "b");
    add_account(f, 1, 2, "a");
    add_account(f, 2, 1, "c");
    add_entry(f, 2, 1, "x");
    add_entry(f, 1, 2, "y");
    add_entry(f, 1, 1, "z");
    add_entry(f, 0, 2, "half a key");
    add_entry(f, 1, 2, "y");
    struct entry_query *q = entry_query(f->s);
    entry_order_by(q, entry_by_account(ar_asc(account_column.name)));
    assert_rows(f, entry, q, "4 2 5 3 1");
    struct account_query *accounts = account_query(f->s);
    struct account *first;
    account_order_by(accounts, account_by_entries_count(AR_DESC));
    ok(f->s, account_first(accounts, &first));
    assert_text(first->name, "a");
}

/* In the sub-query of an eager load, in every plan, with a limit per parent. */
static void test_s208_of_a_sub_query(void **state)
{
    struct fixture *f = *state;
    given_posts(f);
    add_post(f, 1, "Last");
    for (int limit = 0; limit < 2; limit++) {
        for (int plan = AR_PLAN_AUTO; plan <= AR_PLAN_ONE_TRIP; plan++) {
            struct user_query *users = user_query(f->s);
            struct user_list list;
            struct post_list posts;
            ar_query_plan(users, (enum ar_plan)plan);
            user_order_by(users, user_by_comments_count(AR_ASC));
            user_order_by(users, user_by_posts_count(AR_DESC));
            struct post_query *sub = user_with_posts(users);
            post_order_by(sub, post_by_comments_count(AR_DESC));
            post_order_by(sub, post_by_user(ar_asc(user_column.username)));
            if (limit == 1)
                post_limit(sub, 2);
            ok(f->s, user_all(users, &list));
            assert_statements(f, 2);
            assert_int_equal(list.items[0]->id, 1);
            ok(f->s, user_posts(f->s, list.items[0], &posts));
            assert_int_equal(posts.count, limit == 1 ? 2 : 3);
            assert_int_equal(posts.items[0]->id, 2);
            assert_int_equal(posts.items[1]->id, 1);
            assert_statements(f, 0);
            ar_session_clear(f->s);
        }
    }
    struct post_query *q = post_query(f->s);
    int64_t changed;
    post_order_by(q, post_by_comments_count(AR_DESC));
    post_limit(q, 1);
    ok(f->s, post_update_all(q, ar_set(post_column.status, "busy"), &changed));
    assert_int_equal(changed, 1);
    struct ar_value status;
    ok(f->s, post_max(q, post_column.status, &status));
    assert_int_equal(status.bytes.size, strlen("busy"));
}

static void test_s208_refused(void **state)
{
    struct fixture *f = *state;
    struct ar_order deep = cat_by_parent(cat_by_parent(cat_by_parent(cat_by_parent(ar_asc(cat_column.id)))));
    const struct {
        struct ar_order order;
        const char *names[3];
    } cases[] = {
        {post_by_user(ar_asc(user_column.id)), {"post.user", "user"}},
        {ar_order_through(&user_posts_relation, ar_asc(post_column.id)), {"user.posts", "many", "user_by_posts_count"}},
        {user_by_posts_count(AR_ASC), {NULL}},
        {cat_by_parent(deep), {"user", "more than 4"}},
        {cat_by_parent(cat_by_parent(deep)), {"user", "more than 4"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct user_query *q = user_query(f->s);
        user_order_by(q, cases[i].order);
        if (cases[i].names[0] != NULL)
            refused(f, q, cases[i].names);
    }
    struct post_query *q = post_query(f->s);
    struct post_list posts;
    post_order_by(q, post_by_user(ar_asc(comment_column.id)));
    fails(f->s, AR_MISUSE, post_all(q, &posts));
    assert_error_names(f->s, "comment.id");
    assert_error_names(f->s, "user");
    assert_statements(f, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scenario(test_s200_there_is_one, open_blog_and_shop),
        scenario(test_s200_joined_and_nested, open_blog_and_shop),
        scenario(test_s201_one_row, open_loose),
        scenario(test_s202_number_of_rows, open_blog_and_shop),
        scenario(test_s203_the_same_table, open_tree),
        scenario(test_s204_composite_keys, open_keys),
        scenario(test_s205_in_every_statement, open_blog_and_shop),
        scenario(test_s206_of_other_models, open_blog_and_shop),
        scenario(test_s207_by_a_column, open_loose),
        scenario(test_s207_by_a_number, open_loose),
        scenario(test_s207_composite_keys, open_keys),
        scenario(test_s208_of_a_sub_query, open_blog_and_shop),
        scenario(test_s208_refused, open_blog_and_shop),
    };
    return cmocka_run_group_tests_name("related", tests, NULL, NULL);
}
