/* A runtime that replaces the one of any test (LD_PRELOAD), and whose allocations and calls into SQLite and libpq fail
 * now and then. ARMATURE_TEST_STARVE is a seed: the same calls fail each time. With ARMATURE_TEST_STARVED_PLACES, the
 * name of a file, each place fails once instead, when the first test reaches it. */
#include "../fuzz/random.h"
#include "fault.h"
#include "places.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static struct {
    uint64_t seed;
    bool only_memory; /* with an even seed: SQLite and libpq take most calls, and do not fail */
    uint32_t rarity;  /* one call in this many fails, from 32 to 16,384; 0: none */
    bool by_place;
    atomic_ulong calls;
} starve;

/* What runs at the exit, such as the writing of counts of coverage, is not part of the test; nor are child processes.
 */
static void stop(void)
{
    starve.rarity = 0;
    starve.by_place = false;
}

/* Programs that the test starts do not inherit the runtime. */
__attribute__((constructor)) static void start(void)
{
    const char *seed = getenv("ARMATURE_TEST_STARVE");
    unsetenv("LD_PRELOAD");
    if (seed == NULL || atexit(stop) != 0 || pthread_atfork(NULL, NULL, stop) != 0)
        return;
    starve.seed = strtoull(seed, NULL, 10) << 32;
    starve.only_memory = (starve.seed >> 32) % 2 == 0;
    uint64_t state = starve.seed;
    starve.rarity = 32U << random_below(&state, 10);
    const char *file = getenv("ARMATURE_TEST_STARVED_PLACES");
    starve.by_place = file != NULL && places_open(file);
}

bool fault_is_due(enum fault_kind kind)
{
    if (starve.by_place)
        return places_is_new();
    bool is_memory = kind == FAULT_PIECE || kind == FAULT_RUNTIME_MEMORY;
    if (starve.rarity == 0 || (starve.only_memory && !is_memory))
        return false;
    uint64_t state = starve.seed + atomic_fetch_add(&starve.calls, 1);
    return random_one_in(&state, starve.rarity);
}
