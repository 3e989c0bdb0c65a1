/* One trace, many threads with their sessions (S-463). Only the main thread makes assertions. */
#include "forum.ar.h"
#include "trace_file.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

enum { THREADS = 6, SESSIONS = 40, FINDS = 50 };

struct worker {
    pthread_t thread;
    struct ar_db *db;
    enum ar_status status; /* the first failure */
};

static atomic_bool is_finished;

/* Load topics with their replies, read these, and run many statements. */
static enum ar_status work_in(struct ar_session *s)
{
    struct topic_query *q = topic_query(s);
    struct topic_list topics;
    struct reply_list replies;
    struct member *member;
    enum ar_status status;

    topic_with_replies(q);
    status = topic_all(q, &topics);
    if (status == AR_OK)
        status = topic_replies(s, topics.items[0], &replies);
    for (int i = 0; i < FINDS && status == AR_OK; i++)
        status = member_find(s, 1000 + i, &member) == AR_NOT_FOUND ? AR_OK : AR_DATABASE;
    return status;
}

static void *work(void *payload)
{
    struct worker *worker = payload;

    for (int i = 0; i < SESSIONS && worker->status == AR_OK; i++) {
        struct ar_session *s;
        worker->status = ar_session_open(worker->db, NULL, &s);
        if (worker->status != AR_OK)
            return NULL;
        worker->status = work_in(s);
        ar_session_close(s);
    }
    return NULL;
}

static int open_forum(void **state)
{
    const struct ar_model *const models[] = {&member_model, &topic_model, &reply_model};
    static const struct ar_db_options patient = {.pool_wait_ms = 600000, .busy_timeout_ms = 600000};
    struct topic topic = {.title = "topic"};
    struct member member = {.name = "member"};
    if (fixture_open_with(state, "sqlite::memory:", &patient, models, 3) != 0)
        return -1;
    struct fixture *f = *state;
    add_row(f, &member_model, &member);
    topic.member_id = member.id;
    add_row(f, &topic_model, &topic);
    add_row(f, &reply_model, &(struct reply){.topic_id = topic.id, .text = "reply"});
    ar_db_observe(f->db, NULL, NULL); /* its counts are for one thread */
    ar_session_clear(f->other);
    return 0;
}

static void start(struct fixture *f, struct worker *workers)
{
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.db = f->db};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
}

static void join(struct worker *workers)
{
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(workers[i].status, AR_OK);
}

/* S-463: no statement is lost, and each session has its own. */
static void test_s463_all_statements(void **state)
{
    struct fixture *f = *state;
    struct worker workers[THREADS];
    const char *path = new_trace();
    char expected[128];
    open_trace(f, path);
    start(f, workers);
    join(workers);
    close_trace(f);
    snprintf(expected, sizeof expected, "%d|%d\n", THREADS * SESSIONS, THREADS * SESSIONS * (FINDS + 2));
    assert_trace(path, "SELECT count(DISTINCT session), count(*) FROM statement WHERE reason <> 'transaction'",
                 expected);
    assert_trace(path, "SELECT DISTINCT count(*) FROM statement WHERE reason <> 'transaction' GROUP BY session",
                 "52\n");
    snprintf(expected, sizeof expected, "%d|1\n", THREADS * SESSIONS);
    assert_trace(path, "SELECT count(*), min(is_read) FROM statement WHERE reason = 'eager'", expected);
    (void)unlink(path);
}

static void *reopen(void *payload)
{
    struct ar_db *db = payload;
    enum ar_status status = AR_OK;

    while (status == AR_OK && !atomic_load(&is_finished)) {
        status = ar_trace_close(db);
        if (status == AR_OK)
            status = ar_trace_open(db, "trace-reopened.db");
    }
    return status == AR_OK ? NULL : db;
}

/* S-463: a trace may be opened and closed while other threads use sessions. */
static void test_s463_reopened(void **state)
{
    struct fixture *f = *state;
    struct worker workers[THREADS];
    pthread_t thread;
    void *failed;
    atomic_store(&is_finished, false);
    assert_int_equal(pthread_create(&thread, NULL, reopen, f->db), 0);
    start(f, workers);
    join(workers);
    atomic_store(&is_finished, true);
    assert_int_equal(pthread_join(thread, &failed), 0);
    assert_null(failed);
    close_trace(f);
    assert_trace("trace-reopened.db", "PRAGMA integrity_check", "ok\n");
    (void)unlink("trace-reopened.db");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s463_all_statements, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s463_reopened, open_forum, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
