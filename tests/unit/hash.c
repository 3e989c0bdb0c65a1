/* The hash secret on a system that has no random numbers yet: it is derived from the clock, differs between processes,
 * and distributes keys as well as any other. */
#include "base/hash.h"

#include "unit.h"

#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

ssize_t __wrap_getrandom(void *buffer, size_t size, unsigned flags);

ssize_t __wrap_getrandom(void *buffer, size_t size, unsigned flags)
{
    (void)buffer, (void)size, (void)flags;
    return -1;
}

/* Return the seed that a new process chooses. */
static uint64_t draw_in_a_child(void)
{
    int ends[2], status;
    uint64_t seed = 0;

    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        ar_hash_seed();
        _exit(write(ends[1], &ar_hash_secret.seed, sizeof seed) == (ssize_t)sizeof seed ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(read(ends[0], &seed, sizeof seed), sizeof seed);
    close(ends[0]);
    close(ends[1]);
    return seed;
}

/* Consecutive integers are distributed evenly: with an average of 4 in a slot, 24 is a chance of 1 in 10^9. */
static void then_integers_are_spread(void)
{
    enum { KEYS = 1024, SLOTS = 256 };
    int used[SLOTS] = {0};

    for (uint64_t i = 0; i < KEYS; i++)
        assert_true(++used[ar_hash_integer(i) >> 56] < 24);
}

static void test_secret_without_random_numbers(void **state)
{
    struct hash_secret drawn;
    (void)state;
    uint64_t first = draw_in_a_child(), second = draw_in_a_child();
    assert_true(first != second);

    ar_hash_seed();
    drawn = ar_hash_secret;
    assert_true(drawn.seed != 0 && drawn.first != 0 && drawn.second != 0);
    then_integers_are_spread();
    ar_hash_seed();
    assert_memory_equal(&ar_hash_secret, &drawn, sizeof drawn);
}

/* The multiples of these numbers have few different high bits. */
static void test_weak_secrets(void **state)
{
    static const uint64_t weak[] = {UINT64_C(1) << 63 | 1, UINT64_MAX / 3, UINT64_MAX / 5 * 2, UINT64_C(0xFFFFFFFF)};
    struct hash_secret drawn = ar_hash_secret;
    (void)state;
    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++) {
        ar_hash_secret = (struct hash_secret){.first = UINT64_C(0xE7037ED1A0B428DB), .second = weak[i]};
        then_integers_are_spread();
    }
    ar_hash_secret = drawn;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_secret_without_random_numbers),
                                       cmocka_unit_test(test_weak_secrets)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
