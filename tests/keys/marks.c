/* S-579: a UUID of version 7 as a part of a composite key, in every kind of insert. */
#include "marks.ar.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Round trips to PostgreSQL: every run of statements ends with a sync ----------------------------------------- */

struct pg_conn;
int __real_PQpipelineSync(struct pg_conn *connection); /* NOLINT(bugprone-reserved-identifier) */
int __wrap_PQpipelineSync(struct pg_conn *connection); /* NOLINT(bugprone-reserved-identifier) */

static size_t round_trips;

int __wrap_PQpipelineSync(struct pg_conn *connection) /* NOLINT(bugprone-reserved-identifier) */
{
    round_trips++;
    return __real_PQpipelineSync(connection);
}

static int open_marks(void **state)
{
    return fixture_open(state, &binder_model, &sheet_model, &remark_model);
}

static struct binder add_binder(struct fixture *f, int64_t tenant_id)
{
    struct binder binder = {.tenant_id = tenant_id, .name = "plans"};
    add_row(f, &binder_model, &binder);
    reset_statements(f);
    return binder;
}

/* The keys are made before the statements: all levels are one round trip, and COMMIT another. */
static void test_a_graph_in_one_round_trip(void **state)
{
    struct fixture *f = *state;
    struct binder binders[2] = {{.tenant_id = 1, .name = "a"}, {.tenant_id = 2, .name = "b"}}, *binder;
    struct sheet sheets[3] = {{.number = 1}, {.number = 2}, {.number = 3, .state = "old"}}, *sheet;
    struct remark remarks[3] = {{.text = "x"}, {.text = "y"}, {.text = "z"}}, *remark;
    struct ar_graph graph = ar_graph_start(f->s);
    for (size_t i = 0; i < 3; i++) {
        remark_set_sheet(&graph, &remarks[i], &sheets[i]);
        sheet_set_binder(&graph, &sheets[i], &binders[i / 2]);
    }
    round_trips = 0;
    ok(f->s, ar_graph_save(&graph));
    assert_int_equal(round_trips, fixture_is_sqlite() ? 0 : 2);
    for (size_t i = 0; i < 3; i++) {
        ok(f->other, remark_find(f->other, remarks[i].tenant_id, remarks[i].id, &remark));
        assert_text(remark->text, remarks[i].text);
        ok(f->other, remark_sheet(f->other, remark, &sheet));
        assert_int_equal(sheet->number, i + 1);
        assert_text(sheet->state, i == 2 ? "old" : "new");
        assert_text(sheets[i].state, sheet->state);
        ok(f->other, sheet_binder(f->other, sheet, &binder));
        assert_int_equal(binder->tenant_id, 1 + i / 2);
        assert_int_equal(binder->sheets_count, i < 2 ? 2 : 1);
    }
    assert_true(memcmp(binders[0].id, binders[1].id, 16) < 0);
}

/* A failure undoes everything, and changes no struct. */
static void test_a_graph_that_fails(void **state)
{
    struct fixture *f = *state;
    static const uint8_t zero[16];
    struct binder binder = {.tenant_id = 1, .name = "a"};
    struct sheet sheet = {.number = 1};
    struct remark remark = {.text = "x"}, taken = {.text = "y"};
    struct ar_graph graph = ar_graph_start(f->s);
    int64_t count;
    remark_set_sheet(&graph, &remark, &sheet);
    sheet_set_binder(&graph, &sheet, &binder);
    ok(f->s, ar_graph_save(&graph));
    taken = (struct remark){.text = "again"};
    memcpy(taken.id, remark.id, 16);
    binder = (struct binder){.tenant_id = 1, .name = "b"};
    sheet = (struct sheet){.number = 2};
    remark_set_sheet(&graph, &taken, &sheet);
    sheet_set_binder(&graph, &sheet, &binder);
    fails(f->s, AR_CONSTRAINT, ar_graph_save(&graph));
    assert_memory_equal(binder.id, zero, 16);
    assert_memory_equal(sheet.binder_id, zero, 16);
    ok(f->other, binder_count(binder_query(f->other), &count));
    assert_int_equal(count, 1);
}

static void check_many(struct fixture *f, size_t count)
{
    struct sheet *sheets = calloc(count, sizeof *sheets), *read;
    struct binder binders[2] = {add_binder(f, 1), add_binder(f, 2)}, *binder;
    for (size_t i = 0; i < count; i++) {
        sheets[i] = (struct sheet){.tenant_id = 1 + (int64_t)i % 2, .number = (int32_t)i, .state = "s"};
        memcpy(sheets[i].binder_id, binders[i % 2].id, 16);
    }
    ok(f->s, sheet_insert_many(f->s, sheets, count));
    for (size_t i = 1; i < count; i++)
        assert_true(memcmp(sheets[i - 1].id, sheets[i].id, 16) < 0);
    for (size_t i = 0; i < count; i += 37) {
        ok(f->other, sheet_find(f->other, sheets[i].tenant_id, sheets[i].id, &read));
        assert_int_equal(read->number, i);
    }
    ok(f->other, binder_find(f->other, 1, binders[0].id, &binder));
    assert_int_equal(binder->sheets_count, (count + 1) / 2);
    free(sheets);
}

static void test_many(void **state)
{
    check_many(*state, 150);
}

/* COPY. */
static void test_very_many(void **state)
{
    check_many(*state, 2300);
}

static void test_upsert(void **state)
{
    struct fixture *f = *state;
    struct binder first = add_binder(f, 1), both[3] = {{.tenant_id = 1, .name = "new"}, first, {.tenant_id = 2}}, *read;
    struct ar_upsert_totals totals;
    both[1].name = "changed";
    ok(f->s, binder_upsert_many(f->s, both, 3, NULL, NULL, &totals));
    assert_int_equal(totals.inserted, 2);
    assert_int_equal(totals.updated, 1);
    for (size_t i = 0; i < 3; i++) {
        ok(f->other, binder_find(f->other, both[i].tenant_id, both[i].id, &read));
        assert_text(read->name, both[i].name);
    }
    assert_memory_equal(both[1].id, first.id, 16);
}

static void test_links(void **state)
{
    struct fixture *f = *state;
    struct binder first = add_binder(f, 1), second = add_binder(f, 1), *binder;
    struct sheet sheet, other = {.tenant_id = 1, .number = 2}, foreign = {.tenant_id = 2}, *sheets[] = {&sheet, &other};
    struct sheet *foreigners[] = {&foreign};
    struct ar_link_changes changes;
    ok(f->s, binder_sheets_build(f->s, &first, &sheet));
    sheet.number = 1;
    ok(f->s, sheet_save(f->s, &sheet));
    ok(f->s, sheet_save(f->s, &other));
    ok(f->s, sheet_save(f->s, &foreign));
    ok(f->s, binder_sheets_add(f->s, &second, sheets, 2, &changes));
    assert_int_equal(changes.added, 2);
    assert_memory_equal(sheet.binder_id, second.id, 16);
    fails(f->s, AR_NOT_FOUND, binder_sheets_add(f->s, &second, foreigners, 1, NULL));
    ok(f->s, binder_sheets_replace(f->s, &second, sheets, 1, AR_REMOVE_UNLINK, &changes));
    assert_int_equal(changes.removed, 1);
    ok(f->other, binder_find(f->other, 1, second.id, &binder));
    assert_int_equal(binder->sheets_count, 1);
    ok(f->other, binder_find(f->other, 1, first.id, &binder));
    assert_int_equal(binder->sheets_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_graph_in_one_round_trip, open_marks, fixture_close),
        cmocka_unit_test_setup_teardown(test_a_graph_that_fails, open_marks, fixture_close),
        cmocka_unit_test_setup_teardown(test_many, open_marks, fixture_close),
        cmocka_unit_test_setup_teardown(test_very_many, open_marks, fixture_close),
        cmocka_unit_test_setup_teardown(test_upsert, open_marks, fixture_close),
        cmocka_unit_test_setup_teardown(test_links, open_marks, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
