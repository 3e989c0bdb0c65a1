/* Results that are received in parts (S-631): of any number of rows, with large rows, and those that end in the middle,
 * because the statement fails or is interrupted. With libpq 17 a part is a chunk, with older ones a single row. */
#include "data.h"
#include "proxy.h"
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_blog(void **state)
{
    if (fixture_open(state, &user_model, &post_model, &comment_model, &order_model, &order_item_model) != 0)
        return -1;
    add_users(*state, 7, 0);
    return 0;
}

/* Replace all posts by this many, whose contents are of this size. */
static void make_posts(struct fixture *f, int count, int size)
{
    char sql[256];
    snprintf(sql, sizeof sql,
             "TRUNCATE posts CASCADE; INSERT INTO posts (id, user_id, title, content)"
             " SELECT i, 1 + i %% 7, 'title ' || i, repeat(chr(97 + i %% 26), %d) FROM generate_series(1, %d) AS i",
             size, count);
    run_sql(f, sql);
}

static enum ar_status load_posts(struct ar_session *s, struct post_list *out)
{
    struct post_query *posts = post_query(s);
    post_order_by(posts, ar_asc(post_column.id));
    return post_all(posts, out);
}

static void assert_posts(const struct post_list *posts, int count, int size)
{
    char title[32];
    assert_int_equal(posts->count, count);
    for (int i = 1; i <= count; i++) {
        const struct post *post = posts->items[i - 1];
        snprintf(title, sizeof title, "title %d", i);
        assert_int_equal(post->id, i);
        assert_int_equal(post->user_id, 1 + i % 7);
        assert_text(post->title, title);
        assert_int_equal(strlen(post->content), size);
        assert_true(size == 0 || (post->content[0] == 'a' + i % 26 && post->content[size - 1] == 'a' + i % 26));
    }
}

/* The first run guesses the size of the parts, the following ones know that of the rows, and receive some results
 * whole. */
static void check_size(struct fixture *f, int count, int size)
{
    struct post_list posts;
    struct ar_session *s;
    struct ar_db *db;
    make_posts(f, count, size);
    assert_int_equal(ar_db_open(server_url(""), NULL, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    for (int run = 0; run < 8; run++) {
        ok(s, load_posts(s, &posts));
        assert_posts(&posts, count, size);
        ar_session_clear(s);
    }
    ar_session_close(s);
    ar_db_close(db);
}

static void test_any_number_of_rows(void **state)
{
    static const int counts[] = {0, 1, 2, 15, 16, 17, 32, 33, 255, 256, 257, 511, 512, 513, 2000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        check_size(*state, counts[i], 0);
        check_size(*state, counts[i], 200);
    }
}

static void test_large_rows(void **state)
{
    check_size(*state, 40, 40000);
    check_size(*state, 20, 1000000);
}

/* The rows become larger and smaller than those of the last run. */
static void test_other_sizes_than_before(void **state)
{
    static const struct {
        int count, size;
    } runs[] = {{500, 10}, {20, 500000}, {500, 10}, {1, 1}, {1000, 300}, {0, 0}, {300, 10000}};
    struct fixture *f = *state;
    struct post_list posts;
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        make_posts(f, runs[i].count, runs[i].size);
        ok(f->s, load_posts(f->s, &posts));
        assert_posts(&posts, runs[i].count, runs[i].size);
        assert_statements(f, 1);
        ar_session_clear(f->s);
    }
}

/* The server sends rows before it fails: none of them is returned. */
static void test_failure_in_the_middle(void **state)
{
    static const int places[] = {1, 2, 16, 17, 300, 900, 1000};
    struct fixture *f = *state;
    struct post_list posts;
    struct ar_list list;
    make_posts(f, 1000, 100);
    for (size_t i = 0; i < 2 * sizeof places / sizeof *places; i++) {
        char sql[160];
        snprintf(sql, sizeof sql, "SELECT * FROM posts WHERE 1 / (id - %d) IS NOT NULL", places[i / 2]);
        fails(f->s, AR_DATABASE, ar_sql_all(f->s, &post_model, sql, NULL, 0, &list));
        assert_text(ar_session_error(f->s)->sqlstate, "22012");
        assert_int_equal(list.count, 0);
        ok(f->s, load_posts(f->s, &posts));
        assert_posts(&posts, 1000, 100);
    }
}

static enum ar_status call_load(void *s)
{
    struct post_list posts;
    enum ar_status status = load_posts(s, &posts);
    return posts.count == 0 ? status : AR_MISUSE;
}

/* Wait until the server cannot send more rows. */
static void await_full_buffer(struct fixture *f)
{
    run_sql(f, "DO $$ BEGIN LOOP PERFORM pg_stat_clear_snapshot();"
               " EXIT WHEN EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'parts'"
               " AND wait_event = 'ClientWrite');"
               " IF clock_timestamp() > now() + interval '1 minute' THEN RAISE 'it does not wait'; END IF;"
               " PERFORM pg_sleep(0.001); END LOOP; END $$");
}

/* An interrupt arrives while the program receives rows. The request has a separate connection, through `free_way`. */
static void test_interrupt_in_the_middle(void **state)
{
    struct fixture *f = *state;
    struct proxy *proxy = proxy_start(server_url("")), *free_way = proxy_start(server_url(""));
    struct ar_session *s;
    struct ar_db *db;
    struct call call;
    struct post_list posts;
    make_posts(f, 5000, 5000);
    assert_int_equal(ar_db_open(proxy_url(proxy, "&application_name=parts"), NULL, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    ok(s, post_count(post_query(s), &(int64_t){0}));
    proxy_hold_after(proxy, 300000);
    call_start(&call, call_load, s);
    await_full_buffer(f);
    proxy_take_over(free_way, proxy);
    ar_session_interrupt(s);
    proxy_release(proxy);
    fails(s, AR_INTERRUPTED, call_finish(&call));
    assert_error_names(s, "ar_session_interrupt ended the statement");
    ok(s, load_posts(s, &posts));
    assert_posts(&posts, 5000, 5000);
    ar_session_close(s);
    ar_db_close(db);
    proxy_stop(proxy);
    proxy_stop(free_way);
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_blog, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_any_number_of_rows),      test(test_large_rows),
        test(test_other_sizes_than_before), test(test_failure_in_the_middle),
        test(test_interrupt_in_the_middle),
    };
    return cmocka_run_group_tests_name("parts", tests, NULL, NULL);
}
