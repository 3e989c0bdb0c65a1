/* The secret of the hash functions. */
#include "base/hash.h"

#include <pthread.h>
#include <stdbool.h>
#include <sys/random.h>
#include <time.h>

/* The initial values, before the secret is drawn, are wyhash's own. */
struct hash_secret ar_hash_secret = {UINT64_C(0xA0761D6478BD642F), UINT64_C(0xE7037ED1A0B428DB),
                                     UINT64_C(0x8EBC6AF09C88C6E3)};

/* Fallback without random numbers: the clock and an address, which an attacker can hardly know. */
static void draw_from_clock(struct hash_secret *secret)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    secret->seed ^= ar_hash_fold((uint64_t)now.tv_sec ^ secret->second, (uint64_t)now.tv_nsec ^ secret->first);
    secret->first ^= ar_hash_fold((uintptr_t)&now ^ secret->second, secret->seed);
    secret->second ^= ar_hash_fold(secret->first, secret->seed);
}

static void draw(void)
{
    if (getrandom(&ar_hash_secret, sizeof ar_hash_secret, GRND_NONBLOCK) != (ssize_t)sizeof ar_hash_secret)
        draw_from_clock(&ar_hash_secret);
}

void ar_hash_seed(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void)pthread_once(&once, draw);
}
