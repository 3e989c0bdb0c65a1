/* The n-th allocation or statement fails, for n = 1, 2, … until the story is told without a failure. Each failure is an
 * ordinary status of the step that met it; that step is then told again in the same session and succeeds, and in the
 * end the database holds what it should. Leaks are for the sanitizers and valgrind to find.
 *
 *   test_nth [STRIDE]     of SQLite's thousands of allocations only every STRIDE-th, where time is short */
#include "fault.h"
#include "story.h"

#include <stdlib.h>

static unsigned long sqlite_stride = 1;

/* Which statuses a fault may give. */
static bool is_expected(enum fault_kind kind, enum ar_status status, bool is_opening)
{
    if (kind == FAULT_STATEMENT)
        return status == AR_DATABASE || (is_opening && status == AR_UNAVAILABLE);
    return status == AR_NO_MEMORY || (is_opening && status == AR_UNAVAILABLE);
}

static void tell(struct story *story, size_t number, enum fault_kind kind, unsigned long n)
{
    const struct step *step = &story_steps[number];
    enum ar_status status = step->tell(story);
    if (status == AR_OK)
        return;
    if (!fault_happened() || !is_expected(kind, status, number == 0))
        fail_msg("fault %lu in \"%s\" gave %s: %s", n, step->name, ar_status_name(status),
                 story->s != NULL ? ar_session_error(story->s)->message : "");
    if (story->s != NULL && ar_session_error(story->s)->status != status)
        fail_msg("fault %lu in \"%s\" gave %s, the session says %s", n, step->name, ar_status_name(status),
                 ar_status_name(ar_session_error(story->s)->status));
    fault_disarm();
    status = step->tell(story);
    if (status != AR_OK)
        fail_msg("after fault %lu, \"%s\" gave %s: %s", n, step->name, ar_status_name(status),
                 story->s != NULL ? ar_session_error(story->s)->message : "");
}

/* Tells the story once; whether the fault still happened. */
static bool tell_all(enum fault_kind kind, unsigned long n, bool lasting)
{
    struct story story = {.url = "sqlite::memory:"};
    fault_arm(kind, n, lasting);
    for (size_t i = 0; i < story_step_count; i++)
        tell(&story, i, kind, n);
    fault_disarm();
    story_check(&story);
    story_close(&story);
    return fault_happened();
}

static void tell_until_it_succeeds(enum fault_kind kind, bool lasting)
{
    unsigned long stride = kind == FAULT_SQLITE_MEMORY ? sqlite_stride : 1, n = 1;
    while (tell_all(kind, n, lasting))
        n += stride;
    print_message("%lu faults\n", n / stride);
    assert_true(n > 50);
}

static void test_runtime_memory_once(void **state)
{
    (void)state;
    tell_until_it_succeeds(FAULT_RUNTIME_MEMORY, false);
}

static void test_runtime_memory_from_then_on(void **state)
{
    (void)state;
    tell_until_it_succeeds(FAULT_RUNTIME_MEMORY, true);
}

static void test_sqlite_memory_once(void **state)
{
    (void)state;
    tell_until_it_succeeds(FAULT_SQLITE_MEMORY, false);
}

static void test_sqlite_memory_from_then_on(void **state)
{
    (void)state;
    tell_until_it_succeeds(FAULT_SQLITE_MEMORY, true);
}

static void test_statement_once(void **state)
{
    (void)state;
    tell_until_it_succeeds(FAULT_STATEMENT, false);
}

static void test_statement_from_then_on(void **state)
{
    (void)state;
    tell_until_it_succeeds(FAULT_STATEMENT, true);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        sqlite_stride = strtoul(argv[1], NULL, 10);
    fault_initialize();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_runtime_memory_once), cmocka_unit_test(test_runtime_memory_from_then_on),
        cmocka_unit_test(test_sqlite_memory_once),  cmocka_unit_test(test_sqlite_memory_from_then_on),
        cmocka_unit_test(test_statement_once),      cmocka_unit_test(test_statement_from_then_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
