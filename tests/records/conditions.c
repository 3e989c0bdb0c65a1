/* Queries of one model, S-119: conditions, order, limit and offset, counts, aggregates, update_all and delete_all. */
#include "account.ar.h"
#include "support.h"
#include "types.ar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Five plans: 1 "basic" 10, 2 "Pro" 20 "50% off", 3 "team_x" 30 "", 4 "back\slash" 30, 5 "50_" 50 "5000". */
static int open_plans(void **state)
{
    static const struct plan plans[] = {{1, "basic", 10, NULL},
                                        {2, "Pro", 20, "50% off"},
                                        {3, "team_x", 30, ""},
                                        {4, "back\\slash", 30, NULL},
                                        {5, "50_", 50, "5000"}};
    if (fixture_open(state, &plan_model, &account_model, &document_model, &sample_model) != 0)
        return -1;
    for (size_t i = 0; i < sizeof plans / sizeof plans[0]; i++) {
        struct plan plan = plans[i];
        add_row(*state, &plan_model, &plan);
    }
    return 0;
}

/* The query returns the plans with these ids, in this order. */
static void assert_query(struct fixture *f, struct plan_query *q, const char *expected, const char *file, int line)
{
    struct plan_list plans;
    support_ok(f->s, plan_all(q, &plans), "plan_all", file, line);
    char ids[256] = "";
    size_t length = 0;
    for (size_t i = 0; i < plans.count && length < sizeof ids; i++)
        length += (size_t)snprintf(ids + length, sizeof ids - length, i == 0 ? "%d" : " %d", (int)plans.items[i]->id);
    support_text(ids, expected, file, line);
    support_statements(f, 1, file, line);
}

/* The condition selects the plans with these ids, in ascending order, and the count agrees. */
static void assert_matches_at(struct fixture *f, struct ar_condition condition, const char *expected, const char *file,
                              int line)
{
    struct plan_query *q = plan_query(f->s);
    plan_where(q, condition);
    plan_order_by(q, ar_asc(plan_column.id));
    assert_query(f, q, expected, file, line);
}

#define assert_matches(f, condition, expected) assert_matches_at((f), (condition), (expected), __FILE__, __LINE__)
#define assert_plans(f, q, expected) assert_query((f), (q), (expected), __FILE__, __LINE__)

/* ---- Conditions -------------------------------------------------------------------------------------------------- */

static void test_s119_comparisons(void **state)
{
    struct fixture *f = *state;
    assert_matches(f, ar_eq(plan_column.price, 30), "3 4");
    assert_matches(f, ar_ne(plan_column.price, 30), "1 2 5");
    assert_matches(f, ar_lt(plan_column.price, 30), "1 2");
    assert_matches(f, ar_le(plan_column.price, 30), "1 2 3 4");
    assert_matches(f, ar_gt(plan_column.price, 30), "5");
    assert_matches(f, ar_ge(plan_column.price, 30), "3 4 5");
    assert_matches(f, ar_between(plan_column.price, 20, 30), "2 3 4");
    assert_matches(f, ar_between(plan_column.price, 31, 30), "");
    assert_matches(f, ar_eq(plan_column.name, "Pro"), "2");
    assert_matches(f, ar_eq(plan_column.name, "pro"), "");
    assert_matches(f, ar_ge(plan_column.name, "basic"), "1 3");
    assert_matches(f, ar_eq(plan_column.note, ""), "3");
}

static void test_s119_null(void **state)
{
    struct fixture *f = *state;
    const char *nothing = NULL;
    assert_matches(f, ar_is_null(plan_column.note), "1 4");
    assert_matches(f, ar_is_not_null(plan_column.note), "2 3 5");
    assert_matches(f, ar_eq(plan_column.note, nothing), "1 4");
    assert_matches(f, ar_ne(plan_column.note, nothing), "2 3 5");
}

static void test_s119_in(void **state)
{
    struct fixture *f = *state;
    static const int64_t prices[] = {10, 50, 999};
    static const char *const names[] = {"Pro", "50_", "it's"};
    assert_matches(f, ar_in(plan_column.price, prices, 3), "1 5");
    assert_matches(f, ar_in(plan_column.price, prices, 1), "1");
    assert_matches(f, ar_not_in(plan_column.price, prices, 3), "2 3 4");
    assert_matches(f, ar_in(plan_column.name, names, 3), "2 5");
    assert_matches(f, ar_not_in(plan_column.name, names, 3), "1 3 4");
}

static void test_s119_in_an_empty_list(void **state)
{
    struct fixture *f = *state;
    const int64_t *none = NULL;
    const char *const *no_names = NULL;
    assert_matches(f, ar_in(plan_column.price, none, 0), "");
    assert_matches(f, ar_not_in(plan_column.price, none, 0), "1 2 3 4 5");
    assert_matches(f, ar_in(plan_column.name, no_names, 0), "");
    assert_matches(f, ar_and(ar_not(ar_in(plan_column.price, none, 0)), ar_eq(plan_column.price, 10)), "1");
}

/* More values than SQLite has parameters. */
static void test_s119_in_many(void **state)
{
    struct fixture *f = *state;
    enum { COUNT = 100000 };
    int64_t *ids = malloc(COUNT * sizeof *ids);
    assert_non_null(ids);
    for (int64_t i = 0; i < COUNT; i++)
        ids[i] = i + 3;
    assert_matches(f, ar_in(plan_column.id, ids, COUNT), "3 4 5");
    assert_matches(f, ar_not_in(plan_column.id, ids, COUNT), "1 2");
    free(ids);
}

static void test_s119_like(void **state)
{
    struct fixture *f = *state;
    assert_matches(f, ar_like(plan_column.name, "%a%"), "1 3 4");
    assert_matches(f, ar_like(plan_column.name, "_____"), "1");
    assert_matches(f, ar_like(plan_column.name, "50\\_"), "5");
    assert_matches(f, ar_like(plan_column.note, "50\\%%"), "2");
    assert_matches(f, ar_like(plan_column.note, "50%"), "2 5");
    assert_matches(f, ar_like(plan_column.name, "back\\\\%"), "4");
    assert_matches(f, ar_like(plan_column.name, "\\\\"), "");
    assert_matches(f, ar_like(plan_column.name, ""), "");
}

/* Matched literally, including the wildcards of LIKE. */
static void test_s119_literal_text(void **state)
{
    struct fixture *f = *state;
    assert_matches(f, ar_contains(plan_column.name, "_"), "3 5");
    assert_matches(f, ar_contains(plan_column.note, "%"), "2");
    assert_matches(f, ar_contains(plan_column.name, "\\"), "4");
    assert_matches(f, ar_contains(plan_column.name, ""), "1 2 3 4 5");
    assert_matches(f, ar_starts_with(plan_column.note, "50%"), "2");
    assert_matches(f, ar_starts_with(plan_column.note, "50"), "2 5");
    assert_matches(f, ar_ends_with(plan_column.name, "_"), "5");
    assert_matches(f, ar_ends_with(plan_column.name, "slash"), "4");
}

/* PostgreSQL would refuse these patterns; SQLite would match no row. */
static void test_s119_invalid_text(void **state)
{
    struct fixture *f = *state;
    const struct ar_condition conditions[] = {
        ar_like(plan_column.name, "back\\"),
        ar_like(plan_column.name, "\\\\\\"),
        ar_like(plan_column.name, "\xFF%"),
        ar_eq(plan_column.name, "\xC0\x80"),
        ar_contains(plan_column.name, "\xED\xA0\x80"),
        ar_starts_with(plan_column.name, "ab\xE2\x82"),
        ar_lt(plan_column.note, "eight ascii\x80"),
        ar_ends_with(plan_column.note, "\xF4\x90\x80\x80"),
    };
    for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++) {
        struct plan_query *q = plan_query(f->s);
        int64_t count;
        plan_where(q, conditions[i]);
        fails(f->s, AR_INVALID, plan_count(q, &count));
        assert_error_names(f->s, i < 2 ? "a backslash that escapes nothing" : "is not valid UTF-8");
    }
    fails(f->s, AR_INVALID, plan_update_all(plan_query(f->s), ar_set(plan_column.note, "\xFF"), NULL));
    static const char *const names[] = {"Pro", "\xFF"};
    struct plan_query *q = plan_query(f->s);
    int64_t count;
    plan_where(q, ar_in(plan_column.name, names, 2));
    fails(f->s, AR_INVALID, plan_count(q, &count));
    assert_matches(f, ar_like(plan_column.name, "back\\\\%"), "4");
    assert_matches(f, ar_eq(plan_column.name, "\xF0\x9F\x90\xB1 \xE2\x82\xAC \xC3\xA4"), "");
}

/* LIKE never matches NULL, as in SQL. */
static void test_s119_like_null(void **state)
{
    struct fixture *f = *state;
    assert_matches(f, ar_like(plan_column.note, NULL), "");
    assert_matches(f, ar_contains(plan_column.note, NULL), "");
    assert_matches(f, ar_starts_with(plan_column.name, NULL), "");
    assert_matches(f, ar_ends_with(plan_column.name, NULL), "");
}

static void test_s119_and_or_not(void **state)
{
    struct fixture *f = *state;
    assert_matches(f, ar_and(ar_eq(plan_column.price, 30), ar_is_null(plan_column.note)), "4");
    assert_matches(f, ar_or(ar_eq(plan_column.price, 10), ar_eq(plan_column.price, 20)), "1 2");
    assert_matches(f, ar_not(ar_eq(plan_column.price, 30)), "1 2 5");
    assert_matches(f, ar_not(ar_or(ar_eq(plan_column.id, 1), ar_eq(plan_column.id, 2))), "3 4 5");
    assert_matches(f,
                   ar_or(ar_and(ar_eq(plan_column.price, 30), ar_eq(plan_column.note, "")),
                         ar_and(ar_lt(plan_column.price, 30), ar_not(ar_is_null(plan_column.note)))),
                   "2 3");
}

/* Each condition is parenthesized, so OR binds only within its own condition. */
static void test_s119_conditions_are_combined(void **state)
{
    struct fixture *f = *state;
    struct plan_query *q = plan_query(f->s);
    plan_where(q, ar_or(ar_eq(plan_column.id, 1), ar_eq(plan_column.id, 3)));
    plan_where(q, ar_or(ar_eq(plan_column.id, 3), ar_eq(plan_column.id, 4)));
    plan_where(q, ar_eq(plan_column.price, 30));
    assert_plans(f, q, "3");
}

/* Values and conditions need to stay valid only during the call that takes them. */
static void test_s119_conditions_are_copied(void **state)
{
    struct fixture *f = *state;
    struct plan_query *q = plan_query(f->s);
    char name[] = "Pro";
    const char *names[] = {name};
    int64_t prices[] = {20};
    plan_where(q, ar_and(ar_eq(plan_column.name, name), ar_in(plan_column.name, names, 1)));
    plan_where(q, ar_in(plan_column.price, prices, 1));
    name[0] = 'X';
    names[0] = NULL;
    prices[0] = 0;
    assert_plans(f, q, "2");
}

/* SQLite's parser is limited to about 100 levels of parentheses, and reports an error beyond that. */
static void test_s119_deep_conditions(void **state)
{
    struct fixture *f = *state;
    struct ar_condition levels[1000];
    levels[0] = ar_eq(plan_column.id, 1);
    for (size_t i = 1; i < 1000; i++)
        levels[i] = ar_not(ar_all_of(&levels[i - 1], 1));
    assert_matches(f, levels[20], "1");
    assert_matches(f, levels[21], "2 3 4 5");

    struct plan_query *q = plan_query(f->s);
    plan_where(q, levels[999]);
    struct plan_list plans;
    if (fixture_is_sqlite())
        fails(f->s, AR_DATABASE, plan_all(q, &plans));
    else
        ok(f->s, plan_all(q, &plans));
    assert_int_equal(plans.count, fixture_is_sqlite() ? 0 : 4);
}

/* One column of every type. */
static void test_s119_every_type(void **state)
{
    struct fixture *f = *state;
    struct sample first = {.flag = true,
                           .large_positive = 5,
                           .precise = 0.5,
                           .moment = 100,
                           .instant = {100, 1000},
                           .uuid = {1},
                           .fixed = "abc",
                           .blob = {"a\0b", 3}};
    struct sample second = {.precise = 1.5, .moment = 200, .instant = {100, 2000}, .uuid = {2}, .fixed = "abd"};
    add_row(f, &sample_model, &first);
    add_row(f, &sample_model, &second);
    static const uint64_t numbers[] = {5, 6};
    static const double reals[] = {0.5};
    static const uint8_t uuids[2][16] = {{1}, {9}};
    const struct ar_condition conditions[] = {
        ar_eq(sample_column.flag, true),
        ar_eq(sample_column.large_positive, 5U),
        ar_in(sample_column.large_positive, numbers, 2),
        ar_lt(sample_column.precise, 1.0),
        ar_in(sample_column.precise, reals, 1),
        ar_le(sample_column.moment, (time_t)100),
        ar_between(sample_column.moment, (time_t)50, (time_t)150),
        ar_lt(sample_column.instant, ((struct timespec){100, 2000})),
        ar_eq(sample_column.uuid, uuids[0]),
        ar_in(sample_column.uuid, uuids[0], 2),
        ar_eq(sample_column.fixed, "abc"),
        ar_ends_with(sample_column.fixed, "c"),
        ar_eq(sample_column.blob, ((struct ar_blob){"a\0b", 3})),
        ar_is_not_null(sample_column.blob),
    };
    for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++) {
        struct sample_query *q = sample_query(f->s);
        struct sample *found;
        sample_where(q, conditions[i]);
        ok(f->s, sample_one(q, &found));
        assert_int_equal(found->id, first.id);
    }
    /* A page keeps all values of the record after which it begins. */
    struct sample_query *q = sample_query(f->s);
    struct sample *found;
    sample_order_by(q, ar_desc(sample_column.moment));
    sample_after(q, &second);
    ok(f->s, sample_one(q, &found));
    assert_int_equal(found->id, first.id);
}

/* ---- Order, limit, offset ---------------------------------------------------------------------------------------- */

static void test_s119_order(void **state)
{
    struct fixture *f = *state;
    struct plan_query *q = plan_query(f->s);
    plan_order_by(q, ar_desc(plan_column.price));
    plan_order_by(q, ar_desc(plan_column.id));
    assert_plans(f, q, "5 4 3 2 1");

    q = plan_query(f->s);
    plan_order_by(q, ar_asc(plan_column.price));
    plan_order_by(q, ar_desc(plan_column.name));
    assert_plans(f, q, "1 2 3 4 5");
}

static void test_s119_limit_and_offset(void **state)
{
    struct fixture *f = *state;
    static const struct {
        uint64_t limit, offset;
        const char *expected;
    } cases[] = {{2, 0, "1 2"}, {2, 2, "3 4"}, {2, 4, "5"}, {2, 9, ""}, {0, 0, ""}, {UINT64_MAX, 3, "4 5"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct plan_query *q = plan_query(f->s);
        plan_order_by(q, ar_asc(plan_column.id));
        plan_limit(q, cases[i].limit);
        plan_offset(q, cases[i].offset);
        assert_plans(f, q, cases[i].expected);
        int64_t count;
        bool exists;
        ok(f->s, plan_count(q, &count));
        assert_int_equal(count, (strlen(cases[i].expected) + 1) / 2);
        ok(f->s, plan_exists(q, &exists));
        assert_true(exists == (count > 0));
        reset_statements(f);
    }
    struct plan_query *q = plan_query(f->s);
    plan_order_by(q, ar_asc(plan_column.id));
    plan_offset(q, 3);
    assert_plans(f, q, "4 5");
}

static void test_s119_first_and_one(void **state)
{
    struct fixture *f = *state;
    struct plan *plan;
    ok(f->s, plan_first(plan_query(f->s), &plan));
    assert_int_equal(plan->id, 1);
    struct plan_query *q = plan_query(f->s);
    plan_order_by(q, ar_desc(plan_column.price));
    ok(f->s, plan_first(q, &plan));
    assert_int_equal(plan->id, 5);
    assert_statements(f, 2);
    plan_where(q, ar_eq(plan_column.price, 20));
    ok(f->s, plan_one(q, &plan));
    assert_int_equal(plan->id, 2);
    assert_statements(f, 1);
}

static void test_s119_first_and_one_of_no_rows_and_of_many(void **state)
{
    struct fixture *f = *state;
    struct plan_query *none = plan_query(f->s);
    plan_where(none, ar_eq(plan_column.price, 999));
    struct plan *plan = (struct plan *)f;
    ok(f->s, plan_first(none, &plan));
    assert_null(plan);
    plan = (struct plan *)f;
    fails(f->s, AR_NOT_FOUND, plan_one(none, &plan));
    assert_null(plan);
    assert_error_names(f->s, "plan");
    plan = (struct plan *)f;
    fails(f->s, AR_MISUSE, plan_one(plan_query(f->s), &plan));
    assert_null(plan);
    assert_error_names(f->s, "plan");
}

static void test_s119_reused_query(void **state)
{
    struct fixture *f = *state;
    struct plan_query *q = plan_query(f->s);
    plan_where(q, ar_ge(plan_column.price, 30));
    plan_order_by(q, ar_asc(plan_column.id));
    assert_plans(f, q, "3 4 5");
    assert_plans(f, q, "3 4 5");
    run_sql(f, "DELETE FROM plans WHERE id = 4");
    assert_plans(f, q, "3 5");
    plan_where(q, ar_lt(plan_column.price, 50));
    assert_plans(f, q, "3");
}

/* ---- Aggregates -------------------------------------------------------------------------------------------------- */

static void test_s119_count_and_exists(void **state)
{
    struct fixture *f = *state;
    struct plan_query *q = plan_query(f->s);
    int64_t count;
    bool exists;
    ok(f->s, plan_count(q, &count));
    assert_int_equal(count, 5);
    ok(f->s, plan_exists(q, &exists));
    assert_true(exists);
    plan_where(q, ar_eq(plan_column.price, 999));
    ok(f->s, plan_count(q, &count));
    assert_int_equal(count, 0);
    ok(f->s, plan_exists(q, &exists));
    assert_false(exists);
    assert_statements(f, 4);
}

static void test_s119_aggregates(void **state)
{
    struct fixture *f = *state;
    struct plan_query *q = plan_query(f->s);
    struct ar_value value;
    ok(f->s, plan_sum(q, plan_column.price, &value));
    assert_int_equal(value.kind, AR_VALUE_INTEGER);
    assert_int_equal(value.integer, 140);
    ok(f->s, plan_avg(q, plan_column.price, &value));
    assert_int_equal(value.kind, AR_VALUE_REAL);
    assert_true(value.real == 28.0);
    ok(f->s, plan_min(q, plan_column.price, &value));
    assert_int_equal(value.integer, 10);
    ok(f->s, plan_max(q, plan_column.price, &value));
    assert_int_equal(value.integer, 50);
    ok(f->s, plan_max(q, plan_column.name, &value));
    assert_int_equal(value.kind, AR_VALUE_TEXT);
    assert_int_equal(value.bytes.size, 6);
    assert_memory_equal(value.bytes.data, "team_x", 6);
    assert_statements(f, 5);

    plan_where(q, ar_lt(plan_column.price, 30));
    ok(f->s, plan_sum(q, plan_column.price, &value));
    assert_int_equal(value.integer, 30);
}

static void test_s119_aggregates_of_no_rows(void **state)
{
    struct fixture *f = *state;
    struct plan_query *q = plan_query(f->s);
    plan_where(q, ar_eq(plan_column.price, 999));
    struct ar_value value;
    ok(f->s, plan_sum(q, plan_column.price, &value));
    assert_int_equal(value.kind, AR_VALUE_NULL);
    ok(f->s, plan_avg(q, plan_column.price, &value));
    assert_int_equal(value.kind, AR_VALUE_NULL);
    ok(f->s, plan_min(q, plan_column.price, &value));
    assert_int_equal(value.kind, AR_VALUE_NULL);
    ok(f->s, plan_max(q, plan_column.name, &value));
    assert_int_equal(value.kind, AR_VALUE_NULL);
}

/* Limit and offset apply before the aggregate, as they do before a count. */
static void test_s119_aggregates_under_a_limit(void **state)
{
    struct fixture *f = *state;
    struct plan_query *q = plan_query(f->s);
    plan_order_by(q, ar_asc(plan_column.id));
    plan_limit(q, 2);
    struct ar_value value;
    ok(f->s, plan_sum(q, plan_column.price, &value));
    assert_int_equal(value.integer, 30);
    plan_offset(q, 1);
    ok(f->s, plan_max(q, plan_column.price, &value));
    assert_int_equal(value.integer, 30);
}

/* An offset alone limits them too. */
static void test_s119_aggregates_under_an_offset(void **state)
{
    struct fixture *f = *state;
    struct plan_query *q = plan_query(f->s);
    struct ar_value value;
    int64_t count;
    bool exists;
    plan_order_by(q, ar_asc(plan_column.id));
    plan_offset(q, 3);
    ok(f->s, plan_count(q, &count));
    assert_int_equal(count, 2);
    ok(f->s, plan_min(q, plan_column.price, &value));
    assert_int_equal(value.integer, 30);
    plan_offset(q, 5);
    ok(f->s, plan_exists(q, &exists));
    assert_false(exists);
    assert_statements(f, 3);
}

static void test_s119_sum_overflow(void **state)
{
    struct fixture *f = *state;
    run_sql(f, "UPDATE plans SET price = 9223372036854775807");
    struct ar_value value;
    fails(f->s, AR_DATABASE, plan_sum(plan_query(f->s), plan_column.price, &value));
    assert_int_equal(value.kind, AR_VALUE_NULL);
}

static void test_s119_aggregates_of_times(void **state)
{
    struct fixture *f = *state;
    struct sample first = {.moment = 100, .instant = {100, 1000}}, second = {.moment = 200, .instant = {100, 2000}};
    add_row(f, &sample_model, &first);
    add_row(f, &sample_model, &second);
    struct ar_value value;
    ok(f->s, sample_max(sample_query(f->s), sample_column.moment, &value));
    assert_int_equal(value.kind, AR_VALUE_TIME);
    assert_int_equal(value.time.seconds, 200);
    ok(f->s, sample_min(sample_query(f->s), sample_column.instant, &value));
    assert_int_equal(value.kind, AR_VALUE_TIME);
    assert_int_equal(value.time.seconds, 100);
    assert_int_equal(value.time.nanoseconds, 1000);
}

/* ---- Many rows at once ------------------------------------------------------------------------------------------- */

static void test_s119_delete_all(void **state)
{
    struct fixture *f = *state;
    struct plan *plan;
    ok(f->s, plan_find(f->s, 3, &plan));
    reset_statements(f);
    struct plan_query *q = plan_query(f->s);
    plan_where(q, ar_eq(plan_column.price, 30));
    int64_t changed;
    ok(f->s, plan_delete_all(q, &changed));
    assert_int_equal(changed, 2);
    assert_statements(f, 1);
    ok(f->s, plan_delete_all(q, &changed));
    assert_int_equal(changed, 0);
    fails(f->s, AR_NOT_FOUND, plan_reload(f->s, plan));
    ok(f->s, plan_delete_all(plan_query(f->s), NULL));
    ok(f->s, plan_count(plan_query(f->s), &changed));
    assert_int_equal(changed, 0);
}

static void test_s119_update_all(void **state)
{
    struct fixture *f = *state;
    struct plan *plan;
    ok(f->s, plan_find(f->s, 3, &plan));
    reset_statements(f);
    struct plan_query *q = plan_query(f->s);
    plan_where(q, ar_eq(plan_column.price, 30));
    int64_t changed;
    ok(f->s, plan_update_all(q, ar_sets(ar_set(plan_column.price, 31), ar_set(plan_column.note, "new")), &changed));
    assert_int_equal(changed, 2);
    assert_statements(f, 1);
    assert_matches(f, ar_and(ar_eq(plan_column.price, 31), ar_eq(plan_column.note, "new")), "3 4");
    assert_int_equal(plan->price, 31); /* refreshed by the query above */
    assert_matches(f, ar_eq(plan_column.price, 30), "");
    ok(f->s, plan_update_all(plan_query(f->s), ar_set(plan_column.note, NULL), NULL));
    reset_statements(f);
    assert_matches(f, ar_is_null(plan_column.note), "1 2 3 4 5");
}

static void test_s119_update_all_sets_the_time(void **state)
{
    struct fixture *f = *state;
    struct account account = {.name = "ann"};
    add_row(f, &account_model, &account);
    const struct ar_assignment times =
        ar_sets(ar_set(account_column.created_at, 1000), ar_set(account_column.updated_at, 2000));
    ok(f->other, account_update_all(account_query(f->other), times, NULL));
    time_t before = time(NULL);
    ok(f->s, account_update_all(account_query(f->s), ar_set(account_column.age, 5), NULL));
    struct account *loaded;
    ok(f->s, account_find(f->s, account.id, &loaded));
    assert_int_equal(loaded->age, 5);
    assert_int_equal(loaded->created_at, 1000);
    assert_true(loaded->updated_at >= before);
}

/* An update of many rows updates the version of each: a session that loaded one of them gets a conflict. */
static void test_s119_update_all_increments_versions(void **state)
{
    struct fixture *f = *state;
    struct document document = {.title = "title"}, *loaded;
    add_row(f, &document_model, &document);
    ok(f->other, document_find(f->other, document.id, &loaded));
    ok(f->s, document_update_all(document_query(f->s), ar_set(document_column.title, "all"), NULL));
    loaded->title = "late";
    fails(f->other, AR_CONFLICT, document_save(f->other, loaded));
    ok(f->other, document_reload(f->other, loaded));
    assert_text(loaded->title, "all");
    assert_int_equal(loaded->revision, document.revision + 1);
}

/* A value that the field cannot represent is never written. */
static void test_s119_update_all_refuses_values_that_do_not_fit(void **state)
{
    struct fixture *f = *state;
    const struct ar_assignment wrong[] = {
        ar_set(sample_column.tiny, 128),
        ar_set(sample_column.large_positive, UINT64_MAX),
        ar_set(sample_column.single, 1e300),
        ar_set(sample_column.fixed, "12345678"),
        ar_set(sample_column.fixed, NULL),
        ar_set(sample_column.name, "PINK"),
        ar_set(sample_column.instant, ((struct timespec){INT64_MAX, 0})),
        ar_set(sample_column.precise, (double)__builtin_nanf("")),
    };
    static const char *const fields[] = {"tiny",  "large_positive", "single",  "fixed",
                                         "fixed", "name",           "instant", "precise"};
    size_t count = sizeof wrong / sizeof wrong[0] - !fixture_is_sqlite(); /* PostgreSQL has NaN */
    for (size_t i = 0; i < count; i++) {
        struct ar_assignment set = ar_sets(ar_set(sample_column.plain_int, 1), wrong[i]);
        fails(f->s, AR_INVALID, sample_update_all(sample_query(f->s), set, NULL));
        assert_text(ar_session_error(f->s)->column, fields[i]);
    }
}

/* Limited to the first rows in the order of the query. */
static void test_s119_many_rows_under_a_limit(void **state)
{
    struct fixture *f = *state;
    struct plan_query *q = plan_query(f->s);
    plan_order_by(q, ar_desc(plan_column.id));
    plan_limit(q, 2);
    int64_t changed;
    ok(f->s, plan_update_all(q, ar_set(plan_column.price, 1), &changed));
    assert_int_equal(changed, 2);
    reset_statements(f);
    assert_matches(f, ar_eq(plan_column.price, 1), "4 5");
    ok(f->s, plan_delete_all(q, &changed));
    assert_int_equal(changed, 2);
    reset_statements(f);
    assert_plans(f, by_key(plan_query(f->s), &plan_model), "1 2 3");
    q = plan_query(f->s);
    plan_order_by(q, ar_asc(plan_column.id));
    ar_query_offset((struct ar_query *)q, 1);
    ok(f->s, plan_update_all(q, ar_set(plan_column.price, 9), &changed));
    assert_int_equal(changed, 2);
    reset_statements(f);
    assert_matches(f, ar_eq(plan_column.price, 9), "2 3");
}

/* ---- Misuse ------------------------------------------------------------------------------------------------------ */

/* The query is refused before any statement runs, and the message names both models. */
static void assert_refused(struct fixture *f, struct plan_query *q)
{
    struct plan_list plans = {.items = NULL, .count = 7};
    fails(f->s, AR_MISUSE, plan_all(q, &plans));
    assert_int_equal(plans.count, 0);
    assert_error_names(f->s, "plan");
    assert_error_names(f->s, "account");
    assert_error_names(f->s, "age");
    assert_statements(f, 0);
}

static void test_s119_column_of_another_model(void **state)
{
    struct fixture *f = *state;
    struct plan_query *q = plan_query(f->s);
    plan_where(q, ar_eq(account_column.age, 5));
    assert_refused(f, q);
    plan_where(q, ar_eq(plan_column.id, 1));
    plan_only(q, plan_column.name);
    plan_lock(q, AR_LOCK_UPDATE, (enum ar_lock_wait)9); /* another mistake does not replace the first */
    plan_after(q, &(struct plan){.id = 1});
    assert_refused(f, q);

    q = plan_query(f->s);
    plan_where(q, ar_or(ar_eq(plan_column.id, 1), ar_not(ar_eq(account_column.age, 5))));
    assert_refused(f, q);
    q = plan_query(f->s);
    plan_order_by(q, ar_asc(account_column.age));
    assert_refused(f, q);

    struct ar_value value;
    fails(f->s, AR_MISUSE, plan_sum(plan_query(f->s), account_column.age, &value));
    assert_error_names(f->s, "age");
    fails(f->s, AR_MISUSE, plan_update_all(plan_query(f->s), ar_set(account_column.age, 5), NULL));
    assert_error_names(f->s, "age");
    assert_statements(f, 0);
    int64_t changed;
    fails(f->s, AR_MISUSE, plan_delete_all(q, &changed));
    assert_statements(f, 0);
    ok(f->s, plan_count(plan_query(f->s), &changed));
    assert_int_equal(changed, 5);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_plans, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_s119_comparisons),
        TEST(test_s119_null),
        TEST(test_s119_in),
        TEST(test_s119_in_an_empty_list),
        TEST(test_s119_in_many),
        TEST(test_s119_like),
        TEST(test_s119_literal_text),
        TEST(test_s119_invalid_text),
        TEST(test_s119_like_null),
        TEST(test_s119_and_or_not),
        TEST(test_s119_conditions_are_combined),
        TEST(test_s119_conditions_are_copied),
        TEST(test_s119_deep_conditions),
        TEST(test_s119_every_type),
        TEST(test_s119_order),
        TEST(test_s119_limit_and_offset),
        TEST(test_s119_first_and_one),
        TEST(test_s119_first_and_one_of_no_rows_and_of_many),
        TEST(test_s119_reused_query),
        TEST(test_s119_count_and_exists),
        TEST(test_s119_aggregates),
        TEST(test_s119_aggregates_of_no_rows),
        TEST(test_s119_aggregates_under_a_limit),
        TEST(test_s119_aggregates_under_an_offset),
        TEST(test_s119_sum_overflow),
        TEST(test_s119_aggregates_of_times),
        TEST(test_s119_delete_all),
        TEST(test_s119_update_all),
        TEST(test_s119_update_all_sets_the_time),
        TEST(test_s119_update_all_increments_versions),
        TEST(test_s119_update_all_refuses_values_that_do_not_fit),
        TEST(test_s119_many_rows_under_a_limit),
        TEST(test_s119_column_of_another_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
