/* UUIDs of version 7, and their strings.
 *
 * A UUID of version 7 is 48 bits of time in milliseconds, the version, 12 bits, the variant, and 62 bits. The 12 and 62
 * bits are one number here: random for the first UUID of a millisecond, and increased by a random amount for each
 * further one ("Monotonic Random", RFC 9562, section 6.2). Its highest bit is zero at first, which leaves room for 2^41
 * increments. The state is shared by all threads. No random bytes are kept for later, because a child process
 * would then make the same UUIDs as its parent. A child process continues with a new random number one millisecond
 * later: if both increased the number of the parent by 32 random bits, some of a million UUIDs would be the same. */
#include "base/uuid.h"

#include "base/clock.h"

#include <pthread.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

/* The last UUID of this process. */
static struct {
    pthread_mutex_t lock;
    uint64_t milliseconds;
    uint64_t high;     /* the 12 bits */
    uint64_t low;      /* the 62 bits */
    bool is_of_parent; /* it was made before a fork */
} last = {.lock = PTHREAD_MUTEX_INITIALIZER};

enum { HIGH_BITS = 12, LOW_BITS = 62 };

static uint64_t milliseconds_now(void)
{
    struct timespec now = ar_wall_clock();

    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* ---- Forks ------------------------------------------------------------------------------------------------------- */

/* If another thread held the lock during a fork, it would never be unlocked in the child. */
static void before_fork(void)
{
    (void)pthread_mutex_lock(&last.lock);
}

static void after_fork(void)
{
    (void)pthread_mutex_unlock(&last.lock);
}

static void after_fork_in_child(void)
{
    last.is_of_parent = true;
    (void)pthread_mutex_unlock(&last.lock);
}

static void watch_forks(void)
{
    (void)pthread_atfork(before_fork, after_fork, after_fork_in_child);
}

/* ---- Version 7 --------------------------------------------------------------------------------------------------- */

static void begin(uint64_t milliseconds, const uint64_t random[2])
{
    last.milliseconds = milliseconds;
    last.is_of_parent = false;
    last.high = random[0] & ((UINT64_C(1) << (HIGH_BITS - 1)) - 1);
    last.low = random[1] & ((UINT64_C(1) << LOW_BITS) - 1);
}

/* Increase the number by 1 to 2^32. */
static void increase(const uint64_t random[2])
{
    last.low += (random[0] & UINT32_MAX) + 1;
    if (last.low >> LOW_BITS == 0)
        return;
    last.low &= (UINT64_C(1) << LOW_BITS) - 1;
    last.high++;
    if (last.high >> HIGH_BITS != 0)
        begin(last.milliseconds + 1, random);
}

static void put(uint64_t number, size_t size, uint8_t *to)
{
    for (size_t i = size; i > 0; i--, number >>= 8)
        to[i - 1] = (uint8_t)number;
}

bool ar_uuid_v7(uint8_t out[16])
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    const uint64_t version = UINT64_C(7) << HIGH_BITS, variant = UINT64_C(2) << LOW_BITS;
    uint64_t random[2], now = milliseconds_now();

    if (getentropy(random, sizeof random) != 0)
        return false;
    (void)pthread_once(&once, watch_forks);
    (void)pthread_mutex_lock(&last.lock);
    if (now > last.milliseconds)
        begin(now, random);
    else if (last.is_of_parent)
        begin(last.milliseconds + 1, random);
    else
        increase(random);
    put(last.milliseconds, 6, out);
    put(version | last.high, 2, out + 6);
    put(variant | last.low, 8, out + 8);
    (void)pthread_mutex_unlock(&last.lock);
    return true;
}

/* ---- Strings ----------------------------------------------------------------------------------------------------- */

/* Return true if a hyphen precedes the byte. */
static bool begins_group(size_t byte)
{
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

void ar_uuid_format(const uint8_t uuid[16], char out[AR_UUID_LENGTH + 1])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < 16; i++) {
        if (begins_group(i))
            *out++ = '-';
        *out++ = digits[uuid[i] >> 4];
        *out++ = digits[uuid[i] & 15];
    }
    *out = '\0';
}

/* Return the value of a hexadecimal digit, or 16. */
static unsigned digit(char character)
{
    if (character >= '0' && character <= '9')
        return (unsigned)(character - '0');
    if (character >= 'a' && character <= 'f')
        return (unsigned)(character - 'a' + 10);
    return character >= 'A' && character <= 'F' ? (unsigned)(character - 'A' + 10) : 16;
}

bool ar_uuid_read(const char *text, size_t length, uint8_t out[16])
{
    uint8_t uuid[16];

    if (length != AR_UUID_LENGTH)
        return false;
    for (size_t i = 0; i < sizeof uuid; i++, text += 2) {
        if (begins_group(i) && *text++ != '-')
            return false;
        if (digit(text[0]) > 15 || digit(text[1]) > 15)
            return false;
        uuid[i] = (uint8_t)(digit(text[0]) << 4 | digit(text[1]));
    }
    memcpy(out, uuid, sizeof uuid);
    return true;
}

bool ar_uuid_parse(const char *text, uint8_t out[16])
{
    return text != NULL && ar_uuid_read(text, strlen(text), out);
}
