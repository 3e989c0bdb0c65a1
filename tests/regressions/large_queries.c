/* Queries so large that they overflowed the stack, or took quadratic or cubic time. If one did so again, the test would
 * time out. */
#include "large_queries.ar.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH = 120 };

/* Create nested folders; 1 is the outermost. */
static int open_folders(void **state)
{
    if (fixture_open(state, &folder_model) != 0)
        return -1;
    for (int64_t i = 1; i <= DEPTH; i++) {
        struct folder folder = {.parent_id = i - 1, .name = "f"};
        add_row(*state, &folder_model, &folder);
    }
    return 0;
}

/* Return "children.children…" with this many segments. */
static char *path_of(size_t segments)
{
    static const char segment[] = "children.";
    size_t size = sizeof segment - 1;
    char *path = malloc(segments * size);
    assert_non_null(path);
    for (size_t i = 0; i < segments; i++)
        memcpy(path + i * size, segment, size);
    path[segments * size - 1] = '\0';
    return path;
}

static size_t depth_of(struct fixture *f, const struct folder *folder)
{
    size_t depth = 0;
    for (;; depth++) {
        struct folder_list children;
        ok(f->s, folder_children(f->s, folder, &children));
        if (children.count == 0)
            return depth;
        folder = children.items[0];
    }
}

static void test_one_trip_of_many_levels(void **state)
{
    struct fixture *f = *state;
    for (size_t levels = 10; levels <= 1000; levels *= 10) {
        struct folder_query *q = folder_query(f->s);
        struct folder_list list;
        const char *text;
        char *path = path_of(levels);
        folder_where(q, ar_eq(folder_column.id, 1));
        ok(f->s, ar_query_with(q, path));
        ar_query_plan(q, AR_PLAN_ONE_TRIP);
        ok(f->s, ar_explain(q, &text));
        if (!fixture_is_sqlite())
            assert_non_null(strstr(text, levels > 15 ? "too many levels for one trip" : "the caller chose this plan"));
        ok(f->s, folder_all(q, &list));
        reset_statements(f);
        assert_int_equal(depth_of(f, list.items[0]), DEPTH - 1);
        ar_session_clear(f->s);
        free(path);
    }
}

static void test_a_million_segments(void **state)
{
    struct fixture *f = *state;
    char *path = path_of(1000000);
    struct folder_query *q = folder_query(f->s);
    struct folder_list list;
    fails(f->s, AR_MISUSE, ar_query_with(q, path));
    assert_error_names(f->s, "has more than 1000 levels");
    ok(f->s, folder_all(q, &list)); /* the refused path left the query unchanged */
    assert_statements(f, 1);
    free(path);
}

/* The same with one call per relation. */
static void test_too_many_levels(void **state)
{
    struct fixture *f = *state;
    struct folder_query *q = folder_query(f->s), *each = q;
    struct folder_list list;
    for (int i = 0; i < 1100; i++)
        each = folder_with_children(each);
    folder_where(each, ar_eq(folder_column.id, 1));
    folder_order_by(each, ar_asc(folder_column.id));
    folder_only(each, folder_column.name);
    folder_for_update(each);
    folder_limit(each, 1);
    each = folder_with_children_count(each);
    fails(f->s, AR_MISUSE, ar_query_with(each, "parent"));
    assert_error_names(f->s, "at most 1000 levels deep");
    fails(f->s, AR_MISUSE, folder_all(each, &list));
    assert_error_names(f->s, "at most 1000 levels deep");
    fails(f->s, AR_MISUSE, folder_all(q, &list));
    assert_error_names(f->s, "at most 1000 levels deep");
    ok(f->s, folder_all(folder_query(f->s), &list));
    assert_int_equal(list.count, DEPTH);
}

static void test_nested_rollbacks(void **state)
{
    struct fixture *f = *state;
    enum { LEVELS = 2000 };
    struct folder folder = {.name = "x"};
    int64_t count;
    for (int i = 0; i < LEVELS; i++)
        ok(f->s, ar_begin(f->s));
    ok(f->s, folder_insert(f->s, &folder));
    for (int i = 0; i < LEVELS; i++)
        ok(f->s, ar_rollback(f->s));
    ok(f->s, folder_count(folder_query(f->s), &count));
    assert_int_equal(count, DEPTH);
}

/* Savepoints share a name: the innermost one is released or rolled back. */
static void test_nested_savepoints(void **state)
{
    struct fixture *f = *state;
    int64_t count;
    ok(f->s, ar_begin(f->s));
    for (int i = 0; i < 3; i++) {
        struct folder folder = {.name = "x"};
        ok(f->s, ar_begin(f->s));
        ok(f->s, folder_insert(f->s, &folder));
    }
    ok(f->s, ar_commit(f->s));
    ok(f->s, ar_rollback(f->s));
    ok(f->s, folder_count(folder_query(f->s), &count));
    assert_int_equal(count, DEPTH + 1);
    ok(f->s, ar_commit(f->s));
    ok(f->s, ar_commit(f->s));
    ok(f->s, folder_count(folder_query(f->s), &count));
    assert_int_equal(count, DEPTH + 1);
}

static void test_many_conditions(void **state)
{
    struct fixture *f = *state;
    struct folder_query *q = folder_query(f->s);
    int64_t count;
    for (int i = 0; i < 900; i++)
        folder_where(q, ar_ne(folder_column.id, i + 2));
    ok(f->s, folder_count(q, &count));
    assert_int_equal(count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_one_trip_of_many_levels, open_folders, fixture_close),
        cmocka_unit_test_setup_teardown(test_a_million_segments, open_folders, fixture_close),
        cmocka_unit_test_setup_teardown(test_too_many_levels, open_folders, fixture_close),
        cmocka_unit_test_setup_teardown(test_nested_rollbacks, open_folders, fixture_close),
        cmocka_unit_test_setup_teardown(test_nested_savepoints, open_folders, fixture_close),
        cmocka_unit_test_setup_teardown(test_many_conditions, open_folders, fixture_close),
    };
    return cmocka_run_group_tests_name("large_queries", tests, NULL, NULL);
}
