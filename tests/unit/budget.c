/* The budget of connections: a thread that waits for one gets it as soon as another thread gives it back. */
#include "link/budget.h"

#include "base/clock.h"
#include "unit.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { WAIT_MS = 20000, ROUNDS = 50 };

static atomic_bool is_asked;

/* There is nothing to close. The thread will wait next. */
static bool make_room(void *payload)
{
    (void)payload;
    atomic_store(&is_asked, true);
    return false;
}

static void *take(void *payload)
{
    struct budget *budget = payload;

    return ar_budget_take(budget, WAIT_MS) ? budget : NULL;
}

static void test_given_back(void **state)
{
    struct budget budget;

    (void)state;
    ar_budget_open(&budget, 1);
    budget.make_room = make_room;
    assert_true(ar_budget_take(&budget, WAIT_MS));
    /* The thread may not wait yet when the connection is given back: try often. */
    for (int i = 0; i < ROUNDS; i++) {
        pthread_t thread;
        void *taken;
        uint64_t started = ar_microseconds_now();
        atomic_store(&is_asked, false);
        assert_int_equal(pthread_create(&thread, NULL, take, &budget), 0);
        while (!atomic_load(&is_asked))
            (void)sched_yield();
        assert_true(ar_budget_is_wanted(&budget));
        ar_budget_give_back(&budget);
        assert_int_equal(pthread_join(thread, &taken), 0);
        assert_non_null(taken);
        assert_in_range(ar_microseconds_now() - started, 0, (uint64_t)WAIT_MS * 1000 - 1);
    }
    assert_false(ar_budget_is_wanted(&budget));
    ar_budget_give_back(&budget);
    ar_budget_close(&budget);
}

static void test_late(void **state)
{
    struct budget budget;

    (void)state;
    ar_budget_open(&budget, 2);
    budget.make_room = make_room;
    assert_true(ar_budget_take(&budget, 1));
    assert_true(ar_budget_take(&budget, 1));
    assert_false(ar_budget_take(&budget, 1));
    ar_budget_give_back(&budget);
    assert_true(ar_budget_take(&budget, 1));
    ar_budget_close(&budget);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_given_back), cmocka_unit_test(test_late)};

    return cmocka_run_group_tests_name("budget", tests, NULL, NULL);
}
