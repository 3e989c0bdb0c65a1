/* Updates of more sets of columns than a database keeps the SQL of, by two sessions in turns, S-720. */
#include "columns.ar.h"
#include "support.h"

enum { COLUMNS = 7, SETS = 1 << COLUMNS };

static int open_tallies(void **state)
{
    return fixture_open(state, &tally_model);
}

/* Add 1 to the columns of the set. */
static void increment(struct tally *tally, unsigned set)
{
    if ((set & 1) != 0)
        tally->tiny++;
    if ((set & 2) != 0)
        tally->small++;
    if ((set & 4) != 0)
        tally->medium++;
    if ((set & 8) != 0)
        tally->large++;
    if ((set & 16) != 0)
        tally->utiny++;
    if ((set & 32) != 0)
        tally->usmall++;
    if ((set & 64) != 0)
        tally->umedium++;
}

static void assert_sums(const struct tally *tally, int64_t sum)
{
    assert_int_equal(tally->tiny, sum);
    assert_int_equal(tally->small, sum);
    assert_int_equal(tally->medium, sum);
    assert_int_equal(tally->large, sum);
    assert_int_equal(tally->utiny, sum);
    assert_int_equal(tally->usmall, sum);
    assert_int_equal(tally->umedium, sum);
}

static void test_every_set_of_columns(void **state)
{
    struct fixture *f = *state;
    struct tally tally = {.name = "all"}, *mine, *theirs;
    add_row(f, &tally_model, &tally);
    for (unsigned set = 1; set < SETS; set++) {
        ar_session_clear(f->s);
        ar_session_clear(f->other);
        ok(f->s, tally_find(f->s, tally.id, &mine));
        reset_statements(f);
        increment(mine, set);
        ok(f->s, tally_update(f->s, mine));
        assert_statements(f, 1);
        ok(f->other, tally_find(f->other, tally.id, &theirs));
        increment(theirs, SETS - 1 - set);
        ok(f->other, tally_update(f->other, theirs));
    }
    ar_session_clear(f->s);
    ok(f->s, tally_find(f->s, tally.id, &mine));
    assert_sums(mine, SETS - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_set_of_columns, open_tallies, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
