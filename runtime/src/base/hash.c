/* The secret of the hash functions. */
#include "base/hash.h"

#include <pthread.h>
#include <stdbool.h>
#include <sys/random.h>
#include <time.h>

/* The initial values, before the secret is drawn; all but the first are wyhash's own. */
struct hash_secret ar_hash_secret = {AR_HASH_GOLDEN, UINT64_C(0xA0761D6478BD642F), UINT64_C(0xE7037ED1A0B428DB),
                                     UINT64_C(0x8EBC6AF09C88C6E3)};

/* Multiples of `factor` modulo 2^64 spread evenly if the continued fraction of their quotient has small terms (Knuth,
 * as in hash.h). This many terms matter for tables of up to about 2^20 slots. */
static bool spreads(uint64_t factor)
{
    enum { TERMS = 20, TERM_MAX = 12 };
    uint64_t whole = UINT64_MAX, part = factor;

    for (int i = 0; i < TERMS; i++) {
        uint64_t rest;
        if (part == 0 || whole / part > TERM_MAX)
            return false;
        rest = whole % part;
        whole = part;
        part = rest;
    }
    return true;
}

/* Fallback without random numbers: the clock and an address, which an attacker can hardly know. */
static void draw_from_clock(struct hash_secret *secret)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    secret->factor = (uint64_t)now.tv_nsec * AR_HASH_GOLDEN;
    secret->seed ^= ar_hash_fold((uint64_t)now.tv_sec ^ secret->second, (uint64_t)now.tv_nsec ^ secret->first);
    secret->first ^= ar_hash_fold((uintptr_t)&now ^ secret->second, secret->seed);
    secret->second ^= ar_hash_fold(secret->first, secret->seed);
}

static void draw(void)
{
    if (getrandom(&ar_hash_secret, sizeof ar_hash_secret, GRND_NONBLOCK) != (ssize_t)sizeof ar_hash_secret)
        draw_from_clock(&ar_hash_secret);
    while (!spreads(ar_hash_secret.factor |= 1))
        ar_hash_secret.factor = ar_hash_fold(ar_hash_secret.factor ^ ar_hash_secret.second, AR_HASH_GOLDEN);
}

void ar_hash_seed(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void)pthread_once(&once, draw);
}
