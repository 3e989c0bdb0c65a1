/* S-97: the wall clock jumps, and nothing expires early or late. The database uses its default clock, not the test's:
 * the linker wraps it (CMakeLists.txt), so that the test can set both system clocks without sleeping. The monotonic
 * clock does not advance in between, because on a slow machine a relation could expire. */
#include "data.h"

#include <time.h>

static time_t wall_clock_offset;
static struct timespec monotonic_start;
static time_t monotonic_offset;

int __real_clock_gettime(clockid_t clock, struct timespec *now);
int __wrap_clock_gettime(clockid_t clock, struct timespec *now);
time_t __real_time(time_t *now);
time_t __wrap_time(time_t *now);

int __wrap_clock_gettime(clockid_t clock, struct timespec *now)
{
    int result = 0;
    if (clock == CLOCK_REALTIME)
        result = __real_clock_gettime(clock, now);
    else
        *now = monotonic_start;
    now->tv_sec += clock == CLOCK_REALTIME ? wall_clock_offset : monotonic_offset;
    return result;
}

time_t __wrap_time(time_t *now)
{
    time_t jumped = __real_time(NULL) + wall_clock_offset;
    if (now != NULL)
        *now = jumped;
    return jumped;
}

/* Open the fixture's database with the default clock. */
static int open_store_with_own_clock(void **state)
{
    wall_clock_offset = 0;
    monotonic_offset = 0;
    if (__real_clock_gettime(CLOCK_MONOTONIC, &monotonic_start) != 0)
        return -1;
    static const struct ar_model *const models[] = {&shelf_model, &jar_model, &label_model};
    return fixture_open_with(state, NULL, &(struct ar_db_options){0}, models, 3);
}

static size_t brief_jars_on(struct fixture *f, int64_t shelf_id)
{
    struct jar_list jars;
    ok(f->s, shelf_brief_jars(f->s, &(struct shelf){.id = shelf_id}, &jars));
    return jars.count;
}

/* A day forward: a fresh relation stays cached. */
static void test_s97_wall_clock_jumps_ahead(void **state)
{
    struct fixture *f = *state;
    int64_t shelf_id = add_shelf(f, "kitchen");
    add_jar(f, shelf_id, "plum");
    assert_int_equal(brief_jars_on(f, shelf_id), 1);
    add_jar(f, shelf_id, "pear");
    wall_clock_offset = 86400;
    assert_int_equal(brief_jars_on(f, shelf_id), 1);
    assert_statements(f, 1);
}

/* A day back: a stale relation expires anyway, and one that is loaded then expires on time. */
static void test_s97_wall_clock_jumps_back(void **state)
{
    struct fixture *f = *state;
    int64_t shelf_id = add_shelf(f, "kitchen");
    add_jar(f, shelf_id, "plum");
    assert_int_equal(brief_jars_on(f, shelf_id), 1);
    add_jar(f, shelf_id, "pear");
    wall_clock_offset = -86400;
    monotonic_offset = 2;
    assert_int_equal(brief_jars_on(f, shelf_id), 2);
    assert_statements(f, 2);
    add_jar(f, shelf_id, "quince");
    wall_clock_offset = 0;
    monotonic_offset = 4;
    assert_int_equal(brief_jars_on(f, shelf_id), 3);
    assert_statements(f, 1);
}

/* Without a ttl, no clock matters. */
static void test_s97_no_ttl(void **state)
{
    struct fixture *f = *state;
    struct shelf *shelf = the_shelf(f, add_shelf(f, "kitchen"));
    struct jar_list jars;
    ok(f->s, shelf_jars(f->s, shelf, &jars));
    wall_clock_offset = 100 * 86400;
    monotonic_offset = 100 * 86400;
    ok(f->s, shelf_jars(f->s, shelf, &jars));
    assert_statements(f, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scenario(test_s97_wall_clock_jumps_ahead, open_store_with_own_clock),
        scenario(test_s97_wall_clock_jumps_back, open_store_with_own_clock),
        scenario(test_s97_no_ttl, open_store_with_own_clock),
    };
    return cmocka_run_group_tests_name("wall_clock", tests, NULL, NULL);
}
