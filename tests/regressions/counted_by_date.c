/* Counting rows of parents whose key is a date or a time read the value as if it was a string. */
#include "counted_by_date.ar.h"
#include "support.h"

static int open_tables(void **state)
{
    return fixture_open(state, &day_model, &hour_model, &tick_model, &visit_model);
}

/* Assert the counts of visits on each of three days, in each of three hours and at each of three times. */
static void assert_counts(struct fixture *f, const int32_t expected[3])
{
    struct ar_session *const sessions[] = {f->s, f->other};

    ar_session_clear(f->other);
    for (size_t i = 0; i < 2; i++) {
        struct day_list days;
        struct hour_list hours;
        struct tick_list ticks;
        ok(sessions[i], day_all(by_key(day_query(sessions[i]), &day_model), &days));
        ok(sessions[i], hour_all(by_key(hour_query(sessions[i]), &hour_model), &hours));
        ok(sessions[i], tick_all(by_key(tick_query(sessions[i]), &tick_model), &ticks));
        for (size_t k = 0; k < 3; k++) {
            assert_int_equal(days.items[k]->visit_count, expected[k]);
            assert_int_equal(hours.items[k]->visit_count, expected[k]);
            assert_int_equal(ticks.items[k]->visit_count, expected[k]);
        }
    }
}

static struct visit visit_of(unsigned number)
{
    return (struct visit){.on_day = {2024, 2, (uint8_t)(27 + number)},
                          .since = {.hour = (uint8_t)(number + 1)},
                          .at = {.tv_sec = 1000, .tv_nsec = 1000 * (long)number}};
}

static void given_parents(struct fixture *f)
{
    for (unsigned i = 0; i < 3; i++) {
        const struct visit visit = visit_of(i);
        add_row(f, &day_model, &(struct day){.date = visit.on_day});
        add_row(f, &hour_model, &(struct hour){.begin = visit.since});
        add_row(f, &tick_model, &(struct tick){.at = visit.at});
    }
}

/* Three parents are updated together, two or one alone. */
static void test_writes(void **state)
{
    struct fixture *f = *state;
    struct visit visits[] = {visit_of(2), visit_of(0), visit_of(1), visit_of(0)};

    given_parents(f);
    assert_counts(f, (const int32_t[]){0, 0, 0});
    ok(f->s, visit_insert_many(f->s, visits, 4));
    assert_counts(f, (const int32_t[]){2, 1, 1});
    visits[1].on_day = visits[2].on_day;
    visits[1].since = visits[2].since;
    visits[1].at = visits[2].at;
    ok(f->s, visit_save(f->s, &visits[1]));
    assert_counts(f, (const int32_t[]){1, 2, 1});
    ok(f->s, visit_delete(f->s, &visits[0]));
    assert_counts(f, (const int32_t[]){1, 2, 0});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_writes, open_tables, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
