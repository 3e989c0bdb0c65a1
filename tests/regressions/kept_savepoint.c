/* A rollback to a savepoint succeeded, but the savepoint itself could not be released, for lack of memory or because of
 * an interrupt. All savepoints share a name, so the rollback of the enclosing level stopped at the remaining one.
 * SQLite only, where an authorizer can refuse the release. */
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

static void test_enclosing_level(void **state)
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

    /* This is treated as a failed rollback: the transaction cannot be committed. */
    fails(f->s, AR_MISUSE, ar_commit(f->s));
    ok(f->s, ar_rollback(f->s));
    ok(f->s, seat_count(seat_query(f->s), &count));
    assert_int_equal(count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_enclosing_level, open_seats, close_seats),
    };
    return cmocka_run_group_tests_name("kept_savepoint", tests, NULL, NULL);
}
