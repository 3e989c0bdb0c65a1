/* Every type of columns, wherever user SQL has values: in rows, as a parameter, in a list. */
#include "everything.ar.h"
#include "support.h"

#include <string.h>

static int open_things(void **state)
{
    return fixture_open(state, &thing_model);
}

static const int64_t numbers[] = {3, -1};
static const char *const tags[] = {"a,b", "\"}"};

/* Two rows that differ in every column. */
static const struct thing things[] = {
    {
        .id = 1,
        .price = 1999,
        .balance = "-123456789012345678901.500",
        .duration = 90000001,
        .day = {2024, 2, 29},
        .hour = {20, 15, 0, 250000},
        .local = {1700000000, 250000000},
        .noted = 1700000000,
        .sent = {1700000000, 250000000},
        .due = 1699920000,
        .settings = "{\"a\": [1, \"x\"]}",
        .address = "10.0.0.9",
        .grade = GRADE_A,
        .mark = GRADE_C,
        .hash = {0, 1, 2, 255},
        .token = {1, 2, 3, 4, 5, 6, 0x47, 8, 0x89, 10, 11, 12, 13, 14, 15, 16},
        .code = {16, 2, 3, 4, 5, 6, 0x47, 8, 0x89, 10, 11, 12, 13, 14, 15, 1},
        .numbers = {numbers, 2},
        .tags = {tags, 2},
        .box = {.width = 250, .measured = {1999, 12, 31}, .grade = GRADE_C, .note = "[]"},
    },
    {
        .id = 2,
        .price = -5,
        .balance = "0.125",
        .duration = -1,
        .day = {1, 1, 1},
        .hour = {0, 0, 0, 0},
        .local = {-1, 0},
        .noted = -1,
        .sent = {-1, 0},
        .due = 86400,
        .settings = "null",
        .address = "fe80::1",
        .grade = GRADE_B,
        .mark = GRADE_A,
        .hash = {0},
        .token = {1},
        .code = {2},
        .numbers = {numbers, 1},
        .tags = {tags, 1},
        .box = {.width = -250, .measured = {9999, 12, 31}, .grade = GRADE_A, .note = "1"},
    },
};

enum { COUNT = sizeof things / sizeof *things };

static void given_things(struct fixture *f)
{
    for (size_t i = 0; i < COUNT; i++)
        add_row(f, &thing_model, &(struct thing[]){things[i]});
}

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/* `actual` is a struct thing or a struct thing_row. */
#define assert_same(actual, expected)                                                                                  \
    do {                                                                                                               \
        assert_int_equal((actual)->id, (expected)->id);                                                                \
        assert_int_equal((actual)->price, (expected)->price);                                                          \
        assert_text((actual)->balance, (expected)->balance);                                                           \
        assert_int_equal((actual)->duration, (expected)->duration);                                                    \
        assert_memory_equal(&(actual)->day, &(expected)->day, sizeof(struct ar_date));                                 \
        assert_int_equal((actual)->hour.microsecond, (expected)->hour.microsecond);                                    \
        assert_int_equal((actual)->hour.minute, (expected)->hour.minute);                                              \
        assert_true(same_time((actual)->local, (expected)->local));                                                    \
        assert_int_equal((actual)->noted, (expected)->noted);                                                          \
        assert_true(same_time((actual)->sent, (expected)->sent));                                                      \
        assert_int_equal((actual)->due, (expected)->due);                                                              \
        assert_text((actual)->settings, (expected)->settings);                                                         \
        assert_text((actual)->address, (expected)->address);                                                           \
        assert_int_equal((actual)->grade, (expected)->grade);                                                          \
        assert_int_equal((actual)->mark, (expected)->mark);                                                            \
        assert_memory_equal((actual)->hash, (expected)->hash, 4);                                                      \
        assert_memory_equal((actual)->token, (expected)->token, 16);                                                   \
        assert_memory_equal((actual)->code, (expected)->code, 16);                                                     \
        assert_int_equal((actual)->numbers.count, (expected)->numbers.count);                                          \
        assert_int_equal((actual)->numbers.items[0], (expected)->numbers.items[0]);                                    \
        assert_int_equal((actual)->tags.count, (expected)->tags.count);                                                \
        assert_text((actual)->tags.items[0], (expected)->tags.items[0]);                                               \
        assert_int_equal((actual)->box.width, (expected)->box.width);                                                  \
        assert_memory_equal(&(actual)->box.measured, &(expected)->box.measured, sizeof(struct ar_date));               \
        assert_int_equal((actual)->box.grade, (expected)->box.grade);                                                  \
        assert_text((actual)->box.note, (expected)->box.note);                                                         \
    } while (false)

/* Statements return every type, as records of a model and as plain rows. */
static void test_rows(void **state)
{
    struct fixture *f = *state;
    struct thing_list records;
    struct thing_row_list rows;
    given_things(f);

    ok(f->s, all_things(f->s, &records));
    ok(f->s, thing_rows(f->s, &rows));
    assert_statements(f, 2);
    assert_int_equal(records.count, COUNT);
    assert_int_equal(rows.count, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        assert_same(records.items[i], &things[i]);
        assert_same(rows.items[i], &things[i]);
    }
}

/* A statement that finds the rows with the value of a thing. */
struct search {
    const char *name;
    enum ar_status (*run)(struct ar_session *s, const struct thing *thing, struct found_list *out);
};

#define SEARCH(function, argument)                                                                                     \
    static enum ar_status run_##function(struct ar_session *s, const struct thing *thing, struct found_list *out)      \
    {                                                                                                                  \
        return function(s, argument, out);                                                                             \
    }
#define SEARCHES(BY, IN)                                                                                               \
    BY(price, prices)                                                                                                  \
    BY(balance, balances)                                                                                              \
    BY(duration, durations)                                                                                            \
    BY(day, days)                                                                                                      \
    BY(hour, hours)                                                                                                    \
    BY(local, locals)                                                                                                  \
    BY(noted, noted)                                                                                                   \
    BY(sent, sent)                                                                                                     \
    BY(due, due)                                                                                                       \
    BY(settings, settings)                                                                                             \
    BY(address, addresses)                                                                                             \
    BY(grade, grades)                                                                                                  \
    BY(mark, marks)                                                                                                    \
    BY(hash, hashes)                                                                                                   \
    BY(token, tokens)                                                                                                  \
    BY(code, codes)                                                                                                    \
    IN(numbers)                                                                                                        \
    IN(tags)

#define DEFINE(field, plural)                                                                                          \
    SEARCH(by_##field, thing->field)                                                                                   \
    static enum ar_status run_in_##plural(struct ar_session *s, const struct thing *thing, struct found_list *out)     \
    {                                                                                                                  \
        return in_##plural(s, &thing->field, 1, out);                                                                  \
    }
#define DEFINE_ONE(field) SEARCH(by_##field, thing->field)
SEARCHES(DEFINE, DEFINE_ONE)

#define ROW(field, plural) {"by_" #field, run_by_##field}, {"in_" #plural, run_in_##plural},
#define ROW_ONE(field) {"by_" #field, run_by_##field},

static const struct search searches[] = {SEARCHES(ROW, ROW_ONE)};

/* A parameter of every type finds the row with its value, and so does a list of it. */
static void test_parameters(void **state)
{
    struct fixture *f = *state;
    struct found_list list;
    given_things(f);

    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++)
        for (size_t row = 0; row < COUNT; row++) {
            enum ar_status status = searches[i].run(f->s, &things[row], &list);
            if (status != AR_OK || list.count != 1 || list.items[0]->id != things[row].id)
                fail_msg("%s, row %zu: %zu rows, %s", searches[i].name, row, list.count,
                         ar_session_error(f->s)->message);
        }
}

/* NOT IN a list, and an empty list. */
static void test_lists(void **state)
{
    struct fixture *f = *state;
    struct found_list list;
    given_things(f);

    ok(f->s, not_in_addresses(f->s, &things[0].address, 1, &list));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0]->id, 2);
    ok(f->s, in_addresses(f->s, NULL, 0, &list));
    assert_int_equal(list.count, 0);
    ok(f->s, in_grades(f->s, (const enum grade[]){GRADE_B, GRADE_A}, 2, &list));
    assert_int_equal(list.count, 2);
}

/* A query of a statement has copies of its arguments. */
static void test_query(void **state)
{
    struct fixture *f = *state;
    struct thing_list list;
    char tag[] = "a,b", balance[] = "0.125";
    const char *texts[] = {tag};
    int64_t integers[] = {3};
    given_things(f);

    struct thing_query *q =
        things_with_query(f->s, (struct ar_texts){texts, 1}, (struct ar_int64s){integers, 1}, balance);
    tag[0] = balance[0] = 'x';
    texts[0] = "y";
    integers[0] = 9;
    ok(f->s, thing_all(q, &list));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0]->id, 2);

    q = things_with_query(f->s, (struct ar_texts){texts, 1}, (struct ar_int64s){integers, 1}, "0.1");
    fails(f->s, AR_INVALID, thing_all(q, &list));
    assert_error_names(f->s, "AR_DECIMAL(30, 3) takes a number with 3 digits after the point");
}

/* Values that no column can have are refused before a statement is sent. */
static void test_refused(void **state)
{
    struct fixture *f = *state;
    struct found_list list;
    const char *const short_numbers[] = {"1.000", "5"};

    fails(f->s, AR_INVALID, by_balance(f->s, "5", &list));
    fails(f->s, AR_INVALID, in_balances(f->s, short_numbers, 2, &list));
    fails(f->s, AR_INVALID, by_settings(f->s, "{", &list));
    fails(f->s, AR_INVALID, by_day(f->s, (struct ar_date){2023, 2, 29}, &list));
    fails(f->s, AR_INVALID, by_hour(f->s, (struct ar_time_of_day){24, 0, 0, 0}, &list));
    fails(f->s, AR_INVALID, by_grade(f->s, (enum grade)77, &list));
    fails(f->s, AR_INVALID, in_grades(f->s, (const enum grade[]){(enum grade)77}, 1, &list));
    fails(f->s, AR_INVALID, in_hours(f->s, (const struct ar_time_of_day[]){{7, 0, 0, 0}, {24, 0, 0, 0}}, 2, &list));
    assert_statements(f, 0);
}

static int open_networks(void **state)
{
    return fixture_open(state, &tariff_model, &network_model);
}

/* Keys that PostgreSQL casts, in a join table: links are added, loaded from both sides, and removed. */
static void test_join_table(void **state)
{
    struct fixture *f = *state;
    struct tariff tariffs[] = {{"12345678901234567.50", "high"}, {"0.05", "low"}};
    struct network network = {"10.0.0.0/8", "private"};
    struct network *networks[] = {&network};
    struct tariff_list list;
    struct network_list networks_of_low;
    add_row(f, &tariff_model, &tariffs[0]);
    add_row(f, &tariff_model, &tariffs[1]);
    add_row(f, &network_model, &network);

    for (size_t i = 0; i < 2; i++)
        ok(f->s, tariff_networks_add(f->s, &tariffs[i], networks, 1, NULL));
    reset_statements(f);
    ok(f->s, network_tariffs(f->s, &network, &list));
    assert_statements(f, 1);
    assert_int_equal(list.count, 2);
    struct tariff_query *q = tariff_query(f->s);
    tariff_where(q, ar_eq(tariff_column.name, "low"));
    (void)tariff_with_networks(q);
    ok(f->s, tariff_all(q, &list));
    assert_statements(f, 2);
    assert_int_equal(list.count, 1);
    ok(f->s, tariff_networks(f->s, list.items[0], &networks_of_low));
    assert_statements(f, 0);
    assert_int_equal(networks_of_low.count, 1);
    assert_text(networks_of_low.items[0]->address, "10.0.0.0/8");
    ok(f->s, tariff_networks_remove(f->s, &tariffs[1], networks, 1, NULL));
    ok(f->s, network_tariffs(f->s, &network, &list));
    assert_int_equal(list.count, 1);
    assert_text(list.items[0]->rate, "12345678901234567.50");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rows, open_things, fixture_close),
        cmocka_unit_test_setup_teardown(test_parameters, open_things, fixture_close),
        cmocka_unit_test_setup_teardown(test_lists, open_things, fixture_close),
        cmocka_unit_test_setup_teardown(test_query, open_things, fixture_close),
        cmocka_unit_test_setup_teardown(test_refused, open_things, fixture_close),
        cmocka_unit_test_setup_teardown(test_join_table, open_networks, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
