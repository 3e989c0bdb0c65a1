/* Statements that return AR_ROW structs, S-330 to S-335: parameters, lists, columns by name, NULL, and failures. */
#include "forum.ar.h"
#include "support.h"

#include <string.h>

static int open_forum(void **state)
{
    return fixture_open(state, &user_model, &post_model, &comment_model);
}

/* Ada has two comments, Bob has three, Cyd has none. */
static void given_comments(struct fixture *f)
{
    static const char *const names[] = {"Ada", "Bob", "Cyd"};
    for (size_t i = 0; i < 3; i++)
        add_row(f, &user_model, &(struct user){.username = names[i], .standing = MEMBER, .created_at = 1});
    add_row(f, &post_model, &(struct post){.user_id = 1, .title = "one", .views = 10});
    add_row(f, &post_model, &(struct post){.user_id = 1, .title = "two", .views = 20});
    for (int i = 0; i < 5; i++)
        add_row(f, &comment_model,
                &(struct comment){.user_id = i < 2 ? 1 : 2, .post_id = 1, .content = "x", .created_at = 100 * (i + 1)});
}

/* S-330: a statement with a time, a list and a number returns its rows in its order, in one statement. */
static void test_s330_parameters(void **state)
{
    struct fixture *f = *state;
    given_comments(f);
    struct commenter_list list;
    const int64_t ids[] = {1, 2, 3};

    ok(f->s, top_commenters(f->s, 200, ids, 3, 10, &list));
    assert_int_equal(list.count, 2);
    assert_int_equal(list.items[0]->user_id, 2);
    assert_text(list.items[0]->username, "Bob");
    assert_int_equal(list.items[0]->comments, 3);
    assert_int_equal(list.items[1]->user_id, 1);
    assert_int_equal(list.items[1]->comments, 1);
    assert_statements(f, 1);

    ok(f->s, top_commenters(f->s, 0, ids, 1, 10, &list));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0]->comments, 2);
    ok(f->s, top_commenters(f->s, 0, ids, 3, 1, &list));
    assert_int_equal(list.count, 1);
    ok(f->s, top_commenters(f->s, 0, NULL, 0, 10, &list));
    assert_int_equal(list.count, 0);
    assert_null(list.items);
    assert_statements(f, 3);
}

/* S-331: lists of strings; a null pointer is SQL NULL; columns are matched by name, in any order. */
static void test_s331_columns_by_name(void **state)
{
    struct fixture *f = *state;
    given_comments(f);
    struct commenter_list list;
    static const char *const names[] = {"Cyd", "O'Hara", "Bob", "}\"\\"};

    ok(f->s, commenters_named(f->s, names, 1, NULL, &list));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0]->user_id, 3);
    assert_text(list.items[0]->username, "Cyd");
    assert_int_equal(list.items[0]->comments, 0);
    ok(f->s, commenters_named(f->s, names, 4, "B%", &list));
    assert_int_equal(list.count, 1);
    assert_text(list.items[0]->username, "Bob");
    assert_int_equal(list.items[0]->comments, 3);
    assert_statements(f, 2);
}

/* S-332: .one returns one row; NULL goes into nullable fields and strings only. */
static void test_s332_one_row(void **state)
{
    struct fixture *f = *state;
    given_comments(f);
    struct summary *summary;

    ok(f->s, summarize(f->s, 1, &summary));
    assert_true(summary->has_posts);
    assert_int_equal(summary->posts, 2);
    assert_true(summary->average == 15);
    assert_text(summary->longest, "two");
    assert_int_equal(summary->oldest, 1);
    assert_true(summary->has_newest);
    assert_int_equal(summary->newest, 2);
    ok(f->s, summarize(f->s, 3, &summary));
    assert_false(summary->has_posts);
    assert_null(summary->longest);
    assert_int_equal(summary->oldest, 0);
    assert_false(summary->has_newest);
    assert_statements(f, 2);
}

/* S-333: rows stay valid until the session is cleared, whatever the session does. */
static void test_s333_lifetime(void **state)
{
    struct fixture *f = *state;
    given_comments(f);
    struct commenter_list first, second;
    const int64_t ids[] = {1, 2};

    ok(f->s, top_commenters(f->s, 0, ids, 2, 10, &first));
    ok(f->s, top_commenters(f->s, 0, ids, 2, 10, &second));
    assert_ptr_not_equal(first.items[0], second.items[0]);
    assert_text(first.items[0]->username, "Bob");
    ar_session_clear(f->s);
}

/* S-334: a plan of the statement with its arguments. */
static void test_s334_explain(void **state)
{
    struct fixture *f = *state;
    given_comments(f);
    const char *plan;
    const int64_t ids[] = {1};

    ok(f->s, top_commenters_explain(f->s, 5, ids, 1, 7, &plan));
    assert_non_null(strstr(plan, "top_commenters\n  SQL: SELECT users.id AS user_id"));
    assert_non_null(strstr(plan, ":at_most = 7"));
    assert_non_null(strstr(plan, ":ids = a list"));
    assert_non_null(strstr(plan, fixture_is_sqlite() ? "SEARCH" : "Scan"));
    ok(f->s, posts_in_any_order_explain(f->s, &plan));
    assert_null(strstr(plan, "arguments"));
    assert_non_null(strstr(plan, "posts_in_any_order\n  SQL: SELECT views"));
}

/* S-335: a table that was changed behind the program's back is an error that names the column. */
static void test_s335_missing_column(void **state)
{
    struct fixture *f = *state;
    given_comments(f);
    struct ar_list list;

    fails(f->s, AR_INVALID,
          ar_sql_all(f->s, &commenter_row, "SELECT id AS user_id, username FROM users", NULL, 0, &list));
    assert_error_names(f->s, "returns no column comments, which commenter has");
    assert_int_equal(list.count, 0);
    fails(f->s, AR_INVALID,
          ar_sql_all(f->s, &commenter_row, "SELECT NULL AS user_id, 'x' AS username, 1 AS comments", NULL, 0, &list));
    assert_error_names(f->s, "user_id");
    assert_error_names(f->s, "is NULL");
}

/* S-348: a parameter has the width of its C type, which PostgreSQL needs to find the function. */
static void test_s348_widths(void **state)
{
    struct fixture *f = *state;
    given_comments(f);
    struct excerpt_list list;
    const int32_t ids[] = {2, 77};

    ok(f->s, excerpts(f->s, 1, 2, ids, 2, &list));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0]->id, 2);
    assert_text(list.items[0]->start, "wo");
    assert_statements(f, 1);
}

/* S-351: statements with the same text may be on several structs, with parameters of several types. */
static void test_s351_same_text(void **state)
{
    struct fixture *f = *state;
    given_comments(f);
    struct headline_list headlines_of_ada;
    struct title_list titles_of_ada;

    for (int i = 0; i < 2; i++) {
        ok(f->s, headlines(f->s, 1, &headlines_of_ada));
        ok(f->s, titles(f->s, 1, &titles_of_ada));
        assert_int_equal(headlines_of_ada.count, 2);
        assert_int_equal(titles_of_ada.count, 2);
        assert_int_equal(headlines_of_ada.items[1]->id, 2);
        assert_int_equal(titles_of_ada.items[1]->id, 2);
        assert_text(headlines_of_ada.items[1]->title, "two");
        assert_text(titles_of_ada.items[1]->title, "two");
    }
    assert_statements(f, 4);
}

/* Averages are rounded to the nearest double or float, sums are exact or refused. */
static void test_computed_numbers(void **state)
{
    struct fixture *f = *state;
    struct statistics *statistics;
    add_row(f, &user_model, &(struct user){.id = (INT64_C(1) << 53) + 1, .username = "Zoe", .created_at = 1});
    add_row(f, &post_model, &(struct post){.id = 1, .user_id = (INT64_C(1) << 53) + 1, .title = "one", .views = 10});

    ok(f->s, compute_statistics(f->s, 3, &statistics));
    assert_true(statistics->mean == 1 / 3.0);
    assert_true(statistics->single == 10 / 3.0F);
    assert_int_equal(statistics->total, 1);
    assert_true(statistics->large == 0x1p53);
    assert_statements(f, 1);

    add_row(f, &post_model,
            &(struct post){.id = INT64_MAX - 1, .user_id = (INT64_C(1) << 53) + 1, .title = "two", .views = 10});
    ok(f->s, compute_statistics(f->s, 7, &statistics));
    assert_true(statistics->total == INT64_MAX);
    assert_true(statistics->mean == 0x1p62 / 7);
    add_row(f, &post_model,
            &(struct post){.id = INT64_MAX - 2, .user_id = (INT64_C(1) << 53) + 1, .title = "three", .views = 10});
    fails(f->s, fixture_is_sqlite() ? AR_DATABASE : AR_INVALID, compute_statistics(f->s, 7, &statistics));
    assert_null(statistics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s330_parameters, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s331_columns_by_name, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s332_one_row, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s333_lifetime, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s334_explain, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s335_missing_column, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s348_widths, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s351_same_text, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_computed_numbers, open_forum, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
