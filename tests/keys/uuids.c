/* S-577, S-578: UUIDs of version 7 ascend in a process, whatever its threads, its forks and the clock do. The clock is
 * that of the test, which may also choose the random bytes. */
#include "support.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static _Atomic(time_t) seconds = 1700000000;

int __wrap_clock_gettime(clockid_t id, struct timespec *out);

int __wrap_clock_gettime(clockid_t id, struct timespec *out)
{
    (void)id;
    *out = (struct timespec){.tv_sec = seconds, .tv_nsec = 123456789};
    return 0;
}

static enum { RANDOM, ONES, NONE } entropy;

int __real_getentropy(void *out, size_t size);
int __wrap_getentropy(void *out, size_t size);

int __wrap_getentropy(void *out, size_t size)
{
    if (entropy == NONE)
        return -1;
    if (entropy == RANDOM)
        return __real_getentropy(out, size);
    memset(out, 0xff, size);
    return 0;
}

/* Return the time of a UUID, in milliseconds. */
static uint64_t milliseconds_of(const uint8_t uuid[16])
{
    uint64_t milliseconds = 0;
    for (size_t i = 0; i < 6; i++)
        milliseconds = milliseconds << 8 | uuid[i];
    return milliseconds;
}

/* S-577: the layout of RFC 9562, within one millisecond, and with a clock that goes back. */
static void test_one_millisecond_and_a_clock_that_goes_back(void **state)
{
    (void)state;
    uint8_t last[16] = {0}, next[16];
    seconds = 1700000000;
    for (int i = 0; i < 50000; i++) {
        assert_true(ar_uuid_v7(next));
        assert_true(memcmp(last, next, 16) < 0);
        assert_int_equal(next[6] >> 4, 7);
        assert_int_equal(next[8] >> 6, 2);
        memcpy(last, next, 16);
        if (i == 20000)
            assert_true(milliseconds_of(next) == UINT64_C(1700000000123));
        if (i % 1000 == 999)
            seconds = seconds - 3600;
    }
    assert_true(milliseconds_of(next) == UINT64_C(1700000000123)); /* 2^41 increments fit into the millisecond */
    seconds = 1700000001;
    assert_true(ar_uuid_v7(next));
    assert_true(milliseconds_of(next) == UINT64_C(1700000001123));
}

/* S-577: increments that carry from the lower bits to those before the variant, if the first number is the highest. */
static void test_highest_numbers(void **state)
{
    (void)state;
    uint8_t last[16], next[16];
    seconds = 1700000002;
    entropy = ONES;
    assert_true(ar_uuid_v7(last));
    for (int i = 0; i < 3; i++) {
        assert_true(ar_uuid_v7(next));
        assert_true(memcmp(last, next, 16) < 0);
        assert_int_equal(next[6], 0x78); /* the version and the highest bits, of which the first was 0 */
        assert_int_equal(next[7], 0);
        assert_int_equal(next[8] >> 6, 2);
        assert_true(milliseconds_of(next) == milliseconds_of(last));
        memcpy(last, next, 16);
    }
    entropy = RANDOM;
}

/* Without random bytes there is no UUID. */
static void test_no_random_bytes(void **state)
{
    (void)state;
    uint8_t last[16], next[16];
    assert_true(ar_uuid_v7(last));
    entropy = NONE;
    assert_false(ar_uuid_v7(next));
    entropy = RANDOM;
    assert_true(ar_uuid_v7(next));
    assert_true(memcmp(last, next, 16) < 0);
}

/* ---- Threads ----------------------------------------------------------------------------------------------------- */

enum { THREADS = 8, EACH = 4000, CHILDREN = 6 };

/* The newest UUID that any thread has made known. */
static struct {
    pthread_mutex_t lock;
    uint8_t uuid[16];
} published = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* Make UUIDs, each of which must be greater than the one that was known before. */
static void *make_and_publish(void *to)
{
    uint8_t(*uuids)[16] = to, known[16];
    for (size_t i = 0; i < EACH; i++) {
        pthread_mutex_lock(&published.lock);
        memcpy(known, published.uuid, 16);
        pthread_mutex_unlock(&published.lock);
        if (!ar_uuid_v7(uuids[i]) || memcmp(known, uuids[i], 16) >= 0)
            return NULL;
        pthread_mutex_lock(&published.lock);
        if (memcmp(published.uuid, uuids[i], 16) < 0)
            memcpy(published.uuid, uuids[i], 16);
        pthread_mutex_unlock(&published.lock);
        if (i % 1000 == 500)
            seconds = seconds + (i % 2000 < 1000 ? 1 : -5);
    }
    return to;
}

static int compare_uuids(const void *a, const void *b)
{
    return memcmp(a, b, 16);
}

static void assert_different(uint8_t (*uuids)[16], size_t count)
{
    qsort(uuids, count, 16, compare_uuids);
    for (size_t i = 1; i < count; i++)
        assert_true(compare_uuids(uuids[i - 1], uuids[i]) < 0);
}

/* S-578 */
static void test_threads(void **state)
{
    (void)state;
    uint8_t(*uuids)[16] = calloc(THREADS * EACH, 16);
    pthread_t threads[THREADS];
    memset(published.uuid, 0, 16);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, make_and_publish, uuids[i * EACH]), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *made;
        assert_int_equal(pthread_join(threads[i], &made), 0);
        assert_non_null(made);
        for (size_t k = 1; k < EACH; k++)
            assert_true(compare_uuids(uuids[i * EACH + k - 1], uuids[i * EACH + k]) < 0);
    }
    assert_different(uuids, THREADS * EACH);
    free(uuids);
}

/* ---- Forks ------------------------------------------------------------------------------------------------------- */

static atomic_bool is_done;

static void *make_until_done(void *made)
{
    uint8_t uuid[16];
    while (!is_done && ar_uuid_v7(uuid))
        *(_Atomic(size_t) *)made += 1;
    return NULL;
}

static void read_all(int file, void *to, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t got = read(file, (char *)to + done, size - done);
        assert_true(got > 0);
        done += (size_t)got;
    }
}

/* Make UUIDs and write them to the pipe; in a child process, whose other threads are gone. They are not among those
 * that the parent can still make in its millisecond. */
static int make_in_child(int file, uint64_t milliseconds)
{
    static uint8_t uuids[EACH][16];
    const char *next = (const char *)uuids;
    for (size_t i = 0; i < EACH; i++)
        if (!ar_uuid_v7(uuids[i]) || (i > 0 && memcmp(uuids[i - 1], uuids[i], 16) >= 0))
            return 1;
    if (milliseconds_of(uuids[0]) <= milliseconds)
        return 1;
    for (size_t rest = sizeof uuids; rest > 0;) {
        ssize_t written = write(file, next, rest);
        if (written <= 0)
            return 1;
        next += written;
        rest -= (size_t)written;
    }
    return 0;
}

/* S-578: a fork while another thread makes UUIDs, and the clock stands still. */
static void test_forks(void **state)
{
    (void)state;
    uint8_t(*uuids)[16] = calloc((CHILDREN + 1) * EACH, 16);
    _Atomic(size_t) made = 0;
    pthread_t thread;
    is_done = false;
    assert_int_equal(pthread_create(&thread, NULL, make_until_done, &made), 0);
    while (made == 0)
        continue;
    assert_true(ar_uuid_v7(uuids[0]));
    const uint64_t milliseconds = milliseconds_of(uuids[0]);
    for (size_t child = 0; child < CHILDREN; child++) {
        int ends[2], status;
        assert_int_equal(pipe(ends), 0);
        pid_t pid = fork();
        if (pid == 0)
            exit_child(make_in_child(ends[1], milliseconds));
        close(ends[1]);
        read_all(ends[0], uuids[child * EACH], EACH * 16);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_int_equal(status, 0);
        close(ends[0]);
    }
    is_done = true;
    assert_int_equal(pthread_join(thread, NULL), 0);
    for (size_t i = 0; i < EACH; i++)
        assert_true(ar_uuid_v7(uuids[CHILDREN * EACH + i]));
    assert_different(uuids, (CHILDREN + 1) * EACH);
    free(uuids);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_millisecond_and_a_clock_that_goes_back),
        cmocka_unit_test(test_highest_numbers),
        cmocka_unit_test(test_no_random_bytes),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_forks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
