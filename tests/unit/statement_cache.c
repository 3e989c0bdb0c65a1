/* The statement cache: the least recently used leaves first, and every handle is destroyed exactly once. */
#include "statement_cache.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>

/* A handle is a counter of how often it was destroyed. */
static void destroy(void *handle)
{
    ++*(int *)handle;
}

static void test_least_recently_used_leaves(void **state)
{
    (void)state;
    struct statement_cache cache;
    int destroyed[4] = {0};
    assert_true(ar_statement_cache_open(&cache, 3, destroy));
    assert_true(ar_statement_cache_add(&cache, "one", false, &destroyed[0]));
    assert_true(ar_statement_cache_add(&cache, "two", false, &destroyed[1]));
    assert_true(ar_statement_cache_add(&cache, "three", false, &destroyed[2]));
    assert_ptr_equal(ar_statement_cache_find(&cache, "one", false), &destroyed[0]);
    assert_true(ar_statement_cache_add(&cache, "four", false, &destroyed[3]));
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
    assert_true(ar_statement_cache_open(&cache, 1, destroy));
    assert_null(ar_statement_cache_find(&cache, "one", false));
    assert_true(ar_statement_cache_add(&cache, "one", false, &destroyed[0]));
    assert_true(ar_statement_cache_add(&cache, "two", false, &destroyed[1]));
    assert_null(ar_statement_cache_find(&cache, "one", false));
    assert_ptr_equal(ar_statement_cache_find(&cache, "two", false), &destroyed[1]);
    ar_statement_cache_close(&cache);
    assert_int_equal(destroyed[0], 1);
    assert_int_equal(destroyed[1], 1);
}

/* Many more texts than places: whatever is found is the right one, and what left is gone once. */
static void test_many_statements(void **state)
{
    (void)state;
    enum { TEXTS = 1000 };
    static int destroyed[TEXTS];
    struct statement_cache cache;
    char sql[32];
    assert_true(ar_statement_cache_open(&cache, 20, destroy));
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < TEXTS; i++) {
            snprintf(sql, sizeof sql, "SELECT %d", i);
            int *found = ar_statement_cache_find(&cache, sql, false);
            assert_true(found == NULL || found == &destroyed[i]);
            if (found == NULL)
                assert_true(ar_statement_cache_add(&cache, sql, false, &destroyed[i]));
            assert_true(cache.count <= 20);
        }
    }
    ar_statement_cache_close(&cache);
    for (int i = 0; i < TEXTS; i++)
        assert_int_equal(destroyed[i], 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_least_recently_used_leaves),
        cmocka_unit_test(test_one_statement),
        cmocka_unit_test(test_many_statements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
