/* Two clients that share one server process through PgBouncer in transaction mode, S-607 to S-609: the settings of one
 * do not reach the other, and tables are altered under prepared statements. Runs with `pooled` through PgBouncer 1.21
 * or newer, with `no_named_statements` through an older one. */
#include "data.h"
#include "server.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

static bool is_pooled(void)
{
    return getenv("ARMATURE_TEST_POOLED") != NULL;
}

/* ---- The other client -------------------------------------------------------------------------------------------- */

static PGconn *other;

static int open_other(void **state)
{
    (void)state;
    other = PQconnectdb(server_url(""));
    assert_int_equal(PQstatus(other), CONNECTION_OK);
    return 0;
}

static int close_other(void **state)
{
    (void)state;
    PQfinish(other);
    return 0;
}

/* Run SQL as the other client, and return the values of the result, each followed by a line break. Free it. */
static char *query_other(const char *sql)
{
    PGresult *result = PQexec(other, sql);
    ExecStatusType status = PQresultStatus(result);
    size_t size = 1;
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        fail_msg("%s: %s", sql, PQresultErrorMessage(result));
    for (int row = 0; row < PQntuples(result); row++)
        size += (size_t)PQgetlength(result, row, 0) + 1;
    char *text = calloc(size, 1);
    assert_non_null(text);
    for (int row = 0; row < PQntuples(result); row++) {
        strcat(text, PQgetvalue(result, row, 0));
        strcat(text, "\n");
    }
    PQclear(result);
    return text;
}

static void run_other(const char *sql)
{
    free(query_other(sql));
}

/* Assert that the other client sees what it saw before: all settings, and the same server process. */
static const char state_query[] = "SELECT name || ' = ' || setting FROM pg_settings UNION ALL"
                                  " SELECT 'process ' || pg_backend_pid() ORDER BY 1";

static void assert_unchanged(const char *before, const char *what)
{
    char *after = query_other(state_query);
    const char *a = before, *b = after;
    for (; *a != '\0' && strcspn(a, "\n") == strcspn(b, "\n") && strncmp(a, b, strcspn(a, "\n")) == 0;
         a += strcspn(a, "\n") + 1, b += strcspn(b, "\n") + 1)
        ;
    if (*a != '\0' || *b != '\0')
        fail_msg("after %s: \"%.*s\" was \"%.*s\"", what, (int)strcspn(b, "\n"), b, (int)strcspn(a, "\n"), a);
    free(after);
}

/* ---- Armature ---------------------------------------------------------------------------------------------------- */

static const struct ar_model *const models[] = {&user_model, &post_model, &comment_model, &order_model,
                                                &order_item_model};

static struct ar_db_options options_of(struct ar_db_options options)
{
    options.pooled = is_pooled();
    options.no_named_statements = !is_pooled();
    return options;
}

static int open_db(void **state)
{
    const struct ar_db_options options =
        options_of((struct ar_db_options){.busy_timeout_ms = 1234, .timeout_ms = 60000});
    if (fixture_open_with(state, NULL, &options, models, sizeof models / sizeof *models) != 0)
        return -1;
    given_d3(*state);
    return 0;
}

static enum ar_status find(struct ar_session *s, void *payload)
{
    struct user *user;
    (void)payload;
    return user_find(s, 1, &user);
}

static enum ar_status find_all(struct ar_session *s, void *payload)
{
    struct comment_list comments;
    (void)payload;
    return comment_all(comment_query(s), &comments);
}

static enum ar_status insert(struct ar_session *s, void *payload)
{
    struct comment comment = {.user_id = 1, .post_id = 1, .content = "new"};
    (void)payload;
    return comment_insert(s, &comment);
}

static enum ar_status insert_many(struct ar_session *s, void *payload)
{
    struct comment comments[300];
    (void)payload;
    for (size_t i = 0; i < 300; i++)
        comments[i] = (struct comment){.user_id = 1, .post_id = 1, .content = "one of many"};
    return comment_insert_many(s, comments, 300);
}

static enum ar_status load_tree(struct ar_session *s, void *payload)
{
    struct user_query *users = user_query(s);
    struct user_list list;
    (void)payload;
    post_with_comments(user_with_posts(users));
    return user_all(users, &list);
}

static enum ar_status run_script(struct ar_session *s, void *payload)
{
    (void)payload;
    return ar_execute(s, "UPDATE comments SET content = content");
}

static enum ar_status read_only_transaction(struct ar_session *s, void *payload)
{
    return ar_transaction_with(
        s, &(struct ar_transaction_options){.read_only = true, .isolation = AR_ISOLATION_SERIALIZABLE}, find, payload);
}

static enum ar_status transaction(struct ar_session *s, void *payload)
{
    return ar_transaction(s, insert, payload);
}

static const struct {
    const char *name;
    enum ar_status (*function)(struct ar_session *s, void *payload);
    bool only_reads;
} calls[] = {{"find", find, true},
             {"load_tree", load_tree, true},
             {"insert", insert, false},
             {"insert_many", insert_many, false},
             {"script", run_script, false},
             {"read_only_transaction", read_only_transaction, true},
             {"transaction", transaction, false}};

enum { CALLS = sizeof calls / sizeof *calls };

/* ---- S-607: settings --------------------------------------------------------------------------------------------- */

static void test_no_setting_leaks(void **state)
{
    struct fixture *f = *state;
    char *before = query_other(state_query);
    for (int i = 0; i < 2 * CALLS; i++) {
        ok(f->s, calls[i / 2].function(f->s, NULL));
        assert_unchanged(before, calls[i / 2].name);
    }
    free(before);
}

/* A database that is read-only, with other timeouts. The other client can write. */
static void test_read_only_does_not_leak(void **state)
{
    struct fixture *f = *state;
    const struct ar_db_options options = options_of((struct ar_db_options){.read_only = true, .busy_timeout_ms = 77});
    struct ar_db *db;
    struct ar_session *s;
    char *before = query_other(state_query);
    assert_int_equal(ar_db_open(server_url(""), &options, &db), AR_OK);
    assert_unchanged(before, "ar_db_open");
    assert_int_equal(ar_session_open(db, &(struct ar_session_options){.timeout_ms = 50000}, &s), AR_OK);
    for (int i = 0; i < 2 * CALLS; i++) {
        enum ar_status expected = calls[i / 2].only_reads ? AR_OK : AR_DATABASE;
        enum ar_status status = calls[i / 2].function(s, NULL);
        if (status != expected)
            fail_msg("%s: %s: %s", calls[i / 2].name, ar_status_name(status), ar_session_error(s)->message);
        assert_unchanged(before, calls[i / 2].name);
        run_other("UPDATE comments SET content = content WHERE id = 1");
        ok(f->s, insert(f->s, NULL));
    }
    ar_session_close(s);
    ar_db_close(db);
    assert_unchanged(before, "ar_db_close");
    free(before);
}

/* The other client's settings do not reach Armature either. A pooler cannot prevent that. The other client's timeout
 * still applies to the statement that sets Armature's, so it must suffice for a short one on a busy machine. */
static void test_settings_of_the_other(void **state)
{
    struct fixture *f = *state;
    ok(f->s, find(f->s, NULL));
    run_other("SET default_transaction_read_only = on");
    run_other("SET lock_timeout = 1");
    run_other("SET statement_timeout = 1000");
    reopen_session(f, (struct ar_session_options){.timeout_ms = 60000});
    ok(f->s, ar_execute(f->s, "SELECT pg_sleep(1.1)"));
    run_other("RESET ALL");
}

/* ---- S-608: altered tables --------------------------------------------------------------------------------------- */

static void test_altered_table(void **state)
{
    struct fixture *f = *state;
    static const char *const types[] = {"varchar(100)", "text", "varchar(200)", "text"};
    for (size_t i = 0; i < 4; i++) {
        char sql[128];
        ok(f->s, find_all(f->s, NULL));
        ok(f->s, ar_transaction(f->s, find_all, NULL));
        ok(f->other, find_all(f->other, NULL));
        snprintf(sql, sizeof sql, "ALTER TABLE comments ALTER content TYPE %s", types[i]);
        run_other(sql);
        ok(f->s, i % 2 == 0 ? find_all(f->s, NULL) : ar_transaction(f->s, find_all, NULL));
        ok(f->s, find_all(f->s, NULL));
        ok(f->other, ar_transaction(f->other, find_all, NULL)); /* another client of the pooler */
        ok(f->other, find_all(f->other, NULL));
    }
    /* A new client, whose first statement the pooler has prepared before. */
    struct ar_db *db;
    struct ar_session *s;
    const struct ar_db_options options = options_of((struct ar_db_options){.pool_size = 1});
    ok(f->s, find_all(f->s, NULL));
    run_other("ALTER TABLE comments ALTER content TYPE varchar(300)");
    assert_int_equal(ar_db_open(server_url(""), &options, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    ok(s, find_all(s, NULL));
    ok(s, ar_transaction(s, find_all, NULL));
    ar_session_close(s);
    ar_db_close(db);
}

/* ---- S-609: names ------------------------------------------------------------------------------------------------ */

/* Clients use the same names for different statements, in turn. */
static void test_same_names(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 20; i++) {
        ok(f->s, calls[i % CALLS].function(f->s, NULL));
        ok(f->other, calls[(i + 1) % CALLS].function(f->other, NULL));
        ok(f->other, calls[(i + 3) % CALLS].function(f->other, NULL));
    }
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_db, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_no_setting_leaks),
        test(test_read_only_does_not_leak),
        test(test_settings_of_the_other),
        test(test_altered_table),
        test(test_same_names),
    };
    return cmocka_run_group_tests_name(is_pooled() ? "shared, with named statements" : "shared, without them", tests,
                                       open_other, close_other);
}
