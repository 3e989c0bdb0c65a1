/* A rollback to a savepoint fails because user SQL has released the savepoint. The transaction cannot continue: its
 * connection is closed immediately, which releases its locks, and is never reused by another session. */
#include "failed_rollback.ar.h"
#include "support.h"

static int open_seats(void **state)
{
    return fixture_open_file(state, &seat_model);
}

/* Put the session into a transaction whose innermost rollback has failed. */
static void given_a_failed_rollback(struct fixture *f, struct seat *seat)
{
    ok(f->s, ar_begin(f->s));
    ok(f->s, seat_save(f->s, seat));
    ok(f->s, ar_begin(f->s));
    seat->guest = "second";
    ok(f->s, seat_save(f->s, seat));
    ok(f->s, ar_execute(f->s, "RELEASE armature"));
    assert_int_equal(ar_rollback(f->s), AR_DATABASE);
}

static void test_its_locks_are_free(void **state)
{
    struct fixture *f = *state;
    struct seat seat = {.guest = "first"}, *found, other = {.guest = "other"};
    int64_t count;
    add_row(f, &seat_model, &seat);
    given_a_failed_rollback(f, &seat);

    /* The locks are released immediately, not at the end of the transaction. */
    ok(f->other, ar_begin(f->other));
    ok(f->other, seat_find(f->other, seat.id, &found));
    assert_text(found->guest, "first");
    found->guest = "other's";
    ok(f->other, seat_save(f->other, found));
    ok(f->other, ar_commit(f->other));
    fails(f->s, AR_MISUSE, seat_insert(f->s, &other));
    ok(f->s, ar_rollback(f->s));
    ok(f->s, seat_find(f->s, seat.id, &found));
    assert_text(found->guest, "other's");
    ok(f->s, seat_count(seat_query(f->s), &count));
    assert_int_equal(count, 1);
}

/* A write of the next session outside a transaction is committed immediately. */
static void test_its_connection_is_not_inherited(void **state)
{
    struct fixture *f = *state;
    struct seat seat = {.guest = "first"}, next = {.guest = "next"}, *found;
    given_a_failed_rollback(f, &seat);
    ar_session_clear(f->s);
    ok(f->s, seat_insert(f->s, &next));
    ok(f->other, seat_find(f->other, next.id, &found));
    assert_text(found->guest, "next");
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_rollback(f->s));
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_seats, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_its_locks_are_free),
        test(test_its_connection_is_not_inherited),
    };
    return cmocka_run_group_tests_name("failed_rollback", tests, NULL, NULL);
}
