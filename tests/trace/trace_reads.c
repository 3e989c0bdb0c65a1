/* Which relations were loaded and never read, according to a trace (S-464). */
#include "forum.ar.h"
#include "trace_file.h"

#include <unistd.h>

static const char *const loads =
    "SELECT reason, relation, is_read FROM statement WHERE relation IS NOT NULL ORDER BY id";

/* Two members; ann has two topics, of which the second one has a reply. */
struct forum {
    struct member ann, bob;
    struct topic first, second;
};

static struct forum forum;

static int open_forum(void **state)
{
    if (fixture_open(state, &member_model, &topic_model, &reply_model) != 0)
        return -1;
    forum = (struct forum){.ann = {.name = "ann"}, .bob = {.name = "bob"}};
    add_row(*state, &member_model, &forum.ann);
    add_row(*state, &member_model, &forum.bob);
    forum.first = (struct topic){.member_id = forum.ann.id, .title = "first"};
    forum.second = (struct topic){.member_id = forum.ann.id, .title = "second"};
    add_row(*state, &topic_model, &forum.first);
    add_row(*state, &topic_model, &forum.second);
    add_row(*state, &reply_model, &(struct reply){.topic_id = forum.second.id, .text = "reply"});
    return 0;
}

static void query_topics(struct ar_session *s, struct topic_list *out)
{
    struct topic_query *q = topic_query(s);
    topic_with_member(q);
    topic_with_replies(q);
    ok(s, topic_all(q, out));
}

static void expect(struct fixture *f, const char *path, const char *expected)
{
    close_trace(f);
    assert_trace(path, loads, expected);
    (void)unlink(path);
}

/* S-464: of two relations that a query loads, one is read. */
static void test_s464_one_of_two(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    struct topic_list topics;
    struct member *member;
    open_trace(f, path);
    query_topics(f->s, &topics);
    for (size_t i = 0; i < topics.count; i++)
        ok(f->s, topic_member(f->s, topics.items[i], &member));
    expect(f, path, "eager|topic.member|1\neager|topic.replies|0\n");
}

/* S-464: an empty list is read as well. */
static void test_s464_empty(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    struct topic_list topics;
    struct reply_list replies;
    open_trace(f, path);
    query_topics(f->s, &topics);
    ok(f->s, topic_replies(f->s, topics.items[0], &replies));
    assert_int_equal(replies.count, 0);
    expect(f, path, "eager|topic.member|0\neager|topic.replies|1\n");
}

/* S-464: each load counts for itself: the program reads what the second one has loaded. */
static void test_s464_each_load(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    struct member *ann, *bob;
    struct topic_list topics;
    ok(f->s, member_find(f->s, forum.ann.id, &ann));
    ok(f->s, member_find(f->s, forum.bob.id, &bob));
    ok(f->s, topic_insert(f->s, &(struct topic){.member_id = bob->id, .title = "third"}));
    open_trace(f, path);
    ok(f->s, member_load_topics(f->s, &ann, 1));
    ok(f->s, member_load_topics(f->s, &bob, 1));
    ok(f->s, member_topics(f->s, bob, &topics));
    expect(f, path, "explicit|member.topics|0\nexplicit|member.topics|1\n");
}

/* S-464: a record that another query has read again could be of any load, and all of them count as read. */
static void test_s464_read_again(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    struct topic_list topics;
    struct member_list members;
    struct member *member;
    open_trace(f, path);
    query_topics(f->s, &topics);
    ok(f->s, member_all(member_query(f->s), &members));
    ok(f->s, topic_member(f->s, topics.items[0], &member));
    expect(f, path, "eager|topic.member|1\neager|topic.replies|0\n");
}

/* S-464: a loaded count is read by the count, and a loaded list by a count that needs no statement. */
static void test_s464_counts(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    struct topic_query *q = topic_query(f->s);
    struct topic_list topics;
    int64_t count;
    open_trace(f, path);
    topic_with_replies_count(q);
    ok(f->s, topic_all(q, &topics));
    ok(f->s, topic_replies_count(f->s, topics.items[0], &count));
    query_topics(f->other, &topics);
    ok(f->other, topic_replies_count(f->other, topics.items[1], &count));
    assert_int_equal(count, 1);
    expect(f, path, "eager|topic.replies|1\neager|topic.member|0\neager|topic.replies|1\n");
}

/* S-464: a lazy load is neither: the program has asked for it. */
static void test_s464_lazy(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    struct topic_list topics;
    struct member *member;
    open_trace(f, path);
    ok(f->s, topic_all(topic_query(f->s), &topics));
    ok(f->s, topic_member(f->s, topics.items[0], &member));
    ok(f->s, topic_member(f->s, topics.items[1], &member));
    expect(f, path, "lazy|topic.member|\n");
}

/* S-464: a session that is cleared has read nothing of what it loads next. */
static void test_s464_cleared(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    struct topic_list topics;
    struct reply_list replies;
    open_trace(f, path);
    query_topics(f->s, &topics);
    ok(f->s, topic_replies(f->s, topics.items[1], &replies));
    ar_session_clear(f->s);
    query_topics(f->s, &topics);
    expect(f, path, "eager|topic.member|0\neager|topic.replies|1\neager|topic.member|0\neager|topic.replies|0\n");
}

/* S-464: what was loaded during an earlier trace is not noted in the next one. */
static void test_s464_next_trace(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    struct topic_list topics, again;
    struct reply_list replies;
    open_trace(f, path);
    query_topics(f->s, &topics);
    close_trace(f);
    open_trace(f, path);
    query_topics(f->other, &again);
    ok(f->s, topic_replies(f->s, topics.items[1], &replies));
    expect(f, path, "eager|topic.member|0\neager|topic.replies|0\n");
}

/* S-464: a relation that was loaded before the trace began is not in it. */
static void test_s464_before(void **state)
{
    struct fixture *f = *state;
    const char *path = new_trace();
    struct topic_list topics;
    struct reply_list replies;
    query_topics(f->s, &topics);
    open_trace(f, path);
    ok(f->s, topic_replies(f->s, topics.items[1], &replies));
    expect(f, path, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s464_one_of_two, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s464_empty, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s464_each_load, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s464_read_again, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s464_counts, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s464_lazy, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s464_cleared, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s464_next_trace, open_forum, fixture_close),
        cmocka_unit_test_setup_teardown(test_s464_before, open_forum, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
