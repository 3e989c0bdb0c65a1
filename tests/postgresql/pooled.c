/* A database with `pooled` or `no_named_statements`: what is sent, S-600 to S-606. Without a pooler, so that each text
 * can be seen by a proxy; shared.c runs through one. */
#include "data.h"
#include "messages.h"
#include "proxy.h"
#include "server.h"

#include <stdio.h>
#include <string.h>

static struct administrator administrator;
static struct proxy *proxy;

static int open_all(void **state)
{
    (void)state;
    administrator_open(&administrator);
    proxy = proxy_start(server_url("&application_name=pooled"));
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    proxy_stop(proxy);
    administrator_close(&administrator);
    return 0;
}

static const struct ar_model *const models[] = {&user_model, &post_model, &comment_model, &order_model,
                                                &order_item_model};

static int open_with(void **state, struct ar_db_options options)
{
    if (fixture_open_with(state, proxy_url(proxy, ""), &options, models, sizeof models / sizeof *models) != 0)
        return -1;
    given_d3(*state);
    return 0;
}

static int open_pooled(void **state)
{
    return open_with(state, (struct ar_db_options){.pooled = true, .busy_timeout_ms = 1234});
}

static int open_unnamed(void **state)
{
    return open_with(state, (struct ar_db_options){.no_named_statements = true, .busy_timeout_ms = 1234});
}

static int open_small(void **state)
{
    return open_with(state, (struct ar_db_options){.pooled = true, .statement_cache_size = 2});
}

#define SETTINGS                                                                                                       \
    "SELECT pg_catalog.set_config('TimeZone', 'UTC', true),"                                                           \
    " pg_catalog.set_config('standard_conforming_strings', 'on', true),"                                               \
    " pg_catalog.set_config('lock_timeout', '1234', true)"

/* Begin to record what the program sends. */
static void watch(void)
{
    proxy_record(proxy, true);
}

/* Return what it has sent. */
static const char *sent(void)
{
    const unsigned char *data;
    size_t size = proxy_take_recording(proxy, &data);
    return messages_describe(data, size);
}

/* Return the number of times that a text occurs in another. */
static size_t count_text(const char *in, const char *text)
{
    size_t count = 0;
    for (const char *at = in; (at = strstr(at, text)) != NULL; at++)
        count++;
    return count;
}

static enum ar_status find(struct ar_session *s, void *payload)
{
    struct user *user;
    (void)payload;
    return user_find(s, 1, &user);
}

/* ---- Texts ------------------------------------------------------------------------------------------------------- */

/* S-600: nothing is set for the connection. */
static void test_connecting(void **state)
{
    struct ar_db *db;
    const struct ar_db_options options = {.pooled = true, .read_only = true, .timeout_ms = 5000};
    const unsigned char *data;
    (void)state;
    watch();
    assert_int_equal(ar_db_open(proxy_url(proxy, ""), &options, &db), AR_OK);
    size_t size = proxy_take_recording(proxy, &data);
    for (size_t i = 0; i + 3 < size; i++)
        assert_true(memcmp(data + i, "set_", 4) != 0 && memcmp(data + i, "SET ", 4) != 0);
    ar_db_close(db);
}

/* The settings are in the round trip of the first statement of each transaction. */
static void test_settings_of_a_read(void **state)
{
    static const char start[] = "Parse <named> " SETTINGS "\nBind <named>\nParse <named> SELECT ";
    const struct ar_db_options options = {.pooled = true, .busy_timeout_ms = 1234};
    struct ar_db *db;
    struct ar_session *s;
    (void)state;
    assert_int_equal(ar_db_open(proxy_url(proxy, ""), &options, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    watch();
    ok(s, find(s, NULL));
    const char *first = sent();
    if (strncmp(first, start, strlen(start)) != 0 || count_text(first, "\n") != 5)
        fail_msg("%s", first);
    (void)proxy_take_trips(proxy);
    watch();
    ok(s, find(s, NULL));
    assert_text(sent(), "Bind <named>\nBind <named>\nSync\n");
    assert_int_equal(proxy_take_trips(proxy), 1);
    ar_session_close(s);
    ar_db_close(db);
}

static void test_settings_of_a_transaction(void **state)
{
    struct fixture *f = *state;
    ok(f->s, ar_transaction(f->s, find, NULL)); /* prepare */
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_rollback(f->s));
    ok(f->s, ar_rollback(f->s));
    watch();
    ok(f->s, ar_begin(f->s));
    assert_text(sent(), "Bind <named>\nSync\n");
    watch();
    ok(f->s, find(f->s, NULL));
    assert_text(sent(), "Bind <named>\nBind <named>\nSync\n"); /* the settings and the query */
    watch();
    ok(f->s, find(f->s, NULL));
    ok(f->s, ar_commit(f->s));
    assert_text(sent(), "Bind <named>\nSync\nBind <named>\nSync\n");

    /* A rollback to a savepoint must not undo the settings: they precede it. */
    ok(f->s, ar_begin(f->s));
    watch();
    ok(f->s, ar_begin(f->s));
    assert_text(sent(), "Bind <named>\nBind <named>\nSync\n");
    ok(f->s, ar_rollback(f->s));
    watch();
    ok(f->s, find(f->s, NULL));
    assert_text(sent(), "Bind <named>\nSync\n");
    ok(f->s, ar_rollback(f->s));
}

static void test_settings_of_a_tree(void **state)
{
    struct fixture *f = *state;
    static const enum ar_plan plans[] = {AR_PLAN_ONE_TRIP, AR_PLAN_WAVES};
    for (size_t i = 0; i < 2; i++) {
        struct user_query *users = user_query(f->s);
        struct user_list list;
        post_with_comments(user_with_posts(users));
        ar_query_plan(users, plans[i]);
        ar_session_clear(f->s);
        watch();
        users = user_query(f->s);
        post_with_comments(user_with_posts(users));
        ar_query_plan(users, plans[i]);
        ok(f->s, user_all(users, &list));
        const char *text = sent();
        assert_true(count_text(text, SETTINGS) <= 1);
        assert_int_equal(count_text(text, " SET "), 0);
    }
}

static void test_unnamed(void **state)
{
    struct fixture *f = *state;
    ok(f->s, find(f->s, NULL));
    for (int i = 0; i < 2; i++) {
        watch();
        ok(f->s, find(f->s, NULL));
        const char *text = sent();
        assert_int_equal(strncmp(text, "Parse <unnamed> " SETTINGS "\nBind <unnamed>\nParse <unnamed> SELECT ",
                                 strlen("Parse <unnamed> " SETTINGS "\nBind <unnamed>\nParse <unnamed> SELECT ")),
                         0);
        assert_int_equal(count_text(text, "<named>"), 0);
    }
}

/* S-601: a transaction whose statements see one state begins with its first read, not with the settings. */
static void test_snapshot_is_of_the_first_read(void **state)
{
    struct fixture *f = *state;
    int64_t count;
    ok(f->s, ar_begin_with(f->s, &(struct ar_transaction_options){.isolation = AR_ISOLATION_REPEATABLE_READ}));
    run_sql(f, "DELETE FROM comments");
    ok(f->s, comment_count(comment_query(f->s), &count));
    assert_int_equal(count, 0);
    ok(f->s, ar_commit(f->s));
}

/* ---- Effects ----------------------------------------------------------------------------------------------------- */

/* S-602: locks are waited for as long as busy_timeout_ms, statements run as long as timeout_ms, also in scripts. */
static int open_impatient(void **state)
{
    return open_with(state, (struct ar_db_options){.pooled = true, .busy_timeout_ms = 20});
}

static int open_impatient_unnamed(void **state)
{
    return open_with(state, (struct ar_db_options){.no_named_statements = true, .busy_timeout_ms = 20});
}

static void test_lock_timeout(void **state)
{
    struct fixture *f = *state;
    lock_table(&administrator, "users");
    fails(f->s, AR_BUSY, find(f->s, NULL));
    fails(f->s, AR_BUSY, ar_execute(f->s, "DELETE FROM users"));
    ok(f->s, ar_begin(f->s));
    fails(f->s, AR_BUSY, ar_execute(f->s, "DELETE FROM users"));
    ok(f->s, ar_rollback(f->s));
    ok(administrator.s, ar_rollback(administrator.s));
    ok(f->s, find(f->s, NULL));
}

static void test_statement_timeout(void **state)
{
    struct fixture *f = *state;
    reopen_session(f, (struct ar_session_options){.timeout_ms = 30});
    fails(f->s, AR_INTERRUPTED, ar_execute(f->s, "SELECT pg_sleep(600)"));
    assert_text(ar_session_error(f->s)->sqlstate, "57014");
    assert_error_names(f->s, "timeout_ms is 30");
    reopen_session(f, (struct ar_session_options){.timeout_ms = 0});
    ok(f->s, ar_execute(f->s, "SELECT pg_sleep(0.04)"));
}

/* S-603: read_only. */
static int open_read_only(void **state)
{
    void *writable = NULL;
    if (open_pooled(&writable) != 0 || fixture_close(&writable) != 0)
        return -1;
    const struct ar_db_options options = {.pooled = true, .read_only = true};
    return fixture_open_with(state, proxy_url(proxy, ""), &options, NULL, 0);
}

static enum ar_status insert_comment(struct ar_session *s, void *payload)
{
    struct comment comment = {.user_id = 1, .post_id = 1, .content = "never written"};
    (void)payload;
    return comment_insert(s, &comment);
}

static void test_read_only(void **state)
{
    struct fixture *f = *state;
    ok(f->s, find(f->s, NULL));
    fails(f->s, AR_DATABASE, insert_comment(f->s, NULL));
    assert_text(ar_session_error(f->s)->sqlstate, "25006");
    fails(f->s, AR_DATABASE, ar_transaction(f->s, insert_comment, NULL));
    fails(f->s, AR_DATABASE, ar_execute(f->s, "DELETE FROM comments"));
    fails(f->s, AR_DATABASE, ar_execute(f->s, "VACUUM comments"));
    ok(f->s, ar_begin(f->s));
    fails(f->s, AR_DATABASE, ar_execute(f->s, "DELETE FROM comments"));
    ok(f->s, ar_rollback(f->s));
}

/* S-604: what cannot run in a transaction is repeated without the settings; anything else runs once. */
static void test_scripts(void **state)
{
    struct fixture *f = *state;
    int64_t count;
    ok(f->s, find(f->s, NULL)); /* take a connection */
    watch();
    ok(f->s, ar_execute(f->s, "DELETE FROM comments WHERE id = 1; DELETE FROM comments WHERE id = 2"));
    assert_text(sent(), "Query " SETTINGS "; DELETE FROM comments WHERE id = 1; DELETE FROM comments WHERE id = 2\n");
    watch();
    ok(f->s, ar_execute(f->s, "VACUUM comments"));
    assert_text(sent(), "Query " SETTINGS "; VACUUM comments\nQuery VACUUM comments\n");
    ok(f->s, ar_execute(f->s, "DO $$ BEGIN DELETE FROM comments WHERE id = 3; COMMIT; END $$"));
    watch();
    fails(f->s, AR_DATABASE, ar_execute(f->s, "DELETE FROM comments WHERE id = 4; VACUUM comments"));
    assert_int_equal(count_text(sent(), "Query"), 1);
    fails(f->s, AR_DATABASE, ar_execute(f->s, "nonsense"));
    ok(f->s, ar_execute(f->s, ""));
    ok(f->s, comment_count(comment_query(f->s), &count));
    assert_int_equal(count, 12 - 3);
}

/* ---- Prepared statements ----------------------------------------------------------------------------------------- */

static enum ar_status find_all(struct ar_session *s, void *payload)
{
    struct comment_list comments;
    (void)payload;
    return comment_all(comment_query(s), &comments);
}

static void alter(const char *type)
{
    char sql[128];
    snprintf(sql, sizeof sql, "ALTER TABLE comments ALTER content TYPE %s", type);
    ok(administrator.s, ar_execute(administrator.s, sql));
}

/* S-605: a pooler keeps an outdated statement and uses it for the same SQL. So the statement is repeated unnamed, and
 * later prepared with other SQL. */
static void test_altered_table(void **state)
{
    struct fixture *f = *state;
    ok(f->s, find_all(f->s, NULL));
    alter("varchar(100)");
    watch();
    ok(f->s, find_all(f->s, NULL));
    const char *text = sent(); /* between both runs, statements may be closed */
    assert_ptr_equal(strstr(text, "Bind <named>\nBind <named>\nSync\n"), text);
    assert_non_null(strstr(text, "Sync\nParse <unnamed> " SETTINGS "\n"));
    assert_int_equal(count_text(text, "Parse <named>"), 0);
    watch();
    ok(f->s, find_all(f->s, NULL));
    assert_int_equal(count_text(sent(), "Parse <named> /*1*/ SELECT "), 2);
    watch();
    ok(f->s, find_all(f->s, NULL));
    assert_text(sent(), "Bind <named>\nBind <named>\nSync\n");
    alter("text");
    ok(f->s, find_all(f->s, NULL));
    watch();
    ok(f->s, find_all(f->s, NULL));
    assert_int_equal(count_text(sent(), "Parse <named> /*2*/ SELECT "), 2);
}

static void test_altered_in_a_transaction(void **state)
{
    struct fixture *f = *state;
    ok(f->s, find_all(f->s, NULL));
    ok(f->s, ar_begin(f->s));
    ok(f->s, find(f->s, NULL));
    alter("varchar(100)");
    fails(f->s, AR_BUSY, find_all(f->s, NULL));
    ok(f->s, ar_rollback(f->s));
    ok(f->s, find_all(f->s, NULL));
    alter("text");
    ok(f->s, ar_transaction(f->s, find_all, NULL)); /* repeats it */
}

/* A value is refused after the settings were sent: their answer is received, and the next statement works. */
static void test_refused_value(void **state)
{
    struct fixture *f = *state;
    struct user_list users;
    for (int i = 0; i < 2; i++) {
        struct user_query *query = user_query(f->s);
        user_where(query, ar_gt(user_column.created_at, (time_t)INT64_MAX));
        fails(f->s, AR_INVALID, user_all(query, &users));
        ok(f->s, find(f->s, NULL));
    }
}

/* The pooler is not one that knows prepared statements. */
static void test_unknown_statement(void **state)
{
    struct fixture *f = *state;
    ok(f->s, find(f->s, NULL));
    ok(f->s, ar_execute(f->s, "DEALLOCATE ALL"));
    ok(f->s, find(f->s, NULL));
    ok(f->s, ar_begin(f->s));
    ok(f->s, find(f->s, NULL));
    ok(f->s, ar_execute(f->s, "DEALLOCATE ALL"));
    fails(f->s, AR_BUSY, find(f->s, NULL));
    assert_error_names(f->s, "max_prepared_statements");
    ok(f->s, ar_rollback(f->s));
}

/* S-606: evicted statements are closed by the protocol. A libpq without that message leaves them, and closes the
 * connection when there are many. */
static void test_evicted(void **state)
{
    struct fixture *f = *state;
    struct post_list posts;
    bool is_closed = false;
    char sql[160];
    ar_session_clear(f->other);
    for (int i = 0; i < 600; i++) {
        snprintf(sql, sizeof sql, "UPDATE posts SET title = title WHERE id = %d", -i);
        watch();
        ok(f->s, ar_execute_with(f->s, sql, NULL, 0, NULL));
        const char *text = sent();
        assert_int_equal(count_text(text, "DEALLOCATE"), 0);
        assert_int_equal(count_text(text, "Bind <named>"), 2); /* with the settings */
        is_closed |= count_text(text, "Close <named>") > 0;
    }
    ok(f->s, post_all(post_query(f->s), &posts));
    ok(f->s, ar_execute(f->s, "DROP TABLE IF EXISTS mine; CREATE TABLE mine AS SELECT pg_backend_pid() AS pid"));
    ar_session_clear(f->s);
    snprintf(sql, sizeof sql,
             "DO $$ BEGIN IF EXISTS (SELECT FROM mine WHERE pid = pg_backend_pid()) <> %s THEN RAISE 'wrong'; END IF;"
             " END $$",
             is_closed ? "true" : "false");
    ok(f->s, ar_execute(f->s, sql));
}

/* ---- Options ----------------------------------------------------------------------------------------------------- */

static void test_options(void **state)
{
    struct ar_db *db;
    (void)state;
    assert_int_equal(
        ar_db_open(server_url(""), &(struct ar_db_options){.pooled = true, .no_named_statements = true}, &db),
        AR_MISUSE);
    assert_non_null(strstr(ar_db_error(db)->message, "no_named_statements"));
    ar_db_close(db);
}

#define test(function, open) cmocka_unit_test_setup_teardown(function, open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_connecting),
        test(test_settings_of_a_read, open_pooled),
        test(test_settings_of_a_transaction, open_pooled),
        test(test_settings_of_a_tree, open_pooled),
        test(test_unnamed, open_unnamed),
        test(test_snapshot_is_of_the_first_read, open_pooled),
        test(test_lock_timeout, open_impatient),
        test(test_lock_timeout, open_impatient_unnamed),
        test(test_statement_timeout, open_pooled),
        test(test_statement_timeout, open_unnamed),
        test(test_read_only, open_read_only),
        test(test_scripts, open_pooled),
        test(test_altered_table, open_pooled),
        test(test_altered_in_a_transaction, open_pooled),
        test(test_refused_value, open_pooled),
        test(test_unknown_statement, open_pooled),
        test(test_evicted, open_small),
        cmocka_unit_test(test_options),
    };
    return cmocka_run_group_tests_name("pooled", tests, open_all, close_all);
}
