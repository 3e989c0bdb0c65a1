/* A rollback to a savepoint succeeds, and the savepoint itself cannot be released, for lack of memory or because of an
 * interrupt. All savepoints have one name: the rollback of the level around it then went no further back than to the
 * one that was left. On SQLite alone, where an authorizer can refuse the release. */
#include "kept_savepoint.ar.h"
#include "support.h"

#include <sqlite3.h>
#include <string.h>

static bool is_release_refused;

static int authorize(void *payload, int action, const char *first, const char *second, const char *database,
                     const char *trigger)
{
    (void)payload, (void)second, (void)database, (void)trigger;
    return is_release_refused && action == SQLITE_SAVEPOINT && strcmp(first, "RELEASE") == 0 ? SQLITE_DENY : SQLITE_OK;
}

static int set_authorizer(sqlite3 *database, char **message, const void *routines)
{
    (void)message, (void)routines;
    return sqlite3_set_authorizer(database, authorize, NULL);
}

static int open_seats(void **state)
{
    is_release_refused = false;
    if (sqlite3_auto_extension((void (*)(void))set_authorizer) != SQLITE_OK)
        return -1;
    return fixture_open(state, &seat_model);
}

static int close_seats(void **state)
{
    sqlite3_reset_auto_extension();
    return fixture_close(state);
}

static void test_level_around_it(void **state)
{
    struct fixture *f = *state;
    struct seat outer = {.guest = "outer"}, inner = {.guest = "inner"}, innermost = {.guest = "innermost"};
    int64_t count;
    if (!fixture_is_sqlite())
        skip();
    ok(f->s, ar_begin(f->s));
    ok(f->s, seat_insert(f->s, &outer));
    ok(f->s, ar_begin(f->s));
    ok(f->s, seat_insert(f->s, &inner));
    ok(f->s, ar_begin(f->s));
    ok(f->s, seat_insert(f->s, &innermost));
    is_release_refused = true;
    assert_int_equal(ar_rollback(f->s), AR_DATABASE);
    is_release_refused = false;
    ok(f->s, ar_rollback(f->s));

    /* It is as if the rollback itself had failed: nothing of the transaction can be kept. */
    fails(f->s, AR_MISUSE, ar_commit(f->s));
    ok(f->s, ar_rollback(f->s));
    ok(f->s, seat_count(seat_query(f->s), &count));
    assert_int_equal(count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_level_around_it, open_seats, close_seats),
    };
    return cmocka_run_group_tests_name("kept_savepoint", tests, NULL, NULL);
}
