/* The server plans the statements of loads a few times, not at each call, also for few keys. */
#include "data.h"

#include <stdio.h>

enum { USERS = 3, LOADS = 12 };

static int open_blog(void **state)
{
    static const struct ar_model *const models[] = {&user_model, &post_model, &comment_model, &order_model,
                                                    &order_item_model};
    if (fixture_open_with(state, NULL, NULL, models, sizeof models / sizeof *models) != 0)
        return -1;
    struct fixture *f = *state;
    add_users(f, USERS, 0);
    run_sql(f, "INSERT INTO users SELECT i, 'user', '', 1, 0, true, created_at, updated_at FROM users,"
               " generate_series(100, 20000) AS i WHERE users.id = 1");
    run_sql(f, "INSERT INTO posts SELECT i, 1 + i % 20000, 'title', 'content' FROM generate_series(1, 40000) AS i"
               " WHERE 1 + i % 20000 IN (SELECT id FROM users)");
    /* An ANALYZE in the middle would make the server plan again. */
    run_sql(f, "ALTER TABLE users SET (autovacuum_enabled = false);"
               "ALTER TABLE posts SET (autovacuum_enabled = false)");
    run_sql(f, "ANALYZE users, posts");
    return 0;
}

/* Fail unless there are so many statements, and the server kept its plan for most executions of each. */
static void assert_plans_are_kept(struct fixture *f, int count)
{
    char sql[512];
    (void)snprintf(sql, sizeof sql,
                   "DO $$ BEGIN ASSERT (SELECT count(*) = %d AND min(generic_plans) >= %d FROM pg_prepared_statements"
                   " WHERE statement LIKE 'SELECT %%'), (SELECT string_agg(generic_plans || ' of ' || custom_plans"
                   " || ': ' || statement, '; ') FROM pg_prepared_statements); END $$",
                   count, LOADS - 6);
    ok(f->s, ar_execute(f->s, sql));
}

static void test_lazy_loads(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < LOADS; i++) {
        struct user_query *users = user_query(f->s);
        struct user_list list;
        struct post_list posts;
        user_limit(users, USERS);
        ok(f->s, user_all(users, &list));
        ok(f->s, user_posts(f->s, list.items[0], &posts));
        assert_int_equal(posts.count, 2);
        ar_session_clear(f->s);
    }
    assert_plans_are_kept(f, 2);
}

static void test_conditions(void **state)
{
    struct fixture *f = *state;
    const int64_t ids[] = {3, 200};
    for (int i = 0; i < LOADS; i++) {
        struct user_query *users = user_query(f->s);
        struct user_list list;
        user_where(users, ar_in(user_column.id, ids, 2));
        ok(f->s, user_all(users, &list));
        assert_int_equal(list.count, 2);
        ar_session_clear(f->s);
    }
    assert_plans_are_kept(f, 1);
}

/* One parent is compared, because an array costs the server more. */
static void test_one_parent(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < LOADS; i++) {
        struct user *user;
        struct post_list posts;
        ok(f->s, user_find(f->s, 200, &user));
        ok(f->s, user_posts(f->s, user, &posts));
        assert_int_equal(posts.count, 2);
        ar_session_clear(f->s);
    }
    /* The connection is reset after SQL of the user, so one statement checks all. */
    ok(f->s, ar_execute(f->s, "DO $$ BEGIN ASSERT (SELECT count(*) = 1 AND min(generic_plans) > 0"
                              " FROM pg_prepared_statements WHERE statement"
                              " LIKE 'SELECT % FROM posts WHERE posts.user_id OPERATOR(pg_catalog.=) $1'),"
                              " (SELECT string_agg(statement, '; ') FROM pg_prepared_statements); END $$"));
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_blog, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_lazy_loads),
        test(test_conditions),
        test(test_one_parent),
    };
    return cmocka_run_group_tests_name("kept_plans", tests, NULL, NULL);
}
