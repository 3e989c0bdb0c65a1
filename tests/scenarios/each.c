/* Streams, S-187 to S-194: all rows of a query in chunks, each in a session of its own. */
#include "pages.ar.h"
#include "support.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { REELS = 3, SHOTS = 60 };

static int open_reels(void **state)
{
    return fixture_open_file(state, &reel_model, &shot_model);
}

/* Shots 00 to 59, in turn on reels 1 to 3; shots 0 to 5 in turn have the same time. */
static void given_shots(struct fixture *f)
{
    for (int i = 0; i < REELS; i++)
        add_row(f, &reel_model, &(struct reel){.name = "reel"});
    for (int i = 0; i < SHOTS; i++) {
        char code[8];
        snprintf(code, sizeof code, "%02d", i);
        add_row(f, &shot_model, &(struct shot){.reel_id = 1 + i % REELS, .code = code, .shot_at = 1000000000 + i % 6});
    }
    ar_session_clear(f->other);
    reset_statements(f);
}

static struct shot_query *newest_first(struct ar_session *s)
{
    struct shot_query *q = shot_query(s);
    shot_order_by(q, ar_desc(shot_column.shot_at));
    return q;
}

/* What a function of a stream received, and what it shall do. */
struct received {
    struct fixture *f;
    size_t chunks, count;
    size_t sizes[SHOTS + 1];
    char codes[SHOTS + 1][4];
    enum ar_status status;
    size_t memory;
};

static void receive(struct received *to, const struct shot_list *shots)
{
    to->sizes[to->chunks++] = shots->count;
    for (size_t i = 0; i < shots->count && to->count < SHOTS + 1; i++)
        snprintf(to->codes[to->count++], 4, "%s", shots->items[i]->code);
}

static enum ar_status collect(struct ar_session *s, const struct shot_list *shots, void *payload)
{
    (void)s;
    receive(payload, shots);
    return AR_OK;
}

/* Assert that these are the shots of `all` from `first` on. */
static void assert_received(const struct received *received, const struct shot_list *all, size_t first, size_t count)
{
    assert_int_equal(received->count, count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(received->codes[i], all->items[first + i]->code);
}

/* ---- S-187: chunks ----------------------------------------------------------------------------------------------- */

static void test_s187_chunks(void **state)
{
    struct fixture *f = *state;
    static const struct {
        size_t size, chunks, last, statements;
    } cases[] = {{25, 3, 10, 3}, {20, 3, 20, 4}, {60, 1, 60, 2}, {1, 60, 1, 61}, {1000, 1, 60, 1}};
    struct shot_list all;
    given_shots(f);
    ok(f->s, shot_all(newest_first(f->s), &all));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct received received = {.f = f};
        reset_statements(f);
        ok(f->s, shot_each(newest_first(f->s), cases[i].size, collect, &received));
        assert_received(&received, &all, 0, SHOTS);
        assert_int_equal(received.chunks, cases[i].chunks);
        assert_int_equal(received.sizes[received.chunks - 1], cases[i].last);
        assert_statements(f, cases[i].statements);
    }
}

/* S-187: limit and offset count for the whole stream, after and before restrict it. */
static void test_s187_parts(void **state)
{
    struct fixture *f = *state;
    struct shot_list all;
    given_shots(f);
    ok(f->s, shot_all(newest_first(f->s), &all));
    struct received limited = {.f = f}, after = {.f = f}, before = {.f = f}, none = {.f = f};
    struct shot_query *q = newest_first(f->s);
    shot_offset(q, 5);
    shot_limit(q, 20);
    reset_statements(f);
    ok(f->s, shot_each(q, 10, collect, &limited));
    assert_received(&limited, &all, 5, 20);
    assert_statements(f, 2);
    shot_offset(q, 0);
    shot_after(q, all.items[29]);
    ok(f->s, shot_each(q, 7, collect, &after));
    assert_received(&after, &all, 30, 20);
    q = newest_first(f->s);
    shot_before(q, all.items[33]);
    ok(f->s, shot_each(q, 10, collect, &before));
    assert_received(&before, &all, 0, 33);
    shot_where(q, ar_eq(shot_column.code, "none"));
    reset_statements(f);
    ok(f->s, shot_each(q, 10, collect, &none));
    assert_int_equal(none.chunks, 0);
    assert_statements(f, 1);
    q = newest_first(f->s);
    shot_limit(q, 0);
    ok(f->s, shot_each(q, 10, collect, &none));
    ok(f->s, shot_each(reel_shots_query(f->s, &(struct reel){.name = "unsaved"}), 10, collect, &none));
    assert_int_equal(none.chunks, 0);
    assert_statements(f, 0);
}

static enum ar_status read_reels(struct ar_session *s, const struct shot_list *shots, void *payload)
{
    struct received *received = payload;
    receive(received, shots);
    for (size_t i = 0; i < shots->count; i++) {
        struct reel *reel, *same;
        enum ar_status status = shot_reel(s, shots->items[i], &reel);
        if (status == AR_OK)
            status = reel_find(s, shots->items[i]->reel_id, &same);
        if (status != AR_OK)
            return status;
        assert_ptr_equal(reel, same);
    }
    return AR_OK;
}

/* S-187: an eager relation takes one statement for each chunk, and so does a lazy one. */
static void test_s187_relations(void **state)
{
    struct fixture *f = *state;
    given_shots(f);
    struct received eager = {.f = f}, lazy = {.f = f};
    struct shot_query *q = newest_first(f->s);
    shot_with_reel(q);
    ok(f->s, shot_each(q, 25, read_reels, &eager));
    assert_int_equal(f->reasons[AR_REASON_EAGER], 3);
    assert_int_equal(f->reasons[AR_REASON_LAZY], 0);
    reset_statements(f);
    ok(f->s, shot_each(newest_first(f->s), 25, read_reels, &lazy));
    assert_int_equal(f->reasons[AR_REASON_LAZY], 3);
    assert_int_equal(lazy.count, SHOTS);
}

/* S-187: the query of a relation, and a tree whose lists are refined, in any plan. */
static enum ar_status read_shots(struct ar_session *s, const struct reel_list *reels, void *payload)
{
    size_t *count = payload;
    for (size_t i = 0; i < reels->count; i++) {
        struct shot_list shots;
        enum ar_status status = reel_shots(s, reels->items[i], &shots);
        if (status != AR_OK)
            return status;
        assert_text(shots.items[0]->code, i == 0 && reels->items[i]->id == 1 ? "57" : shots.items[0]->code);
        *count += shots.count;
    }
    return AR_OK;
}

static void test_s187_trees(void **state)
{
    struct fixture *f = *state;
    struct shot_list all;
    struct reel *reel;
    given_shots(f);
    ok(f->s, reel_find(f->s, 2, &reel));
    struct shot_query *of_reel = by_key(reel_shots_query(f->s, reel), &shot_model);
    struct received received = {.f = f};
    ok(f->s, shot_all(of_reel, &all));
    ok(f->s, shot_each(of_reel, 7, collect, &received));
    assert_received(&received, &all, 0, SHOTS / REELS);
    for (enum ar_plan plan = AR_PLAN_AUTO; plan <= AR_PLAN_ONE_TRIP; plan++) {
        struct reel_query *q = reel_query(f->s);
        size_t count = 0;
        struct shot_query *shots = reel_with_shots(q);
        shot_order_by(shots, ar_desc(shot_column.code));
        shot_where(shots, ar_ge(shot_column.code, "10"));
        ar_query_plan(q, plan);
        reset_statements(f);
        ok(f->s, reel_each(q, 2, read_shots, &count));
        assert_int_equal(count, SHOTS - 10);
        assert_statements(f, 4);
    }
}

/* ---- S-188: the session of a chunk ------------------------------------------------------------------------------- */

/* Records are freed after each chunk, so that the session does not grow. */
static enum ar_status measure(struct ar_session *s, const struct shot_list *shots, void *payload)
{
    struct received *received = payload;
    receive(received, shots);
    if (received->memory == 0 && received->chunks == 4)
        received->memory = ar_session_memory(s);
    if (received->chunks > 4)
        assert_true(ar_session_memory(s) <= received->memory);
    return AR_OK;
}

static void test_s188_memory(void **state)
{
    struct fixture *f = *state;
    given_shots(f);
    struct received received = {.f = f};
    size_t before = ar_session_memory(f->s);
    struct shot_query *q = newest_first(f->s);
    shot_with_reel(q);
    ok(f->s, shot_each(q, 2, measure, &received));
    assert_int_equal(received.count, SHOTS);
    assert_true(ar_session_memory(f->s) - before < 2048); /* the query */
}

/* A chunk can be written; the records of the query's session are read again. */
static enum ar_status count_takes(struct ar_session *s, const struct shot_list *shots, void *payload)
{
    receive(payload, shots);
    for (size_t i = 0; i < shots->count; i++) {
        shots->items[i]->take++;
        enum ar_status status = shot_save(s, shots->items[i]);
        if (status != AR_OK)
            return status;
    }
    return AR_OK;
}

static void test_s188_saves(void **state)
{
    struct fixture *f = *state;
    struct shot *shot;
    struct shot_list all;
    struct reel *reel;
    given_shots(f);
    ok(f->s, shot_find(f->s, 1, "00", &shot));
    ok(f->s, reel_find(f->s, 1, &reel));
    ok(f->s, reel_shots(f->s, reel, &all));
    struct received received = {.f = f};
    ok(f->s, shot_each(newest_first(f->s), 25, count_takes, &received));
    assert_int_equal(received.count, SHOTS);
    assert_int_equal(f->reasons[AR_REASON_SAVE], SHOTS);
    ok(f->s, reel_shots(f->s, reel, &all));
    assert_int_equal(shot->take, 1);
    assert_int_equal(all.items[5]->take, 1);
}

/* ---- S-189: one state of the database ---------------------------------------------------------------------------- */

static enum ar_status change_elsewhere(struct ar_session *s, const struct shot_list *shots, void *payload)
{
    struct received *received = payload;
    struct fixture *f = received->f;
    char code[8];
    (void)s;
    receive(received, shots);
    if (received->chunks == 1) {
        struct shot_query *oldest = shot_query(f->other);
        shot_where(oldest, ar_eq(shot_column.shot_at, 1000000000));
        ok(f->other, shot_delete_all(oldest, NULL));
        snprintf(code, sizeof code, "x");
        add_row(f, &shot_model, &(struct shot){.reel_id = 1, .code = code, .shot_at = 1000000000});
    }
    return AR_OK;
}

/* Another session deletes the last 10 rows, and adds one. */
static void test_s189_snapshot(void **state)
{
    struct fixture *f = *state;
    struct shot_list all;
    given_shots(f);
    ok(f->s, shot_all(newest_first(f->s), &all));
    struct received received = {.f = f};
    ok(f->s, shot_each(newest_first(f->s), 25, change_elsewhere, &received));
    assert_received(&received, &all, 0, SHOTS);
    ok(f->s, shot_all(newest_first(f->s), &all));
    assert_int_equal(all.count, SHOTS - 10 + 1);
}

static enum ar_status change_and_save(struct ar_session *s, const struct shot_list *shots, void *payload)
{
    enum ar_status status = change_elsewhere(s, shots, payload);
    shots->items[0]->take++;
    return status == AR_OK ? shot_save(s, shots->items[0]) : status;
}

/* After a write, the next chunk sees the new state. */
static void test_s189_after_a_write(void **state)
{
    struct fixture *f = *state;
    given_shots(f);
    struct received received = {.f = f};
    ok(f->s, shot_each(newest_first(f->s), 25, change_and_save, &received));
    assert_int_equal(received.count, SHOTS - 10 + 1);
    assert_string_equal(received.codes[received.count - 1], "x");
}

/* ---- S-190: transactions ----------------------------------------------------------------------------------------- */

static void test_s190_rolled_back(void **state)
{
    struct fixture *f = *state;
    struct shot *shot;
    given_shots(f);
    struct received received = {.f = f};
    ok(f->s, shot_find(f->s, 1, "00", &shot));
    ok(f->s, ar_begin(f->s));
    ok(f->s, shot_each(newest_first(f->s), 25, count_takes, &received));
    ok(f->s, shot_find(f->s, 1, "00", &shot));
    assert_int_equal(shot->take, 1);
    ok(f->s, ar_rollback(f->s));
    ok(f->s, shot_find(f->s, 1, "00", &shot));
    assert_int_equal(shot->take, 0);
}

/* The function has savepoints of its own, and cannot end the transaction of the query's session. */
static enum ar_status save_half(struct ar_session *s, const struct shot_list *shots, void *payload)
{
    struct received *received = payload;
    enum ar_status status = ar_begin(s);
    if (status == AR_OK)
        status = count_takes(s, shots, payload);
    if (status == AR_OK)
        status = received->chunks % 2 == 0 ? ar_commit(s) : ar_rollback(s);
    if (status != AR_OK)
        return status;
    assert_int_equal(shots->items[0]->take, received->chunks % 2 == 0 ? 1 : 0);
    fails(s, AR_MISUSE, ar_commit(s));
    fails(s, AR_MISUSE, ar_rollback(s));
    return AR_OK;
}

static void test_s190_savepoints(void **state)
{
    struct fixture *f = *state;
    int64_t count;
    given_shots(f);
    for (int is_outer = 0; is_outer < 2; is_outer++) {
        struct received received = {.f = f};
        if (is_outer)
            ok(f->s, ar_begin(f->s));
        ok(f->s, shot_each(newest_first(f->s), 15, save_half, &received));
        if (is_outer)
            ok(f->s, ar_commit(f->s));
        assert_int_equal(received.count, SHOTS);
        struct shot_query *q = shot_query(f->other);
        shot_where(q, ar_eq(shot_column.take, 1));
        ok(f->other, shot_count(q, &count));
        assert_int_equal(count, 30);
        ok(f->other, shot_update_all(shot_query(f->other), ar_set(shot_column.take, 0), NULL));
    }
}

static enum ar_status begin_only(struct ar_session *s, const struct shot_list *shots, void *payload)
{
    enum ar_status status = ar_begin(s);
    return status == AR_OK ? count_takes(s, shots, payload) : status;
}

static void test_s190_not_ended(void **state)
{
    struct fixture *f = *state;
    int64_t count;
    given_shots(f);
    for (int is_outer = 0; is_outer < 2; is_outer++) {
        struct received received = {.f = f};
        if (is_outer)
            ok(f->s, ar_begin(f->s));
        fails(f->s, AR_MISUSE, shot_each(newest_first(f->s), 15, begin_only, &received));
        assert_error_names(f->s, "end every transaction");
        if (is_outer)
            ok(f->s, ar_commit(f->s));
        assert_int_equal(received.chunks, 1);
        struct shot_query *q = shot_query(f->s);
        shot_where(q, ar_eq(shot_column.take, 1));
        ok(f->s, shot_count(q, &count));
        assert_int_equal(count, 0);
    }
}

/* A failure of the function is reported as it is, whatever it left open. */
static enum ar_status begin_and_fail(struct ar_session *s, const struct shot_list *shots, void *payload)
{
    struct shot *none;
    enum ar_status status = begin_only(s, shots, payload);
    return status == AR_OK ? shot_find(s, 9, "none", &none) : status;
}

static void test_s190_failed_and_not_ended(void **state)
{
    struct fixture *f = *state;
    struct shot_query *q = shot_query(f->s);
    int64_t count;
    given_shots(f);
    struct received received = {.f = f};
    fails(f->s, AR_NOT_FOUND, shot_each(newest_first(f->s), 15, begin_and_fail, &received));
    assert_error_names(f->s, "key (9, \"none\")");
    assert_int_equal(received.chunks, 1);
    shot_where(q, ar_eq(shot_column.take, 1));
    ok(f->s, shot_count(q, &count));
    assert_int_equal(count, 0);
    ok(f->s, ar_begin(f->s)); /* none is open */
    ok(f->s, ar_rollback(f->s));
    fails(f->s, AR_MISUSE, ar_rollback(f->s));
}

/* ---- S-191: the end ---------------------------------------------------------------------------------------------- */

static enum ar_status stop_at_two(struct ar_session *s, const struct shot_list *shots, void *payload)
{
    struct received *received = payload;
    receive(received, shots);
    if (received->chunks == 2)
        ar_each_stop(s);
    return AR_OK;
}

static enum ar_status fail_with(struct ar_session *s, const struct shot_list *shots, void *payload)
{
    struct received *received = payload;
    struct reel *reel;
    receive(received, shots);
    return received->status != AR_OK ? received->status : reel_find(s, 77, &reel);
}

static void test_s191_early_end(void **state)
{
    struct fixture *f = *state;
    given_shots(f);
    struct received stopped = {.f = f}, failed = {.f = f}, own = {.f = f, .status = AR_CONFLICT}, again = {.f = f};
    ok(f->s, shot_each(newest_first(f->s), 10, stop_at_two, &stopped));
    assert_int_equal(stopped.chunks, 2);
    assert_statements(f, 2);
    fails(f->s, AR_NOT_FOUND, shot_each(newest_first(f->s), 10, fail_with, &failed));
    assert_error_names(f->s, "77");
    assert_int_equal(failed.chunks, 1);
    assert_int_equal(shot_each(newest_first(f->s), 10, fail_with, &own), AR_CONFLICT);
    ok(f->s, shot_each(newest_first(f->s), 10, collect, &again));
    assert_int_equal(again.count, SHOTS);
}

/* The database fails in a later chunk. */
static enum ar_status drop_table(struct ar_session *s, const struct shot_list *shots, void *payload)
{
    receive(payload, shots);
    return ar_execute(s, "ALTER TABLE shots RENAME TO lost_shots");
}

static void test_s191_database_fails(void **state)
{
    struct fixture *f = *state;
    given_shots(f);
    struct received received = {.f = f};
    fails(f->s, AR_DATABASE, shot_each(newest_first(f->s), 10, drop_table, &received));
    assert_error_names(f->s, "shots");
    assert_int_equal(received.chunks, 1);
    run_sql(f, "ALTER TABLE lost_shots RENAME TO shots");
    ok(f->s, shot_each(newest_first(f->s), 10, collect, &received));
}

/* ---- S-192: two sessions ----------------------------------------------------------------------------------------- */

struct both {
    struct fixture *f;
    struct reel *reel; /* whose shots the query's session has loaded */
    size_t chunks;
};

static enum ar_status use_both(struct ar_session *s, const struct shot_list *shots, void *payload)
{
    struct both *both = payload;
    struct ar_session *outer = both->f->s;
    struct shot_list loaded;
    struct reel *reel;
    struct received inner = {.f = both->f};
    both->chunks++;
    ok(outer, reel_shots(outer, both->reel, &loaded));
    assert_int_equal(loaded.count, SHOTS / REELS);
    fails(outer, AR_MISUSE, reel_find(outer, 1, &reel));
    assert_error_names(outer, "delivering its rows");
    fails(outer, AR_MISUSE, ar_begin(outer));
    fails(outer, AR_MISUSE, shot_save(outer, shots->items[0]));
    fails(outer, AR_MISUSE, shot_each(shot_query(outer), 10, collect, &inner));
    ar_session_clear(outer);
    assert_error_names(outer, "cleared or closed");
    ar_session_close(outer);
    ar_session_clear(s);
    assert_error_names(s, "cleared or closed");
    ar_session_close(s);
    /* Records of the query's session serve like structs of the program, and streams can be nested. */
    struct shot_query *q = reel_shots_query(s, both->reel);
    ok(s, shot_each(q, 6, collect, &inner));
    assert_int_equal(inner.count, SHOTS / REELS);
    return AR_OK;
}

static void test_s192_both_sessions(void **state)
{
    struct fixture *f = *state;
    struct shot_list shots;
    given_shots(f);
    struct both both = {.f = f};
    ok(f->s, reel_find(f->s, 1, &both.reel));
    ok(f->s, reel_shots(f->s, both.reel, &shots));
    ok(f->s, shot_each(newest_first(f->s), 30, use_both, &both));
    assert_int_equal(both.chunks, 2);
    reset_statements(f);
    ok(f->s, reel_shots(f->s, both.reel, &shots));
    assert_statements(f, 0);
    assert_string_equal(shots.items[0]->code, "00");
}

static enum ar_status read_lazily(struct ar_session *s, const struct shot_list *shots, void *payload)
{
    struct reel *reel;
    (void)payload;
    return shot_reel(s, shots->items[0], &reel);
}

/* The session of a chunk has the options of the query's session. */
static void test_s192_options(void **state)
{
    struct fixture *f = *state;
    struct received received = {.f = f};
    given_shots(f);
    reopen_session(f, (struct ar_session_options){.strict = true});
    fails(f->s, AR_MISUSE, shot_each(newest_first(f->s), 10, read_lazily, NULL));
    reopen_session(f, (struct ar_session_options){.read_only = true});
    fails(f->s, AR_MISUSE, shot_each(newest_first(f->s), 10, count_takes, &received));
    reopen_session(f, (struct ar_session_options){.snapshot = true});
    ok(f->s, shot_each(newest_first(f->s), 10, collect, &received));
    reset_statements(f);
    ok(f->s, shot_each(newest_first(f->s), 10, collect, &received));
    assert_int_equal(f->reasons[AR_REASON_TRANSACTION], 0); /* the same snapshot */
}

/* ---- S-193: refused ---------------------------------------------------------------------------------------------- */

static void test_s193_misuse(void **state)
{
    struct fixture *f = *state;
    struct received received = {.f = f};
    given_shots(f);
    fails(f->s, AR_MISUSE, shot_each(newest_first(f->s), 0, collect, &received));
    assert_error_names(f->s, "at least one record");
    struct shot_query *q = newest_first(f->s);
    shot_before(q, &(struct shot){.reel_id = 1, .code = "30"});
    shot_limit(q, 10);
    fails(f->s, AR_MISUSE, shot_each(q, 10, collect, &received));
    assert_error_names(f->s, "before a record");
    q = newest_first(f->s);
    shot_lock(q, AR_LOCK_UPDATE, AR_LOCK_WAIT);
    fails(f->s, AR_MISUSE, shot_each(q, 10, collect, &received));
    assert_error_names(f->s, "ar_begin");
    assert_statements(f, 0);
    ok(f->s, ar_begin(f->s));
    ok(f->s, shot_each(q, 25, collect, &received));
    assert_int_equal(received.count, SHOTS);
    ok(f->s, ar_rollback(f->s));
}

/* ---- S-194: interrupts ------------------------------------------------------------------------------------------- */

struct interrupter {
    struct ar_session *s;
    atomic_bool is_done;
};

static void *interrupt(void *payload)
{
    struct interrupter *interrupter = payload;
    while (!atomic_load(&interrupter->is_done)) {
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
        ar_session_interrupt(interrupter->s);
    }
    return NULL;
}

static enum ar_status run_forever(struct ar_session *s, const struct shot_list *shots, void *payload)
{
    (void)shots, (void)payload;
    return ar_execute(s, fixture_is_sqlite() ? "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                                               " SELECT count(*) FROM n"
                                             : "SELECT pg_sleep(600)");
}

/* Interrupting the query's session interrupts the statement of the chunk. */
static void test_s194_interrupted(void **state)
{
    struct fixture *f = *state;
    struct interrupter interrupter = {.s = f->s};
    pthread_t thread;
    given_shots(f);
    struct shot_query *q = newest_first(f->s);
    assert_int_equal(pthread_create(&thread, NULL, interrupt, &interrupter), 0);
    enum ar_status status = shot_each(q, 10, run_forever, NULL);
    atomic_store(&interrupter.is_done, true);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(status, AR_INTERRUPTED);
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_reels, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_s187_chunks),     test(test_s187_parts),          test(test_s187_relations),
        test(test_s187_trees),      test(test_s188_memory),         test(test_s188_saves),
        test(test_s189_snapshot),   test(test_s189_after_a_write),  test(test_s190_rolled_back),
        test(test_s190_savepoints), test(test_s190_not_ended),      test(test_s190_failed_and_not_ended),
        test(test_s191_early_end),  test(test_s191_database_fails), test(test_s192_both_sessions),
        test(test_s192_options),    test(test_s193_misuse),         test(test_s194_interrupted),
    };
    return cmocka_run_group_tests_name("each", tests, NULL, NULL);
}
