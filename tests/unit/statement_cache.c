/* The statement cache: the least recently used statement is evicted first, and each handle is destroyed once. */
#include "base/statement_cache.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>

/* A handle counts how often it was destroyed. */
static void destroy(void *handle)
{
    ++*(int *)handle;
}

static bool open_for(struct statement_cache *cache, unsigned count)
{
    return ar_statement_cache_open(cache, ar_statement_limits(count, 0), destroy);
}

static void test_least_recently_used_is_evicted(void **state)
{
    (void)state;
    struct statement_cache cache;
    int destroyed[4] = {0};
    assert_true(open_for(&cache, 3));
    assert_true(ar_statement_cache_add(&cache, "one", false, &destroyed[0], 1));
    assert_true(ar_statement_cache_add(&cache, "two", false, &destroyed[1], 1));
    assert_true(ar_statement_cache_add(&cache, "three", false, &destroyed[2], 1));
    assert_ptr_equal(ar_statement_cache_find(&cache, "one", false), &destroyed[0]);
    assert_true(ar_statement_cache_add(&cache, "four", false, &destroyed[3], 1));
    assert_null(ar_statement_cache_find(&cache, "two", false));
    assert_int_equal(destroyed[1], 1);
    assert_ptr_equal(ar_statement_cache_find(&cache, "one", false), &destroyed[0]);
    assert_ptr_equal(ar_statement_cache_find(&cache, "three", false), &destroyed[2]);
    assert_ptr_equal(ar_statement_cache_find(&cache, "four", false), &destroyed[3]);
    ar_statement_cache_close(&cache);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(destroyed[i], 1);
}

static void test_one_statement(void **state)
{
    (void)state;
    struct statement_cache cache;
    int destroyed[2] = {0};
    assert_true(open_for(&cache, 1));
    assert_null(ar_statement_cache_find(&cache, "one", false));
    assert_true(ar_statement_cache_add(&cache, "one", false, &destroyed[0], 1));
    assert_true(ar_statement_cache_add(&cache, "two", false, &destroyed[1], 1));
    assert_null(ar_statement_cache_find(&cache, "one", false));
    assert_ptr_equal(ar_statement_cache_find(&cache, "two", false), &destroyed[1]);
    ar_statement_cache_close(&cache);
    assert_int_equal(destroyed[0], 1);
    assert_int_equal(destroyed[1], 1);
}

/* Many more statements than slots: every hit returns the right handle, and every evicted handle is destroyed once. */
static void test_many_statements(void **state)
{
    (void)state;
    enum { TEXTS = 1000 };
    static int destroyed[TEXTS];
    struct statement_cache cache;
    char sql[32];
    assert_true(open_for(&cache, 20));
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < TEXTS; i++) {
            snprintf(sql, sizeof sql, "SELECT %d", i);
            int *found = ar_statement_cache_find(&cache, sql, false);
            assert_true(found == NULL || found == &destroyed[i]);
            if (found == NULL)
                assert_true(ar_statement_cache_add(&cache, sql, false, &destroyed[i], 1));
            assert_true(cache.count <= 20);
        }
    }
    ar_statement_cache_close(&cache);
    for (int i = 0; i < TEXTS; i++)
        assert_int_equal(destroyed[i], 3);
}

/* Add those statements of this size that are not cached yet. Return how many are cached afterwards. */
static int fill(struct statement_cache *cache, int *destroyed, int count, size_t size)
{
    int found = 0;
    char sql[32];
    for (int i = 0; i < count; i++) {
        snprintf(sql, sizeof sql, "statement %d", i);
        if (ar_statement_cache_find(cache, sql, false) == NULL)
            assert_true(ar_statement_cache_add(cache, sql, false, &destroyed[i], size));
    }
    for (int i = 0; i < count; i++) {
        snprintf(sql, sizeof sql, "statement %d", i);
        found += ar_statement_cache_find(cache, sql, false) != NULL;
    }
    return found;
}

/* By default only memory is limited: the statements of many models are not prepared again and again. */
static void test_many_models(void **state)
{
    (void)state;
    enum { STATEMENTS = 1000, SIZE = 5000 };
    static int destroyed[STATEMENTS];
    struct statement_cache cache;
    assert_true(open_for(&cache, 0));
    for (int round = 0; round < 2; round++)
        assert_int_equal(fill(&cache, destroyed, STATEMENTS, SIZE), STATEMENTS);
    assert_int_equal(destroyed[0], 0);
    assert_int_equal(cache.memory, (size_t)STATEMENTS * SIZE);
    ar_statement_cache_close(&cache);
}

static void test_memory_is_bounded(void **state)
{
    (void)state;
    enum { STATEMENTS = 100 };
    static int destroyed[STATEMENTS];
    struct statement_cache cache;
    int large = 0;
    assert_true(ar_statement_cache_open(&cache, (struct statement_limits){SIZE_MAX, 1000}, destroy));
    assert_int_equal(fill(&cache, destroyed, STATEMENTS, 100), 10);
    assert_int_equal(cache.memory, 1000);
    assert_true(ar_statement_cache_add(&cache, "large", false, &large, 5000));
    assert_int_equal(cache.count, 1);
    assert_ptr_equal(ar_statement_cache_find(&cache, "large", false), &large);
    assert_int_equal(fill(&cache, destroyed, 1, 100), 1);
    assert_int_equal(large, 1);
    assert_int_equal(cache.memory, 100);
    ar_statement_cache_close(&cache);
}

/* Constants are found by their addresses, of which several share two slots: more constants than slots, in a cache that
 * evicts some of them. */
static void test_constants_that_share_slots(void **state)
{
    (void)state;
    enum { TEXTS = 4 * CONSTANT_STATEMENTS, LOOKUPS = 50 * TEXTS, KEPT = TEXTS - TEXTS / 4 };
    static char texts[TEXTS][16];
    static int destroyed[TEXTS], added[TEXTS];
    struct statement_cache cache;
    uint32_t random = 1;
    for (int i = 0; i < TEXTS; i++)
        snprintf(texts[i], sizeof texts[i], "SELECT %d", i);
    assert_true(open_for(&cache, KEPT));
    for (int lookup = 0; lookup < LOOKUPS; lookup++) {
        random = random * 1664525 + 1013904223;
        size_t i = (random >> 16) % TEXTS;
        int *found = ar_statement_cache_find(&cache, texts[i], true);
        if (added[i] > destroyed[i]) {
            assert_ptr_equal(found, &destroyed[i]);
            continue;
        }
        assert_null(found);
        assert_true(ar_statement_cache_add(&cache, texts[i], true, &destroyed[i], 1));
        added[i]++;
    }
    ar_statement_cache_close(&cache);
    for (int i = 0; i < TEXTS; i++)
        assert_int_equal(destroyed[i], added[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_least_recently_used_is_evicted),
        cmocka_unit_test(test_one_statement),
        cmocka_unit_test(test_many_statements),
        cmocka_unit_test(test_many_models),
        cmocka_unit_test(test_memory_is_bounded),
        cmocka_unit_test(test_constants_that_share_slots),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
