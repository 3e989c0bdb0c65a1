/* A function that returned ar_or(…), ar_and(…), ar_not(…) or ar_sets(…) returned dangling pointers to operands. */
#include "returned_condition.ar.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Insert tickets 1 to 40: "t1" with priority 1, and so on. */
static int open_tickets(void **state)
{
    if (fixture_open(state, &ticket_model) != 0)
        return -1;
    for (int i = 1; i <= 40; i++) {
        char title[16];
        struct ticket ticket = {.title = title, .priority = i};
        (void)snprintf(title, sizeof title, "t%d", i);
        add_row(*state, &ticket_model, &ticket);
    }
    return 0;
}

static int64_t count(struct fixture *f, struct ar_condition condition)
{
    struct ticket_query *q = ticket_query(f->s);
    int64_t count;
    ticket_where(q, condition);
    ok(f->s, ticket_count(q, &count));
    return count;
}

/* Overwrite the stack frames of earlier calls. */
static __attribute__((noinline)) int overwrite_stack(int with)
{
    volatile char bytes[65536];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)with;
    return bytes[with & 1];
}

static __attribute__((noinline)) struct ar_condition either(int first, int second)
{
    return ar_or(ar_eq(ticket_column.priority, first), ar_eq(ticket_column.priority, second));
}

static __attribute__((noinline)) struct ar_condition both(int low, const char *title)
{
    return ar_and(ar_ge(ticket_column.priority, low), ar_eq(ticket_column.title, title));
}

static __attribute__((noinline)) struct ar_condition neither(int first, int second)
{
    return ar_not(either(first, second));
}

static __attribute__((noinline)) struct ar_condition within(int low, int high)
{
    return ar_between(ticket_column.priority, low, high);
}

static __attribute__((noinline)) struct ar_assignment escalated(int priority)
{
    return ar_sets(ar_set(ticket_column.priority, priority), ar_set(ticket_column.title, "urgent"));
}

static void test_returned_conditions(void **state)
{
    struct fixture *f = *state;
    const struct ar_condition conditions[] = {either(3, 4), both(5, "t7"), neither(1, 2), within(10, 19),
                                              either(within(1, 2).count == 3 ? 1 : 0, 2)};
    static const int64_t counts[] = {2, 1, 38, 10, 2};
    (void)overwrite_stack(0xA5);
    for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++)
        assert_int_equal(count(f, conditions[i]), counts[i]);
    assert_int_equal(count(f, ar_and(neither(1, 2), ar_or(within(1, 5), ar_eq(ticket_column.title, "t9")))), 4);
}

static void test_returned_assignments(void **state)
{
    struct fixture *f = *state;
    struct ticket_query *q = ticket_query(f->s);
    const struct ar_assignment set = escalated(100);
    int64_t changed;
    (void)overwrite_stack(0xA5);
    ticket_where(q, within(1, 3));
    ok(f->s, ticket_update_all(q, set, &changed));
    assert_int_equal(changed, 3);
    assert_int_equal(count(f, both(100, "urgent")), 3);
}

/* A condition built in a loop uses one term per comparison. */
static void test_condition_of_a_loop(void **state)
{
    struct fixture *f = *state;
    struct ar_condition any = ar_eq(ticket_column.priority, 1);
    for (int i = 2; i < AR_CONDITION_TERMS; i++)
        any = ar_or(any, ar_eq(ticket_column.priority, i));
    assert_int_equal(any.count, AR_CONDITION_TERMS);
    assert_int_equal(count(f, any), AR_CONDITION_TERMS - 1);
}

static void test_too_large(void **state)
{
    struct fixture *f = *state;
    struct ar_condition any = ar_eq(ticket_column.priority, 0);
    struct ar_assignment set = ar_set(ticket_column.priority, 0);
    struct ticket_query *q = ticket_query(f->s);
    int64_t result;
    for (int i = 0; i < 100; i++) {
        any = ar_or(any, ar_eq(ticket_column.priority, i));
        set = ar_sets(set, ar_set(ticket_column.title, "x"));
    }
    ticket_where(q, ar_not(any));
    fails(f->s, AR_MISUSE, ticket_count(q, &result));
    assert_error_names(f->s, "more than 24 comparisons, ands, ors and nots");
    assert_error_names(f->s, "ar_any_of");
    fails(f->s, AR_MISUSE, ticket_update_all(ticket_query(f->s), set, &result));
    assert_error_names(f->s, "ar_sets takes at most 32 columns");
    assert_statements(f, 0);
}

static void test_empty(void **state)
{
    struct fixture *f = *state;
    struct ar_condition empty = {0};
    struct ticket_query *q = ticket_query(f->s);
    int64_t result;
    ticket_where(q, ar_and(ar_eq(ticket_column.priority, 1), empty));
    fails(f->s, AR_MISUSE, ticket_count(q, &result));
    assert_error_names(f->s, "is empty");
    assert_statements(f, 0);
}

/* An array may have any size, even inside other conditions, and may contain such lists. */
static void test_lists(void **state)
{
    struct fixture *f = *state;
    enum { COUNT = 900 };
    struct ar_condition *each = malloc(COUNT * sizeof *each);
    assert_non_null(each);
    for (int i = 0; i < COUNT; i++)
        each[i] = ar_eq(ticket_column.priority, i + 20);
    assert_int_equal(count(f, ar_any_of(each, COUNT)), 21);
    assert_int_equal(count(f, ar_not(ar_any_of(each, COUNT))), 19);
    each[1] = ar_any_of(&each[2], COUNT - 2);
    assert_int_equal(count(f, ar_and(ar_any_of(each, 2), within(1, 21))), 1);
    assert_int_equal(count(f, ar_all_of(each, 1)), 1);
    assert_int_equal(count(f, ar_all_of(each, 0)), 40);
    assert_int_equal(count(f, ar_any_of(each, 0)), 0);
    free(each);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_returned_conditions, open_tickets, fixture_close),
        cmocka_unit_test_setup_teardown(test_returned_assignments, open_tickets, fixture_close),
        cmocka_unit_test_setup_teardown(test_condition_of_a_loop, open_tickets, fixture_close),
        cmocka_unit_test_setup_teardown(test_too_large, open_tickets, fixture_close),
        cmocka_unit_test_setup_teardown(test_empty, open_tickets, fixture_close),
        cmocka_unit_test_setup_teardown(test_lists, open_tickets, fixture_close),
    };
    return cmocka_run_group_tests_name("returned_condition", tests, NULL, NULL);
}
