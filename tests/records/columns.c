/* Columns compared with columns, arithmetic and NULL in update_all, and strings with and without regard to case, S-209
 * to S-214. */
#include "columns.ar.h"
#include "support.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_pairs(void **state)
{
    return fixture_open(state, &pair_model);
}

static int open_tallies(void **state)
{
    return fixture_open(state, &tally_model);
}

/* The pairs with these ids, by id, satisfy the condition. */
static void assert_matches_at(struct fixture *f, struct ar_condition condition, const char *expected, const char *file,
                              int line)
{
    struct pair_query *q = pair_query(f->s);
    struct pair_list pairs;
    char ids[256] = "";
    size_t length = 0;
    pair_where(q, condition);
    pair_order_by(q, ar_asc(pair_column.id));
    support_ok(f->s, pair_all(q, &pairs), "pair_all", file, line);
    for (size_t i = 0; i < pairs.count && length < sizeof ids; i++)
        length += (size_t)snprintf(ids + length, sizeof ids - length, i == 0 ? "%d" : " %d", (int)pairs.items[i]->id);
    support_text(ids, expected, file, line);
    support_statements(f, 1, file, line);
}

#define assert_matches(f, condition, expected) assert_matches_at((f), (condition), (expected), __FILE__, __LINE__)

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

/* In the first row each column is less than the other of its kind, in the second equal, in the third greater. */
static void given_pairs(struct fixture *f)
{
    for (int i = 0; i < 3; i++) {
        struct pair pair = {
            .first = 40000 * i - 39999,
            .second = 1,
            .positive = 1,
            .real = 0.5F * (float)i,
            .precise = 0.5,
            .text = i == 0   ? "a"
                    : i == 1 ? "b"
                             : "c",
            .fixed = "b",
            .side = i == 2 ? RIGHT : LEFT,
            .other_side = i == 0 ? RIGHT : LEFT,
            .flag = i == 2,
            .other_flag = i != 1,
            .uuid = {(uint8_t)(i + 1)},
            .next = {2},
            .begins_at = 100 * i,
            .ends_at = 100,
            .sent = {100, 1000 * i},
            .read = {100, 1000},
            .blob = {i == 0   ? "a"
                     : i == 1 ? "b\0"
                              : "c",
                     2},
            .copy = {"b\0", 2},
        };
        add_row(f, &pair_model, &pair);
    }
}

static void test_s209_columns(void **state)
{
    struct fixture *f = *state;
    given_pairs(f);
    assert_matches(f, ar_lt_column(pair_column.first, pair_column.second), "1");
    assert_matches(f, ar_le_column(pair_column.first, pair_column.second), "1 2");
    assert_matches(f, ar_eq_column(pair_column.first, pair_column.second), "2");
    assert_matches(f, ar_ne_column(pair_column.first, pair_column.second), "1 3");
    assert_matches(f, ar_ge_column(pair_column.first, pair_column.second), "2 3");
    assert_matches(f, ar_gt_column(pair_column.first, pair_column.second), "3");
    assert_matches(f, ar_eq_column(pair_column.positive, pair_column.first), "2");
    assert_matches(f, ar_lt_column(pair_column.first, pair_column.positive), "1");
    assert_matches(f, ar_eq_column(pair_column.positive, pair_column.positive), "1 2 3");
    assert_matches(f, ar_lt_column(pair_column.real, pair_column.precise), "1");
    assert_matches(f, ar_gt_column(pair_column.text, pair_column.fixed), "3");
    assert_matches(f, ar_eq_column(pair_column.side, pair_column.other_side), "2");
    assert_matches(f, ar_eq_column(pair_column.flag, pair_column.other_flag), "2 3");
    assert_matches(f, ar_lt_column(pair_column.uuid, pair_column.next), "1");
    assert_matches(f, ar_gt_column(pair_column.begins_at, pair_column.ends_at), "3");
    assert_matches(f, ar_lt_column(pair_column.sent, pair_column.read), "1");
    assert_matches(f, ar_eq_column(pair_column.blob, pair_column.copy), "2");
    assert_matches(f, ar_and(ar_not(ar_eq_column(pair_column.first, pair_column.second)), ar_gt(pair_column.id, 1)),
                   "3");
}

/* NULL is neither equal nor unequal to anything, itself included. */
static void test_s209_null(void **state)
{
    struct fixture *f = *state;
    struct pair pair = {.text = NULL, .begins_at = 5};
    add_row(f, &pair_model, &pair);
    assert_matches(f, ar_eq_column(pair_column.begins_at, pair_column.ends_at), "");
    assert_matches(f, ar_ne_column(pair_column.begins_at, pair_column.ends_at), "");
    assert_matches(f, ar_eq_column(pair_column.text, pair_column.text), "");
    assert_matches(f, ar_lt(pair_column.text, NULL), "");
    assert_matches(f, ar_not(ar_eq_column(pair_column.text, pair_column.fixed)), "");
}

static void test_s209_refused(void **state)
{
    struct fixture *f = *state;
    const struct {
        struct ar_condition condition;
        const char *reason;
    } cases[] = {
        {ar_eq_column(pair_column.side, pair_column.shape), "different enums"},
        {ar_eq_column(pair_column.begins_at, pair_column.day), "in different forms (AR_STORED_AS)"},
        {ar_eq_column(pair_column.id, tally_column.id), "tally.id cannot be used in a query of pair"},
        {ar_eq_column(tally_column.id, pair_column.id), "tally.id cannot be used in a query of pair"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct pair_query *q = pair_query(f->s);
        struct pair_list pairs;
        pair_where(q, cases[i].condition);
        fails(f->s, AR_MISUSE, pair_all(q, &pairs));
        assert_error_names(f->s, cases[i].reason);
    }
}

/* ---- Arithmetic -------------------------------------------------------------------------------------------------- */

static struct tally *the_tally(struct fixture *f)
{
    struct tally *tally;
    f->is_paused = true;
    ok(f->s, tally_find(f->s, 1, &tally));
    f->is_paused = false;
    return tally;
}

static enum ar_status update(struct fixture *f, struct ar_assignment set, int64_t *changed)
{
    return tally_update_all(tally_query(f->s), set, changed);
}

static void test_s210_arithmetic(void **state)
{
    struct fixture *f = *state;
    int64_t changed;
    add_row(f, &tally_model,
            &(struct tally){.tiny = 5, .small = 300, .medium = -7, .ularge = 40, .precise = 1.5, .name = "n"});
    ok(f->s, update(f,
                    ar_sets(ar_add(tally_column.tiny, 1), ar_subtract(tally_column.small, 301),
                            ar_multiply(tally_column.medium, -1000), ar_subtract(tally_column.ularge, 40U),
                            ar_multiply(tally_column.precise, -2), ar_set(tally_column.note, "changed")),
                    &changed));
    assert_int_equal(changed, 1);
    assert_statements(f, 1);
    const struct tally *tally = the_tally(f);
    assert_int_equal(tally->tiny, 6);
    assert_int_equal(tally->small, -1);
    assert_int_equal(tally->medium, 7000);
    assert_int_equal(tally->ularge, 0);
    assert_true(tally->precise == -3.0);
    assert_text(tally->note, "changed");
    assert_int_equal(tally->version, 1);
}

/* The sum of two floats is a float, on every database: a condition finds it. With .sqlite_plain, it is rounded when it
 * is read, but not stored as a float. */
static void test_s210_floats(void **state)
{
    struct fixture *f = *state;
    int64_t count, expected = fixture_is_plain() ? 0 : 1;
    add_row(f, &tally_model, &(struct tally){.single = 0.1F, .name = "n"});
    ok(f->s, update(f, ar_add(tally_column.single, (double)0.2F), NULL));
    float sum = 0.1F + 0.2F;
    assert_true(the_tally(f)->single == sum);
    struct tally_query *q = tally_query(f->s);
    tally_where(q, ar_eq(tally_column.single, (double)sum));
    ok(f->s, tally_count(q, &count));
    assert_int_equal(count, expected);
}

/* Up to the limits of each field, and not further: the statement fails, and no row is changed. */
static void test_s210_limits(void **state)
{
    struct fixture *f = *state;
    const struct {
        struct ar_assignment fits, too_far, back;
    } cases[] = {
#define CASE(column, up, down)                                                                                         \
    {ar_add(tally_column.column, up), ar_add(tally_column.column, 1), ar_subtract(tally_column.column, up)},           \
        {ar_subtract(tally_column.column, down), ar_subtract(tally_column.column, 1),                                  \
         ar_add(tally_column.column, down)}
        CASE(tiny, INT8_MAX, 128),         CASE(small, INT16_MAX, 32768), CASE(medium, INT32_MAX, INT64_C(2147483648)),
        CASE(large, INT64_MAX, INT64_MAX), CASE(utiny, UINT8_MAX, 0),     CASE(usmall, UINT16_MAX, 0),
        CASE(umedium, UINT32_MAX, 0),      CASE(ularge, INT64_MAX, 0),    CASE(percent, 100, 0),
#undef CASE
    };
    add_row(f, &tally_model, &(struct tally){.name = "one"});
    add_row(f, &tally_model, &(struct tally){.name = "two"});
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t changed = 9;
        const struct ar_column *column = cases[i].fits.columns[0].column;
        ok(f->s, update(f, cases[i].fits, &changed));
        assert_int_equal(changed, 2);
        if (column == tally_column.large.column && i % 2 == 1) /* -INT64_MAX is not yet the limit */
            ok(f->s, update(f, cases[i].too_far, NULL));
        fails(f->s, AR_INVALID, update(f, cases[i].too_far, &changed));
        assert_int_equal(changed, 0);
        assert_error_names(f->s, column->field);
        assert_error_names(f->s, "no row was changed");
        assert_text(ar_session_error(f->s)->column, column->field);
        if (column == tally_column.large.column && i % 2 == 1)
            ok(f->s, update(f, ar_add(tally_column.large, 1), NULL));
        ok(f->s, update(f, cases[i].back, NULL));
    }
    assert_int_equal(the_tally(f)->large, 0);
}

/* In which rows the result fits depends on the row: one that does not is enough, and the message names the columns. */
static void test_s210_one_of_many_rows(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 3; i++)
        add_row(f, &tally_model, &(struct tally){.utiny = (uint8_t)(i == 1 ? 200 : 1), .share = 0.5, .name = "n"});
    fails(f->s, AR_INVALID, update(f, ar_add(tally_column.utiny, 100U), NULL));
    assert_int_equal(the_tally(f)->utiny, 1);
    fails(f->s, AR_INVALID, update(f, ar_multiply(tally_column.share, 3), NULL));
    fails(f->s, AR_INVALID,
          update(f, ar_sets(ar_add(tally_column.large, 1), ar_multiply(tally_column.share, 3)), NULL));
    assert_error_names(f->s, "large or share");
    assert_true(ar_session_error(f->s)->column == NULL || ar_session_error(f->s)->sql != NULL);
    struct tally_query *q = tally_query(f->s);
    tally_where(q, ar_lt(tally_column.utiny, 100U));
    ok(f->s, tally_update_all(q, ar_add(tally_column.utiny, 100U), NULL));
    assert_int_equal(the_tally(f)->utiny, 101);
}

static void test_s210_reals(void **state)
{
    struct fixture *f = *state;
    add_row(f, &tally_model, &(struct tally){.single = FLT_MAX, .precise = DBL_MAX, .name = "n"});
    fails(f->s, AR_INVALID, update(f, ar_multiply(tally_column.single, 2), NULL));
    fails(f->s, AR_INVALID, update(f, ar_multiply(tally_column.single, -2), NULL));
    fails(f->s, AR_INVALID, update(f, ar_multiply(tally_column.precise, 2), NULL));
    fails(f->s, AR_INVALID, update(f, ar_multiply(tally_column.precise, -2), NULL));
    fails(f->s, AR_INVALID, update(f, ar_add(tally_column.precise, strtod("nan", NULL)), NULL));
    fails(f->s, AR_INVALID, update(f, ar_add(tally_column.single, 1e300), NULL));
    assert_error_names(f->s, "not finite");
    assert_true(the_tally(f)->precise == DBL_MAX);
}

/* NULL stays NULL; and in a transaction, the failed statement leaves what the database leaves. */
static void test_s210_null(void **state)
{
    struct fixture *f = *state;
    add_row(f, &tally_model, &(struct tally){.name = "n"});
    add_row(f, &tally_model, &(struct tally){.name = "n", .has_maybe = true, .maybe = 4});
    ok(f->s, update(f, ar_add(tally_column.maybe, 3), NULL));
    struct tally_query *q = tally_query(f->s);
    struct tally_list tallies;
    tally_order_by(q, ar_asc(tally_column.id));
    ok(f->s, tally_all(q, &tallies));
    assert_false(tallies.items[0]->has_maybe);
    assert_int_equal(tallies.items[1]->maybe, 7);
}

static void test_s210_refused(void **state)
{
    struct fixture *f = *state;
    add_row(f, &tally_model, &(struct tally){.name = "n"});
    fails(f->s, AR_MISUSE, update(f, ar_add(pair_column.first, 1), NULL));
    assert_error_names(f->s, "pair.first");
    fails(f->s, AR_INVALID, update(f, ar_add(tally_column.ularge, UINT64_MAX), NULL));
    assert_error_names(f->s, "largest integer");
    fails(f->s, AR_MISUSE, update(f, ar_sets(ar_add(tally_column.tiny, 1), ar_set(tally_column.tiny, 2)), NULL));
    assert_error_names(f->s, "tally assigns tiny twice");
}

static void test_s211_null(void **state)
{
    struct fixture *f = *state;
    add_row(f, &tally_model, &(struct tally){.name = "n", .note = "text", .has_maybe = true, .maybe = 4});
    ok(f->s, update(f, ar_sets(ar_set_null(tally_column.note), ar_set_null(tally_column.maybe)), NULL));
    const struct tally *tally = the_tally(f);
    assert_null(tally->note);
    assert_false(tally->has_maybe);
    const struct ar_assignment refused[] = {ar_set_null(tally_column.tiny), ar_set_null(tally_column.name),
                                            ar_set_null(tally_column.id)};
    for (size_t i = 0; i < 3; i++) {
        fails(f->s, AR_INVALID, update(f, refused[i], NULL));
        assert_error_names(f->s, "cannot be set to NULL");
    }
    assert_text(ar_session_error(f->s)->column, "id");
}

/* ---- The case of letters ----------------------------------------------------------------------------------------- */

/* 1 Straße, 2 STRASSE, 3 straße, 4 STRAßE, 5 ÄPFEL, 6 äpfel, 7 50%_[x]*?\, 8 NULL, and the names LEFT or RIGHT. */
static void given_words(struct fixture *f)
{
    static const char *const words[] = {
        "Stra\xC3\x9F"
        "e",
        "STRASSE",
        "stra\xC3\x9F"
        "e",
        "STRA\xC3\x9F"
        "E",
        "\xC3\x84PFEL",
        "\xC3\xA4pfel",
        "50%_[x]*?\\",
        NULL,
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        add_row(f, &pair_model, &(struct pair){.text = words[i], .side = i % 2 == 0 ? LEFT : RIGHT});
}

static void test_s212_nocase(void **state)
{
    struct fixture *f = *state;
    given_words(f);
    assert_matches(f, ar_eq_nocase(pair_column.text, "sTRAsse"), "2");
    assert_matches(f,
                   ar_eq_nocase(pair_column.text, "sTRA\xC3\x9F"
                                                  "e"),
                   "1 3 4");
    assert_matches(f, ar_eq_nocase(pair_column.text, "\xC3\xA4pfEL"), "6"); /* only A to Z are folded */
    assert_matches(f, ar_eq_nocase(pair_column.text, "\xC3\x84PFel"), "5");
    assert_matches(f, ar_not(ar_eq_nocase(pair_column.text, "strasse")), "1 3 4 5 6 7");
    assert_matches(f, ar_eq_nocase(pair_column.text, NULL), "8");
    assert_matches(f, ar_eq_nocase(pair_column.side, "left"), "1 3 5 7");
    assert_matches(f, ar_contains_nocase(pair_column.text, "RAs"), "2");
    assert_matches(f, ar_contains_nocase(pair_column.text, "PfEl"), "5 6");
    assert_matches(f, ar_contains_nocase(pair_column.text, "[X]"), "7");
    assert_matches(f, ar_contains_nocase(pair_column.text, "%_"), "7");
    assert_matches(f, ar_starts_with_nocase(pair_column.text, "STRA"), "1 2 3 4");
    assert_matches(f, ar_ends_with_nocase(pair_column.text, "sse"), "2");
    assert_matches(f, ar_like_nocase(pair_column.text, "st%e"), "1 2 3 4");
    assert_matches(f, ar_like_nocase(pair_column.text, "S_RA_E"), "1 3 4");
    assert_matches(f, ar_like_nocase(pair_column.text, "50\\%%"), "7");
    assert_matches(f, ar_like_nocase(pair_column.text, NULL), "");
    assert_matches(f, ar_starts_with_nocase(pair_column.side, "r"), "2 4 6 8");
}

static void test_s213_exact(void **state)
{
    struct fixture *f = *state;
    given_words(f);
    assert_matches(f, ar_contains_exact(pair_column.text, "RA"), "2 4");
    assert_matches(f, ar_contains_exact(pair_column.text, "ra"), "1 3");
    assert_matches(f, ar_starts_with_exact(pair_column.text, "S"), "1 2 4");
    assert_matches(f, ar_ends_with_exact(pair_column.text, "E"), "2 4");
    assert_matches(f, ar_like_exact(pair_column.text, "S%e"), "1");
    assert_matches(f, ar_like_exact(pair_column.text, "_PFEL"), "5");
    assert_matches(f, ar_like_exact(pair_column.text, "STR%\\E"), "2 4");
    assert_matches(f, ar_contains_exact(pair_column.side, "ft"), "");
    assert_matches(f, ar_contains_exact(pair_column.side, "FT"), "1 3 5 7");
    /* The wildcards of every kind of pattern are ordinary letters. */
    static const char *const literals[] = {"%", "_", "[", "]", "*", "?", "\\", "[x]", "*?", "%_[x]*?\\"};
    for (size_t i = 0; i < sizeof literals / sizeof literals[0]; i++)
        assert_matches(f, ar_contains_exact(pair_column.text, literals[i]), "7");
    assert_matches(f, ar_like_exact(pair_column.text, "50\\%\\_[x]*?\\\\"), "7");
    assert_matches(f, ar_like_exact(pair_column.text, "50[%]%"), "");
    assert_matches(f, ar_contains_exact(pair_column.text, ""), "1 2 3 4 5 6 7");
    assert_matches(f, ar_like_exact(pair_column.text, NULL), "");
}

/* Values are parameters, in every form of text. */
static void test_s214_hostile_text(void **state)
{
    struct fixture *f = *state;
    static const char *const hostile[] = {
        "'; DROP TABLE pairs; --", "\" OR 1=1 --", "$1", "?1", "%' OR '1'='1", "[^a]*'", "\\' OR 1=1 --"};
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++)
        add_row(f, &pair_model, &(struct pair){.text = hostile[i]});
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        char id[8];
        snprintf(id, sizeof id, "%d", (int)i + 1);
        assert_matches(f, ar_eq_nocase(pair_column.text, hostile[i]), id);
        assert_matches(f, ar_contains_nocase(pair_column.text, hostile[i]), id);
        assert_matches(f, ar_contains_exact(pair_column.text, hostile[i]), id);
        assert_matches(f, ar_starts_with_exact(pair_column.text, hostile[i]), id);
        assert_matches(f, ar_ends_with_nocase(pair_column.text, hostile[i]), id);
    }
    struct pair_query *q = pair_query(f->s);
    int64_t count;
    pair_where(q, ar_like_exact(pair_column.text, "a\\"));
    fails(f->s, AR_INVALID, pair_count(q, &count));
    q = pair_query(f->s);
    pair_where(q, ar_eq_nocase(pair_column.text, "\xFF"));
    fails(f->s, AR_INVALID, pair_count(q, &count));
}

static int open_deadlines(void **state)
{
    return fixture_open(state, &deadline_model);
}

/* A date is midnight, to the nanosecond. */
static void test_dates_are_midnight(void **state)
{
    static const struct timespec wrong[] = {{86400, 1}, {86401, 0}, {-1, 0}};
    struct fixture *f = *state;
    struct deadline deadline = {.day = {-86400, 0}}, *stored;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct deadline late = {.day = wrong[i]};
        fails(f->s, AR_INVALID, deadline_insert(f->s, &late));
        assert_error_names(f->s, "deadline.day has a time of day, which AR_STORED_AS(date) does not store");
    }
    ok(f->s, deadline_insert(f->s, &deadline));
    ok(f->other, deadline_find(f->other, deadline.id, &stored));
    assert_true(stored->day.tv_sec == -86400 && stored->day.tv_nsec == 0);
}

#define pairs_test(test) cmocka_unit_test_setup_teardown(test, open_pairs, fixture_close)
#define tallies_test(test) cmocka_unit_test_setup_teardown(test, open_tallies, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        pairs_test(test_s209_columns),
        pairs_test(test_s209_null),
        pairs_test(test_s209_refused),
        tallies_test(test_s210_arithmetic),
        tallies_test(test_s210_floats),
        tallies_test(test_s210_limits),
        tallies_test(test_s210_one_of_many_rows),
        tallies_test(test_s210_reals),
        tallies_test(test_s210_null),
        tallies_test(test_s210_refused),
        tallies_test(test_s211_null),
        pairs_test(test_s212_nocase),
        pairs_test(test_s213_exact),
        pairs_test(test_s214_hostile_text),
        cmocka_unit_test_setup_teardown(test_dates_are_midnight, open_deadlines, fixture_close),
    };
    return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
