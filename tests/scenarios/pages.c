/* Pages, S-180 to S-186: the rows after or before a record. */
#include "pages.ar.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REELS = 3, SHOTS = 60, ORDERS = 150 };

static int open_reels(void **state)
{
    return fixture_open(state, &reel_model, &shot_model);
}

static int open_takes(void **state)
{
    return fixture_open(state, &take_model);
}

/* Shots 00 to 59, in turn on reels 1 to 3. Of each other value, some are equal and some are NULL. */
static void given_shots(struct fixture *f)
{
    static const char *const notes[] = {NULL, "", "a", "B", "é", "ab", NULL};
    for (int i = 0; i < REELS; i++)
        add_row(f, &reel_model, &(struct reel){.name = "reel"});
    for (int i = 0; i < SHOTS; i++) {
        char code[8];
        snprintf(code, sizeof code, "%02d", i * 7 % SHOTS);
        struct shot shot = {
            .reel_id = 1 + i % REELS,
            .code = code,
            .take = i % 4,
            .rating = i % 5,
            .note = notes[i % 7],
            .length = (i % 6) / 3.0,
            .weight = (float)(i % 3) / 7,
            .shot_at = 1000000000 + i % 8,
            .has_marks = i % 3 != 0,
            .marks = i % 2,
            .stage = (enum stage)(i % 3),
        };
        add_row(f, &shot_model, &shot);
    }
    reset_statements(f);
}

/* Assert that these are the shots `first`, `first` + 1, … of `all`. */
static void assert_part(const struct shot_list *part, const struct shot_list *all, size_t first, size_t count)
{
    assert_int_equal(part->count, count);
    for (size_t i = 0; i < count; i++)
        assert_ptr_equal(part->items[i], all->items[first + i]);
}

/* ---- S-180 and S-181: forward and back --------------------------------------------------------------------------- */

static struct shot_query *newest_first(struct ar_session *s)
{
    struct shot_query *q = shot_query(s);
    shot_order_by(q, ar_desc(shot_column.shot_at));
    return q;
}

/* S-180: NULL is the beginning, and the page after the last record is empty. */
static void test_s180_after(void **state)
{
    struct fixture *f = *state;
    given_shots(f);
    struct shot_list all, page;
    struct shot *last = NULL;
    ok(f->s, shot_all(newest_first(f->s), &all));
    reset_statements(f);
    struct shot_query *q = newest_first(f->s);
    shot_limit(q, 25);
    for (size_t seen = 0; seen < SHOTS; seen += page.count, last = page.items[page.count - 1]) {
        shot_after(q, last);
        ok(f->s, shot_all(q, &page));
        assert_part(&page, &all, seen, seen < 50 ? 25 : 10);
        assert_statements(f, 1);
    }
    shot_after(q, last);
    ok(f->s, shot_all(q, &page));
    assert_int_equal(page.count, 0);
}

/* S-181: the page before a record is next to it, and in the query's order. */
static void test_s181_before(void **state)
{
    struct fixture *f = *state;
    given_shots(f);
    struct shot_list all, page;
    struct shot *first;
    ok(f->s, shot_all(newest_first(f->s), &all));
    struct shot_query *q = newest_first(f->s);
    shot_limit(q, 5);
    shot_before(q, all.items[20]);
    ok(f->s, shot_all(q, &page));
    assert_part(&page, &all, 15, 5);
    ok(f->s, shot_first(q, &first));
    assert_ptr_equal(first, all.items[15]);
    shot_offset(q, 10);
    ok(f->s, shot_all(q, &page));
    assert_part(&page, &all, 5, 5);
    shot_before(q, all.items[2]);
    shot_offset(q, 0);
    ok(f->s, shot_all(q, &page));
    assert_part(&page, &all, 0, 2);
}

/* S-181: without a limit, all rows on one side; with both functions, those between. */
static void test_s181_between(void **state)
{
    struct fixture *f = *state;
    given_shots(f);
    struct shot_list all, page;
    ok(f->s, shot_all(newest_first(f->s), &all));
    struct shot_query *q = newest_first(f->s);
    shot_before(q, all.items[20]);
    ok(f->s, shot_all(q, &page));
    assert_part(&page, &all, 0, 20);
    shot_after(q, all.items[10]);
    ok(f->s, shot_all(q, &page));
    assert_part(&page, &all, 11, 9);
    shot_limit(q, 3);
    ok(f->s, shot_all(q, &page));
    assert_part(&page, &all, 11, 3);
    shot_after(q, NULL);
    shot_before(q, NULL);
    ok(f->s, shot_all(q, &page));
    assert_part(&page, &all, 0, 3);
}

/* S-181: without an order, pages are in the order of the key, here of two columns. */
static void test_s181_by_key(void **state)
{
    struct fixture *f = *state;
    given_shots(f);
    struct shot_list page;
    struct shot_query *q = shot_query(f->s);
    shot_after(q, &(struct shot){.reel_id = 2, .code = "30"});
    shot_before(q, &(struct shot){.reel_id = 3, .code = "05"});
    ok(f->s, shot_all(q, &page));
    assert_statements(f, 1);
    for (size_t i = 1; i < page.count; i++)
        assert_true(page.items[i - 1]->reel_id < page.items[i]->reel_id ||
                    strcmp(page.items[i - 1]->code, page.items[i]->code) < 0);
    assert_text(page.items[0]->code, "31");
    assert_text(page.items[page.count - 1]->code, "02");
}

/* ---- S-182: any order -------------------------------------------------------------------------------------------- */

static unsigned random_seed;

static unsigned random_below(unsigned limit)
{
    random_seed = random_seed * 1103515245 + 12345;
    return (random_seed >> 16) % limit;
}

static void add_random_orders(struct shot_query *q)
{
    const struct ar_order orders[] = {
        ar_asc(shot_column.take),    ar_asc(shot_column.rating),  ar_asc(shot_column.note),  ar_asc(shot_column.length),
        ar_asc(shot_column.weight),  ar_asc(shot_column.shot_at), ar_asc(shot_column.marks), ar_asc(shot_column.stage),
        ar_asc(shot_column.reel_id), ar_asc(shot_column.code),
    };
    unsigned count = 1 + random_below(4);
    for (unsigned i = 0; i < count; i++) {
        struct ar_order order = orders[random_below(sizeof orders / sizeof *orders)];
        order.descending = random_below(2) == 1;
        shot_order_by(q, order);
    }
}

/* Walk to the end and back by pages of a random size. */
static void test_s182_random_orders(void **state)
{
    struct fixture *f = *state;
    given_shots(f);
    for (unsigned seed = 0; seed < ORDERS; seed++) {
        random_seed = seed;
        struct shot_query *q = shot_query(f->s);
        struct shot_list all, page;
        add_random_orders(q);
        ok(f->s, shot_all(q, &all));
        assert_int_equal(all.count, SHOTS);
        size_t size = 1 + random_below(20), at = 0;
        shot_limit(q, size);
        for (; at < SHOTS; at += page.count) {
            shot_after(q, at > 0 ? all.items[at - 1] : NULL);
            ok(f->s, shot_all(q, &page));
            assert_part(&page, &all, at, size < SHOTS - at ? size : SHOTS - at);
        }
        shot_after(q, NULL);
        for (at = SHOTS - 1; at > 0; at -= page.count) {
            shot_before(q, all.items[at]);
            ok(f->s, shot_all(q, &page));
            assert_part(&page, &all, at - (size < at ? size : at), size < at ? size : at);
        }
    }
}

/* ---- S-183: pages of everything that a query can be -------------------------------------------------------------- */

/* A condition, the query of a relation, and an eager relation. */
static void test_s183_composed(void **state)
{
    struct fixture *f = *state;
    given_shots(f);
    struct reel *reel;
    struct shot_list all, page;
    ok(f->s, reel_find(f->s, 2, &reel));
    struct shot_query *q = reel_shots_query(f->s, reel);
    shot_where(q, ar_gt(shot_column.take, 0));
    shot_order_by(q, ar_desc(shot_column.rating));
    shot_order_by(q, ar_asc(shot_column.length));
    ok(f->s, shot_all(q, &all));
    shot_limit(q, 4);
    shot_before(q, all.items[9]);
    shot_with_reel(q);
    reset_statements(f);
    ok(f->s, shot_all(q, &page));
    assert_part(&page, &all, 5, 4);
    assert_statements(f, 2);
    for (size_t i = 0; i < page.count; i++) {
        struct reel *same;
        ok(f->s, shot_reel(f->s, page.items[i], &same));
        assert_ptr_equal(same, reel);
    }
    assert_statements(f, 0);
}

/* Each reel has a page of its shots, also if all levels are loaded in one trip. */
static void load_pages_of_parents(struct fixture *f, enum ar_plan plan, bool is_before)
{
    struct reel_query *reels = reel_query(f->s);
    struct shot_query *shots = reel_with_shots(reels);
    struct reel_list list;
    const struct shot place = {.reel_id = 2, .code = "30", .take = 2};
    shot_order_by(shots, ar_desc(shot_column.take));
    shot_order_by(shots, ar_asc(shot_column.code));
    if (is_before)
        shot_before(shots, &place);
    else
        shot_after(shots, &place);
    if (plan != AR_PLAN_ONE_TRIP)
        shot_limit(shots, 3);
    ar_query_plan(reels, plan);
    ok(f->s, reel_all(reels, &list));
    assert_statements(f, 2);
    for (size_t i = 0; i < list.count; i++) {
        struct shot_list all, page;
        struct shot_query *q = reel_shots_query(f->s, list.items[i]);
        shot_order_by(q, ar_desc(shot_column.take));
        shot_order_by(q, ar_asc(shot_column.code));
        ok(f->s, shot_all(q, &all));
        size_t before = 0;
        while (before < all.count && (all.items[before]->take > 2 ||
                                      (all.items[before]->take == 2 &&
                                       (strcmp(all.items[before]->code, "30") < 0 ||
                                        (strcmp(all.items[before]->code, "30") == 0 && list.items[i]->id < 2)))))
            before++;
        bool is_place = before < all.count && strcmp(all.items[before]->code, "30") == 0 && list.items[i]->id == 2;
        size_t first = is_before ? 0 : before + is_place, count = is_before ? before : all.count - first;
        if (plan != AR_PLAN_ONE_TRIP && count > 3) {
            first = is_before ? before - 3 : first;
            count = 3;
        }
        reset_statements(f);
        ok(f->s, reel_shots(f->s, list.items[i], &page));
        assert_part(&page, &all, first, count);
        assert_statements(f, 0);
    }
}

static void test_s183_per_parent(void **state)
{
    struct fixture *f = *state;
    given_shots(f);
    load_pages_of_parents(f, AR_PLAN_WAVES, false);
    load_pages_of_parents(f, AR_PLAN_WAVES, true);
    load_pages_of_parents(f, AR_PLAN_ONE_TRIP, false);
    load_pages_of_parents(f, AR_PLAN_ONE_TRIP, true);
}

/* A page before a record, with a limit, is the level above another one. */
static void test_s183_of_parents(void **state)
{
    struct fixture *f = *state;
    given_shots(f);
    for (enum ar_plan plan = AR_PLAN_WAVES; plan <= AR_PLAN_ONE_TRIP; plan++) {
        ar_session_clear(f->s);
        struct reel_query *q = reel_query(f->s);
        struct reel_list page;
        struct shot_list shots;
        reel_limit(q, 1);
        reel_before(q, &(struct reel){.id = 3});
        reel_with_shots(q);
        ar_query_plan(q, plan);
        ok(f->s, reel_all(q, &page));
        assert_int_equal(page.count, 1);
        assert_int_equal(page.items[0]->id, 2);
        assert_statements(f, 2);
        ok(f->s, reel_shots(f->s, page.items[0], &shots));
        assert_int_equal(shots.count, SHOTS / REELS);
        assert_statements(f, 0);
    }
}

/* Counts, sums, updates and deletes of a page. */
static void test_s183_as_a_set(void **state)
{
    struct fixture *f = *state;
    given_shots(f);
    struct shot_list all, left;
    struct ar_value value;
    int64_t count;
    bool any;
    ok(f->s, shot_all(newest_first(f->s), &all));
    struct shot_query *q = newest_first(f->s);
    shot_before(q, all.items[20]);
    ok(f->s, shot_count(q, &count));
    assert_int_equal(count, 20);
    shot_limit(q, 6);
    ok(f->s, shot_count(q, &count));
    assert_int_equal(count, 6);
    ok(f->s, shot_max(q, shot_column.shot_at, &value));
    assert_int_equal(value.time.seconds, all.items[14]->shot_at);
    reset_statements(f);
    ok(f->s, shot_update_all(q, ar_set(shot_column.take, 77), &count));
    assert_int_equal(count, 6);
    ok(f->s, shot_delete_all(q, &count));
    assert_int_equal(count, 6);
    assert_statements(f, 2);
    ok(f->s, shot_all(newest_first(f->s), &left));
    assert_int_equal(left.count, SHOTS - 6);
    assert_ptr_equal(left.items[13], all.items[13]);
    assert_ptr_equal(left.items[14], all.items[20]);
    for (size_t i = 14; i < 20; i++)
        fails(f->s, AR_NOT_FOUND, shot_reload(f->s, all.items[i]));
    shot_limit(q, 1);
    shot_before(q, left.items[0]);
    ok(f->s, shot_exists(q, &any));
    assert_false(any);
}

/* ---- S-184: the place of a record -------------------------------------------------------------------------------- */

/* Rows come and go before the page; its record is deleted. Nothing is repeated or skipped. */
static void test_s184_rows_come_and_go(void **state)
{
    struct fixture *f = *state;
    given_shots(f);
    struct shot_list all, page;
    ok(f->s, shot_all(newest_first(f->s), &all));
    struct shot_query *q = newest_first(f->s);
    shot_limit(q, 10);
    shot_after(q, all.items[9]);
    add_row(f, &shot_model, &(struct shot){.reel_id = 1, .code = "x", .shot_at = 2000000000});
    ok(f->s, shot_delete(f->s, all.items[3]));
    ok(f->s, shot_delete(f->s, all.items[9]));
    ok(f->s, shot_all(q, &page));
    assert_part(&page, &all, 10, 10);
}

/* The place is that of the values at the time of the call, and may be that of no row. */
static void test_s184_struct_of_the_caller(void **state)
{
    struct fixture *f = *state;
    given_shots(f);
    struct shot_list page;
    char code[] = "20";
    struct shot place = {.reel_id = 1, .code = code, .take = 3};
    struct shot_query *q = shot_query(f->s);
    shot_limit(q, 1);
    shot_after(q, &place);
    code[0] = 'x';
    place.take = 0;
    shot_order_by(q, ar_asc(shot_column.take));
    ok(f->s, shot_all(q, &page));
    assert_int_equal(page.items[0]->take, 3);
    assert_true(strcmp(page.items[0]->code, "20") > 0);
}

/* A value that no row can have. */
static void test_s184_invalid(void **state)
{
    struct fixture *f = *state;
    given_shots(f);
    struct shot_list page;
    struct reel_list reels;
    const struct shot place = {.reel_id = 1, .code = "20", .stage = (enum stage)9};
    struct shot_query *q = shot_query(f->s);
    shot_after(q, &place);
    ok(f->s, shot_all(q, &page)); /* not by stage */
    shot_order_by(q, ar_asc(shot_column.stage));
    fails(f->s, AR_INVALID, shot_all(q, &page));
    assert_error_names(f->s, "shot");
    assert_error_names(f->s, "stage");
    struct reel_query *parents = reel_query(f->s);
    shot_before(reel_with_shots(parents), &(struct shot){.reel_id = 1, .code = "\xff"});
    fails(f->s, AR_INVALID, reel_all(parents, &reels));
    assert_error_names(f->s, "UTF-8");
}

/* ---- S-186: columns that hold more than their fields ------------------------------------------------------------- */

/* Walk to the end by pages of one row, and assert that each row comes once. */
static void assert_walk(struct fixture *f, struct ar_order order, size_t count)
{
    struct take_query *q = take_query(f->s);
    struct take_list all, page;
    struct take *last = NULL;
    take_order_by(q, order);
    ok(f->s, take_all(q, &all));
    assert_int_equal(all.count, count);
    take_limit(q, 1);
    for (size_t i = 0; i < count; i++, last = page.items[0]) {
        take_after(q, last);
        ok(f->s, take_all(q, &page));
        assert_int_equal(page.count, 1);
        assert_ptr_equal(page.items[0], all.items[i]);
    }
}

/* Another program stores fractions of a second in the column of a time_t, and doubles in the column of a float. */
static void test_s186_fractions(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 12; i++)
        add_row(f, &take_model, &(struct take){.at = 1000000000 + i % 2, .speed = (float)(1 + i % 2) / 3});
    if (fixture_is_sqlite())
        run_sql(f, "UPDATE takes SET at = at || '.' || (12 - id), speed = speed + id * 1e-12");
    else
        run_sql(f, "ALTER TABLE takes ALTER speed TYPE double precision;"
                   "UPDATE takes SET at = at + (12 - id) * interval '0.01 seconds', speed = speed + id * 1e-12");
    assert_walk(f, ar_asc(take_column.at), 12);
    assert_walk(f, ar_desc(take_column.at), 12);
    assert_walk(f, ar_asc(take_column.speed), 12);
    assert_walk(f, ar_desc(take_column.speed), 12);
}

/* Doubles that are read as the same float, of any size: 2^24 + 1 is as far from the float below it as from the one
 * above, and the least floats have few digits. */
static void test_s186_doubles(void **state)
{
    static const char *const bases[] = {"16777217.0", "-16777217.0", "0.3", "-0.3", "1.5e-40", "-1.5e-40", "0.0"};
    struct fixture *f = *state;
    for (int i = 0; i < 12; i++)
        add_row(f, &take_model, &(struct take){.speed = 1});
    if (!fixture_is_sqlite())
        run_sql(f, "ALTER TABLE takes ALTER speed TYPE double precision");
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        char sql[160];
        snprintf(sql, sizeof sql, "UPDATE takes SET speed = %s * (CASE WHEN id %% 3 = 0 THEN 1 + 1e-9 ELSE 1 END)",
                 bases[i]);
        run_sql(f, sql);
        ar_session_clear(f->s);
        assert_walk(f, ar_asc(take_column.speed), 12);
        assert_walk(f, ar_desc(take_column.speed), 12);
    }
    /* Infinite numbers are not rounded. */
    run_sql(f, fixture_is_sqlite() ? "UPDATE takes SET speed = 9e999 * (id % 3 - 1) WHERE id % 3 <> 1"
                                   : "UPDATE takes SET speed = (id % 3 - 1) * CAST('Infinity' AS double precision)"
                                     " WHERE id % 3 <> 1");
    ar_session_clear(f->s);
    assert_walk(f, ar_asc(take_column.speed), 12);
    assert_walk(f, ar_desc(take_column.speed), 12);
}

/* If the row has another value since, or is gone, the place is that of the record. */
static void test_s186_changed_since(void **state)
{
    struct fixture *f = *state;
    struct take *middle, *next;
    for (int i = 0; i < 12; i++)
        add_row(f, &take_model, &(struct take){.at = 1000000000 + i});
    ok(f->s, take_find(f->s, 6, &middle));
    struct take_query *q = take_query(f->s);
    take_order_by(q, ar_asc(take_column.at));
    take_after(q, middle);
    take_limit(q, 1);
    middle->at += 1000;
    ok(f->s, take_save(f->s, middle));
    ok(f->s, take_one(q, &next));
    assert_int_equal(next->id, 7);
    ok(f->s, take_delete(f->s, middle));
    ok(f->s, take_one(q, &next));
    assert_int_equal(next->id, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s180_after, open_reels, fixture_close),
        cmocka_unit_test_setup_teardown(test_s181_before, open_reels, fixture_close),
        cmocka_unit_test_setup_teardown(test_s181_between, open_reels, fixture_close),
        cmocka_unit_test_setup_teardown(test_s181_by_key, open_reels, fixture_close),
        cmocka_unit_test_setup_teardown(test_s182_random_orders, open_reels, fixture_close),
        cmocka_unit_test_setup_teardown(test_s183_composed, open_reels, fixture_close),
        cmocka_unit_test_setup_teardown(test_s183_per_parent, open_reels, fixture_close),
        cmocka_unit_test_setup_teardown(test_s183_of_parents, open_reels, fixture_close),
        cmocka_unit_test_setup_teardown(test_s183_as_a_set, open_reels, fixture_close),
        cmocka_unit_test_setup_teardown(test_s184_rows_come_and_go, open_reels, fixture_close),
        cmocka_unit_test_setup_teardown(test_s184_struct_of_the_caller, open_reels, fixture_close),
        cmocka_unit_test_setup_teardown(test_s184_invalid, open_reels, fixture_close),
        cmocka_unit_test_setup_teardown(test_s186_fractions, open_takes, fixture_close),
        cmocka_unit_test_setup_teardown(test_s186_doubles, open_takes, fixture_close),
        cmocka_unit_test_setup_teardown(test_s186_changed_since, open_takes, fixture_close),
    };
    return cmocka_run_group_tests_name("pages", tests, NULL, NULL);
}
