/* What a trace contains, and what happens if its file cannot be written (S-460 to S-463). */
#include "forum.ar.h"
#include "trace_file.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int open_forum(void **state)
{
    return fixture_open_file(state, &member_model, &topic_model, &reply_model);
}

/* ---- Contents ---------------------------------------------------------------------------------------------------- */

/* S-460: every statement is in the trace, with its SQL, reason, model, relation, session, rows and status. */
static void test_s460_statements(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    struct member ann = {.name = "secret"}, *read;
    struct topic_list topics;
    open_trace(f, path);
    ok(f->s, member_insert(f->s, &ann));
    ok(f->s, topic_insert(f->s, &(struct topic){.member_id = ann.id, .title = "first"}));
    ok(f->other, member_find(f->other, ann.id, &read));
    ok(f->other, member_topics(f->other, read, &topics));
    assert_int_equal(topics.count, 1);
    fails(f->other, AR_DATABASE, ar_execute(f->other, "nonsense"));
    close_trace(f);
    assert_statements(f, 4);

    assert_trace(path, "SELECT session, reason, model, relation, rows, status, is_read FROM statement ORDER BY id",
                 "1|save|member||1|AR_OK|\n"
                 "1|save|topic||1|AR_OK|\n"
                 "2|query|member||1|AR_OK|\n"
                 "2|lazy|topic|member.topics|1|AR_OK|\n"
                 "2|schema|||0|AR_DATABASE|\n");
    assert_trace(path, "SELECT count(*) FROM statement WHERE started_ns < 0 OR duration_ns < 0", "0\n");
    assert_trace(path, "SELECT count(*), count(DISTINCT sql) FROM statement", "5|5\n");
    assert_trace(path, "SELECT text FROM sql JOIN statement ON statement.sql = sql.id WHERE status <> 'AR_OK'",
                 "nonsense\n");
    assert_trace(path, "SELECT count(*) FROM sql WHERE text LIKE '%secret%' OR text LIKE '%first%'", "0\n");
    (void)unlink(path);
}

static void open_in_observer(const struct ar_event *event, void *payload)
{
    (void)event;
    assert_int_equal(ar_trace_open(((struct fixture *)payload)->db, new_trace()), AR_OK);
}

/* S-460: a statement that was sent before the trace was opened is not in it. */
static void test_s460_opened_by_an_observer(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    int64_t count;
    ar_db_observe(f->db, open_in_observer, f);
    ok(f->s, member_count(member_query(f->s), &count));
    ar_db_observe(f->db, NULL, NULL);
    ok(f->s, topic_count(topic_query(f->s), &count));
    close_trace(f);
    assert_trace(path, "SELECT model FROM statement", "topic\n");
    (void)unlink(path);
}

/* S-460: the file says which database it is of, and when it was recorded. */
static void test_s460_header(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    open_trace(f, path);
    close_trace(f);
    assert_trace(path, "SELECT armature, database, opened_at <= closed_at, error FROM trace",
                 fixture_is_sqlite() ? ARMATURE_VERSION "|sqlite|1|\n" : ARMATURE_VERSION "|postgresql|1|\n");
    assert_trace(path, "PRAGMA application_id", "1098011762\n");
    assert_trace(path, "PRAGMA user_version", "1\n");
    assert_trace(path, "SELECT count(*) FROM statement", "0\n");
    (void)unlink(path);
}

/* S-460: each text is in the file once, however often it runs, and each statement is in the file. */
static void test_s460_many(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    struct member *member;
    int64_t count;
    open_trace(f, path);
    for (int i = 0; i < 3000; i++)
        fails(f->s, AR_NOT_FOUND, member_find(f->s, 1000 + i, &member));
    ok(f->s, member_count(member_query(f->s), &count));
    close_trace(f);
    assert_trace(path, "SELECT count(*), count(DISTINCT sql), count(DISTINCT id), max(id) FROM statement",
                 "3001|2|3001|3001\n");
    assert_trace(path, "SELECT count(*) FROM sql", "2\n");
    (void)unlink(path);
}

static enum ar_status take(struct ar_session *s, const struct member_list *list, void *payload)
{
    (void)s, (void)list, (void)payload;
    return AR_OK;
}

/* S-460: a cleared session counts as a new one; a stream belongs to the session of its query. */
static void test_s460_sessions(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    int64_t count;
    for (int i = 0; i < 5; i++)
        add_row(f, &member_model, &(struct member){.name = "member"});
    open_trace(f, path);
    ok(f->s, member_count(member_query(f->s), &count));
    ok(f->s, member_each(member_query(f->s), 2, take, NULL));
    ar_session_clear(f->s);
    ok(f->s, member_count(member_query(f->s), &count));
    close_trace(f);
    assert_trace(path, "SELECT session, count(*) FROM statement WHERE reason = 'query' GROUP BY session", "1|4\n2|1\n");
    (void)unlink(path);
}

/* S-460: a second trace of the same database begins after the first one. */
static void test_s460_again(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    int64_t count;
    open_trace(f, path);
    ok(f->s, member_count(member_query(f->s), &count));
    close_trace(f);
    ok(f->s, topic_count(topic_query(f->s), &count));
    open_trace(f, path);
    ok(f->s, reply_count(reply_query(f->s), &count));
    close_trace(f);
    assert_trace(path, "SELECT id, session, model FROM statement", "2|1|reply\n");
    close_trace(f); /* there is none: nothing happens */
    (void)unlink(path);
}

/* S-460: ar_db_close ends a trace, too. */
static void test_s460_closed_with_the_database(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    int64_t count;
    open_trace(f, path);
    ok(f->s, member_count(member_query(f->s), &count));
    ar_session_close(f->s);
    ar_session_close(f->other);
    ar_db_close(f->db);
    f->s = f->other = NULL;
    f->db = NULL;
    assert_trace(path, "SELECT count(*), (SELECT closed_at IS NOT NULL FROM trace) FROM statement", "1|1\n");
    (void)unlink(path);
}

/* ---- Files ------------------------------------------------------------------------------------------------------- */

static void assert_refused(struct fixture *f, enum ar_status expected, const char *path, const char *message)
{
    assert_int_equal(ar_trace_open(f->db, path), expected);
    assert_int_equal(ar_db_error(f->db)->status, expected);
    if (strstr(ar_db_error(f->db)->message, message) == NULL)
        fail_msg("%s", ar_db_error(f->db)->message);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* S-461: a file that is not a trace is not overwritten. */
static void test_s461_other_files(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    char text[1024];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    write_file(path, text);
    assert_refused(f, AR_MISUSE, path, "is not a trace");
    write_file(path, "");
    open_trace(f, path);
    close_trace(f);
    assert_int_equal(unlink(path), 0);
    if (f->file != NULL)
        assert_refused(f, AR_BUSY, f->file, "is in use"); /* by the sessions; otherwise it would be no trace */
    assert_refused(f, AR_UNAVAILABLE, "/nonexistent/trace.db", "unable to open");
    assert_refused(f, AR_UNAVAILABLE, ".", "unable to open");
}

/* S-461: a trace that is damaged is left as it is. */
static void test_s461_damaged(void **state)
{
    enum { SCHEMA_PAGE = 100 }; /* the offset of its header */
    struct fixture *f = *state;
    const char *path = new_trace();
    FILE *file;
    open_trace(f, path);
    close_trace(f);
    file = fopen(path, "r+");
    assert_non_null(file);
    assert_int_equal(fseek(file, SCHEMA_PAGE, SEEK_SET), 0);
    fputs("damage", file);
    assert_int_equal(fclose(file), 0);
    assert_refused(f, AR_UNAVAILABLE, path, "the trace cannot be written: database disk image is malformed");
    (void)unlink(path);
}

/* S-461: a SQLite database that is not a trace is not overwritten. */
static void test_s461_databases(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    struct ar_db *other;
    struct ar_session *s;
    char url[128];
    snprintf(url, sizeof url, "sqlite:%s", path);
    assert_int_equal(ar_db_open(url, NULL, &other), AR_OK);
    assert_int_equal(ar_session_open(other, NULL, &s), AR_OK);
    ok(s, ar_execute(s, "CREATE TABLE kept (id INTEGER)"));
    ar_session_close(s);
    ar_db_close(other);
    assert_refused(f, AR_MISUSE, path, "is not a trace");
    assert_trace(path, "SELECT name FROM sqlite_schema", "kept\n");
    (void)unlink(path);
}

/* S-461: one trace per database, and one database per trace. */
static void test_s461_two_traces(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    struct ar_db *other;
    open_trace(f, path);
    assert_refused(f, AR_MISUSE, "other.db", "call ar_trace_close first");
    assert_int_equal(access("other.db", F_OK), -1);
    assert_int_equal(ar_db_open("sqlite::memory:", NULL, &other), AR_OK);
    assert_int_equal(ar_trace_open(other, path), AR_BUSY);
    assert_non_null(strstr(ar_db_error(other)->message, "is in use"));
    ar_db_close(other);
    close_trace(f);
    (void)unlink(path);
}

/* S-461: a child process leaves the trace of its parent alone. */
static void test_s461_fork(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    int64_t count;
    int result;
    open_trace(f, path);
    ok(f->s, member_count(member_query(f->s), &count));
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        bool is_refused = ar_trace_close(f->db) == AR_MISUSE && ar_trace_open(f->db, "child.db") == AR_MISUSE;
        exit_child(is_refused ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result) && WEXITSTATUS(result) == 0);
    ok(f->s, member_count(member_query(f->s), &count));
    close_trace(f);
    assert_trace(path, "SELECT count(*) FROM statement", "2\n");
    (void)unlink(path);
}

/* ---- Failures ---------------------------------------------------------------------------------------------------- */

/* Let no file of this process grow beyond this size. */
static void limit_files(rlim_t size)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = size;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* S-462: if the disk is full, statements succeed, the observer is called, and the status comes when the trace is
 * closed. What was written before is in the file. */
static void test_s462_disk_full(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    struct member *member;
    struct stat file;
    open_trace(f, path);
    for (int i = 0; i < 2000; i++)
        fails(f->s, AR_NOT_FOUND, member_find(f->s, 1000 + i, &member));
    assert_int_equal(stat(path, &file), 0);
    limit_files((rlim_t)file.st_size);
    for (int i = 0; i < 3000; i++)
        fails(f->s, AR_NOT_FOUND, member_find(f->s, 5000 + i, &member));
    assert_int_equal(ar_trace_close(f->db), AR_DATABASE);
    limit_files(RLIM_INFINITY);
    assert_non_null(strstr(ar_db_error(f->db)->message, "the trace cannot be written"));
    assert_statements(f, 5000);
    assert_trace(path, "SELECT count(*) >= 1024, count(*) < 5000 FROM statement", "1|1\n");
    assert_trace(path, "PRAGMA integrity_check", "ok\n");
    (void)unlink(path);
}

/* S-462: the next trace is not affected. */
static void test_s462_next(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    int64_t count;
    open_trace(f, path);
    limit_files(1);
    ok(f->s, member_count(member_query(f->s), &count));
    assert_int_equal(ar_trace_close(f->db), AR_DATABASE);
    limit_files(RLIM_INFINITY);
    open_trace(f, path);
    ok(f->s, member_count(member_query(f->s), &count));
    close_trace(f);
    assert_trace(path, "SELECT count(*), (SELECT error FROM trace) FROM statement", "1|\n");
    (void)unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s460_opened_by_an_observer, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s460_statements, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s460_header, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s460_many, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s460_sessions, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s460_again, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s460_closed_with_the_database, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s461_other_files, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s461_damaged, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s461_databases, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s461_two_traces, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s461_fork, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s462_disk_full, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s462_next, open_forum, fixture_close),
    };
    (void)signal(SIGXFSZ, SIG_IGN); /* a write beyond the limit is then an error */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
