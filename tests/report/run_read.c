/* How a recorded run is summed up (S-469). */
#include "report/run_read.h"
#include "forum.ar.h"
#include "support.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int open_forum(void **state)
{
    return fixture_open(state, &member_model, &topic_model, &reply_model);
}

/* Three members with a topic each, and one topic more. */
static void add_rows(struct fixture *f, struct member members[3])
{
    for (int i = 0; i < 3; i++) {
        members[i] = (struct member){.name = "member"};
        add_row(f, &member_model, &members[i]);
        add_row(f, &topic_model, &(struct topic){.member_id = members[i].id, .title = "topic"});
    }
    add_row(f, &topic_model, &(struct topic){.member_id = members[0].id, .title = "another"});
}

/* A query with two relations, of which one is read; six single finds in each of two sessions; a failure. */
static void use_forum(struct fixture *f, const struct member members[3])
{
    struct topic_query *q = topic_query(f->s);
    struct topic_list topics;
    struct member *member;
    topic_with_member(q);
    topic_with_replies(q);
    ok(f->s, topic_all(q, &topics));
    ok(f->s, topic_member(f->s, topics.items[0], &member));
    for (int i = 0; i < 6; i++) {
        fails(f->s, AR_NOT_FOUND, member_find(f->s, members[2].id + 1 + i, &member));
        fails(f->other, AR_NOT_FOUND, member_find(f->other, members[2].id + 1 + i, &member));
    }
    fails(f->s, AR_DATABASE, ar_execute(f->s, "nonsense"));
}

static const struct run *record(struct fixture *f, struct arena *arena)
{
    struct member members[3];
    const char *error = NULL, *path = "run-read.db";
    add_rows(f, members);
    ar_session_clear(f->other);
    assert_int_equal(ar_trace_open(f->db, path), AR_OK);
    use_forum(f, members);
    assert_int_equal(ar_trace_close(f->db), AR_OK);
    const struct run *run = run_read(arena, path, &error);
    assert_null(error);
    (void)unlink(path);
    return run;
}

static const struct run_group *find_group(const struct run *run, const char *reason, const char *relation)
{
    for (size_t i = 0; i < run->group_count; i++)
        if (strcmp(run->groups[i].reason, reason) == 0 &&
            (relation == NULL || (run->groups[i].relation != NULL && strcmp(run->groups[i].relation, relation) == 0)))
            return &run->groups[i];
    fail_msg("no group for %s %s", reason, relation != NULL ? relation : "");
    return NULL;
}

static void test_s469_sums(void **state)
{
    struct fixture *f = *state;
    struct arena arena = {0};
    const struct run *run = record(f, &arena);
    assert_string_equal(run->database, fixture_is_sqlite() ? "sqlite" : "postgresql");
    assert_string_equal(run->armature, ARMATURE_VERSION);
    assert_int_equal(run->sessions, 2);
    assert_non_null(run->closed_at);
    assert_null(run->error);

    uint64_t count = 0, total = 0;
    for (size_t i = 0; i < run->group_count; i++) {
        count += run->groups[i].count;
        total += run->groups[i].total;
        assert_true(i == 0 || run->groups[i].total <= run->groups[i - 1].total);
    }
    assert_int_equal(count, run->count);
    assert_int_equal(total, run->total);
    assert_int_equal(find_group(run, "eager", "topic.member")->rows, 3);
    assert_int_equal(find_group(run, "schema", NULL)->failures, 1);
    arena_free(&arena);
}

static void test_s469_lists(void **state)
{
    struct fixture *f = *state;
    struct arena arena = {0};
    const struct run *run = record(f, &arena);
    assert_int_equal(run->repeat_count, 1);
    assert_string_equal(run->repeats[0].model, "member");
    assert_int_equal(run->repeats[0].sessions, 2);
    assert_int_equal(run->repeats[0].most, 6);
    assert_int_equal(run->repeats[0].count, 12);

    assert_int_equal(run->unread_count, 1);
    assert_string_equal(run->unread[0].relation, "topic.replies");
    assert_int_equal(run->unread[0].loads, 1);
    assert_int_equal(run->unread[0].unread, 1);

    assert_int_equal(run->failure_count, 1);
    assert_string_equal(run->failures[0].status, "AR_DATABASE");
    assert_string_equal(run->failures[0].sql, "nonsense");

    assert_int_equal(run->slowest_count, 10);
    for (size_t i = 1; i < run->slowest_count; i++)
        assert_true(run->slowest[i].duration <= run->slowest[i - 1].duration);
    arena_free(&arena);
}

/* A file that is being written is locked. */
static void test_s469_being_written(void **state)
{
    struct fixture *f = *state;
    struct arena arena = {0};
    const char *error = NULL, *path = "run-written.db";
    assert_int_equal(ar_trace_open(f->db, path), AR_OK);
    assert_null(run_read(&arena, path, &error));
    assert_non_null(strstr(error, "it is being written"));
    assert_int_equal(ar_trace_close(f->db), AR_OK);
    (void)unlink(path);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s469_sums, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s469_lists, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s469_being_written, open_forum, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
