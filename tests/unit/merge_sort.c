/* The merge sort, compared with qsort, and the stability that qsort does not promise. */
#include "base/merge_sort.h"

#include "unit.h"

#include <stdint.h>
#include <stdlib.h>

enum { MAX = 2000 };

static struct keyed items[MAX], spare[MAX];
static int64_t expected[MAX];
static char places[MAX]; /* their addresses tell in which order the items were */

static int compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

/* Sort `count` keys, which the function makes of their index, and check the result. */
static void check(size_t count, int64_t (*key)(size_t i))
{
    for (size_t i = 0; i < count; i++) {
        expected[i] = key(i);
        items[i] = (struct keyed){expected[i], &places[i]};
    }
    qsort(expected, count, sizeof *expected, compare);
    ar_merge_sort(items, count, spare);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(items[i].key, expected[i]);
        if (i > 0 && items[i].key == items[i - 1].key)
            assert_true((char *)items[i].item > (char *)items[i - 1].item);
    }
}

static int64_t ascending(size_t i)
{
    return (int64_t)i - 5;
}

static int64_t descending(size_t i)
{
    return -(int64_t)i;
}

static int64_t equal(size_t i)
{
    (void)i;
    return INT64_MIN;
}

static int64_t two_runs(size_t i)
{
    return (int64_t)(i % 2 == 0 ? i / 2 : i / 2 + 7);
}

static int64_t one_is_late(size_t i)
{
    return i == 3 ? INT64_MAX : (int64_t)i;
}

static int64_t any(size_t i)
{
    (void)i;
    return rand() % 500 - 250;
}

static void test_any_order(void **state)
{
    int64_t (*const orders[])(size_t i) = {ascending, descending, equal, two_runs, one_is_late, any};

    (void)state;
    srand(1);
    for (size_t order = 0; order < sizeof orders / sizeof *orders; order++)
        for (size_t count = 0; count <= MAX; count = count < 40 ? count + 1 : count + 327)
            check(count, orders[order]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_order),
    };

    return cmocka_run_group_tests_name("merge_sort", tests, NULL, NULL);
}
