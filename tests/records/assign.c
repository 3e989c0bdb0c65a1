/* S-580 to S-588: assignments to the row of one record, which depend on no other session. */
#include "gauge.ar.h"
#include "hits.ar.h"
#include "support.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static int open_gauges(void **state)
{
    return fixture_open(state, &hall_model, &gauge_model, &hit_count_model, &knob_model, &dial_model, &plate_model);
}

static struct gauge *add_gauge(struct fixture *f, struct gauge gauge)
{
    struct gauge *found;
    gauge.name = gauge.name != NULL ? gauge.name : "steam";
    add_row(f, &gauge_model, &gauge);
    ok(f->s, gauge_find(f->s, gauge.id, &found));
    reset_statements(f);
    return found;
}

/* The row as it is in the database. */
static struct gauge *stored(struct fixture *f, int64_t id)
{
    struct gauge *gauge;
    f->is_paused = true;
    ar_session_clear(f->other);
    ok(f->other, gauge_find(f->other, id, &gauge));
    f->is_paused = false;
    return gauge;
}

/* Another session adds to the row. */
static void add_elsewhere(struct fixture *f, int64_t id, int64_t views)
{
    struct gauge gauge = {.id = id};
    f->is_paused = true;
    ok(f->other, gauge_assign(f->other, &gauge, ar_add(gauge_column.views, views)));
    f->is_paused = false;
}

/* S-580 */
static void test_one_statement_returns_the_new_values(void **state)
{
    struct fixture *f = *state;
    struct gauge *gauge = add_gauge(f, (struct gauge){.views = 7, .level = 3, .weight = 1.5, .limit_ = 9});
    ok(f->s, gauge_assign(f->s, gauge,
                          ar_sets(ar_add(gauge_column.views, 5), ar_subtract(gauge_column.level, 1),
                                  ar_multiply(gauge_column.weight, 2), ar_set(gauge_column.name, "gas"),
                                  ar_set_null(gauge_column.limit_))));
    assert_statements(f, 1);
    assert_int_equal(gauge->views, 12);
    assert_int_equal(gauge->level, 2);
    assert_true(gauge->weight == 3.0);
    assert_text(gauge->name, "gas");
    assert_int_equal(gauge->limit_, 0);
    assert_int_equal(gauge->doubled, 4);
    assert_int_equal(gauge->version, 1);
    struct gauge *row = stored(f, gauge->id);
    assert_int_equal(row->views, 12);
    assert_int_equal(row->level, 2);
    assert_true(row->weight == 3.0);
    assert_text(row->name, "gas");
    assert_int_equal(row->limit_, 0);
    assert_int_equal(row->version, 1);
    assert_true(row->updated_at == gauge->updated_at && gauge->updated_at > 0);
    ok(f->s, gauge_save(f->s, gauge)); /* nothing is left to write */
    assert_statements(f, 0);
}

/* S-580 */
static void test_other_changes_stay_unsaved(void **state)
{
    struct fixture *f = *state;
    struct gauge *gauge = add_gauge(f, (struct gauge){.views = 1, .level = 1});
    gauge->name = "oil";
    gauge->views = 1000; /* replaced: the column is assigned */
    ok(f->s, gauge_assign(f->s, gauge, ar_add(gauge_column.views, 1)));
    assert_int_equal(gauge->views, 2);
    assert_text(gauge->name, "oil");
    assert_text(stored(f, gauge->id)->name, "steam");
    ok(f->s, gauge_save(f->s, gauge));
    assert_int_equal(stored(f, gauge->id)->views, 2);
    assert_text(stored(f, gauge->id)->name, "oil");
    assert_int_equal(gauge->version, 2);
}

/* S-581 */
static void test_no_conflict_and_no_hidden_one(void **state)
{
    struct fixture *f = *state;
    struct gauge *gauge = add_gauge(f, (struct gauge){.views = 1});
    add_elsewhere(f, gauge->id, 10);
    ok(f->s, gauge_assign(f->s, gauge, ar_add(gauge_column.views, 1)));
    assert_int_equal(gauge->views, 12);
    assert_int_equal(stored(f, gauge->id)->version, 2);
    assert_int_equal(gauge->version, 0);
    gauge->level = 4; /* decided by a row that has changed since */
    fails(f->s, AR_CONFLICT, gauge_save(f->s, gauge));
    ok(f->s, gauge_reload(f->s, gauge));
    gauge->level = 4;
    ok(f->s, gauge_save(f->s, gauge));
    assert_int_equal(gauge->version, 3);
    /* Without another session in between, the version follows. */
    ok(f->s, gauge_assign(f->s, gauge, ar_add(gauge_column.views, 1)));
    ok(f->s, gauge_assign(f->s, gauge, ar_add(gauge_column.views, 1)));
    assert_int_equal(gauge->version, 5);
    gauge->level = 5;
    ok(f->s, gauge_save(f->s, gauge));
}

/* S-581: a record that another session changed meanwhile is read again when a relation leads to it. */
static void test_the_rest_of_the_row_is_read_again(void **state)
{
    struct fixture *f = *state;
    struct gauge *gauge = add_gauge(f, (struct gauge){.views = 1}), *found;
    const struct plate plate = {.id = 1, .gauge_id = gauge->id};
    run_sql(f, "UPDATE gauges SET name = 'air', version = version + 1");
    ok(f->s, gauge_assign(f->s, gauge, ar_add(gauge_column.views, 1)));
    assert_text(gauge->name, "steam");
    ok(f->s, plate_gauge(f->s, &plate, &found));
    assert_ptr_equal(found, gauge);
    assert_text(gauge->name, "air");
}

/* S-582 */
static void test_a_struct_with_a_key_is_enough(void **state)
{
    struct fixture *f = *state;
    struct gauge *known = add_gauge(f, (struct gauge){.views = 1}), gauge = {.id = known->id};
    struct hit_count row = {.tenant_id = 2, .day = 5, .hits = 40}, count = {.tenant_id = 2, .day = 5};
    known->name = "own";
    known->level = 8;
    ok(f->s, gauge_assign(f->s, &gauge,
                          ar_sets(ar_add(gauge_column.views, 1), ar_set(gauge_column.level, 2),
                                  ar_set(gauge_column.note, "fresh"))));
    assert_statements(f, 1);
    assert_int_equal(gauge.views, 2);
    assert_int_equal(gauge.level, 2);
    assert_text(gauge.note, "fresh");
    assert_null(gauge.name);
    /* The record of the session is up to date, but for its own changes. */
    assert_int_equal(known->views, 2);
    assert_int_equal(known->level, 8);
    assert_text(known->note, "fresh");
    assert_text(known->name, "own");
    assert_int_equal(known->version, 1);
    ok(f->s, gauge_save(f->s, known));
    assert_int_equal(stored(f, known->id)->level, 8);
    add_row(f, &hit_count_model, &row);
    reset_statements(f);
    ok(f->s, hit_count_assign(f->s, &count,
                              ar_sets(ar_add(hit_count_column.hits, 2), ar_subtract(hit_count_column.misses, 1))));
    assert_statements(f, 1);
    assert_int_equal(count.hits, 42);
    assert_int_equal(count.misses, -1);
    assert_int_equal(count.version, 1);
}

/* The caller may write into a `char *`: the change is found later. */
static void test_a_writable_string(void **state)
{
    struct fixture *f = *state;
    struct gauge *gauge = add_gauge(f, (struct gauge){.views = 1});
    char note[] = "draft";
    ok(f->s, gauge_assign(f->s, gauge, ar_set(gauge_column.note, note)));
    memset(note, 'x', 5); /* the record has a copy */
    assert_text(gauge->note, "draft");
    gauge->note[0] = 'D';
    ok(f->s, gauge_save(f->s, gauge));
    assert_text(stored(f, gauge->id)->note, "Draft");
}

/* S-583 */
static void test_what_does_not_fit_is_invalid(void **state)
{
    struct fixture *f = *state;
    struct gauge *gauge = add_gauge(f, (struct gauge){.views = INT64_MAX - 1, .level = 60});
    fails(f->s, AR_INVALID, gauge_assign(f->s, gauge, ar_add(gauge_column.views, 2)));
    assert_error_names(f->s, "assign of gauge: the result for views is outside the range of the field or of its "
                             "AR_RANGE; the row was not changed");
    fails(f->s, AR_INVALID, gauge_assign(f->s, gauge, ar_add(gauge_column.level, 41)));
    fails(f->s, AR_INVALID, gauge_assign(f->s, gauge, ar_add(gauge_column.level, 4)));
    assert_error_names(f->s, "doubled"); /* 128 does not fit */
    fails(f->s, AR_INVALID, gauge_assign(f->s, gauge, ar_set(gauge_column.level, 101)));
    fails(f->s, AR_INVALID, gauge_assign(f->s, gauge, ar_set(gauge_column.name, "much too long")));
    fails(f->s, AR_INVALID, gauge_assign(f->s, gauge, ar_set_null(gauge_column.views)));
    fails(f->s, AR_INVALID,
          gauge_assign(
              f->s, gauge,
              ar_sets(ar_set(gauge_column.note, "x"), ar_add(gauge_column.views, 2), ar_add(gauge_column.level, 1))));
    assert_error_names(f->s, "the result for views or level is outside the range");
    assert_int_equal(gauge->views, INT64_MAX - 1);
    assert_int_equal(gauge->level, 60);
    assert_int_equal(stored(f, gauge->id)->views, INT64_MAX - 1);
    assert_int_equal(stored(f, gauge->id)->level, 60);
    assert_int_equal(stored(f, gauge->id)->version, 0);
    ok(f->s, gauge_assign(f->s, gauge, ar_sets(ar_add(gauge_column.level, 3), ar_set(gauge_column.views, 0))));
    assert_int_equal(gauge->level, 63);
}

/* S-584 */
static void test_refused_columns_and_sessions(void **state)
{
    struct fixture *f = *state;
    struct gauge *gauge = add_gauge(f, (struct gauge){.views = 1}), unsaved = {.name = "new"};
    fails(f->s, AR_MISUSE, gauge_assign(f->s, gauge, ar_set(gauge_column.id, 8)));
    assert_error_names(f->s, "id is part of the primary key");
    fails(f->s, AR_MISUSE, gauge_assign(f->s, gauge, ar_set(gauge_column.hall_id, 8)));
    assert_error_names(f->s, "rows are counted or noted by hall_id");
    fails(f->s, AR_MISUSE, gauge_assign(f->s, gauge, ar_set(gauge_column.doubled, 8)));
    assert_error_names(f->s, "assign of gauge assigns doubled, which the database computes");
    fails(f->s, AR_MISUSE,
          gauge_assign(f->s, gauge, ar_sets(ar_add(gauge_column.views, 1), ar_add(gauge_column.views, 1))));
    assert_error_names(f->s, "assign of gauge assigns views twice");
    fails(f->s, AR_MISUSE, gauge_assign(f->s, gauge, ar_add(hit_count_column.hits, 1)));
    fails(f->s, AR_INVALID, gauge_assign(f->s, &unsaved, ar_add(gauge_column.views, 1)));
    assert_error_names(f->s, "gauge.id is not set");
    assert_statements(f, 0);
    reopen_session(f, (struct ar_session_options){.read_only = true});
    ok(f->s, gauge_find(f->s, unsaved.id = stored(f, 1)->id, &gauge));
    fails(f->s, AR_MISUSE, gauge_assign(f->s, gauge, ar_add(gauge_column.views, 1)));
}

/* S-585 */
static void test_a_row_that_is_gone(void **state)
{
    struct fixture *f = *state;
    struct gauge *gauge = add_gauge(f, (struct gauge){.views = 1}), missing = {.id = 999};
    fails(f->s, AR_NOT_FOUND, gauge_assign(f->s, &missing, ar_add(gauge_column.views, 1)));
    assert_error_names(f->s, "no row of table gauges has the key 999");
    ok(f->other, gauge_delete(f->other, stored(f, gauge->id)));
    fails(f->s, AR_NOT_FOUND, gauge_assign(f->s, gauge, ar_add(gauge_column.views, 1)));
    assert_int_equal(gauge->views, 1);
    assert_int_equal(gauge->version, 0);
}

/* S-586 */
static void test_a_rollback_restores_the_record(void **state)
{
    struct fixture *f = *state;
    struct gauge *gauge = add_gauge(f, (struct gauge){.views = 1});
    ok(f->s, ar_begin(f->s));
    ok(f->s, gauge_assign(f->s, gauge, ar_add(gauge_column.views, 1)));
    ok(f->s, ar_begin(f->s));
    ok(f->s, gauge_assign(f->s, gauge, ar_sets(ar_add(gauge_column.views, 1), ar_set(gauge_column.name, "in"))));
    assert_int_equal(gauge->views, 3);
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(gauge->views, 2);
    assert_int_equal(gauge->version, 1);
    assert_text(gauge->name, "steam");
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(gauge->views, 1);
    assert_int_equal(gauge->version, 0);
    ok(f->s, gauge_assign(f->s, gauge, ar_add(gauge_column.views, 1)));
    assert_int_equal(gauge->views, 2);
    assert_int_equal(gauge->version, 1);
}

/* S-587 */
static void test_lists_that_depend_on_the_column_are_loaded_again(void **state)
{
    struct fixture *f = *state;
    struct hall hall = {.name = "north"}, *found;
    struct gauge_list list;
    add_row(f, &hall_model, &hall);
    struct gauge *first = add_gauge(f, (struct gauge){.name = "first", .hall_id = hall.id, .views = 9});
    struct gauge *second = add_gauge(f, (struct gauge){.name = "second", .hall_id = hall.id, .views = 8});
    ok(f->s, hall_find(f->s, hall.id, &found));
    ok(f->s, hall_gauges(f->s, found, &list));
    assert_true(list.count == 2 && list.items[0] == first);
    reset_statements(f);
    ok(f->s, gauge_assign(f->s, second, ar_add(gauge_column.level, 1)));
    ok(f->s, hall_gauges(f->s, found, &list));
    assert_statements(f, 1); /* the order does not depend on the level */
    ok(f->s, gauge_assign(f->s, second, ar_add(gauge_column.views, 5)));
    ok(f->s, hall_gauges(f->s, found, &list));
    assert_statements(f, 2);
    assert_true(list.count == 2 && list.items[0] == second);
}

/* Of a partial record, the columns that it has. */
static void test_a_partial_record(void **state)
{
    struct fixture *f = *state;
    int64_t id = add_gauge(f, (struct gauge){.views = 1, .level = 1})->id;
    struct gauge_query *q;
    struct gauge *gauge;
    ar_session_clear(f->s);
    q = gauge_query(f->s);
    gauge_where(q, ar_eq(gauge_column.id, id));
    gauge_only(q, gauge_column.views, gauge_column.version);
    ok(f->s, gauge_one(q, &gauge));
    ok(f->s, gauge_assign(f->s, gauge, ar_sets(ar_add(gauge_column.views, 1), ar_add(gauge_column.level, 1))));
    assert_int_equal(gauge->views, 2);
    assert_int_equal(gauge->version, 1);
    ok(f->s, gauge_reload(f->s, gauge));
    assert_int_equal(gauge->level, 2);
    assert_int_equal(gauge->views, 2);
}

/* S-766: a struct with the key of a partial record. A save of the record must not write the former value again. */
static void test_a_copy_of_a_partial_record(void **state)
{
    struct fixture *f = *state;
    struct gauge copy = {.id = add_gauge(f, (struct gauge){.views = 1})->id}, *gauge;
    struct gauge_query *q;
    ar_session_clear(f->s);
    q = gauge_query(f->s);
    gauge_only(q, gauge_column.name, gauge_column.views, gauge_column.version);
    ok(f->s, gauge_one(q, &gauge));
    ok(f->s, gauge_assign(f->s, &copy, ar_sets(ar_add(gauge_column.views, 1), ar_add(gauge_column.level, 1))));
    assert_int_equal(copy.views, 2);
    assert_int_equal(gauge->views, 2);
    ok(f->s, gauge_save(f->s, gauge)); /* nothing has changed */
    assert_int_equal(gauge->version, 1);
    assert_int_equal(stored(f, gauge->id)->views, 2);
    gauge->name = "own"; /* an unsaved change stays */
    ok(f->s, gauge_assign(f->s, &copy, ar_set(gauge_column.name, "west")));
    assert_text(gauge->name, "own");
    ok(f->s, gauge_save(f->s, gauge));
    assert_text(stored(f, gauge->id)->name, "own");
    assert_int_equal(stored(f, gauge->id)->level, 1);
}

/* ---- Hooks ------------------------------------------------------------------------------------------------------- */

static int refused, checked, ended;
static int64_t ended_turns;
static const char *ended_name;
static enum ar_change ended_by;

enum ar_status refuse_dial(struct ar_session *s, struct dial *dial)
{
    (void)dial;
    refused++;
    return ar_refuse(s, dial_column.turns.column, "is not updated");
}

enum ar_status check_dial(struct ar_session *s, const struct dial *dial)
{
    (void)s, (void)dial;
    checked++;
    return AR_OK;
}

void end_dial(struct ar_session *s, const struct dial *dial, enum ar_change change)
{
    (void)s;
    ended++;
    ended_turns = dial->turns;
    ended_name = strcmp(dial->name, "left") == 0 ? "left" : "other";
    ended_by = change;
}

/* S-588 */
static void test_hooks_at_the_end_of_the_transaction_only(void **state)
{
    struct fixture *f = *state;
    struct dial dial = {.name = "left", .turns = 3}, copy = {0}, *found;
    add_row(f, &dial_model, &dial);
    ok(f->s, dial_find(f->s, dial.id, &found));
    reset_statements(f);
    refused = checked = ended = 0;
    found->name = "unsaved";
    ok(f->s, dial_assign(f->s, found, ar_add(dial_column.turns, 1)));
    assert_statements(f, 1);
    assert_int_equal(refused, 0);
    assert_int_equal(checked, 0);
    assert_int_equal(ended, 1);
    assert_int_equal(ended_turns, 4);
    assert_text(ended_name, "left");
    assert_int_equal(ended_by, AR_UPDATED);
    assert_text(found->name, "unsaved");
    /* A row that the session does not know is read first, for the hook. */
    ar_session_clear(f->s);
    copy.id = dial.id;
    ok(f->s, ar_begin(f->s));
    reset_statements(f);
    ok(f->s, dial_assign(f->s, &copy, ar_add(dial_column.turns, 1)));
    assert_statements(f, 2);
    assert_int_equal(ended, 1);
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(ended, 2);
    assert_int_equal(ended_turns, 5);
    assert_text(ended_name, "left");
    copy.id = 999;
    fails(f->s, AR_NOT_FOUND, dial_assign(f->s, &copy, ar_add(dial_column.turns, 1)));
    assert_int_equal(ended, 2);
}

/* A range that is not narrower than the type leaves the limits of the type. */
static void test_ranges_of_types(void **state)
{
    struct fixture *f = *state;
    struct knob knob = {.turn = 100, .heat = 3e38f}, *stored;
    ok(f->s, knob_insert(f->s, &knob));
    fails(f->s, AR_INVALID, knob_assign(f->s, &knob, ar_add(knob_column.turn, 28)));
    fails(f->s, AR_INVALID, knob_assign(f->s, &knob, ar_subtract(knob_column.turn, 229)));
    fails(f->s, AR_INVALID, knob_assign(f->s, &knob, ar_multiply(knob_column.heat, 10)));
    assert_int_equal(knob.turn, 100);
    ok(f->s, knob_assign(f->s, &knob, ar_add(knob_column.turn, 27)));
    assert_int_equal(knob.turn, 127);
    ok(f->s, knob_assign(f->s, &knob, ar_subtract(knob_column.turn, 255)));
    ok(f->s, knob_assign(f->s, &knob, ar_multiply(knob_column.heat, -1)));
    ok(f->other, knob_find(f->other, knob.id, &stored));
    assert_int_equal(stored->turn, -128);
    assert_true(stored->heat == -3e38f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_one_statement_returns_the_new_values, open_gauges, fixture_close),
        cmocka_unit_test_setup_teardown(test_other_changes_stay_unsaved, open_gauges, fixture_close),
        cmocka_unit_test_setup_teardown(test_no_conflict_and_no_hidden_one, open_gauges, fixture_close),
        cmocka_unit_test_setup_teardown(test_the_rest_of_the_row_is_read_again, open_gauges, fixture_close),
        cmocka_unit_test_setup_teardown(test_a_struct_with_a_key_is_enough, open_gauges, fixture_close),
        cmocka_unit_test_setup_teardown(test_a_writable_string, open_gauges, fixture_close),
        cmocka_unit_test_setup_teardown(test_what_does_not_fit_is_invalid, open_gauges, fixture_close),
        cmocka_unit_test_setup_teardown(test_ranges_of_types, open_gauges, fixture_close),
        cmocka_unit_test_setup_teardown(test_refused_columns_and_sessions, open_gauges, fixture_close),
        cmocka_unit_test_setup_teardown(test_a_row_that_is_gone, open_gauges, fixture_close),
        cmocka_unit_test_setup_teardown(test_a_rollback_restores_the_record, open_gauges, fixture_close),
        cmocka_unit_test_setup_teardown(test_lists_that_depend_on_the_column_are_loaded_again, open_gauges,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_a_partial_record, open_gauges, fixture_close),
        cmocka_unit_test_setup_teardown(test_a_copy_of_a_partial_record, open_gauges, fixture_close),
        cmocka_unit_test_setup_teardown(test_hooks_at_the_end_of_the_transaction_only, open_gauges, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
