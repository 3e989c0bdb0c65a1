/* State shared between sessions: one item per subject, even if several threads create it at once. */
#include "base/shared.h"

#include "unit.h"

#include <pthread.h>
#include <stdlib.h>

enum { SUBJECTS = 500, THREADS = 4 };

static const char subjects[SUBJECTS];

struct worker {
    struct shared_map *map;
    const void *seen[SUBJECTS];
};

static void *ask_for_all(void *payload)
{
    struct worker *worker = payload;
    for (size_t i = 0; i < SUBJECTS; i++) {
        worker->seen[i] = ar_shared_find(worker->map, &subjects[i]);
        if (worker->seen[i] == NULL)
            worker->seen[i] = ar_shared_add(worker->map, &subjects[i], calloc(1, sizeof(struct shared_item)));
    }
    return NULL;
}

static void test_one_item_for_all_threads(void **state)
{
    static struct shared_map map;
    static struct worker workers[THREADS];
    pthread_t threads[THREADS];
    (void)state;
    for (size_t i = 0; i < THREADS; i++) {
        workers[i].map = &map;
        assert_int_equal(pthread_create(&threads[i], NULL, ask_for_all, &workers[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (size_t i = 0; i < SUBJECTS; i++) {
        const struct shared_item *item = ar_shared_find(&map, &subjects[i]);
        assert_ptr_equal(item->subject, &subjects[i]);
        for (size_t worker = 0; worker < THREADS; worker++)
            assert_ptr_equal(workers[worker].seen[i], item);
    }
    ar_shared_free(&map);
}

static void test_first_item_stays(void **state)
{
    static struct shared_map map;
    struct shared_item *first = calloc(1, sizeof *first), *second = calloc(1, sizeof *second);
    (void)state;
    assert_null(ar_shared_find(&map, &subjects[0]));
    assert_ptr_equal(ar_shared_add(&map, &subjects[0], first), first);
    assert_ptr_equal(ar_shared_add(&map, &subjects[0], second), first);
    assert_ptr_equal(ar_shared_find(&map, &subjects[0]), first);
    ar_shared_free(&map);
}

static void test_several_items_of_one_subject(void **state)
{
    static struct shared_map map;
    struct shared_item *first = calloc(1, sizeof *first), *second = calloc(1, sizeof *second);
    (void)state;
    ar_shared_add_another(&map, &subjects[0], first);
    for (size_t i = 1; i < SUBJECTS; i++) /* also in the same bucket */
        (void)ar_shared_add(&map, &subjects[i], calloc(1, sizeof(struct shared_item)));
    ar_shared_add_another(&map, &subjects[0], second);
    assert_ptr_equal(ar_shared_find(&map, &subjects[0]), second);
    assert_ptr_equal(ar_shared_next(second), first);
    assert_null(ar_shared_next(first));
    ar_shared_free(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_item_for_all_threads),
        cmocka_unit_test(test_first_item_stays),
        cmocka_unit_test(test_several_items_of_one_subject),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
