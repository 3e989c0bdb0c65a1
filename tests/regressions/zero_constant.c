/* In a condition, an enum constant with the value 0 was a null pointer and meant IS NULL; constants had to be written
 * as strings. */
#include "support.h"
#include "zero_constant.ar.h"

/* Insert issues 1 (open), 2 (closed) and 3 (open, lost before). */
static int open_issues(void **state)
{
    struct issue issues[] = {
        {.status = ISSUE_OPEN, .kind = KIND_WISH, .severity = SEVERITY_HIGH},
        {.status = ISSUE_CLOSED, .number = ISSUE_CLOSED, .answer = ANSWER_YES},
        {.status = ISSUE_OPEN, .before = ISSUE_LOST, .has_before = true, .number = ISSUE_LOST},
    };
    if (fixture_open(state, &issue_model) != 0)
        return -1;
    for (size_t i = 0; i < sizeof issues / sizeof issues[0]; i++)
        add_row(*state, &issue_model, &issues[i]);
    return 0;
}

static int64_t count(struct fixture *f, struct ar_condition condition)
{
    struct issue_query *q = issue_query(f->s);
    int64_t count;
    issue_where(q, condition);
    ok(f->s, issue_count(q, &count));
    return count;
}

static void test_constants_in_conditions(void **state)
{
    struct fixture *f = *state;
    static const int64_t constants[] = {ISSUE_LOST, ISSUE_OPEN};
    static const char *const names[] = {"ISSUE_LOST", "ISSUE_CLOSED"};
    enum issue_status open = ISSUE_OPEN;
    assert_int_equal(count(f, ar_eq(issue_column.status, ISSUE_OPEN)), 2);
    assert_int_equal(count(f, ar_eq(issue_column.status, open)), 2);
    assert_int_equal(count(f, ar_eq(issue_column.status, "ISSUE_OPEN")), 2);
    assert_int_equal(count(f, ar_ne(issue_column.status, ISSUE_OPEN)), 1);
    assert_int_equal(count(f, ar_eq(issue_column.before, ISSUE_LOST)), 1);
    assert_int_equal(count(f, ar_between(issue_column.status, ISSUE_CLOSED, ISSUE_OPEN)), 3);
    assert_int_equal(count(f, ar_in(issue_column.status, constants, 2)), 2);
    assert_int_equal(count(f, ar_in(issue_column.status, names, 2)), 1);
    assert_int_equal(count(f, ar_like(issue_column.status, "%CLOSED")), 1);
    assert_int_equal(count(f, ar_eq(issue_column.number, ISSUE_OPEN)), 1);
    assert_int_equal(count(f, ar_eq(issue_column.kind, KIND_BUG)), 2);
}

static void test_no_constant(void **state)
{
    struct fixture *f = *state;
    const char *nothing = NULL;
    const int64_t numbers[] = {ISSUE_OPEN, 7};
    const struct ar_condition conditions[] = {
        ar_eq(issue_column.status, 7),
        ar_eq(issue_column.status, "ISSUE_OPE"),
        ar_eq(issue_column.status, nothing),
        ar_in(issue_column.status, numbers, 2),
    };
    for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++) {
        struct issue_query *q = issue_query(f->s);
        int64_t result;
        issue_where(q, conditions[i]);
        fails(f->s, AR_INVALID, issue_count(q, &result));
        assert_error_names(f->s, "neither a constant of the enum nor the name of one");
    }
    assert_statements(f, 0);
}

static void test_constants_in_assignments(void **state)
{
    struct fixture *f = *state;
    struct issue_query *q = issue_query(f->s);
    int64_t changed;
    issue_where(q, ar_eq(issue_column.status, ISSUE_CLOSED));
    ok(f->s,
       issue_update_all(q, ar_sets(ar_set(issue_column.status, ISSUE_OPEN), ar_set(issue_column.before, "ISSUE_DONE")),
                        &changed));
    assert_int_equal(changed, 1);
    assert_int_equal(count(f, ar_eq(issue_column.status, ISSUE_OPEN)), 3);
    fails(f->s, AR_INVALID, issue_update_all(q, ar_set(issue_column.status, 7), &changed));
}

static void test_names(void **state)
{
    enum issue_status status = ISSUE_OPEN;
    severity_t severity = SEVERITY_LOW;
    struct issue issue = {.kind = KIND_WISH};
    (void)state;
    assert_text(issue_status_name(ISSUE_OPEN), "ISSUE_OPEN");
    assert_text(issue_status_name(ISSUE_DONE), "ISSUE_CLOSED"); /* the first of two with the same value */
    assert_text(issue_status_name(ISSUE_LOST), "ISSUE_LOST");
    assert_text(issue_status_name((enum issue_status)7), NULL);
    assert_text(severity_name(SEVERITY_HIGH), "SEVERITY_HIGH");
    assert_text(issue_kind_name(issue.kind), "KIND_WISH");
    assert_text(answer_name(ANSWER_YES), "yes"); /* defined in the header */

    assert_true(issue_status_parse("ISSUE_DONE", &status));
    assert_int_equal(status, ISSUE_CLOSED);
    assert_true(issue_status_parse("ISSUE_LOST", &status));
    assert_int_equal(status, ISSUE_LOST);
    assert_false(issue_status_parse("issue_lost", &status));
    assert_false(issue_status_parse("", &status));
    assert_false(issue_status_parse(NULL, &status));
    assert_int_equal(status, ISSUE_LOST);
    assert_true(severity_parse("SEVERITY_HIGH", &severity));
    assert_int_equal(severity, SEVERITY_HIGH);
    assert_true(issue_kind_parse("KIND_BUG", &issue.kind));
    assert_int_equal(issue.kind, KIND_BUG);
    enum answer answer = ANSWER_NO;
    assert_true(answer_parse("ANSWER_YES", &answer));
    assert_int_equal(answer, ANSWER_YES);
}

static void test_aggregates(void **state)
{
    struct fixture *f = *state;
    struct issue_query *q = issue_query(f->s);
    struct ar_value value;
    ok(f->s, issue_min(q, issue_column.status, &value));
    assert_int_equal(value.bytes.size, sizeof "ISSUE_CLOSED" - 1);
    ok(f->s, issue_max(q, issue_column.severity, &value));
    assert_int_equal(value.integer, SEVERITY_HIGH);
    ok(f->s, issue_sum(q, issue_column.id, &value));
    assert_int_equal(value.integer, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_constants_in_conditions, open_issues, fixture_close),
        cmocka_unit_test_setup_teardown(test_no_constant, open_issues, fixture_close),
        cmocka_unit_test_setup_teardown(test_constants_in_assignments, open_issues, fixture_close),
        cmocka_unit_test(test_names),
        cmocka_unit_test_setup_teardown(test_aggregates, open_issues, fixture_close),
    };
    return cmocka_run_group_tests_name("zero_constant", tests, NULL, NULL);
}
