/* Random calls in sessions of random tenants, S-552. After each call, the rows of the other tenants are compared with
 * what they were, byte by byte; what a call returns must be the tenant's. ARMATURE_TEST_SEED repeats a run. */
#include "property.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS = 4, CALLS = 400 };

static int open_tracker(void **state)
{
    return fixture_open_file(state, &tenant_model, &project_model, &budget_model, &issue_model, &comment_model,
                             &label_model, &note_model, &remark_model);
}

static uint64_t seed_of(int run)
{
    const char *seed = getenv("ARMATURE_TEST_SEED");
    return seed != NULL ? strtoull(seed, NULL, 10) : (uint64_t)run * UINT64_C(0x9e3779b97f4a7c15) + 1;
}

static void call(struct world *w, const struct operation *operation)
{
    w->call = operation->name;
    w->names_other = false;
    operation->run(w);
    check_others(w);
    if (draw(w, 10) == 0)
        ar_session_clear(w->f->s);
}

static void test_s552_random_calls(void **state)
{
    struct fixture *f = *state;
    for (int run = 1; run <= RUNS; run++) {
        struct world w = {.f = f, .random = seed_of(run), .tenant = 1};
        size_t *calls = calloc(operation_count, sizeof *calls);
        print_message("seed %llu\n", (unsigned long long)w.random);
        if (run == 1)
            fill_world(&w);
        f->is_paused = true;
        call(&w, &operations[operation_count - 1]); /* opens the session */
        for (int i = 0; i < CALLS; i++) {
            size_t next = draw(&w, operation_count);
            call(&w, &operations[next]);
            calls[next]++;
        }
        for (size_t i = 0; i < operation_count; i++)
            if (calls[i] == 0)
                call(&w, &operations[i]);
        print_message("%zu calls were allowed, %zu refused\n", w.allowed, w.refused);
        assert_true(w.allowed > CALLS / 8 && w.refused > CALLS / 16);
        free((char *)(uintptr_t)w.others);
        free(calls);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s552_random_calls, open_tracker, fixture_close),
    };
    return cmocka_run_group_tests_name("scoped property", tests, NULL, NULL);
}
